"""The members on the screen: the list, one person in full, and HQ's list to decide on."""

from branch_desk.members.page.listing import MembersPage

__all__ = ["MembersPage"]
