"""When notice is due, what is late, what most agendas hold, and whether enough people came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from branch_desk.branch.rules import Value, quorum_rule
from branch_desk.motions.rules import counted, deadline, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")

LONDON = ZoneInfo("Europe/London")


class MeetingKind(Enum):
    """What sort of meeting it is."""

    ORDINARY = "ordinary"
    ANNUAL = "annual"
    SPECIAL = "special"
    COMMITTEE = "committee"

    @property
    def title(self) -> str:
        """What such a meeting is called where nobody named it."""
        return _TITLES[self]


_TITLES = {
    MeetingKind.ORDINARY: "Branch meeting",
    MeetingKind.ANNUAL: "Annual general meeting",
    MeetingKind.SPECIAL: "Special meeting",
    MeetingKind.COMMITTEE: "Committee meeting",
}


class ItemKind(Enum):
    """What an agenda item is for, so that what is due can be put under the right one."""

    WELCOME = "welcome"
    MINUTES = "minutes"
    CORRESPONDENCE = "correspondence"
    REPORT = "report"
    MOTIONS = "motions"
    DOCUMENT = "document"
    BUSINESS = "business"
    NEXT_MEETING = "next-meeting"


class MinutesState(Enum):
    """How far the minutes of a meeting have come."""

    NONE = "none"
    DRAFT = "draft"
    AGREED = "agreed"


class Presence(Enum):
    """Whether somebody came or sent apologies."""

    PRESENT = "present"
    APOLOGIES = "apologies"


class Channel(Enum):
    """How a notice went out."""

    EMAIL = "email"
    POST = "post"
    HAND = "hand"
    POSTED_UP = "posted up"

    @property
    def words(self) -> str:
        """How it is said: "by e-mail"."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.EMAIL: "by e-mail",
    Channel.POST: "by post",
    Channel.HAND: "by hand",
    Channel.POSTED_UP: "posted up",
}


class EntryKind(Enum):
    """What the minutes write down of an item, beside their text."""

    DECISION = "decision"
    ACTION = "action"

    @property
    def article(self) -> str:
        """The article it is said with."""
        return "an" if self is EntryKind.ACTION else "a"


class How(Enum):
    """How somebody attended."""

    HALL = "hall"
    ONLINE = "online"


# The agenda

