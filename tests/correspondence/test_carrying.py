"""Letters and what came with them, taken by the pointer and carried elsewhere."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from branch_desk.correspondence import records
from branch_desk.correspondence.page import LettersPage, card, conversation, detail
from branch_desk.correspondence.rules import Direction

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LIST = records.Enclosed("list.csv", "text/csv", b"a,b")


def came(store, body="Here it is.", **more):
    return records.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 2),
        subject="The list",
        body=body,
        sender="Office",
        office="Office",
        **more,
    )


@pytest.fixture
def letter(store):
    return came(store, enclosed=[LIST], notes="Came by hand.")


@pytest.fixture
def page(letter, shown):
    return shown(LettersPage)


@pytest.fixture
def enclosure(store, letter):
    return records.enclosures_of(store, records.get(store, letter).thread)[letter][0]


@pytest.fixture
def carried(monkeypatch):
    """What was carried: how, which letter, which files; nobody has to let go."""
    found = []

    def begin(drag, action):
        data = drag.mimeData()
        files = [url.toLocalFile() for url in data.urls()]
        found.append((action, bytes(data.data(card.LETTER).data()), files))
        return action

    monkeypatch.setattr(QDrag, "exec", begin)
    return found


def pull(widget, far):
    """Move the pressed pointer this far from where it was pressed."""
    at = QPointF(4 + far, 4)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        widget.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        LEFT,
        NONE,
    )
    QApplication.sendEvent(widget, move)


def opener(page):
    return next(
        each
        for each in page.panel.findChildren(QPushButton)
        if each.accessibleName() == "Open list.csv"
    )


def test_a_letter_is_taken_by_its_head_once_the_pointer_went_far(letter, page, carried, qtbot):
    head = page.panel.findChild(card._Grip)
    pull(head, 100)
    qtbot.mousePress(head, LEFT, pos=QPoint(4, 4))
    pull(head, 1)
    assert carried == []
    pull(head, 100)
    pull(head, 200)
    assert carried == [(Qt.DropAction.MoveAction, str(letter).encode(), [])]


def test_a_copy_of_an_enclosure_is_carried_out_and_not_opened(page, carried, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "branch_desk.correspondence.page.enclosed.QDesktopServices.openUrl", opened.append
    )
    file = opener(page)
    qtbot.mousePress(file, LEFT, pos=QPoint(4, 4))
    pull(file, 1)
    assert carried == []
    pull(file, 100)
    pull(file, 200)
    qtbot.mouseRelease(file, LEFT, pos=QPoint(4, 4))
    [(action, _, [path])] = carried
    assert action == Qt.DropAction.CopyAction
    assert Path(path).read_bytes() == b"a,b"
    assert opened == []


def test_where_no_copy_can_be_written_it_is_said_and_nothing_is_carried(
    page, enclosure, carried, qtbot
):
    folder = page.panel.enclosed.copy(enclosure).parent
    (folder / "list.csv").unlink()
    folder.rmdir()
    folder.write_bytes(b"")
    file = opener(page)
    qtbot.mousePress(file, LEFT, pos=QPoint(4, 4))
    with qtbot.waitSignal(page.session.failed):
        pull(file, 100)
    assert carried == []


def test_an_enclosure_that_is_gone_is_said(page, enclosure, qtbot):
    gone = replace(enclosure, id=enclosure.id + 1, attachment=enclosure.attachment + 1)
    with qtbot.waitSignal(page.session.failed):
        assert page.panel.enclosed.copy(gone) is None


def test_what_no_program_opens_is_saved(page, tmp_path, choosing, monkeypatch, qtbot):
    monkeypatch.setattr(
        "branch_desk.correspondence.page.enclosed.QDesktopServices.openUrl", lambda _: False
    )
    target = tmp_path / "copy.csv"
    choosing(target)
    qtbot.mouseClick(opener(page), LEFT)
    assert target.read_bytes() == b"a,b"


def test_a_letter_let_go_beside_the_threads_stays(letter, page, settled, store):
    before = records.get(store, letter).thread
    view, move = page.table.viewport(), Qt.DropAction.MoveAction
    data = card.letter_data(letter)
    below = view.rect().bottomLeft() + QPoint(5, -2)
    QApplication.sendEvent(view, QDragEnterEvent(below, move, data, LEFT, NONE))
    over = QDragMoveEvent(below, move, data, LEFT, NONE)
    QApplication.sendEvent(view, over)
    assert not over.isAccepted()
    drop = QDropEvent(QPointF(below), move, data, LEFT, NONE)
    QApplication.sendEvent(view, drop)
    settled()
    assert not drop.isAccepted()
    assert records.get(store, letter).thread == before


def test_a_note_is_shown_and_a_folded_letter_counts_its_files(letter, page, settled, store):
    assert "Came by hand." in [label.text() for label in page.panel.findChildren(QLabel)]
    thread = records.get(store, letter).thread
    for number in range(detail.UNFOLDED):
        came(store, f"Page {number}.", thread=thread)
    settled()
    lines = [each.text() for each in page.panel.findChildren(QPushButton)]
    assert any(line.endswith("Here it is. · 1 file") for line in lines), lines


def test_a_thread_that_is_gone_is_nothing(store):
    assert conversation.read(store, 99) is None
