"""The meetings themselves: reading, listing, calling and changing them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from branch_desk.meetings.rules import LONDON, MeetingKind, MinutesState
from branch_desk.motions.rules import long_date
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.values import stored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `starts_at` is London time, `online_at` a link or a telephone number.

    `uid` names it in calendars, whichever file they read it from. `minutes` is Markdown, and what
    the next meeting's pack carries.
    """

    id: int
    uid: str
    kind: MeetingKind
    title: str
    starts_at: datetime
    place: str
    online_at: str
    notes: str
    minutes: str
    minutes_state: MinutesState
    minutes_agreed_on: date | None

    @property
    def on(self) -> date:
        """The day it is held."""
        return self.starts_at.date()

    @property
    def occasion(self) -> str:
        """What the log calls it: never by its title, which may name somebody."""
        return _occasion(self.kind, self.starts_at)


class Whereabouts(TypedDict, total=False):
    """Where a meeting is held, and what the secretary notes about it."""

    place: str
    online_at: str
    notes: str


class MeetingFields(Whereabouts, total=False):
    """What of a meeting may be changed."""

    kind: MeetingKind
    title: str
    starts_at: datetime


def get(store: Store, meeting_id: int) -> Meeting:
    """Return one meeting; raises `Missing`."""
    row = store.one("SELECT * FROM meeting WHERE id = ?", (meeting_id,))
    if row is None:
        raise Missing(f"There is no meeting {meeting_id}.")
    return _meeting(row)


def many(store: Store, meeting_ids: Iterable[int]) -> list[Meeting]:
    """Return meetings in the order of their ids, in one query."""
    rows = store.rows(
        "SELECT meeting.* FROM json_each(?) AS wanted JOIN meeting ON meeting.id = wanted.value "
        "ORDER BY wanted.key",
        (json.dumps(list(meeting_ids)),),
    )
    return [_meeting(row) for row in rows]


def ids(
    store: Store,
    *,
    search: str = "",
    order: str = "-starts",
    kind: MeetingKind | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[int]:
    """Return the ids of meetings, latest first, or by `order`.

    `order` is starts, title, kind or place; a "-" before it turns it round. `since` and `until`
    keep those that start from the one moment and before the other.
    """
    found = store.column(
        """
        SELECT id FROM meeting
        WHERE (:kind IS NULL OR kind = :kind) AND (:since IS NULL OR starts_at >= :since)
          AND (:until IS NULL OR starts_at < :until)
        ORDER BY CASE :order WHEN 'title' THEN title COLLATE NOCASE WHEN 'kind' THEN kind
                             WHEN 'place' THEN place COLLATE NOCASE END, starts_at, id
        """,
        {
            "kind": kind and kind.value,
            "since": since and stored(since),
            "until": until and stored(until),
            "order": order.removeprefix("-"),
        },
    )
    if order.startswith("-"):
        found.reverse()
    if not search.strip():
        return found
    hits = set(store.search("meeting", search))
    return [each for each in found if each in hits]


def next_meeting(store: Store, now: datetime) -> Meeting | None:
    """Return the first meeting that starts at or after a moment, if one is called."""
    found = ids(store, order="starts", since=now)
    return get(store, found[0]) if found else None


def previous_meeting(store: Store, meeting: Meeting) -> Meeting | None:
    """Return the last meeting whose minutes this one takes: a committee's for a committee."""
    row = store.one(
        """
        SELECT * FROM meeting
        WHERE starts_at < ? AND (kind = 'committee') = ? AND minutes_state <> 'none'
        ORDER BY starts_at DESC, id DESC
        """,
        (stored(meeting.starts_at), int(meeting.kind is MeetingKind.COMMITTEE)),
    )
    return _meeting(row) if row else None


def add(
    store: Store,
    *,
    kind: MeetingKind,
    starts_at: datetime,
    title: str = "",
    **fields: Unpack[Whereabouts],
) -> int:
    """Call a meeting; its title is that of its kind unless given. Returns its id."""
    title = title.strip() or kind.title
    with store.change(f"Add the {_occasion(kind, starts_at)}") as change:
        return change.insert(
            "meeting",
            uid=f"{store.random.getrandbits(128):032x}",
            kind=kind,
            title=title,
            starts_at=starts_at,
            **fields,
        )


def change_details(store: Store, meeting_id: int, **fields: Unpack[MeetingFields]) -> None:
    """Change what kind of meeting it is, its title, when or where."""
    meeting = get(store, meeting_id)
    if "title" in fields and not fields["title"].strip():
        raise Invalid("A meeting needs a title.")
    if fields:
        with store.change(f"Change the {meeting.occasion}") as change:
            change.update("meeting", meeting_id, **fields)


def set_minutes(store: Store, meeting_id: int, text: str) -> None:
    """Keep the minutes of a meeting as a draft; raises `Conflict` once they are agreed."""
    meeting = get(store, meeting_id)
    not_agreed(meeting)
    state = MinutesState.DRAFT if text.strip() else MinutesState.NONE
    with store.change(f"Write the minutes of the {meeting.occasion}") as change:
        change.update("meeting", meeting_id, minutes=text, minutes_state=state)


def agree_minutes(store: Store, meeting_id: int, on: date) -> None:
    """Record that a later meeting agreed the minutes on a day; from then they stand as they are."""
    meeting = get(store, meeting_id)
    not_agreed(meeting)
    if meeting.minutes_state is MinutesState.NONE:
        raise Conflict(f"{meeting.title} has no minutes to agree yet.")
    if on < meeting.on:
        raise Invalid("Minutes cannot be agreed before the meeting was held.")
    with store.change(f"Agree the minutes of the {meeting.occasion}") as change:
        change.update(
            "meeting", meeting_id, minutes_state=MinutesState.AGREED, minutes_agreed_on=on
        )


def reopen_minutes(store: Store, meeting_id: int) -> None:
    """Make agreed minutes a draft again, to mend a mistake."""
    meeting = get(store, meeting_id)
    if meeting.minutes_state is not MinutesState.AGREED:
        raise Conflict(f"The minutes of {meeting.title} are not agreed.")
    with store.change(f"Reopen the minutes of the {meeting.occasion}") as change:
        change.update(
            "meeting", meeting_id, minutes_state=MinutesState.DRAFT, minutes_agreed_on=None
        )


def _occasion(kind: MeetingKind, starts_at: datetime) -> str:
    return f"{kind.title.lower()} of {long_date(starts_at.date())}"


def not_agreed(meeting: Meeting) -> None:
    """Raise `Conflict` where the minutes of a meeting are agreed and stand as they are."""
    if meeting.minutes_agreed_on is not None:
        raise Conflict(
            f"The minutes of {meeting.title} were agreed on {long_date(meeting.minutes_agreed_on)} "
            "and stand as they are; reopen them first."
        )


def _meeting(row: dict[str, Any]) -> Meeting:
    agreed = row["minutes_agreed_on"]
    return Meeting(
        id=row["id"],
        uid=row["uid"],
        kind=MeetingKind(row["kind"]),
        title=row["title"],
        starts_at=datetime.fromisoformat(row["starts_at"]).astimezone(LONDON),
        place=row["place"],
        online_at=row["online_at"],
        notes=row["notes"],
        minutes=row["minutes"],
        minutes_state=MinutesState(row["minutes_state"]),
        minutes_agreed_on=date.fromisoformat(agreed) if agreed else None,
    )
