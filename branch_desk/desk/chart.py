"""Charts on the screen: the papers' own drawings, drawn by Qt, and the numbers behind them."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QSizePolicy, QWidget

from branch_desk.desk import colour, kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
    from reportlab.lib.colors import Color

    from branch_desk.desk.session import Session
    from branch_desk.desk.table import Column

# The papers' neutral colours (paper/look.py, which loads ReportLab) and our tokens for them.
NEUTRALS = {"#1A1A1A": "text", "#4D4D4D": "muted", "#B8B8B8": "line", "#FFFFFF": "surface"}
# A chart's lettering is 9 points on paper; here it is as large as our small text.
LETTERING = 9.0
# Glyphs are laid out this many times larger, so that they are placed as finely as on paper.
FINE = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke of a drawing, as plain values: `at` holds points, y counted from the top."""

    kind: str
    at: tuple[float, ...]
    fill: str = ""
    line: str = ""
    weight: float = 1.0
    dashes: tuple[float, ...] = ()
    text: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as marks, with its size in points."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What stands behind a chart: heads, rows of words, and where a number leads, if anywhere.

    The first column names the row, the others are numbers. `go(row, column)` is called when a
    number is chosen by Enter or a double click.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    go: Callable[[int, int], object] | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    cells: tuple[str, ...]


def picture(drawing: Drawing) -> Picture:
    """Take a ReportLab drawing apart into marks; its lines, boxes, discs and words."""
    marks = tuple(_marks(drawing.contents, float(drawing.height)))
    return Picture(float(drawing.width), float(drawing.height), marks)


def _marks(shapes: Sequence[Any], height: float) -> Iterator[Mark]:
    for shape in shapes:
        made = _SHAPES.get(type(shape).__name__)
        if made is not None:
            yield made(shape, height)
        elif hasattr(shape, "contents"):
            yield from _marks(shape.contents, height)


def _hex(value: Color | None) -> str:
    return "" if value is None else f"#{value.hexval()[2:].upper()}"


def _line(shape: Line, height: float) -> Mark:
    at = (shape.x1, height - shape.y1, shape.x2, height - shape.y2)
    return Mark("path", at, line=_hex(shape.strokeColor), weight=float(shape.strokeWidth))


def _path(shape: PolyLine, height: float) -> Mark:
    at = tuple(height - value if place % 2 else value for place, value in enumerate(shape.points))
    dashes = tuple(shape.strokeDashArray or ())
    return Mark("path", at, "", _hex(shape.strokeColor), float(shape.strokeWidth), dashes)


def _box(shape: Rect, height: float) -> Mark:
    at = (shape.x, height - shape.y - shape.height, shape.width, shape.height)
    fill, line = _hex(shape.fillColor), _hex(shape.strokeColor)
    return Mark("box", at, fill, line, float(shape.strokeWidth or 0))


def _disc(shape: Circle, height: float) -> Mark:
    return Mark("disc", (shape.cx, height - shape.cy, shape.r), _hex(shape.fillColor))


def _words(shape: String, height: float) -> Mark:
    at = (shape.x, height - shape.y, float(shape.fontSize))
    bold = "Bold" in str(shape.fontName)
    return Mark("words", at, _hex(shape.fillColor), text=str(shape.text), bold=bold)


_SHAPES: Mapping[str, Callable[[Any, float], Mark]] = {
    "Line": _line,
    "PolyLine": _path,
    "Rect": _box,
    "Circle": _disc,
    "String": _words,
}


def tinted(paper: str, tokens: Mapping[str, str]) -> str:
    """Return a paper's colour as the theme has it: by token, or as light as the other was dark."""
    if token := NEUTRALS.get(paper):
        return tokens[token]
    if colour.luminance(tokens["surface"]) > 0.18:
        return paper
    hue, light, saturation = colorsys.rgb_to_hls(*colour.parts(paper))
    turned = colorsys.hls_to_rgb(hue, 1 - light, saturation)
    return "#" + "".join(f"{round(part * 255):02X}" for part in turned)


