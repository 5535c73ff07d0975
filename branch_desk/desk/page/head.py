"""The head of a page: a title that is cut where it must be, and tools that go below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton

from branch_desk.desk import forms, icons, kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from branch_desk.desk.page.page import Page

# A head whose tools leave its words less than so many letters has the tools below.
LETTERS = 22


class Elided(QLabel):
    """A label of one line, cut with "…" where there is no room; the whole of it is its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Qt's: a few letters, whatever it says."""
        few = self.fontMetrics().horizontalAdvance("0" * 6)
        return QSize(few, super().minimumSizeHint().height())

    def _cut(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: offer the whole text where it is cut."""
        super().resizeEvent(event)
        self._offer_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the text, cut at the end."""
        self._offer_whole()
        cut = self._cut()
        if cut == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, cut)
        painter.end()

    def _offer_whole(self) -> None:
        whole = kit.tip(self.text()) if self._cut() != self.text() else ""
        if whole != self.toolTip():
            self.setToolTip(whole)


class Search(QLineEdit):
    """The search box of a list: Esc clears it, Down and Enter go to the list."""

    left_down = Signal()

    def __init__(self, page_name: str) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search"))
        self.setAccessibleName(tr("Search {page}", page=page_name.lower()))
        self.setClearButtonEnabled(True)
        letter = self.fontMetrics().horizontalAdvance("0")
        self.setMinimumWidth(letter * 16)
        self.setMaximumWidth(letter * 26)
        for inner in self.findChildren(QToolButton):
            inner.setAccessibleName(tr("Clear the search"))
        self._glass = QAction(tr("Search"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.paint_again()
        forms.undo_through(self)

    def paint_again(self) -> None:
        """Tint the glass in the theme's colours."""
        self._glass.setIcon(icons.icon("search", "muted"))

    def sizeHint(self) -> QSize:
        """Qt's: room for a name."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Esc, Down and Enter; everything else is typed."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


def fold_head(page: Page) -> None:
    """Put search and buttons beside the title, below it, or below one another, as there is room."""
    room = page.width() - 2 * MARGIN
    words = page.title.fontMetrics().horizontalAdvance("0" * LETTERS)
    finding, tools = page.finding.minimumSize().width(), page.tools.minimumSize().width()
    both = finding + page.beside.spacing() + tools
    _turn(page.head, fits=words + page.head.spacing() + both <= room)
    _turn(page.beside, fits=both <= room)


def _turn(layout: QBoxLayout, *, fits: bool) -> None:
    way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
    if layout.direction() != way:
        layout.setDirection(way)


MARGIN = 24
