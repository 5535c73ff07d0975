"""The leaflet typed on where it stands: boxes, keys, hover, drops."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from branch_desk.leaflets import records
from branch_desk.store.errors import Invalid

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sheet(page):
    return page.panel.sheet


def keyed(qtbot, widget, *keys):
    for key in keys:
        qtbot.keyClick(widget, key)


def test_every_box_is_a_named_control_in_reading_order(sheet):
    names = [spot.accessibleName() for spot in sheet.spots.values()]
    assert names[:4] == ["Picture", "Tag", "Headline", "Opening"]
    assert names[-1] == "Imprint"
    assert sheet.spots["headline"].accessibleDescription() == "Save our library"
    assert sheet.spots["lead"].accessibleDescription().startswith("empty: Opening")


def test_a_click_opens_the_box_where_its_text_stands(sheet, qtbot):
    spot = sheet.spots["headline"]
    place = spot.geometry()
    qtbot.mouseClick(spot, LEFT)
    assert sheet.field.text() == "Save our library"
    assert sheet.field.edit.hasFocus()
    assert sheet.field.edit.accessibleName() == "Headline"
    assert abs(sheet.field.x() - place.x()) < 8
    assert abs(sheet.field.y() - place.y()) < 8
    assert not spot.isVisible()


def test_the_picture_follows_each_key_before_it_is_stored(
    sheet, page, store, flyer_id, qtbot, drawn
):
    before = sheet._image.copy()
    sheet.open("headline")
    sheet.field._pause.setInterval(600_000)
    qtbot.keyClicks(sheet.field.edit, ": come")
    drawn(page)
    assert sheet._image != before
    assert records.get(store, flyer_id).texts["headline"] == "Save our library"
    assert sheet.field._label.text() == "Headline · 4 of 8 words"
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Escape)
    assert records.get(store, flyer_id).texts["headline"] == "Save our library: come"
    assert sheet.field is None
    assert sheet.spots["headline"].hasFocus()


def test_tab_stores_and_goes_on_to_the_next_text(sheet, store, flyer_id, qtbot):
    sheet.open("headline")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Tab)
    assert sheet.field.edit.accessibleName() == "Opening"
    qtbot.keyClicks(sheet.field.edit, "They shut it.")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Backtab)
    assert sheet.field.edit.accessibleName() == "Headline"
    assert records.get(store, flyer_id).texts["lead"] == "They shut it."
    sheet.open("access")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Tab)
    assert sheet.spots["imprint"].hasFocus()


def test_enter_ends_one_line_and_breaks_several(sheet, qtbot):
    sheet.open("headline")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Return)
    assert sheet.field is None
    sheet.open("when")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Return)
    assert sheet.field.text() == "\n"
    qtbot.keyClick(sheet.field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sheet.field is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Space])
def test_a_box_is_reached_and_opened_by_keys(sheet, qtbot, key):
    sheet.spots["tag"].setFocus()
    keyed(qtbot, sheet.spots["tag"], Qt.Key.Key_Down)
    assert sheet.spots["headline"].hasFocus()
    keyed(qtbot, sheet.spots["headline"], Qt.Key.Key_Up)
    keyed(qtbot, sheet.spots["tag"], Qt.Key.Key_Left)
    assert sheet.spots["picture"].hasFocus()
    keyed(qtbot, sheet.spots["picture"], Qt.Key.Key_Up)
    assert sheet.spots["picture"].hasFocus()
    keyed(qtbot, sheet.spots["headline"], key)
    assert sheet.field.edit.accessibleName() == "Headline"


def test_tab_alone_walks_the_boxes(sheet, qtbot):
    sheet.spots["tag"].setFocus()
    QApplication.processEvents()
    keyed(qtbot, sheet.spots["tag"], Qt.Key.Key_Tab)
    assert sheet.spots["headline"].hasFocus()


def test_what_is_refused_stays_open_with_the_reason(sheet, qtbot, monkeypatch):
    def refuse(*_, **__):
        raise Invalid("That cannot stand on a leaflet.")

    monkeypatch.setattr(records, "change", refuse)
    sheet.open("headline")
    qtbot.keyClicks(sheet.field.edit, "!")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Escape)
    assert sheet.field.text() == "Save our library!"
    assert sheet.field.complaint() == "That cannot stand on a leaflet."
    assert not sheet.open("lead"), "nothing else opens over what is stored nowhere"


def test_a_box_follows_its_size_and_undo(sheet, page, qtbot, drawn):
    sheet.open("headline")
    qtbot.keyClicks(sheet.field.edit, " and the swimming pool")
    drawn(page)
    smaller = sheet.field._type.size
    sheet.close_box()
    page.session.undo()
    drawn(page)
    sheet.open("headline")
    assert sheet.field.text() == "Save our library"
    assert sheet.field._type.size > smaller


def test_the_first_line_and_the_rest_have_their_own_faces(sheet, page, qtbot, drawn):
    sheet.open("when")
    qtbot.keyClicks(sheet.field.edit, "Thu 12 March")
    keyed(qtbot, sheet.field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.field.edit, "7.30pm")
    drawn(page)
    first, rest = sheet.field._faces.of(0).font(), sheet.field._faces.of(1).font()
    assert first.family() == "Barlow Condensed"
    assert rest.family() == "Atkinson Hyperlegible Next"
    assert first.pixelSize() > rest.pixelSize()


def test_the_imprint_leads_to_its_fields_and_the_picture_to_the_dialog(
    sheet, page, store, flyer_id, photo, choosing, drawn, qtbot
):
    qtbot.mouseClick(sheet.spots["imprint"], LEFT)
    assert page.panel.side.of_it.fields["printer"].edit.hasFocus()
    choosing(photo)
    keyed(qtbot, sheet.spots["picture"], Qt.Key.Key_Return)
    drawn(page)
    assert records.get(store, flyer_id).picture.name == "photo.png"


def carried(sheet, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    point, keys = QPoint(60, 60), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, Qt.DropAction.CopyAction, data, LEFT, keys)
    QApplication.sendEvent(sheet, enter)
    return data, QDropEvent(QPointF(point), Qt.DropAction.CopyAction, data, LEFT, keys)


def test_a_dropped_picture_shows_where_it_goes_and_takes_its_place(
    sheet, page, store, flyer_id, photo, drawn
):
    held, drop = carried(sheet, photo)
    assert sheet.spots["picture"].taking
    sheet.grab()
    QApplication.sendEvent(sheet, QDragLeaveEvent())
    assert not sheet.spots["picture"].taking
    held, drop = carried(sheet, photo)
    QApplication.sendEvent(sheet, drop)
    assert held.hasUrls()
    assert not sheet.spots["picture"].taking
    drawn(page)
    assert records.get(store, flyer_id).picture.width == 1600
    assert not sheet.spots["picture"].empty


def test_wrong_files_are_refused_with_a_sentence(sheet, page, tmp_path, photo, qtbot):
    for paths, said in (
        ((tmp_path / "list.pdf",), "“list.pdf” is no picture"),
        ((photo, photo), "A leaflet has one picture; 2 files were dropped"),
    ):
        held, drop = carried(sheet, *paths)
        with qtbot.waitSignal(page.session.failed) as told:
            QApplication.sendEvent(sheet, drop)
        assert held.hasUrls()
        assert said in told.args[0]


def test_text_dragged_over_it_is_left_alone(sheet):
    data = QMimeData()
    data.setText("words")
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, keys)
    enter.ignore()
    QApplication.sendEvent(sheet, enter)
    assert not sheet.spots["picture"].taking
    QApplication.sendEvent(
        sheet, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, keys)
    )


def test_it_is_seen_as_printed_without_the_empty_boxes(sheet, page, drawn):
    page.panel.as_printed.setChecked(True)
    drawn(page)
    assert list(sheet.spots) == ["picture", "headline"]


def test_the_leaflet_is_shown_larger_smaller_and_whole(page, drawn):
    board = page.panel.board
    wide = board.scale()
    page.panel.larger.trigger()
    assert board.scale() > wide
    page.panel.smaller.trigger()
    page.panel.smaller.trigger()
    assert board.scale() < board.logicalDpiX() / 72 + 0.01
    page.panel.whole.trigger()
    assert board.sheet.sizeHint().height() <= board.height()
    page.panel.whole.trigger()
    assert board.scale() == wide
    for _ in range(9):
        page.panel.larger.trigger()
    assert board.scale() == pytest.approx(3 * board.logicalDpiX() / 72)
    drawn(page)


def test_a_box_is_painted_in_every_state(sheet, qtbot):
    plain = sheet.spots["headline"].grab().toImage()
    sheet.spots["headline"].setFocus()
    assert sheet.spots["headline"].grab().toImage() != plain
    assert sheet.spots["lead"].grab().toImage() != plain
