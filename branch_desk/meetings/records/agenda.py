"""The agenda: its items in order, and the motions, letters and documents under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from branch_desk.meetings.records.meetings import get, next_meeting
from branch_desk.meetings.rules import ItemKind
from branch_desk.motions import records as motions
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from typing import Unpack

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store

PLACED = "placed"
"""The role of a link from an agenda item to the motion or letter that is taken under it."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of business; `minutes` is the time allowed for it, `notes` what stands under it.

    `notes` is Markdown, a written report most often, `leads` who leads it.
    `motions`, `letters` and `threads` are the ids of what is taken under it.
    """

    id: int
    meeting: int
    position: int
    kind: ItemKind
    title: str
    minutes: int | None
    notes: str
    leads: str = ""
    motions: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()
    threads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaDocument:
    """A PDF appended to an agenda item; its bytes are the store's attachment."""

    id: int
    item: int
    title: str
    attachment: int
    pages: int


class ItemFields(TypedDict, total=False):
    """What of an agenda item may be changed."""

    kind: ItemKind
    title: str
    minutes: int | None
    notes: str
    leads: str


def agenda(store: Store, meeting_id: int) -> list[AgendaItem]:
    """Return the items of a meeting in order, each with what is placed on it."""
    rows = store.rows(
        "SELECT * FROM agenda_item WHERE meeting = ? ORDER BY position, id", (meeting_id,)
    )
    return [_item(store, row) for row in rows]


def item(store: Store, item_id: int) -> AgendaItem:
    """Return one agenda item; raises `Missing`."""
    row = store.one("SELECT * FROM agenda_item WHERE id = ?", (item_id,))
    if row is None:
        raise Missing(f"There is no agenda item {item_id}.")
    return _item(store, row)


def add_item(
    store: Store,
    meeting_id: int,
    title: str,
    *,
    kind: ItemKind = ItemKind.BUSINESS,
    minutes: int | None = None,
    notes: str = "",
    before: int | None = None,
) -> int:
    """Put an item on the agenda, last or before another item; returns its id."""
    meeting = get(store, meeting_id)
    _check(title, minutes)
    order = _order(store, meeting_id)
    if before is not None and before not in order:
        raise Missing(f"There is no item {before} on this agenda.")
    with store.change(f"Add an item to the {meeting.occasion}") as change:
        new = change.insert(
            "agenda_item",
            meeting=meeting_id,
            position=len(order) + 1,
            kind=kind,
            title=title.strip(),
            minutes=minutes,
            notes=notes,
        )
        if before is not None:
            order.insert(order.index(before), new)
            _renumber(change, order)
    return new


def add_items(
    store: Store, meeting_id: int, titles: Iterable[str], *, before: int | None = None
) -> list[int]:
    """Put several items on the agenda in their order, as one change; returns their ids."""
    with store.change(f"Add items to the {get(store, meeting_id).occasion}"):
        return [add_item(store, meeting_id, each, before=before) for each in titles]


def change_item(store: Store, item_id: int, **fields: Unpack[ItemFields]) -> None:
    """Change an item's title, kind, the time allowed for it or what stands under it."""
    now = item(store, item_id)
    _check(fields.get("title", now.title), fields.get("minutes"))
    if fields:
        with store.change(f"Change agenda item {now.position}") as change:
            change.update("agenda_item", item_id, **fields)


def move_item(store: Store, item_id: int, position: int) -> None:
    """Put an item at a place on its agenda, counted from 1; beyond the end means last."""
    moved = item(store, item_id)
    order = _order(store, moved.meeting)
    order.remove(item_id)
    order.insert(max(0, position - 1), item_id)
    with store.change(f"Move agenda item {moved.position}") as change:
        _renumber(change, order)


def remove_item(store: Store, item_id: int) -> None:
    """Take an item off its agenda; what was placed on it is free for another.

    What was decided under it stays in the minutes.
    """
    gone = item(store, item_id)
    order = _order(store, gone.meeting)
    order.remove(item_id)
    with store.change(f"Remove agenda item {gone.position}") as change:
        for link in store.links_from(Ref("agenda_item", item_id), PLACED):
            change.unlink(link.source, link.target, link.role)
        for document in documents(store, item_id):
            change.delete("agenda_document", document.id)
        written = store.column("SELECT id FROM minute_entry WHERE item = ?", (item_id,))
        change.update_many("minute_entry", [{"id": each, "item": None} for each in written])
        change.delete("agenda_item", item_id)
        _renumber(change, order)


def place_motion(store: Store, item_id: int, motion_id: int) -> None:
    """Put a motion under an agenda item; it leaves another item of the same meeting.

    Raises `Conflict` for a motion that has been decided, withdrawn or ruled out.
    """
    motion = motions.get(store, motion_id)
    if motion.state not in motions.OPEN:
        raise Conflict(f"Motion {motion.number} is {motion.state.words}; it cannot be placed.")
    _place(store, item_id, Ref("motion", motion_id), f"Place motion {motion.number} on the agenda")


