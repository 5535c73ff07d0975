"""Sheets: a leaflet once for the print shop or the screen, or several on an A4 to cut at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.leaflets.drawing.ink import Pen
from branch_desk.leaflets.drawing.marks import BLEED, MM, Laid, Rect
from branch_desk.paper.canvas import TaggedCanvas

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.leaflets.colours import Palette

A4 = (210 * MM, 297 * MM)
_MARKS = 9 * MM
"""Room outside the bleed for the print shop's cut marks."""
_HAIR = 0.25


@dataclass(frozen=True, slots=True)
class Plate:
    """A leaflet laid out, with what it takes to draw it."""

    title: str
    lang: str
    author: str
    laid: Laid
    palette: Palette
    photo: bytes | None
    focus: tuple[float, float]
    made_on: date | None = None


def single(plate: Plate, *, dpi: int) -> bytes:
    """Return one leaflet as it looks cut: for a screen, or as the picture for a phone."""
    laid = plate.laid
    canvas = _canvas(plate, (laid.width, laid.height))
    _pen(plate, canvas, dpi).draw(laid, 0, 0, clip=Rect(0, 0, laid.width, laid.height))
    return canvas.finish()


def home(plate: Plate, *, frame: float, dpi: int = 300) -> bytes:
    """Return an A4 with as many copies as it holds, a white frame on each and marks to cut by.

    `frame` in mm is what a home printer cannot reach at the edge of the sheet.
    """
    laid = plate.laid
    (wide, high), (across, down) = imposition(laid.width, laid.height)
    canvas = _canvas(plate, (wide, high))
    pen = _pen(plate, canvas, dpi)
    cell = (wide / across, high / down)
    inset = frame * MM
    clip = Rect(inset, inset, laid.width - 2 * inset, laid.height - 2 * inset)
    for row in range(down):
        for column in range(across):
            x = column * cell[0] + (cell[0] - laid.width) / 2
            y = high - (row + 1) * cell[1] + (cell[1] - laid.height) / 2
            pen.draw(laid, x, y, clip=clip, again=bool(row or column))
    with canvas.artifact():
        _cuts(canvas, (wide, high), (across, down), inset)
    return canvas.finish()


def shop(plate: Plate, *, marks: bool, dpi: int = 300) -> bytes:
    """Return one leaflet with bleed for a print shop: inks, trim, bleed and crop boxes set."""
    laid = plate.laid
    edge = BLEED + (_MARKS if marks else 0.0)
    wide, high = laid.width + 2 * edge, laid.height + 2 * edge
    canvas = _canvas(plate, (wide, high), press=True)
    trim = (edge, edge, edge + laid.width, edge + laid.height)
    bleed = (edge - BLEED, edge - BLEED, trim[2] + BLEED, trim[3] + BLEED)
    canvas.setTrimBox(trim)
    canvas.setBleedBox(bleed)
    canvas.setCropBox((0, 0, wide, high))
    whole = Rect(-BLEED, -BLEED, laid.width + 2 * BLEED, laid.height + 2 * BLEED)
    _pen(plate, canvas, dpi, press=True).draw(laid, edge, edge, clip=whole)
    if marks:
        with canvas.artifact():
            _crops(canvas, trim)
    return canvas.finish()


def imposition(width: float, height: float) -> tuple[tuple[float, float], tuple[int, int]]:
    """Return the A4's size, upright or on its side, and how many stand across and down it."""
    best = ((A4, (0, 0)), 0)
    for sheet in (A4, (A4[1], A4[0])):
        across, down = int((sheet[0] + 0.1) // width), int((sheet[1] + 0.1) // height)
        if across * down > best[1]:
            best = ((sheet, (across, down)), across * down)
    return best[0] if best[1] else ((width, height), (1, 1))


def _canvas(plate: Plate, size: tuple[float, float], *, press: bool = False) -> TaggedCanvas:
    return TaggedCanvas(
        plate.title,
        plate.lang,
        size,
        author=plate.author,
        subject="Leaflet",
        made_on=plate.made_on,
        press=press,
    )


def _pen(plate: Plate, canvas: TaggedCanvas, dpi: int, *, press: bool = False) -> Pen:
    return Pen(canvas, plate.palette, photo=plate.photo, focus=plate.focus, dpi=dpi, press=press)


def _cuts(
    canvas: TaggedCanvas, size: tuple[float, float], count: tuple[int, int], inset: float
) -> None:
    """Draw short lines in the white between the copies, on the line of the cut."""
    wide, high = size
    long = 6 * MM
    canvas.operators(f"q 0.45 0.45 0.45 RG {_HAIR} w")
    ups = [high * n / count[1] for n in range(count[1] + 1)]
    alongs = [wide * n / count[0] for n in range(count[0] + 1)]
    for x in alongs[1:-1]:
        for y in ups:
            low, top = max(y - long, inset / 2), min(y + long, high - inset / 2)
            canvas.operators(f"{x:.2f} {low:.2f} m {x:.2f} {top:.2f} l S")
    for y in ups[1:-1]:
        for x in alongs:
            left, right = max(x - long, inset / 2), min(x + long, wide - inset / 2)
            canvas.operators(f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S")
    canvas.operators("Q")


def _crops(canvas: TaggedCanvas, trim: tuple[float, float, float, float]) -> None:
    """Draw cut marks in every ink at the corners, clear of the bleed."""
    near, far = BLEED + 1 * MM, BLEED + 6.5 * MM
    canvas.operators(f"q 1 1 1 1 K {_HAIR} w")
    for x, side in ((trim[0], -1), (trim[2], 1)):
        for y, up in ((trim[1], -1), (trim[3], 1)):
            canvas.operators(f"{x + side * near:.2f} {y:.2f} m {x + side * far:.2f} {y:.2f} l S")
            canvas.operators(f"{x:.2f} {y + up * near:.2f} m {x:.2f} {y + up * far:.2f} l S")
    canvas.operators("Q")
