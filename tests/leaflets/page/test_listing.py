"""The list of leaflets, the layouts to begin from, copies and deleting."""

from PySide6.QtCore import Qt

from branch_desk.leaflets import records
from branch_desk.leaflets.page import LeafletsPage

CARD = "sorry-we-missed-you-a6"


def test_an_empty_page_offers_a_gallery_with_real_pictures(shown, settled, store, drawn, qtbot):
    page = shown(LeafletsPage)
    assert page.whole.currentIndex() == 1
    page.new.trigger()
    settled()
    gallery = page._cover
    for card in gallery.cards:
        picture = card.icon().pixmap(card.iconSize()).toImage()
        colours = {picture.pixelColor(x, 40).name() for x in range(0, picture.width(), 9)}
        assert len(colours) > 1, "a picture of the layout, not an empty one"
    qtbot.keyClick(gallery.cards[1], Qt.Key.Key_Return)
    drawn(page)
    found = records.get(store, page.table.current_id())
    assert found.layout == CARD
    assert page.panel.sheet.field.edit.accessibleName() == "Who called"


def test_the_gallery_can_be_left(page, settled):
    page.show_gallery()
    settled()
    page._cover.left.emit()
    settled()
    assert page._cover is None


def test_a_leaflet_begins_at_one_click_under_the_list(page, store, drawn, qtbot):
    card = page.strip.cards[0]
    assert card.accessibleName() == "Begin: Event flyer, A5"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    drawn(page)
    assert len(records.ids(store)) == 2
    qtbot.keyClick(page.strip.cards[1], Qt.Key.Key_Tab)
    qtbot.keyClick(page.strip.cards[1], Qt.Key.Key_Space)
    drawn(page)
    assert len(records.ids(store)) == 3


def test_the_pictures_follow_the_branch_s_colour(page, store, settled):
    from branch_desk.branch import records as branch

    before = page.thumbnails._drawn
    page.summarise()
    settled()
    assert page.thumbnails._drawn is before
    branch.set_details(store, accent="#7A1FA2")
    settled()
    assert page.thumbnails._drawn is not before


def test_a_copy_is_made_and_deleting_asks_nothing(page, store, flyer_id, drawn, qtbot):
    with qtbot.waitSignal(page.session.undoable):
        page.copy.trigger()
    drawn(page)
    assert page.panel.heading.text() == "Library (copy)"
    with qtbot.waitSignal(page.session.undoable) as said:
        page.remove.trigger()
    drawn(page)
    assert said.args[0] == "Deleted: Library (copy)"
    assert records.ids(store) == [flyer_id]
    page.session.undo()
    drawn(page)
    assert len(records.ids(store)) == 2


def test_nothing_is_copied_or_deleted_where_none_is_chosen(shown, store):
    page = shown(LeafletsPage)
    page.do_copy()
    page.do_remove()
    assert records.ids(store) == []


def test_the_list_is_sorted_both_ways(page, store, flyer_id, settled):
    other = records.add(store, title="Aardvark", layout=CARD)
    for order, descending, first in (
        ("title", False, other),
        ("title", True, flyer_id),
        ("oldest", True, other),
        ("oldest", False, flyer_id),
    ):
        page._reorder(order, descending)
        settled()
        assert page.table.rows.ids[0] == first


def test_another_leaflet_brings_its_own_boxes(page, store, drawn):
    card = records.add(store, title="Card", layout=CARD)
    drawn(page)
    page.panel.sheet.open("headline")
    page.show_thing(card)
    drawn(page)
    assert page.panel.sheet.field is None
    assert "phone" in page.panel.sheet.spots
    assert "tag" not in page.panel.sheet.spots
    assert page.panel.about.text().endswith("105 by 148 mm")
