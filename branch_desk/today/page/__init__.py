"""What is due, on one page."""

from branch_desk.today.page.page import TodayPage

__all__ = ["TodayPage"]
