"""Several copies of a small page on A4 for the branch's own printer.

The page is drawn once, as a form XObject. The first copy is tagged; a screen reader should not hear
a leaflet four times, so the others are artifacts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from branch_desk.paper.canvas import TaggedCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

Up = Literal[1, 2, 4]
_TICK = 4 * mm


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a copy goes: the lower left corner of its page, in points."""

    x: float
    y: float


def sheet(up: Up) -> tuple[tuple[float, float], tuple[Slot, ...], tuple[float, float]]:
    """Return (size of the sheet, the slots on it, size of a page in a slot) for 1, 2 or 4 up."""
    width, height = float(A4[0]), float(A4[1])
    if up == 1:
        return (width, height), (Slot(0, 0),), (width, height)
    if up == 2:
        return (height, width), (Slot(0, 0), Slot(height / 2, 0)), (height / 2, width)
    half = (width / 2, height / 2)
    slots = tuple(Slot(x, y) for y in (half[1], 0.0) for x in (0.0, half[0]))
    return (width, height), slots, half


def impose(
    title: str,
    pages: Sequence[Callable[[TaggedCanvas], None]],
    *,
    up: Up,
    lang: str = "en-GB",
    cut_marks: bool = True,
    author: str = "",
    made_on: date | None = None,
) -> bytes:
    """Return a PDF of A4 sheets with every slot filled with copies of a page.

    Each of `pages` draws one side with the origin at the page's lower left corner (A5 for 2 up, A6
    for 4 up, A4 for 1), using `tagged`, `figure` and `artifact`; it is called once for the tagged
    copy and once for the form the other copies share.
    """
    size, slots, _page = sheet(up)
    canvas = TaggedCanvas(title, lang, size, author=author, made_on=made_on)
    for number, draw in enumerate(pages):
        name = f"side-{number}"
        if len(slots) > 1:
            canvas.beginForm(name, 0, 0, *_page)
            draw(canvas)
            canvas.endForm()
        canvas.setPageSize(size)
        first, *others = slots
        canvas.saveState()
        canvas.translate(first.x, first.y)
        _clip(canvas, _page)
        draw(canvas)
        canvas.restoreState()
        with canvas.artifact():
            for slot in others:
                canvas.saveState()
                canvas.translate(slot.x, slot.y)
                canvas.doForm(name)
                canvas.restoreState()
            if cut_marks and len(slots) > 1:
                _cuts(canvas, size, up)
        canvas.showPage()
    return canvas.finish()


def _clip(canvas: TaggedCanvas, page: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, *page)
    canvas.clipPath(path, stroke=0, fill=0)


def _cuts(canvas: TaggedCanvas, size: tuple[float, float], up: Up) -> None:
    """Draw short ticks at the edges where to cut, and a cross in the middle for four."""
    width, height = size
    canvas.setStrokeColor("#6B6B6B")
    canvas.setLineWidth(0.4)
    canvas.line(width / 2, 0, width / 2, _TICK)
    canvas.line(width / 2, height - _TICK, width / 2, height)
    if up == 4:
        canvas.line(0, height / 2, _TICK, height / 2)
        canvas.line(width - _TICK, height / 2, width, height / 2)
