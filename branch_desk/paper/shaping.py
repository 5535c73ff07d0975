"""Arabic script: letters joined by HarfBuzz, words set from right to left.

Only what display text needs of the Unicode Bidirectional Algorithm (UAX 9) is here: in a line, a
stretch of right-to-left words, with what is neutral between them, runs the other way; a line
without any left-to-right word begins at the right. Joined glyphs get private code points, and each
word carries its text as /ActualText, so that it can be searched and read out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics

from branch_desk.paper import fonts
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d"
_PIECES = re.compile(f"[{_SCRIPT}]+|[^{_SCRIPT}]+")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_PRIVATE = 0xE000
_PRIVATE_END = 0xF8FF


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph to draw, by private character; distances in thousandths of the size."""

    character: str
    advance: float
    right: float
    up: float


def is_arabic(text: str) -> bool:
    """Tell whether text has a letter of the Arabic script."""
    return not text.isascii() and _ARABIC.search(text) is not None


def pieces(text: str) -> list[str]:
    """Cut text into stretches in and out of the Arabic script."""
    return [text] if not is_arabic(text) else _PIECES.findall(text)


def face(name: str) -> str:
    """Return the Arabic face that goes with another."""
    return fonts.face("Naskh", bold="Bold" in name)


@cache
def _font(name: str) -> Any:  # noqa: ANN401 - uharfbuzz ships no types
    blob = uharfbuzz.Blob.from_file_path(str(resource("fonts", fonts.FILES[name] + ".ttf")))
    return uharfbuzz.Font(uharfbuzz.Face(blob))


@lru_cache(maxsize=4_096)
def shaped(text: str, name: str) -> tuple[Glyph, ...]:
    """Return the glyphs of one word from left to right as drawn, in an Arabic face."""
    fonts.metrics(name)
    font = _font(name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    scale = 1000 / font.face.upem
    own: Any = pdfmetrics.getFont(name).face
    glyphs: list[Glyph] = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        code = _PRIVATE + info.codepoint
        if info.codepoint == 0 or code > _PRIVATE_END:
            continue
        nominal = font.get_glyph_h_advance(info.codepoint) * scale
        own.charToGlyph[code] = info.codepoint
        own.charWidths[code] = nominal
        glyphs.append(
            Glyph(
                chr(code), place.x_advance * scale, place.x_offset * scale, place.y_offset * scale
            )
        )
    return tuple(glyphs)


def width(text: str, name: str, size: float) -> float:
    """Return the width of one joined word in points."""
    return sum(glyph.advance for glyph in shaped(text, name)) * size * 0.001


def visual_order(texts: Sequence[str]) -> tuple[list[int], bool]:
    """Return the order of a line's pieces from left to right, and whether it begins right."""
    kinds = [_kind(text) for text in texts]
    if "R" not in kinds:
        return list(range(len(kinds))), False
    if "L" not in kinds:
        return list(reversed(range(len(kinds)))), True
    order: list[int] = []
    at = 0
    while at < len(kinds):
        end = _stretch(kinds, at)
        order += reversed(range(at, end)) if kinds[at] == "R" else range(at, end)
        at = end
    return order, False


def _kind(text: str) -> str:
    if is_arabic(text):
        return "R"
    return "L" if any(character.isalpha() for character in text) else "N"


def _stretch(kinds: Sequence[str], at: int) -> int:
    """Return the end of a stretch that begins at `at`: up to the last R before the next L."""
    if kinds[at] != "R":
        return at + 1
    end = at + 1
    for index in range(at + 1, len(kinds)):
        if kinds[index] == "L":
            break
        if kinds[index] == "R":
            end = index + 1
    return end
