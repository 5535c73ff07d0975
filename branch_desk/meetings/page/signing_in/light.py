"""The quorum's light: a shape and a word, so that the colour says nothing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from branch_desk.desk.theme import Look
    from branch_desk.meetings.rules import Quorum


class QuorumLight(QWidget):
    """A full disc with a tick where there is a quorum, a ring with the number short where not.

    A dashed ring with a question mark says that the branch has set none.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._quorum: Quorum | None = None
        side = self.fontMetrics().height() * 4
        self._side = QSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_quorum(self, quorum: Quorum | None) -> None:
        """Show how it stands."""
        self._quorum = quorum
        self.setAccessibleName(tr("Quorum: {word}", word=word_for(quorum)))
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: four lines high."""
        return self._side

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the shape."""
        del event
        quorum, theme = self._quorum, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if quorum is not None and quorum.reached:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(around)
            self._tick(painter, around, theme.colour("on_accent"))
        else:
            unset = quorum is None or quorum.needed is None
            pen = QPen(theme.colour("muted" if unset else "warning"), 4)
            if unset:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawEllipse(around)
            font = painter.font()
            font.setPixelSize(int(around.height() * 0.42))
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(theme.colour("text"))
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter, _inside(quorum))
        painter.end()

    def _tick(self, painter: QPainter, around: QRectF, colour: QColor) -> None:
        pen = QPen(colour, around.width() / 10)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = [(0.28, 0.53), (0.44, 0.69), (0.73, 0.36)]
        left, top, wide, high = around.left(), around.top(), around.width(), around.height()
        corners = [QPointF(left + wide * x, top + high * y) for x, y in points]
        painter.drawPolyline(QPolygonF(corners))


def _inside(quorum: Quorum | None) -> str:
    if quorum is None or quorum.needed is None:
        return "?"
    return str(quorum.needed - quorum.present)


def word_for(quorum: Quorum | None) -> str:
    """Say in a word or two how the quorum stands."""
    if quorum is None or quorum.needed is None:
        return tr("No quorum is set")
    if quorum.reached:
        return tr("Quorate")
    return tr("{n} short of a quorum", n=quorum.needed - quorum.present)
