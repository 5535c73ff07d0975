"""What stands on a leaflet once laid out: plain values in points from the trim's top left.

`fit` makes them, `ink` draws them; a page that edits a leaflet reads from them what was clicked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

MM = 72 / 25.4
"""Points in a millimetre."""
BLEED = 3 * MM
"""How far colour goes over the trim, so that no white shows where the cut is a little off."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A box: left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.y + self.height

    def holds(self, other: Rect, slip: float = 0.01) -> bool:
        """Whether another lies wholly inside."""
        return (
            other.x >= self.x - slip
            and other.y >= self.y - slip
            and other.right <= self.right + slip
            and other.bottom <= self.bottom + slip
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type; `y` is its baseline."""

    x: float
    y: float
    text: str
    face: str
    size: float
    role: str
    width: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline of straight sides; a rectangle with a radius has round corners."""

    points: tuple[tuple[float, float], ...]
    role: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, with round ends."""

    points: tuple[tuple[float, float], ...]
    role: str
    thickness: float
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """Where the leaflet's picture stands."""

    box: Rect


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, quiet zone included in its box."""

    box: Rect
    target: str
    modules: int


Mark: TypeAlias = Line | Shape | Stroke | Photo | Code


@dataclass(frozen=True, slots=True)
class Block:
    """One box as laid out: its structure tag ("" for decoration), its field, marks and parts."""

    tag: str
    box: Rect
    field: str = ""
    marks: tuple[Mark, ...] = ()
    parts: tuple[Block, ...] = ()
    alt: str = ""

    def every(self) -> list[Block]:
        """Return this block and all its parts, in the order they are drawn."""
        return [self, *(inner for part in self.parts for inner in part.every())]


@dataclass(frozen=True, slots=True)
class Laid:
    """A leaflet laid out. `overflow` is by how many points the text is too long at its smallest.

    `blocks` are drawn in order; `cut` is the field that was shortened so that it could be drawn at
    all, `words` how many words of it must go.
    """

    width: float
    height: float
    blocks: tuple[Block, ...]
    photo: Rect | None
    shrink: float
    overflow: float = 0.0
    cut: str = ""
    words: int = 0

    def every(self) -> list[Block]:
        """Return every block and part, in the order they are drawn."""
        return [inner for block in self.blocks for inner in block.every()]

    def lines(self) -> list[Line]:
        """Return every line of type."""
        return [mark for block in self.every() for mark in block.marks if isinstance(mark, Line)]
