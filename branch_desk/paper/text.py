"""Laying out words: headings, paragraphs, Markdown and lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from branch_desk.paper import gate, lines
from branch_desk.paper.strips import Strip, TextLine, baseline_of, paragraph_strips, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branch_desk.paper.blocks import Bullets, Heading, Markdown, Text
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.lines import Style
    from branch_desk.paper.strips import Draw, Setting
    from branch_desk.paper.structure import Element


_NARROWEST = 120.0


@dataclass(frozen=True, slots=True)
class Column:
    """Where words stand: how far in, how wide, and the numbers of its lines if they are counted."""

    measure: float
    indent: float = 0.0
    numbers: Iterator[int] | None = None

    def inner(self, by: float) -> Column:
        """Return this column with its left edge moved in."""
        by = max(0.0, min(by, self.measure - _NARROWEST))
        return replace(self, measure=self.measure - by, indent=self.indent + by)


def paragraph(
    spans: gate.Spans,
    style: Style,
    element: Element,
    setting: Setting,
    column: Column,
    *,
    before: float = 0.0,
) -> list[Strip]:
    """Lay out one paragraph as lines of an element that is already in the tree."""
    laid = lines.broken(spans, style, column.measure)
    number_style = replace(setting.look["number"], leading=style.leading)
    draws: list[Draw] = [
        TextLine(
            line,
            style,
            element,
            column.indent,
            column.measure,
            next(column.numbers) if column.numbers and line.bits else 0,
            number_style,
        )
        for line in laid
    ]
    return paragraph_strips(draws, style.leading, before)


def words(
    text: str,
    style: Style,
    element: Element,
    setting: Setting,
    column: Column,
    *,
    before: float = 0.0,
) -> list[Strip]:
    """Lay out plain text as one paragraph of an element."""
    return paragraph((gate.Span(gate.clean(text)),), style, element, setting, column, before=before)


def title_strips(
    spans: gate.Spans, level: int, setting: Setting, parent: Element, column: Column
) -> list[Strip]:
    """Lay out a heading that stays with what follows it."""
    look = setting.look
    element = parent.add(setting.heading(level))
    before = {1: 0.0, 2: look.unit * 3, 3: look.unit * 2}[level]
    laid = paragraph(
        spans, look[f"h{level}"], element, setting, replace(column, numbers=None), before=before
    )
    return [replace(strip, keep=True) for strip in laid]


def heading(block: Heading, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a heading within a section."""
    level = 3 if block.level >= 3 else 2
    spans = (gate.Span(gate.line(block.text)),)
    laid = title_strips(spans, level, setting, parent, Column(setting.look.width))
    anchor = gate.line(block.text) if level == 2 else ""
    return [replace(laid[0], anchor=anchor), *laid[1:]]


