"""Pages as pictures, by pypdfium2: for the screen, and for what cannot go into a paper as it is.

PDFium is not thread-safe, so everything goes through one lock.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image
    from reportlab.graphics.shapes import Drawing

_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels: four bytes each, red, green, blue and opacity, row by row from the top."""

    width: int
    height: int
    rgba: bytes


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """Open a PDF for as long as it takes; nobody else uses PDFium meanwhile."""
    with _LOCK:
        document: Any = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, index: int) -> tuple[float, float]:
    """Return a page's width and height in points, as seen (rotation applied)."""
    with opened(pdf) as document:
        width, height = document.get_page_size(index)
        return float(width), float(height)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page in points, as seen."""
    with opened(pdf) as document:
        sizes = (document.get_page_size(index) for index in range(len(document)))
        return [(float(width), float(height)) for width, height in sizes]


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    with opened(pdf) as document:
        found: list[str] = []
        for page in document:
            words = page.get_textpage()
            found.append(str(words.get_text_bounded()))
            words.close()
            page.close()
        return found


def image(pdf: bytes, index: int, scale: float) -> Image.Image:
    """Return a page as a Pillow picture in RGB; `scale` 1 is 72 dots an inch."""
    with opened(pdf) as document:
        page = document[index]
        bitmap = page.render(scale=scale)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
    return picture


def drawing(chart: Drawing, scale: float) -> Raster:
    """Return a ReportLab drawing (a chart) as pixels for the screen, on white."""
    from reportlab.graphics import renderPDF

    from branch_desk.paper import fonts

    with fonts.LOCK:
        pdf: bytes = renderPDF.drawToString(chart)
    return raster(pdf, 0, scale)


def strip(pdf: bytes, index: int, width: int, top: int, height: int) -> Raster:
    """Return a strip of a page that is `width` pixels wide in all, from `top` down, on white."""
    raw = pypdfium2.raw
    with opened(pdf) as document:
        page = document[index]
        whole = round(page.get_height() * width / page.get_width())
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, 4, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, whole, 0, flags)
        pixels = Raster(width, height, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
    return pixels


def raster(pdf: bytes, index: int, scale: float) -> Raster:
    """Return a page as pixels for the screen; `scale` 1 is 72 dots an inch."""
    with opened(pdf) as document:
        page = document[index]
        bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=4)
        pixels = Raster(int(bitmap.width), int(bitmap.height), bytes(bitmap.buffer))
        bitmap.close()
        page.close()
    return pixels
