"""Who owes whom an answer, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from branch_desk.correspondence.rules.threads import Direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class State(Enum):
    """How a thread that waits for an answer stands."""

    WAITING = "waiting"
    CHASE = "chase"
    PROMISED = "promised"
    PROMISE_BROKEN = "promise broken"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the clocks need to know of one letter; `asks` where a person said whether it does."""

    direction: Direction
    on: date
    automatic: bool = False
    wants_answer: bool = True
    promised_by: date | None = None
    asks: bool | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """How long an answer has been owed; `days` counts from `since` to the day asked about."""

    since: date
    days: int
    chasers: int
    automatic_replies: int
    last_sent: date
    promised_by: date | None
    state: State


def clock(letters: Iterable[Exchange], on: date, chase_days: int) -> Clock | None:
    """Say how long we have waited for an answer on a day; None where none is owed.

    `letters` are one thread's in order. The clock starts with our first letter that nobody has
    answered. An automatic reply never stops it, nor does a reply that only promises an answer by a
    day; each further letter of ours is a chaser. Letters after the day asked about do not count.
    """
    owed: _Owed | None = None
    for letter in letters:
        if letter.on > on:
            continue
        if letter.direction is Direction.OUT:
            owed = _sent(owed, letter)
        elif letter.automatic or letter.promised_by:
            owed = _held(owed, letter)
        else:
            owed = None
    if owed is None:
        return None
    return Clock(
        since=owed.since,
        days=(on - owed.since).days,
        chasers=owed.chasers,
        automatic_replies=owed.automatic_replies,
        last_sent=owed.last_sent,
        promised_by=owed.promised_by,
        state=_state(owed, on, chase_days),
    )


@dataclass(slots=True)
class _Owed:
    since: date
    last_sent: date
    chasers: int = 0
    automatic_replies: int = 0
    promised_by: date | None = None


def _sent(owed: _Owed | None, letter: Exchange) -> _Owed | None:
    if letter.automatic or not letter.wants_answer:
        return owed
    if owed is None:
        return _Owed(since=letter.on, last_sent=letter.on)
    owed.chasers += 1
    owed.last_sent = letter.on
    return owed


def _held(owed: _Owed | None, letter: Exchange) -> _Owed | None:
    if owed is None:
        if letter.automatic or not letter.promised_by:
            return None
        owed = _Owed(since=letter.on, last_sent=letter.on)
    owed.automatic_replies += letter.automatic
    owed.promised_by = letter.promised_by or owed.promised_by
    return owed


def _state(owed: _Owed, on: date, chase_days: int) -> State:
    if owed.promised_by:
        return State.PROMISED if owed.promised_by >= on else State.PROMISE_BROKEN
    return State.CHASE if (on - owed.last_sent).days >= chase_days else State.WAITING


@dataclass(frozen=True, slots=True)
class Debt:
    """How long we have owed an answer; `days` counts from `since` to the day asked about."""

    since: date
    days: int


def debt(letters: Iterable[Exchange], on: date) -> Debt | None:
    """Say how long we have owed an answer on a day; None where we owe none.

    `letters` are one thread's in order. A letter that comes in by a person is owed an answer unless
    it answers one of ours that waited for it, or a person said otherwise; any letter of ours pays.
    """
    since: date | None = None
    awaited = False
    for letter in letters:
        if letter.on > on or letter.automatic:
            continue
        if letter.direction is Direction.OUT:
            since, awaited = None, letter.wants_answer
        elif (not awaited) if letter.asks is None else letter.asks:
            since = since or letter.on
    return Debt(since, (on - since).days) if since else None
