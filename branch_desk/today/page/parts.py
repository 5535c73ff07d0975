"""What the Today page is made of: cards that change only where they must, and lines that lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from branch_desk.desk import kit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

# A line that leads somewhere has a border, seen when the keyboard is on it; words stand as far in.
INDENT = 2


class Line(QPushButton):
    """A line that leads to its place; its text is cut where there is no room for all of it."""

    def __init__(self, text: str, does: Callable[[], object]) -> None:
        super().__init__(text)
        self._whole = text
        self.setProperty("role", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda *_: does())

    def minimumSizeHint(self) -> QSize:
        """Qt's: a few words, whatever it says."""
        few = self.fontMetrics().horizontalAdvance("0" * 10)
        return QSize(few, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: cut the text to the room there is."""
        super().resizeEvent(event)
        room = self.contentsRect().width() - 8
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))
        self.setToolTip(kit.tip(self._whole) if cut != self._whole else "")


def line(text: str, does: Callable[[], object], detail: str = "", role: str = "muted") -> QFrame:
    """Lay out a line that leads to its place, with what is said of it at the right."""
    opener = Line(text, does)
    if not detail:
        return kit.box(kit.row(opener))
    opener.setAccessibleDescription(detail)
    said = kit.label(detail, role, wrap=False)
    layout = kit.row(space=12)
    layout.addWidget(opener, 1)
    layout.addWidget(said)
    return kit.box(layout)


class Card(QFrame):
    """One card: a heading, and parts that are made again only when what they show is another.

    The keyboard stays on the line it was on; nothing flickers, since the new stands before the old
    goes.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.heading = kit.label(title, "heading", wrap=False)
        self.heading.setIndent(INDENT)
        self.setAccessibleName(title)
        self._shown: object = None
        self._inner = QWidget()
        layout = kit.column(kit.row(self.heading, None), self._inner, None, space=8, margin=16)
        self.setLayout(layout)

    def show_value(
        self, value: object, parts: Callable[[], Sequence[QWidget]], space: int = 2
    ) -> None:
        """Show a value; `parts` makes what shows it, and is not called for the same value again."""
        if value == self._shown:
            return
        self._shown = value
        inner = QWidget()
        inner.setLayout(kit.column(*parts(), space=space))
        for words in inner.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
            words.setIndent(INDENT)
        here = QApplication.focusWidget()
        inside = here is not None and self._inner.isAncestorOf(here)
        name = here.accessibleName() if inside and here is not None else ""
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._inner, inner)
        before, self._inner = self._inner, inner
        inner.show()
        if inside:
            self._focus_again(name)
        before.hide()
        before.deleteLater()

    def _focus_again(self, name: str) -> None:
        found = self._inner.findChildren(QPushButton)
        same = [each for each in found if each.accessibleName() == name]
        for each in (*same, *found)[:1]:
            each.setFocus(Qt.FocusReason.OtherFocusReason)


class Pair(QWidget):
    """Two columns side by side, or one under the other where the page is narrow."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self.left, self.right = QWidget(), QWidget()
        for column, parts in ((self.left, left), (self.right, right)):
            column.setLayout(kit.column(*parts, None, space=16))
            self._both.addWidget(column, 1)
        self.setLayout(self._both)

    def stand(self, *, narrow: bool) -> None:
        """Stand side by side or one under the other."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(below if narrow else beside)
