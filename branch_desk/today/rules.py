"""When something is due and how that is said; plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done; `on` and `days` None where the rule is not set."""

    what: str
    on: date | None
    days: int | None
    words: str
    done: bool = False
    late: bool = False


def deadline(
    what: str, on: date | None, today: date, *, done: bool = False, owed: bool = False
) -> Deadline:
    """Say how far off a deadline is, or that the branch has not set it.

    What is `owed` by us and not done in time is late.
    """
    if on is None:
        return Deadline(what, None, None, "not set", done)
    days = (on - today).days
    if done:
        return Deadline(what, on, days, "done", done)
    late = owed and days < 0
    words = f"{-days} {'day' if days == -1 else 'days'} overdue" if late else in_days(days)
    return Deadline(what, on, days, words, late=late)


class Pressing(Enum):
    """What the morning asks for first."""

    BEGIN = "begin"
    TODAY = "today"
    NOTICE = "notice"
    CHASE = "chase"
    CONFIRM = "confirm"
    ANSWER = "answer"
    RULE = "rule"
    WELCOME = "welcome"
    CALL = "call"
    PREPARE = "prepare"


# A notice that is due within so many days comes before letters.
SOON = 3


@dataclass(frozen=True, slots=True)
class Morning:
    """What the morning is judged by: days until things, and how many of each there are.

    `meeting_in` and `notice_in` are days, below nothing once past, and None where there is none.
    """

    begun: bool = True
    meeting_in: int | None = None
    notice_in: int | None = None
    to_chase: int = 0
    unconfirmed: int = 0
    owing: int = 0
    to_rule: int = 0
    to_welcome: int = 0


def most_pressing(morning: Morning) -> Pressing:
    """Return what to do first: what cannot wait, then whom we keep waiting, then what is ahead."""
    notice = morning.notice_in is not None and morning.notice_in <= SOON
    asked = (
        (not morning.begun, Pressing.BEGIN),
        (morning.meeting_in == 0, Pressing.TODAY),
        (notice, Pressing.NOTICE),
        (morning.to_chase > 0, Pressing.CHASE),
        (morning.unconfirmed > 0, Pressing.CONFIRM),
        (morning.owing > 0, Pressing.ANSWER),
        (morning.to_rule > 0, Pressing.RULE),
        (morning.to_welcome > 0, Pressing.WELCOME),
        (morning.meeting_in is None, Pressing.CALL),
    )
    return next((what for holds, what in asked if holds), Pressing.PREPARE)


def in_days(days: int) -> str:
    """Return a distance in days as it is said: today, tomorrow, in 5 days, 3 days ago."""
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _ if days > 0:
            return f"in {days} days"
        case _:
            return f"{-days} days ago"
