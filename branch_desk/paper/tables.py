"""Laying out tables, and the lists of records they become in large print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from branch_desk.paper import gate, lines
from branch_desk.paper.look import RULE
from branch_desk.paper.strips import Strip, bound, spaced
from branch_desk.paper.text import Column as TextColumn
from branch_desk.paper.text import paragraph, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.paper.blocks import Column, Facts, Table
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.lines import Line, Style
    from branch_desk.paper.strips import Draw, Setting
    from branch_desk.paper.structure import Element

_GUTTER = 10.0
_TIED = 4  # letters of a value that stays beside its name
_SHORT = 26  # letters of a name and value that may share a line in large print
_PAD = 3.25
_WHOLE = 0.3  # part of a page up to which a table is kept whole
_TALL = 0.4  # part of a page from which a row may be split


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, its element, and where it stands across."""

    lines: tuple[Line, ...]
    style: Style
    element: Element
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """Draws lines `first` to `last` of every cell of a row, and its rule."""

    cells: tuple[Cell, ...]
    height: float
    width: float
    pad: float
    rule: str = ""
    weight: float = 0.5
    first: int = 0
    last: int = 10_000
    above: bool = False

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        for cell in self.cells:
            baseline = top - self.pad - (cell.style.leading + cell.style.size * 0.72) / 2
            for line in cell.lines[self.first : self.last]:
                start = x + cell.x
                if cell.style.align == "right":
                    start += cell.width - line.width
                lines.draw(canvas, line, cell.style, cell.element, (start, baseline))
                baseline -= cell.style.leading
        if self.rule:
            y = top if self.above else top - self.height
            with canvas.artifact():
                canvas.setStrokeColor(self.rule)
                canvas.setLineWidth(self.weight)
                canvas.line(x, y, x + self.width, y)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Draws a heading again as an artifact, so that it is read out once."""

    row: Draw

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.silent():
            self.row(canvas, x, top)


def _places(columns: Sequence[Column], width: float) -> list[tuple[float, float]]:
    shares = [max(column.share, 0.01) for column in columns]
    room = width - _GUTTER * (len(shares) - 1)
    places: list[tuple[float, float]] = []
    x = 0.0
    for share in shares:
        own = room * share / sum(shares)
        places.append((x, own))
        x += own + _GUTTER
    return places


def _cells(
    texts: Sequence[str],
    styles: Sequence[Style],
    places: Sequence[tuple[float, float]],
    row: Element,
    *,
    head: bool = False,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    padded = [*texts, *[""] * (len(places) - len(texts))]
    for text, style, (x, width) in zip(padded, styles, places, strict=False):
        element = row.add("TH", scope="Column") if head else row.add("TD")
        laid = lines.broken((gate.Span(gate.clean(text).strip()),), style, width)
        cells.append(Cell(laid, style, element, x, width))
    return tuple(cells)


def _row_strips(row: Row, tall: float) -> list[Strip]:
    """Return a row as one strip, or line by line where it is too tall to be kept whole."""
    if row.height <= tall:
        return [Strip(row.height, row)]
    count = max(len(cell.lines) for cell in row.cells)
    leading = max(cell.style.leading for cell in row.cells)
    strips: list[Strip] = []
    for index in range(count):
        first, last = index == 0, index == count - 1
        height = leading + (row.pad if first else 0) + (row.pad if last else 0)
        part = replace(
            row,
            height=height,
            pad=row.pad if first else 0.0,
            first=index,
            last=index + 1,
            rule=row.rule if last else "",
        )
        strips.append(Strip(height, part, keep=first or index == count - 2))
    return strips


def _height(cells: Sequence[Cell], pad: float) -> float:
    return max(len(cell.lines) * cell.style.leading for cell in cells) + 2 * pad


def table(block: Table, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a table whose rows may go on over pages under its repeated headings."""
    if not block.columns:
        return []
    look = setting.look
    if look.large:
        return records(block, setting, parent)
    width = look.width
    places = _places(block.columns, width)
    element = parent.add("Table")
    styles = [look["figure"] if column.numeric else look["cell"] for column in block.columns]
    titles = [
        replace(look["column"], align="right" if one.numeric else "left") for one in block.columns
    ]
    strips: list[Strip] = []
    head: Strip | None = None
    if any(column.title for column in block.columns):
        cells = _cells(
            [one.title for one in block.columns], titles, places, element.add("TR"), head=True
        )
        row = Row(cells, _height(cells, _PAD), width, _PAD, look.accent, 1.2)
        head = Strip(row.height, Repeated(row))
        strips.append(Strip(row.height, row, before=look.unit * 1.5, keep=True))
    least = block.row_height * mm
    for texts in block.rows:
        cells = _cells(texts, styles, places, element.add("TR"))
        height = max(_height(cells, _PAD), least)
        row = Row(cells, height, width, (height - _height(cells, 0.0)) / 2, RULE)
        strips += [replace(strip, repeat=head) for strip in _row_strips(row, look.height * _TALL)]
    if block.total:
        bold = [replace(style, bold=True) for style in styles]
        cells = _cells(block.total, bold, places, element.add("TR"))
        row = Row(cells, _height(cells, _PAD), width, _PAD, look.accent, 1.2, above=True)
        if len(strips) > 1:
            strips[-1] = replace(strips[-1], keep=True)
        strips.append(Strip(row.height, row, repeat=head))
    return spaced(_company(strips, look.height * _WHOLE), look.unit * 1.5)


