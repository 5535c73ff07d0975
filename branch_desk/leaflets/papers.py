"""A leaflet on paper: checked, shown while edited, for the branch's printer and the print shop.

Every function takes the `Material` that `records.material` gathered and asks nothing of the store.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from dataclasses import field as item
from functools import lru_cache
from typing import TYPE_CHECKING

from branch_desk.leaflets import colours, layouts, pictures, rules
from branch_desk.leaflets.drawing import boxes, places, sheets, signs
from branch_desk.leaflets.drawing.fit import fit
from branch_desk.leaflets.drawing.marks import MM, Laid
from branch_desk.paper import fonts, gate
from branch_desk.paper import preview as images
from branch_desk.paper.forgetting import let_go
from branch_desk.store.errors import Conflict, Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.leaflets.records import Material, Picture
    from branch_desk.leaflets.rules import Finding

PREVIEW_DPI = 110
PROXY = 1400
"""Pixels of the longer side of the picture that stands in while a leaflet is edited."""


class NotFit(Conflict):
    """A leaflet has a finding that stops it from being printed."""


def laid(material: Material) -> Laid:
    """Lay a leaflet out; what was clicked on its preview is found in the answer's blocks."""
    return fit(_filling(material))


def preview(material: Material, *, sheet: bool = False) -> bytes:
    """Return the leaflet as a PDF to look at while it is edited, its picture at 110 dots an inch.

    `sheet` shows the A4 of the home printer. Nothing is refused: what is too long is cut with "…".
    """
    plate = _plate(material, proxy=True)
    if sheet:
        return sheets.home(plate, frame=material.layout.page.frame, dpi=PREVIEW_DPI)
    return sheets.single(plate, dpi=PREVIEW_DPI)


@dataclass(frozen=True, slots=True)
class Board:
    """A leaflet to edit: its picture as a PDF, its boxes, and the colours its texts are set in."""

    pdf: bytes = item(repr=False)
    size: tuple[float, float]
    places: tuple[places.Place, ...]
    colours: Mapping[str, str]


def board(material: Material, *, room: bool = True) -> Board:
    """Return a leaflet as it is edited; with `room`, what is empty keeps a place to be typed in."""
    filling = _filling(material)
    roomy, empty = places.with_room(filling) if room else (filling, frozenset[str]())
    there = filling.has_picture
    done = fit(roomy)
    plate = _plate(material, places.without(done, empty, picture=there), proxy=True)
    held = empty if there else empty | {places.PICTURE}
    palette = _palette(material)
    return Board(
        pdf=sheets.single(plate, dpi=PREVIEW_DPI),
        size=(done.width, done.height),
        places=places.places(roomy, done, held),
        colours={role: palette.of(role) for role in layouts.ROLES},
    )


def sample(layout: layouts.Layout, *, accent: str, branch: str) -> bytes:
    """Return a layout filled with its own samples, to choose it by."""
    texts = {each.name: each.sample or each.usual for each in layout.fields}
    filling = boxes.Filling(layout, texts, gate.line(branch))
    fixed = layout.colours
    palette = colours.palette(
        accent, ink=fixed.ink, paper=fixed.paper, signal=fixed.signal, tint=fixed.tint
    )
    plate = sheets.Plate(layout.title, "en-GB", "", fit(filling), palette, None, (0.5, 0.5))
    return sheets.single(plate, dpi=PREVIEW_DPI)


