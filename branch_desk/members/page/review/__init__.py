"""HQ's list before it is applied: heaps, differences field by field, and the list's columns."""

from branch_desk.members.page.review.panel import ReviewPanel

__all__ = ["ReviewPanel"]