TAKES_MOTIONS = frozenset({MeetingKind.ORDINARY, MeetingKind.ANNUAL})
TAKES_LETTERS = frozenset({MeetingKind.ORDINARY, MeetingKind.COMMITTEE})
"""The meetings that take up whatever is due; the others only what they were called for."""


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An item that most agendas of a kind of meeting carry, with the minutes it usually takes."""

    kind: ItemKind
    title: str
    minutes: int


_WELCOME = StandingItem(ItemKind.WELCOME, "Welcome and apologies", 5)
_MINUTES = StandingItem(ItemKind.MINUTES, "Minutes of the last meeting and matters arising", 10)
_LETTERS = StandingItem(ItemKind.CORRESPONDENCE, "Correspondence", 10)
_OFFICERS = StandingItem(ItemKind.REPORT, "Officers' and treasurer's reports", 15)
_DELEGATES = StandingItem(ItemKind.REPORT, "Councillors' and delegates' reports", 10)
_MOTIONS = StandingItem(ItemKind.MOTIONS, "Motions", 40)
_CAMPAIGNS = StandingItem(ItemKind.BUSINESS, "Campaigns", 15)
_OTHER = StandingItem(ItemKind.BUSINESS, "Any other business", 10)
_NEXT = StandingItem(ItemKind.NEXT_MEETING, "Date of the next meeting", 5)

_TEMPLATES: Mapping[MeetingKind, tuple[StandingItem, ...]] = {
    MeetingKind.ORDINARY: (
        *(_WELCOME, _MINUTES, _LETTERS, _OFFICERS, _DELEGATES, _MOTIONS, _CAMPAIGNS, _OTHER, _NEXT),
    ),
    MeetingKind.ANNUAL: (
        _WELCOME,
        StandingItem(ItemKind.MINUTES, "Minutes of the last annual meeting", 5),
        StandingItem(ItemKind.REPORT, "Annual report of the officers", 15),
        StandingItem(ItemKind.REPORT, "Accounts and treasurer's report", 15),
        StandingItem(ItemKind.BUSINESS, "Election of officers and delegates", 40),
        _MOTIONS,
        _OTHER,
        _NEXT,
    ),
    MeetingKind.SPECIAL: (
        _WELCOME,
        StandingItem(ItemKind.MOTIONS, "The business the meeting was called for", 60),
    ),
    MeetingKind.COMMITTEE: (_WELCOME, _MINUTES, _LETTERS, _OFFICERS, _CAMPAIGNS, _OTHER, _NEXT),
}


def standing_items(kind: MeetingKind) -> Sequence[StandingItem]:
    """Return the items that a meeting of a kind starts out with."""
    return _TEMPLATES[kind]


def timetable(starts_at: datetime, minutes: Iterable[int | None]) -> list[datetime | None]:
    """Return when each item begins; None from the first that follows one of unknown length."""
    found: list[datetime | None] = []
    at: datetime | None = starts_at
    for each in minutes:
        found.append(at)
        at = None if at is None or each is None else at + timedelta(minutes=each)
    return found


# Days


def usual_next(held: Sequence[date], today: date) -> date | None:
    """Return the next day in the usual pattern, such as the third Thursday of a month.

    `held` are the days of earlier meetings, latest first. The pattern is the weekday and its place
    in the month that most of them share, the distance the usual number of months between them; None
    where fewer than two meetings show one.
    """
    pattern = _shared([(each.weekday(), (each.day - 1) // 7) for each in held])
    gaps = [_months(later) - _months(earlier) for later, earlier in pairwise(held)]
    gap = _shared([each for each in gaps if each > 0])
    if pattern is None or gap is None:
        return None
    month = _months(held[0]) + gap
    while True:
        found = _nth(month, *pattern)
        if found is not None and found >= today:
            return found
        month += gap


def _shared(values: Sequence[T]) -> T | None:
    """Return the value that most share; the latest of several; None for none."""
    return max(values, key=values.count) if values else None


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _nth(month: int, weekday: int, place: int) -> date | None:
    """Return a weekday's place in a month, counted from 0; None where there is no fifth one."""
    year, at = divmod(month, 12)
    first = date(year, at + 1, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * place)
    return found if found.month == first.month else None


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that lead up to a meeting; None where the branch has not set the rule.

    `notice_due` is the last day notice can be given, with the agenda and its papers.
    """

    motions_close: date | None
    notice_due: date | None


_NOTICE = {
    MeetingKind.ORDINARY: "meeting.notice_days",
    MeetingKind.ANNUAL: "meeting.annual_notice_days",
    MeetingKind.SPECIAL: "meeting.special_notice_days",
}


def dates(kind: MeetingKind, on: date, orders: Mapping[str, Value | None]) -> Dates:
    """Work out the days before a meeting from the standing orders' values."""
    closing = orders.get("motion.deadline_days")
    notice = orders.get(_NOTICE.get(kind, ""))
    return Dates(
        motions_close=None if closing is None else deadline(on, int(closing)),
        notice_due=None if notice is None else deadline(on, int(notice)),
    )


def notice_given(sent_on: Sequence[date], on: date, notice_due: date | None, today: date) -> str:
    """Say where the notice of a meeting stands: sent in time, sent late, due, or overdue."""
    if sent_on:
        first = min(sent_on)
        said = f"Notice went out on {long_date(first)}, {counted((on - first).days, 'day')} before"
        if notice_due is None:
            return f"{said}; the branch has not set how long it must be."
        late = (first - notice_due).days
        return f"{said}, in time." if late <= 0 else f"{said}, {counted(late, 'day')} late."
    if notice_due is None:
        return "Notice has not gone out; the branch has not set how long it must be."
    left = (notice_due - today).days
    if left < 0:
        return f"Notice has not gone out; it was due by {long_date(notice_due)}."
    when = "today" if left == 0 else f"by {long_date(notice_due)}, in {counted(left, 'day')}"
    return f"Notice is due {when}."


# Quorum


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be there and how many are; None for both answers where no rule is set.

    `rule` says what is asked, `message` also how many are there.
    """

    needed: int | None
    present: int
    reached: bool | None
    rule: str
    message: str


_OF = {
    "members": ("member", "members"),
    "good-standing": ("member in good standing", "members in good standing"),
}


def quorum_of(
    rule: str | None, base: str, *, base_count: int, present: int, clause: str = ""
) -> Quorum:
    """Hold the number present against the quorum's rule, such as "greater of 10 and 5%"."""
    one, several = _OF[base]
    there = f"{present} {one if present == 1 else several} present"
    if rule is None:
        unset = "the branch has not set a quorum"
        return Quorum(None, present, None, unset, f"{there}; {unset}.")
    needed = quorum_rule(rule).needed(base_count)
    reached = present >= needed
    asked = f"{needed} {one if needed == 1 else several}"
    if not rule.isdigit():
        asked += f": {rule} of {base_count}"
    if clause:
        asked += f" (clause {clause})"
    verdict = "Quorate" if reached else f"{needed - present} short"
    message = f"{there}; the quorum is {asked}. {verdict}."
    return Quorum(needed, present, reached, asked, message)
