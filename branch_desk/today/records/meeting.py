"""The next meeting: the days that lead up to it, and what its papers still lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.meetings import records as meetings
from branch_desk.meetings import rules as meeting_rules
from branch_desk.meetings.rules import ItemKind, MeetingKind, MinutesState
from branch_desk.motions.rules import counted, long_date
from branch_desk.today.rules import deadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from branch_desk.meetings.records import AgendaItem, Meeting
    from branch_desk.store.store import Store
    from branch_desk.today.rules import Deadline

LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a meeting's papers still lack, in words; `part` of which meeting mends it."""

    words: str
    meeting: int
    part: str


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting, the days that lead up to it, and what its papers lack.

    `notice` says where its notice stands; `notice_due` is its day and None where it has gone out.
    """

    id: int
    title: str
    kind: str
    starts_at: datetime
    place: str
    days: int
    deadlines: tuple[Deadline, ...]
    notice: str
    notice_due: date | None
    motions_placed: int
    motions_waiting: int
    lacks: tuple[Lack, ...]


def last_met(store: Store, before: datetime) -> Meeting | None:
    """Return the last meeting that was not a committee's."""
    for each in meetings.many(store, meetings.ids(store, until=before)[:LOOKED_BACK]):
        if each.kind is not MeetingKind.COMMITTEE:
            return each
    return None


def next_meeting(store: Store, day: date, open_motions: Sequence[int]) -> NextMeeting | None:
    """Return the next meeting from the morning of a day on; None where none is called."""
    morning = datetime.combine(day, time.min, store.clock().tzinfo)
    meeting = meetings.next_meeting(store, morning)
    if meeting is None:
        return None
    dates = meeting_rules.dates(meeting.kind, meeting.on, branch.settings(store))
    sent = [each.sent_on for each in meetings.notices(store, meeting.id)]
    items = meetings.agenda(store, meeting.id)
    placed = {each for item in items for each in item.motions}
    return NextMeeting(
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind.value,
        starts_at=meeting.starts_at,
        place=meeting.place or meeting.online_at,
        days=(meeting.on - day).days,
        deadlines=(
            deadline("Motions close", dates.motions_close, day),
            deadline("Notice is due", dates.notice_due, day, done=bool(sent), owed=True),
            deadline("The meeting", meeting.on, day),
        ),
        notice=meeting_rules.notice_given(sent, meeting.on, dates.notice_due, day),
        notice_due=None if sent else dates.notice_due,
        motions_placed=len(placed),
        motions_waiting=len(set(open_motions) - placed),
        lacks=tuple(_lacks(store, meeting, items, sent=bool(sent))),
    )


def _lacks(
    store: Store, meeting: Meeting, items: Sequence[AgendaItem], *, sent: bool
) -> Iterator[Lack]:
    here = meeting.id
    if not items:
        yield Lack("The agenda is not laid out yet.", here, "agenda")
    elif waiting := len(meetings.placeable(store, here).motions):
        words = f"{counted(waiting, 'motion')} in time and not on the agenda."
        yield Lack(words, here, "agenda")
    if missing := [each for each in items if _without_report(store, each)]:
        first = missing[0].title
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        yield Lack(f"No report yet: {first}{more}.", here, "agenda")
    if not (meeting.place or meeting.online_at):
        yield Lack("Nobody has said where it is held.", here, "notice")
    if not sent:
        yield Lack("No notice has gone out.", here, "notice")
    yield from _minutes(store, meeting)


def _without_report(store: Store, item: AgendaItem) -> bool:
    written = bool(item.notes.strip())
    return item.kind is ItemKind.REPORT and not written and not meetings.documents(store, item.id)


def _minutes(store: Store, meeting: Meeting) -> Iterator[Lack]:
    """Say which earlier meetings of its kind have no minutes, or minutes nobody agreed in time.

    Minutes of the last meeting are agreed at this one: a draft is all they need be.
    """
    committee = meeting.kind is MeetingKind.COMMITTEE
    found = meetings.many(store, meetings.ids(store, until=meeting.starts_at)[:LOOKED_BACK])
    held = [each for each in found if (each.kind is MeetingKind.COMMITTEE) is committee]
    for place, each in enumerate(held[:2]):
        on = long_date(each.on)
        if each.minutes_state is MinutesState.NONE:
            yield Lack(f"No minutes yet of {on}.", each.id, "minutes")
        elif each.minutes_state is MinutesState.DRAFT and place:
            yield Lack(f"The minutes of {on} were never agreed.", each.id, "minutes")
