"""What a member's standing is, from dated events alone; nothing here reads or writes.

A person's history is a set of events. Each counts from its own day, whenever it was entered and in
whatever order, and one replaced by a correction never counts. Saying one resigns, no longer paying
and dropping off HQ's list are flags beside the standing: none of them makes anyone leave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Standing(Enum):
    """Where somebody stands with the branch; exactly one at a time."""

    APPLICANT = "applicant"
    PROBATION = "probation"
    MEMBER = "member"
    SUSPENDED = "suspended"
    RESIGNED = "resigned"
    LAPSED = "lapsed"
    TRANSFERRED = "transferred"
    EXPELLED = "expelled"
    DIED = "died"


CURRENT = frozenset({Standing.PROBATION, Standing.MEMBER, Standing.SUSPENDED})
"""Those who count as members of the branch: opening and closing figures count these."""

LEFT = (
    Standing.RESIGNED,
    Standing.LAPSED,
    Standing.TRANSFERRED,
    Standing.EXPELLED,
    Standing.DIED,
)
"""The ways of having left, in the order reports give them."""


class EventKind(Enum):
    """What happened; the values are the words of the command line."""

    APPLIED = "applied"
    JOINED = "joined"
    TRANSFERRED_IN = "transferred-in"
    PROBATION_STARTED = "probation-started"
    ADMITTED = "admitted"
    PAYMENT_STOPPED = "payment-stopped"
    RESIGNATION_SAID = "resignation-said"
    VANISHED = "vanished"
    SUSPENDED = "suspended"
    RESIGNATION_RECORDED = "resignation-recorded"
    LAPSED = "lapsed"
    TRANSFERRED_OUT = "transferred-out"
    EXPELLED = "expelled"
    PAYMENT_RESUMED = "payment-resumed"
    RESIGNATION_WITHDRAWN = "resignation-withdrawn"
    RETURNED = "returned"
    REINSTATED = "reinstated"
    REJOINED = "rejoined"
    DIED = "died"
    STRUCK_OUT = "struck-out"


RANK = {kind: place for place, kind in enumerate(EventKind)}
"""Which of one day's events counts first: coming in, flags, going out, coming back, death."""

LEAVING = {
    EventKind.RESIGNATION_RECORDED: Standing.RESIGNED,
    EventKind.LAPSED: Standing.LAPSED,
    EventKind.TRANSFERRED_OUT: Standing.TRANSFERRED,
    EventKind.EXPELLED: Standing.EXPELLED,
    EventKind.DIED: Standing.DIED,
}

ENTERING = {
    EventKind.APPLIED: Standing.APPLICANT,
    EventKind.JOINED: Standing.MEMBER,
    EventKind.TRANSFERRED_IN: Standing.MEMBER,
    EventKind.PROBATION_STARTED: Standing.PROBATION,
    EventKind.ADMITTED: Standing.MEMBER,
    EventKind.REJOINED: Standing.MEMBER,
}
"""What a first event of a history may be, and the standing it gives somebody from outside."""


