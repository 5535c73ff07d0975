"""Fitting a leaflet's content into its layout.

Text keeps its size and the picture its height as long as both fit; then the picture gives way, down
to its least; then the type shrinks, down to its floor; what is still too long is said, not hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from branch_desk.leaflets.drawing import boxes
from branch_desk.leaflets.drawing.marks import (
    BLEED,
    MM,
    Block,
    Code,
    Laid,
    Line,
    Mark,
    Photo,
    Rect,
    Shape,
    Stroke,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.leaflets.drawing.boxes import Filling
    from branch_desk.leaflets.layouts import Band, Bare, Column

_STEPS = 24
"""Steps of type from its wished size to its floor: under half a point each."""
_CLEAR = 2.5 * MM
"""What stays free under a label that stands over a headline."""


@dataclass(frozen=True, slots=True)
class Stacked:
    """A column's blocks as if it began at the band's top, and how deep they go.

    `risen` stand over the band's edge, wherever the others are moved.
    """

    blocks: tuple[Block, ...]
    risen: tuple[Block, ...]
    height: float
    align: str


@dataclass(frozen=True, slots=True)
class Row:
    """A band that is shown, its columns laid out, and the room over and under them in points."""

    band: Band
    stacks: tuple[Stacked, ...]
    above: float
    below: float

    @property
    def content(self) -> float:
        """The height its boxes and the room around them ask for."""
        least = self.band.height * MM
        if not self.stacks:
            return least
        inner = max(stack.height for stack in self.stacks)
        return max(least, self.above + inner + self.below)


def fit(filling: Filling) -> Laid:
    """Lay a leaflet out; where it overflows, `cut` and `words` of the answer say what must go."""
    eased = _eased(filling)
    over = _needed(eased) - filling.layout.page.height * MM
    if over <= 0.01:
        return _placed(eased)
    shorter, field, words = _shortened(eased)
    return replace(_placed(shorter), overflow=over, cut=field, words=words)


def _eased(filling: Filling) -> Filling:
    """Return a filling that has given way as little as it takes to fit, if it can."""
    if _fits(filling):
        return _with_spare(filling)
    least = replace(filling, swell=0.0)
    if _fits(least):
        return _largest(lambda part: replace(filling, swell=part), 32)
    return _largest(lambda part: replace(least, ease=part), _STEPS)


def _with_spare(filling: Filling) -> Filling:
    """Return a filling with as many more write-in lines as there is room for."""
    spare = 0
    wanted = max((box.most - box.count for box in filling.layout.boxes()), default=0)
    while spare < wanted and _fits(replace(filling, spare=spare + 1)):
        spare += 1
    return replace(filling, spare=spare)


def _largest(made: Callable[[float], Filling], steps: int) -> Filling:
    """Return the filling made from the largest part of 1 that fits; from 0 if none does."""
    low, high = 0, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(made(middle / steps)) else (low, middle)
    return made(low / steps)


def _shortened(filling: Filling) -> tuple[Filling, str, int]:
    """Return a filling with its longest texts cut to fit, the first one cut and by how many words.

    A layout with no text at all fits its page, so that this comes to an end.
    """
    longest = sorted(filling.layout.fields, key=lambda each: -len(filling.text(each.name)))
    field, words = "", 0
    for each in longest:
        filling, cut = _cut(filling, each.name)
        if not field:
            field, words = each.name, cut
        if _fits(filling):
            break
    return filling, field, words


def _cut(filling: Filling, field: str) -> tuple[Filling, int]:
    """Return a filling with one text cut to the longest that fits, and how many words went."""
    text = filling.text(field)
    pieces = re.findall(r"\s*\S{1,12}", text)

    def keep(count: int) -> Filling:
        kept = "".join(pieces[:count]).rstrip(" ,.;:-\n")
        return replace(filling, texts={**filling.texts, field: f"{kept}…"})

    low, high = 0, len(pieces)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(keep(middle)) else (low, middle)
    left = len("".join(pieces[:low]).split())
    return keep(low), max(1, len(text.split()) - left)


def _fits(filling: Filling) -> bool:
    return _needed(filling) <= filling.layout.page.height * MM + 0.01


def _needed(filling: Filling) -> float:
    """Return the least height of all bands together."""
    return sum(_least(row, filling) for row in _rows(filling))


def _rows(filling: Filling) -> list[Row]:
    """Lay out the bands that show anything, from the top.

    What stands beside a band that is empty now stands at the page's edge, or under another slant:
    the room over and under its boxes is reckoned from what is there, so that no text comes into the
    frame that a home printer leaves white, nor near the print shop's cut.
    """
    bands = filling.layout.bands
    shown: list[tuple[Band, list[Stacked]]] = []
    for band in bands:
        stacks = _stacks(band, filling, first=not shown)
        if band.slack or band.height or any(stack.height > 0 for stack in stacks):
            shown.append((band, stacks))
    rows = []
    for index, (band, stacks) in enumerate(shown):
        under = shown[index + 1][0] if index + 1 < len(shown) else None
        above, below = _clear(band, under, filling, first=index == 0)
        rows.append(Row(band, tuple(stacks), above * MM, below * MM))
    return rows


def _clear(band: Band, under: Band | None, filling: Filling, *, first: bool) -> tuple[float, float]:
    """Return the mm over and under a band's boxes, with `under` beneath it or the page's end."""
    page, bands = filling.layout.page, filling.layout.bands
    above, below = band.above, band.below
    if first:
        above = max(above, page.frame) if band is bands[0] else above + page.frame
    if under:
        below += abs(under.slant) + under.stripe_height
    elif band is bands[-1]:
        below = max(below, page.frame)
    else:
        # Text stands between the middle of the colour cut at home and of the colour cut by a shop.
        above += page.frame / 2 if band.fill != page.fill else 0.0
        below += page.frame
    return above, below


def _least(row: Row, filling: Filling) -> float:
    if not row.band.slack:
        return row.content
    bounds = _bounds(row.band, filling)
    given = bounds.least + (bounds.preferred - bounds.least) * filling.swell
    return max(row.content, given * MM)


def _bounds(band: Band, filling: Filling) -> Band | Bare:
    """Return how high a slack band may be, with or without a picture."""
    return band.bare if band.bare and not filling.has_picture else band


def _stacks(band: Band, filling: Filling, *, first: bool) -> list[Stacked]:
    """Lay the columns of a band out; one whose boxes are all empty leaves its room to the other."""
    found = [_stack(band, each, each.span, filling, first=first) for each in band.columns]
    for index, column in enumerate(band.columns):
        others = found[:index] + found[index + 1 :]
        if column.alone and not any(each.blocks or each.risen for each in others):
            found[index] = _stack(band, column, column.alone, filling, first=first)
    return found


def _stack(
    band: Band, column: Column, span: tuple[int, ...], filling: Filling, *, first: bool
) -> Stacked:
    x, width = filling.layout.page.span(span[0], span[1]) if span else (column.x, column.width)
    blocks: list[Block] = []
    risen: list[Block] = []
    y = 0.0
    for box in column.boxes:
        if box.kind == "picture":
            continue
        gap = box.gap * MM if blocks else 0.0
        laid = boxes.lay(box, filling, x * MM, y + gap, width * MM)
        if laid is None:
            continue
        if box.rise and not first and laid.box.height <= (box.rise + band.above) * MM - _CLEAR:
            risen.append(_moved(laid, -laid.box.y - box.rise * MM))
            continue
        blocks.append(laid)
        # One that is too high to rise over the edge stands in line with the others.
        y = laid.box.bottom + (_CLEAR if box.rise else 0.0)
    return Stacked(tuple(blocks), tuple(risen), y, column.align)


def _placed(filling: Filling) -> Laid:
    """Lay every band in its place; height that is left goes to the slack, then between bands."""
    page = filling.layout.page
    width, height = page.width * MM, page.height * MM
    blocks = [Block("", Rect(0, 0, width, height), "", (_ground(page.fill, width, 0, height),))]
    y = 0.0
    photo: Rect | None = None
    rows = _rows(filling)
    heights = _heights(rows, filling, height)
    for index, (row, high) in enumerate(zip(rows, heights, strict=True)):
        blocks += _band(row, filling, Rect(0, y, width, high), last=index == len(rows) - 1)
        y += high
    for block in blocks:
        for inner in block.every():
            photo = next((m.box for m in inner.marks if isinstance(m, Photo)), photo)
    return Laid(width, height, tuple(blocks), photo, filling.ease)


def _heights(rows: list[Row], filling: Filling, page: float) -> list[float]:
    """Return the height of each band; together they are the page."""
    heights = [_least(row, filling) for row in rows]
    left = page - sum(heights)
    slack = next(index for index, row in enumerate(rows) if row.band.slack)
    most = _bounds(rows[slack].band, filling).most
    grown = min(left, max(0.0, most * MM - heights[slack]))
    heights[slack] += grown
    left -= grown
    shares = [row.band.air for row in rows]
    whole = sum(shares) or 1.0
    heights = [
        high + max(0.0, left) * share / whole for high, share in zip(heights, shares, strict=True)
    ]
    heights[slack] += page - sum(heights)
    return heights


def _band(row: Row, filling: Filling, own: Rect, *, last: bool) -> list[Block]:
    """Return a band's ground, its picture and its boxes, in the order they are drawn."""
    blocks = []
    ground = _grounds(row.band, own, last=last)
    if ground:
        blocks.append(Block("", own, "", ground))
    for column in row.band.columns:
        for box in column.boxes:
            if box.kind == "picture":
                x, width = column.x * MM, column.width * MM
                picture = boxes.lay(box, filling, x, own.y, width)
                blocks += _full(picture, own) if picture else _pattern(own, last=last)
    for stack in row.stacks:
        room = max(0.0, own.height - row.above - row.below - stack.height)
        share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[stack.align]
        # What height a band was given beyond its need stands half over and half under its boxes.
        extra = max(0.0, own.height - row.content) / 2
        spare = room * share if share else min(room, extra)
        blocks += [_moved(block, own.y) for block in stack.risen]
        blocks += [_moved(block, own.y + row.above + spare) for block in stack.blocks]
    return blocks


