"""How the papers of a meeting say days, hours and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.rules import clock
from branch_desk.motions.rules import counted, long_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from branch_desk.meetings.records import Meeting


def full_date(day: date) -> str:
    """Say a day with its weekday: Thursday 14 May 2026."""
    return f"{day:%A} {long_date(day)}"


def short_date(day: date) -> str:
    """Say a day in a column: 14 May 2026."""
    return f"{day.day} {day:%b} {day.year}"


def moment(at: datetime) -> str:
    """Say when: Thursday 14 May 2026 at 7.30 pm."""
    return f"{full_date(at.date())} at {clock(at)}"


def place_facts(meeting: Meeting) -> list[tuple[str, str]]:
    """Say when and where as names and values."""
    facts = [("When", moment(meeting.starts_at))]
    if meeting.place.strip() or not meeting.online_at.strip():
        facts.append(("Where", meeting.place.strip() or "to be announced"))
    if meeting.online_at.strip():
        facts.append(("Online", meeting.online_at.strip()))
    return facts


def length(minutes: int) -> str:
    """Say how long: 45 minutes, 1 hour, 2 hours 5 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(counted(rest, "minute"))
    return " ".join(parts)
