"""Where each box of a laid-out leaflet stands, for a page that edits on the picture.

The boxes are those `fit` made: nothing is laid out a second time. What is empty can be given room
for as long as the rest keeps its size, so that there is a place to begin to type.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from branch_desk.leaflets.drawing.fit import fit
from branch_desk.leaflets.drawing.marks import Block, Line, Photo, Rect
from branch_desk.leaflets.drawing.type import FACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branch_desk.leaflets.drawing.boxes import Filling
    from branch_desk.leaflets.drawing.marks import Laid
    from branch_desk.leaflets.layouts import Layout

PICTURE = "picture"
IMPRINT = "imprint"
_WHOLE = ("H1", "P", "L", "Figure")
_LEAST = 9.0
"""Points of the least height of a box, so that it can be clicked."""


@dataclass(frozen=True, slots=True)
class Type:
    """How the text of a box is set: face and size in points, alignment, and two colours' roles."""

    face: str
    size: float
    leading: float = 1.3
    align: str = "left"
    upper: bool = False
    role: str = "ink"
    ground: str = "paper"
    follows: tuple[str, float] | None = None
    """Face and size of the lines after the first, where they are set in another."""


@dataclass(frozen=True, slots=True)
class Place:
    """One box that can be edited: its field, or "picture" or "imprint", in points from the trim.

    `empty` boxes only keep room for what belongs there and print as nothing.
    """

    key: str
    box: Rect
    type: Type
    empty: bool = False


def with_room(filling: Filling) -> tuple[Filling, frozenset[str]]:
    """Return a filling whose empty boxes have room, and which they are.

    All of them where no type has to shrink for it; else those the leaflet cannot do without; else
    none. A portrait that is not there yet is given its room too.
    """
    layout = filling.layout
    # The address in words stands under a code whether anybody wrote it or not.
    derived = {box.fields[1] for box in layout.boxes() if box.kind == "qr" and box.field}
    empty = [
        each for each in layout.fields if not filling.text(each.name) and each.name not in derived
    ]
    pictured = filling.has_picture or any(box.kind == "portrait" for box in layout.boxes())
    for wanted in (empty, [each for each in empty if each.required]):
        roomy = replace(
            filling,
            texts={**filling.texts, **{each.name: each.sample or each.label for each in wanted}},
            imprint=filling.imprint or "Printed by, promoted by, on behalf of",
            has_picture=pictured,
        )
        laid = fit(roomy)
        if not laid.overflow and laid.shrink == 1:
            names = {each.name for each in wanted}
            return roomy, frozenset(names | (set() if filling.imprint else {IMPRINT}))
    return filling, frozenset()


def without(laid: Laid, empty: frozenset[str], *, picture: bool) -> Laid:
    """Return a leaflet laid out with nothing drawn in the boxes that are empty."""
    gone = empty if picture else empty | {PICTURE}
    return replace(laid, blocks=tuple(_blanked(block, gone) for block in laid.blocks))


def places(filling: Filling, laid: Laid, empty: frozenset[str]) -> tuple[Place, ...]:
    """Return the boxes that can be edited, as they are drawn: from the top, column by column."""
    looks = _looks(filling.layout)
    found: dict[str, Place] = {}
    for block in laid.blocks:
        for each in _editable(block, empty):
            if each.field in found or each.field not in looks:
                continue
            box = replace(each.box, height=max(each.box.height, _LEAST))
            found[each.field] = Place(
                each.field, box, _set(looks[each.field], each), each.field in empty
            )
    return tuple(found.values())


def _editable(block: Block, empty: frozenset[str]) -> Iterator[Block]:
    """Yield the boxes inside a block; a code that is empty is one box, its panel and all."""
    if block.field == PICTURE or (block.tag in _WHOLE and block.field):
        yield block
        return
    if block.field in empty and _has_code(block):
        yield block
        return
    for part in block.parts:
        yield from _editable(part, empty)


def _has_code(block: Block) -> bool:
    return any(part.tag == "Figure" and part.field == block.field for part in block.parts)


def _blanked(block: Block, gone: frozenset[str]) -> Block:
    if block.field in gone and (block.tag in _WHOLE or _has_code(block)):
        kept = tuple(mark for mark in block.marks if not isinstance(mark, Line | Photo))
        tag_panel = block.tag == "P" and len(kept) != len(block.marks)
        return replace(block, tag="", marks=() if tag_panel else kept, parts=())
    return replace(block, parts=tuple(_blanked(part, gone) for part in block.parts))


def _set(type_: Type, block: Block) -> Type:
    """Return a type at the size its first line, and the one after it, is set in."""
    lines = [mark for inner in block.every() for mark in inner.marks if isinstance(mark, Line)]
    if not lines:
        return type_
    other = next((line for line in lines if line.face != lines[0].face), None)
    follows = (other.face, other.size) if other else None
    return replace(type_, face=lines[0].face, size=lines[0].size, follows=follows)


def _looks(layout: Layout) -> dict[str, Type]:
    """Return by field how its text is set, before any size gave way."""
    found: dict[str, Type] = {}
    for band in layout.bands:
        for box in (box for column in band.columns for box in column.boxes):
            ground = box.fill if box.kind in {"tag", "qr"} else band.fill
            keys = {"picture": (PICTURE,), "portrait": (PICTURE,), "imprint": (IMPRINT,)}
            for number, key in enumerate(keys.get(box.kind, box.shows)):
                second = box.kind == "qr" and number != 1
                style = layout.type.get((box.second if second else "") or box.style)
                if style is None:
                    found[key] = Type(FACES["regular"], 11, ground=ground)
                    continue
                found[key] = Type(
                    FACES[style.face],
                    style.size,
                    leading=style.leading,
                    align=style.align,
                    upper=style.upper,
                    role=box.colour,
                    ground=ground,
                )
    return found
