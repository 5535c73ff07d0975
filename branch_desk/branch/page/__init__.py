"""The branch on the screen: its details, officers, standing orders, log and backups."""

from branch_desk.branch.page.page import BranchPage

__all__ = ["BranchPage"]
