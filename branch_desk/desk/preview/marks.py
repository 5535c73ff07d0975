"""What is painted over the pages: words found or selected, and that a paper is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from branch_desk.desk.preview.sheets import GAP
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from branch_desk.paper.words import Hit

# On white paper, by day and by night.
FOUND = QColor(255, 205, 60, 110)
CURRENT = QColor(255, 140, 0, 130)
CHOSEN = QColor(60, 130, 230, 90)
RING = QColor(170, 70, 0)
VEIL = 150


def paint_words(
    painter: QPainter, hit: Hit, page: QRectF, scale: float, colour: QColor, *, ring: bool = False
) -> None:
    """Mark words on a page that lies at `page`; the ring tells one of them without colour."""
    for left, top, wide, high in hit.boxes:
        box = QRectF(left * scale, top * scale, wide * scale, high * scale)
        box = box.translated(page.topLeft()).adjusted(-1, -1, 1, 1)
        painter.fillRect(box, colour)
        if ring:
            painter.setPen(QPen(RING, 1.5))
            painter.drawRect(box)


def paint_as_old(painter: QPainter, seen: QRect, palette: QPalette) -> None:
    """Grey what is shown and say that it is as it was before."""
    veil = QColor(palette.color(QPalette.ColorRole.Window))
    veil.setAlpha(VEIL)
    painter.fillRect(seen, veil)
    text = tr("as it was before")
    badge = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-12, -6, 12, 6)
    badge.moveCenter(QPointF(seen.width() / 2, GAP + badge.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.drawRoundedRect(badge, 6, 6)
    painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
