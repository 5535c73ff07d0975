"""Colours as a press prints them: cyan, magenta, yellow and black instead of light.

A colour of the screen is matched to the inks of offset printing on coated paper by the Neugebauer
equations with a Yule-Nielsen factor, from the solid tones that ISO 12647-2 prescribes. That needs
no licensed profile and comes nearer than taking red for "no cyan", which turns greens blue.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TypeAlias

from branch_desk.leaflets.colours import channels

Inks: TypeAlias = tuple[float, float, float, float]
_Triple: TypeAlias = tuple[float, float, float]

_D50: _Triple = (0.9642, 1.0, 0.8249)
_YULE_NIELSEN = 1.9
# CIELAB of the solids, alone and over each other (ISO 12647-2:2004, paper type 1, black backing).
_SOLIDS: dict[tuple[int, int, int], _Triple] = {
    (0, 0, 0): (95.0, 0.0, -2.0),
    (1, 0, 0): (55.0, -37.0, -50.0),
    (0, 1, 0): (48.0, 74.0, -3.0),
    (0, 0, 1): (89.0, -5.0, 93.0),
    (0, 1, 1): (47.0, 68.0, 48.0),
    (1, 0, 1): (50.0, -68.0, 33.0),
    (1, 1, 0): (24.0, 22.0, -46.0),
    (1, 1, 1): (23.0, 0.0, 0.0),
}
_BLACK: _Triple = (16.0, 0.0, 0.0)
_NEUTRAL = 6


@lru_cache(maxsize=256)
def separated(colour: str) -> Inks:
    """Return cyan, magenta, yellow and black, 0 to 1, for a #RRGGBB colour.

    Greys are black ink alone, and the darkest are solid, so that small type stays sharp; everything
    else is two coloured inks at most and black.
    """
    red, green, blue = channels(colour)
    target = _lab(_from_screen(red, green, blue))
    if max(red, green, blue) <= 45:
        return 0.0, 0.0, 0.0, 1.0
    if max(red, green, blue) - min(red, green, blue) <= _NEUTRAL:
        return _nearest(target, (3,))
    return min((_nearest(target, free) for free in _PAIRS), key=lambda each: _far(each, target))


def _nearest(target: _Triple, free: tuple[int, ...]) -> Inks:
    """Return the inks nearest to a colour, only those of some numbers used, to half a per cent."""
    best = [0.0, 0.0, 0.0, 0.0]
    found = _far((0.0, 0.0, 0.0, 0.0), target)
    step = 0.5
    while step > 0.004:
        moved = False
        for number, way in itertools.product(free, (step, -step)):
            tried = best.copy()
            tried[number] = min(1.0, max(0.0, tried[number] + way))
            far = _far((tried[0], tried[1], tried[2], tried[3]), target)
            if far < found - 1e-9:
                best, found, moved = tried, far, True
        step = step if moved else step / 2
    cyan, magenta, yellow, black = (round(each, 2) for each in best)
    return cyan, magenta, yellow, black


def _far(inks: Inks, target: _Triple) -> float:
    """Return how far inks are from a colour (CIE 1976); each ink costs a little."""
    seen = printed(inks)
    squares = sum((a - b) ** 2 for a, b in zip(seen, target, strict=True))
    return float(squares**0.5) + 0.02 * sum(inks)


def printed(inks: Inks) -> _Triple:
    """Return the CIELAB colour, relative to the paper, of inks as parts of the area, 0 to 1."""
    shares = [
        (
            solid,
            (inks[0] if solid[0] else 1 - inks[0])
            * (inks[1] if solid[1] else 1 - inks[1])
            * (inks[2] if solid[2] else 1 - inks[2]),
        )
        for solid in _TONES
    ]
    black = inks[3]
    mixed = []
    for channel in range(3):
        colour = sum(share * _TONES[solid][channel] for solid, share in shares)
        under = colour * _ROOT_BLACK[channel]
        mixed.append((colour * (1 - black) + under * black) ** _YULE_NIELSEN)
    return _lab((mixed[0], mixed[1], mixed[2]))


def _from_screen(red: int, green: int, blue: int) -> _Triple:
    """Return the XYZ of an sRGB colour, adapted to D50 (the matrix of the sRGB ICC profile)."""
    r, g, b = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (red / 255, green / 255, blue / 255)
    )
    return (
        (0.43607 * r + 0.38515 * g + 0.14307 * b) / _D50[0],
        0.22249 * r + 0.71689 * g + 0.06061 * b,
        (0.01392 * r + 0.09708 * g + 0.71410 * b) / _D50[2],
    )


def _lab(parts: _Triple) -> _Triple:
    """Return CIELAB of an XYZ whose white is 1, 1, 1."""
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in parts
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _light(lab: _Triple) -> _Triple:
    """Return the XYZ of CIELAB, its white 1, 1, 1."""
    middle = (lab[0] + 16) / 116

    def part(value: float) -> float:
        return value**3 if value > 6 / 29 else (116 * value - 16) * 27 / 24389

    return part(middle + lab[1] / 500), part(middle), part(middle - lab[2] / 200)


def _rooted(lab: _Triple) -> _Triple:
    """Return a tone as the equations mix it: relative to the paper, under the Yule-Nielsen root."""
    paper = _light(_SOLIDS[0, 0, 0])
    x, y, z = (
        max(a / b, 1e-6) ** (1 / _YULE_NIELSEN) for a, b in zip(_light(lab), paper, strict=True)
    )
    return x, y, z


_TONES = {solid: _rooted(lab) for solid, lab in _SOLIDS.items()}
_ROOT_BLACK = _rooted(_BLACK)
_PAIRS = ((0, 1, 3), (1, 2, 3), (0, 2, 3))
