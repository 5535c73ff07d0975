"""Pictures that come from outside: opened with care, turned upright, stripped, brought to size."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from branch_desk.paper.forgetting import let_go
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 100_000_000
"""Pixels above which a picture is refused: more than any camera takes, and a way to fill memory."""
KEPT = 4200
"""Pixels kept along the longer side: an A3 page at 250 dots an inch."""
FORMATS = ("JPEG", "PNG")


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture as the branch keeps it: upright, RGB, without metadata."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int


def cleaned(data: bytes, name: str) -> Clean:
    """Return a JPEG or PNG made safe to keep; raises `Invalid` where it is none or is damaged.

    Place, camera and time of the shot go with the metadata.
    """
    image = _opened(data, name)
    image.thumbnail((KEPT, KEPT))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, subsampling=0)
    return Clean(out.getvalue(), "image/jpeg", image.width, image.height)


@let_go
@lru_cache(maxsize=32)
def cropped(data: bytes, size: tuple[float, float], focus: tuple[float, float], dpi: int) -> bytes:
    """Return the part of a picture that fills a size in mm, as JPEG of at most `dpi`.

    What stands at `focus` stays in view; a picture smaller than wanted is not blown up.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        target = (max(1, round(size[0] / 25.4 * dpi)), max(1, round(size[1] / 25.4 * dpi)))
        image.draft("RGB", target)
        box = window(image.width, image.height, size[0] / size[1], focus)
        kept = (round(box[2] - box[0]), round(box[3] - box[1]))
        dots = target if target[0] < kept[0] else (max(1, kept[0]), max(1, kept[1]))
        part = image.convert("RGB").resize(dots, Image.Resampling.LANCZOS, box=box)
    out = io.BytesIO()
    part.save(out, "JPEG", quality=88, subsampling=0, dpi=(dpi, dpi))
    return out.getvalue()


def smaller(data: bytes, longest: int) -> bytes:
    """Return a picture with at most so many dots along its longer side, to stand in on a screen."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (longest, longest))
        image.thumbnail((longest, longest))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def window(
    width: int, height: int, ratio: float, focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the largest part with a ratio, `focus` in view."""
    across, down = min(width, height * ratio), min(height, width / ratio)
    left = min(max(focus[0] * width - across / 2, 0), width - across)
    top = min(max(focus[1] * height - down / 2, 0), height - down)
    return left, top, left + across, top + down


def resolution(pixels: tuple[int, int], size: tuple[float, float]) -> int:
    """Return the dots an inch that a picture has when it fills a size in mm."""
    left, top, right, bottom = window(*pixels, size[0] / size[1], (0.5, 0.5))
    return int(min((right - left) / size[0], (bottom - top) / size[1]) * 25.4)


def _opened(data: bytes, name: str) -> Image:
    """Decode a picture, upright and RGB; raises `Invalid` with the reason."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _refuse_huge(image.width, image.height, name)
                image.load()
                upright = ImageOps.exif_transpose(image)
    except UnidentifiedImageError:
        raise Invalid(
            f"“{name}” is neither a JPEG nor a PNG. Save it as one and try again."
        ) from None
    except Image.DecompressionBombError:
        raise Invalid(_TOO_LARGE.format(name=name)) from None
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, IndexError, KeyError) as error:
        raise Invalid(
            f"“{name}” is damaged and cannot be shown ({error}). Export or send it again."
        ) from error
    return _flattened(upright)


def _flattened(image: Image) -> Image:
    """Return an image as RGB, what was transparent on white."""
    from PIL import Image as Images

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Images.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _refuse_huge(width: int, height: int, name: str) -> None:
    if width * height >= LARGEST:
        raise Invalid(_TOO_LARGE.format(name=name))
    if min(width, height) < 8:
        raise Invalid(f"“{name}” is only {width} by {height} dots; that is no picture to print.")


_TOO_LARGE = (
    "“{name}” has 100 million dots or more, which is larger than any camera's picture and may be "
    "meant to do harm. Make it smaller, 4,000 dots along the longer side is plenty, and try again."
)