class ResignedCounts(Enum):
    """From when a resignation counts: the setting `members.resigned_counts`."""

    RECORDED = "recorded"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one member.

    `corrects` names the event this one takes the place of; `STRUCK_OUT` takes one out without
    putting another in its place.
    """

    kind: EventKind
    said_on: date | None = None
    effective_on: date | None = None
    hq_recorded_on: date | None = None
    id: int = 0
    corrects: int | None = None

    @property
    def day(self) -> date:
        """The day it counts from; an event of unknown date has always counted.

        What was said counts from the day it was said, what HQ recorded from the day HQ did so.
        """
        match self.kind:
            case EventKind.RESIGNATION_SAID:
                known = self.said_on or self.effective_on
            case EventKind.RESIGNATION_RECORDED:
                known = self.hq_recorded_on or self.effective_on
            case _:
                known = self.effective_on or self.said_on or self.hq_recorded_on
        return known or date.min


@dataclass(frozen=True, slots=True)
class Flags:
    """What is known beside the standing; `said_on` is when a resignation still waiting was said."""

    resignation_said: bool = False
    payment_stopped: bool = False
    vanished: bool = False
    said_on: date | None = None


NO_FLAGS = Flags()


@dataclass(frozen=True, slots=True)
class State:
    """How things are with one person after some of their events; `standing` None is before any."""

    standing: Standing | None = None
    flags: Flags = NO_FLAGS
    before_suspension: Standing = Standing.MEMBER

    def counted(self, counts: ResignedCounts) -> Standing | None:
        """Return the standing once the branch's rule on resignations is applied."""
        if counts is ResignedCounts.SAID and self.flags.resignation_said:
            return Standing.RESIGNED
        return self.standing


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return the events that stand, in the order they count; corrected ones are left out."""
    known = list(events)
    replaced = {event.corrects for event in known if event.corrects is not None}
    standing = [
        event
        for event in known
        if event.kind is not EventKind.STRUCK_OUT and (not event.id or event.id not in replaced)
    ]
    return sorted(standing, key=lambda event: (event.day, RANK[event.kind]))


def _here(state: State) -> bool:
    return state.standing in CURRENT or state.standing is Standing.APPLICANT


def _enter(state: State, kind: EventKind) -> State:
    if state.standing is Standing.SUSPENDED:
        return replace(state, flags=NO_FLAGS) if kind is EventKind.REJOINED else state
    if state.standing in CURRENT:
        if kind is EventKind.REJOINED:
            return replace(state, flags=NO_FLAGS)
        if kind in {EventKind.PROBATION_STARTED, EventKind.ADMITTED}:
            return replace(state, standing=ENTERING[kind])
        return state
    if state.standing is Standing.APPLICANT and kind is not EventKind.REJOINED:
        kept = replace(state.flags, resignation_said=False, said_on=None)
        return State(ENTERING[kind], state.flags if kind is EventKind.APPLIED else kept)
    return State(ENTERING[kind])


def _flagged(state: State, event: Event) -> State:
    flags = state.flags
    match event.kind:
        case EventKind.RESIGNATION_SAID if not flags.resignation_said:
            flags = replace(flags, resignation_said=True, said_on=event.day)
        case EventKind.PAYMENT_STOPPED:
            flags = replace(flags, payment_stopped=True)
        case EventKind.VANISHED:
            flags = replace(flags, vanished=True)
        case EventKind.RESIGNATION_WITHDRAWN:
            flags = replace(flags, resignation_said=False, said_on=None)
        case EventKind.PAYMENT_RESUMED:
            flags = replace(flags, payment_stopped=False)
        case EventKind.RETURNED:
            flags = replace(flags, vanished=False)
    return replace(state, flags=flags)


def _suspension(state: State, kind: EventKind) -> State:
    if kind is EventKind.SUSPENDED and state.standing in {Standing.MEMBER, Standing.PROBATION}:
        return replace(state, standing=Standing.SUSPENDED, before_suspension=state.standing)
    if kind is EventKind.REINSTATED and state.standing is Standing.SUSPENDED:
        return replace(state, standing=state.before_suspension)
    if kind is EventKind.REINSTATED and state.standing in {Standing.EXPELLED, Standing.LAPSED}:
        return State(Standing.MEMBER)
    return state


def after(state: State, event: Event) -> State:
    """How things are once `event` has happened; what makes no sense then changes nothing.

    Death is final: only a correction takes it back.
    """
    kind = event.kind
    if state.standing is Standing.DIED:
        return state
    if kind is EventKind.DIED or (kind in LEAVING and _here(state)):
        return State(LEAVING[kind])
    if kind in ENTERING:
        return _enter(state, kind)
    if kind in {EventKind.SUSPENDED, EventKind.REINSTATED}:
        return _suspension(state, kind)
    return _flagged(state, event) if _here(state) else state


def state_on(events: Iterable[Event], on: date) -> State:
    """How things are with one person at the end of a day; later events do not count yet."""
    state = State()
    for event in in_order(events):
        if event.day > on:
            break
        state = after(state, event)
    return state


def standing_on(
    events: Iterable[Event], on: date, counts: ResignedCounts = ResignedCounts.RECORDED
) -> tuple[Standing, Flags]:
    """One person's standing and flags at the end of a day, whatever order the events come in.

    Somebody none of whose events counts yet is an applicant.
    """
    state = state_on(events, on)
    return state.counted(counts) or Standing.APPLICANT, state.flags


def changes_on(events: Iterable[Event], on: date) -> date | None:
    """Return the next day after `on` on which a known event will count; None where none will."""
    return min((event.day for event in in_order(events) if event.day > on), default=None)


def under_18(born_on: date | None, on: date) -> bool:
    """Whether somebody is known to be under 18; born on 29 February, one is 18 on 1 March."""
    if born_on is None:
        return False
    return (on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))) < 18


NEEDS_MEMBER = frozenset(
    {
        EventKind.RESIGNATION_SAID,
        EventKind.RESIGNATION_RECORDED,
        EventKind.PAYMENT_STOPPED,
        EventKind.LAPSED,
        EventKind.TRANSFERRED_OUT,
        EventKind.EXPELLED,
        EventKind.VANISHED,
    }
)


def _said(day: date) -> str:
    return "" if day == date.min else f" on {day.day} {day:%B %Y}"


ANEW = frozenset({EventKind.APPLIED, EventKind.JOINED, EventKind.TRANSFERRED_IN})


def _came(state: State, kind: EventKind) -> str:
    """Why somebody cannot come in as `kind` says; empty where they can."""
    if state.standing is ENTERING[kind] and state.standing is not Standing.MEMBER:
        return "has applied already." if kind is EventKind.APPLIED else "is on probation already."
    if kind is EventKind.PROBATION_STARTED and state.standing is Standing.SUSPENDED:
        return "is suspended; record “reinstated” first."
    if kind is EventKind.REJOINED and _here(state) and state.flags == NO_FLAGS:
        return "has not left, so cannot rejoin."
    no_probation = kind is EventKind.ADMITTED and state.standing is not Standing.PROBATION
    if state.standing in CURRENT and (kind in ANEW or no_probation):
        return "is a member already."
    if state.standing in LEFT and kind is EventKind.JOINED:
        return f"was a member before ({state.standing.value}); record “rejoined” instead."
    return ""


def _went(state: State, kind: EventKind, since: date) -> str:
    """Why `kind` cannot befall somebody who should be here; empty where it can."""
    if state.standing is None:
        return "was not yet a member on that day; check the date, or correct when they joined."
    if not _here(state):
        return f"has left already ({state.standing.value}{_said(since)})."
    if kind is EventKind.RESIGNATION_SAID and state.flags.resignation_said:
        waiting = _said(state.flags.said_on or date.min)
        return f"said they resign already{waiting}; HQ has not recorded it yet."
    if kind is EventKind.PAYMENT_STOPPED and state.flags.payment_stopped:
        return "is down as having stopped paying already."
    if kind is EventKind.VANISHED and state.flags.vanished:
        return "is down as vanished from HQ's list already."
    return ""


def _turned(state: State, kind: EventKind) -> str:
    """Why nothing can be taken back as `kind` says; empty where it can."""
    flags, standing = state.flags, state.standing
    if kind is EventKind.SUSPENDED and standing not in {Standing.MEMBER, Standing.PROBATION}:
        word = standing.value if standing else "not yet a member"
        return f"is {word}, so cannot be suspended."
    back = {Standing.SUSPENDED, Standing.EXPELLED, Standing.LAPSED}
    if kind is EventKind.REINSTATED and standing not in back:
        return "is not suspended, expelled or lapsed, so there is nothing to reinstate."
    if kind is EventKind.PAYMENT_RESUMED and not flags.payment_stopped:
        return "is not down as having stopped paying."
    if kind is EventKind.RESIGNATION_WITHDRAWN and not flags.resignation_said:
        return "has no resignation waiting to take back."
    if kind is EventKind.RETURNED and not flags.vanished:
        return "is not down as vanished from HQ's list."
    return ""


def objection(events: Sequence[Event], kind: EventKind, day: date) -> str:
    """Why `kind` contradicts the history on `day`, as the end of a sentence beginning with a name.

    Empty where it can be recorded.
    """
    state = state_on(events, day)
    since = max((event.day for event in in_order(events) if event.day <= day), default=date.min)
    if state.standing is Standing.DIED:
        return f"died{_said(since)}; correct that event first if it is wrong."
    if kind in ENTERING:
        return _came(state, kind)
    if kind in NEEDS_MEMBER:
        return _went(state, kind, since)
    return _turned(state, kind)
