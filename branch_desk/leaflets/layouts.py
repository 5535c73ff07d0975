"""Layouts of leaflets as data, read from `resources/layouts`; README.md there says what one holds.

A page is a stack of bands, a band holds columns, a column a stack of boxes. All measures are in mm
from the trim; type is in points. Nothing here knows any one layout.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from dataclasses import field as item
from functools import lru_cache
from typing import TYPE_CHECKING

from branch_desk.leaflets import reading
from branch_desk.leaflets.reading import by, choice, flag, number, several, whole
from branch_desk.resources import resource
from branch_desk.store.errors import Invalid, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROLES = ("accent", "deep", "tint", "ink", "paper", "signal", "white")
"""What a colour is for; the branch's accent gives the first three."""
_ROLE = choice(*ROLES)
_GAP = number(0, 60)


@dataclass(frozen=True, slots=True)
class Page:
    """The trimmed page; `frame` is left white at its edge where a home printer cannot reach it."""

    width: float = item(metadata=by(number(50, 420)))
    height: float = item(metadata=by(number(50, 600)))
    margin: float = item(metadata=by(number(5, 30)))
    columns: int = item(metadata=by(whole(1, 24)), default=12)
    gutter: float = item(metadata=by(number(0, 20)), default=4.0)
    frame: float = item(metadata=by(number(0, 15)), default=5.0)
    fill: str = item(metadata=by(_ROLE), default="paper")

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Return left edge and width of grid columns, counted from 1, both ends included."""
        inner = self.width - 2 * self.margin
        one = (inner - (self.columns - 1) * self.gutter) / self.columns
        pitch = one + self.gutter
        return self.margin + (first - 1) * pitch, (last - first) * pitch + one


@dataclass(frozen=True, slots=True)
class Colours:
    """The fixed colours, and how much of the accent is in the tint."""

    ink: str = item(metadata=by(reading.colour), default="#1D1D1B")
    paper: str = item(metadata=by(reading.colour), default="#FFFFFF")
    signal: str = item(metadata=by(reading.colour), default="#FFD21F")
    tint: float = item(metadata=by(number(0, 0.5)), default=0.12)


@dataclass(frozen=True, slots=True)
class Style:
    """A size of the type scale: set at `size`, never under `floor`, in points.

    With `lines` the size is the largest that needs no more lines; fewer are taken where they can be
    had at `comfortable` or more. `bare` is the size where the leaflet has no picture.
    """

    face: str = item(metadata=by(choice("display", "bold", "regular")))
    size: float = item(metadata=by(number(5, 120)))
    floor: float = item(metadata=by(number(5, 120)))
    leading: float = item(metadata=by(number(0.8, 2)), default=1.3)
    lines: int = item(metadata=by(whole(0, 8)), default=0)
    comfortable: float = item(metadata=by(number(0, 120)), default=0.0)
    bare: float = item(metadata=by(number(0, 160)), default=0.0)
    align: str = item(metadata=by(choice("left", "centre", "right")), default="left")
    upper: bool = item(metadata=by(flag), default=False)


@dataclass(frozen=True, slots=True)
class Field:
    """Something the person who makes the leaflet fills in."""

    name: str = item(metadata=by(reading.name))
    label: str = item(metadata=by(reading.words))
    kind: str = item(
        metadata=by(choice("line", "text", "points", "link", "phone", "email")), default="line"
    )
    required: bool = item(metadata=by(flag), default=False)
    words: int = item(metadata=by(whole(0, 500)), default=0)
    sample: str = item(metadata=by(reading.words), default="")
    hint: str = item(metadata=by(reading.words), default="")
    usual: str = item(metadata=by(reading.words), default="")


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a generic kind, the fields it shows, and its style and measures.

    `gap` is the space to what stands above it; `rise` lifts it over its band's top edge.
    """

    kind: str = item(
        metadata=by(
            choice(
                "picture",
                "headline",
                "text",
                "points",
                "qr",
                "strip",
                "imprint",
                "lines",
                "portrait",
                "contacts",
                "tag",
            )
        )
    )
    field: str = item(metadata=by(reading.name), default="")
    fields: tuple[str, ...] = item(metadata=by(several(reading.name, most=6)), default=())
    style: str = item(metadata=by(reading.name), default="")
    second: str = item(metadata=by(reading.name), default="")
    colour: str = item(metadata=by(_ROLE), default="ink")
    mark: str = item(metadata=by(_ROLE), default="accent")
    fill: str = item(metadata=by(_ROLE), default="white")
    gap: float = item(metadata=by(_GAP), default=0.0)
    spacing: float = item(metadata=by(_GAP), default=0.0)
    rise: float = item(metadata=by(_GAP), default=0.0)
    width: float = item(metadata=by(number(0, 420)), default=0.0)
    height: float = item(metadata=by(number(0, 600)), default=0.0)
    least: float = item(metadata=by(number(0, 600)), default=0.0)
    count: int = item(metadata=by(whole(0, 20)), default=0)
    most: int = item(metadata=by(whole(0, 40)), default=0)

    @property
    def shows(self) -> tuple[str, ...]:
        """The names of all fields it shows."""
        return (self.field, *self.fields) if self.field else self.fields


