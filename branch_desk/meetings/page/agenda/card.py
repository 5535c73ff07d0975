"""The chosen item of the agenda in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms import Form, Line, MarkdownField, PersonField
from branch_desk.desk.tr import tr
from branch_desk.meetings import records
from branch_desk.meetings.page.people import find
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.meetings.page.agenda.rows import Row


class ItemCard(QWidget):
    """Shows and changes one item."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._item: int | None = None
        title = Line(tr("Item"), self._storing("title"))
        minutes = Line(tr("Minutes allowed"), self.change_minutes)
        store = session.store
        leads = PersonField(
            tr("Led by"), session, lambda text: find(store, text), self._storing("leads")
        )
        notes = MarkdownField(tr("Report or note under it"), self._storing("notes"), height=4)
        self.form = Form(
            ((("title", title),), (("minutes", minutes), ("leads", leads)), (("notes", notes),))
        )
        layout = kit.column(self.form, None, space=12)
        layout.setContentsMargins(0, 4, 8, 0)
        self.setLayout(layout)

    @property
    def item(self) -> int | None:
        """The item shown."""
        return self._item

    def leave(self) -> None:
        """Store what is being typed."""
        self.form.leave()

    def show_row(self, row: Row | None) -> None:
        """Show the item of a line; what is typed into the same item is left alone."""
        if row is None or row.item != self._item:
            self.form.leave()
        self.setVisible(row is not None)
        if row is None:
            self._item = None
            return
        item = records.item(self._store, row.item)
        texts = {
            "title": item.title,
            "minutes": "" if item.minutes is None else str(item.minutes),
            "leads": item.leads,
            "notes": item.notes,
        }
        if row.item == self._item:
            self.form.show_texts(texts)
        else:
            self._item = row.item
            self.form.start(texts)

    def _storing(self, key: str) -> Callable[[str], None]:
        def store(text: str) -> None:
            item_id = self._item
            if item_id is not None:
                fields: records.ItemFields = {}
                fields[key] = text if key == "notes" else text.strip()  # type: ignore[literal-required]
                self._session.write(lambda: records.change_item(self._store, item_id, **fields))

        return store

    def change_minutes(self, text: str) -> None:
        """Store how long the item may take; raises `Invalid` for what is no number."""
        item_id, minutes = self._item, whole_minutes(text)
        if item_id is not None:
            self._session.write(lambda: records.change_item(self._store, item_id, minutes=minutes))


def whole_minutes(text: str) -> int | None:
    """Read a number of minutes, "min" after it or not; None for nothing."""
    plain = text.strip().removesuffix("min").strip()
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > 4:
        raise Invalid(f"“{text.strip()}” is not a number of minutes.")
    return int(plain)
