"""Where the pages of a paper lie under one another, and how large they are shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 14
LEAST, MOST = 0.5, 4.0
STEPS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
WIDTH, PAGE = "width", "page"


@dataclass(frozen=True, slots=True)
class Zoom:
    """How large pages are shown: `fit` to "width" or "page", or `factor` of their real size."""

    fit: str = WIDTH
    factor: float = 1.0

    @classmethod
    def of(cls, factor: float) -> Zoom:
        """Return a zoom of so many times the real size, within what is offered."""
        return cls("", min(max(factor, LEAST), MOST))


class Sheets:
    """Pages of given sizes in points, laid out for a view of a size in pixels."""

    def __init__(
        self, sizes: Sequence[tuple[float, float]], view: QSizeF, zoom: Zoom, dots: float
    ) -> None:
        self._sizes = sizes
        widest = max((wide for wide, _ in sizes), default=1.0)
        highest = max((high for _, high in sizes), default=1.0)
        room = max(view.width() - 2 * GAP, 80)
        if zoom.fit == WIDTH:
            self.scale = room / widest
        elif zoom.fit == PAGE:
            self.scale = min(room / widest, max(view.height() - 2 * GAP, 80) / highest)
        else:
            self.scale = zoom.factor * dots / 72
        self.width = max(widest * self.scale + 2 * GAP, view.width())
        self._tops: list[float] = []
        top = float(GAP)
        for _, high in sizes:
            self._tops.append(top)
            top += high * self.scale + GAP
        self.height = top

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._sizes)

    def place(self, number: int) -> QRectF:
        """Return where a page lies, from the upper left of all of them."""
        wide, high = (side * self.scale for side in self._sizes[number])
        return QRectF((self.width - wide) / 2, self._tops[number], wide, high)

    def between(self, top: float, bottom: float) -> range:
        """Return the numbers of the pages that can be seen from one height to another."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = bisect_left(self._tops, bottom)
        if first < last and self.place(first).bottom() <= top:
            first += 1
        return range(first, last)

    def at(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page under a point, and where on it in points from its upper left."""
        for number in self.between(point.y(), point.y() + 1):
            place = self.place(number)
            if place.contains(point):
                inner = (point - place.topLeft()) / self.scale
                return number, inner.x(), inner.y()
        return None


def step(scale: float, by: int) -> float:
    """Return the next larger (`by` 1) or smaller (-1) of the steps offered."""
    if by > 0:
        return next((each for each in STEPS if each > scale * 1.01), MOST)
    return next((each for each in reversed(STEPS) if each < scale * 0.99), LEAST)
