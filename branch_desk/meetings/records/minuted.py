"""What a meeting decided and who is to do what by when, written down beside the text of minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.meetings.records.agenda import item as agenda_item
from branch_desk.meetings.records.meetings import get, not_agreed
from branch_desk.meetings.rules import EntryKind
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.values import stored

if TYPE_CHECKING:
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class MinuteEntry:
    """One decision or action of a meeting; `item` is the business it came under, if known.

    An action has an `owner` by name and a day it is due by where these were said; `done_on` is the
    day it was done.
    """

    id: int
    meeting: int
    item: int | None
    kind: EntryKind
    text: str
    owner: str
    due_on: date | None
    done_on: date | None


def minute(
    store: Store,
    meeting_id: int,
    kind: EntryKind,
    text: str,
    *,
    item: int | None = None,
    owner: str = "",
    due_on: date | None = None,
) -> int:
    """Write a decision or an action down; returns its id.

    Raises `Conflict` once the minutes are agreed, `Invalid` where it says nothing or is due before
    the meeting.
    """
    meeting = get(store, meeting_id)
    not_agreed(meeting)
    if not text.strip():
        raise Invalid(f"Say what the {kind.value} is.")
    if due_on is not None and due_on < meeting.on:
        raise Invalid("An action cannot be due before the meeting that agreed it.")
    if item is not None and agenda_item(store, item).meeting != meeting_id:
        raise Missing(f"There is no item {item} on this agenda.")
    with store.change(f"Record {kind.article} {kind.value} of the {meeting.occasion}") as change:
        return change.insert(
            "minute_entry",
            meeting=meeting_id,
            item=item,
            kind=kind,
            text=text.strip(),
            owner=owner.strip(),
            due_on=due_on,
        )


def strike_entry(store: Store, entry_id: int) -> None:
    """Take out a decision or action that was written down by mistake."""
    entry = get_entry(store, entry_id)
    meeting = get(store, entry.meeting)
    not_agreed(meeting)
    with store.change(f"Remove {entry.kind.article} {entry.kind.value} from the minutes") as change:
        change.delete("minute_entry", entry_id)


def finish(store: Store, entry_id: int, on: date | None) -> None:
    """Record the day an action was done, or None that it is still to be done."""
    entry = get_entry(store, entry_id)
    if entry.kind is not EntryKind.ACTION:
        raise Invalid("A decision stands as it is; only an action can be done.")
    did = "Record an action done" if on else "Record an action not done"
    with store.change(did) as change:
        change.update("minute_entry", entry_id, done_on=on)


def minuted(store: Store, meeting_id: int) -> list[MinuteEntry]:
    """Return the decisions and actions of a meeting as they were written down."""
    rows = store.rows("SELECT * FROM minute_entry WHERE meeting = ? ORDER BY id", (meeting_id,))
    return [_made(row) for row in rows]


def open_actions(store: Store, meeting_id: int) -> list[MinuteEntry]:
    """Return the actions of earlier meetings that are still to be done, oldest meeting first."""
    rows = store.rows(
        """
        SELECT minute_entry.* FROM minute_entry JOIN meeting ON meeting.id = minute_entry.meeting
        WHERE minute_entry.kind = 'action' AND done_on IS NULL AND meeting.starts_at < ?
        ORDER BY meeting.starts_at, minute_entry.id
        """,
        (stored(get(store, meeting_id).starts_at),),
    )
    return [_made(row) for row in rows]


def get_entry(store: Store, entry_id: int) -> MinuteEntry:
    """Return one decision or action; raises `Missing`."""
    row = store.one("SELECT * FROM minute_entry WHERE id = ?", (entry_id,))
    if row is None:
        raise Missing(f"There is no decision or action {entry_id}.")
    return _made(row)


def _made(row: dict[str, Any]) -> MinuteEntry:
    return MinuteEntry(
        id=row["id"],
        meeting=row["meeting"],
        item=row["item"],
        kind=EntryKind(row["kind"]),
        text=row["text"],
        owner=row["owner"],
        due_on=_day(row["due_on"]),
        done_on=_day(row["done_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
