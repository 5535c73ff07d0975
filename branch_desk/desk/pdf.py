"""A PDF in memory whose pages can be had as pictures and as words; may be used from any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.paper.words import Hit


class Pdf:
    """The bytes of a PDF with the sizes of its pages in points."""

    def __init__(self, data: bytes) -> None:
        from branch_desk.paper import preview  # PDFium is not wanted at start-up

        self.data = data
        self._draw = preview.strip
        self.sizes = preview.page_sizes(data)

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self.sizes)

    def height(self, number: int, width: int) -> int:
        """Return how many pixels high a page is that is `width` wide."""
        wide, high = self.sizes[number]
        return max(round(high * width / wide), 1)

    def picture(self, number: int, width: int) -> QImage:
        """Draw one page, counted from 0, `width` pixels wide."""
        return self.strip(number, width, 0, self.height(number, width))

    def strip(self, number: int, width: int, top: int, height: int) -> QImage:
        """Draw a part of a page, `height` pixels from `top` down."""
        drawn = self._draw(self.data, number, width, top, height)
        shape = (drawn.width, drawn.height, drawn.width * 4)
        return QImage(drawn.rgba, *shape, QImage.Format.Format_RGBX8888).copy()

    def text(self, number: int) -> str:
        """Return the words of a page, in the order they are read."""
        from branch_desk.paper import words

        return words.text(self.data, number)

    def find(self, pages: Iterable[int], wanted: str) -> list[Hit]:
        """Return where a text stands on some pages, whatever its capitals."""
        from branch_desk.paper import words

        return words.find(self.data, pages, wanted)

    def between(
        self, number: int, start: tuple[float, float], end: tuple[float, float]
    ) -> Hit | None:
        """Return the words from one point of a page to another."""
        from branch_desk.paper import words

        return words.between(self.data, number, start, end)
