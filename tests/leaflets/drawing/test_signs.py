from __future__ import annotations

import pytest

from branch_desk.leaflets.drawing import signs
from branch_desk.leaflets.drawing.marks import Shape, Stroke
from branch_desk.store.errors import Invalid

ADDRESS = "https://example.org/library"


def test_a_code_s_bars_are_its_dark_modules():
    cells = signs.matrix(ADDRESS)
    drawn = {(x + n, y) for x, y, long in signs.bars(ADDRESS) for n in range(long)}
    dark = {(x, y) for y, row in enumerate(cells) for x, cell in enumerate(row) if cell}
    assert drawn == dark
    assert signs.modules(ADDRESS) == len(cells) == 29


def test_an_address_too_long_for_a_code_is_refused():
    with pytest.raises(Invalid, match="too long for a QR code: 4000 characters"):
        signs.modules("x" * 4000)


@pytest.mark.parametrize("kind", ["phone", "email", "link", "line"])
def test_a_sign_is_white_on_a_disc_and_stays_on_it(kind):
    disc, *strokes = signs.contact(kind, 10, 20, 12, "accent")
    assert isinstance(disc, Shape)
    assert strokes
    for stroke in strokes:
        assert stroke.role == "white"
        for x, y in stroke.points:
            assert (x - 16) ** 2 + (y - 20) ** 2 < 6**2


def test_a_tick_stands_on_the_middle_of_its_line():
    tick = signs.tick(0, 100, 10, "accent")
    assert isinstance(tick, Stroke)
    heights = [y for _, y in tick.points]
    assert min(heights) < 100 < max(heights)
