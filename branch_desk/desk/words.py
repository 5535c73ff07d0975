"""How the desk writes dates, spans and counts, and reads the dates people type."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from branch_desk.store.errors import Invalid

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(when: date | None) -> str:
    """Write "Thu 14 May 2026", whatever the machine's language; nothing for None."""
    if when is None:
        return ""
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1].title()} {when.year}"


def short_day(when: date | None) -> str:
    """Write "14 May 2026" for columns; nothing for None."""
    return "" if when is None else day(when).split(" ", 1)[1]


def moment(when: datetime | None) -> str:
    """Write "Thu 14 May 2026, 19:30" as its own zone's clocks show it; nothing for None.

    A meeting is in London's zone wherever the computer stands, on the screen as on paper.
    """
    return "" if when is None else f"{day(when.date())}, {when:%H:%M}"


def count(number: int, one: str, many: str = "") -> str:
    """Write "1 member", "412 members", "100,000 members"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def from_today(when: date, today: date) -> str:
    """Write "today", "tomorrow", "in 6 days", "3 days ago"."""
    days = (when - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def read_date(text: str, today: date) -> date | None:
    """Read "14 May 2026", "14/5/26", "14 May", "2026-05-14", "today"; None for nothing.

    Day before month, as in Britain; without a year, this year. Raises `Invalid` for anything else.
    """
    words = text.strip().lower()
    if not words:
        return None
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if words in near:
        return today + timedelta(days=near[words])
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _date(text, int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2}|\d{4}))?", words):
        return _date(text, _year(found[3], today), int(found[2]), int(found[1]))
    named = r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})(?:\s+(\d{2}|\d{4}))?"
    if (found := re.fullmatch(named, words)) and found[2][:3] in MONTHS:
        month = MONTHS.index(found[2][:3]) + 1
        return _date(text, _year(found[3], today), month, int(found[1]))
    raise _not_a_date(text)


def read_time(text: str) -> tuple[int, int]:
    """Read "19:30", "7.30pm", "7 pm" as hour and minute; raises `Invalid` for anything else."""
    words = text.strip().lower().replace(" ", "")
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?", words)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour < 24 and minute < 60:
            return hour, minute
    raise Invalid(f"“{text.strip()}” is not a time the desk can read. Write it like 19:30.")


def read_pence(text: str) -> int:
    """Read "£12.50", "12.5", "12" as pence; nothing is 0; raises `Invalid` for anything else."""
    words = text.strip().replace("£", "").replace(",", "")
    if not words:
        return 0
    found = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,2}))?", words)
    if not found:
        raise Invalid(f"“{text.strip()}” is not an amount. Write it like 12.50.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def pounds(pence: int) -> str:
    """Write "£12.50"; nothing for none."""
    return f"£{pence // 100:,}.{pence % 100:02}" if pence else ""


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    year = int(text)
    return year if year > 99 else year + (2000 if year <= (today.year % 100) + 20 else 1900)


def _date(text: str, year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise _not_a_date(text) from None


def _not_a_date(text: str) -> Invalid:
    return Invalid(f"“{text.strip()}” is not a date the desk can read. Write it like 14 May 2026.")
