"""Signs drawn as vectors, so that no font needs them: ticks, ways to reach somebody, QR codes."""

from __future__ import annotations

import math
from functools import lru_cache

import segno

from branch_desk.leaflets.drawing.marks import Mark, Rect, Shape, Stroke
from branch_desk.paper.forgetting import let_go
from branch_desk.store.errors import Invalid

QUIET = 4
"""Modules of white a QR code needs on each side (ISO/IEC 18004, 6.3.8)."""


def tick(x: float, middle: float, size: float, role: str) -> Stroke:
    """Return a tick as high as type of a size, its left edge at `x`."""
    high = size * 0.62
    points = (
        (x + high * 0.12, middle + high * 0.05),
        (x + high * 0.55, middle + high * 0.48),
        (x + high * 1.42, middle - high * 0.55),
    )
    return Stroke(points, role, size * 0.2)


def contact(kind: str, x: float, middle: float, size: float, role: str) -> tuple[Mark, ...]:
    """Return the sign of a way to reach somebody, white on a disc: phone, email or link."""
    radius = size / 2
    centre = x + radius
    disc = Shape(_circle(centre, middle, radius), role)
    draw = {"phone": _phone, "email": _envelope}.get(kind, _globe)
    return (disc, *draw(centre, middle, radius * 0.54))


def _phone(x: float, y: float, reach: float) -> tuple[Mark, ...]:
    case = Rect(x - reach * 0.6, y - reach, reach * 1.2, reach * 2)
    corners = (
        (case.x, case.y),
        (case.right, case.y),
        (case.right, case.bottom),
        (case.x, case.bottom),
    )
    thin = reach * 0.26
    dot = ((x - reach * 0.12, y + reach * 0.62), (x + reach * 0.12, y + reach * 0.62))
    return Stroke(corners, "white", thin, closed=True), Stroke(dot, "white", thin)


def _envelope(x: float, y: float, reach: float) -> tuple[Mark, ...]:
    wide, high = reach * 1.05, reach * 0.74
    corners = (
        (x - wide, y - high),
        (x + wide, y - high),
        (x + wide, y + high),
        (x - wide, y + high),
    )
    thin = reach * 0.24
    flap = ((x - wide, y - high), (x, y + high * 0.25), (x + wide, y - high))
    return Stroke(corners, "white", thin, closed=True), Stroke(flap, "white", thin)


def _globe(x: float, y: float, reach: float) -> tuple[Mark, ...]:
    thin = reach * 0.22
    ring = Stroke(_circle(x, y, reach), "white", thin, closed=True)
    tall = Stroke(_circle(x, y, reach, 0.45), "white", thin, closed=True)
    level = Stroke(((x - reach, y), (x + reach, y)), "white", thin)
    return ring, tall, level


def _circle(
    x: float, y: float, radius: float, squeeze: float = 1.0
) -> tuple[tuple[float, float], ...]:
    steps = (2 * math.pi * n / 48 for n in range(48))
    return tuple((x + math.cos(a) * radius * squeeze, y + math.sin(a) * radius) for a in steps)


@let_go
@lru_cache(maxsize=64)
def matrix(target: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR code at error level M, True for dark; raises `Invalid`."""
    try:
        code = segno.make_qr(target, error="m", boost_error=False)
    except ValueError as error:
        raise Invalid(
            f"The address is too long for a QR code: {len(target)} characters. Use a shorter one."
        ) from error
    return tuple(tuple(bool(cell) for cell in row) for row in code.matrix)


def modules(target: str) -> int:
    """Return how many modules a code has along a side, without its quiet zone."""
    return len(matrix(target))


@let_go
@lru_cache(maxsize=64)
def bars(target: str) -> tuple[tuple[int, int, int], ...]:
    """Return a code's dark modules as (column, row, length) of level bars."""
    found = []
    for row, cells in enumerate(matrix(target)):
        start = None
        for column, dark in enumerate((*cells, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                found.append((start, row, column - start))
                start = None
    return tuple(found)
