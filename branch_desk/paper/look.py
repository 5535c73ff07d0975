"""The grid and the type of our papers, ordinary and large print; all lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from branch_desk.paper.lines import Style

INK = "#1A1A1A"
QUIET = "#4D4D4D"
RULE = "#B8B8B8"
_READABLE = 4.5
_DEFAULT_ACCENT = "#1F6F54"


@dataclass(frozen=True, slots=True)
class Look:
    """One layout: the page, its margins, the measure of running text and every style by name."""

    large: bool
    accent: str
    tint: str
    left: float
    right: float
    top: float
    bottom: float
    measure: float
    unit: float
    styles: dict[str, Style]

    @property
    def width(self) -> float:
        """The width between the margins, which tables and figures may fill."""
        return float(A4[0]) - self.left - self.right

    @property
    def height(self) -> float:
        """The height between the margins."""
        return float(A4[1]) - self.top - self.bottom

    def __getitem__(self, name: str) -> Style:
        """Return a style by name."""
        return self.styles[name]


def _channels(colour: str) -> tuple[float, float, float]:
    value = colour.lstrip("#")
    return tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))  # type: ignore[return-value] # three


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, one)) * 255):02X}" for one in channels)


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB (WCAG 2.2)."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=64)
def readable(colour: str, on: str = "#FFFFFF", ratio: float = _READABLE) -> str:
    """Return a colour darkened until text in it can be read on a light ground."""
    try:
        channels = _channels(colour)
    except ValueError:
        channels = _channels(_DEFAULT_ACCENT)
    while contrast(_hex(channels), on) < ratio:
        channels = (channels[0] * 0.94, channels[1] * 0.94, channels[2] * 0.94)
    return _hex(channels)


@lru_cache(maxsize=64)
def tinted(colour: str, part: float = 0.09) -> str:
    """Return a pale tint of a colour for grounds."""
    return _hex(tuple(1 - part * (1 - one) for one in _channels(colour)))


def _ordinary(accent: str) -> dict[str, Style]:
    return {
        "body": Style("Inter", 10.5, 15, colour=INK),
        "serif": Style("Serif", 11.5, 15, colour=INK),
        "lead": Style("Inter", 13, 20, colour=INK),
        "small": Style("Inter", 9, 12.5, colour=INK),
        "quiet": Style("Inter", 9, 12.5, colour=QUIET),
        "h1": Style("Inter", 22, 27.5, bold=True, colour=accent),
        "h2": Style("Inter", 14, 20, bold=True, colour=accent),
        "h3": Style("Inter", 11.5, 15, bold=True, colour=INK),
        "cell": Style("Inter", 9.5, 13.5, colour=INK, tabular=False),
        "figure": Style("Inter", 9.5, 13.5, colour=INK, tabular=True, align="right"),
        "column": Style("Inter", 8.5, 12, bold=True, colour=accent),
        "caption": Style("Inter", 9, 12.5, colour=QUIET),
        "head": Style("Inter", 8.5, 12, colour=QUIET),
        "number": Style("Inter", 8, 15, colour=QUIET),
        "kicker": Style("Inter", 13, 20, colour=QUIET, face="Inter-SemiBold"),
        "cover": Style("Barlow", 54, 54, colour=accent, face="Barlow-ExtraBold"),
        "coverline": Style("Inter", 14, 22, colour=INK),
        "brand": Style("Inter", 12, 16, bold=True, colour=accent),
    }


def _large(accent: str) -> dict[str, Style]:
    body = Style("Atkinson", 18, 25, colour=INK)
    return {
        "body": body,
        "serif": body,
        "lead": Style("Atkinson", 20, 28, colour=INK),
        "small": body,
        "quiet": body,
        "h1": Style("Atkinson", 30, 36, bold=True, colour=accent),
        "h2": Style("Atkinson", 24, 30, bold=True, colour=accent),
        "h3": Style("Atkinson", 20, 27, bold=True, colour=INK),
        "cell": body,
        "figure": body,
        "column": Style("Atkinson", 18, 25, bold=True, colour=INK),
        "caption": body,
        "head": Style("Atkinson", 14, 18, colour=INK),
        "number": Style("Atkinson", 13, 25, colour=INK),
        "kicker": Style("Atkinson", 20, 28, bold=True, colour=INK),
        "cover": Style("Atkinson", 44, 50, bold=True, colour=accent),
        "coverline": Style("Atkinson", 20, 30, colour=INK),
        "brand": Style("Atkinson", 20, 26, bold=True, colour=accent),
    }


@lru_cache(maxsize=32)
def look(accent: str, *, large: bool = False) -> Look:
    """Return the layout in a branch's colour."""
    ink = readable(accent)
    if large:
        return Look(
            large=True,
            accent=ink,
            tint=tinted(ink),
            left=24 * mm,
            right=18 * mm,
            top=26 * mm,
            bottom=24 * mm,
            measure=168 * mm,
            unit=12.5,
            styles=_large(ink),
        )
    return Look(
        large=False,
        accent=ink,
        tint=tinted(ink),
        left=26 * mm,
        right=20 * mm,
        top=30 * mm,
        bottom=25 * mm,
        measure=134 * mm,
        unit=7.5,
        styles=_ordinary(ink),
    )
