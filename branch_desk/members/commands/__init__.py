"""The members' commands: HQ's list in, lists out, what happened to whom, and the figures."""

from branch_desk.members.commands import figures, hq_list, lists, one
from branch_desk.members.commands.group import group
from branch_desk.members.commands.papers import PAPERS

__all__ = ["PAPERS", "figures", "group", "hq_list", "lists", "one"]
