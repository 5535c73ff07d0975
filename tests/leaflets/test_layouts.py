from __future__ import annotations

import contextlib
import tomllib
from dataclasses import replace

import pytest

from branch_desk.leaflets import layouts, reading
from branch_desk.leaflets.drawing.boxes import Filling
from branch_desk.leaflets.drawing.fit import fit
from branch_desk.resources import resource
from branch_desk.store.errors import Invalid, Missing

FILES = sorted(resource("layouts").glob("*.toml"))
FLYER = resource("layouts", "event-flyer-a5.toml").read_text(encoding="utf-8")
NAMES = [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_layout_that_ships_can_be_read_and_is_named_as_its_file(path):
    layout = layouts.read(path)
    assert layout.name == path.stem
    assert layouts.load(layout.name) == layout
    assert layouts.problems(layout) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_layout_keeps_the_rules_of_design(name):
    layout = layouts.load(name)
    headline = next(box for box in layout.boxes() if box.kind == "headline")
    bodies = [
        layout.type[box.style] for box in layout.boxes() if box.kind == "points" and box.style
    ]
    assert layout.type[headline.style].face == "display"
    for body in bodies:
        assert body.floor >= 10.5
        assert layout.type[headline.style].floor >= 2.5 * body.floor
    assert 8 <= layout.page.margin <= 10 or layout.page.width > 210
    assert sum(box.kind in ("picture", "portrait") for box in layout.boxes()) <= 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("picture", [True, False])
def test_every_layout_fits_with_its_samples_and_with_hardly_anything(name, picture):
    layout = layouts.load(name)
    imprint = "Promoted by A. Jones, 12 High Street, Highfield HF1 2AB. " * 2
    samples = {field.name: field.sample for field in layout.fields if field.sample}
    for texts in (samples, {field.name: "…" for field in layout.fields}):
        filling = Filling(layout, texts, imprint, "", has_picture=picture)
        assert fit(filling).overflow == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_text_box_of_a_layout_stands_inside_its_margins(name):
    layout = layouts.load(name)
    for band in layout.bands:
        for column in band.columns:
            if any(box.kind == "picture" for box in column.boxes):
                continue
            x, width = layout.page.span(*column.span) if column.span else (column.x, column.width)
            assert x >= layout.page.margin - 0.01
            assert x + width <= layout.page.width - layout.page.margin + 0.01


@pytest.mark.parametrize("name", NAMES)
def test_what_is_required_is_asked_before_what_is_extra(name):
    fields = [field.name for field in layouts.load(name).fields]
    required = [field.name for field in layouts.load(name).fields if field.required]
    extra = [each for each in ("source", "link", "call", "address") if each in fields]
    assert [each for each in fields if each in {*required, *extra}] == [*required, *extra]


def test_a_layout_that_is_not_there_is_missing():
    with pytest.raises(Missing, match="There are: event-flyer-a5"):
        layouts.load("poster")


def test_the_grid_spans_from_margin_to_margin():
    page = layouts.Page(width=148, height=210, margin=10, columns=12, gutter=4)
    assert page.span(1, 12) == pytest.approx((10, 128))
    assert page.span(7, 12) == pytest.approx((76, 62))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('name = "event', "name = [event", "is not a TOML file"),
        ("format = 1", "format = 2", "“format” must lie between 1 and 1"),
        ("[page]\nwidth = 148", "[page]\nwidth = 9", "“page”, “width” must lie"),
        ("slack = true", "slack = false", "exactly one band must be slack"),
        ("preferred = 90", "preferred = 190", "needs least ≤ preferred ≤ most"),
        ('kind = "headline"', 'kind = "text"', "a leaflet has one headline"),
        ('kind = "imprint"', 'kind = "lines"', "no box for the imprint"),
        ('kind = "imprint"', 'kind = "lines"', "spacing of 5 mm"),
        (
            'kind = "imprint"\nstyle = "imprint"',
            'kind = "imprint"',
            "a imprint in band “foot” needs a style",
        ),
        ('field = "lead"\nstyle', "style", "no box shows the field “lead”"),
        ('field = "lead"\nstyle', "style", "needs a field to show"),
        ('field = "lead"', 'field = "leed"', "a box shows “leed”, which is no field"),
        ('name = "access"', 'name = "where"', "the field “where” stands twice"),
        ('style = "lead"', 'style = "leed"', "is set in “leed”, which is no style"),
        ("width = 31", "width = 24", "25 mm or more"),
        ('fields = ["call", "address"]', 'fields = ["call"]', "needs two fields under it"),
        ("floor = 30", "floor = 90", "a floor above its size"),
        ("span = [1, 12]", "span = [1, 13]", "not on the grid"),
        ("x = 10\nwidth = 88", "x = 10", "needs a span, or x and width"),
        ("x = 10\nwidth = 88", "x = 8\nwidth = 88", "“body” holds text beyond the margin"),
        ("x = 103\nwidth = 35", "x = 103\nwidth = 36", "“body” holds text beyond the margin"),
        ("frame = 5", "frame = 11", "the frame is wider than the margin"),
        ('kind = "headline"', 'kind = "portrait"', "needs height and least"),
        ('colour = "white"', 'colour = "red"', "must be one of accent, deep"),
    ],
)
def test_a_layout_that_is_wrong_says_what_and_where(tmp_path, old, new, sentence):
    assert old in FLYER
    path = tmp_path / "flyer.toml"
    path.write_text(FLYER.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Invalid, match=r"^flyer\.toml") as raised:
        layouts.read(path)
    assert any(sentence in each for each in (str(raised.value), *_all_problems(path)))


def _all_problems(path):
    with contextlib.suppress(Invalid, tomllib.TOMLDecodeError):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return layouts.problems(reading.record(layouts.Layout, table, path.name))
    return []


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "flyer.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="is not a TOML file"):
        layouts.read(path)


def test_texts_are_trimmed_and_lists_become_lines():
    layout = layouts.load("event-flyer-a5")
    given = {
        "headline": "  Save\nour   library ",
        "points": [" One ", "", "Two  words"],
        "lead": "First.\n\nSecond.\x07",
        "tag": "  ",
    }
    assert layout.texts(given) == {
        "headline": "Save our library",
        "lead": "First.\n\nSecond.",
        "points": "One\nTwo words",
    }


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"headlin": "x"}, "no text “headlin”. Is “headline” meant?"),
        ({"headline": ["x"]}, "“Headline” takes one text"),
        ({"headline": 3}, "“Headline” must be text"),
        ({"points": [3]}, "“Points” must be text"),
    ],
)
def test_texts_that_do_not_belong_are_refused(texts, sentence):
    with pytest.raises(Invalid, match=sentence):
        layouts.load("event-flyer-a5").texts(texts)


def test_a_layout_finds_its_fields():
    layout = layouts.load("event-flyer-a5")
    assert layout.field("when").required
    without = replace(layout, bands=layout.bands[:1])
    assert any("no box shows" in each for each in layouts.problems(without))
