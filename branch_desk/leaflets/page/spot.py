"""A box of the leaflet on the screen: seen when pointed at or reached by Tab, opened by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent

ROUND = 3
AROUND = 4
"""Pixels of the outline around a box."""
LEAST = 8


class Spot(QAbstractButton):
    """One box; `opened()` where it is clicked, or Enter, Space or F2 is pressed on it."""

    opened = Signal()
    walked = Signal(int)

    def __init__(self, key: str, name: str, board: QWidget) -> None:
        super().__init__(board)
        self.key = key
        self.belongs = ""
        self.empty = False
        self.taking = False
        self._accent = QColor("#1F6F54")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda *_: self.opened.emit())

    def show_state(self, *, text: str, belongs: str, empty: bool) -> None:
        """Say what stands in it, and what belongs there where nothing does."""
        self.empty, self.belongs = empty, belongs
        said = tr("empty: {hint}", hint=belongs) if empty else text
        self.setAccessibleDescription(said)
        self.setToolTip(belongs if empty else "")
        self.update()

    def paint_with(self, accent: QColor) -> None:
        """Take the desk's colour."""
        self._accent = accent
        self.update()

    def take(self, *, on: bool) -> None:
        """Show that what is dragged can be dropped here."""
        self.taking = on
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt's: be seen."""
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter and F2 open, the arrows walk the boxes."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self.walked.emit(1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Left}:
            self.walked.emit(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all of it is painted
        """Qt's: nothing but an outline over the picture, and what belongs in an empty box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.taking:
            soft = QColor(self._accent)
            soft.setAlpha(150)
            painter.fillRect(place, soft)
            self._say(painter, place, tr("Drop the picture here"), QColor("#FFFFFF"))
        elif self.empty:
            self._invite(painter, place)
        if self.hasFocus() or self.taking:
            self._outline(painter, place, 2.5)
        elif self.underMouse():
            self._outline(painter, place, 1.5)
        painter.end()

    def _outline(self, painter: QPainter, place: QRectF, thick: float) -> None:
        """Draw an outline that is seen on any ground: the accent with white around it."""
        for pen in (QPen(QColor("#FFFFFF"), thick + 1.5), QPen(self._accent, thick)):
            painter.setPen(pen)
            painter.drawRoundedRect(place, ROUND, ROUND)

    def _invite(self, painter: QPainter, place: QRectF) -> None:
        """Say what belongs here, on a ground of its own that is seen over any colour."""
        ground = QColor("#FFFFFF")
        ground.setAlpha(225)
        ink = QColor("#1D1D1B")
        if place.height() > 6 * self.fontMetrics().height():
            wide = self.fontMetrics().horizontalAdvance(self.belongs) + 24
            high = self.fontMetrics().height() * (1 if wide < place.width() else 2) + 14
            wide = min(wide, int(place.width()) - 16)
            centre = place.center()
            place = QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)
        painter.setBrush(ground)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, ROUND, ROUND)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._say(painter, place, self.belongs, ink)

    def _say(self, painter: QPainter, place: QRectF, text: str, ink: QColor) -> None:
        """Write into a place: all of it where it fits, else the name alone."""
        font = self.font()
        room = place.toRect().adjusted(5, 1, -3, -1)
        font.setPixelSize(max(LEAST, min(self.fontMetrics().height() * 4 // 5, room.height())))
        painter.setFont(font)
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        wraps = int(Qt.TextFlag.TextWordWrap)
        if metrics.boundingRect(room, wraps, text).height() > room.height() + 2:
            text = metrics.elidedText(
                self.accessibleName(), Qt.TextElideMode.ElideRight, room.width()
            )
        painter.drawText(room, wraps | int(Qt.AlignmentFlag.AlignVCenter), text)
