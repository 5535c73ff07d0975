"""Draw the demo's pictures, `resources/demo/library.jpg` and `caller.jpg`, as flat illustrations.

    .venv/bin/python packaging/pictures_demo.py

They show nobody and no real place. Run it again after changing a drawing and commit the files.
"""

from __future__ import annotations

import io
import math
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "demo"
LARGEST = 400_000


def main() -> None:
    """Draw both pictures at 300 dots an inch and write them."""
    write("library.jpg", library(1000, 740), 160)
    write("caller.jpg", caller(400, 480), 60)


def write(name: str, pdf: bytes, width: float) -> None:
    """Render a drawing so many mm wide at 300 dots an inch and write it as a JPEG."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=width / 25.4 * 300 / page.get_width()).to_pil().convert("RGB")
    for quality in range(92, 60, -4):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, dpi=(300, 300))
        if out.tell() < LARGEST:
            break
    (FOLDER / name).write_bytes(out.getvalue())
    print(f"{name}: {image.width} by {image.height}, {out.tell() // 1000} kB")


class Board:
    """A canvas with the few shapes a flat illustration needs."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._out = io.BytesIO()
        self.canvas: Any = Canvas(self._out, pagesize=(width, height), invariant=1)

    def finish(self) -> bytes:
        """Return the drawing as a PDF of one page."""
        self.canvas.save()
        return self._out.getvalue()

    def polygon(self, points: list[tuple[float, float]], colour: str, alpha: float = 1.0) -> None:
        """Fill an outline."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        self._filled(colour, alpha)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def rect(
        self, x: float, y: float, width: float, height: float, colour: str, *, alpha: float = 1.0
    ) -> None:
        """Fill a rectangle."""
        self._filled(colour, alpha)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def disc(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        """Fill a circle."""
        self._filled(colour, alpha)
        self.canvas.circle(x, y, radius, stroke=0, fill=1)

    def oval(
        self, x: float, y: float, wide: float, high: float, colour: str, *, alpha: float = 1.0
    ) -> None:
        """Fill an ellipse around a point."""
        self._filled(colour, alpha)
        self.canvas.ellipse(x - wide, y - high, x + wide, y + high, stroke=0, fill=1)

    def rounded(
        self, x: float, y: float, width: float, height: float, radius: float, *, colour: str
    ) -> None:
        """Fill a rectangle with round corners."""
        self._filled(colour, 1.0)
        self.canvas.roundRect(x, y, width, height, radius, stroke=0, fill=1)

    def arch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a window or door with a round head."""
        radius = width / 2
        path = self.canvas.beginPath()
        path.moveTo(x, y)
        path.lineTo(x + width, y)
        path.lineTo(x + width, y + height - radius)
        path.arcTo(x, y + height - 2 * radius, x + width, y + height, 0, 180)
        path.lineTo(x, y)
        path.close()
        self._filled(colour, 1.0)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def curve(self, path: list[tuple[float, ...]], colour: str, alpha: float = 1.0) -> None:
        """Fill an outline of points (two numbers) and curves (six)."""
        drawn = self.canvas.beginPath()
        drawn.moveTo(*path[0])
        for step in path[1:]:
            (drawn.curveTo if len(step) == 6 else drawn.lineTo)(*step)
        drawn.close()
        self._filled(colour, alpha)
        self.canvas.drawPath(drawn, stroke=0, fill=1)

    def line(
        self, points: list[tuple[float, float]], colour: str, thick: float, alpha: float = 1.0
    ) -> None:
        """Draw a line with round ends."""
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setStrokeAlpha(alpha)
        self.canvas.setLineWidth(thick)
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.canvas.setStrokeAlpha(1)

    def shade(self, top: float, bottom: float, colours: list[str], stops: list[float]) -> None:
        """Fill a band of the picture from one colour to the next."""
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.rect(0, bottom, self.width, top - bottom)
        self.canvas.clipPath(path, stroke=0, fill=0)
        shades = [HexColor(colour) for colour in colours]
        self.canvas.linearGradient(0, top, 0, bottom, shades, stops)
        self.canvas.restoreState()

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Lay a soft light around a point."""
        steps = 26
        for step in range(steps):
            self.disc(x, y, radius * (1 - step / steps) ** 1.3, colour, strength / steps)

    def _filled(self, colour: str, alpha: float) -> None:
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFillAlpha(alpha)


# The library at dusk

NIGHT, LIT, WARM = "#1B2350", "#FFD98A", "#FFB65C"


def library(width: float, height: float) -> bytes:
    """Draw a branch library at dusk, lit, with people on their way in."""
    board = Board(width, height)
    board.shade(
        height,
        150,
        ["#1A2152", "#34397A", "#7C4E86", "#D9767A", "#F8B577"],
        [0, 0.34, 0.6, 0.82, 1],
    )
    _sky(board)
    _town(board)
    board.shade(170, 0, ["#3A3560", "#262648"], [0, 1])
    _tree(board, 92, 168, 1.25)
    _tree(board, 928, 168, 1.05)
    _building(board)
    _square(board)
    for x, high in ((172, 150), (836, 150)):
        _lamp(board, x, 112, high)
    _people(board)
    return board.finish()


def _sky(board: Board) -> None:
    chance = Random(7)  # noqa: S311 - a drawing that comes out the same each time
    for _ in range(60):
        x, y = chance.uniform(0, board.width), chance.uniform(430, board.height)
        board.disc(x, y, chance.uniform(0.7, 1.7), "#FFF6DF", chance.uniform(0.25, 0.8))
    board.glow(805, 628, 110, "#FFF1C9", 0.5)
    board.curve(_crescent(805, 628, 34), "#FFF4D6")
    for x, y, long in ((130, 520, 150), (330, 600, 110), (640, 500, 170), (860, 452, 120)):
        board.rounded(x, y, long, 9, 4.5, colour="#8A5A8E")
        board.rounded(x + long * 0.28, y - 12, long * 0.7, 8, 4, colour="#9C6490")
    for x, y, size in ((250, 560, 9), (280, 574, 7), (232, 582, 6)):
        board.line([(x - size, y + size * 0.5), (x, y), (x + size, y + size * 0.55)], NIGHT, 2, 0.8)


def _crescent(x: float, y: float, radius: float) -> list[tuple[float, ...]]:
    """Return the outline of a new moon: the round back, then the hollow of it."""
    back = [math.radians(angle) for angle in range(70, 331, 4)]
    outer = [(x + math.cos(a) * radius, y + math.sin(a) * radius) for a in back]
    (top_x, top_y), (end_x, end_y) = outer[0], outer[-1]
    hollow = (end_x - radius * 0.95, end_y + radius * 0.1, top_x - radius * 0.75)
    return [*outer, (*hollow, top_y - radius * 0.7, top_x, top_y)]


def _town(board: Board) -> None:
    """Draw roofs behind, darker the nearer they stand."""
    chance = Random(21)  # noqa: S311 - a drawing that comes out the same each time
    for base, colour, lowest, highest in ((160, "#8B5A86", 70, 130), (150, "#564679", 40, 95)):
        x = -20.0
        while x < board.width + 20:
            wide, high = chance.uniform(60, 110), chance.uniform(lowest, highest)
            peak = chance.uniform(18, 40)
            board.polygon(
                [
                    (x, base),
                    (x + wide, base),
                    (x + wide, base + high),
                    (x + wide / 2, base + high + peak),
                    (x, base + high),
                ],
                colour,
            )
            chimney = x + wide * chance.choice((0.2, 0.68))
            board.rect(chimney, base + high, wide * 0.1, peak + 12, colour)
            for _ in range(2):
                if colour == "#564679":
                    hole = x + chance.uniform(0.15, 0.75) * wide
                    board.rect(
                        hole, base + chance.uniform(0.3, 0.75) * high, 7, 10, WARM, alpha=0.75
                    )
            x += wide


def _building(board: Board) -> None:
    stone, shadow, light, roof = "#B5604F", "#8E463F", "#D98A68", "#3A2F5B"
    left, right, floor = 235.0, 765.0, 158.0
    top = floor + 190
    board.glow(500, 250, 330, "#FFB65C", 0.4)
    # The wings, the roof and the cornice.
    board.polygon(
        [(left - 14, top), (right + 14, top), (right - 34, top + 62), (left + 34, top + 62)], roof
    )
    for n in range(1, 4):
        y = top + n * 15
        inset = n * 12
        board.line([(left - 6 + inset, y), (right + 6 - inset, y)], "#4B3D70", 1.4)
    board.rect(left, floor, right - left, top - floor, stone)
    for row in range(9):
        for column in range(14):
            if (row * 7 + column * 5) % 4 == 0:
                x = left + 8 + column * 38 + (row % 2) * 18
                if x < right - 24:
                    board.rect(x, floor + 14 + row * 19, 20, 6, shadow, alpha=0.35)
    board.rect(left - 14, top - 4, right - left + 28, 13, light)
    board.rect(left - 14, top - 9, right - left + 28, 5, shadow)
    board.rect(left - 8, floor, right - left + 16, 15, shadow)
    for x in (left + 20, left + 94, right - 148, right - 74):
        _window(board, x, floor + 42, 54, 112)
    _tower(board)


def _window(board: Board, x: float, y: float, wide: float, high: float) -> None:
    """Draw a lit window with a round head, books on its sill."""
    board.arch(x - 7, y - 5, wide + 14, high + 12, "#D98A68")
    board.arch(x, y, wide, high, LIT)
    board.arch(x + 4, y + 3, wide - 8, high - 8, "#FFE6AC")
    chance = Random(int(x))  # noqa: S311 - a drawing that comes out the same each time
    spine = x + 6
    colours = ["#B5604F", "#4B5FA8", "#2F7F6A", "#D48A3C", "#7C4E86", "#8E463F"]
    while spine < x + wide - 10:
        thick, tall = chance.uniform(4, 7), chance.uniform(15, 25)
        board.rect(spine, y + 3, thick, tall, chance.choice(colours))
        spine += thick + 0.8
    frame = "#5A3550"
    board.line([(x + wide / 2, y), (x + wide / 2, y + high)], frame, 2.6)
    for part in (0.36, 0.7):
        board.line([(x, y + high * part), (x + wide, y + high * part)], frame, 2.6)
    board.rect(x - 10, y - 10, wide + 20, 8, "#E6A27C")


def _tower(board: Board) -> None:
    """Draw the gabled porch with its clock, name and open door."""
    left, right, floor = 400.0, 600.0, 158.0
    middle = (left + right) / 2
    eaves = floor + 232
    board.rect(left, floor, right - left, eaves - floor, "#C46E58")
    board.rect(left, floor, 16, eaves - floor, "#D98A68")
    board.rect(right - 16, floor, 16, eaves - floor, "#A9574A")
    board.polygon([(left - 20, eaves), (right + 20, eaves), (middle, eaves + 96)], "#E6A27C")
    board.polygon(
        [(left + 10, eaves + 6), (right - 10, eaves + 6), (middle, eaves + 78)], "#B5604F"
    )
    board.rect(left - 20, eaves - 8, right - left + 40, 12, "#E6A27C")
    board.disc(middle, eaves + 33, 20, "#E6A27C")
    board.disc(middle, eaves + 33, 16, "#FFF1D2")
    board.line([(middle, eaves + 33), (middle, eaves + 44)], NIGHT, 2.4)
    board.line([(middle, eaves + 33), (middle + 8, eaves + 30)], NIGHT, 2.4)
    board.line([(middle, eaves + 96), (middle, eaves + 134)], NIGHT, 2.4)
    board.curve(
        [
            (middle + 1, eaves + 133),
            (middle + 14, eaves + 138, middle + 20, eaves + 124, middle + 36, eaves + 130),
            (middle + 36, eaves + 112),
            (middle + 20, eaves + 106, middle + 14, eaves + 120, middle + 1, eaves + 115),
        ],
        "#FFD21F",
    )
    board.rounded(middle - 70, floor + 176, 140, 32, 5, colour="#5A3550")
    board.canvas.setFillColor(HexColor(LIT))
    board.canvas.setFillAlpha(1)
    board.canvas.setFont("Times-Bold", 22)
    board.canvas.drawCentredString(middle, floor + 185, "LIBRARY", charSpace=4)
    board.arch(middle - 52, floor, 104, 158, "#E6A27C")
    board.arch(middle - 42, floor, 84, 148, LIT)
    board.arch(middle - 36, floor, 72, 140, "#FFEBBB")
    # Inside: shelves to the back, and the two leaves of the door standing open.
    for level in (26, 50, 74):
        board.rect(middle - 20, floor + level, 40, 3, "#C98A4A")
        for n in range(7):
            tall = 13 + (n * 7 + level) % 5
            shade = ("#B5604F", "#4B5FA8", "#2F7F6A", "#D48A3C")[(n + level) % 4]
            board.rect(middle - 18 + n * 5.2, floor + level + 3, 4, tall, shade)
    for side in (-1, 1):
        inner, outer = middle + side * 24, middle + side * 42
        board.polygon(
            [(outer, floor), (inner, floor - 5), (inner, floor + 104), (outer, floor + 112)],
            "#5A3550",
        )
        board.disc(inner + side * 4, floor + 48, 2, LIT)
    board.line([(middle - 42, floor + 112), (middle + 42, floor + 112)], "#5A3550", 3)
    board.line([(middle, floor + 112), (middle, floor + 148)], "#5A3550", 3)


def _square(board: Board) -> None:
    """Draw steps, and the light that falls from the door over the pavement."""
    for n, colour in enumerate(("#E6A27C", "#C98468", "#A66A5E")):
        board.rect(418 - n * 24, 150 - n * 11, 164 + n * 48, 11, colour)
    board.polygon([(382, 128), (618, 128), (800, 0), (200, 0)], "#FFC56E", 0.3)
    board.polygon([(430, 128), (570, 128), (660, 0), (340, 0)], "#FFE1A0", 0.32)
    for n in range(5):
        y = 116 - n * n * 6.4 - n * 8
        board.line([(0, y), (board.width, y)], "#1E1E3E", 1.2, 0.35)
    for x in (250, 690):
        board.rounded(x, 128, 62, 9, 3, colour="#5A3550")
        for foot in (8, 48):
            board.rect(x + foot, 114, 6, 16, "#3E2747")
        board.rounded(x, 146, 62, 7, 3, colour="#5A3550")
    for x, wide in ((234, 88), (678, 88)):
        board.oval(x + wide / 2, 112, wide / 2, 5, "#1E1E3E", alpha=0.4)


def _tree(board: Board, x: float, y: float, scale: float) -> None:
    board.rect(x - 7 * scale, y - 44, 14 * scale, 120 * scale, "#2A2346")
    for dx, dy, radius, colour in (
        (0, 150, 62, "#2C4A5C"),
        (-38, 112, 46, "#28415A"),
        (40, 118, 48, "#2C4A5C"),
        (8, 178, 44, "#3A5F66"),
        (-14, 142, 34, "#3F6A69"),
        (30, 140, 26, "#4A7A6C"),
    ):
        board.disc(x + dx * scale, y + dy * scale - 30, radius * scale, colour)


def _lamp(board: Board, x: float, y: float, high: float) -> None:
    board.glow(x, y + high + 14, 92, "#FFD98A", 0.75)
    board.oval(x, y, 15, 4, "#1E1E3E", alpha=0.5)
    board.rect(x - 2.5, y, 5, high, "#1E1E3E")
    board.rect(x - 7, y, 14, 11, "#1E1E3E")
    board.polygon(
        [(x - 8, y + high), (x + 8, y + high), (x + 13, y + high + 28), (x - 13, y + high + 28)],
        LIT,
    )
    board.polygon([(x - 17, y + high + 28), (x + 17, y + high + 28), (x, y + high + 42)], "#1E1E3E")
    board.rect(x - 9, y + high - 4, 18, 4, "#1E1E3E")


def _people(board: Board) -> None:
    """Draw those who are coming, with long shadows away from the door."""
    crowd = (
        (372, 78, 1.0, "#2F7F6A", "#F0C6A0", 1),
        (408, 74, 0.66, "#FFD21F", "#F0C6A0", 1),
        (598, 86, 0.98, "#4B5FA8", "#8A5A44", -1),
        (652, 70, 1.04, "#B23A5B", "#D9A27C", -1),
        (300, 58, 1.1, "#7C4E86", "#6E4535", 1),
        (532, 98, 0.9, "#D48A3C", "#E8B894", -1),
    )
    for x, y, scale, coat, skin, way in crowd:
        lean = (x - 500) * 0.14
        board.polygon(
            [
                (x - 6, y),
                (x + 6, y),
                (x + lean + 9, y - 36 * scale),
                (x + lean - 7, y - 36 * scale),
            ],
            "#14142E",
            0.4,
        )
        _person(board, x, y, scale, coat=coat, skin=skin, way=way)


def _person(
    board: Board, x: float, y: float, scale: float, *, coat: str, skin: str, way: int
) -> None:
    """Draw somebody walking one way (1 to the right, -1 to the left), seen from behind."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * scale * way, y + dy * scale

    board.line([at(-3, 22), at(-8, 0)], "#22203F", 6.5 * scale)
    board.line([at(3, 22), at(8, 1)], "#22203F", 6.5 * scale)
    board.curve(
        [
            at(-12, 18),
            (*at(-14, 40), *at(-12, 54), *at(0, 56)),
            (*at(12, 54), *at(14, 40), *at(12, 18)),
        ],
        coat,
    )
    board.line([at(9, 48), at(15, 34), at(17, 26)], coat, 6 * scale)
    board.line([at(-9, 48), at(-14, 36), at(-11, 26)], coat, 6 * scale)
    board.disc(*at(17.5, 24), 2.7 * scale, skin)
    board.rect(*at(-2.6, 54), 5.2 * scale * way, 7 * scale, skin)
    board.disc(*at(0, 66), 8 * scale, skin)
    board.curve(
        [
            at(-8.6, 64),
            (*at(-10, 79), *at(10, 79), *at(8.8, 65)),
            (*at(8, 57), *at(-7, 55), *at(-8.6, 64)),
        ],
        "#2A1D2E",
    )


