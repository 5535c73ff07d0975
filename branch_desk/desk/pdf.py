"""A PDF in memory whose pages can be had as pictures, for the screen and for the printer."""

from __future__ import annotations

from PySide6.QtGui import QImage


class Pdf:
    """The bytes of a PDF with the sizes of its pages in points; may be used from any thread."""

    def __init__(self, data: bytes) -> None:
        from branch_desk.paper import preview  # PDFium is not wanted at start-up

        self.data = data
        self._draw = preview.raster
        self.sizes = [preview.page_size(data, page) for page in range(preview.page_count(data))]

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self.sizes)

    def picture(self, number: int, width: int) -> QImage:
        """Draw one page, counted from 0, `width` pixels wide."""
        drawn = self._draw(self.data, number, width / self.sizes[number][0])
        shape = (drawn.width, drawn.height, drawn.width * 4)
        return QImage(drawn.rgba, *shape, QImage.Format.Format_RGBA8888).copy()
