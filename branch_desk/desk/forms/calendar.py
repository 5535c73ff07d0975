"""A month to pick a day from, by hand or by the arrow keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.tr import mark, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
WEEKS = 6
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


def bounded(day: date) -> date:
    """Return a day the calendar can show."""
    return min(max(day, FIRST), LAST)


def by_months(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return bounded(date(year, month + 1, last))
        except ValueError:
            continue
    return FIRST


class Days(QWidget):
    """The days of a month; the arrows go by days and weeks, Page Up and Page Down by months."""

    picked = Signal(object)
    turned = Signal(object)

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day, self._today = bounded(day), today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._under: date | None = None
        self._tell()

    def sizeHint(self) -> QSize:
        """Qt's: room for two figures a day."""
        cell = self._cell()
        return QSize(7 * cell, (WEEKS + 1) * cell)

    def minimumSizeHint(self) -> QSize:
        """Qt's: no smaller."""
        return self.sizeHint()

    def _cell(self) -> int:
        return round(self.fontMetrics().height() * 2)

    def _first(self) -> date:
        start = self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    def show_day(self, day: date) -> None:
        """Go to a day."""
        self.day = bounded(day)
        self._tell()
        self.update()
        self.turned.emit(self.day)

    def _tell(self) -> None:
        self.setAccessibleName(words.day(self.day))

    def place(self, day: date) -> QRectF:
        """Return where a day of the month shown is drawn."""
        down, across = divmod((day - self._first()).days, 7)
        wide, high = self.width() / 7, self.height() / (WEEKS + 1)
        return QRectF(across * wide, (down + 1) * high, wide, high)

    def _at(self, point: QPoint) -> date | None:
        across = int(point.x() * 7 / max(self.width(), 1))
        down = int(point.y() * (WEEKS + 1) / max(self.height(), 1)) - 1
        if down < 0 or not 0 <= across < 7:
            return None
        return self._first() + timedelta(days=down * 7 + across)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all of it is painted
        """Qt's: the names of the days, then the days; the one chosen is filled, today is ringed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = QGuiApplication.palette()
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        wide, high = self.width() / 7, self.height() / (WEEKS + 1)
        painter.setPen(muted)
        for across, name in enumerate(words.DAYS):
            place = QRectF(across * wide, 0, wide, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name[:2])
        for number in range(WEEKS * 7):
            self._paint_day(painter, self._first() + timedelta(days=number), palette, muted)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, palette: QPalette, muted: QColor) -> None:
        place = self.place(day)
        disc = QRectF(0, 0, min(place.width(), place.height()) - 4, 0)
        disc.setHeight(disc.width())
        disc.moveCenter(place.center())
        accent = palette.color(QPalette.ColorRole.Accent)
        ink = palette.color(QPalette.ColorRole.Text) if day.month == self.day.month else muted
        painter.setPen(Qt.PenStyle.NoPen)
        if day == self.day:
            painter.setBrush(accent)
            painter.drawEllipse(disc)
            ink = palette.color(QPalette.ColorRole.HighlightedText)
        elif day == self._under:
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            painter.drawEllipse(disc)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == self._today:
            painter.setPen(QPen(accent, 1.5))
            painter.drawEllipse(disc.adjusted(-1, -1, 1, 1))
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: the arrows, Page Up and Down, Home for today, Enter to take the day."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.show_day(self.day + timedelta(days=STEPS[key]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            far = 12 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.show_day(by_months(self.day, far if key == Qt.Key.Key_PageDown else -far))
        elif key == Qt.Key.Key_Home:
            self.show_day(self._today)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: show which day is under the pointer."""
        self._under = self._at(event.position().toPoint())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: take the day under the pointer."""
        day = self._at(event.position().toPoint())
        if day is not None and FIRST <= day <= LAST:
            self.picked.emit(day)


class Calendar(QFrame):
    """A month that pops up at a field; `picked(day)` closes it, Escape picks nothing."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date, today: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Calendar"))
        self.days = Days(day, today)
        self._title = kit.label("", "heading", wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before = kit.button("", "chevron-left", role="quiet", does=lambda: self._turn(-1))
        after = kit.button("", "chevron-right", role="quiet", does=lambda: self._turn(1))
        for made, name in ((before, tr("Month before")), (after, tr("Month after"))):
            made.setAccessibleName(name)
            made.setToolTip(name)
        this = kit.button(tr("Today"), role="quiet", does=lambda: self._take(today))
        head = kit.row(before, self._title, after, space=4)
        head.setStretch(1, 1)
        made_up = kit.column(head, self.days, kit.row(None, this, None), space=4, margin=8)
        self.setLayout(made_up)
        self.days.picked.connect(self._take)
        self.days.turned.connect(self._name)
        self._name(self.days.day)
        self.setFocusProxy(self.days)

    def open_at(self, field: QWidget) -> None:
        """Open under a field, or above it where the screen ends."""
        self.adjustSize()
        at = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = QGuiApplication.screenAt(at) or self.screen()
        room = screen.availableGeometry()
        if at.y() + self.height() > room.bottom():
            at = field.mapToGlobal(QPoint(0, -self.height() - 2))
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        self.move(at)
        self.show()
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def _name(self, day: date) -> None:
        self._title.setText(f"{tr(MONTHS[day.month - 1])} {day.year}")

    def _turn(self, months: int) -> None:
        self.days.show_day(by_months(self.days.day, months))

    def _take(self, day: date) -> None:
        self.picked.emit(day)
        self.close()