# The caller's portrait


def caller(width: float, height: float) -> bytes:
    """Draw somebody in a scarf with a friendly face before a plain ground: nobody real."""
    board = Board(width, height)
    board.shade(height, 0, ["#F7D9A8", "#F2B98A"], [0, 1])
    board.disc(width * 0.5, height * 0.55, 178, "#FBE7C6")
    middle = width / 2
    skin, shade, hair, coat = "#C98A64", "#B27350", "#33222E", "#1F5F6B"
    # Hair behind, shoulders, neck.
    board.oval(middle, 296, 94, 116, hair)
    board.curve(
        [
            (20, -4),
            (26, 110, 96, 142, middle - 34, 158),
            (middle + 34, 158),
            (width - 96, 142, width - 26, 110, width - 20, -4),
        ],
        coat,
    )
    board.curve(
        [
            (middle - 34, 210),
            (middle - 34, 140),
            (middle, 106, middle, 106, middle + 34, 140),
            (middle + 34, 210),
        ],
        shade,
    )
    # The face, the hair over the brow, the ears.
    board.curve(
        [
            (middle - 76, 300),
            (middle - 78, 216, middle - 40, 176, middle, 174),
            (middle + 40, 176, middle + 78, 216, middle + 76, 300),
            (middle + 74, 372, middle - 74, 372, middle - 76, 300),
        ],
        skin,
    )
    board.curve(
        [
            (middle - 86, 292),
            (middle - 96, 410, middle - 10, 424, middle + 20, 410),
            (middle + 96, 402, middle + 98, 330, middle + 84, 290),
            (middle + 76, 336, middle + 46, 350, middle + 22, 352),
            (middle - 30, 352, middle - 70, 340, middle - 86, 292),
        ],
        hair,
    )
    for side in (-1, 1):
        board.oval(middle + side * 76, 282, 14, 20, shade)
        board.disc(middle + side * 79, 258, 5.5, "#FFD21F")
    _face(board, middle, dark=hair)
    # The scarf and its end.
    board.curve(
        [
            (middle - 74, 152),
            (middle - 30, 108, middle + 30, 108, middle + 74, 152),
            (middle + 82, 126, middle + 70, 104, middle + 40, 92),
            (middle + 4, 80, middle - 46, 82, middle - 72, 108),
            (middle - 84, 124, middle - 82, 138, middle - 74, 152),
        ],
        "#FFD21F",
    )
    board.polygon(
        [(middle + 14, 104), (middle + 62, 112), (middle + 74, -4), (middle + 18, -4)], "#F2B705"
    )
    for n in range(3):
        y = 78 - n * 34
        board.line([(middle + 18, y), (middle + 66 + n * 3, y + 4)], "#1F5F6B", 6)
    board.line([(middle - 4, 82), (middle - 10, 0)], "#174A54", 3)
    for y in (60, 24):
        board.disc(middle - 26, y, 6, "#174A54")
    return board.finish()


def _face(board: Board, middle: float, *, dark: str) -> None:
    for side in (-1, 1):
        eye = middle + side * 32
        board.oval(eye, 284, 7, 8.5, dark)
        board.disc(eye + 2.4, 287.5, 2.3, "#FFFFFF")
        arc = [
            (eye + math.cos(a) * 20, 294 + math.sin(a) * 15)
            for a in (math.pi * n / 12 for n in range(2, 11))
        ]
        board.line(arc, dark, 5)
        board.disc(middle + side * 48, 250, 14, "#E08A6C", 0.5)
    board.line([(middle - 2, 280), (middle + 9, 254), (middle - 4, 249)], "#A5664A", 4.4)
    board.curve(
        [
            (middle - 33, 234),
            (middle - 24, 200, middle + 24, 200, middle + 33, 234),
            (middle + 12, 227, middle - 12, 227, middle - 33, 234),
        ],
        "#7E2F3A",
    )
    board.curve(
        [
            (middle - 26, 232),
            (middle - 16, 220, middle + 16, 220, middle + 26, 232),
            (middle + 10, 228, middle - 10, 228, middle - 26, 232),
        ],
        "#FFFFFF",
    )


if __name__ == "__main__":
    main()
