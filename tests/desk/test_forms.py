import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Form, Line, Lines, Tick
from branch_desk.store.errors import Invalid


@pytest.fixture
def kept():
    return []


@pytest.fixture
def beside(qtbot):
    """A window with a field, and something else to go to."""

    windows = []

    def make(field):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(field)
        other = QLineEdit()
        column.addWidget(other)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return other

    yield make
    windows.clear()


def test_a_line_is_stored_when_it_is_left_and_shows_a_tick(beside, kept, qtbot):
    field = Line("Surname", kept.append)
    other = beside(field)
    field.start("Okafor")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "s")
    assert kept == []
    other.setFocus()
    assert kept == ["sOkafor"]
    assert field._tick.text() == "✓ stored"
    qtbot.waitUntil(lambda: field._tick.text() == "", timeout=5000)


def test_enter_stores_and_what_is_unchanged_is_not_stored_again(beside, kept, qtbot):
    field = Line("Surname", kept.append)
    other = beside(field)
    field.start("Okafor")
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "Byrne")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    other.setFocus()
    assert kept == ["Byrne"]


def test_a_pause_in_typing_stores(beside, kept, qtbot):
    field = Line("Surname", kept.append)
    beside(field)
    field._pause.setInterval(1)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Byrne")
    qtbot.waitUntil(lambda: kept[-1:] == ["Byrne"])


def test_what_cannot_be_stored_stays_and_says_why(beside, qtbot):
    def refuse(text):
        raise Invalid(f"“{text}” is no e-mail address.")

    field = Line("E-mail", refuse)
    other = beside(field)
    field.start("a@example.org")
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "nobody")
    other.setFocus()
    assert field.complaint() == "“nobody” is no e-mail address."
    assert field.edit.accessibleDescription() == f"Not stored: {field.complaint()}"
    field.show_text("a@example.org")
    assert field.text() == "nobody"


def test_a_reason_goes_once_the_old_text_is_back(beside, qtbot):
    def refuse(text):
        raise Invalid("No.")

    field = Line("E-mail", refuse)
    other = beside(field)
    field.start("a")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "b")
    other.setFocus()
    assert field.complaint()
    field.edit.setFocus()
    field.edit.setText("a")
    other.setFocus()
    assert field.complaint() == ""


def test_what_is_being_typed_is_left_alone_when_the_record_changes(beside, kept, qtbot):
    field = Line("Surname", kept.append)
    beside(field)
    field.start("Okafor")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "x")
    field.show_text("Byrne")
    assert field.text() == "xOkafor"


def test_lines_are_stored_when_they_are_left_by_tab(beside, kept, qtbot):
    field = Lines("Notes", kept.append)
    beside(field)
    field.start("one")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "two ")
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert kept == ["two one"]


def test_typing_is_told_at_every_key_and_filling_is_not(beside, qtbot):
    for field in (Line("One"), Lines("Many")):
        typed = []
        field.typed.connect(typed.append)
        beside(field)
        field.start("a")
        assert typed == []
        field.edit.setFocus()
        qtbot.keyClicks(field.edit, "xy")
        assert typed == ["xa", "xya"]


def test_a_choice_is_stored_when_it_is_picked(beside, kept, qtbot):
    field = Choice("Payment", [("paid", "Paid"), ("due", "Due")], kept.append)
    beside(field)
    field.start("paid")
    field.combo.setFocus()
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert kept == ["due"]
    assert field.text() == "due"


def test_a_tick_is_stored_when_it_is_clicked(beside, kept, qtbot):
    field = Tick("By e-mail", kept.append)
    beside(field)
    field.start("")
    field.check.setFocus()
    qtbot.keyClick(field.check, Qt.Key.Key_Space)
    qtbot.keyClick(field.check, Qt.Key.Key_Space)
    assert kept == ["yes", ""]


def test_ctrl_z_undoes_typing_first_and_then_reaches_the_desk(beside, qtbot):
    field = Line("Surname")
    other = beside(field)
    undone = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), other.window())
    shortcut.activated.connect(lambda: undone.append(1))
    field.start("Okafor")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "x")
    qtbot.keyClick(field.edit, "z", Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Okafor"
    assert undone == []
    qtbot.keyClick(field.edit, "z", Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_a_form_stores_what_is_typed_before_it_shows_another_thing(beside, kept, qtbot):
    form = Form((((("a", Line("A", kept.append))), ("b", Lines("B"))), (("c", Line("C")),)))
    beside(form)
    form.start({"a": "1", "b": "2", "c": "3"})
    form.fields["a"].edit.setFocus()
    qtbot.keyClicks(form.fields["a"].edit, "x")
    form.leave()
    form.start({"a": "4", "b": "5", "c": "6"})
    assert kept == ["x1"]
    form.show_texts({"a": "7", "b": "8", "c": "9"})
    assert [form.fields[key].text() for key in "abc"] == ["7", "8", "9"]


def test_every_field_is_named_for_those_who_listen():
    for made in (Line("Surname"), Lines("Notes"), Choice("Kind", []), Tick("By post")):
        assert made.focusProxy().accessibleName() == made.name


def test_a_question_that_is_refused_stays_open_with_its_reason(qtbot):
    name = Line("Name")
    answers = iter([Invalid("A name is needed."), 7])

    def deed():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    ask = Ask(None, "Add", (name,), "Add", deed, text="Somebody new.")
    qtbot.addWidget(ask)
    ask.show()
    qtbot.mouseClick(ask.go, Qt.MouseButton.LeftButton)
    assert ask.isVisible()
    assert ask.notice.text() == "A name is needed."
    qtbot.keyClick(name.edit, Qt.Key.Key_Return)
    assert not ask.isVisible()
    assert ask.answer == 7


def test_a_hint_can_change():
    field = Line("Layout", hint="One.")
    field.set_hint("Two.")
    assert field._hint.text() == "Two."
