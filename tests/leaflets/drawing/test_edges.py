"""What stands near the cut: text keeps clear of it, colour goes over it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from branch_desk.leaflets import layouts
from branch_desk.leaflets.colours import palette
from branch_desk.leaflets.drawing import sheets
from branch_desk.leaflets.drawing.boxes import Filling
from branch_desk.leaflets.drawing.fit import fit
from branch_desk.leaflets.drawing.marks import BLEED, MM, Rect, Shape
from branch_desk.paper import preview

IMPRINT = "Promoted by A. Jones on behalf of Highfield Branch, both at 12 High Street, Highfield."
words = st.lists(
    st.text(st.sampled_from("agjpqy,ŵŹM"), min_size=1, max_size=9), min_size=1, max_size=12
).map(" ".join)


@st.composite
def arranged(draw):
    """A layout that ships, with some of its bands left out, the rest in any order."""
    layout = layouts.load(draw(st.sampled_from(layouts.names())))
    bands = [band for band in layout.bands if band.slack or draw(st.integers(0, 3))]
    return replace(layout, bands=tuple(draw(st.permutations(bands))))


@st.composite
def fillings(draw, made):
    layout = draw(made)
    texts = {}
    for field in layout.fields:
        said = st.just("example.org/a") if field.kind == "link" else words
        texts[field.name] = draw(st.just("") | said)
    imprint = draw(st.sampled_from(["", IMPRINT]))
    return Filling(layout, layout.texts(texts), imprint, "", draw(st.booleans()))


def as_shipped():
    return st.sampled_from(layouts.names()).map(layouts.load)


def samples(name, *, imprint, picture):
    layout = layouts.load(name)
    texts = {field.name: field.sample for field in layout.fields if field.sample}
    return Filling(layout, layout.texts(texts), imprint, "", has_picture=picture)


def clear(filling, laid):
    """Assert that no text comes nearer to the trim than the frame left white at home."""
    frame = filling.layout.page.frame * MM
    safe = Rect(frame, frame, laid.width - 2 * frame, laid.height - 2 * frame)
    for block in laid.every():
        if block.tag and block.tag != "Figure":
            assert safe.holds(block.box), (block.field, block.box)
    for line in laid.lines():
        own = Rect(line.x, line.y - line.size * 0.6, line.width, line.size * 0.81)
        assert safe.holds(own), line


def bled(laid):
    """Assert that no fill has a side between the trim and the end of the bleed, where it shows."""
    for block in laid.every():
        for shape in block.marks:
            if not isinstance(shape, Shape):
                continue
            for one, other in zip(shape.points, (*shape.points[1:], shape.points[0]), strict=True):
                for axis, end in ((0, laid.width), (1, laid.height)):
                    places = one[axis], other[axis]
                    before = all(-BLEED + 0.01 < each <= 0.01 for each in places)
                    after = all(end - 0.01 <= each < end + BLEED - 0.01 for each in places)
                    assert not before, shape
                    assert not after, shape


@pytest.mark.parametrize("name", layouts.names())
@pytest.mark.parametrize("imprint", ["", IMPRINT], ids=["no imprint", "imprint"])
@pytest.mark.parametrize("picture", [True, False], ids=["picture", "bare"])
def test_every_layout_keeps_text_from_the_cut_and_takes_colour_over_it(name, imprint, picture):
    filling = samples(name, imprint=imprint, picture=picture)
    laid = fit(filling)
    assert laid.overflow == 0
    clear(filling, laid)
    bled(laid)


@settings(max_examples=60, deadline=None)
@given(fillings(as_shipped()))
def test_whatever_is_filled_in_text_keeps_from_the_cut_and_colour_goes_over_it(filling):
    laid = fit(filling)
    bled(laid)
    if not laid.overflow:
        clear(filling, laid)


@settings(max_examples=60, deadline=None)
@given(fillings(arranged()))
def test_whatever_band_begins_or_ends_the_page_its_colour_is_bled_and_its_text_kept(filling):
    laid = fit(filling)
    heights = sum(block.box.height for block in laid.blocks if not block.tag and not block.field)
    assert heights > laid.height
    if laid.overflow:
        return
    bled(laid)
    frame = filling.layout.page.frame * MM
    for line in laid.lines():
        assert line.y + line.size * 0.21 <= laid.height - frame + 0.1, line


def test_without_an_imprint_the_band_of_when_and_where_ends_the_page_with_room_to_cut():
    filling = samples("event-flyer-a5", imprint="", picture=True)
    laid = fit(filling)
    lowest = max(line.y + line.size * 0.21 for line in laid.lines())
    strip = [
        mark
        for block in laid.every()
        for mark in block.marks
        if isinstance(mark, Shape) and mark.role == "ink"
    ]
    assert max(y for _, y in strip[-1].points) == pytest.approx(laid.height + BLEED)
    assert laid.height - lowest >= (filling.layout.page.frame + 3) * MM
    assert laid.photo.height > fit(replace(filling, imprint=IMPRINT)).photo.height


@pytest.mark.parametrize("at", ["top", "foot"])
def test_a_picture_at_the_page_s_edge_is_printed_into_the_bleed(at):
    layout = layouts.load("event-flyer-a5")
    first, *others = layout.bands
    bands = (first, *others) if at == "top" else (*others, first)
    filling = samples("event-flyer-a5", imprint=IMPRINT, picture=True)
    laid = fit(replace(filling, layout=replace(layout, bands=bands)))
    red = io.BytesIO()
    Image.new("RGB", (600, 400), "#FF0000").save(red, "PNG")
    colours = palette("#1F7A56", ink="#000000", paper="#FFFFFF", signal="#FFD21F", tint=0.1)
    plate = sheets.Plate("Fair", "en-GB", "Branch", laid, colours, red.getvalue(), (0.5, 0.5))
    image = preview.image(sheets.shop(plate, marks=False), 0, 2).convert("RGB")
    y = 3 if at == "top" else image.height - 4
    for x in (3, image.width // 2, image.width - 4):
        red_part, green, blue = image.getpixel((x, y))
        assert red_part > 200
        assert green < 60
        assert blue < 60
