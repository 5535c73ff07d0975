"""Where the boxes are that a page edits, and the room the empty ones are given."""

from itertools import combinations

import pytest

from branch_desk.leaflets import papers
from branch_desk.leaflets.drawing.marks import Rect

PAGE = Rect(0, 0, 148 / 25.4 * 72, 210 / 25.4 * 72)


def overlap(one, other):
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 1 and down > 1


def test_every_text_of_a_full_flyer_has_its_place(flyer):
    made = flyer()
    board = papers.board(made)
    keys = [place.key for place in board.places]
    wanted = {each.name for each in made.layout.fields} | {"picture", "imprint"}
    assert set(keys) == wanted
    assert not any(place.empty for place in board.places)
    assert all(PAGE.holds(place.box, slip=1) for place in board.places)
    inside = [place.box for place in board.places if place.key not in {"picture", "tag"}]
    assert not any(overlap(one, other) for one, other in combinations(inside, 2))


def test_a_place_stands_where_the_leaflet_draws_its_text(flyer):
    made = flyer()
    lines = {line.text: line for line in papers.laid(made).lines()}
    places = {place.key: place for place in papers.board(made).places}
    line = lines["Hear the figures"]
    assert places["points"].box.holds(Rect(line.x, line.y - line.size / 2, line.width, 1))
    assert places["points"].type.size == line.size
    assert places["when"].type.follows == ("Atkinson", 9.5)
    assert places["tag"].type.upper
    assert (places["tag"].type.role, places["tag"].type.ground) == ("ink", "signal")


def test_empty_boxes_keep_room_and_print_as_nothing(flyer):
    made = flyer({"lead": "", "link": "", "tag": ""}, picture=False)
    board = papers.board(made)
    empty = {place.key for place in board.places if place.empty}
    assert empty == {"lead", "link", "tag", "picture"}
    from branch_desk.paper import preview

    said = preview.texts(board.pdf)[0]
    assert "Hear the figures" in said
    assert "wants to close" not in said, "the sample is not drawn"
    bare = papers.board(made, room=False)
    assert {place.key for place in bare.places if place.empty} == {"picture"}


def test_no_type_shrinks_for_a_box_that_is_empty(flyer):
    long = {"points": "\n".join(["A reason to come that takes a whole line and more"] * 5)}
    made = flyer({**long, "lead": "", "source": "", "when": ""})
    board = papers.board(made)
    size = {place.key: place.type.size for place in board.places}["points"]
    assert (
        size
        == {place.key: place.type.size for place in papers.board(made, room=False).places}["points"]
    )


def test_where_nothing_has_room_only_what_is_there_has_a_place(flyer):
    crowded = {"points": "\n".join(["A reason to come that takes a whole line and more"] * 40)}
    board = papers.board(flyer({**crowded, "lead": "", "when": ""}))
    assert not {"lead", "when"} & {place.key for place in board.places}


def test_a_portrait_and_an_imprint_that_are_not_there_have_their_room(card):
    from dataclasses import replace

    from branch_desk.leaflets.rules import Imprint

    made = replace(card(picture=False), imprint=Imprint())
    places = {place.key: place for place in papers.board(made).places}
    assert places["picture"].empty
    assert places["imprint"].empty


@pytest.mark.parametrize(("copies", "sheets"), [(0, 0), (1, 1), (2, 1), (1501, 751)])
def test_copies_come_to_sheets(flyer, copies, sheets):
    assert papers.sheets_needed(flyer().layout, copies) == (2, sheets)


def test_a_sample_shows_the_layout_in_the_branch_s_colour(flyer):
    from branch_desk.paper import preview

    made = papers.sample(flyer().layout, accent="#7A1FA2", branch="Highfield")
    assert "Highfield" in preview.texts(made)[0]
    image = preview.image(made, 0, 0.5)
    assert image.getpixel((3, round(image.height * 0.55))) == (122, 31, 162)
