"""What changed lately, out of the log: what was done, when, and to which thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from branch_desk.store.errors import DeskError
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from branch_desk.store.store import Store

# Of a change to many rows so many are looked at; a thing is named where they are about one.
_LOOKED_AT = 24
# Tables whose rows belong to a thing that can be opened: its kind, and the column that names it.
_OF: Mapping[str, tuple[str, str]] = {
    "member": ("member", "id"),
    "member_event": ("member", "member"),
    "consent": ("member", "member"),
    "motion": ("motion", "id"),
    "meeting": ("meeting", "id"),
    "agenda_item": ("meeting", "meeting"),
    "attendance": ("meeting", "meeting"),
    "meeting_notice": ("meeting", "meeting"),
    "minute_entry": ("meeting", "meeting"),
    "thread": ("thread", "id"),
    "letter": ("thread", "thread"),
    "leaflet": ("leaflet", "id"),
    "officer": ("branch", "id"),
    "branch": ("branch", "id"),
    "standing_order": ("branch", "id"),
    "hq_list": ("member", ""),
    "sending": ("member", ""),
    "sent_to": ("member", "member"),
}
# Tables whose rows belong to a row of another table: that table, and the column that names it.
_VIA: Mapping[str, tuple[str, str]] = {
    "agenda_document": ("agenda_item", "item"),
    "enclosure": ("letter", "letter"),
    "letter_reference": ("letter", "letter"),
}


@dataclass(frozen=True, slots=True)
class Lately:
    """One change: what the log calls it, when, by whom, and the thing it was about.

    `kind` names the sort of thing and is empty where the log touched none that can be opened; `id`
    is None where it was about several, or what it was about is gone.
    """

    entry: int
    title: str
    at: datetime
    actor: str
    kind: str
    id: int | None
    thing: str


def lately(store: Store, limit: int = 8) -> tuple[Lately, ...]:
    """Return the newest changes first; for the quick lane."""
    entries = store.rows(
        """
        SELECT id, at, actor, title, first_row, row_count FROM audit_entry
        WHERE kind IN ('change', 'undo', 'redo', 'erasure') ORDER BY id DESC LIMIT ?
        """,
        (limit,),
    )
    return tuple(_lately(store, each) for each in entries)


def _lately(store: Store, entry: Mapping[str, object]) -> Lately:
    first, count = int(str(entry["first_row"])), int(str(entry["row_count"]))
    rows = store.rows(
        "SELECT table_name, row_id FROM audit_row WHERE id >= ? AND id < ? ORDER BY id",
        (first, first + min(count, _LOOKED_AT)),
    )
    things = list(dict.fromkeys(_things(store, rows)))
    kind = things[0][0] if things else ""
    ids = {each for of, each in things if of == kind and each is not None}
    only = next(iter(ids)) if len(ids) == 1 and count <= _LOOKED_AT else None
    return Lately(
        entry=int(str(entry["id"])),
        title=str(entry["title"]),
        at=datetime.fromisoformat(str(entry["at"])),
        actor=str(entry["actor"]),
        kind=kind,
        id=None if kind == "branch" else only,
        thing=_title(store, kind, only),
    )


def _things(store: Store, rows: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, int | None]]:
    for row in rows:
        table, row_id = _root(store, str(row["table_name"]), int(str(row["row_id"])))
        kind, column = _OF.get(table, ("", ""))
        if kind:
            yield kind, _read(store, table, column, row_id)


def _root(store: Store, table: str, row_id: int | None) -> tuple[str, int | None]:
    """Return the row that names its thing: the agenda item of a PDF, what a link comes from."""
    if table == "link" and row_id is not None:
        link = store.one("SELECT from_kind, from_id FROM link WHERE id = ?", (row_id,))
        return (str(link["from_kind"]), int(link["from_id"])) if link else (table, None)
    if table in _VIA:
        owner, column = _VIA[table]
        return owner, _read(store, table, column, row_id)
    return table, row_id


def _read(store: Store, table: str, column: str, row_id: int | None) -> int | None:
    """Return what a row's column names; None where there is no such column or the row is gone."""
    if not column or row_id is None:
        return None
    found = store.value(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - ours
    return None if found is None else int(found)


def _title(store: Store, kind: str, row_id: int | None) -> str:
    if row_id is None or kind == "branch":
        return ""
    try:
        return store.title(Ref(kind, row_id))
    except DeskError:
        return ""