def text(block: Text, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out paragraphs of plain text."""
    look = setting.look
    style = look[block.style if block.style in {"lead", "small", "quiet"} else "body"]
    strips: list[Strip] = []
    for part in gate.plain(block.text):
        strips += paragraph(
            part.spans,
            style,
            parent.add("P"),
            setting,
            Column(look.measure),
            before=look.unit * (2 * part.gap - 1),
        )
    return strips


def markdown(block: Markdown, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a user's Markdown."""
    look = setting.look
    numbers = count(1) if block.numbered else None
    column = Column(look.measure, 0.0, numbers)
    style = look["serif" if block.serif else "body"]
    return parts(gate.parse(block.text), style, setting, parent, column)


def parts(
    given: tuple[gate.Part, ...], style: Style, setting: Setting, parent: Element, column: Column
) -> list[Strip]:
    """Lay out what the gate let through."""
    strips: list[Strip] = []
    unit = setting.look.unit
    for part in given:
        if isinstance(part, gate.Title):
            strips += title_strips(part.spans, part.level, setting, parent, column)
        elif isinstance(part, gate.Listing):
            gap = unit / 2 if column.indent else unit
            strips += spaced(listing(part, style, setting, parent, column), gap)
        else:
            strips += _quoted(part, style, setting, parent, column)
    return strips


def _quoted(
    part: gate.Paragraph, style: Style, setting: Setting, parent: Element, column: Column
) -> list[Strip]:
    unit = setting.look.unit
    if not part.quote:
        return paragraph(part.spans, style, parent.add("P"), setting, column, before=unit)
    element = parent.add("BlockQuote").add("P")
    inner = column.inner(min(part.quote, 4) * unit * 2)
    laid = paragraph(part.spans, style, element, setting, inner, before=unit)
    bar = inner.indent - unit
    return [
        replace(strip, draw=Barred(strip.draw, bar, strip.height, setting.look.accent))
        for strip in laid
    ]


@dataclass(frozen=True, slots=True)
class Barred:
    """Draws a strip with an upright line beside it, as for a quotation."""

    inner: Draw
    indent: float
    height: float
    colour: str

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.artifact():
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(1.5)
            canvas.line(x + self.indent, top, x + self.indent, top - self.height)
        self.inner(canvas, x, top)


def listing(
    given: gate.Listing, style: Style, setting: Setting, parent: Element, column: Column
) -> list[Strip]:
    """Lay out a list and the lists inside it."""
    element = parent.add("L", numbering="Decimal" if given.ordered else "Disc")
    indent = style.size * (2.1 if given.ordered else 1.5)
    unit = setting.look.unit
    strips: list[Strip] = []
    for entry in given.entries:
        item = element.add("LI")
        label = item.add("Lbl")
        laid = parts(entry.parts, style, setting, item.add("LBody"), column.inner(indent))
        laid = spaced(laid, unit / 2 if strips else 0.0)
        strips += marked(laid, entry.mark, label, style, indent=column.indent)
    return strips


def marked(
    strips: list[Strip], mark: str, label: Element, style: Style, *, indent: float, colour: str = ""
) -> list[Strip]:
    """Put an item's mark beside its first line."""
    if not strips:
        return []
    first = strips[0]
    draw = Marked(first.draw, mark, label, style, indent, colour or style.colour)
    return [replace(first, draw=draw), *strips[1:]]


@dataclass(frozen=True, slots=True)
class Marked:
    """Draws a strip with the mark of a list item: text, or a tick or box drawn as vectors."""

    inner: Draw
    mark: str
    label: Element
    style: Style
    indent: float
    colour: str

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        baseline = top - baseline_of(self.style)
        with canvas.within(self.label):
            if self.mark in {"tick", "box"}:
                self._shape(canvas, x + self.indent, baseline)
            else:
                face = f"{self.style.family}-Bold" if self.style.bold else self.style.family
                canvas.text(
                    x + self.indent, baseline, self.mark, face=face, size=self.style.size,
                    color=self.colour,
                )  # fmt: skip
        self.inner(canvas, x, top)

    def _shape(self, canvas: TaggedCanvas, x: float, baseline: float) -> None:
        size = self.style.size
        canvas.setStrokeColor(self.colour)
        if self.mark == "box":
            canvas.setLineWidth(size * 0.08)
            canvas.rect(x, baseline - size * 0.08, size * 0.85, size * 0.85, stroke=1, fill=0)
            return
        canvas.setLineWidth(size * 0.15)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(x, baseline + size * 0.32)
        path.lineTo(x + size * 0.28, baseline + size * 0.04)
        path.lineTo(x + size * 0.8, baseline + size * 0.68)
        canvas.drawPath(path, stroke=1, fill=0)


def bullets(block: Bullets, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a list of plain lines."""
    look = setting.look
    aloud = block.style == "lead"
    style, column = look["lead" if aloud else "body"], Column(look.width if aloud else look.measure)
    numbering = {"number": "Decimal", "bullet": "Disc"}.get(block.mark, "Square")
    element = parent.add("L", numbering=numbering)
    indent = style.size * (1.5 if block.mark == "bullet" else 2.1)
    gap = look.unit if block.mark in {"tick", "box"} else look.unit / 2
    strips: list[Strip] = []
    for place, item in enumerate(block.items, start=1):
        node = element.add("LI")
        label = node.add("Lbl")
        mark = {"bullet": "\N{BULLET}", "number": f"{place}."}.get(block.mark, block.mark)
        if mark in {"tick", "box"}:
            label = label.add("Span")
            label.actual = "Tick" if mark == "tick" else "Box to tick"
        laid = words(
            item.strip(),
            style,
            node.add("LBody").add("P"),
            setting,
            column.inner(indent),
        )
        colour = look.accent if mark in {"tick", "\N{BULLET}"} else ""
        strips += spaced(
            marked(laid, mark, label, style, indent=0.0, colour=colour),
            look.unit if place == 1 else gap,
        )
    return strips
