"""Everything a meeting's papers say, gathered once, so that the papers themselves never ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.branch.rules import clock
from branch_desk.correspondence import records as correspondence
from branch_desk.meetings.records.agenda import AgendaItem, agenda, documents
from branch_desk.meetings.records.attendance import attendance, notices, quorum
from branch_desk.meetings.records.meetings import Meeting, get, next_meeting, previous_meeting
from branch_desk.meetings.records.minuted import minuted
from branch_desk.meetings.rules import Dates, Quorum, dates, timetable
from branch_desk.members import records as members
from branch_desk.members.rules import CURRENT, Standing, months
from branch_desk.motions import records as motions
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from branch_desk.branch.records import Branch, Officer
    from branch_desk.branch.rules import Value
    from branch_desk.correspondence.records import Letter, Waiting
    from branch_desk.meetings.records.attendance import Attendance, Notice
    from branch_desk.meetings.records.minuted import MinuteEntry
    from branch_desk.members.rules import Backlog, Flows
    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding
    from branch_desk.store.store import Store

MONTHS_SHOWN = 12
DAYS_BACK = 92


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A PDF appended to the agenda; its bytes are empty where only its title is printed."""

    title: str
    pages: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class PackMotion:
    """A motion on the agenda: what the rules say of it, and under which terms it is voted on.

    `threshold` and `base` are empty where the branch has not set them for this kind of motion.
    """

    motion: Motion
    findings: tuple[Finding, ...]
    threshold: str
    base: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the agenda with all that stands under it, and when it begins if that is known."""

    item: AgendaItem
    begins: datetime | None
    motions: tuple[PackMotion, ...]
    letters: tuple[str, ...]
    documents: tuple[PackDocument, ...]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Letters in and out from a day on, and who owes the branch an answer."""

    since: date
    letters: tuple[Letter, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """How many there are, who came and went since a day and by month, and what waits for HQ."""

    counts: members.Counts
    since: date
    flows: Flows
    by_month: tuple[Flows, ...]
    backlog: Backlog


@dataclass(frozen=True, slots=True)
class Agenda:
    """What every paper of a meeting stands on: who, when, where, and the order of business."""

    details: Branch
    meeting: Meeting
    entries: tuple[Entry, ...]
    dates: Dates
    officers: tuple[Officer, ...]
    quorum: Quorum
    closing_time: str
    casting_vote: str | None
    printed_on: date

    def officer(self, office: str) -> str:
        """Return who holds an office, or nothing."""
        held = (each.name for each in self.officers if each.office.casefold() == office)
        return next(held, "")


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole agenda pack."""

    agenda: Agenda
    previous: Meeting | None
    correspondence: Correspondence
    membership: Membership


@dataclass(frozen=True, slots=True)
class Signatory:
    """A name on the attendance sheet."""

    surname: str
    forename: str
    number: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the printed minutes of a meeting say beside their text."""

    agenda: Agenda
    attendance: tuple[Attendance, ...]
    notices: tuple[Notice, ...]
    entries: tuple[MinuteEntry, ...]
    following: Meeting | None


def agenda_data(
    store: Store, meeting_id: int, on: date, *, whole_documents: bool = False
) -> Agenda:
    """Gather the order of business of a meeting, for a paper printed on a day.

    The bytes of appended documents are read only for `whole_documents`.
    """
    meeting = get(store, meeting_id)
    orders = branch.settings(store)
    items = agenda(store, meeting_id)
    begins = timetable(meeting.starts_at, [each.minutes for each in items])
    return Agenda(
        details=branch.details(store),
        meeting=meeting,
        entries=tuple(
            _entry(store, item, at, meeting.on, whole=whole_documents)
            for item, at in zip(items, begins, strict=True)
        ),
        dates=dates(meeting.kind, meeting.on, orders),
        officers=tuple(branch.officers(store, meeting.on)),
        quorum=quorum(store, meeting_id),
        closing_time=_closing(orders["meeting.closing_time"]),
        casting_vote=_said(orders["chair.casting_vote"]),
        printed_on=on,
    )


def pack_data(store: Store, meeting_id: int, on: date | None = None) -> Pack:
    """Gather the whole pack of a meeting, as it stands today or on a day."""
    on = on or store.today()
    gathered = agenda_data(store, meeting_id, on, whole_documents=True)
    previous = previous_meeting(store, gathered.meeting)
    since = previous.on + timedelta(days=1) if previous else on - timedelta(days=DAYS_BACK)
    since = min(since, on)
    return Pack(
        agenda=gathered,
        previous=previous,
        correspondence=_correspondence(store, since, on),
        membership=_membership(store, since, on),
    )


def signatories(store: Store) -> list[Signatory]:
    """Return everybody who may sign in at the door: members and those on probation, by name."""
    wanted = members.ids(store, standing=CURRENT - {Standing.SUSPENDED}, order="name")
    return [
        Signatory(each.surname, each.known_as or each.forename, each.number)
        for each in members.many(store, wanted)
    ]


def minutes_data(store: Store, meeting_id: int, on: date) -> Minutes:
    """Gather the minutes of a meeting with who was there and what notice was given."""
    gathered = agenda_data(store, meeting_id, on)
    following = next_meeting(store, gathered.meeting.starts_at + timedelta(minutes=1))
    return Minutes(
        agenda=gathered,
        attendance=tuple(attendance(store, meeting_id)),
        notices=tuple(notices(store, meeting_id)),
        entries=tuple(minuted(store, meeting_id)),
        following=following,
    )


def _said(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _closing(value: Value | None) -> str:
    return "" if value is None else clock(time.fromisoformat(str(value)))


def _entry(
    store: Store, item: AgendaItem, begins: datetime | None, on: date, *, whole: bool
) -> Entry:
    return Entry(
        item=item,
        begins=begins,
        motions=tuple(_motion(store, each, on) for each in motions.many(store, item.motions)),
        letters=(
            *(correspondence.thread(store, each).subject for each in item.threads),
            *(each.subject for each in correspondence.many(store, item.letters)),
        ),
        documents=tuple(
            PackDocument(
                each.title, each.pages, store.attachment(each.attachment) if whole else b""
            )
            for each in documents(store, item.id)
        ),
    )


def _motion(store: Store, motion: Motion, on: date) -> PackMotion:
    try:
        threshold, base = motions.terms(store, motion)
    except DeskError:
        threshold, base = "", ""
    return PackMotion(motion, tuple(motions.findings(store, motion.id, on)), threshold, base)


def _correspondence(store: Store, since: date, on: date) -> Correspondence:
    found: list[Letter] = []
    ids: Sequence[int] = correspondence.ids(store, order="newest")
    for start in range(0, len(ids), 200):
        batch = correspondence.many(store, ids[start : start + 200])
        found += [each for each in batch if since <= each.on <= on]
        if batch[-1].on < since:
            break
    return Correspondence(since, tuple(reversed(found)), tuple(correspondence.waiting(store, on)))


def _membership(store: Store, since: date, on: date) -> Membership:
    start = on.replace(day=1)
    for _ in range(MONTHS_SHOWN - 1):
        start = (start - timedelta(days=1)).replace(day=1)
    return Membership(
        counts=members.counts(store),
        since=since,
        flows=members.flows(store, since, on),
        by_month=tuple(members.flows_by(store, months(start, on))),
        backlog=members.backlog(store, on),
    )
