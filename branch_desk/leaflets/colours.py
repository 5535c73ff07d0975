"""Colours by role: how well they can be read on each other, and what ink they are in print."""

from __future__ import annotations

from dataclasses import dataclass

READABLE = 4.5
"""The contrast text needs (WCAG 2.2, 1.4.3)."""
WHITE = "#FFFFFF"
BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one leaflet as #RRGGBB, by what they are for."""

    accent: str
    deep: str
    tint: str
    ink: str
    paper: str
    signal: str
    white: str = WHITE

    def of(self, role: str) -> str:
        """Return the colour of a role by its name."""
        return str(getattr(self, role))


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a #RRGGBB colour, 0 to 255 each."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 black to 1 white (WCAG 2.2's definition)."""

    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2's definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return `share` of a colour in another."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def darkened(colour: str, against: str = WHITE, ratio: float = READABLE) -> str:
    """Return the colour where it reads on `against`, else the lightest darker one that does."""
    for step in range(100, -1, -1):
        darker = mixed(colour, BLACK, step / 100)
        if contrast(darker, against) >= ratio:
            return darker
    return BLACK


def palette(accent: str, *, ink: str, paper: str, signal: str, tint: float) -> Palette:
    """Return a leaflet's colours, the accent dark enough to carry white and stand on paper."""
    safe = darkened(darkened(accent.upper()), paper)
    return Palette(
        accent=safe,
        deep=mixed(safe, BLACK, 0.72),
        tint=mixed(safe, paper, tint),
        ink=ink,
        paper=paper,
        signal=signal,
    )
