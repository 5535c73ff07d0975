"""What every page is made of: a head, a list quick to search, and the chosen thing in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from branch_desk.desk import forms, icons, kit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from branch_desk.desk.session import Session
    from branch_desk.desk.table import Table
    from branch_desk.store.change import Changed

FOLD = 960
LEAST = 480
PAUSE_MS = 150
ROUND_IT = 2 * 24 + 16


class Page(QWidget):
    """One place on the rail. A page lists what it shows in `tables`, and fills itself in `refresh`.

    `name` is its word on the rail, `icon` its picture, `drops` the endings of files it takes.
    """

    name = ""
    icon = ""
    tables: frozenset[str] = frozenset()
    drops: tuple[str, ...] = ()
    badge = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.store = session.store
        self.setAccessibleName(self.name)
        self.setAcceptDrops(bool(self.drops))
        self._stale = True
        self.title = kit.label(self.name, "title", wrap=False)
        self.summary = kit.label("", "muted")
        self.head = kit.row(space=12)
        self.head.addLayout(kit.column(self.title, self.summary, space=2), 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        outer = kit.column(self.head, space=16, margin=24)
        outer.addLayout(self.body, 1)
        self.setLayout(outer)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._refresh_now)
        session.changed.connect(self._heard)
        session.look.changed.connect(self.paint_again)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return every action of the page, for its menu; the first is the primary one."""
        return ()

    def actions_around(self) -> Sequence[QAction]:
        """Return what every page of this make can do, for the end of its menu."""
        return ()

    def refresh(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show one thing in full; pages with a list override this."""

    def drop(self, paths: list[str]) -> None:
        """Take files that were dropped; pages that list `drops` override this."""

    def paint_again(self) -> None:
        """Follow the theme where a page draws for itself."""

    def find_on_page(self) -> None:
        """Put the cursor into the search box, where there is one."""

    def fresh(self) -> None:
        """Refresh if something changed while the page was hidden."""
        if self._stale:
            self._refresh_now()

    def outdate(self) -> None:
        """Hear that what the page shows may be of yesterday; it is read again when next shown."""
        self._stale = True

    def _refresh_now(self) -> None:
        self._stale = False
        self.refresh()

    def _heard(self, changed: Changed) -> None:
        if self.tables and self.tables.isdisjoint(changed.tables):
            return
        if self.isVisible():
            self._later.start()
        else:
            self._stale = True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: welcome files of the right kind."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: take them."""
        if paths := self._dropped(event):
            event.acceptProposedAction()
            self.drop(paths)

    def _dropped(self, event: QDropEvent) -> list[str]:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in paths if path.lower().endswith(self.drops)]


