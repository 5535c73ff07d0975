"""Laying out panels, lines to write on and a letter's head."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from branch_desk.paper import gate, lines
from branch_desk.paper.look import INK, RULE
from branch_desk.paper.strips import Panel, Strip, baseline_of, bound, nothing, spaced
from branch_desk.paper.text import Column, words

if TYPE_CHECKING:
    from branch_desk.paper.blocks import AddressWindow, Note, WriteIn
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.lines import Style
    from branch_desk.paper.look import Look
    from branch_desk.paper.strips import Setting
    from branch_desk.paper.structure import Element

_WRITING = 8 * mm
_WINDOW_TOP = 50 * mm  # below the page's top edge, seen in a DL window when A4 is folded in three
_LETTER_TOP = 102 * mm
_FOLD = 99 * mm


def note(block: Note, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a tinted panel with a bar in the accent, which also shows in black and white."""
    look = setting.look
    pad = look.unit * 1.25
    width = min(look.width, look.measure + 2 * pad)
    panel = Panel(look.tint, look.accent, width, pad)
    column = Column(width - 2 * pad).inner(pad)
    column = replace(column, measure=width - 2 * pad)
    element = parent.add("Div")
    strips: list[Strip] = [Strip(pad, nothing, keep=True)]
    if block.title:
        style = replace(look["body"], bold=True)
        laid = words(gate.line(block.title), style, element.add("P"), setting, column)
        strips += [replace(strip, keep=True) for strip in laid]
    for index, part in enumerate(gate.plain(block.text)):
        span = gate.Span(part.spans[0].text)
        laid = words(span.text, look["body"], element.add("P"), setting, column)
        strips += spaced(laid, look.unit if index else 0.0)
    strips[-1] = replace(strips[-1], keep=True)
    strips.append(Strip(pad, nothing))
    inside = [_closed(strip, panel) for strip in strips]
    return spaced(bound(inside) if len(inside) < 24 else inside, look.unit * 2)


def _closed(strip: Strip, panel: Panel) -> Strip:
    """Turn the space above a strip into height of its own, so that the ground has no gap."""
    if not strip.before:
        return replace(strip, panel=panel)
    return replace(
        strip,
        height=strip.height + strip.before,
        before=0.0,
        draw=Lowered(strip, strip.before),
        panel=panel,
    )


@dataclass(frozen=True, slots=True)
class Lowered:
    """Draws a strip further down by a distance."""

    strip: Strip
    by: float

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        self.strip.draw(canvas, x, top - self.by)


@dataclass(frozen=True, slots=True)
class Ruled:
    """Draws a line to write on along the bottom of a strip."""

    width: float
    height: float

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.artifact():
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.6)
            canvas.line(x, top - self.height, x + self.width, top - self.height)


def write_in(block: WriteIn, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a label and lines 8 mm apart (12 mm in large print) to write on."""
    look = setting.look
    label = replace(look["body"], bold=True)
    strips = words(block.label, label, parent.add("P"), setting, Column(look.measure))
    height = _WRITING * (1.5 if look.large else 1.0)
    strips += [Strip(height, Ruled(look.width, height)) for _ in range(max(1, block.lines))]
    return spaced(bound(strips) if block.lines < 20 else strips, look.unit * 2)


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Draws sender, addressee and date at fixed places of a letter's first page."""

    look: Look
    sender: tuple[str, ...]
    to: tuple[str, ...]
    dated: tuple[str, ...]
    elements: tuple[Element, Element, Element]
    branch: str
    date_top: float

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:  # noqa: ARG002 - its places are fixed
        """Draw it."""
        page = A4[1]
        edge = A4[0] - self.look.right
        self._sender(canvas, x, page - 16 * mm)
        body = self.look["body"]
        self._stack(canvas, self.to, body, self.elements[1], (x, page - _WINDOW_TOP))
        self._stack(canvas, self.dated, body, self.elements[2], (x, page - self.date_top))
        with canvas.artifact():
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.line(5 * mm, page - _FOLD, 9 * mm, page - _FOLD)
            canvas.setStrokeColor(self.look.accent)
            canvas.setLineWidth(2)
            canvas.line(x, page - 12 * mm, edge, page - 12 * mm)

    def _sender(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        brand = self.look["brand"]
        edge = A4[0] - self.look.right - x
        self._stack(canvas, (self.branch,), brand, self.elements[0], (x, top))
        right = replace(self.look["head"], align="right")
        self._stack(canvas, self.sender, right, self.elements[0], (x + edge, top - 1.5))

    @staticmethod
    def _stack(
        canvas: TaggedCanvas,
        texts: tuple[str, ...],
        style: Style,
        element: Element,
        at: tuple[float, float],
    ) -> None:
        x, baseline = at[0], at[1] - baseline_of(style)
        for text in texts:
            (laid, *_rest) = lines.broken((gate.Span(text),), style, 10_000)
            start = x - laid.width if style.align == "right" else x
            lines.draw(canvas, laid, style, element, (start, baseline))
            baseline -= style.leading


def address_window(block: AddressWindow, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a letter's head; the letter begins below the first fold."""
    look, brand = setting.look, setting.brand
    sender = [line for line in (brand.hq, *brand.address.splitlines(), brand.email) if line.strip()]
    measure = 85 * mm if not look.large else look.measure
    to = [
        "".join(bit.text for bit in laid.bits).strip()
        for line in block.to
        for laid in lines.broken((gate.Span(gate.line(line)),), look["body"], measure)
    ]
    dated = [gate.line(one) for one in (block.date, block.reference) if one.strip()]
    leading = look["body"].leading
    room = leading * len(dated)
    below = _WINDOW_TOP + leading * len(to) + 5 * mm
    date_top = max(below, _LETTER_TOP - 6 * mm - room)
    head = LetterHead(
        look,
        tuple(gate.line(one) for one in sender),
        tuple(to),
        tuple(dated),
        (parent.add("P"), parent.add("P"), parent.add("P")),
        gate.line(brand.branch),
        date_top,
    )
    return [Strip(date_top + room + 12 * mm - look.top, head, keep=True)]
