"""What is done to an agenda: each deed is one change, said with Undo beside it where it may err."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.desk import files
from branch_desk.desk.tr import plural, tr
from branch_desk.meetings import exchange, records
from branch_desk.motions import records as motions
from branch_desk.store.errors import Conflict, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from branch_desk.desk.session import Session
    from branch_desk.meetings.page.agenda.carried import Spot
    from branch_desk.meetings.page.agenda.rows import Row
    from branch_desk.store.links import Ref
    from branch_desk.store.store import Store

LINES = 60


class Deeds:
    """Changes one agenda; `choose(item)` is told which item to show as chosen afterwards."""

    def __init__(self, session: Session, choose: Callable[[int], None]) -> None:
        self._session, self._store, self._choose = session, session.store, choose

    def lay_out(self, meeting_id: int) -> None:
        """Put on the standing items and what is due, as one change."""
        self._session.deed(lambda: records.lay_out(self._store, meeting_id), self._laid_out)

    def _laid_out(self, done: records.LaidOut) -> None:
        parts = [
            text
            for some, text in (
                (done.items, plural(len(done.items), "{n} standing item", "{n} standing items")),
                (done.motions, plural(len(done.motions), "{n} motion", "{n} motions")),
                (done.threads, plural(len(done.threads), "{n} letter", "{n} letters")),
            )
            if some
        ]
        said = (
            tr("Laid out: {what}.", what=", ".join(parts))
            if parts
            else tr("Nothing to lay out: all that is due is on the agenda already.")
        )
        if done.left_out:
            said += " " + tr("Left out: {motions}", motions=" ".join(self._left_out(done)))
        self._session.undoable.emit(said)

    def _left_out(self, done: records.LaidOut) -> list[str]:
        """Name the motions that came too late, each with why."""
        reasons = dict(done.left_out)
        return [
            tr(
                "Motion {number} {title}: {reason}",
                number=each.number,
                title=each.title,
                reason=reasons[each.id],
            )
            for each in motions.many(self._store, list(reasons))
        ]

    def let_go(self, meeting_id: int, ref: Ref, spot: Spot) -> None:
        """Do what letting a thing go at a spot means: an item moves, anything else is placed."""
        if ref.kind == "item":
            if ref.id not in (spot.item, spot.before):
                self._session.deed(lambda: self._move_before(ref.id, spot.before))
        elif spot.item is not None:
            item = spot.item
            self._session.deed(lambda: place(self._store, item, ref), lambda _: self._choose(item))
        else:
            self._session.deed(lambda: self._as_item(meeting_id, ref, spot.before), self._choose)

    def _move_before(self, item_id: int, before: int | None) -> None:
        order = [
            each.id
            for each in records.agenda(self._store, records.item(self._store, item_id).meeting)
        ]
        order.remove(item_id)
        place_ = order.index(before) if before is not None else len(order)
        records.move_item(self._store, item_id, place_ + 1)

    def _as_item(self, meeting_id: int, ref: Ref, before: int | None) -> int:
        """Make an item of its own for a thing that was let go between others."""
        with self._store.change("Place on the agenda"):
            title, kind = _heading(self._store, ref)
            item = records.add_item(self._store, meeting_id, title, kind=kind, before=before)
            if ref.kind != "action":
                place(self._store, item, ref)
        return item

    def place(self, meeting_id: int, ref: Ref, item_id: int | None) -> None:
        """Place a thing under an item, else under the one such things usually go under."""

        def deed() -> int:
            if item_id is not None:
                place(self._store, item_id, ref)
                return item_id
            with self._store.change("Place on the agenda"):
                kind, title = _usual(ref)
                under = records.item_for(self._store, meeting_id, kind, title)
                place(self._store, under, ref)
            return under

        self._session.deed(deed, self._choose)

    def append(self, meeting_id: int, paths: Sequence[Path], spot: Spot) -> None:
        """Append PDFs to an item, or each as an item of its own between others."""
        for path in paths:
            self._session.deed(partial(self._append, meeting_id, path, spot), self._choose)

    def _append(self, meeting_id: int, path: Path, spot: Spot) -> int:
        data = files.read(path)
        pages = exchange.pages(data, f"“{path.name}”")
        with self._store.change("Append a document"):
            item = spot.item
            if item is None:
                kind = records.ItemKind.DOCUMENT
                item = records.add_item(
                    self._store, meeting_id, path.stem, kind=kind, before=spot.before
                )
            records.append_document(
                self._store, item, title=path.stem, data=data, name=path.name, pages=pages
            )
        return item

    def add_lines(self, meeting_id: int, lines: Sequence[str], before: int | None) -> None:
        """Make an item of each line of a pasted list."""
        titles = [_plain(each) for each in lines]
        titles = [each for each in titles if each]
        if not titles:
            self._session.fail(Invalid("There are no lines on the clipboard to make items of."))
        elif len(titles) > LINES:
            self._session.fail(
                Invalid(f"{len(titles)} lines are more than an agenda holds; copy up to {LINES}.")
            )
        else:
            self._session.deed(
                lambda: records.add_items(self._store, meeting_id, titles, before=before),
                self._added,
            )

    def _added(self, made: list[int]) -> None:
        self._choose(made[0])
        self._session.undoable.emit(plural(len(made), "{n} item added.", "{n} items added."))

    def move_by(self, meeting_id: int, item_id: int, places: int) -> None:
        """Move an item up or down."""
        order = [each.id for each in records.agenda(self._store, meeting_id)]
        at = order.index(item_id) + 1 + places if item_id in order else 0
        if 1 <= at <= len(order):
            self._session.deed(lambda: records.move_item(self._store, item_id, at))

    def remove(self, meeting_id: int, row: Row) -> None:
        """Take a line off the agenda: an item, or what stands under it."""
        if row.is_item:
            said = tr("Removed: {title}", title=row.raw)
            work = partial(records.remove_item, self._store, row.item)
        else:
            said = tr("Taken off: {title}", title=row.text)
            work = partial(take_off, self._store, meeting_id, row.of)
        self._session.deed(work, lambda _: self._session.undoable.emit(said))


def place(store: Store, item_id: int, ref: Ref) -> None:
    """Put a motion, letter, PDF or matter under an item."""
    match ref.kind:
        case "motion":
            records.place_motion(store, item_id, ref.id)
        case "document":
            records.move_document(store, ref.id, item_id)
        case "action":
            _add_note(store, item_id, _heading(store, ref)[0])
        case "letter" | "thread":
            records.place_letter(store, item_id, ref)
        case _:
            raise Conflict("This cannot be placed under an item.")


def take_off(store: Store, meeting_id: int, ref: Ref) -> None:
    """Take what stands under an item off the agenda."""
    if ref.kind == "document":
        records.remove_document(store, ref.id)
    elif ref.kind == "entry":
        records.strike_entry(store, ref.id)
    else:
        records.take_off(store, meeting_id, ref)


def _add_note(store: Store, item_id: int, text: str) -> None:
    notes = records.item(store, item_id).notes.rstrip()
    line = tr("- Matter arising: {text}", text=text)
    records.change_item(store, item_id, notes=f"{notes}\n{line}" if notes else line)


def _heading(store: Store, ref: Ref) -> tuple[str, records.ItemKind]:
    """Return what an item of its own for a thing is called, and its kind."""
    if ref.kind == "action":
        found = records.get_entry(store, ref.id)
        text = f"{found.text} ({found.owner})" if found.owner else found.text
        return text, records.ItemKind.BUSINESS
    kinds = {"motion": records.ItemKind.MOTIONS, "document": records.ItemKind.DOCUMENT}
    title = records.document(store, ref.id).title if ref.kind == "document" else store.title(ref)
    return title, kinds.get(ref.kind, records.ItemKind.CORRESPONDENCE)


def _usual(ref: Ref) -> tuple[records.ItemKind, str]:
    kinds = {
        "motion": (records.ItemKind.MOTIONS, "Motions"),
        "action": (records.ItemKind.MINUTES, "Minutes and matters arising"),
    }
    return kinds.get(ref.kind, (records.ItemKind.CORRESPONDENCE, "Correspondence"))


def _plain(line: str) -> str:
    """Return a line of a pasted list without its number or bullet."""
    text = line.strip().lstrip("-*\N{BULLET}\N{EN DASH}\N{MIDDLE DOT}\t ").strip()
    number, dot, rest = text.partition(".")
    if not dot:
        number, dot, rest = text.partition(")")
    return rest.strip() if dot and number.isdecimal() and len(number) <= 2 else text