def sheets_needed(layout: layouts.Layout, copies: int) -> tuple[int, int]:
    """Return how many leaflets stand on a home printer's A4, and how many sheets copies take."""
    _, (across, down) = sheets.imposition(layout.page.width * MM, layout.page.height * MM)
    return across * down, -(-copies // (across * down))


def home(material: Material) -> bytes:
    """Return the A4 for the branch's own printer, to be cut; raises `NotFit`."""
    refuse(material)
    return sheets.home(_plate(material), frame=material.layout.page.frame)


def shop(material: Material, *, marks: bool = False) -> bytes:
    """Return the print shop's file, with cut marks if wanted; raises `NotFit`."""
    refuse(material)
    return sheets.shop(_plate(material), marks=marks)


def phone(material: Material, *, width: int = 1240) -> bytes:
    """Return the leaflet as a PNG so many dots wide; raises `NotFit`."""
    refuse(material)
    pdf = sheets.single(_plate(material), dpi=300)
    image = images.image(pdf, 0, width / images.page_size(pdf, 0)[0])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def draft(material: Material) -> bytes:
    """Return the leaflet on one page to be looked at, whatever else there is to put right.

    Its pictures are coarse. Raises `NotFit` for election material without its imprint.
    """
    if any(each.finding == rules.IMPRINT for each in rules.stops(check(material))):
        refuse(material)
    return board(material, room=False).pdf


def refuse(material: Material) -> None:
    """Raise `NotFit` with the sentences of what stops a leaflet, if anything does."""
    found = rules.stops(check(material))
    if found:
        reasons = " ".join(each.message for each in found)
        raise NotFit(f"“{material.leaflet.title}” cannot be printed yet. {reasons}")


def check(material: Material) -> list[Finding]:
    """Return all there is to see to before a leaflet is printed, what stops it first."""
    filling = _filling(material)
    found = [
        *_texts(material, filling),
        *_overflow(material, filling),
        *rules.imprint(material.imprint, election_material=material.leaflet.election_material),
        *_picture(material, filling),
        *_colours(material, filling),
        *_codes(material, filling),
    ]
    return sorted(found, key=lambda each: each.severity is not rules.Severity.STOPS)


def _filling(material: Material) -> boxes.Filling:
    picture = material.leaflet.picture
    imprint = f"{material.imprint.sentence()} {_credit(picture)}".strip()
    return boxes.Filling(
        layout=material.layout,
        texts={name: gate.clean(text) for name, text in material.leaflet.texts.items()},
        imprint=gate.line(imprint),
        alt=gate.line(picture.alt or picture.name) if picture else "",
        has_picture=picture is not None and material.picture is not None,
    )


def _credit(picture: Picture | None) -> str:
    """Return who made the picture, as it stands after the imprint."""
    if picture is None or not picture.credit:
        return ""
    said = picture.credit.rstrip(".")
    return f"{said}." if ":" in said else f"Picture: {said}."


def _palette(material: Material) -> colours.Palette:
    fixed = material.layout.colours
    return colours.palette(
        material.accent, ink=fixed.ink, paper=fixed.paper, signal=fixed.signal, tint=fixed.tint
    )


def _plate(material: Material, done: Laid | None = None, *, proxy: bool = False) -> sheets.Plate:
    leaflet = material.leaflet
    photo = material.picture
    return sheets.Plate(
        title=gate.line(leaflet.title),
        lang=leaflet.lang,
        author=gate.line(material.branch),
        laid=done or laid(material),
        palette=_palette(material),
        photo=_proxy(photo) if photo and proxy else photo,
        focus=leaflet.picture.focus if leaflet.picture else (0.5, 0.5),
        made_on=leaflet.made_on,
    )


@let_go
@lru_cache(maxsize=8)
def _proxy(data: bytes) -> bytes:
    return pictures.smaller(data, PROXY)


# Checks


def _texts(material: Material, filling: boxes.Filling) -> list[Finding]:
    found: list[Finding] = []
    layout = material.layout
    for field in layout.fields:
        text = filling.text(field.name)
        if field.required:
            found += rules.required(field.label, field.name, text)
    headline = next(box.field for box in layout.boxes() if box.kind == "headline")
    found += rules.headline(headline, filling.text(headline))
    said = {
        field.name: filling.text(field.name) for field in layout.fields if field.name != "source"
    }
    words = sum(len(text.split()) for text in said.values())
    found += rules.length(words, layout.words)
    if any(field.name == "source" for field in layout.fields):
        claims = {n: t for n, t in said.items() if layout.field(n).kind in ("text", "points")}
        claims[headline] = filling.text(headline)
        found += rules.claims(claims, filling.text("source"))
    for name, text in (*said.items(), ("imprint", filling.imprint)):
        found += rules.glyphs(name, fonts.missing(text, "Atkinson"))
    return found


def _overflow(material: Material, filling: boxes.Filling) -> list[Finding]:
    done = fit(filling)
    if not done.overflow:
        return []
    label = material.layout.field(done.cut).label
    return rules.overflow(done.cut, label, points=done.overflow, words=done.words)


def _picture(material: Material, filling: boxes.Filling) -> list[Finding]:
    picture = material.leaflet.picture
    wanted = material.layout.picture == "wanted"
    found = rules.picture(
        "picture",
        wanted=wanted,
        there=picture is not None,
        alt=picture.alt if picture else "",
        credit=picture.credit if picture else "",
    )
    box = fit(filling).photo
    if picture and box:
        size = (box.width / MM, box.height / MM)
        dpi = pictures.resolution((picture.width, picture.height), size)
        found += rules.resolution("picture", dpi, size)
    return found


def _colours(material: Material, filling: boxes.Filling) -> list[Finding]:
    palette = _palette(material)
    pairs = []
    for band in material.layout.bands:
        for column in band.columns:
            for box in column.boxes:
                ground = box.fill if box.kind in ("tag", "qr") else band.fill
                if box.shows and box.kind != "picture" and any(map(filling.text, box.shows)):
                    pairs.append((box.shows[0], palette.of(box.colour), palette.of(ground)))
    return rules.accent(material.accent, palette.accent) + rules.colours(pairs)


def _codes(material: Material, filling: boxes.Filling) -> list[Finding]:
    found: list[Finding] = []
    for box in material.layout.boxes():
        target = filling.text(box.field) if box.kind == "qr" else ""
        if not target:
            continue
        found += rules.link(box.field, target, filling.text(box.fields[1]))
        try:
            modules = signs.modules(rules.with_scheme(target))
        except Invalid as error:
            found.append(rules.Finding("qr", rules.Severity.STOPS, box.field, str(error)))
            continue
        found += rules.qr(
            box.field, width=box.width * modules / (modules + 2 * signs.QUIET), modules=modules
        )
    return found
