"""Meetings on the screen: the list, the agenda in order, and its papers beside it."""

from branch_desk.meetings.page.listing import MeetingsPage

__all__ = ["MeetingsPage"]
