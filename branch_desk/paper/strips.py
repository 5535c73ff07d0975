"""The stuff pages are filled with: horizontal strips that are never cut themselves.

A paragraph is a strip for each line, a table one for each row. Splitting over pages is then
choosing where one strip ends a page, and each strip carries its structure element along.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from branch_desk.paper import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.paper.blocks import Brand
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.lines import Line, Style
    from branch_desk.paper.look import Look
    from branch_desk.paper.structure import Element


class Draw(Protocol):
    """Draws a strip whose top left corner is at (x, top)."""

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A ground behind strips that belong together; one rectangle for each page they are on."""

    fill: str
    bar: str = ""
    width: float = 0.0
    pad: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """One horizontal slice of a page.

    `before` is the space above it, dropped at the top of a page; `keep` forbids a page to end after
    it; `repeat` is drawn again above it where a page begins with it (a table's heading). `anchor`
    is the bookmark that leads here.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    panel: Panel | None = None
    repeat: Strip | None = None
    anchor: str = ""


@dataclass(slots=True)
class Setting:
    """Where blocks are laid out: the look, whose paper it is, and what was noticed on the way."""

    look: Look
    brand: Brand
    level: int = 0
    remarks: list[str] = field(default_factory=list)

    def heading(self, level: int) -> str:
        """Return a heading's tag, never more than one level below the last (PDF/UA-1, 7.4.2)."""
        self.level = min(level, self.level + 1)
        return f"H{self.level}"


@dataclass(frozen=True, slots=True)
class TextLine:
    """Draws a line of an element, `indent` points in, with its number in the margin if any."""

    line: Line
    style: Style
    element: Element
    indent: float = 0.0
    measure: float = 0.0
    number: int = 0
    number_style: Style | None = None

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        baseline = top - baseline_of(self.style)
        start = x + self.indent
        if self.style.align == "right" or self.line.from_right:
            start += self.measure - self.line.width
        lines.draw(canvas, self.line, self.style, self.element, (start, baseline))
        if self.number and self.number_style:
            self._number(canvas, x, baseline, self.number_style)

    def _number(self, canvas: TaggedCanvas, x: float, baseline: float, style: Style) -> None:
        face = f"{style.family}-Bold" if self.number % 5 == 0 else style.family
        with canvas.artifact():
            canvas.text(
                x - 12, baseline, str(self.number), face=face, size=style.size, color=style.colour,
                align="right",
            )  # fmt: skip


def baseline_of(style: Style) -> float:
    """Return how far below the top of its line a style's baseline lies."""
    return (style.leading - style.size) / 2 + style.size * 0.82


def nothing(canvas: TaggedCanvas, x: float, top: float) -> None:
    """Draw nothing: a strip of space."""


def spaced(strips: Sequence[Strip], before: float) -> list[Strip]:
    """Return strips with space above the first."""
    if not strips:
        return []
    return [replace(strips[0], before=before), *strips[1:]]


def bound(strips: Sequence[Strip]) -> list[Strip]:
    """Return strips of which no page may end before the last."""
    return [*(replace(strip, keep=True) for strip in strips[:-1]), *strips[-1:]]


def paragraph_strips(draws: Sequence[Draw], height: float, before: float = 0.0) -> list[Strip]:
    """Return lines as strips that leave no single line behind on either page."""
    last = len(draws) - 1
    return [
        Strip(
            height,
            draw,
            before=before if index == 0 else 0.0,
            keep=last > 0 and (index == 0 or index == last - 1),
        )
        for index, draw in enumerate(draws)
    ]
