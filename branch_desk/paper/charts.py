"""Charts in the house style, as ReportLab drawings: vectors on paper, and the same on the screen.

Lines differ by dash and weight, bars by darkness and outline, and everything is labelled where it
stands, so that no chart needs its colours to be read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor

from branch_desk.paper import fonts, gate
from branch_desk.paper.look import INK, QUIET, RULE, readable, tinted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH = 465.0
_SIZE = 8.5
_LABEL = 9.0
_DASHES: tuple[tuple[float, ...] | None, ...] = (None, (5, 2.5), (1.2, 2.4), (8, 2, 1.5, 2))
_WEIGHTS = (2.2, 1.8, 1.8, 1.5)
_APART = 11.5
_WIDEST_NAME = 150.0
_LABEL_ROOM = 68.0


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart over time: what it counts and its values by date, in order."""

    name: str
    points: Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot's edges within the drawing, and the span of its values."""

    left: float
    bottom: float
    width: float
    height: float
    top_value: float

    def y(self, value: float) -> float:
        return self.bottom + self.height * value / self.top_value


def ticks(most: float, count: int = 4) -> list[float]:
    """Return round values from 0 to at least `most`, about `count` steps of 1, 2 or 5 times ten."""
    most = max(most, 1.0)
    rough = most / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(part * power for part in (1, 2, 5, 10) if part * power >= rough * 0.999)
    step = max(step, 1.0)
    return [step * index for index in range(math.ceil(most / step - 1e-9) + 1)]


def amount(value: float) -> str:
    """Return a number as it is printed: whole where it is whole, with thousands set off."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _write(
    group: Group,
    x: float,
    y: float,
    words: str,
    *,
    bold: bool = False,
    colour: str = INK,
    size: float = _SIZE,
    anchor: str = "start",
) -> None:
    """Add text with fallback faces; `anchor` is start, middle or end."""
    face = fonts.face("Inter", bold=bold)
    words = gate.line(words)
    long = fonts.width(words, face, size)
    x -= {"start": 0.0, "middle": long / 2, "end": long}[anchor]
    for one, piece in fonts.runs(words, face):
        group.add(String(x, y, piece, fontName=one, fontSize=size, fillColor=HexColor(colour)))
        x += fonts.width(piece, one, size)


def _blank(width: float, height: float) -> Drawing:
    return Drawing(width, height, initialFontName=fonts.face("Inter"))


def _grid(group: Group, frame: _Frame, values: Sequence[float]) -> None:
    for value in values:
        y = frame.y(value)
        colour = HexColor(INK if value == 0 else RULE)
        weight = 0.9 if value == 0 else 0.4
        group.add(
            Line(frame.left, y, frame.left + frame.width, y, strokeColor=colour, strokeWidth=weight)
        )
        _write(group, frame.left - 6, y - 3, amount(value), colour=QUIET, anchor="end")


def _spread(heights: Sequence[float], apart: float = _APART) -> list[float]:
    """Return heights moved apart as little as it takes for labels at them not to touch."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + apart)
    return placed


def _name_room(names: Sequence[str], width: float) -> float:
    face = fonts.face("Inter", bold=True)
    longest = max((fonts.width(gate.line(name), face, _LABEL) for name in names), default=0.0)
    return min(longest, _WIDEST_NAME, width * 0.38) + 12


