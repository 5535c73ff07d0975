import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from branch_desk.desk import clipboard
from branch_desk.desk.preview import Zoom
from branch_desk.desk.preview.pictures import MOST_BYTES, PART_PIXELS
from tests.desk.preview.conftest import A4, A5, WIDE, paper


def test_a_paper_is_shown_page_under_page(preview, drawn):
    view = drawn(A5, A5, A5)
    assert preview.pages.text() == "1 of 3"
    assert view.accessibleName() == "Preview, 3 pages"
    assert view.in_sight()[0] == 0
    image = view.viewport().grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).lightness() < 60


def test_the_keys_move_through_the_pages(preview, drawn, qtbot):
    view = drawn(A5, A5, A5)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert 2 in view.in_sight()
    assert preview.pages.text() == "3 of 3"
    drawn()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.in_sight()[0] == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert 1 in view.in_sight()
    view.go_to(2)
    assert 2 in view.in_sight()
    qtbot.keyClick(view, Qt.Key.Key_A)


def test_a_page_can_be_typed(preview, drawn, qtbot):
    view = drawn(*[A5] * 9)
    box = preview.pages.box
    box.selectAll()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert view.page == 6
    assert 6 in view.in_sight()
    assert preview.pages.text() == "7 of 9"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert preview.pages.text() == "8 of 9"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert view.page == 6
    for typed, page in (("400", 8), ("", 8), ("last", 8), ("2", 1), ("0", 0)):
        box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_Backspace)
        qtbot.keyClicks(box, typed)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert view.page == page
        assert box.text() == str(page + 1)


def test_the_newest_paper_is_shown_and_the_place_is_kept(preview, drawn, qtbot):
    view = drawn(A5, A5, A5)
    view.go_to(2)
    place = view.verticalScrollBar().value()
    preview.show_paper(lambda _: paper(A5, A5, A5, fill=1.0), "A paper")
    with qtbot.waitSignal(preview.ready):
        pass
    drawn()
    assert view.verticalScrollBar().value() == place


def test_a_page_as_wide_as_the_view_grows_with_it_and_pages_keep_their_proportions(preview, drawn):
    view = drawn(A4, WIDE, A5)
    assert view.place(1).width() == pytest.approx(view.viewport().width() - 28, abs=1)
    assert view.place(0).width() / view.place(1).width() == pytest.approx(595 / 842, abs=0.01)
    before = view.place(1).width()
    preview.resize(800, 700)
    assert view.place(1).width() > before + 200


def test_zoom_by_the_keys_the_buttons_and_the_list(preview, drawn, qtbot):
    view = drawn(A4, A4)
    preview.activateWindow()
    by_text = {act.text(): act for act in preview.actions_of_preview}
    by_text["Fit page"].trigger()
    assert view.place(0).height() <= view.viewport().height()
    assert preview.zoom.combo.currentText() == "Fit page"
    preview.zoom.combo.setCurrentIndex(preview.zoom.combo.findText("200%"))
    preview.zoom.combo.activated.emit(preview.zoom.combo.currentIndex())
    real = 595 * view.logicalDpiX() / 72
    assert view.place(0).width() == pytest.approx(2 * real, rel=0.01)
    assert view.horizontalScrollBar().maximum() > 0
    by_text["Zoom in"].trigger()
    assert view.factor == pytest.approx(3)
    by_text["Zoom out"].trigger()
    by_text["Zoom out"].trigger()
    assert view.factor == pytest.approx(1.5)
    by_text["Fit width"].trigger()
    assert preview.zoom.combo.currentText() == "Fit width"
    for _ in range(20):
        view.step_zoom(1)
    assert view.factor == pytest.approx(4)
    for _ in range(20):
        view.step_zoom(-1)
    assert view.factor == pytest.approx(0.5)
    drawn()


def test_ctrl_and_the_wheel_zoom_at_the_pointer(preview, drawn):
    view = drawn(A4, A4)
    at = QPointF(120, 300)
    spot = view.at(at)
    turn = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = view.factor
    QApplication.sendEvent(view.viewport(), turn)
    assert view.factor > before
    now = view.at(at)
    assert now[0] == spot[0]
    assert now[1:] == pytest.approx(spot[1:], abs=3)


def test_a_zoom_none_of_those_offered_is_shown_as_it_is(preview, drawn):
    view = drawn(A4)
    view.set_zoom(Zoom.of(1.1))
    assert preview.zoom.combo.currentIndex() == -1
    assert preview.zoom.combo.placeholderText() == "110%"


