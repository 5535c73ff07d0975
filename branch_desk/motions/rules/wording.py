"""How the rules say dates and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def long_date(day: date) -> str:
    """Say a date: 3 May 2026."""
    return f"{day.day} {day:%B %Y}"


def day_month(day: date) -> str:
    """Say a date of a year that is clear: 28 April."""
    return f"{day.day} {day:%B}"


def counted(number: int, thing: str) -> str:
    """Say how many there are of a thing: 1 day, 2 days."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def opening(words: str) -> str:
    """Begin a sentence with these words."""
    return words[:1].upper() + words[1:]
