"""The rail at the left: a picture and a word for each page, and how much there needs an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from branch_desk.desk import icons
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from branch_desk.desk.program import Entry
    from branch_desk.desk.theme import Look

MOST = 99


class RailButton(QToolButton):
    """One page; the number at its picture says how much there needs somebody to act."""

    def __init__(self, entry: Entry, look: Look) -> None:
        super().__init__()
        self._icon, self._look = entry.icon, look
        self.badge = 0
        self.setProperty("role", "rail")
        self.setText(tr(entry.name))
        self.setAccessibleName(tr(entry.name))
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.paint_again()

    def show_badge(self, number: int) -> None:
        """Show a number; none for 0."""
        if number != self.badge:
            self.badge = number
            needs = plural(number, "{n} needs action", "{n} need action") if number else ""
            self.setAccessibleDescription(needs)
            self.setToolTip(needs)
            self.update()

    def paint_again(self) -> None:
        """Tint the picture in the theme's colours, in the size of its text."""
        sizes = self._look.theme.sizes
        side = sizes["title"] + 2
        self.setIconSize(QSize(side, side))
        self.setIcon(icons.icon(self._icon, "muted", "accent_text"))
        self.setMinimumWidth(6 * sizes["body"] - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the number over the picture's shoulder."""
        super().paintEvent(event)
        if self.badge:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_badge(painter)
            painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        theme = self._look.theme
        font = QFont(self.font())
        font.setPixelSize(theme.sizes["small"] - 2)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        text = f"{self.badge}" if self.badge <= MOST else f"{MOST}+"
        height = metrics.height() + 1
        width = max(metrics.horizontalAdvance(text) + height // 2, height)
        left = min(self.width() // 2 + self.iconSize().width() // 2 - 5, self.width() - width - 2)
        pill = QRect(left, 3, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(theme.colour("on_accent"))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """The pages, one of them on; the arrow keys move along it, and it scrolls where it must."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        column = QVBoxLayout()
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for entry in entries:
            if entry.apart:
                column.addStretch(1)
            made = RailButton(entry, look)
            made.toggled.connect(self._teller(entry.name))
            made.installEventFilter(self)
            self._group.addButton(made)
            self.buttons[entry.name] = made
            column.addWidget(made)
        self._holder = QWidget()
        self._holder.setObjectName("holder")
        self._holder.setLayout(column)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._holder)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self.setLayout(outer)

    def _teller(self, name: str) -> Callable[[bool], None]:
        return lambda on: self.chosen.emit(name) if on else None

    def sizeHint(self) -> QSize:
        """Qt's: as wide as its widest page, with room for a scroll bar where it scrolls."""
        inner = self._holder.minimumSizeHint()
        bar = self._area.verticalScrollBar().sizeHint().width()
        scrolls = self.height() < inner.height()
        return QSize(inner.width() + (bar if scrolls else 0) + 1, 120)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never narrower, and as low as need be."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the scroll bar needs room of its own."""
        super().resizeEvent(event)
        self.updateGeometry()

    def choose(self, name: str) -> None:
        """Switch a page on."""
        self.buttons[name].setChecked(True)

    def show_badges(self, numbers: Mapping[str, int]) -> None:
        """Show how much each page has that needs somebody to act."""
        for name, made in self.buttons.items():
            made.show_badge(numbers.get(name, 0))

    def paint_again(self) -> None:
        """Tint the pictures in the theme's colours."""
        for made in self.buttons.values():
            made.paint_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the button that gets the focus is scrolled to."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)
