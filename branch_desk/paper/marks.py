"""A print shop's boxes and marks: trim, bleed and crop boxes, crop marks, cut and fold lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

if TYPE_CHECKING:
    from branch_desk.paper.canvas import TaggedCanvas

A5 = (148 * mm, 210 * mm)
A6 = (105 * mm, 148 * mm)
DL = (99 * mm, 210 * mm)

_MARK = 5 * mm
_HAIR = 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for a print shop, in points: the trimmed size, the bleed round it and room for marks.

    Draw with the origin at the trim's lower left corner after `begin`; what bleeds goes to -bleed.
    """

    trim: tuple[float, float]
    bleed: float = 3 * mm
    marks: bool = False

    @property
    def margin(self) -> float:
        """The distance from the page's edge to the trim."""
        return self.bleed + (_MARK + 2 * mm if self.marks else 0.0)

    @property
    def page_size(self) -> tuple[float, float]:
        """The size of the whole page."""
        return (self.trim[0] + 2 * self.margin, self.trim[1] + 2 * self.margin)

    def boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """Return the trim, bleed and crop boxes as (x0, y0, x1, y1) on the page."""
        m, b = self.margin, self.bleed
        width, height = self.trim
        page = self.page_size
        return {
            "trim": (m, m, m + width, m + height),
            "bleed": (m - b, m - b, m + width + b, m + height + b),
            "crop": (0.0, 0.0, page[0], page[1]),
        }

    def begin(self, canvas: TaggedCanvas) -> None:
        """Set the page's size and boxes, draw the marks and move the origin to the trim."""
        canvas.setPageSize(self.page_size)
        boxes = self.boxes()
        canvas.setTrimBox(boxes["trim"])
        canvas.setBleedBox(boxes["bleed"])
        canvas.setCropBox(boxes["crop"])
        if self.marks:
            with canvas.artifact():
                crop_marks(canvas, boxes["trim"], self.bleed)
        canvas.translate(self.margin, self.margin)


def crop_marks(
    canvas: TaggedCanvas,
    trim: tuple[float, float, float, float],
    away: float,
    length: float = _MARK,
) -> None:
    """Draw two hairlines at each corner of a trim box, `away` points off it."""
    x0, y0, x1, y1 = trim
    canvas.saveState()
    canvas.setStrokeColorCMYK(0, 0, 0, 1) if canvas.press else canvas.setStrokeColor("#000000")
    canvas.setLineWidth(_HAIR)
    for x, out in ((x0, -1), (x1, 1)):
        for y in (y0, y1):
            canvas.line(x + out * away, y, x + out * (away + length), y)
    for y, out in ((y0, -1), (y1, 1)):
        for x in (x0, x1):
            canvas.line(x, y + out * away, x, y + out * (away + length))
    canvas.restoreState()


def cut_line(canvas: TaggedCanvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a dashed line to cut along, as an artifact."""
    with canvas.artifact():
        canvas.saveState()
        canvas.setStrokeColor("#6B6B6B")
        canvas.setLineWidth(0.5)
        canvas.setDash([3, 3])
        canvas.line(*start, *end)
        canvas.restoreState()
