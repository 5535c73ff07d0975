"""How much on each page needs somebody to act: the numbers on the rail."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import State
from branch_desk.meetings import records as meetings
from branch_desk.meetings import rules as meeting_rules
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionState
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.store.store import Store

SOON = 3
"""Days before the last day for a notice from which its meeting needs somebody to act."""


def badges(store: Store) -> Mapping[str, int]:
    """Return, by the page's name, how many things on it need somebody to act today.

    Members who said they resign and HQ has not recorded it; a notice that is due and not sent;
    motions to rule on and to place on an agenda; letters to chase, and those to answer.
    """
    return {
        "Members": members.counts(store).resignation_said,
        "Meetings": _notice(store),
        "Motions": _motions(store),
        "Letters": _letters(store),
    }


def _notice(store: Store) -> int:
    today = store.today()
    morning = datetime.combine(today, time.min, store.clock().tzinfo)
    coming = meetings.next_meeting(store, morning)
    if coming is None or meetings.notices(store, coming.id):
        return 0
    due = meeting_rules.dates(coming.kind, coming.on, branch.settings(store)).notice_due
    return int(due is not None and (due - today).days <= SOON)


def _motions(store: Store) -> int:
    to_rule_on = motions.ids(store, state=MotionState.RECEIVED)
    accepted = motions.ids(store, state=MotionState.ACCEPTED)
    to_place = [each for each in accepted if not meetings.placed_at(store, Ref("motion", each))]
    return len(to_rule_on) + len(to_place)


def _letters(store: Store) -> int:
    late = {State.CHASE, State.PROMISE_BROKEN}
    found = correspondence.standings(store, store.today())
    return sum(each.state in late for each in found.waiting) + len(found.owing)
