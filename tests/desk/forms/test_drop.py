from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from branch_desk.desk.forms import DropArea


@pytest.fixture
def area(qtbot):
    took = []
    made = DropArea("Drop a PDF here", (".pdf",), took.append)
    made.taken = took
    qtbot.addWidget(made)
    made.show()
    return made


def carrying(*names):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/post/{name}") for name in names])
    return data


def drag(data, kind, at):
    return kind(
        at,
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def drop(area, *names):
    data = carrying(*names)
    enter = drag(data, QDragEnterEvent, QPoint(5, 5))
    QApplication.sendEvent(area, enter)
    over = area.property("over")
    QApplication.sendEvent(area, drag(data, QDropEvent, QPointF(5, 5)))
    return enter.isAccepted(), over


def test_files_of_the_right_kind_are_taken(area):
    assert drop(area, "report.pdf", "Plan.PDF") == (True, True)
    assert area.taken == [[Path("/post/report.pdf"), Path("/post/Plan.PDF")]]
    assert area.property("over") is False


def test_of_others_it_says_what_it_takes(area):
    drop(area, "song.mp3")
    assert area.taken == []
    assert area.label.text() == "song.mp3 was not taken: only .pdf here."


def test_a_drag_that_goes_away_leaves_no_trace(area):
    files = carrying("a.pdf")
    QApplication.sendEvent(area, drag(files, QDragEnterEvent, QPoint(5, 5)))
    QApplication.sendEvent(area, QDragLeaveEvent())
    assert area.property("over") is False
    words = QMimeData()
    words.setText("just words")
    enter = drag(words, QDragEnterEvent, QPoint(5, 5))
    enter.ignore()
    QApplication.sendEvent(area, enter)
    assert not enter.isAccepted()


def test_without_a_mouse_its_button_asks_for_the_files(area, choosing, qtbot, tmp_path):
    choosing(tmp_path / "a.pdf", tmp_path / "b.pdf")
    drop(area, "song.mp3")
    area.setFocus()
    assert area.choose.accessibleDescription() == "Drop a PDF here"
    qtbot.keyClick(area.choose, Qt.Key.Key_Space)
    assert area.taken == [[tmp_path / "a.pdf", tmp_path / "b.pdf"]]
    assert area.label.text() == "Drop a PDF here"
