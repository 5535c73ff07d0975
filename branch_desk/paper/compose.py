"""Putting strips on pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.paper.appended import Foreign
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.look import Look
    from branch_desk.paper.strips import Panel, Strip
    from branch_desk.paper.structure import Element


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far its top lies below the top of the text area."""

    strip: Strip
    y: float


@dataclass(slots=True)
class Page:
    """One page's strips; `head` is what its running head says.

    Nothing flows on to a page that is `closed`: the cover, contents, somebody else's page.
    """

    head: str = ""
    strips: list[Placed] = field(default_factory=list)
    used: float = 0.0
    bare: bool = False
    foreign: Foreign | None = None
    element: Element | None = None
    blank: bool = False
    closed: bool = False
    letter: bool = False


_TIGHTER = (0.85, 0.7, 0.55)
_NEARLY_EMPTY = 0.25  # part of the last page


def settled(strips: Sequence[Strip], height: float) -> list[Strip]:
    """Return strips set closer where that saves a last page that would be nearly empty."""
    pages, last = _count(strips, height)
    if pages > 1 and last <= height * _NEARLY_EMPTY:
        for part in _TIGHTER:
            closer = [replace(strip, before=strip.before * part) for strip in strips]
            if _count(closer, height)[0] < pages:
                return closer
    return list(strips)


def _count(strips: Sequence[Strip], height: float) -> tuple[int, float]:
    """Return how many pages strips take, and how much of the last."""
    trial = Composer(height)
    trial.new_page("")
    trial.add(strips, "")
    return len(trial.pages), trial.pages[-1].used


class Composer:
    """Fills pages one after the other."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.pages: list[Page] = []

    def new_page(self, head: str, *, bare: bool = False) -> Page:
        """Begin a page."""
        page = Page(head, bare=bare)
        self.pages.append(page)
        return page

    def add(self, strips: Sequence[Strip], head: str) -> tuple[int, float]:
        """Place strips on the last page and new ones; return the page and height of the first."""
        first: tuple[int, float] | None = None
        start = 0
        while start < len(strips):
            end = start
            while end < len(strips) - 1 and strips[end].keep:
                end += 1
            group = strips[start : end + 1]
            self._make_room(group, head)
            for strip in group:
                place = self._put(strip, head)
                first = first or place
            start = end + 1
        return first or (len(self.pages) - 1, self.pages[-1].used)

    def fits(self, strips: Sequence[Strip]) -> bool:
        """Whether strips find room on the last page, whole, below what stands there."""
        page = self.pages[-1] if self.pages else None
        needed = sum(strip.before + strip.height for strip in strips)
        return page is not None and not page.closed and page.used + needed <= self._height

    def _make_room(self, group: Sequence[Strip], head: str) -> None:
        page = self.pages[-1]
        needed = sum(strip.before + strip.height for strip in group)
        if not page.strips:
            return
        whole = needed - group[0].before
        if page.used + needed > self._height + 0.01 and whole <= self._height:
            self.new_page(head)

    def _put(self, strip: Strip, head: str) -> tuple[int, float]:
        page = self.pages[-1]
        before = strip.before if page.strips else 0.0
        if page.strips and page.used + before + strip.height > self._height + 0.01:
            page, before = self.new_page(head), 0.0
        if strip.repeat and not page.strips:
            page.strips.append(Placed(strip.repeat, 0.0))
            page.used = strip.repeat.height
        y = page.used + before
        page.strips.append(Placed(strip, y))
        page.used = y + strip.height
        return len(self.pages) - 1, y


def draw_page(canvas: TaggedCanvas, page: Page, look: Look, top: float) -> None:
    """Draw the strips of a page, grounds first."""
    _grounds(canvas, page, look, top)
    for placed in page.strips:
        placed.strip.draw(canvas, look.left, top - placed.y)


def _grounds(canvas: TaggedCanvas, page: Page, look: Look, top: float) -> None:
    spans: dict[Panel, tuple[float, float]] = {}
    for placed in page.strips:
        panel = placed.strip.panel
        if panel is not None:
            start = spans.get(panel, (placed.y, 0.0))[0]
            spans[panel] = (start, placed.y + placed.strip.height)
    for panel, (start, end) in spans.items():
        with canvas.artifact():
            canvas.setFillColor(panel.fill)
            canvas.rect(look.left, top - end, panel.width, end - start, stroke=0, fill=1)
            if panel.bar:
                canvas.setFillColor(panel.bar)
                canvas.rect(look.left, top - end, 3, end - start, stroke=0, fill=1)
