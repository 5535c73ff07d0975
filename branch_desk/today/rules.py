"""When something is due and how that is said; plain values only."""

from __future__ import annotations

from dataclasses import dataclass
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


def deadline(what: str, on: date | None, today: date, *, done: bool = False) -> Deadline:
    """Say how far off a deadline is, or that the branch has not set it."""
    if on is None:
        return Deadline(what, None, None, "not set", done)
    days = (on - today).days
    return Deadline(what, on, days, "done" if done else in_days(days), done)


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
