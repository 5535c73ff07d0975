"""Leaflets to try things on: an event flyer and a card, filled, with a drawn picture."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from branch_desk.leaflets import layouts
from branch_desk.leaflets.records import Leaflet, Material, Picture
from branch_desk.leaflets.rules import Imprint, Party

PRINTER = "Example Press Ltd, Unit 4, Mill Lane, Highfield HF2 3CD"
PROMOTER = "A. Jones, 12 High Street, Highfield HF1 2AB"
BEHALF = "Highfield Branch, 12 High Street, Highfield HF1 2AB"
IMPRINT = Imprint(Party.read(PRINTER), Party.read(PROMOTER), Party.read(BEHALF))
FLYER = {
    "tag": "Public meeting",
    "headline": "Save our library: come and have your say",
    "lead": "The council wants to shut Highfield Library in June. Every child in the ward uses it.",
    "points": "Hear the figures\nPut your questions to all three councillors\nHelp plan the lobby",
    "source": "Source: council report CR/12",
    "link": "https://example.org/library",
    "call": "Sign today",
    "when": "Thu 12 March\n7.30pm, doors open 7pm",
    "where": "Community Centre\nHigh Street, Highfield",
    "access": "All welcome\nStep-free, hearing loop",
}
CARD = {
    "name": "Eileen Example",
    "role": "Your local campaigner",
    "phone": "01632 960123",
    "email": "eileen@example.org",
    "web": "example.org/highfield",
}


def photo(width: int = 1890, height: int = 1400, form: str = "JPEG", **saved) -> bytes:
    """Return a picture with four differently coloured quarters."""
    image = Image.new("RGB", (width, height), "#204080")
    for box, colour in (
        ((width // 2, 0, width, height // 2), "#E0A030"),
        ((0, height // 2, width // 2, height), "#903050"),
        ((width // 2, height // 2, width, height), "#2F7F6A"),
    ):
        image.paste(colour, box)
    out = io.BytesIO()
    image.save(out, form, **saved)
    return out.getvalue()


PHOTO = photo()


def made(layout, texts, *, picture=True, accent="#1F7A56", election_material=False, **fields):
    """Return the material of a leaflet that no store holds."""
    known = layouts.load(layout)
    shown = Picture(1, "library.jpg", 1890, 1400, "A library at dusk", "A. Painter", (0.5, 0.5))
    leaflet = Leaflet(
        id=1,
        title=texts.get("headline") or "Card",
        layout=layout,
        election_material=election_material,
        copies=100,
        texts=known.texts(texts),
        made_on=date(2026, 5, 14),
        picture=shown if picture else None,
        **fields,
    )
    return Material(leaflet, known, "Highfield Branch", accent, IMPRINT, PHOTO if picture else None)


@pytest.fixture
def flyer():
    """Make an event flyer, its texts laid over the usual ones."""

    def make(texts=None, **fields):
        return made("event-flyer-a5", {**FLYER, **(texts or {})}, **fields)

    return make


@pytest.fixture
def card():
    """Make a "sorry we missed you" card, its texts laid over the usual ones."""

    def make(texts=None, **fields):
        return made("sorry-we-missed-you-a6", {**CARD, **(texts or {})}, **fields)

    return make


@pytest.fixture
def picture():
    """Make a picture file."""
    return photo


@pytest.fixture
def pictured():
    """Give a material another picture of a size."""

    def give(material, width, height):
        other = replace(material.leaflet.picture, width=width, height=height)
        leaflet = replace(material.leaflet, picture=other)
        return replace(material, leaflet=leaflet, picture=photo(width, height))

    return give