def _full(picture: Block, own: Rect) -> list[Block]:
    box = Rect(picture.box.x, own.y, picture.box.width, own.height)
    return [replace(picture, box=box, marks=(Photo(box),))]


def _grounds(band: Band, own: Rect, *, last: bool) -> tuple[Shape, ...]:
    """Return a band's fill with its slanted top and the stripe along it, out into the bleed."""
    slant = band.slant * MM
    left, right = -BLEED, own.width + BLEED

    def edge(x: float) -> float:
        """Return the height of the slanted top edge at a place across the page."""
        return own.y - slant * x / own.width if slant >= 0 else own.y + slant * (1 - x / own.width)

    bottom = own.bottom + (BLEED if last else 0.0)
    top = -BLEED if own.y <= 0 else None
    corners = (
        (left, edge(left) if top is None else top),
        (right, edge(right) if top is None else top),
        (right, bottom),
        (left, bottom),
    )
    shapes = [Shape(corners, band.fill)]
    if band.stripe_height and top is None:
        thick = band.stripe_height * MM
        stripe = (
            (left, edge(left) - thick),
            (right, edge(right) - thick),
            (right, edge(right)),
            (left, edge(left)),
        )
        shapes.append(Shape(stripe, band.stripe))
    return tuple(shapes)


def _pattern(own: Rect, *, last: bool) -> list[Block]:
    """Return slanted beams that fill the place of a picture, and are clicked as one."""
    shapes = []
    top = own.y - (BLEED if own.y <= 0 else 0.0)
    bottom = own.bottom + (BLEED if last else 0.0)
    beam = own.width / 5
    rise = own.height * 0.42
    for n in range(-2, 7, 2):
        x = n * beam
        shapes.append(
            Shape(
                (
                    (x, bottom),
                    (x + beam, bottom),
                    (x + beam + rise, top),
                    (x + rise, top),
                ),
                "accent",
            )
        )
    return [Block("", own, "picture", tuple(shapes))]


def _ground(role: str, width: float, top: float, bottom: float) -> Shape:
    left, right = -BLEED, width + BLEED
    top, bottom = top - BLEED, bottom + BLEED
    return Shape(((left, top), (right, top), (right, bottom), (left, bottom)), role)


def _moved(block: Block, down: float) -> Block:
    """Return a block and all its parts further down the page."""
    return replace(
        block,
        box=_lower(block.box, down),
        marks=tuple(_mark_moved(mark, down) for mark in block.marks),
        parts=tuple(_moved(part, down) for part in block.parts),
    )


def _lower(box: Rect, down: float) -> Rect:
    return replace(box, y=box.y + down)


def _mark_moved(mark: Mark, down: float) -> Mark:
    match mark:
        case Line():
            return replace(mark, y=mark.y + down)
        case Shape() | Stroke():
            return replace(mark, points=tuple((x, y + down) for x, y in mark.points))
        case Photo() | Code():
            return replace(mark, box=_lower(mark.box, down))