@dataclass(frozen=True, slots=True)
class Column:
    """A stack of boxes across some columns of the grid, or at `x` with `width` in mm."""

    boxes: tuple[Box, ...] = item(metadata=by(several(reading.table(Box), least=1, most=20)))
    span: tuple[int, ...] = item(metadata=by(several(whole(1, 24), least=2, most=2)), default=())
    alone: tuple[int, ...] = item(metadata=by(several(whole(1, 24), least=2, most=2)), default=())
    x: float = item(metadata=by(number(-20, 420)), default=0.0)
    width: float = item(metadata=by(number(0, 420)), default=0.0)
    align: str = item(metadata=by(choice("top", "middle", "bottom")), default="top")


@dataclass(frozen=True, slots=True)
class Bare:
    """The heights of a band where the leaflet has no picture."""

    least: float = item(metadata=by(number(0, 600)))
    preferred: float = item(metadata=by(number(0, 600)))
    most: float = item(metadata=by(number(0, 600)))


@dataclass(frozen=True, slots=True)
class Band:
    """A strip across the page: so high as its boxes, or `height` mm, or the one that is `slack`.

    `slant` is by how much its top edge rises from left to right; `stripe` colours a line along it.
    """

    name: str = item(metadata=by(reading.name))
    columns: tuple[Column, ...] = item(
        metadata=by(several(reading.table(Column), most=6)), default=()
    )
    fill: str = item(metadata=by(_ROLE), default="paper")
    height: float = item(metadata=by(number(0, 600)), default=0.0)
    slack: bool = item(metadata=by(flag), default=False)
    least: float = item(metadata=by(number(0, 600)), default=0.0)
    preferred: float = item(metadata=by(number(0, 600)), default=0.0)
    most: float = item(metadata=by(number(0, 600)), default=600.0)
    bare: Bare | None = item(metadata=by(reading.table(Bare)), default=None)
    above: float = item(metadata=by(_GAP), default=0.0)
    below: float = item(metadata=by(_GAP), default=0.0)
    slant: float = item(metadata=by(number(-30, 30)), default=0.0)
    stripe: str = item(metadata=by(_ROLE), default="accent")
    stripe_height: float = item(metadata=by(number(0, 6)), default=0.0)
    air: float = item(metadata=by(number(0, 10)), default=1.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of leaflet: page, colours, type, what is to fill in, and its bands from the top."""

    format: int = item(metadata=by(whole(1, 1)))
    name: str = item(metadata=by(reading.name))
    title: str = item(metadata=by(reading.words))
    about: str = item(metadata=by(reading.words))
    page: Page = item(metadata=by(reading.table(Page)))
    colours: Colours = item(metadata=by(reading.table(Colours)))
    type: Mapping[str, Style] = item(metadata=by(reading.tables(Style)))
    fields: tuple[Field, ...] = item(metadata=by(several(reading.table(Field), least=1, most=30)))
    bands: tuple[Band, ...] = item(metadata=by(several(reading.table(Band), least=1, most=12)))
    order: int = item(metadata=by(whole(0, 999)), default=100)
    words: int = item(metadata=by(whole(0, 5000)), default=90)
    picture: str = item(metadata=by(choice("wanted", "optional", "none")), default="optional")

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return next(each for each in self.fields if each.name == name)

    def boxes(self) -> list[Box]:
        """Return every box, from the top down."""
        return [box for band in self.bands for column in band.columns for box in column.boxes]

    def texts(self, given: Mapping[str, object]) -> dict[str, str]:
        """Return texts by field, trimmed, lists as lines; raises `Invalid` for an unknown field."""
        known = {each.name: each for each in self.fields}
        done: dict[str, str] = {}
        for key, value in given.items():
            if key not in known:
                raise Invalid(
                    f"The layout “{self.title}” has no text “{key}”.{reading.meant(key, known)}"
                )
            done[key] = _text(known[key], value)
        return {name: done[name] for name in known if done.get(name)}


def _text(field: Field, value: object) -> str:
    """Return what stands in a field: one line, or lines where the field takes them."""
    if isinstance(value, list | tuple):
        if field.kind not in ("points", "text"):
            raise Invalid(f"“{field.label}” takes one text, not a list.")
        value = "\n".join(
            " ".join(reading.words(part, f"“{field.label}”").split()) for part in value
        )
    text = "".join(c for c in reading.words(value, f"“{field.label}”") if c == "\n" or c >= " ")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    if field.kind not in ("text", "points"):
        return " ".join(line for line in lines if line)
    return "\n".join(line for line in lines if line or field.kind == "text").strip()


def names() -> list[str]:
    """Return the names of the layouts that ship, as they are to be offered."""
    return [each.name for each in every()]


@lru_cache(maxsize=1)
def every() -> tuple[Layout, ...]:
    """Return the layouts that ship, as they are to be offered."""
    found = [read(path) for path in sorted(resource("layouts").glob("*.toml"))]
    return tuple(sorted(found, key=lambda each: (each.order, each.name)))


def load(name: str) -> Layout:
    """Return a layout by its name; raises `Missing` with the names there are."""
    for each in every():
        if each.name == name:
            return each
    raise Missing(f"There is no layout “{name}”. There are: {', '.join(names())}.")


def read(path: Path) -> Layout:
    """Read a layout from a file; raises `Invalid` saying what is wrong and where."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{path.name} is not a TOML file that can be read: {error}.") from error
    layout = reading.record(Layout, table, path.name)
    for problem in problems(layout):
        raise Invalid(f"{path.name}: {problem}")
    return layout


