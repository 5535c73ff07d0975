"""The commands of meetings: call one, lay out its agenda, who came, and its papers."""

from branch_desk.meetings.commands import agenda, attended, called
from branch_desk.meetings.commands.group import Moment, group
from branch_desk.meetings.commands.papers import PAPERS

__all__ = ["PAPERS", "Moment", "agenda", "attended", "called", "group"]
