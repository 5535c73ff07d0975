"""Labels on sheets of sticky A4: one page after another of small blocks of lines, tagged as a list.

They are drawn straight onto the page, without the flow of other papers: fifty thousand are made in
a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from branch_desk.paper import fonts, gate
from branch_desk.paper.canvas import TaggedCanvas
from branch_desk.paper.look import INK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.paper.blocks import Brand

PADDING = 4 * mm
LARGEST, LARGEST_LARGE, SMALLEST = 11.0, 18.0, 6.5
LEADING = 1.22
STEP = 0.5


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """How the labels of an A4 sheet lie; lengths in millimetres, pitches from edge to edge."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


SHEET_21 = LabelSheet("21 labels, 63.5 × 38.1 mm", 3, 7, 63.5, 38.1, 7.2, 15.1, 66.0, 38.1)  # noqa: RUF001 - a times sign
SHEET_14 = LabelSheet("14 labels, 99.1 × 38.1 mm", 2, 7, 99.1, 38.1, 4.7, 15.1, 101.6, 38.1)  # noqa: RUF001 - a times sign
SHEETS = (SHEET_21, SHEET_14)


@dataclass(frozen=True, slots=True)
class Label:
    """One label's lines, from the top."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels to be drawn; `used` is how many of the first sheet's are gone already."""

    title: str
    brand: Brand
    labels: Sequence[Label]
    sheet: LabelSheet = SHEET_21
    used: int = 0
    lang: str = "en-GB"
    made_on: date | None = None


def draw(labels: Labels, *, large_print: bool = False) -> bytes:
    """Return the sheets as a PDF, tagged and archivable; lines too long are set smaller, then cut.

    `large_print` sets each label as large as it can be.
    """
    canvas = TaggedCanvas(
        gate.line(labels.title) or "Labels",
        labels.lang,
        author=gate.line(labels.brand.branch),
        subject="Labels",
        made_on=labels.made_on,
    )
    sheet, face = labels.sheet, fonts.face("Inter")
    most = LARGEST_LARGE if large_print else LARGEST
    start = labels.used % sheet.count
    with canvas.tagged("L"):
        for place, label in enumerate(labels.labels, start):
            if place % sheet.count == 0 and place > start:
                canvas.showPage()
            _draw(canvas, sheet, place % sheet.count, label, face, most)
    if not labels.labels:
        canvas.showPage()
    return canvas.finish()


def _draw(  # noqa: PLR0917 - where, what and how of one label
    canvas: TaggedCanvas, sheet: LabelSheet, place: int, label: Label, face: str, most: float
) -> None:
    lines = tuple(line for line in map(gate.line, label.lines) if line)
    if not lines:
        return
    row, column = divmod(place, sheet.columns)
    x = (sheet.left + column * sheet.across) * mm + PADDING
    top = A4[1] - (sheet.top + row * sheet.down) * mm
    room = sheet.width * mm - 2 * PADDING
    height = sheet.height * mm - PADDING
    size = _size(lines, face, room, height, most)
    leading = size * LEADING
    y = top - (sheet.height * mm - leading * len(lines)) / 2 - size * 0.92
    with canvas.tagged("LI"), canvas.tagged("LBody"):
        canvas.ink(INK)
        for line in lines:
            canvas.text(x, y, _fitted(line, face, size, room), face=face, size=size)
            y -= leading


def _size(lines: tuple[str, ...], face: str, room: float, height: float, most: float) -> float:
    """Return the largest size at which the lines fit, down to the smallest that can be read."""
    longest = max(fonts.width(line, face, 1.0) for line in lines)
    fits = min(most, room / longest if longest else most, height / (LEADING * len(lines)))
    return max(SMALLEST, int(fits / STEP) * STEP)


@lru_cache(maxsize=1_000)
def _fitted(line: str, face: str, size: float, room: float) -> str:
    if fonts.width(line, face, size) <= room:
        return line
    while line and fonts.width(line + "…", face, size) > room:
        line = line[:-1]
    return line.rstrip() + "…"
