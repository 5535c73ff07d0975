from PySide6.QtCore import Qt

from branch_desk.desk.preview.bars import AT_ONCE
from tests.desk.preview.conftest import A5, paper


def type_in(preview, qtbot, settled, text):
    preview.find_action.trigger()
    preview.search.line.clear()
    qtbot.keyClicks(preview.search.line, text)
    qtbot.keyClick(preview.search.line, Qt.Key.Key_Return)
    settled()


def test_what_is_searched_is_counted_marked_and_gone_through(preview, drawn, qtbot, settled):
    words = ["the motion on buses", "nothing", "a Motion and a motion"]
    view = drawn(A5, A5, A5, words=words)
    type_in(preview, qtbot, settled, "motion")
    find = preview.search
    assert find.count.text() == "1 of 3"
    assert [hit.page for hit in find.hits] == [0, 2, 2]
    marked = view.viewport().grab().toImage()
    left, top, *_ = find.hits[0].boxes[0]
    spot = view.place(0).topLeft().toPoint()
    ratio = marked.devicePixelRatio()
    colour = marked.pixelColor(
        round((spot.x() + (left + 0.5) * view.scale) * ratio),
        round((spot.y() + (top + 0.5) * view.scale) * ratio),
    )
    assert colour.red() > colour.blue() + 40
    qtbot.keyClick(find.line, Qt.Key.Key_Return)
    assert find.count.text() == "2 of 3"
    assert 2 in view.in_sight()
    qtbot.keyClick(find.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(find.line, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert find.count.text() == "3 of 3"
    assert find.line.accessibleDescription() == "3 of 3"
    qtbot.keyClick(find.line, Qt.Key.Key_Escape)
    assert find.isHidden()
    assert find.hits == []


def test_words_that_are_nowhere_are_said_to_be(preview, drawn, qtbot, settled):
    drawn(A5, words=["the motion on buses"])
    type_in(preview, qtbot, settled, "tram")
    assert preview.search.count.text() == "not found"
    preview.search.step(1)
    assert preview.search.count.text() == "not found"


def test_a_long_paper_is_searched_to_its_end_from_the_page_in_sight(preview, drawn, qtbot, settled):
    pages = AT_ONCE * 2 + 3
    view = drawn(*[A5] * pages, words=["bus"] * pages)
    view.go_to(20)
    type_in(preview, qtbot, settled, "bus")
    assert len(preview.search.hits) == pages
    assert preview.search.count.text() == f"{view.page + 1} of {pages}"


def test_a_search_follows_the_paper_when_it_is_laid_out_afresh(preview, drawn, qtbot, settled):
    drawn(A5, words=["the bus"])
    type_in(preview, qtbot, settled, "bus")
    preview.show_paper(lambda _: paper(A5, words=["a bus is a bus"]), "A paper")
    with qtbot.waitSignal(preview.ready):
        pass
    settled()
    assert preview.search.count.text() == "1 of 2"


def test_typing_searches_without_enter(preview, drawn, qtbot):
    drawn(A5, words=["the bus"])
    preview.find_action.trigger()
    qtbot.keyClicks(preview.search.line, "bus")
    qtbot.waitUntil(lambda: preview.search.count.text() == "1 of 1")


def test_the_controls_go_on_in_the_next_line_where_there_is_no_room(preview, drawn):
    drawn(A5)
    preview.resize(760, 700)
    wide = preview.bar.heightForWidth(760)
    assert preview.bar.heightForWidth(240) > wide
    preview.resize(280, 700)
    shown = [preview.bar.itemAt(at).widget() for at in range(preview.bar.count())]
    for widget in shown:
        assert widget.geometry().right() <= preview.width()
