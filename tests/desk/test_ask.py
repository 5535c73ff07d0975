from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QWidget

from branch_desk.desk import ask, theme
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, Line, Lines, MoneyField
from branch_desk.store.errors import Invalid


@pytest.fixture
def asking(qtbot, look):
    """Open a question and wait until it is there; its answers are listed."""

    def begin(*fields, deed=lambda: 7, **rest):
        made = Ask(None, rest.pop("title", "Add a member"), fields, "Add", deed, **rest)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return begin


def test_a_question_that_is_refused_stays_open_with_its_reason(asking, qtbot):
    name = Line("Name")
    answers = iter([Invalid("A name is needed."), 7])

    def deed():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    made = asking(name, deed=deed, text="Somebody new.")
    qtbot.mouseClick(made.go, Qt.MouseButton.LeftButton)
    assert made.isVisible()
    assert made.notice.text() == "A name is needed."
    qtbot.keyClick(name.edit, Qt.Key.Key_Return)
    assert not made.isVisible()
    assert made.answer == 7


def test_it_opens_without_stopping_the_program_and_tells_its_answer(qtbot):
    parent, told = QWidget(), []
    qtbot.addWidget(parent)
    parent.show()
    made = Ask(parent, "Add", (Line("Name"),), "Add", lambda: 7, done=told.append)
    made.begin()
    assert made.isVisible()
    assert told == []
    made.go.click()
    assert told == [7]


def test_ctrl_and_enter_presses_the_button_from_a_long_text_and_enter_does_not(asking, qtbot):
    text = Lines("Text")
    made = asking(text)
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    assert made.isVisible()
    assert text.text() == "\n"
    qtbot.keyClick(text.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not made.isVisible()
    assert made.answer == 7


def test_enter_on_a_choice_presses_the_button(asking, qtbot):
    kind = Choice("Kind", [("a", "A"), ("b", "B")])
    made = asking(kind)
    qtbot.keyClick(kind.combo, Qt.Key.Key_Return)
    assert not made.isVisible()


def test_escape_closes_with_what_was_typed_and_asks_nothing(asking, qtbot):
    done = []
    name = Line("Name")
    made = asking(name, done=done.append)
    qtbot.keyClicks(name.edit, "Ada")
    qtbot.keyClick(name.edit, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert done == []
    assert made.answer is None


def test_a_field_that_cannot_be_read_is_gone_to_and_nothing_is_done(asking, qtbot):
    from datetime import date

    done = []
    name = Line("Name")
    fee, when = MoneyField("Fee"), DateField("When", today=lambda: date(2026, 5, 14))
    made = asking(name, fee, when, deed=lambda: done.append(1))
    fee.start("twelve")
    when.start("soon")
    qtbot.mouseClick(made.go, Qt.MouseButton.LeftButton)
    assert done == []
    assert made.isVisible()
    assert fee.edit.hasFocus()
    assert "not an amount" in fee.complaint()
    assert "not a date" in when.complaint()
    fee.edit.setText("12")
    when.edit.setText("today")
    qtbot.mouseClick(made.go, Qt.MouseButton.LeftButton)
    assert done == [1]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_much_that_is_asked_scrolls_and_the_buttons_stay_in_sight(
    asking, qtbot, monkeypatch, qapp, scale
):
    room = QSize(1024, 640)

    screen = SimpleNamespace(availableGeometry=lambda: QRect(QPoint(), room))
    monkeypatch.setattr(Ask, "screen", lambda _: screen)
    qapp.setStyleSheet(theme.stylesheet(theme.load("light", "", scale)))
    fields = [Line(f"Field {number}") for number in range(24)]
    made = asking(*fields, text="Words about it. " * 30)
    assert made.height() <= room.height()
    assert made.width() <= room.width()
    for button in (made.go, made.cancel):
        corner = button.mapTo(made, button.rect().bottomRight())
        assert made.rect().contains(corner)
    assert made.body.verticalScrollBar().maximum() > 0
    for _ in fields[1:]:
        qtbot.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert fields[-1].edit.hasFocus()
    qtbot.waitUntil(lambda: fields[-1].edit.visibleRegion().boundingRect().height() > 5)


def test_an_endless_value_neither_cuts_the_title_nor_pushes_the_buttons_away(asking):
    name = "y" * 300
    made = asking(Line("Name"), title=f"Erase {name}?", text=name)
    assert made.width() <= made.screen().availableGeometry().width()
    title = next(each for each in made.findChildren(QLabel) if each.property("role") == "title")
    assert title.text().replace("\u200b", "") == f"Erase {name}?"
    assert title.height() >= title.heightForWidth(title.width())
    assert title.width() <= made.body.viewport().width()
    assert made.accessibleName() == f"Erase {name}?"
    for button in (made.go, made.cancel):
        assert made.rect().contains(button.mapTo(made, button.rect().center()))


def test_a_short_question_is_no_higher_than_it_needs(asking):
    made = asking(Line("Name"))
    assert made.body.verticalScrollBar().maximum() == 0
    assert made.height() < 320


def test_while_long_work_is_stored_the_question_waits(session, asking, qtbot):
    import threading

    go = threading.Event()
    session.long_deed("Bringing in", lambda _: go.wait(10), lambda _: None)
    qtbot.waitUntil(lambda: session.workers.writing)
    done = []
    made = asking(Line("Name"), deed=lambda: done.append(1), session=session)
    made.go.click()
    assert made.isVisible()
    assert not made.go.isEnabled()
    assert "waits until the long work is stored" in made.notice.text()
    go.set()
    qtbot.waitUntil(lambda: done == [1])
    assert not made.isVisible()


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_files_are_asked_for_without_stopping_the_program(parent, tmp_path):
    told = []
    path = str(tmp_path / "a.pdf")
    ask.file_to_open(parent, "Open", str(tmp_path), "PDF (*.pdf)", told.append)
    ask.files_to_open(parent, "Open", str(tmp_path), "PDF (*.pdf)", told.append)
    ask.file_to_save(parent, "Save", path, "PDF (*.pdf)", told.append)
    ask.folder(parent, "Folder", str(tmp_path), told.append)
    dialogs = parent.findChildren(QFileDialog)
    assert [each.isVisible() for each in dialogs] == [True] * 4
    assert told == []
    for each in dialogs:
        each.filesSelected.emit([path])
        each.close()
    assert told == [Path(path), [Path(path)], Path(path), Path(path)]


def test_what_cannot_be_undone_is_asked_about_with_cancel_first(parent):
    done = []
    box = ask.confirm(parent, "Erase?", "<b>O'Brien</b>", "Erase", lambda: done.append(1))
    assert box.defaultButton().text() == "Cancel"
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.defaultButton().click()
    assert done == []
    ask.confirm(parent, "Erase?", "O'Brien", "Erase", lambda: done.append(1))
    boxes = parent.findChildren(QMessageBox)
    press = next(b for b in boxes[-1].findChildren(QPushButton) if b.text() == "Erase")
    press.click()
    assert done == [1]
