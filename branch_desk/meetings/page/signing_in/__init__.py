"""Signing people in at the door, with the quorum in sight."""

from branch_desk.meetings.page.signing_in.panel import SigningIn, counted

__all__ = ["SigningIn", "counted"]