def _company(strips: list[Strip], whole: float) -> list[Strip]:
    """Keep a short table on one page, and two rows of a long one at either end of a page break."""
    if sum(strip.height for strip in strips) <= whole:
        return bound(strips)
    kept = {2 if strips[0].keep else 1, len(strips) - 1, len(strips)}
    return [
        replace(strip, keep=strip.keep or (number in kept and number < len(strips)))
        for number, strip in enumerate(strips, 1)
    ]


def records(block: Table, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a table as a list: each row its first cell in bold, then what its columns say.

    Short values share a line. Where there is room to write, each empty cell has a line to write on.
    """
    look = setting.look
    element = parent.add("L", numbering="None")
    strips: list[Strip] = []
    for texts in [*block.rows, *([block.total] if block.total else [])]:
        item = element.add("LI").add("LBody")
        laid: list[Strip] = []
        values = [texts[at].strip() if at < len(texts) else "" for at in range(len(block.columns))]
        pairs = list(zip((gate.line(one.title) for one in block.columns), values, strict=True))
        first = gate.Span(gate.clean(values[0]), bold=True)
        said = [pair for pair in pairs[1:] if pair[1]]
        column = TextColumn(look.measure)
        if values[0] and block.row_height and said:
            spans = (first, gate.Span("; "), *_spans(said))
            laid += paragraph(spans, look["body"], item.add("P"), setting, column)
        else:
            if values[0]:
                laid += paragraph((first,), look["body"], item.add("P"), setting, column)
            laid += _fields(said, setting, item)
        if block.row_height:
            height = max(block.row_height * mm, look["body"].leading * 1.4)
            blank = [title for title, value in pairs if title and not value]
            laid += [_to_write(title, height, setting, item) for title in blank]
        strips += spaced(bound(laid) if len(laid) < 12 else laid, look.unit * 1.5)
    return strips


def _fields(pairs: Sequence[tuple[str, str]], setting: Setting, item: Element) -> list[Strip]:
    """Lay out what a row's columns say; short ones beside each other."""
    look = setting.look
    shared: list[list[tuple[str, str]]] = []
    for title, value in pairs:
        short = len(title) + len(value) <= _SHORT
        if short and shared and all(len(a) + len(b) <= _SHORT for a, b in shared[-1]):
            shared[-1].append((title, value))
        else:
            shared.append([(title, value)])
    inner = TextColumn(look.measure).inner(look.unit * 1.5)
    strips: list[Strip] = []
    for group in shared:
        strips += paragraph(_spans(group), look["body"], item.add("P"), setting, inner)
    return strips


def _spans(pairs: Sequence[tuple[str, str]]) -> gate.Spans:
    spans: list[gate.Span] = []
    for at, (title, value) in enumerate(pairs):
        tie = "\N{NO-BREAK SPACE}" if len(value) <= _TIED else " "
        spans += [gate.Span("; ")] if at else []
        spans += [gate.Span(f"{title}:{tie}", bold=True)] if title else []
        spans.append(gate.Span(gate.clean(value)))
    return tuple(spans)


def _to_write(title: str, height: float, setting: Setting, item: Element) -> Strip:
    """Return a line to write on, its label standing on it."""
    look = setting.look
    style = look["body"]
    laid = lines.broken((gate.Span(f"{title}:"),), style, look.width)
    cell = Cell(laid[:1], style, item.add("P"), 0.0, look.width)
    return Strip(height, Row((cell,), height, look.width, height - style.leading, RULE))


def facts(block: Facts, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out names and values side by side, or under each other in large print."""
    look = setting.look
    strips: list[Strip] = []
    element = parent.add("Table")
    label = replace(look["body"], bold=True)
    names = [lines.broken((gate.Span(gate.line(name)),), label, 10_000) for name, _ in block.pairs]
    widest = max((laid[0].width for laid in names), default=0.0) + _GUTTER + 1
    split = look.width if look.large else min(max(widest, 36 * mm), 56 * mm)
    for name, value in block.pairs:
        row = element.add("TR")
        left = (gate.Span(gate.line(name)),)
        right = (gate.Span(gate.clean(value).strip()),)
        head, cell = row.add("TH", scope="Row"), row.add("TD")
        if look.large:
            strips += spaced(
                bound(
                    [
                        *words(name, label, head, setting, TextColumn(look.measure)),
                        *words(value, look["body"], cell, setting, TextColumn(look.measure)),
                    ]
                ),
                look.unit,
            )
            continue
        cells = (
            Cell(lines.broken(left, label, split - _GUTTER), label, head, 0.0, split - _GUTTER),
            Cell(
                lines.broken(right, look["body"], look.measure - split),
                look["body"],
                cell,
                split,
                look.measure - split,
            ),
        )
        drawn = Row(cells, _height(cells, 1.5), look.measure, 1.5)
        strips += _row_strips(drawn, look.height * _TALL)
    return spaced(strips, look.unit)