def _fit(words: str, room: float, *, bold: bool = False, size: float = _LABEL) -> str:
    face = fonts.face("Inter", bold=bold)
    words = gate.line(words)
    if fonts.width(words, face, size) <= room:
        return words
    while words and fonts.width(words + "…", face, size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def line_over_time(
    series: Sequence[Series],
    *,
    accent: str = "#1F6F54",
    width: float = WIDTH,
    height: float = 200.0,
) -> Drawing:
    """Return a chart of values over time, up to four lines, each named at its end."""
    drawing = _blank(width, height)
    dates = [day for one in series for day, _ in one.points]
    if not dates:
        _write(drawing, 0, height / 2, "Nothing to show yet.", colour=QUIET, size=_LABEL)
        return drawing
    first, last = min(dates), max(dates)
    values = ticks(max(value for one in series for _, value in one.points))
    room = _name_room(
        [f"{one.name} {amount(one.points[-1][1])}" for one in series if one.points], width
    )
    frame = _Frame(34, 22, width - 34 - room, height - 36, values[-1])
    _grid(drawing, frame, values)
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return frame.left + frame.width * (day - first).days / days

    _dates(drawing, frame, first, last)
    colours = (readable(accent), INK, readable("#B4500F"), QUIET)
    ends = _spread([frame.y(one.points[-1][1]) if one.points else 0.0 for one in series])
    for index, one in enumerate(series):
        if not one.points:
            continue
        colour = colours[index % 4]
        path = [part for day, value in one.points for part in (x(day), frame.y(value))]
        drawing.add(
            PolyLine(
                path if len(path) > 2 else path * 2,
                strokeColor=HexColor(colour),
                strokeWidth=_WEIGHTS[index % 4],
                strokeDashArray=_DASHES[index % 4],
                strokeLineJoin=1,
            )
        )
        drawing.add(Circle(path[-2], path[-1], 2.6, fillColor=HexColor(colour), strokeColor=None))
        label = f"{one.name} {amount(one.points[-1][1])}"
        _write(
            drawing,
            frame.left + frame.width + 8,
            ends[index] - 3,
            _fit(label, room - 8, bold=True),
            bold=True,
            colour=colour,
            size=_LABEL,
        )
    return drawing


def _dates(drawing: Drawing, frame: _Frame, first: date, last: date) -> None:
    """Label the axis at both ends and where years, or in a short span quarters, begin."""
    days = max((last - first).days, 1)
    marks: list[tuple[float, str]] = [(0.0, f"{first:%b %Y}")]
    if last > first:
        marks.append((1.0, f"{last:%b %Y}"))
    months = (1,) if days > 800 else (1, 4, 7, 10)
    for year in range(first.year, last.year + 1):
        for month in months:
            day = first.replace(year=year, month=month, day=1)
            part = (day - first).days / days
            if _LABEL_ROOM < frame.width * part < frame.width - _LABEL_ROOM:
                marks.append((part, f"{day:%b %Y}"))
    for part, words in marks:
        at = frame.left + frame.width * part
        drawing.add(
            Line(at, frame.bottom, at, frame.bottom - 4, strokeColor=HexColor(INK), strokeWidth=0.6)
        )
        anchor = "start" if part == 0.0 else "end" if part == 1.0 else "middle"
        _write(drawing, at, frame.bottom - 14, words, colour=QUIET, anchor=anchor)


def stacked_bars(
    rows: Sequence[tuple[str, Sequence[float]]],
    names: Sequence[str],
    *,
    accent: str = "#1F6F54",
    width: float = WIDTH,
    height: float = 190.0,
) -> Drawing:
    """Return bars of parts stacked from the bottom, the parts named beside the last bar.

    `rows` are (label, a value for each name); up to four parts keep apart in black and white.
    """
    drawing = _blank(width, height)
    if not rows:
        _write(drawing, 0, height / 2, "Nothing to show yet.", colour=QUIET, size=_LABEL)
        return drawing
    values = ticks(max(sum(parts) for _, parts in rows))
    room = _name_room(names, width)
    frame = _Frame(34, 20, width - 34 - room - 8, height - 34, values[-1])
    _grid(drawing, frame, values)
    slot = frame.width / len(rows)
    bar = min(slot * 0.68, 44.0)
    every = max(1, math.ceil(30 / slot))
    for index, (label, parts) in enumerate(rows):
        left = frame.left + slot * index + (slot - bar) / 2
        _stack(drawing, frame, (left, bar), parts, accent)
        total = sum(parts)
        if total and slot >= 18:
            _total(drawing, left + bar / 2, frame.y(total), amount(total))
        if index % every == 0:
            short = _fit(label, slot * every + 6, size=_SIZE)
            _write(drawing, left + bar / 2, 7, short, colour=QUIET, anchor="middle")
    _legend(drawing, frame, names, accent, room)
    return drawing


def _fills(accent: str) -> tuple[tuple[str, str], ...]:
    """Return (fill, outline) of the parts of a bar, from dark to light."""
    dark = readable(accent, ratio=7.0)
    return ((dark, dark), (tinted(dark, 0.42), dark), ("#FFFFFF", dark), ("#8A8A8A", INK))


def _stack(
    drawing: Drawing,
    frame: _Frame,
    span: tuple[float, float],
    parts: Sequence[float],
    accent: str,
) -> None:
    left, bar = span
    below = 0.0
    for place, value in enumerate(parts):
        fill, outline = _fills(accent)[place % 4]
        if value > 0:
            base = frame.y(below)
            drawing.add(
                Rect(
                    left,
                    base,
                    bar,
                    frame.y(below + value) - base,
                    fillColor=HexColor(fill),
                    strokeColor=HexColor(outline),
                    strokeWidth=0.7,
                )
            )
        below += value


def _total(drawing: Drawing, middle: float, y: float, words: str) -> None:
    """Write a sum above its bar, clear of the grid."""
    half = fonts.width(words, fonts.face("Inter", bold=True), _SIZE) / 2 + 2
    ground = HexColor("#FFFFFF")
    drawing.add(Rect(middle - half, y + 1, 2 * half, 9, fillColor=ground, strokeColor=None))
    _write(drawing, middle, y + 3, words, bold=True, anchor="middle")


def _legend(
    drawing: Drawing, frame: _Frame, names: Sequence[str], accent: str, room: float
) -> None:
    """Name the parts at the right, the topmost first as they are stacked."""
    x = frame.left + frame.width + 6
    y = frame.bottom + frame.height - 8
    for place in reversed(range(len(names))):
        fill, outline = _fills(accent)[place % 4]
        drawing.add(
            Rect(
                x, y, 8, 8, fillColor=HexColor(fill), strokeColor=HexColor(outline), strokeWidth=0.7
            )
        )
        _write(drawing, x + 12, y + 0.8, _fit(names[place], room - 10), size=_LABEL)
        y -= 15


def horizontal_bars(
    rows: Sequence[tuple[str, float]],
    *,
    unit: str = "",
    accent: str = "#1F6F54",
    width: float = WIDTH,
) -> Drawing:
    """Return a bar for each row in the order given, labelled at the left, its value at its end."""
    row = 20.0
    height = max(row * len(rows), row)
    drawing = _blank(width, height)
    if not rows:
        _write(drawing, 0, height / 2, "Nothing to show yet.", colour=QUIET, size=_LABEL)
        return drawing
    face = fonts.face("Inter")
    labels = [gate.line(label) for label, _ in rows]
    label_room = min(max(fonts.width(one, face, _LABEL) for one in labels), width * 0.4)
    said = [f"{amount(value)} {unit}".strip() for _, value in rows]
    said_room = max(fonts.width(one, fonts.face("Inter", bold=True), _LABEL) for one in said) + 8
    left = label_room + 10
    most = max((value for _, value in rows), default=1.0) or 1.0
    colour = readable(accent)
    for index, (_, value) in enumerate(rows):
        y = height - row * (index + 1)
        long = max((width - left - said_room) * value / most, 0.8)
        drawing.add(Rect(left, y + 4, long, 12, fillColor=HexColor(colour), strokeColor=None))
        label = _fit(labels[index], label_room + 1)
        _write(drawing, label_room, y + 7, label, size=_LABEL, anchor="end")
        _write(drawing, left + long + 6, y + 7, said[index], bold=True, size=_LABEL)
    drawing.add(Line(left, 1, left, height - 1, strokeColor=HexColor(INK), strokeWidth=0.9))
    return drawing
