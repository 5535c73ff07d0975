"""Drawing a laid-out leaflet on a tagged canvas, in screen colours or in a press's inks."""

from __future__ import annotations

import io
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader

from branch_desk.leaflets import colours, inks, pictures
from branch_desk.leaflets.drawing import signs
from branch_desk.leaflets.drawing import type as typesetting
from branch_desk.leaflets.drawing.marks import (
    BLEED,
    MM,
    Block,
    Code,
    Line,
    Photo,
    Rect,
    Shape,
    Stroke,
)
from branch_desk.paper import shaping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branch_desk.leaflets.colours import Palette
    from branch_desk.leaflets.drawing.marks import Laid, Mark
    from branch_desk.paper.canvas import TaggedCanvas


class Pen:
    """Draws leaflets on one canvas: `press` in CMYK, type in black ink alone; else in RGB."""

    def __init__(
        self,
        canvas: TaggedCanvas,
        palette: Palette,
        *,
        photo: bytes | None,
        focus: tuple[float, float],
        dpi: int,
        press: bool = False,
    ) -> None:
        self._canvas = canvas
        self._palette = palette
        self._photo = photo
        self._focus = focus
        self._dpi = dpi
        self._press = press
        self._images: dict[tuple[float, float], Any] = {}
        self._fill = ""
        self._width = self._height = 0.0

    def draw(self, laid: Laid, x: float, y: float, *, clip: Rect, again: bool = False) -> None:
        """Draw a leaflet with the left bottom corner of its trim at a place of the page.

        Nothing shows outside `clip`, measured from the trim's left top. `again` draws one more copy
        on the same sheet, which is decoration to a screen reader.
        """
        canvas = self._canvas
        with canvas.artifact():
            canvas.operators("q")
            canvas.operators(f"1 0 0 1 {x:.3f} {y:.3f} cm")
            low = laid.height - clip.bottom
            canvas.operators(f"{clip.x:.3f} {low:.3f} {clip.width:.3f} {clip.height:.3f} re W n")
        self._width, self._height = laid.width, laid.height
        self._fill = ""
        for block in laid.blocks:
            self._block(block, again=again)
        with canvas.artifact():
            canvas.operators("Q")

    def _block(self, block: Block, *, again: bool) -> None:
        with self._element(block, again=again):
            for mark in block.marks:
                self._mark(mark)
            for part in block.parts:
                self._block(part, again=again)

    @contextmanager
    def _element(self, block: Block, *, again: bool) -> Iterator[None]:
        canvas = self._canvas
        if again:
            with nullcontext():
                yield
        elif not block.tag:
            with canvas.artifact():
                yield
        elif block.tag == "Figure":
            with canvas.figure(block.alt):
                yield
        else:
            with canvas.tagged(block.tag):
                yield

    def _mark(self, mark: Mark) -> None:
        match mark:
            case Line():
                self._line(mark)
            case Shape():
                self._shape(mark)
            case Stroke():
                self._stroke(mark)
            case Photo():
                self._picture(mark.box)
            case Code():
                self._code(mark)

    def _line(self, line: Line) -> None:
        canvas = self._canvas
        self._set_fill(self._palette.of(line.role))
        if shaping.is_arabic(line.text):
            canvas.text(line.x, self._height - line.y, line.text, face=line.face, size=line.size)
            return
        canvas.operators(f"BT 1 0 0 1 {line.x:.2f} {self._height - line.y:.2f} Tm")
        kern = 0.0
        gap = typesetting.word(" ", line.face)
        words = [typesetting.word(each, line.face) for each in line.text.split(" ")]
        for index, each in enumerate(words):
            for piece in (*gap.pieces, *each.pieces) if index else each.pieces:
                for text, wanted in _spans(piece):
                    if wanted != kern:
                        canvas.operators(f"{wanted * line.size / 1000:.3f} Tc")
                        kern = wanted
                    canvas.show(text, piece.face, line.size)
        canvas.operators("0 Tc ET" if kern else "ET")

    def _shape(self, shape: Shape) -> None:
        self._set_fill(self._palette.of(shape.role))
        if shape.radius:
            self._rounded(shape)
            return
        self._canvas.operators(f"{self._path(shape.points)} h f")

    def _rounded(self, shape: Shape) -> None:
        (left, top), (right, _), (_, bottom), _ = shape.points
        path = self._canvas.beginPath()
        path.roundRect(left, self._height - bottom, right - left, bottom - top, shape.radius)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _stroke(self, stroke: Stroke) -> None:
        colour = self._colour(self._palette.of(stroke.role), stroke=True)
        end = "s" if stroke.closed else "S"
        code = f"q {colour} {stroke.thickness:.3f} w 1 J 1 j {self._path(stroke.points)} {end} Q"
        self._canvas.operators(code)

    def _path(self, points: tuple[tuple[float, float], ...]) -> str:
        first, *rest = (f"{x:.2f} {self._height - y:.2f}" for x, y in points)
        return " ".join([f"{first} m", *(f"{each} l" for each in rest)])

    def _picture(self, box: Rect) -> None:
        if self._photo is None:
            return
        wide = self._bled(box)
        size = (round(wide.width / MM, 2), round(wide.height / MM, 2))
        if size not in self._images:
            data = pictures.cropped(self._photo, size, self._focus, self._dpi)
            self._images[size] = ImageReader(io.BytesIO(data))
        low = self._height - wide.bottom
        self._canvas.drawImage(self._images[size], wide.x, low, wide.width, wide.height)

    def _bled(self, box: Rect) -> Rect:
        """Return a picture's box, drawn out into the bleed where it touches the trim."""
        width = self._width
        left = -BLEED if box.x <= 0.01 else box.x
        right = width + BLEED if box.right >= width - 0.01 else box.right
        top = -BLEED if box.y <= 0.01 else box.y
        bottom = self._height + BLEED if box.bottom >= self._height - 0.01 else box.bottom
        return Rect(left, top, right - left, bottom - top)

    def _code(self, code: Code) -> None:
        """Draw a QR code, dark on white, each row's neighbours as one bar."""
        box = code.box
        self._set_fill(self._palette.white)
        low = self._height - box.bottom
        self._canvas.operators(f"{box.x:.3f} {low:.3f} {box.width:.3f} {box.height:.3f} re f")
        self._set_fill(self._palette.ink)
        one = box.width / (code.modules + 2 * signs.QUIET)
        for column, row, length in signs.bars(code.target):
            x = box.x + (column + signs.QUIET) * one
            y = self._height - box.y - (row + 1 + signs.QUIET) * one
            self._canvas.operators(f"{x:.3f} {y:.3f} {length * one:.3f} {one:.3f} re")
        self._canvas.operators("f")

    def _set_fill(self, colour: str) -> None:
        code = self._colour(colour)
        if code != self._fill:
            self._canvas.operators(code)
            self._fill = code

    def _colour(self, colour: str, *, stroke: bool = False) -> str:
        """Return the operator that sets a colour: inks for a press, else screen colours."""
        if self._press:
            parts = " ".join(f"{part:g}" for part in inks.separated(colour))
            return f"{parts} {'K' if stroke else 'k'}"
        parts = " ".join(f"{part / 255:.4g}" for part in colours.channels(colour))
        return f"{parts} {'RG' if stroke else 'rg'}"


def _spans(piece: typesetting.Piece) -> Iterator[tuple[str, float]]:
    """Cut a piece of a word where the kerning that follows a character changes."""
    start = 0
    for index in range(1, len(piece.text) + 1):
        if index == len(piece.text) or piece.kerns[index] != piece.kerns[start]:
            yield piece.text[start:index], piece.kerns[start]
            start = index
