"""Laying out the order of business: numbers hanging, times in a column, what is taken under each.

It is tagged as a list of lists. A page that goes on inside an item repeats the item's name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from branch_desk.paper import gate, lines
from branch_desk.paper.look import RULE
from branch_desk.paper.strips import Strip, baseline_of, bound, spaced
from branch_desk.paper.structure import Element
from branch_desk.paper.tables import Repeated
from branch_desk.paper.text import Column, marked, words

if TYPE_CHECKING:
    from branch_desk.paper.blocks import Item, Order, Under
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.lines import Style
    from branch_desk.paper.look import Look
    from branch_desk.paper.strips import Draw, Setting

_TIMES = 104.0  # the room of the columns of times
_MINUTES = 48.0  # the room of the last of them


@dataclass(frozen=True, slots=True)
class Timed:
    """Draws the first line of an item with when it begins and how long it may take."""

    inner: Draw
    times: tuple[tuple[str, Element, Style, float], ...]

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        self.inner(canvas, x, top)
        for said, element, style, right in self.times:
            (laid, *_rest) = lines.broken((gate.Span(said),), style, 10_000)
            start = x + right - laid.width
            lines.draw(canvas, laid, style, element, (start, top - baseline_of(style)))


@dataclass(frozen=True, slots=True)
class RuledAbove:
    """Draws a line across the page."""

    width: float
    weight: float
    colour: str

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.artifact():
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(self.weight)
            canvas.line(x, top, x + self.width, top)


def order(block: Order, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out the order of business."""
    look = setting.look
    timed = any(one.when or one.minutes is not None for one in block.items)
    element = parent.add("L", numbering="Decimal")
    strips: list[Strip] = []
    for number, one in enumerate(block.items, 1):
        rule = RuledAbove(look.width, *((0.5, RULE) if strips else (1.2, look.accent)))
        strips += [
            Strip(0.5, rule, before=look.unit * 0.75, keep=True),
            *spaced(_item(number, one, setting, element.add("LI"), timed=timed), look.unit * 0.75),
        ]
    if strips:
        closing = RuledAbove(look.width, 0.5, RULE)
        strips[-1] = replace(strips[-1], keep=True)
        strips.append(Strip(0.5, closing, before=look.unit * 0.75))
    return spaced(strips, look.unit * 1.5)


def _item(number: int, item: Item, setting: Setting, entry: Element, *, timed: bool) -> list[Strip]:
    look = setting.look
    style = replace(look["body"], bold=True)
    label, body = entry.add("Lbl"), entry.add("LBody")
    hang = style.size * 2.2
    measure = look.width - (_TIMES if timed and not look.large else 0.0)
    column = Column(measure).inner(hang)
    title = gate.line(item.title)
    strips = words(title, style, body.add("P"), setting, column)
    strips = [replace(strip, keep=True) for strip in strips]
    strips = marked(strips, f"{number}.", label, style, indent=0.0)
    if look.large:
        strips += _times_below(item, setting, body, column)
    else:
        strips[0] = replace(strips[0], draw=_times_beside(strips[0].draw, item, look, body))
    if not item.under:
        return bound(strips)
    strips[-1] = replace(strips[-1], keep=True)
    again = _continued(f"{number}.", title, setting, hang)
    taken = body.add("L", numbering="Decimal")
    for place, each in enumerate(item.under):
        laid = _under(each, setting, taken.add("LI"), column)
        strips += [replace(strip, repeat=again if place else None) for strip in laid]
    return strips


def _said(item: Item, word: str) -> str:
    return "" if item.minutes is None else f"{item.minutes}\N{NO-BREAK SPACE}{word}"


def _times_beside(inner: Draw, item: Item, look: Look, body: Element) -> Draw:
    when = look["body"]
    quiet = replace(look["quiet"], leading=when.leading)
    said = ((item.when, when, look.width - _MINUTES), (_said(item, "min"), quiet, look.width))
    times = [(words, body.add("P"), style, right) for words, style, right in said if words]
    return Timed(inner, tuple(times)) if times else inner


def _times_below(item: Item, setting: Setting, body: Element, column: Column) -> list[Strip]:
    word = "minute" if item.minutes == 1 else "minutes"
    said = ", ".join(part for part in (item.when, _said(item, word)) if part)
    if not said:
        return []
    return words(said, setting.look["body"], body.add("P"), setting, column)


def _under(each: Under, setting: Setting, entry: Element, column: Column) -> list[Strip]:
    look = setting.look
    style = look["body"] if look.large else replace(look["body"], size=10.0, leading=14.0)
    label, body = entry.add("Lbl"), entry.add("LBody")
    inner = column.inner(style.size * 2.6) if each.mark else column
    strips = words(gate.line(each.text), style, body.add("P"), setting, inner)
    if each.mark:
        strips = marked(strips, each.mark, label, style, indent=column.indent)
    if each.detail:
        strips += words(gate.line(each.detail), look["quiet"], body.add("P"), setting, inner)
    return spaced(bound(strips), look.unit * 0.75)


def _continued(mark: str, title: str, setting: Setting, hang: float) -> Strip:
    """Return an item's name as it stands again where a page goes on inside the item."""
    style = setting.look["quiet"]
    element = Element("P")  # of no tree: it is read out once, where it first stands
    column = Column(setting.look.width).inner(hang)
    (first, *_rest) = words(f"{title}, continued", style, element, setting, column)
    (shown,) = marked([first], mark, element, style, indent=0.0)
    return Strip(style.leading + setting.look.unit * 0.75, Repeated(shown.draw))
