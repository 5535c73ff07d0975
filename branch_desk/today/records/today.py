"""What is due on one day, across everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import State
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionState
from branch_desk.today.records.meeting import NextMeeting, last_met, next_meeting
from branch_desk.today.records.people import Attention, attention

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.correspondence.records import Owing, Waiting
    from branch_desk.members.records import Counts
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Ruling:
    """A motion that nobody has accepted or ruled out of order yet."""

    id: int
    number: str
    title: str
    received_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps of a new branch, and whether it is done."""

    key: str
    done: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What is due on one day; `waiting` and `owing` hold all letters, the longest wait first."""

    on: date
    branch: str
    meeting: NextMeeting | None
    waiting: tuple[Waiting, ...]
    owing: tuple[Owing, ...]
    to_rule: tuple[Ruling, ...]
    attention: tuple[Attention, ...]
    members: int
    motions_open: int
    steps: tuple[Step, ...]

    @property
    def to_chase(self) -> tuple[Waiting, ...]:
        """Those to write to again: chasers due, and promises not kept."""
        return tuple(
            each for each in self.waiting if each.state in {State.CHASE, State.PROMISE_BROKEN}
        )


def today(store: Store, on: date | None = None) -> Today:
    """Return what is due on a day, today unless told."""
    day = on or store.today()
    morning = datetime.combine(day, time.min, store.clock().tzinfo)
    counts = members.counts(store)
    open_motions = [each for state in motions.OPEN for each in motions.ids(store, state=state)]
    letters = correspondence.standings(store, day)
    met = last_met(store, morning)
    return Today(
        on=day,
        branch=branch.details(store).name,
        meeting=next_meeting(store, day, open_motions),
        waiting=letters.waiting,
        owing=letters.owing,
        to_rule=_to_rule(store),
        attention=attention(store, counts, day, met.on if met else None),
        members=counts.members,
        motions_open=len(open_motions),
        steps=_steps(store, counts),
    )


def _to_rule(store: Store) -> tuple[Ruling, ...]:
    found = motions.many(store, motions.ids(store, state=MotionState.RECEIVED))
    return tuple(Ruling(each.id, each.number, each.title, each.received_on) for each in found)


def _steps(store: Store, counts: Counts) -> tuple[Step, ...]:
    """Return where a new branch begins: its list, who it is, a meeting, a letter."""
    said = [each for each in branch.standing_orders(store) if each.is_set]
    return (
        Step("members", done=counts.total > 0),
        Step("branch", done=bool(said)),
        Step("meeting", done=bool(meetings.ids(store))),
        Step("letter", done=bool(correspondence.ids(store))),
    )
