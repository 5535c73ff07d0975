"""The words on a PDF's pages and where they stand, by pypdfium2: to search, to select, to read out.

A box is left, top, width and height in points from the page's upper left corner as it is seen.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pypdfium2

from branch_desk.paper.preview import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Box: TypeAlias = tuple[float, float, float, float]
# PDFium answers in whole pixels; so many to a point is finer than any screen shows.
FINE = 100
MOST_HITS = 2_000
NEAR = 6.0


@dataclass(frozen=True, slots=True)
class Hit:
    """Words on one page, counted from 0, and the boxes round them, one for each line."""

    page: int
    text: str
    boxes: tuple[Box, ...]


@contextmanager
def _page(document: Any, index: int) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 -- pypdfium2 has no types
    page = document[index]
    words = page.get_textpage()
    try:
        yield page, words
    finally:
        words.close()
        page.close()


def text(pdf: bytes, index: int) -> str:
    """Return the words of a page in the order they are read."""
    with opened(pdf) as document, _page(document, index) as (_, words):
        return str(words.get_text_bounded()).replace("\r\n", "\n").strip()


def find(pdf: bytes, pages: Iterable[int], wanted: str) -> list[Hit]:
    """Return where a text stands on some pages, whatever its capitals."""
    hits: list[Hit] = []
    with opened(pdf) as document:
        for index in pages:
            with _page(document, index) as (page, words):
                searcher = words.search(wanted)
                while (found := searcher.get_next()) is not None and len(hits) < MOST_HITS:
                    hits.append(_hit(index, page, words, *found))
                searcher.close()
    return hits


def between(
    pdf: bytes, index: int, start: tuple[float, float], end: tuple[float, float]
) -> Hit | None:
    """Return the words from one point of a page to another, None where there are none."""
    with opened(pdf) as document, _page(document, index) as (page, words):
        places = [_nearest(page, words, point) for point in (start, end)]
        if places[0] is None or places[1] is None:
            return None
        first, last = sorted((places[0], places[1]))
        return _hit(index, page, words, first, last - first + 1)


def _hit(index: int, page: Any, words: Any, start: int, count: int) -> Hit:  # noqa: ANN401
    said = str(words.get_text_range(start, count)).replace("\r\n", "\n")
    rects = range(words.count_rects(start, count))
    return Hit(index, said, tuple(_seen(page, *words.get_rect(number)) for number in rects))


def _seen(page: Any, left: float, bottom: float, right: float, top: float) -> Box:  # noqa: ANN401
    """Return a box of the page's own space as it is seen: turned, and from the upper left."""
    corners = [_point(page, x, y) for x, y in ((left, bottom), (right, top))]
    across, down = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return across[0], down[0], across[1] - across[0], down[1] - down[0]


def _point(page: Any, x: float, y: float) -> tuple[float, float]:  # noqa: ANN401
    wide, high = (round(side * FINE) for side in page.get_size())
    found_x, found_y = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDF_PageToDevice(
        page, 0, 0, wide, high, 0, x, y, ctypes.byref(found_x), ctypes.byref(found_y)
    )
    return found_x.value / FINE, found_y.value / FINE


def _nearest(page: Any, words: Any, point: tuple[float, float]) -> int | None:  # noqa: ANN401
    wide, high = (round(side * FINE) for side in page.get_size())
    x, y = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDF_DeviceToPage(
        page,
        *(0, 0, wide, high, 0),
        *(round(side * FINE) for side in point),
        *(ctypes.byref(x), ctypes.byref(y)),
    )
    for far in (NEAR, 4 * NEAR, 30 * NEAR):
        found = words.get_index(x.value, y.value, far, far)
        if found is not None:
            return int(found)
    return None
