"""Typefaces: registered when first asked for, with a fallback for each character.

A face is named by family and cut ("Inter-Bold"). ReportLab prints a character its font lacks as a
blank with no word about it, so text is cut into runs first: each run in the first face of the chain
that has its characters. What no face has is replaced by the replacement character and can be asked
for with `missing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from threading import RLock
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from branch_desk.resources import resource

Family = Literal["Inter", "Serif", "Atkinson", "Barlow", "Noto", "Naskh"]

FILES = {
    "Inter": "Inter_400Regular",
    "Inter-Italic": "Inter_400Regular_Italic",
    "Inter-SemiBold": "Inter_600SemiBold",
    "Inter-Bold": "Inter_700Bold",
    "Inter-BoldItalic": "Inter_700Bold_Italic",
    "Serif": "SourceSerif4_400Regular",
    "Serif-Italic": "SourceSerif4_400Regular_Italic",
    "Serif-Bold": "SourceSerif4_700Bold",
    "Serif-BoldItalic": "SourceSerif4_700Bold_Italic",
    "Atkinson": "AtkinsonHyperlegibleNext_400Regular",
    "Atkinson-Italic": "AtkinsonHyperlegibleNext_400Regular_Italic",
    "Atkinson-Bold": "AtkinsonHyperlegibleNext_700Bold",
    "Atkinson-BoldItalic": "AtkinsonHyperlegibleNext_700Bold_Italic",
    "Atkinson-ExtraBold": "AtkinsonHyperlegibleNext_800ExtraBold",
    "Barlow-SemiBold": "BarlowCondensed_600SemiBold",
    "Barlow-Bold": "BarlowCondensed_700Bold",
    "Barlow-ExtraBold": "BarlowCondensed_800ExtraBold",
    "Noto": "NotoSans_400Regular",
    "Noto-Italic": "NotoSans_400Regular_Italic",
    "Noto-Bold": "NotoSans_700Bold",
    "Noto-BoldItalic": "NotoSans_700Bold_Italic",
    "Naskh": "NotoNaskhArabic_400Regular",
    "Naskh-Bold": "NotoNaskhArabic_700Bold",
}
"""Every face by our name for it, and the file that holds it."""

LOCK = RLock()
"""Held for what ReportLab cannot do in two threads: register and subset fonts, draw a drawing."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NO_GLYPH_NEEDED = frozenset("\n\u200b\u200c\u200d\u00ad")


@dataclass(frozen=True, slots=True)
class Metrics:
    """What laying out needs of a face: widths and heights in thousandths of the size."""

    name: str
    ascent: float
    descent: float
    cap_height: float
    widths: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """Return the width in points of text whose characters this face has."""
        widths = self.widths
        return sum([widths[character] for character in text]) * size * 0.001


def face(family: Family, *, bold: bool = False, italic: bool = False) -> str:
    """Return the name of the closest face a family has, ready for `Canvas.setFont`."""
    bold_cut = "Bold" if bold or family == "Barlow" else ""
    for cut in (bold_cut + ("Italic" if italic else ""), bold_cut, ""):
        name = f"{family}-{cut}" if cut else family
        if name in FILES:
            metrics(name)
            return name
    raise KeyError(family)


def _registered(name: str) -> Any:  # noqa: ANN401 - ReportLab ships no types
    """Return ReportLab's font of a face; two threads must never get two of one name."""
    with LOCK:
        if name not in pdfmetrics.getRegisteredFontNames():
            path = resource("fonts", FILES[name] + ".ttf")
            pdfmetrics.registerFont(TTFont(name, str(path), shapable=False))
        return pdfmetrics.getFont(name)


@cache
def metrics(name: str) -> Metrics:
    """Register a face with ReportLab, once, and return its measures."""
    shape = _registered(name).face
    default = float(shape.defaultWidth)
    widths = {chr(code): float(shape.charWidths.get(code, default)) for code in shape.charToGlyph}
    widths["\N{NO-BREAK SPACE}"] = widths[" "]
    return Metrics(name, float(shape.ascent), float(shape.descent), float(shape.capHeight), widths)


@cache
def chain(name: str) -> tuple[str, ...]:
    """Return the faces tried for a character, the asked-for one first, of like weight and slant."""
    cut = name.partition("-")[2]
    bold = "Bold" in cut
    italic = "Italic" in cut
    faces = [
        name,
        face("Inter", bold=bold, italic=italic),
        face("Noto", bold=bold, italic=italic),
        face("Naskh", bold=bold),
    ]
    return tuple(dict.fromkeys(faces))


@lru_cache(maxsize=16_384)
def face_for(character: str, name: str) -> str | None:
    """Return the first face of the chain that has a character, or None."""
    return next((one for one in chain(name) if character in metrics(one).widths), None)


@lru_cache(maxsize=65_536)
def runs(text: str, name: str) -> tuple[tuple[str, str], ...]:
    """Cut text into (face, piece) pairs so that each piece's face has all its characters."""
    own = metrics(name).widths
    if all(character in own for character in text):
        return ((name, text),) if text else ()
    pieces: list[tuple[str, str]] = []
    for character in text:
        if character in _NO_GLYPH_NEEDED:
            continue
        one = face_for(character, name)
        shown = character if one else REPLACEMENT
        one = one or face_for(REPLACEMENT, name) or name
        if pieces and pieces[-1][0] == one:
            pieces[-1] = (one, pieces[-1][1] + shown)
        else:
            pieces.append((one, shown))
    return tuple(pieces)


@lru_cache(maxsize=65_536)
def width(text: str, name: str, size: float) -> float:
    """Return the width in points of text set in a face with its fallbacks."""
    return sum(metrics(one).width(piece, size) for one, piece in runs(text, name))


def missing(text: str, name: str = "Inter") -> list[str]:
    """Return the characters that no face of the chain has, each once, in the order met."""
    found = (
        c for c in text if c not in _NO_GLYPH_NEEDED and c >= " " and face_for(c, name) is None
    )
    return list(dict.fromkeys(found))