def problems(layout: Layout) -> list[str]:
    """Return what is wrong between the parts of a layout, a sentence each."""
    found = _fields_problems(layout)
    for band in layout.bands:
        found += _band_problems(layout, band)
    for name, style in layout.type.items():
        if style.floor > style.size:
            found.append(f"type “{name}” has a floor above its size.")
    if sum(band.slack for band in layout.bands) != 1:
        found.append("exactly one band must be slack: the one that gives way to the text.")
    if sum(box.kind == "headline" for box in layout.boxes()) != 1:
        found.append("a leaflet has one headline, no more and no less.")
    if layout.page.frame > layout.page.margin:
        found.append("the frame is wider than the margin: text would be cut off at home.")
    if not any(box.kind == "imprint" for box in layout.boxes()):
        found.append("there is no box for the imprint.")
    return found


def _fields_problems(layout: Layout) -> list[str]:
    known = [each.name for each in layout.fields]
    shown = {name for box in layout.boxes() for name in box.shows}
    found = [f"the field “{name}” stands twice." for name in set(known) if known.count(name) > 1]
    found += [f"a box shows “{name}”, which is no field." for name in sorted(shown - set(known))]
    found += [f"no box shows the field “{name}”." for name in known if name not in shown]
    return found


def _band_problems(layout: Layout, band: Band) -> list[str]:
    found = []
    if band.slack and not 0 < band.least <= band.preferred <= band.most:
        found.append(f"band “{band.name}” is slack and needs least ≤ preferred ≤ most.")
    for column in band.columns:
        if not column.span and not column.width:
            found.append(f"a column of band “{band.name}” needs a span, or x and width.")
        if any(
            span and not span[0] <= span[1] <= layout.page.columns
            for span in (column.span, column.alone)
        ):
            found.append(f"a column of band “{band.name}” spans columns that are not on the grid.")
        if not _inside(layout.page, column):
            found.append(f"a column of band “{band.name}” holds text beyond the margin.")
        for box in column.boxes:
            found += [
                f"a {box.kind} in band “{band.name}” {each}" for each in _box_problems(layout, box)
            ]
    return found


def _inside(page: Page, column: Column) -> bool:
    """Whether a column keeps the page's margin, or holds nothing but pictures."""
    if column.span or all(box.kind in ("picture", "portrait") for box in column.boxes):
        return True
    slip = 0.01
    inner = page.width - page.margin
    return column.x >= page.margin - slip and column.x + column.width <= inner + slip


def _box_problems(layout: Layout, box: Box) -> list[str]:
    found = [
        f"is set in “{style}”, which is no style."
        for style in (box.style, box.second)
        if style and style not in layout.type
    ]
    if box.kind in _NEEDS_STYLE and not box.style:
        found.append("needs a style.")
    if box.kind in _NEEDS_FIELD and not box.shows:
        found.append("needs a field to show.")
    if box.kind == "qr" and box.width < 25:
        found.append("needs a width of 25 mm or more, or phones will not read it.")
    if box.kind == "qr" and len(box.fields) != 2:
        found.append("needs two fields under it: the call to action and the address in words.")
    if box.kind == "portrait" and not 0 < box.least <= box.height:
        found.append("needs height and least.")
    if box.kind == "lines" and (box.count < 1 or box.spacing < 5):
        found.append("needs a count and a spacing of 5 mm or more to write in.")
    return found


_NEEDS_STYLE = {"headline", "text", "points", "qr", "strip", "imprint", "contacts", "tag"}
_NEEDS_FIELD = {"headline", "text", "points", "qr", "strip", "contacts", "tag"}
