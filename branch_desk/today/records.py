"""What is due across everything: the next meeting, letters that wait, members to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import State
from branch_desk.meetings import records as meetings
from branch_desk.meetings import rules as meeting_rules
from branch_desk.members import records as members
from branch_desk.members.rules import CURRENT
from branch_desk.motions import records as motions
from branch_desk.today.rules import deadline

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.correspondence.records import Waiting
    from branch_desk.meetings.records import Meeting
    from branch_desk.members.records import Counts
    from branch_desk.store.store import Store
    from branch_desk.today.rules import Deadline

# How many names stand under a heading; the count says how many there are in all.
NAMED = 5
_NEW_WITHOUT_A_MEETING = timedelta(days=30)
_LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting and the days that lead up to it; `notice` says where its notice stands."""

    id: int
    title: str
    kind: str
    starts_at: datetime
    place: str
    days: int
    deadlines: tuple[Deadline, ...]
    notice: str
    motions_placed: int
    motions_waiting: int


@dataclass(frozen=True, slots=True)
class Named:
    """A member by name, for a short list."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Members to look after for one reason: how many there are, and the first of them."""

    reason: str
    words: str
    count: int
    first: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What is due on one day; `waiting` are all letters that wait, the longest first."""

    on: date
    branch: str
    meeting: NextMeeting | None
    waiting: tuple[Waiting, ...]
    attention: tuple[Attention, ...]
    members: int
    motions_open: int

    @property
    def to_chase(self) -> tuple[Waiting, ...]:
        """Those to write to again: chasers due, and promises not kept."""
        return tuple(
            each for each in self.waiting if each.state in {State.CHASE, State.PROMISE_BROKEN}
        )


def today(store: Store, on: date | None = None) -> Today:
    """Return what is due on a day, today unless told."""
    day = on or store.today()
    morning = datetime.combine(day, time.min, store.clock().tzinfo)
    coming = meetings.next_meeting(store, morning)
    counts = members.counts(store)
    open_motions = [each for state in motions.OPEN for each in motions.ids(store, state=state)]
    return Today(
        on=day,
        branch=branch.details(store).name,
        meeting=_next(store, coming, open_motions, day) if coming else None,
        waiting=tuple(correspondence.waiting(store, day)),
        attention=_attention(store, counts, day, _last_met(store, morning)),
        members=counts.members,
        motions_open=len(open_motions),
    )


def _next(store: Store, meeting: Meeting, open_motions: list[int], day: date) -> NextMeeting:
    dates = meeting_rules.dates(meeting.kind, meeting.on, branch.settings(store))
    sent = [each.sent_on for each in meetings.notices(store, meeting.id)]
    placed = {each for item in meetings.agenda(store, meeting.id) for each in item.motions}
    return NextMeeting(
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind.value,
        starts_at=meeting.starts_at,
        place=meeting.place or meeting.online_at,
        days=(meeting.on - day).days,
        deadlines=(
            deadline("Motions close", dates.motions_close, day),
            deadline("Notice is due", dates.notice_due, day, done=bool(sent)),
            deadline("The meeting", meeting.on, day),
        ),
        notice=meeting_rules.notice_given(sent, meeting.on, dates.notice_due, day),
        motions_placed=len(placed),
        motions_waiting=len(set(open_motions) - placed),
    )


def _last_met(store: Store, before: datetime) -> date | None:
    """Return the day of the last meeting that was not a committee's."""
    for each in meetings.many(store, meetings.ids(store, until=before)[:_LOOKED_BACK]):
        if each.kind is not meeting_rules.MeetingKind.COMMITTEE:
            return each.on
    return None


def _attention(
    store: Store, counts: Counts, day: date, last_met: date | None
) -> tuple[Attention, ...]:
    since = last_met or day - _NEW_WITHOUT_A_MEETING
    welcome = members.ids(
        store, standing=CURRENT, joined_from=since, joined_to=day, order="-joined"
    )
    found = (
        _flagged(
            store,
            "resignation-said",
            "said they resign, and HQ has not recorded it",
            counts.resignation_said,
        ),
        _flagged(
            store,
            "payment-stopped",
            "stopped paying, and will lapse in time",
            counts.payment_stopped,
        ),
        _flagged(store, "vanished", "dropped off HQ's list with no reason known", counts.vanished),
        Attention(
            "joined",
            f"joined since {since.day} {since:%B %Y}, to be welcomed",
            len(welcome),
            _named(store, welcome),
        ),
    )
    return tuple(each for each in found if each.count)


def _flagged(store: Store, reason: str, words: str, count: int) -> Attention:
    if not count:
        return Attention(reason, words, 0, ())
    flag = reason.replace("-", "_")
    ids = members.ids(
        store,
        resignation_said=True if flag == "resignation_said" else None,
        payment_stopped=True if flag == "payment_stopped" else None,
        vanished=True if flag == "vanished" else None,
    )
    return Attention(reason, words, count, _named(store, ids))


def _named(store: Store, ids: list[int]) -> tuple[Named, ...]:
    return tuple(Named(each.id, each.name) for each in members.many(store, ids[:NAMED]))
