from __future__ import annotations

from datetime import date

import pytest

from branch_desk.branch import records as branch
from branch_desk.leaflets import records
from branch_desk.leaflets.rules import Party
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.links import Ref

FLYER = "event-flyer-a5"


def add(store, title="Save our library", **fields):
    return records.add(store, **{"title": title, "layout": FLYER, **fields})


def test_a_leaflet_is_kept_as_it_was_given(store):
    made = add(
        store,
        texts={"headline": "Come", "points": "One\nTwo"},
        election_material=True,
        copies=600,
        lang="cy-GB",
        accent="b3123a",
        printer="Example Press, Mill Lane 4",
    )
    found = records.get(store, made)
    assert found.id == made
    assert (found.title, found.layout, found.copies) == ("Save our library", FLYER, 600)
    assert found.texts == {"headline": "Come", "points": "One\nTwo"}
    assert found.election_material is True
    assert (found.lang, found.accent) == ("cy-GB", "#B3123A")
    assert found.printer == "Example Press, Mill Lane 4"
    assert found.made_on == date(2026, 5, 14)
    assert found.picture is None


@pytest.mark.parametrize("answer", [None, True, False])
def test_whether_it_is_election_material_has_three_answers(store, answer):
    assert records.get(store, add(store, election_material=answer)).election_material is answer


