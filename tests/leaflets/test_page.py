import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from branch_desk.branch import records as branch
from branch_desk.leaflets import records
from branch_desk.leaflets.page import LeafletsPage

FLYER = "event-flyer-a5"
CARD = "sorry-we-missed-you-a6"


@pytest.fixture
def flyer(store):
    return records.add(store, title="Library", layout=FLYER, texts={"headline": "Save our library"})


@pytest.fixture
def page(flyer, shown):
    return shown(LeafletsPage, 1300, 800)


@pytest.fixture
def photo(tmp_path, qapp):
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    path = tmp_path / "photo.png"
    path.write_bytes(bytes(buffer.data().data()))
    return path


def drawn(page, qtbot, settled):
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=20_000)
    qtbot.waitUntil(lambda: not page.panel._check_later.isActive(), timeout=20_000)
    settled()


def test_an_empty_page_offers_a_new_leaflet(shown, settled, store, answering):
    page = shown(LeafletsPage)
    assert page.whole.currentIndex() == 1
    asked = answering(Title="Card", Layout=CARD)
    page.new.trigger()
    settled()
    assert asked[0].fields[1].text() == CARD
    found = records.get(store, page.table.current_id())
    assert (found.title, found.layout) == ("Card", CARD)


def test_a_leaflet_needs_a_title(shown, store, answering):
    page = shown(LeafletsPage)
    asked = answering()
    page.new.trigger()
    assert "needs a title" in asked[0].notice.text()
    assert records.ids(store) == []


def test_the_preview_follows_what_is_typed_before_it_is_stored(page, store, flyer, settled, qtbot):
    drawn(page, qtbot, settled)
    before = page.panel.preview.view.pdf.data
    field = page.panel.texts.fields["headline"]
    field._pause.setInterval(600_000)
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "Books for all")
    qtbot.waitUntil(lambda: page.panel.preview.view.pdf.data != before, timeout=20_000)
    assert records.get(store, flyer).texts["headline"] == "Save our library"
    field.leave()
    assert records.get(store, flyer).texts["headline"] == "Books for all"
    page.session.undo()
    settled()
    assert field.text() == "Save our library"


def test_what_stops_it_is_said_and_leads_to_its_place(page, settled, qtbot):
    drawn(page, qtbot, settled)
    said = [
        page.panel.findings.itemAt(at).widget().findChildren(QLabel)[0].text()
        for at in range(page.panel.findings.count())
    ]
    assert any("election material" in each for each in said)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    go = next(
        each
        for each in page.panel.findChildren(QPushButton)
        if "election material" in each.accessibleName()
    )
    go.click()
    assert page.panel.of_it.fields["election_material"].combo.hasFocus()


def test_a_picture_is_dropped_described_and_taken_off(page, store, flyer, photo, settled, qtbot):
    page.drop([str(photo)])
    settled()
    assert records.get(store, flyer).picture.width == 1600
    for key, text in (("alt", "A library"), ("credit", "Ada")):
        page.panel.picture.fields[key].edit.setText(text)
        page.panel.picture.fields[key].leave()
    settled()
    picture = records.get(store, flyer).picture
    assert (picture.alt, picture.credit) == ("A library", "Ada")
    page.panel.without.trigger()
    settled()
    assert records.get(store, flyer).picture is None
    assert not page.panel.picture.isVisible()


def test_what_is_no_picture_is_refused(page, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"no")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page.session.failed) as said:
        page.panel.choose.trigger()
    assert "photo.jpg" in said.args[0]


def test_what_is_said_of_the_leaflet_is_stored(page, store, flyer, settled):
    fields = page.panel.of_it.fields
    fields["title"].edit.setText("Library flyer")
    fields["title"].leave()
    fields["copies"].edit.setText("1,500")
    fields["copies"].leave()
    fields["promoter"].edit.setPlainText("Ada Okafor\n1 High Street")
    fields["promoter"].leave()
    combo = fields["election_material"].combo
    combo.setCurrentIndex(combo.findData("no"))
    fields["election_material"].leave()
    settled()
    found = records.get(store, flyer)
    assert (found.title, found.copies, found.election_material) == ("Library flyer", 1500, False)
    assert found.promoter.startswith("Ada")
    assert page.panel.heading.text() == "Library flyer"
    fields["copies"].edit.setText("some")
    fields["copies"].leave()
    assert "is not a number of copies" in fields["copies"].complaint()


