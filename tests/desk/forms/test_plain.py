from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from branch_desk.desk import kit, theme
from branch_desk.desk.forms import (
    Choice,
    EmailField,
    Form,
    Line,
    Lines,
    MoneyField,
    Tick,
    jump,
    refused,
)
from branch_desk.store.errors import Invalid


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


def test_a_hint_can_change():
    field = Line("Layout", hint="One.")
    field.set_hint("Two.")
    assert field._hint.text() == "Two."


def test_a_reason_is_told_apart_from_a_warning_by_more_than_colour(beside, qtbot):
    def refuse(text):
        raise Invalid("A member needs a name.")

    wrong, odd = Line("Surname", refuse), EmailField("E-mail", lambda _: None)
    beside(wrong)
    beside(odd)
    for field in (wrong, odd):
        field.edit.setText("sam@@x")
        field.leave()
    assert wrong.refused
    assert not odd.refused
    assert wrong._tick.text() == "not stored"
    assert odd._tick.text() == "✓ stored"
    assert wrong.edit.accessibleDescription().startswith("Not stored: ")
    assert odd.edit.accessibleDescription().startswith("Stored, but: ")
    pictures = [each._note._mark.pixmap().toImage() for each in (wrong, odd)]
    assert pictures[0] != pictures[1]


def test_notes_follow_the_theme(beside, look):
    field = EmailField("E-mail", lambda _: None)
    beside(field)
    field.edit.setText("sam@@x")
    field.leave()
    light = field._note._mark.pixmap().toImage()
    look.set_mode("dark")
    assert field._note._mark.pixmap().toImage() != light


def test_a_pause_on_half_a_thing_is_no_mistake(beside, kept, qtbot):
    field = MoneyField("Fee", kept.append)
    beside(field)
    field._pause.setInterval(1)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "12.")
    qtbot.waitUntil(lambda: not field._pause.isActive())
    assert field.complaint() == ""
    qtbot.keyClicks(field.edit, "5")
    qtbot.waitUntil(lambda: kept == ["£12.50"])
    assert field.edit.text() == "12.5"  # what is being typed is not rewritten under the hand
    field.leave()
    assert field.edit.text() == "£12.50"
    assert kept == ["£12.50"]


def test_a_choice_of_many_is_found_by_typing_a_part_of_it(beside, kept, qtbot):
    field = Choice("Ward", [(str(n), f"Ward {n} of town") for n in range(20)], kept.append)
    beside(field)
    field.start("3")
    field.combo.setFocus()
    field.combo.lineEdit().selectAll()
    qtbot.keyClicks(field.combo.lineEdit(), "17")
    qtbot.keyClick(field.combo.completer().popup(), Qt.Key.Key_Return)
    assert kept == ["17"]
    assert field.combo.currentText() == "Ward 17 of town"
    field.combo.setFocus()
    field.combo.lineEdit().selectAll()
    qtbot.keyClicks(field.combo.lineEdit(), "no such ward")
    qtbot.keyClick(field.combo.lineEdit(), Qt.Key.Key_Return)
    assert kept == ["17"]
    assert field.combo.currentText() == "Ward 17 of town"


def test_other_choices_keep_what_was_picked(qtbot):
    field = Choice("Kind", [("a", "A"), ("b", "B")])
    qtbot.addWidget(field)
    field.start("b")
    field.set_choices([("c", "C"), ("b", "B")])
    assert field.text() == "b"
    field.set_choices([("c", "C"), ("d", "D")])
    assert field.text() == "c"


def test_a_field_that_is_only_read_can_be_reached_and_not_changed(beside, qtbot):
    for made in (Line("Number"), Lines("Notes")):
        beside(made)
        made.start("BR-1")
        made.set_read_only(on=True)
        made.edit.setFocus()
        assert made.edit.hasFocus()
        qtbot.keyClicks(made.edit, "x")
        assert made.text() == "BR-1"
    for made in (Choice("Kind", [("a", "A")]), Tick("By post")):
        beside(made)
        made.set_read_only(on=True)
        assert not made.focusProxy().isEnabled()


def test_lines_are_as_high_as_their_letters_ask_for(beside, look, qapp, qtbot):
    field = Lines("Notes", height=4)
    beside(field)
    field.start("one\ntwo\nthree\nfour")
    for scale in (1.0, 2.0):
        qapp.setStyleSheet(theme.stylesheet(theme.load("light", "", scale)))
        high = field.edit.fontMetrics().lineSpacing() * 4
        qtbot.waitUntil(lambda high=high: field.edit.height() >= high)
        assert field.edit.verticalScrollBar().maximum() == 0


def test_a_long_form_counts_what_is_not_stored_and_leads_to_the_first(beside, qtbot):
    def refuse(text):
        raise Invalid("No.")

    fields = [Line(f"Field {n}", refuse) for n in range(12)]
    form = Form([[(str(n), field)] for n, field in enumerate(fields)])
    beside(form)
    form.start({str(n): "" for n in range(12)})
    assert not form.summary.isVisible()
    for number in (7, 4):
        fields[number].edit.setText("x")
        fields[number].leave()
    assert form.summary.isVisible()
    assert form.summary.text() == "2 fields are not stored."
    assert refused(form) == [fields[4], fields[7]]
    qtbot.mouseClick(form.summary.leads, Qt.MouseButton.LeftButton)
    assert fields[4].edit.hasFocus()
    fields[4].edit.setText("")
    fields[4].leave()
    assert form.summary.text() == "1 field is not stored."
    form.start({str(n): "" for n in range(12)})
    assert not form.summary.isVisible()


def test_a_mistake_out_of_sight_is_brought_into_sight(qtbot):
    fields = [Line(f"Field {n}") for n in range(40)]
    form = Form([[(str(n), field)] for n, field in enumerate(fields)])
    area = kit.scrolled(form)
    qtbot.addWidget(area)
    area.resize(400, 200)
    area.show()
    jump(fields[35])
    assert area.verticalScrollBar().value() > 0
    assert fields[35].edit.visibleRegion().boundingRect().height() > 0


def test_a_form_of_forty_fields_shows_another_thing_within_a_frame(qtbot):
    import time

    fields = [[(f"{n}{m}", Line(f"{n}{m}", lambda _: None)) for m in "ab"] for n in range(20)]
    form = Form(fields)
    qtbot.addWidget(form)
    form.show()
    keys = list(form.fields)
    best = 1.0
    for turn in range(5):
        start = time.perf_counter()
        form.start({key: f"text {turn} of {key}" for key in keys})
        best = min(best, time.perf_counter() - start)
    assert best < 0.033
