"""The page as a whole: its tabs, its summary, its paper."""

from branch_desk.branch import records
from branch_desk.desk.forms import Line


def test_the_summary_counts_officers_and_rules_not_set(page, store, settled):
    records.add_officer(store, "Chair", "Ada Okafor")
    settled()
    missing = sum(each.value is None for each in records.standing_orders(store))
    assert page.summary.text() == f"1 officer · {missing} rules not set"


def test_a_place_on_the_page_can_be_gone_to(page):
    for what, tab in (("orders", 2), ("log", 3), ("", 1), ("details", 0), ("else", 0)):
        page.show_thing(1, what)
        assert page.tabs.currentIndex() == tab


def test_the_standing_orders_are_shown_as_a_paper(page, orders, settled, qtbot):
    page.orders.asked.emit()
    settled()
    cover = page._cover
    qtbot.waitUntil(lambda: cover.preview.view.pdf is not None, timeout=20_000)
    from branch_desk.paper import preview

    said = preview.texts(cover.preview.view.pdf.data)[0]
    assert "Notice of an ordinary meeting" in said
    assert not page.tabs.isVisible()
    cover.left.emit()
    assert page.tabs.isVisible()
    assert page._cover is None


def test_only_what_is_looked_at_is_built(page, store, settled):
    assert page._orders.inner is None
    assert page._safety.inner is None
    page._logged(None)
    assert page._safety.inner is None


def test_undo_shows_what_stood_there_before(page, store, settled):
    field = page.details.fields["hq"]
    assert isinstance(field, Line)
    field.edit.setText("National Office")
    field.leave()
    settled()
    page.session.undo()
    settled()
    assert field.text() == ""
