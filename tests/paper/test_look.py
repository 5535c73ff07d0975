from hypothesis import given
from hypothesis import strategies as st

from branch_desk.paper import look
from branch_desk.paper.lines import width
from branch_desk.paper.look import contrast, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(COLOURS)
def test_any_accent_is_made_readable_on_paper(colour):
    assert contrast(readable(colour), "#FFFFFF") >= 4.5


@given(COLOURS)
def test_the_accent_is_readable_on_its_own_tint(colour):
    accent = look.look(colour).accent
    assert contrast(look.INK, look.tinted(accent)) >= 7


def test_a_dark_accent_stays_as_it_is():
    assert readable("#1F6F54") == "#1F6F54"


def test_what_is_no_colour_becomes_the_usual_one():
    assert readable("green-ish") == "#1F6F54"
    assert readable("") == "#1F6F54"


def test_black_on_white_is_21_to_1():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21


def test_a_line_of_running_text_holds_about_66_characters():
    text = "the quick brown fox jumps over the lazy dog and runs home again now"
    ordinary = look.look("#1F6F54")
    per_character = width(text, "Inter", 10.5) / len(text)
    assert 62 <= ordinary.measure / per_character <= 76


def test_large_print_is_18_points_throughout():
    large = look.look("#1F6F54", large=True)
    for name in ("body", "serif", "small", "quiet", "cell", "figure", "caption", "column"):
        assert large[name].size >= 18
    assert large["body"].align == "left"
    assert large["figure"].align == "left"
