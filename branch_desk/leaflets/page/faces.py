"""The faces leaflets are set in, for text that is typed on the screen in the same face."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QFontDatabase

from branch_desk.resources import resource

# By the drawing's name for a face: its file, and the family and weight Qt finds in it.
FILES = {
    "Barlow-ExtraBold": ("BarlowCondensed_800ExtraBold", "Barlow Condensed", 800),
    "Atkinson-Bold": ("AtkinsonHyperlegibleNext_700Bold", "Atkinson Hyperlegible Next", 700),
    "Atkinson": ("AtkinsonHyperlegibleNext_400Regular", "Atkinson Hyperlegible Next", 400),
}


@cache
def family(face: str) -> tuple[str, int]:
    """Return the family and weight to ask Qt for; the face is loaded when first wanted."""
    name, found, weight = FILES.get(face, FILES["Atkinson"])
    QFontDatabase.addApplicationFont(str(resource("fonts", f"{name}.ttf")))
    return found, weight


def over(ground: str) -> QColor:
    """Return what can be read on a ground: nearly black or white."""
    return QColor("#FFFFFF" if QColor(ground).lightnessF() < 0.55 else "#1D1D1B")
