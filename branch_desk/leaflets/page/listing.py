"""The leaflets' page: the list, new ones from a layout, copies of old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Line
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.leaflets import layouts, records
from branch_desk.leaflets.page.detail import LeafletDetail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.records import Leaflet

COLUMNS: tuple[Column[Leaflet], ...] = (
    Column("Leaflet", lambda leaflet: leaflet.title, 2.0, order="title"),
    Column(
        "Made",
        lambda leaflet: words.short_day(leaflet.made_on),
        sample="30 Mar 2000",
        spare=True,
        order="oldest",
    ),
)


class LeafletsPage(ListPage):
    """Every leaflet, the newest first."""

    name = "Leaflets"
    icon = "newspaper"
    tables = frozenset({"leaflet", "branch"})
    drops = (".jpg", ".jpeg", ".png")

    def __init__(self, session: Session) -> None:
        self.new = kit.action("New leaflet…", self.ask_leaflet, keys="Ctrl+N")
        self.new.setData("plus")
        self.copy = kit.action("Make a copy", self.do_copy, keys="Ctrl+D")
        self.remove = kit.action("Delete the leaflet", self.do_remove, keys="Ctrl+Delete")
        self.panel = LeafletDetail(session)
        empty = kit.Empty(
            "newspaper",
            "No leaflets yet",
            "Choose a layout, fill in what it says, drop a picture on it, and print it on the "
            "branch's own printer or save the file for a print shop.",
            (kit.press(self.new, role="primary", text="New leaflet…"),),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        super().__init__(session, Table(model, "Leaflets"), self.panel, empty)
        self.split.setSizes([250, 830])
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 4)
        self.split.restoreState(session.remembered.bytes(f"split/{self.name}"))
        self.add_to_head(kit.press(self.new, role="primary", text="New leaflet…"))
        self.menu_on_table([self.copy, self.remove])

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.new, self.copy, self.remove, *self.panel.actions_of_leaflet)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the leaflets that match."""
        if order == "oldest" and descending:
            order = "newest"
        found = records.ids(self.store, search=search, order=order or "newest")
        return found[::-1] if descending and order != "newest" else found

    def show_detail(self, row_id: int | None) -> None:
        """Show one leaflet."""
        for act in (self.copy, self.remove):
            act.setEnabled(row_id is not None)
        self.panel.show_leaflet(row_id)

    def summarise(self) -> None:
        """Count them."""
        self.summary.setText(words.count(len(records.ids(self.store)), "leaflet"))

    def drop(self, paths: list[str]) -> None:
        """Put a picture on the leaflet shown."""
        self.panel.set_picture(paths[0])

    def ask_leaflet(self) -> None:
        """Ask for a title and a layout."""
        title = Line("Title", hint="What you will find it by; it is not printed.")
        layout = Choice("Layout", [(each.name, each.title) for each in layouts.every()])
        layout.set_hint(layouts.every()[0].about)
        layout.typed.connect(lambda name: layout.set_hint(layouts.load(name).about))

        def add() -> int:
            chosen = layouts.load(layout.text())
            texts = {each.name: each.usual for each in chosen.fields if each.usual}
            return records.add(self.store, title=title.text(), layout=chosen.name, texts=texts)

        ask = Ask(self, "New leaflet", (title, layout), "Begin", add)
        if ask.exec() and isinstance(ask.answer, int):
            self.show_thing(ask.answer)

    def do_copy(self) -> None:
        """Copy the leaflet shown, picture and all."""
        leaflet_id = self.table.current_id()
        if leaflet_id is not None:
            self.session.deed(lambda: records.duplicate(self.store, leaflet_id), self.show_thing)

    def do_remove(self) -> None:
        """Take the leaflet out; Undo brings it back."""
        leaflet_id = self.table.current_id()
        if leaflet_id is not None:
            self.session.deed(lambda: records.remove(self.store, leaflet_id))
