from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_desk.leaflets import layouts
from branch_desk.leaflets.drawing.boxes import Filling
from branch_desk.leaflets.drawing.fit import fit
from branch_desk.leaflets.drawing.marks import MM, Line, Photo, Rect

IMPRINT = (
    "Promoted by A. Jones on behalf of Highfield Branch, both at 12 High Street, Highfield. "
    "Printed by Example Press Ltd, Unit 4, Mill Lane, Highfield HF2 3CD."
)
words = st.text(st.sampled_from("aeigjlmnoprstŵźŻW.,-é"), min_size=1, max_size=14)
lines = st.lists(words, min_size=1, max_size=14).map(" ".join)
paragraphs = st.lists(lines, max_size=4).map("\n".join)


@st.composite
def fillings(draw):
    layout = layouts.load(draw(st.sampled_from(layouts.names())))
    texts = {}
    for field in layout.fields:
        texts[field.name] = draw(st.just("") | lines | paragraphs)
        if field.kind == "link":
            texts[field.name] = draw(
                st.sampled_from(["", "example.org", "https://example.org/a/b"])
            )
    return Filling(
        layout, layout.texts(texts), draw(st.sampled_from(["", IMPRINT])), "", draw(st.booleans())
    )


def flyer(**texts):
    layout = layouts.load("event-flyer-a5")
    usual = {"headline": "Come", "when": "Now", "where": "Here"}
    return Filling(layout, layout.texts({**usual, **texts}), IMPRINT, "", has_picture=True)


def extent(line):
    """Return the box of a line from its tallest capital to its lowest tail."""
    return Rect(line.x, line.y - line.size * 0.6, line.width, line.size * 0.8)


@settings(max_examples=60, deadline=None)
@given(fillings())
def test_no_text_ever_stands_outside_its_box_nor_a_box_outside_the_page(filling):
    laid = fit(filling)
    page = Rect(0, 0, laid.width, laid.height)
    for block in laid.every():
        lines = [mark for mark in block.marks if isinstance(mark, Line)]
        for line in lines:
            assert block.box.holds(extent(line), slip=0.3), (block.field, line)
        if block.tag:
            assert page.holds(block.box, slip=0.3), block.field


@settings(max_examples=25, deadline=None)
@given(fillings())
def test_boxes_that_hold_text_do_not_lie_on_each_other(filling):
    laid = fit(filling)
    lines = [extent(line) for line in laid.lines()]
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            apart = (
                one.right <= other.x + 0.5
                or other.right <= one.x + 0.5
                or one.bottom <= other.y + 0.5
                or other.bottom <= one.y + 0.5
            )
            assert apart, (one, other)


@settings(max_examples=25, deadline=None)
@given(fillings(), st.integers(1, 30))
def test_more_text_never_makes_the_type_larger_or_the_picture_higher(filling, more):
    # Lines break elsewhere in a longer text, and letters with marks or tails stand further apart
    # than those without: only letters of one height make the promise hold line by line.
    plain = {field: re.sub(r"[^\s]", "n", text) for field, text in filling.texts.items()}
    filling = replace(filling, texts=plain)
    # A long line in a strip is set smaller than a short one, so that only running text counts.
    texts = {
        box.field: f"{filling.texts[box.field]} {'nnnn ' * more}".strip()
        for box in filling.layout.boxes()
        if box.kind == "text" and filling.texts.get(box.field)
    }
    longer = replace(filling, texts={**filling.texts, **texts})
    before, after = fit(filling), fit(longer)
    assert after.shrink <= before.shrink
    assert after.overflow >= before.overflow - 0.01
    if before.photo and after.photo and after.shrink == before.shrink and not after.overflow:
        assert after.photo.height <= before.photo.height + 0.01


def test_text_keeps_its_size_and_the_picture_gives_way_first():
    few, more = fit(flyer()), fit(flyer(lead="We need you there. " * 8))
    assert few.shrink == more.shrink == 1
    assert few.photo.height > more.photo.height


def test_then_the_type_shrinks_and_the_picture_stays_at_its_least():
    laid = fit(flyer(lead="We need you there. " * 22, points="One more reason to come\n" * 7))
    least = next(band.least for band in layouts.load("event-flyer-a5").bands if band.slack)
    assert 0 < laid.shrink < 1
    assert laid.overflow == 0
    assert laid.photo.height == pytest.approx(least * MM, abs=9)


