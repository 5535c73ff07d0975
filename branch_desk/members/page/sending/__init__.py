"""Sending something to people by the way each agreed to."""

from branch_desk.members.page.sending.panel import SendPanel, Sent

__all__ = ["SendPanel", "Sent"]
