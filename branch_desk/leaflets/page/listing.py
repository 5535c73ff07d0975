"""The leaflets' page: the list, new ones from a layout, copies of old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk import kit, words
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.leaflets import layouts, records
from branch_desk.leaflets.page.detail import LeafletDetail
from branch_desk.leaflets.page.gallery import Gallery, Strip, Thumbnails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.records import Leaflet

COLUMNS: tuple[Column[Leaflet], ...] = (
    Column(mark("Leaflet"), lambda leaflet: leaflet.title, 2.0, order="title"),
    Column(
        mark("Made"),
        lambda leaflet: words.short_day(leaflet.made_on),
        sample="30 Mar 2000",
        spare=True,
        order="oldest",
    ),
)


class LeafletsPage(ListPage):
    """Every leaflet, the newest first."""

    name = mark("Leaflets")
    icon = "newspaper"
    tables = frozenset({"leaflet", "branch"})
    drops = (".jpg", ".jpeg", ".png")
    split_sizes = (250, 850)

    def __init__(self, session: Session) -> None:
        self.new = kit.action(tr("New leaflet…"), self.show_gallery, keys="Ctrl+N")
        self.new.setData("plus")
        self.copy = kit.action(tr("Make a copy"), self.do_copy, keys="Ctrl+D")
        self.remove = kit.action(tr("Delete the leaflet"), self.do_remove, keys="Ctrl+Delete")
        self.panel = LeafletDetail(session)
        empty = kit.Empty(
            "newspaper",
            tr("No leaflets yet"),
            tr(
                "Choose a layout, click what is on it and type, drop a picture on it, and print it "
                "on the branch's own printer or save the file for a print shop."
            ),
            (kit.press(self.new, role="primary"),),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        table = Table(model, tr("Leaflets"))
        super().__init__(session, table, self.panel, empty)
        self.thumbnails = Thumbnails(session, self)
        self.strip = Strip(kit.button(tr("All layouts…"), role="quiet", does=self.show_gallery))
        self.strip.chosen.connect(self.begin)
        column = self.left.layout()
        if column is not None:
            column.addWidget(self.strip)
        self.add_to_head(kit.press(self.new, role="primary"))
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
        """Count them, and draw the layouts in the branch's colour."""
        self.summary.setText(plural(len(records.ids(self.store)), "{n} leaflet", "{n} leaflets"))
        self.thumbnails.ask(self.strip.show_pictures)

    def drop(self, paths: list[str]) -> None:
        """Put a picture on the leaflet shown."""
        self.panel.keep.take(paths)

    def show_gallery(self) -> None:
        """Show every layout to begin from."""
        gallery = Gallery(self.thumbnails)
        gallery.chosen.connect(self.begin)
        gallery.left.connect(self.uncover)
        self.cover(gallery)
        gallery.cards[0].setFocus()

    def begin(self, layout: str) -> None:
        """Begin a leaflet from a layout, its first text open for typing."""
        chosen = layouts.load(layout)
        texts = {each.name: each.usual for each in chosen.fields if each.usual}

        def begun(leaflet_id: int) -> None:
            self.uncover()
            self.panel.begin()
            self.show_thing(leaflet_id)

        self.session.deed(
            lambda: records.add(self.store, title=tr(chosen.title), layout=layout, texts=texts),
            begun,
        )

    def do_copy(self) -> None:
        """Copy the leaflet shown, picture and all."""
        leaflet_id = self.table.current_id()
        if leaflet_id is not None:
            self.session.deed(lambda: records.duplicate(self.store, leaflet_id), self._copied)

    def _copied(self, leaflet_id: int) -> None:
        self.session.undoable.emit(tr("A copy was made; this is the copy."))
        self.show_thing(leaflet_id)

    def do_remove(self) -> None:
        """Take the leaflet out; Undo brings it back."""
        leaflet_id = self.table.current_id()
        if leaflet_id is None:
            return
        title = records.get(self.store, leaflet_id).title
        self.session.deed(
            lambda: records.remove(self.store, leaflet_id),
            lambda _: self.session.undoable.emit(tr("Deleted: {title}", title=title)),
        )
