"""Laying out pictures and charts, each with what it shows in words."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps
from reportlab.graphics import renderPDF
from reportlab.lib.utils import ImageReader

from branch_desk.paper import fonts
from branch_desk.paper.charts import WIDTH
from branch_desk.paper.strips import Strip, bound, spaced
from branch_desk.paper.text import Column, words

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from branch_desk.paper.blocks import Chart, Figure
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.strips import Setting
    from branch_desk.paper.structure import Element

_DOTS = 300 / 72
_TALLEST = 0.72  # of a page's height
_MOST_PIXELS = 120_000_000
_DRAWING_COLOURS = 4_096


@lru_cache(maxsize=24)
def picture(data: bytes, width: float, height: float = 0.0) -> Image.Image | None:
    """Return a picture upright, in RGB on white, at no more than 300 dots an inch.

    `width` and `height` are in points; None where the bytes are no picture we can read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(
                BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF", "TIFF")
            ) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    return None
                if opened.format == "JPEG" and width:
                    opened.draft("RGB", (round(width * _DOTS), round((height or width) * _DOTS)))
                upright = ImageOps.exif_transpose(opened)
                flat = _flat(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    most = round(width * _DOTS)
    if most and flat.width > most:
        flat = flat.resize(
            (most, max(1, round(flat.height * most / flat.width))), Image.Resampling.LANCZOS
        )
    return flat


def reader(image: Image.Image) -> ImageReader:
    """Return a picture ready for `drawImage`: photographs as JPEG, drawings without any loss."""
    if image.getcolors(_DRAWING_COLOURS) is not None:
        return ImageReader(image)
    out = BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0)
    return ImageReader(BytesIO(out.getvalue()))


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image.convert("RGB")


@dataclass(frozen=True, slots=True)
class Picture:
    """Draws a picture as its Figure element."""

    image: Any
    width: float
    height: float
    element: Element

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.within(self.element):
            canvas.drawImage(reader(self.image), x, top - self.height, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Draws a chart as its Figure element."""

    drawing: Drawing
    scale: float
    height: float
    element: Element

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        with canvas.within(self.element):
            canvas.saveState()
            canvas.translate(x, top - self.height)
            canvas.scale(self.scale, self.scale)
            canvas.setFillColor("#000000")
            with fonts.LOCK:
                renderPDF.draw(self.drawing, canvas, 0, 0)
            canvas.restoreState()


def figure(block: Figure, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a picture and its caption; one that cannot be read says so in words."""
    look = setting.look
    width = look.width * max(0.1, min(1.0, block.width))
    image = picture(block.image, width)
    alt = block.alt.strip() or block.caption.strip() or "Picture"
    if image is None:
        setting.remarks.append(f"The picture “{alt}” could not be read and was left out.")
        text = f"[The picture “{alt}” could not be read.]"
        return words(
            text, look["quiet"], parent.add("P"), setting, Column(look.measure), before=look.unit
        )
    height = width * image.height / image.width
    tallest = look.height * _TALLEST
    if height > tallest:
        width, height = width * tallest / height, tallest
    draw = Picture(image, width, height, parent.add("Figure", alt=alt))
    return _captioned(Strip(height, draw), block.caption, setting, parent)


def chart(block: Chart, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out a chart over the whole width and its caption."""
    look = setting.look
    drawing: Any = block.drawing
    if callable(drawing):
        drawing = drawing(width=WIDTH / 2 if look.large else WIDTH)
    scale = min(look.width / drawing.width, look.height * _TALLEST / drawing.height)
    height = drawing.height * scale
    element = parent.add("Figure", alt=block.alt.strip() or "Chart")
    strips = _captioned(
        Strip(height, Vectors(drawing, scale, height, element)), block.caption, setting, parent
    )
    if look.large and block.alt.strip():
        style, column = look["body"], Column(look.measure)
        said = words(block.alt, style, parent.add("P"), setting, column, before=look.unit / 2)
        strips = [*strips[:-1], replace(strips[-1], keep=True), *said]
    return strips


def _captioned(strip: Strip, caption: str, setting: Setting, parent: Element) -> list[Strip]:
    look = setting.look
    strips = [replace(strip, keep=bool(caption))]
    if caption:
        element = parent.add("Caption")
        strips += words(
            caption, look["caption"], element, setting, Column(look.measure), before=look.unit / 2
        )
    return spaced(bound(strips), look.unit * 1.5)