def test_then_it_says_how_much_is_too_much():
    laid = fit(flyer(lead="We need you there. " * 120))
    assert laid.shrink == 0
    assert laid.overflow > 100
    assert laid.cut == "lead"
    kept = " ".join(line.text for line in laid.lines()).count("there")
    assert laid.words == pytest.approx((120 - kept) * 4, abs=4)
    assert any(line.text.endswith("…") for line in laid.lines())


def test_no_type_is_set_under_its_floor():
    laid = fit(flyer(lead="We need you there. " * 120, headline="Save " * 30))
    layout = layouts.load("event-flyer-a5")
    lead = [line.size for line in laid.lines() if line.text.startswith("We need")]
    assert set(lead) == {layout.type["lead"].floor}


def test_a_word_of_two_hundred_letters_is_cut_not_lost():
    laid = fit(flyer(headline="x" * 600))
    shown = "".join(line.text for line in laid.lines() if set(line.text) <= set("x…"))
    assert laid.cut == "headline"
    assert 100 < len(shown) < 600


def test_a_picture_fills_its_band_into_the_slant():
    laid = fit(flyer())
    (photo,) = [m for block in laid.every() for m in block.marks if isinstance(m, Photo)]
    assert (photo.box.x, photo.box.y, photo.box.width) == (0, 0, laid.width)
    assert photo.box == laid.photo


def test_without_a_picture_the_headline_grows():
    filling = flyer(headline="Save our library: come and have your say")
    with_one, without = fit(filling), fit(replace(filling, has_picture=False))

    def size(laid):
        return max(line.size for line in laid.lines())

    assert size(without) > size(with_one) * 1.2
    assert without.photo is None


def test_a_column_that_is_alone_takes_the_room_of_the_other():
    lead = "We need you there because the council wants to shut the library in June. " * 2

    def widest(laid):
        return max(line.width for line in laid.lines() if line.text.startswith("We"))

    with_code = fit(flyer(lead=lead, link="https://example.org"))
    assert widest(fit(flyer(lead=lead))) > widest(with_code)


def test_spare_room_on_the_card_is_ruled_to_write_on():
    layout = layouts.load("sorry-we-missed-you-a6")

    def ruled(**texts):
        laid = fit(Filling(layout, layout.texts({"name": "E", **texts}), "", ""))
        return sum(len(b.marks) for b in laid.blocks for b in b.every() if not b.tag and b.marks)

    assert ruled(sub="Short.") >= ruled(sub="We called to ask you. " * 9)


def test_an_address_too_long_for_a_code_leaves_the_code_out():
    laid = fit(flyer(link="https://example.org/" + "a" * 3000))
    assert not [block for block in laid.every() if block.field == "link"]


def test_first_lines_of_a_strip_stand_on_one_line_at_one_size():
    laid = fit(
        flyer(when="Saturday 6 June\nNoon", where="The Old Loom Hall\nHigh St", access="Free")
    )
    heads = {
        line.text: line.size
        for line in laid.lines()
        if line.text in {"Saturday 6 June", "The Old Loom Hall", "Free"}
    }
    assert len(heads) == 3
    assert len(set(heads.values())) == 1


def test_one_long_line_in_a_strip_is_set_as_text():
    laid = fit(flyer(access="Free entry, step-free, hearing loop, children welcome, tea and cake"))
    sizes = [line.size for line in laid.lines() if line.text.startswith("Free entry")]
    assert sizes == [layouts.load("event-flyer-a5").type["where"].size]


def test_a_page_too_small_for_any_sheet_s_boxes_still_ends():
    filling = flyer(**dict.fromkeys(("lead", "points", "access", "when", "where"), "word " * 400))
    laid = fit(filling)
    assert laid.overflow > 0
    assert all(line.y < laid.height for line in laid.lines())


def test_a_label_too_long_for_a_line_stands_over_the_headline_not_on_it():
    short, long = fit(flyer(tag="Fair")), fit(flyer(tag="A very long label indeed " * 4))

    def label_and_headline(laid):
        blocks = {block.field: block.box for block in laid.every() if block.tag}
        return blocks["tag"], blocks["headline"]

    for laid in (short, long):
        label, headline = label_and_headline(laid)
        assert label.bottom + 5 < headline.y
    assert label_and_headline(short)[0].y < short.photo.bottom
    assert label_and_headline(long)[0].y > long.photo.bottom
