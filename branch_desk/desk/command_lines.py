"""The answers in the command box: as a list for Qt, and how each line is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from branch_desk.desk import icons, kit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.desk.theme import Theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: what it is called, what tells it apart, its kind or place, and its shortcut."""

    title: str
    detail: str
    kind: str
    icon: str
    keys: str
    does: Callable[[], object]
    enabled: bool = True

    @property
    def spoken(self) -> str:
        """The line as it is read out."""
        parts = (self.title, self.detail, self.kind, self.keys)
        return ", ".join(part for part in parts if part)


class Lines(QAbstractListModel):
    """The answers, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show other answers."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's: how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: the title, and the whole line for a screen reader."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return kit.tip(line.title) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: what cannot be done just now is greyed, and can still be read."""
        on = super().flags(index)
        return on if self.lines[index.row()].enabled else on & ~Qt.ItemFlag.ItemIsEnabled


class LinePainter(QStyledItemDelegate):
    """Draws picture, title and detail at the left, kind and shortcut at the right."""

    def __init__(self, lines: Lines, theme: Callable[[], Theme]) -> None:
        super().__init__(lines)
        self._lines, self._theme = lines, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 -- Qt's
        """Qt's: as tall as the theme's rows."""
        return QSize(100, self._theme().sizes["row"] + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's."""
        theme, line = self._theme(), self._lines.lines[index.row()]
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        size, gap = theme.sizes, theme.sizes["s"]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), size["radius"], size["radius"])
        tint = "accent_text" if chosen else "muted"
        side = size["lead"] + 3
        icon = icons.icon(line.icon or "chevron-right", tint if line.enabled else "muted")
        place = QRect(rect.left() + size["m"], 0, side, side)
        place.moveCenter(place.center() + rect.center() - place.center())
        place.moveLeft(rect.left() + size["m"])
        icon.paint(painter, place)
        font = painter.font()
        font.setPixelSize(size["small"])
        small = QFontMetrics(font)
        right = rect.right() - size["m"]
        painter.setFont(font)
        painter.setPen(theme.colour(tint))
        for text in (line.keys, line.kind):
            if text:
                width = small.horizontalAdvance(text)
                place = QRect(right - width, rect.top(), width + 1, rect.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
                right -= width + 2 * gap
        font.setPixelSize(size["body"])
        metrics = QFontMetrics(font)
        left = rect.left() + size["m"] + side + size["m"]
        room = right - left
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        colour = "accent_text" if chosen else "text"
        painter.setPen(theme.colour(colour if line.enabled else "muted"))
        place = QRect(left, rect.top(), room, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        used = metrics.horizontalAdvance(title) + 2 * gap
        if line.detail and room - used > 4 * side:
            font.setPixelSize(size["small"])
            painter.setFont(font)
            painter.setPen(theme.colour(tint))
            place = QRect(left + used, rect.top(), room - used, rect.height())
            detail = small.elidedText(line.detail, Qt.TextElideMode.ElideRight, room - used)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, detail)
        painter.restore()
