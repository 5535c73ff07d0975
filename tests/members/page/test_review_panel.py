"""HQ's list decided on: differences side by side, doubts settled, columns corrected."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from branch_desk.members import records
from branch_desk.members.exchange import settle
from branch_desk.members.page import MembersPage
from branch_desk.members.page.review.columns import MIME
from branch_desk.members.page.review.differences import marked
from branch_desk.members.rules import EventKind, Standing

LEFT = Qt.MouseButton.LeftButton
LIST = """Membership Number,First Name,Surname,Email,Postcode,Date Joined,Status
0001,Ada,Okafor,ada@new.example.org,HF9 9ZZ,,Active
0002,Bryn,Howells,,,,Resigned
0003,Quite,Another,,,,Active
0009,<b>Nia</b>,"O'Brien-Ŵyn",nia@example.org,HF1 1AA,01/02/2026,Active
"""


@pytest.fixture
def people(store):
    return [
        records.add(
            store, forename="Ada", surname="Okafor", number="0001",
            email="ada@old.example.org", postcode="HF1 1AA",
        ),
        records.add(store, forename="Bryn", surname="Howells", number="0002"),
        records.add(store, forename="Ciara", surname="Byrne", number="0003", email="c@example.org"),
        records.add(store, forename="Dev", surname="Malik", number="0004"),
    ]  # fmt: skip


@pytest.fixture
def page(shown, people):
    return shown(MembersPage)


@pytest.fixture
def panel(page, tmp_path, settled):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    page.bringing.read(path)
    settled()
    return page._cover


def heap(panel, number):
    panel.show_heap(number)
    rows = range(panel.table.rows.rowCount())
    return [panel.table.rows.record(row) for row in rows]


def shown_fields(panel):
    return list(panel.detail.ticks)


def test_both_values_stand_side_by_side_with_what_differs_marked(panel):
    heap(panel, 2)
    assert shown_fields(panel) == ["email", "postcode"]
    says = panel.detail.ticks["email"].accessibleDescription()
    assert says == "Ours: ada@old.example.org. HQ's: ada@new.example.org."


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("1 Mill Lane", "2 Mill Lane", ("<s>1</s> Mill Lane", "<b><u>2</u></b> Mill Lane")),
        ("", "<b>x</b>", ("", "<b><u>&lt;b&gt;x&lt;/b&gt;</u></b>")),
        ("a & b", "", ("<s>a &amp; b</s>", "")),
    ],
)
def test_what_differs_is_struck_or_underlined_and_nothing_is_taken_for_markup(
    ours, theirs, expected
):
    assert marked(ours, theirs) == expected


def test_nothing_is_said_twice_in_the_left_heap(panel):
    (row,) = heap(panel, 1)
    assert row.says == "Resignation recorded by HQ, 14 May 2026 (From HQ's list: “Resigned”)"
    assert shown_fields(panel) == ["standing"]


def test_a_refused_field_and_a_refused_person_are_not_applied(panel, settled, store, people):
    heap(panel, 2)
    panel.detail.ticks["email"].click()
    assert heap(panel, 2)[0].take == "In part"
    heap(panel, 1)
    panel.refuse_action.trigger()
    assert heap(panel, 1)[0].take == "Refused"
    assert "1 refused." in panel.sum.text()
    panel.apply_action.trigger()
    settled()
    ada = records.get(store, people[0])
    assert (ada.email, ada.postcode) == ("ada@old.example.org", "HF9 9ZZ")
    assert records.get(store, people[1]).standing is Standing.MEMBER


def test_a_whole_heap_is_refused_and_taken_again_and_space_turns_one(panel):
    heap(panel, 4)
    panel.refuse_all_action.trigger()
    assert heap(panel, 4)[0].take == "Refused"
    panel.take_all_action.trigger()
    assert heap(panel, 4)[0].take == "Yes"
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert heap(panel, 4)[0].take == "Refused"
    panel.take_action.trigger()
    assert heap(panel, 4)[0].take == "Yes"
    panel.show_heap(5)
    panel.refuse_all_action.trigger()
    assert "refused" not in panel.sum.text()


def test_with_everything_refused_there_is_nothing_to_apply(panel):
    for number in (0, 1, 2, 4):
        panel.show_heap(number)
        panel.refuse_all_action.trigger()
    assert not panel.apply_action.isEnabled()


def choices(panel):
    return [each.accessibleName() for each in panel.detail.choices.buttons()]


def test_a_doubt_is_settled_as_one_of_ours_or_as_somebody_new_or_left(
    panel, settled, store, people
):
    (row,) = heap(panel, 3)
    assert (row.take, shown_fields(panel)) == ("Left as it is", [])
    assert choices(panel) == [
        "Leave it as it is: nothing is done",
        "It is our Ciara Byrne (0003, member): take HQ's",
        "It is somebody new: add them",
    ]
    panel.detail.choices.buttons()[2].click()
    settled()
    assert heap(panel, 3)[0].take == "Yes"
    assert "surname" in shown_fields(panel)
    panel.detail.choices.buttons()[0].click()
    assert heap(panel, 3)[0].take == "Left as it is"
    panel.detail.choices.buttons()[1].click()
    settled()
    panel.apply_action.trigger()
    settled()
    assert records.get(store, people[2]).name == "Quite Another"


def test_a_doubt_that_cannot_be_settled_so_is_said_and_left(
    page, settled, store, people, tmp_path, qtbot
):
    records.record_event(store, people[3], EventKind.DIED)
    path = tmp_path / "list.csv"
    path.write_text(LIST + "0004,Dev,Malik,,,,Active\n", encoding="utf-8")
    page.bringing.read(path)
    settled()
    panel = page._cover
    heap(panel, 3)
    panel.table.choose_row(1)
    with qtbot.waitSignal(page.session.failed) as said:
        panel.detail.choices.buttons()[1].click()
    assert "we have died" in said.args[0]
    assert panel.detail.choices.buttons()[0].isChecked()


def test_an_empty_heap_says_so(page, settled, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST.splitlines()[0] + "\n0001,Ada,Okafor,,,,Active\n", encoding="utf-8")
    page.bringing.read(path)
    settled()
    heap(page._cover, 0)
    assert page._cover.detail.says.text() == "Nobody is in this heap."


def test_hostile_names_are_shown_as_they_are(panel):
    (row,) = heap(panel, 0)
    assert row.name == "<b>Nia</b> O'Brien-Ŵyn"
    assert panel.detail.name.text() == "<b>Nia</b> O'Brien-Ŵyn"
    assert panel.detail.name.textFormat() is Qt.TextFormat.PlainText


def test_applying_can_be_cancelled_and_the_review_is_there_again(panel, page, settled, store):
    page.session.workers.started.connect(lambda _: page.session.workers.cancel())
    panel.apply_action.trigger()
    assert not panel.apply_action.isEnabled()
    settled()
    assert page._cover is panel
    assert panel.apply_action.isEnabled()
    assert records.counts(store).total == 4


def test_a_column_is_given_a_field_by_the_keyboard_and_the_list_is_read_again(panel, page, settled):
    panel.show_heap(6)
    columns = panel.columns
    columns.strip.setCurrentCell(4, 0)
    assert columns.means.text() == "postcode"
    columns.means.combo.setCurrentIndex(columns.means.combo.findData("notes"))
    columns.means.combo.activated.emit(columns.means.combo.currentIndex())
    assert columns.strip.item(4, 2).text() == "Notes"
    columns.again_action.trigger()
    settled()
    again = page._cover
    assert again is not panel
    assert again.review.columns["Postcode"] == "notes"
    again.show_heap(6)
    assert again.columns.field_of(again.review.strip[4]) == "notes"


def test_a_column_kept_as_it_is_stays_so_and_one_taken_over_is_free(panel):
    panel.show_heap(6)
    columns = panel.columns
    columns.give("E", "email")
    assert columns.field_of(columns._columns[3]) == ""
    columns.give("E", "")
    assert columns.field_of(columns._columns[3]) == "email"
    assert columns.field_of(columns._columns[4]) == "postcode"


def test_a_column_is_dragged_onto_a_field(panel):
    panel.show_heap(6)
    columns = panel.columns
    QApplication.processEvents()
    data = columns.strip.mimeData([columns.strip.item(4, 1)])
    assert bytes(data.data(MIME).data()) == b"E"
    fields = columns.fields
    row = next(n for n in range(fields.rowCount()) if fields.item(n, 0).text() == "Forename")
    place = fields.visualItemRect(fields.item(row, 0)).center()
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    for data_, taken in ((data, True), (QMimeData(), False)):
        enter = QDragEnterEvent(place, actions, data_, LEFT, none)
        QApplication.sendEvent(fields.viewport(), enter)
        move = QDragMoveEvent(place, actions, data_, LEFT, none)
        QApplication.sendEvent(fields.viewport(), move)
        assert move.isAccepted() is taken
    QApplication.sendEvent(fields.viewport(), QDropEvent(QPointF(place), actions, data, LEFT, none))
    assert columns.field_of(columns._columns[4]) == "forename"
    assert columns.again_action.isEnabled()


def test_of_a_short_list_nobody_is_missing_until_it_is_said(page, settled, store, tmp_path):
    more = [
        records.add(store, forename="Esi", surname=f"Boateng {n}", number=f"01{n:02}")
        for n in range(6)
    ]
    path = tmp_path / "short.csv"
    path.write_text(LIST, encoding="utf-8")
    page.bringing.read(path)
    settled()
    panel = page._cover
    assert "so it is probably not the whole list" in panel.doubts.text()
    assert panel.missing.isVisible()
    assert {row.take for row in heap(panel, 4)} == {"Refused"}
    assert "7 refused" in panel.sum.text()
    panel.missing.click()
    assert {row.take for row in heap(panel, 4)} == {"Yes"}
    panel.refuse_all_action.trigger()
    panel.apply_action.trigger()
    settled()
    assert not any(records.get(store, each).vanished for each in more)


def test_a_whole_list_asks_nothing_about_who_is_missing(panel):
    assert not panel.missing.isVisible()
    assert panel.sum.text().startswith("4 changes; Undo takes all of them back at once.")


def test_decisions_are_kept_from_what_would_cover_them_and_taken_up_again(
    panel, page, settled, people, shown
):
    assert not page.bringing.is_begun
    ada = panel.review.changed[0]
    panel.decisions.refuse([ada])
    page.show_thing(people[1])
    page.drop(["/nowhere/list.csv"])
    settled()
    assert page._cover is panel
    panel.columns.give("E", "notes")
    left = page.unfinished()
    assert "list.csv" in left.said
    again = shown(MembersPage)
    again.take_up(left.what)
    assert again._cover.decisions.refused == {ada.key}
    assert again._cover.columns.mapping["E"] == "notes"
    assert again._cover.columns.again_action.isEnabled()


def test_leaving_a_list_that_was_decided_on_asks_first(panel, page):
    panel.decisions.refuse([panel.review.changed[0]])
    panel.leave_action.trigger()
    assert page._cover is panel
    (asked,) = [each for each in page.findChildren(QDialog) if each.isVisible()]
    (throw,) = [each for each in asked.findChildren(QPushButton) if "Throw" in each.text()]
    throw.click()
    assert page._cover is None
    assert page.unfinished() is None


def test_what_was_decided_still_stands_where_the_list_is_read_another_way(panel, page, settled):
    ada, nia, dev = panel.review.changed[0], panel.review.joined[0], panel.review.vanished[0]
    doubt = panel.review.conflicting[0]
    panel.decisions.choose_field(ada, "email", theirs=False)
    panel.decisions.refuse([nia, dev])
    panel.decisions.settle(doubt, settle(page.store, panel.review, doubt, None))
    panel.columns.give("E", "notes")
    panel.columns.again_action.trigger()
    settled()
    again = page._cover
    assert again is not panel
    assert again.decisions.refused == {nia.key, dev.key}
    assert again.decisions.refused_fields == {ada.key: {"email"}}
    assert set(again.decisions.settled) == {doubt.key}