def test_a_point_of_the_view_is_told_as_a_point_of_the_paper(drawn):
    view = drawn(A5, A5)
    place = view.place(0)
    number, x, y = view.at(place.center())
    assert (number, round(x), round(y)) == (0, 210, round(595 / 2))
    assert view.at(QPointF(2, 2)) is None


def test_a_page_larger_than_a_part_is_drawn_in_parts_and_joins_up(preview, drawn):
    view = drawn(A4)
    view.set_zoom(Zoom.of(4))
    drawn()
    assert view.place(0).width() * view.place(0).height() > PART_PIXELS * 2
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    drawn()
    image = view.viewport().grab().toImage()
    column = [image.pixelColor(image.width() // 2, y).lightness() for y in range(image.height())]
    assert max(column) < 60


def test_leafing_through_two_hundred_pages_keeps_no_more_drawn_than_the_bound(preview, drawn):
    view = drawn(*[A4] * 200)
    for page in range(0, 200, 7):
        view.go_to(page)
        drawn()
        one = view._pictures.bytes / max(len(view._pictures._held), 1)
        assert view._pictures.bytes <= MOST_BYTES + 3 * one
    assert len(view._pictures._held) < 200


def test_words_under_the_mouse_are_selected_and_copied(preview, drawn, qtbot):
    view = drawn(A5, words=["the quorum is nine"])
    page, scale = view.place(0), view.scale
    line = 595 - (595 - 100) - 4
    start = (page.topLeft() + QPointF(38, line) * scale).toPoint()
    end = (page.topLeft() + QPointF(95, line) * scale).toPoint()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.waitUntil(lambda: view.selection is not None)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = clipboard.text()
    assert copied
    assert "the quorum is nine".startswith(copied)
    clipboard.forget()


def test_without_a_selection_the_page_is_copied(preview, drawn, qtbot, settled):
    drawn(A5, words=["the quorum is nine"])
    {act.text(): act for act in preview.actions_of_preview}["Copy the text of the page"].trigger()
    qtbot.waitUntil(lambda: "the quorum is nine" in clipboard.text())
    clipboard.forget()


def test_the_page_in_sight_can_be_read_by_those_who_listen(preview, drawn, qtbot):
    view = drawn(A5, A5, A5, words=["first", "second", "third"])
    qtbot.waitUntil(lambda: "first" in view.accessibleDescription())
    assert view.accessibleDescription().startswith("Page 1 of 3. ")
    view.go_to(2)
    qtbot.waitUntil(lambda: "third" in view.accessibleDescription())


def test_old_pages_stand_until_the_new_ones_are_drawn(preview, drawn, qtbot):
    view = drawn(A5)
    preview._show(type(view.pdf)(paper(A5, fill=0.0)))
    image = view.viewport().grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) != QColor("white")


def test_two_fingers_zoom(preview, drawn):
    view = drawn(A4)
    at = QPointF(100, 100)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        view.viewport().mapToGlobal(at),
        0.5,
        QPointF(),
    )
    before = view.factor
    QApplication.sendEvent(view.viewport(), pinch)
    assert view.factor == pytest.approx(before * 1.5)


def test_the_wheel_alone_scrolls(preview, drawn):
    view = drawn(A4, A4, A4)
    at = QPointF(100, 100)
    turn = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = view.factor
    QApplication.sendEvent(view.viewport(), turn)
    assert view.factor == before
    assert view.verticalScrollBar().value() > 0


def test_an_empty_view_takes_every_hand_without_harm(preview, qtbot):
    view = preview.view
    view.set_zoom(Zoom.of(2))
    view.step_zoom(1)
    view.go_to(4)
    view.copy()
    view.show_as_old()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.MiddleButton)
    qtbot.mouseMove(view.viewport(), QPoint(40, 40))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.page == -1
    assert preview.pages.text() == "0 of 0"
    assert not preview.pages.isEnabled()


def test_what_is_found_far_to_the_right_is_brought_into_sight(preview, drawn, settled):
    view = drawn(A4, words=["x " * 50 + "quorum"])
    view.set_zoom(Zoom.of(4))
    view.horizontalScrollBar().setValue(0)
    preview.search.begin()
    preview.search.line.setText("quorum")
    preview.search.look()
    settled()
    (hit,) = preview.search.hits
    left, *_ = hit.boxes[0]
    spot = view.place(0).left() + left * view.scale
    assert 0 <= spot <= view.viewport().width()