def place_letter(store: Store, item_id: int, letter: Ref) -> None:
    """Put a letter, or a whole thread of letters, under an agenda item."""
    if letter.kind not in {"letter", "thread"}:
        raise Invalid(f"A {letter.kind} is no letter.")
    _place(store, item_id, letter, f"Place a {letter.kind} on the agenda")


def take_off(store: Store, meeting_id: int, placed: Ref) -> None:
    """Take a motion or letter off every item of a meeting."""
    with store.change(f"Take a {placed.kind} off the agenda") as change:
        _unplace(store, change, meeting_id, placed)


def _place(store: Store, item_id: int, target: Ref, title: str) -> None:
    where = item(store, item_id)
    with store.change(title) as change:
        _unplace(store, change, where.meeting, target)
        change.link(Ref("agenda_item", item_id), target, PLACED)


def _unplace(store: Store, change: Change, meeting_id: int, target: Ref) -> None:
    own = set(_order(store, meeting_id))
    for link in store.links_to(target, PLACED):
        if link.source.kind == "agenda_item" and link.source.id in own:
            change.unlink(link.source, link.target, link.role)


def placed_at(store: Store, target: Ref) -> list[int]:
    """Return the ids of the meetings a motion or letter is placed at, earliest first."""
    found: list[int] = store.column(
        "SELECT id FROM meeting WHERE id IN (SELECT meeting FROM agenda_item WHERE id IN"
        " (SELECT value FROM json_each(?))) ORDER BY starts_at, id",
        (str([link.source.id for link in store.links_to(target, PLACED)]),),
    )
    return found


def day_for_motion(store: Store, motion_id: int, meeting_id: int | None = None) -> date | None:
    """Return the day a motion is measured against: a meeting's, else where it is placed, else next.

    None where no meeting is called; raises `Missing` for a meeting there is none of.
    """
    if meeting_id is not None:
        return get(store, meeting_id).on
    placed = placed_at(store, Ref("motion", motion_id))
    if placed:
        return get(store, placed[-1]).on
    coming = next_meeting(store, store.moment())
    return coming.on if coming else None


def append_document(
    store: Store, item_id: int, *, title: str, data: bytes, name: str, pages: int
) -> int:
    """Append a PDF to an agenda item, after those that are there; returns its id."""
    where = item(store, item_id)
    if not title.strip():
        raise Invalid("An appended document needs a title.")
    with store.change(f"Append a document to agenda item {where.position}") as change:
        return change.insert(
            "agenda_document",
            item=item_id,
            title=title.strip(),
            attachment=change.attach(data, name, "application/pdf"),
            pages=pages,
        )


def remove_document(store: Store, document_id: int) -> None:
    """Take an appended PDF off its item; raises `Missing`."""
    document(store, document_id)
    with store.change("Remove an appended document") as change:
        change.delete("agenda_document", document_id)


def move_document(store: Store, document_id: int, item_id: int) -> None:
    """Put an appended PDF under another item of the same agenda."""
    found = document(store, document_id)
    if item(store, item_id).meeting != item(store, found.item).meeting:
        raise Conflict("An appended document stays with the agenda it was appended to.")
    with store.change("Move an appended document") as change:
        change.update("agenda_document", document_id, item=item_id)


def document(store: Store, document_id: int) -> AgendaDocument:
    """Return one appended PDF; raises `Missing`."""
    row = store.one("SELECT * FROM agenda_document WHERE id = ?", (document_id,))
    if row is None:
        raise Missing(f"There is no appended document {document_id}.")
    return AgendaDocument(**row)


def documents(store: Store, item_id: int) -> list[AgendaDocument]:
    """Return the PDFs appended to an item, in the order they were added."""
    rows = store.rows("SELECT * FROM agenda_document WHERE item = ? ORDER BY id", (item_id,))
    return [AgendaDocument(**row) for row in rows]


def _check(title: str, minutes: int | None) -> None:
    if not title.strip():
        raise Invalid("An agenda item needs a title.")
    if minutes is not None and minutes < 0:
        raise Invalid("The time for an item cannot be below nought minutes.")


def _order(store: Store, meeting_id: int) -> list[int]:
    found: list[int] = store.column(
        "SELECT id FROM agenda_item WHERE meeting = ? ORDER BY position, id", (meeting_id,)
    )
    return found


def _renumber(change: Change, order: Sequence[int]) -> None:
    change.update_many(
        "agenda_item", [{"id": each, "position": n} for n, each in enumerate(order, 1)]
    )


def _item(store: Store, row: dict[str, Any]) -> AgendaItem:
    placed: dict[str, list[int]] = {"motion": [], "letter": [], "thread": []}
    for link in store.links_from(Ref("agenda_item", row["id"]), PLACED):
        placed[link.target.kind].append(link.target.id)
    return AgendaItem(
        id=row["id"],
        meeting=row["meeting"],
        position=row["position"],
        kind=ItemKind(row["kind"]),
        title=row["title"],
        minutes=row["minutes"],
        notes=row["notes"],
        leads=row["leads"],
        motions=tuple(placed["motion"]),
        letters=tuple(placed["letter"]),
        threads=tuple(placed["thread"]),
    )
