"""The page: one place on the rail, with its head, its actions and when it reads again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk.page.head import MARGIN, Elided, fold_head
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QResizeEvent

    from branch_desk.desk.session import Session
    from branch_desk.store.change import Changed


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Work on a page that is stored nowhere yet: what to say of it, and what it goes on from."""

    said: str
    what: object


class Page(QWidget):
    """One place on the rail. A page lists what it shows in `tables`, and fills itself in `refresh`.

    `name` is its word on the rail, in `mark("…")`; `icon` its picture, `drops` the endings of files
    it takes. Buttons are put into the head by `add_to_head`, the primary one last.
    """

    name = ""
    icon = ""
    tables: frozenset[str] = frozenset()
    drops: tuple[str, ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.store = session.store
        self.setAccessibleName(tr(self.name))
        self.setAcceptDrops(bool(self.drops))
        self._stale = True
        self.title = Elided(tr(self.name), "title")
        self.summary = kit.label("", "muted")
        self.finding, self.tools = kit.row(space=12), kit.row(None, space=12)
        self.beside = kit.row(self.finding, self.tools, space=12)
        self.head = kit.row(space=12)
        self.head.addLayout(kit.column(self.title, self.summary, space=2), 1)
        self.head.addLayout(self.beside)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        outer = kit.column(self.head, space=16, margin=MARGIN)
        outer.addLayout(self.body, 1)
        self.setLayout(outer)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._refresh_now)
        session.changed.connect(self._heard)
        session.look.changed.connect(self.paint_again)

    def add_to_head(self, *widgets: QWidget) -> None:
        """Put buttons at the right of the head."""
        for widget in widgets:
            self.tools.addWidget(widget)

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

    def take_keyboard(self) -> None:
        """Put the keyboard into the first list that is seen: the page was turned to."""
        for each in self.findChildren(QAbstractItemView):
            if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def unfinished(self) -> Unfinished | None:
        """Return what is being made here and stored nowhere; pages that can take it up have it."""
        return None

    def take_up(self, what: object) -> None:
        """Go on with what was `unfinished` when the desk was locked."""

    def fresh(self) -> None:
        """Refresh if something changed while the page was hidden."""
        if self._stale:
            self._refresh_now()

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

    def minimumSizeHint(self) -> QSize:
        """Qt's: as narrow as the head is with everything below one another, or the body."""
        parts = (self.finding.minimumSize(), self.tools.minimumSize(), self.body.minimumSize())
        widest = max(each.width() for each in parts)
        width = max(widest, self.title.minimumSizeHint().width()) + 2 * MARGIN
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: tools go below the title, and below one another, where there is no room."""
        super().resizeEvent(event)
        fold_head(self)

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
