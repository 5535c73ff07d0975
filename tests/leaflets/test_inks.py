from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets import inks

parts = st.integers(0, 255)


def far(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize("colour", ["#000000", "#1D1D1B", "#201A18"])
def test_the_darkest_colours_are_black_ink_alone(colour):
    assert inks.separated(colour) == (0, 0, 0, 1)


def test_white_is_no_ink():
    assert inks.separated("#FFFFFF") == (0, 0, 0, 0)


@given(st.integers(46, 255))
def test_greys_are_black_ink_alone(value):
    cyan, magenta, yellow, black = inks.separated(f"#{value:02X}{value:02X}{value:02X}")
    assert (cyan, magenta, yellow) == (0, 0, 0)
    assert 0 <= black < 1


@given(parts, parts, parts)
def test_a_colour_is_two_inks_at_most_and_black(red, green, blue):
    found = inks.separated(f"#{red:02X}{green:02X}{blue:02X}")
    assert all(0 <= part <= 1 for part in found)
    assert sum(part > 0 for part in found[:3]) <= 2


@pytest.mark.parametrize(
    "colour", ["#1F7A56", "#FFD21F", "#B3123A", "#5A2D82", "#165840", "#8A5A44"]
)
def test_what_is_printed_looks_like_what_is_on_the_screen(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    screen = inks._lab(inks._from_screen(red, green, blue))
    assert far(inks.printed(inks.separated(colour)), screen) < 4


def test_a_green_holds_yellow_as_well_as_cyan():
    cyan, magenta, yellow, _ = inks.separated("#1F7A56")
    assert magenta == 0
    assert yellow > 0.5 < cyan


def test_the_solids_come_out_as_the_standard_has_them():
    white, cyan = inks.printed((0, 0, 0, 0)), inks.printed((1, 0, 0, 0))
    assert white == pytest.approx((100, 0, 0), abs=0.01)
    assert cyan[1] < -30
    assert cyan[2] < -45
