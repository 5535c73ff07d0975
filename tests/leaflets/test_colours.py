from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets import colours

hexes = st.builds(
    lambda r, g, b: f"#{r:02X}{g:02X}{b:02X}",
    st.integers(0, 255),
    st.integers(0, 255),
    st.integers(0, 255),
)


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colours.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#FFFFFF", "#777777") == colours.contrast("#777777", "#FFFFFF")


@given(hexes)
def test_white_is_readable_on_every_accent_once_darkened(accent):
    safe = colours.darkened(accent)
    assert colours.contrast(safe, "#FFFFFF") >= colours.READABLE
    assert colours.luminance(safe) <= colours.luminance(accent)


def test_a_dark_accent_is_left_alone():
    assert colours.darkened("#1F6F54") == "#1F6F54"


def test_a_ground_nothing_reads_on_gives_black():
    assert colours.darkened("#555555", "#333333") == "#000000"


@given(hexes)
def test_every_palette_can_be_read(accent):
    made = colours.palette(accent, ink="#1D1D1B", paper="#FFFCF3", signal="#FFD21F", tint=0.12)
    for role, ground in (
        ("white", "accent"),
        ("white", "deep"),
        ("accent", "paper"),
        ("ink", "paper"),
        ("ink", "tint"),
        ("ink", "signal"),
        ("white", "ink"),
    ):
        assert colours.contrast(made.of(role), made.of(ground)) >= colours.READABLE


def test_colours_mix_by_share():
    assert colours.mixed("#FF0000", "#0000FF", 0.5) == "#800080"
    assert colours.mixed("#FF0000", "#0000FF", 1) == "#FF0000"