class ChartView(QAbstractButton):
    """Shows a chart; a click, Enter or Space shows the numbers behind it.

    `show_chart(make, numbers, says)`: `make(width)` returns the drawing for a width in points, such
    as `lambda width: charts.line_over_time(series, width=width, height=150)`. It is called in the
    quick lane, once the view has been painted and again when its width changes, so import
    `paper.charts` inside it. `says` is the chart in a sentence, for those who cannot see it.

    The drawing is the papers', painted by Qt as lines and letters: sharp at any scale and while the
    window is resized, in the theme's colours. `height` in points keeps the place until it is there.
    """

    def __init__(
        self, session: Session, name: str, height: float = 160.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._height = height
        self._make: Callable[[float], Drawing] | None = None
        self._picture: Picture | None = None
        self._made_for = 0.0
        self.numbers = Numbers((), ())
        self.setAccessibleName(name)
        self.setToolTip(tr("Show the numbers"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw)
        self.clicked.connect(self.show_numbers)
        session.look.changed.connect(self.update)

    def show_chart(
        self, make: Callable[[float], Drawing], numbers: Numbers, says: str = ""
    ) -> None:
        """Show another chart; what was shown stays until it is drawn."""
        self._make, self.numbers, self._made_for = make, numbers, 0.0
        self.setAccessibleDescription(says)
        self.update()

    @property
    def drawn(self) -> bool:
        """Whether the chart is on the screen."""
        return self._picture is not None

    def _unit(self) -> float:
        """Pixels to a point."""
        return self._session.look.theme.sizes["small"] / LETTERING

    def _wanted(self) -> float:
        return round(self.width() / self._unit(), 1)

    def _draw(self) -> None:
        make, width = self._make, self._wanted()
        if make is None or width < 40:
            return
        self._made_for = width

        def show(made: Picture) -> None:
            self._picture, self._height = made, made.height
            self.updateGeometry()
            self.update()

        self._session.workers.quick(
            f"chart {id(self)}",
            lambda: picture(make(width)),
            show,
            failed=self._session.fail,
            owner=self,
        )

    def sizeHint(self) -> QSize:
        """Qt's: as high as the drawing, and as wide as there is room."""
        return QSize(240, round(self._height * self._unit()))

    def minimumSizeHint(self) -> QSize:
        """Qt's: the drawing follows, so it may be narrow."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the drawing is made for another width."""
        super().resizeEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter presses it, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- Qt's
        """Qt's: the drawing, and a frame while the keyboard is here."""
        if self._make is not None and self._made_for != self._wanted():
            self._later.start()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._session.look.theme.colours
        if self._picture is not None:
            painter.save()
            scale = min(self.width() / self._picture.width, self.height() / self._picture.height)
            painter.scale(scale, scale)
            for mark in self._picture.marks:
                _PAINTED[mark.kind](painter, mark, tokens)
            painter.restore()
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens["accent"]), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()  # here, and not whenever the last hold on it is let go

    def show_numbers(self) -> None:
        """Show the numbers behind the chart as a table that can be copied."""
        if self.numbers.heads:
            NumbersDialog(self).begin()


def _pen(mark: Mark, tokens: Mapping[str, str]) -> QPen:
    if not mark.line or not mark.weight:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(tinted(mark.line, tokens)), mark.weight)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark.dashes:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        even = mark.dashes if len(mark.dashes) % 2 == 0 else mark.dashes * 2
        pen.setDashPattern([each / mark.weight for each in even])
    return pen


def _paint_path(painter: QPainter, mark: Mark, tokens: Mapping[str, str]) -> None:
    points = [QPointF(*mark.at[place : place + 2]) for place in range(0, len(mark.at), 2)]
    painter.setPen(_pen(mark, tokens))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _paint_box(painter: QPainter, mark: Mark, tokens: Mapping[str, str]) -> None:
    painter.setPen(_pen(mark, tokens))
    painter.setBrush(QColor(tinted(mark.fill, tokens)) if mark.fill else Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(*mark.at))


def _paint_disc(painter: QPainter, mark: Mark, tokens: Mapping[str, str]) -> None:
    x, y, radius = mark.at
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tinted(mark.fill, tokens)))
    painter.drawEllipse(QPointF(x, y), radius, radius)


def _paint_words(painter: QPainter, mark: Mark, tokens: Mapping[str, str]) -> None:
    x, y, size = mark.at
    font = QFont(QApplication.font())
    font.setPixelSize(round(size * FINE))
    font.setBold(mark.bold)
    painter.save()
    painter.translate(x, y)
    painter.scale(1 / FINE, 1 / FINE)
    painter.setFont(font)
    painter.setPen(QColor(tinted(mark.fill, tokens)))
    painter.drawText(QPointF(0, 0), mark.text)
    painter.restore()


_PAINTED: Mapping[str, Callable[[QPainter, Mark, Mapping[str, str]], None]] = {
    "path": _paint_path,
    "box": _paint_box,
    "disc": _paint_disc,
    "words": _paint_words,
}


class NumbersDialog(QDialog):
    """The numbers behind a chart."""

    def __init__(self, chart: ChartView) -> None:
        from branch_desk.desk.table import IdTable, Table

        super().__init__(chart)
        name, self._numbers = chart.accessibleName(), chart.numbers
        self.setWindowTitle(name)
        rows = [_Row(number, cells) for number, cells in enumerate(self._numbers.rows)]
        model = IdTable(
            [self._column(place, head) for place, head in enumerate(self._numbers.heads)],
            lambda ids: [rows[each] for each in ids],
        )
        self.table = Table(model, name)
        self.table.show_ids(range(len(rows)))
        self.table.activated.connect(self._go)
        says = kit.label(chart.accessibleDescription(), "muted")
        hint = kit.label(self._hint(), "label")
        close = kit.button(tr("Close"), role="primary", does=self.accept)
        copy = kit.button(tr("Copy all"), role="", does=self._copy)
        foot = kit.row(hint, copy, close)
        layout = kit.column(kit.label(name, "title"), says, self.table, foot, space=12, margin=24)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.resize(620, 460)

    def begin(self) -> None:
        """Open it over the window; returns at once."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._numbers.rows:
            self.table.choose_row(0)

    def _column(self, place: int, head: str) -> Column[_Row]:
        from branch_desk.desk.table import Column

        sample = "1,000,000" if place else ""
        return Column(head, lambda row: row.cells[place], sample=sample, numeric=place > 0)

    def _hint(self) -> str:
        return tr("Enter or a double click leads to them.") if self._numbers.go else ""

    def _copy(self) -> None:
        self.table.pick_all()
        self.table.copy_rows()

    def _go(self, index: QModelIndex) -> None:
        if self._numbers.go is not None:
            self.accept()
            self._numbers.go(index.row(), index.column())