def test_each_output_is_shown_or_refused_in_words(page, store, flyer, photo, settled, qtbot):
    page.drop([str(photo)])
    records.change(store, flyer, election_material=True)
    settled()
    page.panel.output.setCurrentIndex(page.panel.output.findData("shop"))
    page.panel._show_soon()
    qtbot.waitUntil(page.panel.preview.notice.isVisible, timeout=20_000)
    assert "cannot be printed yet" in page.panel.preview.notice.text()
    assert not page.panel.preview.print_action.isEnabled()
    branch.set_details(
        store, **dict.fromkeys(("printer", "promoter", "on_behalf_of"), "Ada Okafor, 1 High Street")
    )
    texts = {
        field.name: field.sample or "example.org/library"
        for field in records.material(store, flyer).layout.fields
    }
    records.change(store, flyer, texts=texts)
    picture = records.get(store, flyer).picture.focus
    records.describe_picture(store, flyer, alt="A library", credit="Ada", focus=picture)
    settled()
    for output in ("home", "shop", "marks", "look"):
        page.panel.output.setCurrentIndex(page.panel.output.findData(output))
        page.panel._show_soon()
        qtbot.waitUntil(lambda: not page.panel.preview._settle.isActive(), timeout=20_000)
        settled()
        assert page.panel.preview.print_action.isEnabled(), page.panel.preview.notice.text()


def test_another_layout_brings_its_own_fields(page, store, flyer, settled):
    card = records.add(store, title="Card", layout=CARD)
    settled()
    page.show_thing(card)
    settled()
    assert "headline" in page.panel.texts.fields
    assert page.panel.about.text() == records.material(store, card).layout.title


def test_a_copy_is_made_and_deleting_asks_nothing(page, store, flyer, settled):
    page.copy.trigger()
    settled()
    assert page.panel.heading.text() == "Library (copy)"
    page.remove.trigger()
    settled()
    assert records.ids(store) == [flyer]
    page.session.undo()
    settled()
    assert len(records.ids(store)) == 2


def test_the_list_is_sorted_both_ways(page, store, flyer, settled):
    other = records.add(store, title="Aardvark", layout=CARD)
    for order, descending, first in (
        ("title", False, other),
        ("title", True, flyer),
        ("oldest", True, other),
        ("oldest", False, flyer),
    ):
        page._reorder(order, descending)
        settled()
        assert page.table.rows.ids[0] == first


def test_what_is_printed_is_finer_than_what_is_shown(
    page, store, flyer, photo, settled, qtbot, tmp_path, monkeypatch
):
    saved = tmp_path / "flyer.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    drawn(page, qtbot, settled)
    with qtbot.waitSignal(page.session.failed, timeout=20_000) as said:
        page.panel.preview.save_action.trigger()
    assert "cannot be printed yet" in said.args[0]
    assert not saved.exists()
    layout = records.material(store, flyer).layout
    texts = {field.name: field.sample or "example.org/library" for field in layout.fields}
    records.change(store, flyer, texts=texts, election_material=False)
    page.drop([str(photo)])
    records.describe_picture(store, flyer, alt="A library", credit="Ada", focus=(0.5, 0.5))
    settled()
    drawn(page, qtbot, settled)
    with qtbot.waitSignal(page.session.said, timeout=20_000):
        page.panel.preview.save_action.trigger()
    from branch_desk.paper import preview

    assert [round(part) for part in preview.page_size(saved.read_bytes(), 0)] == [842, 595]


def test_nothing_is_drawn_or_stored_where_no_leaflet_is_shown(page, store, flyer, photo, settled):
    before = records.get(store, flyer)
    page.panel._describe(alt="A hall")  # it has no picture yet
    page.show_detail(None)
    page.panel._show_soon()
    page.panel._check()
    page.panel._describe(alt="A hall")
    page.panel.set_picture(str(photo))
    settled()
    assert records.get(store, flyer) == before
