"""The lines of an agenda by the keys: pasted, renamed in place, moved, timed, opened, removed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from branch_desk.branch import records as branch
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.deeds import _plain
from branch_desk.meetings.page.agenda.tree import MINUTES, TITLE


def choose(agenda, row: int) -> None:
    agenda.tree.setCurrentItem(agenda.tree.topLevelItem(row))


def test_a_pasted_list_becomes_items_after_the_chosen_one(page, agenda, titles, settled, qtbot):
    before = titles()
    choose(agenda, 0)
    agenda.tree.setFocus()
    QApplication.clipboard().setText("1. Cake sale\n\n- Summer fair\n* 2026 accounts\n")
    with qtbot.waitSignal(page.session.undoable) as said:
        qtbot.keyClick(agenda.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args[0] == "3 items added."
    settled()
    assert titles()[:4] == [before[0], "Cake sale", "Summer fair", "2026 accounts"]
    page.session.undo()
    settled()
    assert titles() == before


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("3) Fair", "Fair"),
        ("12. Fair", "Fair"),
        ("- Fair", "Fair"),
        ("2026. A year", "2026. A year"),
        ("Mr. Jones", "Mr. Jones"),
    ],
)
def test_a_pasted_line_loses_its_number_or_bullet(line, title):
    assert _plain(line) == title


def test_nothing_or_a_book_is_not_pasted(page, agenda, qtbot, titles):
    before = titles()
    for text, said in (("  \n", "no lines"), ("line\n" * 61, "more than an agenda holds")):
        QApplication.clipboard().setText(text)
        with qtbot.waitSignal(page.session.failed) as failed:
            qtbot.keyClick(agenda.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert said in failed.args[0]
    assert titles() == before


def test_the_agenda_is_copied_as_text(motion, agenda, qtbot):
    qtbot.keyClick(agenda.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "1.  Welcome and apologies"
    assert any(each.startswith("\tMotion 2026/01: The clock") for each in lines)


def test_items_are_added_moved_and_removed(page, agenda, titles, settled, answering, qtbot):
    before = titles()
    answering(Item="A cake sale", **{"Minutes allowed": "5", "Where": "before"})
    agenda.add.trigger()
    settled()
    assert titles() == ["A cake sale", *before]
    assert agenda.card.form.fields["title"].text() == "A cake sale"
    agenda.down.trigger()
    settled()
    assert titles()[:2] == [before[0], "A cake sale"]
    agenda.up.trigger()
    settled()
    agenda.up.trigger()
    settled()
    assert titles()[0] == "A cake sale"
    with qtbot.waitSignal(page.session.undoable) as said:
        agenda.remove.trigger()
    assert said.args[0] == "Removed: A cake sale"
    settled()
    assert titles() == before


def test_an_item_needs_a_title(agenda, titles, answering):
    before = titles()
    asked = answering()
    agenda.add.trigger()
    assert "needs a title" in asked[0].notice.text()
    assert titles() == before


def test_an_item_is_renamed_and_timed_in_its_place(agenda, store, meeting, settled, qtbot, page):
    agenda.tree.setFocus()
    choose(agenda, 0)
    qtbot.keyClick(agenda.tree, Qt.Key.Key_Return)
    editor = agenda.tree.findChild(QLineEdit)
    assert editor.text() == "Welcome and apologies"
    QTest.keyClicks(editor, "Welcome")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    agenda.tree.itemDoubleClicked.emit(agenda.tree.topLevelItem(0), MINUTES)
    editor = next(
        each
        for each in agenda.tree.findChildren(QLineEdit)
        if each.isVisible() and each.accessibleName() == "Minutes allowed"
    )
    assert editor.text() == "5"
    editor.setText("8 min")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled()
    first = records.agenda(store, meeting)[0]
    assert (first.title, first.minutes) == ("Welcome", 8)
    assert agenda.tree.topLevelItem(0).text(MINUTES) == "8 min"
    with qtbot.waitSignal(page.session.failed) as said:
        agenda.tree.edited.emit(first.id, MINUTES, "a while")
    assert "is not a number of minutes" in said.args[0]


def test_an_item_is_changed_in_full(agenda, store, meeting, settled):
    fields = agenda.card.form.fields
    for key, text in (("title", "Welcome"), ("minutes", "7"), ("leads", "Ada Okafor")):
        fields[key].edit.setText(text)
        fields[key].leave()
        settled()
    fields["notes"].edit.setPlainText("Tea first.")
    fields["notes"].leave()
    settled()
    first = records.agenda(store, meeting)[0]
    assert (first.title, first.minutes, first.notes) == ("Welcome", 7, "Tea first.")
    assert first.leads == "Ada Okafor"
    fields["minutes"].edit.setText("a while")
    fields["minutes"].leave()
    assert "is not a number of minutes" in fields["minutes"].complaint()


def test_it_says_when_the_business_would_be_through(page, agenda, store, meeting, settled):
    branch.set_setting(store, "meeting.closing_time", "21:00")
    settled()
    text = agenda.time.text()
    assert text == "You will finish at 21:30; standing orders close at 21:00: 30 minutes over."
    records.add_item(store, meeting, "Open end")
    settled()
    assert agenda.time.text().startswith("The items with a time end at 21:30")


def test_without_times_it_says_none(page, store, meeting, settled):
    records.add_item(store, meeting, "Business")
    settled()
    assert page.panel.agenda.time.text() == ""
    records.add_item(store, meeting, "More", minutes=15)
    branch.set_setting(store, "meeting.closing_time", "22:00")
    settled()
    said = page.panel.agenda.time.text()
    assert said == "The items with a time end at 19:45; standing orders close at 22:00."


def test_enter_on_what_stands_under_an_item_opens_it(motion, letter, agenda, page, qtbot, store):
    rows = {agenda.tree.topLevelItem(n).text(TITLE).split(" ")[0]: n for n in range(11)}
    choose(agenda, rows["Motion"])
    with qtbot.waitSignal(page.session.went) as went:
        qtbot.keyClick(agenda.tree, Qt.Key.Key_Return)
    assert (went.args[0].page, went.args[0].id) == ("Motions", motion)
    with qtbot.waitSignal(page.session.went) as went:
        agenda.tree.itemDoubleClicked.emit(agenda.tree.topLevelItem(rows["Letter:"]), 0)
    assert went.args[0].page == "Letters"
    assert (went.args[0].id, went.args[0].what) == (letter, "")


def test_a_letter_is_taken_off_with_undo(letter, agenda, page, store, meeting, settled, qtbot):
    at = next(n for n in range(10) if "Letter" in agenda.tree.topLevelItem(n).text(TITLE))
    choose(agenda, at)
    with qtbot.waitSignal(page.session.undoable) as said:
        agenda.remove.trigger()
    assert said.args[0] == "Taken off: Letter: The list"
    settled()
    assert not any(each.threads for each in records.agenda(store, meeting))
    page.session.undo()
    settled()
    assert any(each.threads for each in records.agenda(store, meeting))


def test_a_line_carried_away_has_its_text_and_is_let_go_by_name(agenda, monkeypatch):
    from branch_desk.meetings.page.agenda import tree as tree_module

    carried = []

    class Drag:
        def __init__(self, source):
            carried.append(source)

        def __getattr__(self, name):
            return lambda given: carried.append((name, given))

    monkeypatch.setattr(tree_module, "QDrag", Drag)
    choose(agenda, 2)
    agenda.tree.startDrag(Qt.DropAction.MoveAction)
    assert carried[0] is agenda.tree
    given = dict(carried[1:])
    assert given["setMimeData"].text() == "Correspondence"
    assert not given["setPixmap"].isNull()
    assert given["exec"] == Qt.DropAction.MoveAction


def test_a_closing_time_past_reading_says_nothing_more():
    from branch_desk.meetings.page.agenda.panel import _over

    assert _over("21:10", "soon") == 0
