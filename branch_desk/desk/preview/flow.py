"""A row of controls that goes on in the next line where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

SPACE = 8


class Flow(QLayout):
    """Widgets side by side, as many in a line as there is room for.

    Those after `push()` stand at the right of their line, in one of their own where they would
    else be torn apart.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._pushed = -1
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def push(self) -> None:
        """Put what is added from now on at the right."""
        self._pushed = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's."""
        self._items.append(item)

    def count(self) -> int:
        """Qt's."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt's; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt's; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt's: it takes no more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Qt's: narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's."""
        lines = self._lines(width)
        return sum(self._high(line) for line in lines) + SPACE * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Qt's: all of them in one line."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() for _, item in shown) + SPACE * max(len(shown) - 1, 0)
        return QSize(wide, self._high(shown))

    def minimumSize(self) -> QSize:
        """Qt's: the widest of them."""
        shown = self._shown()
        wide = max((item.minimumSize().width() for _, item in shown), default=0)
        return QSize(wide, self._high(shown))

    def setGeometry(self, place: QRect) -> None:
        """Qt's: put each where it belongs."""
        super().setGeometry(place)
        top = place.top()
        for line in self._lines(place.width()):
            high = self._high(line)
            wide = sum(item.sizeHint().width() for _, item in line) + SPACE * (len(line) - 1)
            left, spare = place.left(), max(place.width() - wide, 0)
            for number, item in line:
                if spare and 0 <= self._pushed <= number:
                    left, spare = left + spare, 0
                size = item.sizeHint()
                width = min(size.width(), place.width())
                down = top + (high - size.height()) // 2
                item.setGeometry(QRect(left, down, width, size.height()))
                left += width + SPACE
            top += high + SPACE

    def _shown(self) -> list[tuple[int, QLayoutItem]]:
        return [each for each in enumerate(self._items) if not each[1].isEmpty()]

    @staticmethod
    def _high(line: list[tuple[int, QLayoutItem]]) -> int:
        return max((item.sizeHint().height() for _, item in line), default=0)

    def _lines(self, width: int) -> list[list[tuple[int, QLayoutItem]]]:
        lines: list[list[tuple[int, QLayoutItem]]] = []
        room = 0
        shown = self._shown()
        pushed = [item.sizeHint().width() for number, item in shown if 0 <= self._pushed <= number]
        together = sum(pushed) + SPACE * max(len(pushed) - 1, 0)
        for number, item in shown:
            wide = item.sizeHint().width()
            if not lines or (together if number == self._pushed else wide) > room:
                lines.append([])
                room = width
            lines[-1].append((number, item))
            room -= wide + SPACE
        return lines