@pytest.mark.parametrize(
    ("fields", "error", "sentence"),
    [
        ({"title": "  "}, Invalid, "needs a title"),
        ({"layout": "poster"}, Missing, "no layout “poster”"),
        ({"copies": -1}, Invalid, "less than nothing"),
        ({"accent": "red"}, Invalid, "is not a colour"),
        ({"texts": {"headlin": "x"}}, Invalid, "Is “headline” meant"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(store, fields, error, sentence):
    with pytest.raises(error, match=sentence):
        add(store, **fields)
    assert records.ids(store) == []


def test_a_leaflet_that_is_not_there_is_missing(store):
    for deed in (
        lambda: records.get(store, 7),
        lambda: records.change(store, 7, title="x"),
        lambda: records.duplicate(store, 7),
        lambda: records.remove(store, 7),
        lambda: records.remove_picture(store, 7),
        lambda: records.set_picture(store, 7, b"", "a.jpg"),
        lambda: records.describe_picture(store, 7, alt="", credit="", focus=(0, 0)),
        lambda: records.material(store, 7),
    ):
        with pytest.raises(Missing, match="no leaflet 7"):
            deed()


def test_many_come_in_the_order_asked_for(store):
    one, two, three = (add(store, title) for title in ("B", "a", "C"))
    assert [each.id for each in records.many(store, [three, 99, one, two])] == [three, one, two]
    assert records.many(store, []) == []


def test_leaflets_are_listed_found_and_sorted(store):
    one = add(store, "Bees", texts={"lead": "The library closes"}, copies=5)
    two = add(store, "ants", copies=9)
    three = records.add(store, title="Cats", layout="sorry-we-missed-you-a6", copies=7)
    assert records.ids(store) == [three, two, one]
    assert records.ids(store, order="oldest") == [one, two, three]
    assert records.ids(store, order="title") == [two, one, three]
    assert records.ids(store, order="copies") == [two, three, one]
    assert records.ids(store, order="layout") == [two, one, three]
    assert records.ids(store, layout="sorry-we-missed-you-a6") == [three]
    assert records.ids(store, search="library") == [one]
    assert records.ids(store, search="zebra") == []
    with pytest.raises(Invalid, match="cannot be sorted by “size”"):
        records.ids(store, order="size")


def test_a_change_touches_what_it_names_and_texts_lie_over_texts(store):
    made = add(store, texts={"headline": "Come", "lead": "Now"}, copies=3)
    records.change(store, made, copies=9, texts={"lead": "Later", "tag": "Fair"})
    found = records.get(store, made)
    assert (found.title, found.copies) == ("Save our library", 9)
    assert found.texts == {"tag": "Fair", "headline": "Come", "lead": "Later"}
    records.change(store, made, texts={"lead": ""}, election_material=None)
    assert records.get(store, made).texts == {"tag": "Fair", "headline": "Come"}
    assert records.ids(store, search="Later") == []


def test_another_layout_keeps_the_texts_it_has_too(store):
    made = add(store, texts={"headline": "Come", "lead": "Now"})
    records.change(store, made, layout="sorry-we-missed-you-a6")
    assert records.get(store, made).texts == {"headline": "Come"}


def test_a_field_that_is_not_there_and_no_field_at_all(store):
    made = add(store)
    with pytest.raises(Invalid, match="no field “id”"):
        records.change(store, made, id=3)
    records.change(store, made)
    assert records.get(store, made).title == "Save our library"


def test_a_picture_is_kept_with_what_is_said_of_it(store, picture):
    made = add(store)
    records.set_picture(
        store,
        made,
        picture(200, 100),
        "a.jpg",
        alt=" A\nlibrary ",
        credit="A. Painter",
        focus=(0, 1),
    )
    found = records.get(store, made).picture
    assert (found.name, found.width, found.height) == ("a.jpg", 200, 100)
    assert (found.alt, found.credit, found.focus) == ("A library", "A. Painter", (0.0, 1.0))
    assert store.attachment(found.attachment)[:2] == b"\xff\xd8"
    records.describe_picture(store, made, alt="B", credit="C", focus=(0.25, 0.75))
    found = records.get(store, made).picture
    assert (found.alt, found.credit, found.focus) == ("B", "C", (0.25, 0.75))
    records.remove_picture(store, made)
    assert records.get(store, made).picture is None


def test_a_picture_that_is_none_leaves_the_old_one(store, picture):
    made = add(store)
    records.set_picture(store, made, picture(200, 100), "a.jpg")
    with pytest.raises(Invalid, match="neither a JPEG nor a PNG"):
        records.set_picture(store, made, b"GIF89a", "b.gif")
    with pytest.raises(Invalid, match="from 0 to 1"):
        records.set_picture(store, made, picture(200, 100), "c.jpg", focus=(0.5, 1.1))
    assert records.get(store, made).picture.name == "a.jpg"


def test_a_duplicate_has_everything_and_stands_alone(store, picture):
    made = add(store, texts={"headline": "Come"}, copies=4, election_material=True)
    records.set_picture(store, made, picture(200, 100), "a.jpg", alt="A")
    copy = records.duplicate(store, made)
    named = records.duplicate(store, made, title="Another")
    found = records.get(store, copy)
    assert found.title == "Save our library (copy)"
    assert records.get(store, named).title == "Another"
    assert (found.texts, found.copies, found.election_material) == ({"headline": "Come"}, 4, True)
    records.remove(store, made)
    assert store.attachment(found.picture.attachment)
    assert records.ids(store) == [named, copy]


def test_each_deed_is_one_step_that_can_be_undone(store, picture):
    made = add(store, texts={"headline": "Come"})
    records.change(store, made, title="Other", texts={"headline": "Go"})
    records.set_picture(store, made, picture(40, 40), "a.jpg")
    assert store.undo() == "Set leaflet's picture"
    assert records.get(store, made).picture is None
    assert store.undo() == "Change leaflet"
    assert records.get(store, made).texts == {"headline": "Come"}
    assert store.undo() == "Add leaflet"
    assert records.ids(store) == []
    store.redo()
    assert records.get(store, made).title == "Save our library"


def test_a_leaflet_can_be_titled_and_searched_as_a_thing(store):
    made = add(store, texts={"lead": "Ŵyn and łąka"})
    assert store.title(Ref("leaflet", made)) == "Save our library"
    assert store.search("leaflet", "wyn laka") == [made]


def test_material_takes_the_branch_s_imprint_and_accent_unless_told(store, picture):
    branch.set_details(
        store,
        name="Highfield Branch",
        accent="#0B5394",
        printer="Example Press Ltd, Unit 4, Mill Lane",
        promoter="A. Jones, 12 High Street",
        on_behalf_of="Highfield Branch, 12 High Street",
    )
    plain = records.material(store, add(store))
    assert (plain.branch, plain.accent, plain.picture) == ("Highfield Branch", "#0B5394", None)
    assert plain.imprint.printer == Party("Example Press Ltd", "Unit 4, Mill Lane")
    own = add(store, accent="#B3123A", promoter="B. Smith, 3 Loom Court")
    records.set_picture(store, own, picture(40, 40), "a.jpg")
    found = records.material(store, own)
    assert found.accent == "#B3123A"
    assert found.imprint.promoter == Party("B. Smith", "3 Loom Court")
    assert found.imprint.on_behalf_of.name == "Highfield Branch"
    assert found.picture == store.attachment(found.leaflet.picture.attachment)