class ListPage(Page):
    """A page with a table at the left and the chosen thing at the right, folding when narrow.

    A page gives `ids_for(search, order, descending)`, which runs in the quick lane, and
    `show_detail(id)`, which fills `detail`.
    """

    topic = ""

    def __init__(
        self, session: Session, table: Table[Any], detail: QWidget, empty: QWidget
    ) -> None:
        super().__init__(session)
        self.topic = f"list {self.name}"
        self.table, self.detail = table, detail
        self._order, self._descending = "", False
        self._wanted: int | None = None
        self._folded = False
        self._cover: QWidget | None = None
        self._all_later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._all_later.timeout.connect(self._look_up_all)
        self._make_search()
        self.head.addWidget(self.search)
        self.back_action = kit.action("Back to the list", self._unfold, keys="Alt+Left")
        self.back_action.setData("chevron-left")
        self.back = kit.press(self.back_action, role="quiet", text="Back to the list")
        self.back.hide()
        self._nothing = kit.label("", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = QStackedWidget()
        for widget in (table, self._nothing):
            self.list.addWidget(widget)
        right = QWidget()
        inner = kit.column(kit.row(self.back, None), detail)
        inner.setStretch(1, 1)
        right.setLayout(inner)
        self.right = right
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.split.addWidget(self.list)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 6)
        self.split.setSizes([520, 560])
        self.split.restoreState(session.remembered.bytes(f"split/{self.name}"))
        self.split.splitterMoved.connect(self._keep_split)
        self.whole = QStackedWidget()
        self.whole.setMinimumWidth(LEAST)
        self.whole.addWidget(self.split)
        self.whole.addWidget(empty)
        self.body.addWidget(self.whole)
        table.chosen.connect(self._chosen)
        table.rows.order_asked.connect(self._reorder)
        table.activated.connect(self._open)
        table.clicked.connect(self._open)
        self.paint_again()

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName(f"Search {self.name.lower()}")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(self.search.fontMetrics().horizontalAdvance("0" * 24))
        self._glass = QAction(icons.icon("search", "muted"), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.look_up)
        forms.undo_through(self.search)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the ids to list; runs off the main thread."""
        raise NotImplementedError

    def show_detail(self, row_id: int | None) -> None:
        """Fill the right side with one thing, or with nothing."""
        raise NotImplementedError

    def summarise(self) -> None:
        """Say in one line what the page holds."""

    def add_to_head(self, *widgets: QWidget) -> None:
        """Put buttons at the right of the head."""
        for widget in widgets:
            self.head.addWidget(widget)

    def menu_on_table(self, actions: Sequence[QAction]) -> None:
        """Offer the same actions at the pointer."""
        menu = QMenu(self.table)
        menu.addActions(list(actions))
        self.table.menu = menu

    def actions_around(self) -> Sequence[QAction]:
        """Return the way back to the list and the rows as text."""
        return (self.back_action, self.table.copy_action)

    def refresh(self) -> None:
        """Read the list, the summary and the chosen thing again."""
        self.look_up()
        self.summarise()

    def first_for(self, search: str) -> Callable[[], Sequence[int]] | None:  # noqa: ARG002 -- for pages that can
        """Return what finds the first screenful at once; None where all is found as fast."""
        return None

    def look_up(self) -> None:
        """List what the search box asks for; the newest question wins.

        Where the first rows can be had at once they come first, and all once typing pauses.
        """
        text = self.search.text().strip()
        first = self.first_for(text) if text and not self._order else None
        if first is None:
            self._look_up_all()
            return
        workers = self.session.workers
        workers.forget(self.topic)
        topic = f"{self.topic}, first"
        workers.quick(topic, first, self.show_ids, failed=self.session.fail, owner=self)
        self._all_later.start()

    def _look_up_all(self) -> None:
        text, order, descending = self.search.text(), self._order, self._descending
        self._all_later.stop()
        self.session.workers.quick(
            self.topic,
            lambda: self.ids_for(text.strip(), order, descending=descending),
            self.show_ids,
            failed=self.session.fail,
            owner=self,
        )

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show a list; the chosen thing stays, else the first is chosen."""
        searching = bool(self.search.text().strip())
        if self._cover is None:
            self.whole.setCurrentIndex(0 if ids or searching else 1)
        self.list.setCurrentIndex(0 if ids else 1)
        if not ids:
            self._nothing.setText(f"Nothing here matches “{self.search.text().strip()}”.")
        before = self.table.current_id()
        self.table.show_ids(ids, self._wanted)
        self._wanted = None
        if self.table.current_id() is None and ids and not self._folded:
            self.table.choose_row(0)
        elif before is not None and before == self.table.current_id():
            self.show_detail(before)

    def show_thing(self, row_id: int, what: str = "") -> None:  # noqa: ARG002 -- for pages of two lists
        """Choose one thing in the list and show it in full."""
        if self.search.text():
            self._wanted = row_id
            self.search.clear()
        elif not self.table.choose(row_id):
            self._wanted = row_id
            self.look_up()
        self.open_detail()

    def cover(self, widget: QWidget) -> None:
        """Put something over list and detail for a while, such as a review to decide on."""
        self.uncover()
        self._cover = widget
        self.whole.addWidget(widget)
        self.whole.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Take it away again."""
        if self._cover is not None:
            self.whole.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None
            self.look_up()

    def find_on_page(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def paint_again(self) -> None:
        """Follow the theme."""
        theme = self.session.look.theme
        self.table.rows.tint({name: theme.colour(name) for name in theme.colours})
        self._glass.setIcon(icons.icon("search", "muted"))

    def _chosen(self, row_id: int | None) -> None:
        self.show_detail(row_id)

    def _reorder(self, order: str, descending: bool) -> None:  # noqa: FBT001 -- a signal's value
        self._order, self._descending = order, descending
        self.look_up()

    def _keep_split(self) -> None:
        self.session.remembered.keep(f"split/{self.name}", self.split.saveState())

    def _open(self) -> None:
        if self._folded:
            self.open_detail()

    def open_detail(self) -> None:
        """Show the chosen thing; over the list where there is no room for both."""
        if self._folded:
            self.list.hide()
            self.right.show()

    def _unfold(self) -> None:
        if not self._folded:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.right.hide()
        self.list.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: fold when there is no room for the list and the detail side by side."""
        super().resizeEvent(event)
        both = self.list.minimumSizeHint().width() + self.right.minimumSizeHint().width()
        narrow = self.width() < max(FOLD, both + ROUND_IT)
        if narrow != self._folded:
            self._folded = narrow
            self.back.setVisible(narrow)
            self.list.show()
            self.right.setVisible(not narrow)
