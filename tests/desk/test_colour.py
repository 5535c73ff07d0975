import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.desk import colour
from branch_desk.store.errors import Invalid

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def test_contrast_is_what_the_standard_says():
    assert colour.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert colour.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_what_is_no_colour_is_refused_in_words():
    with pytest.raises(Invalid, match="“green” is not a colour"):
        colour.parts("green")


def test_mixing_nothing_of_a_colour_leaves_the_other():
    assert colour.mix("#102030", "#FFFFFF", 0) == "#FFFFFF"
    assert colour.mix("#102030", "#FFFFFF", 1) == "#102030"


@given(colours, st.sampled_from(["#FFFFFF", "#F5F6F4", "#1F2423", "#171A19"]))
def test_any_colour_is_made_readable_on_any_ground(chosen, ground):
    assert colour.contrast(colour.readable(chosen, ground), ground) >= 4.45


@given(colours)
def test_every_accent_a_branch_can_choose_stays_readable_by_day_and_by_night(chosen):
    for surface, window in (("#FFFFFF", "#F5F6F4"), ("#1F2423", "#171A19")):
        made = colour.accents(chosen, surface=surface, window=window)
        assert colour.contrast(made["accent"], surface) >= 4.4
        assert colour.contrast(made["accent"], window) >= 4.4
        assert colour.contrast(made["on_accent"], made["accent"]) >= 4.4
        assert colour.contrast(made["accent_text"], made["accent_soft"]) >= 4.4
