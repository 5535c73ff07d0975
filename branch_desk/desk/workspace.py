"""The open desk: the rail, the pages built when first shown, and the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import icons, kit
from branch_desk.desk.forms import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.page import Page
    from branch_desk.desk.program import Entry
    from branch_desk.desk.session import Place, Session


class Rail(QFrame):
    """Icon and word for each page, one of them on; the arrow keys move along it."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, tuple[QToolButton, Entry]] = {}
        column = QVBoxLayout()
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for entry in entries:
            if entry.apart:
                column.addStretch(1)
            made = self._button(entry)
            self._group.addButton(made)
            self._buttons[entry.name] = (made, entry)
            column.addWidget(made)
        self.setLayout(column)

    def _button(self, entry: Entry) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "rail")
        made.setText(entry.name)
        made.setAccessibleName(entry.name)
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(22, 22))
        made.setIcon(icons.icon(entry.icon, "muted", "accent_text"))
        made.setMinimumWidth(76)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.toggled.connect(lambda on, name=entry.name: self.chosen.emit(name) if on else None)
        return made

    def choose(self, name: str) -> None:
        """Switch a page on."""
        self._buttons[name][0].setChecked(True)

    def paint_again(self) -> None:
        """Tint the icons in the theme's colours."""
        for made, entry in self._buttons.values():
            made.setIcon(icons.icon(entry.icon, "muted", "accent_text"))


class BottomLine(QFrame):
    """The file, its last backup, long work with Cancel, and the last change with Undo."""

    def __init__(self, session: Session, undo: QAction) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self._session = session
        self.file = kit.label(session.store.path.name, wrap=False)
        self.file.setToolTip(str(session.store.path))
        self.lock = QLabel()
        self.backup = kit.label("", wrap=False)
        self.work = kit.label("", wrap=False)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(140)
        self.progress.setAccessibleName("Progress")
        self.cancel = kit.button("Cancel", "x", role="quiet", does=session.workers.cancel)
        self.change = kit.label("", wrap=False)
        self.undo = kit.press(undo, role="quiet", text="Undo")
        parts = (self.lock, self.file, self.backup, None, self.work, self.progress, self.cancel)
        layout = kit.row(*parts, self.change, self.undo, space=12)
        layout.setContentsMargins(12, 2, 8, 2)
        self.setLayout(layout)
        session.workers.started.connect(self._started)
        session.workers.progressed.connect(self._progressed)
        session.workers.ended.connect(self._ended)
        session.waiting.connect(self._waits)
        self.paint_again()
        self._ended()

    def paint_again(self) -> None:
        """Tint the picture in the theme's colours."""
        self.lock.setPixmap(icons.icon("lock", "muted").pixmap(QSize(14, 14)))

    def show_change(self, title: str) -> None:
        """Name the change that Undo takes back; empty where there is none."""
        room = 46
        short = title if len(title) <= room else title[: room - 1] + "…"
        self.change.setText(f"Last change: {short}" if title else "")
        self.change.setToolTip(title)
        self.undo.setVisible(bool(title))

    def _started(self, title: str) -> None:
        self.work.setText(title)
        self.progress.setRange(0, 0)
        self.work.show()
        self.progress.show()
        self.cancel.setVisible(self._session.workers.can_cancel)

    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _ended(self) -> None:
        for part in (self.work, self.progress, self.cancel):
            part.hide()

    def _waits(self, waits: bool) -> None:  # noqa: FBT001 -- a signal's value
        if waits:
            self.work.setText("Your change waits until this is stored")


class Workspace(QWidget):
    """Everything that shows the branch; taken away whole when the desk is locked."""

    turned = Signal(object)  # the page that is now in front

    def __init__(self, session: Session, entries: Sequence[Entry], undo: QAction) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self.rail = Rail(entries)
        self.notice = kit.Notice()
        self.stack = QStackedWidget()
        self.bottom = BottomLine(session, undo)
        inner = kit.column(kit.row(self.notice, margin=0), self.stack, space=0)
        inner.setStretch(1, 1)
        upper = kit.row(self.rail, space=0)
        upper.addLayout(inner, 1)
        outer = kit.column(space=0)
        outer.addLayout(upper, 1)
        outer.addWidget(self.bottom)
        self.setLayout(outer)
        self.rail.chosen.connect(self._turn)
        session.failed.connect(self.notice.show_text)
        session.said.connect(lambda text: self.notice.show_text(text, "said"))
        session.went.connect(self._go)
        session.look.changed.connect(self._paint_again)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[self._current]

    def show_page(self, name: str) -> None:
        """Turn to a page."""
        self.rail.choose(name)

    def leave(self) -> list[str]:
        """Store whatever is being typed, before the file is closed; returns what was refused."""
        refused = []
        for field in self.findChildren(Field):
            field.leave()
            if field.refused:
                refused.append(f"{field.name}: {field.complaint()}")
        return refused

    def _turn(self, name: str) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._entries[name].make(self.session)
            self.stack.addWidget(page)
        self._current = name
        self.notice.hide()
        self.stack.setCurrentWidget(page)
        page.fresh()
        self.turned.emit(page)

    def _go(self, place: Place) -> None:
        self.show_page(place.page)
        if place.id is not None:
            self.page.show_thing(place.id, place.what)

    def _paint_again(self) -> None:
        self.rail.paint_again()
        self.bottom.paint_again()
        kit.paint_again(self)
