from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branch_desk.branch import records as branch
from branch_desk.meetings import records
from branch_desk.meetings.page.detail import AGENDA, DOOR, WHEN
from branch_desk.meetings.records import How
from branch_desk.members import records as members

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def door(people, page, settled):
    page.panel.turn(DOOR)
    settled()
    return page.panel.door


def there(store, meeting):
    return {each.name: (each.member, each.how) for each in records.attendance(store, meeting)}


def press_tab(page, qtbot, number):
    bar = page.panel.tabs.tabBar()
    place = bar.tabRect(number).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_the_tab_puts_the_keyboard_where_names_are_typed(page, qtbot, settled):
    press_tab(page, qtbot, DOOR)
    assert page.panel.door.search.hasFocus()
    press_tab(page, qtbot, WHEN)
    assert not page.panel.details.isAncestorOf(QApplication.focusWidget())


def test_on_the_day_the_agenda_s_tab_puts_it_into_what_is_taken_down(
    page, agenda, meeting, store, qtbot, settled
):
    press_tab(page, qtbot, DOOR)
    press_tab(page, qtbot, AGENDA)
    assert not agenda.written.said.hasFocus()
    records.change_details(store, meeting, starts_at=store.moment())
    settled()
    press_tab(page, qtbot, DOOR)
    press_tab(page, qtbot, AGENDA)
    assert agenda.written.said.hasFocus()


def test_people_are_signed_in_by_a_few_letters_and_counted(
    people, door, settled, store, meeting, qtbot, page
):
    assert not door.hall.isEnabled()
    qtbot.keyClicks(door.search, "Ok")
    settled()
    assert door.found.count() == 0
    qtbot.keyClicks(door.search, "af")
    settled()
    assert door.found.count() == 3
    qtbot.keyClick(door.search, Qt.Key.Key_Down)
    second = door.found.currentItem().text().split("   ")[0]
    door.online.trigger()
    settled()
    assert door.search.text() == ""
    assert door.word.text() == "1 short of a quorum"
    assert door.light.accessibleName() == "Quorum: 1 short of a quorum"
    qtbot.keyClicks(door.search, "Ciara")
    qtbot.keyClick(door.search, Qt.Key.Key_Return)
    settled()
    qtbot.keyClicks(door.search, "Guest Speaker")
    qtbot.keyClick(door.search, Qt.Key.Key_Return, SHIFT)
    settled()
    assert there(store, meeting) == {
        "Ciara Byrne": (people[2], How.HALL),
        "Guest Speaker": (None, None),
        second: (people[0] if second.startswith("Ada") else people[1], How.ONLINE),
    }
    assert door.counts.text() == "2 present · 1 in the hall · 1 online · 1 apology"
    assert door.word.text() == "Quorate"
    assert "the quorum is 2" in door.quorum.text()


def test_enter_pressed_before_the_names_are_there_still_means_who_was_typed(
    door, people, settled, store, meeting, qtbot
):
    qtbot.keyClicks(door.search, "byrne")
    assert door.found.count() == 0
    qtbot.keyClick(door.search, Qt.Key.Key_Return)
    assert there(store, meeting) == {}
    settled()
    assert there(store, meeting) == {"Ciara Byrne": (people[2], How.HALL)}


def test_a_mistake_is_struck_with_undo_and_the_quorum_follows(
    door, people, settled, store, meeting, qtbot, page
):
    for member in people[:2]:
        records.sign_in(store, meeting, member=member)
    settled()
    assert door.word.text() == "Quorate"
    door.there.list.setCurrentItem(door.there.list.topLevelItem(0))
    door.there.list.setFocus()
    with qtbot.waitSignal(page.session.undoable) as said:
        qtbot.keyClick(door.there.list, Qt.Key.Key_Delete)
    assert said.args[0] == "Removed: Ada Okafor"
    settled()
    assert door.word.text() == "1 short of a quorum"
    page.session.undo()
    settled()
    assert door.word.text() == "Quorate"


def test_how_somebody_came_is_corrected_in_place(door, people, settled, store, meeting):
    entry = records.sign_in(store, meeting, member=people[0])
    settled()
    for act, how in (
        (door.there.to_online, How.ONLINE),
        (door.there.to_sorry, None),
        (door.there.to_hall, How.HALL),
    ):
        door.there.list.setCurrentItem(door.there.list.topLevelItem(0))
        act.trigger()
        settled()
        assert there(store, meeting)["Ada Okafor"] == (people[0], how)
        assert records.attendance(store, meeting)[0].id == entry


def test_only_names_are_offered_so_that_nobody_is_signed_in_by_an_address(
    people, door, store, qtbot, settled
):
    members.change_details(store, people[0], address="1 Byrne Street")
    members.change_details(store, people[1], surname="Żak-Byrné")
    settled()
    qtbot.keyClicks(door.search, "byrne")
    settled()
    found = [door.found.item(at).text().split("   ")[0] for at in range(door.found.count())]
    assert sorted(found[:-1]) == ["Bryn Żak-Byrné", "Ciara Byrne"]
    assert found[-1] == "Write down “byrne” as a visitor"


def test_names_that_begin_so_come_before_those_that_hold_it(people, door, store, qtbot, settled):
    members.add(store, forename="Kiran", surname="Dhaliwal", on=date(2020, 1, 1))
    members.add(store, forename="Alice", surname="Zwart", on=date(2020, 1, 1))
    qtbot.keyClicks(door.search, "ali")
    settled()
    assert door.found.item(0).text().startswith("Alice Zwart")
    assert door.found.item(1).text().startswith("Kiran Dhaliwal")


def test_who_is_there_already_is_said_in_the_list(people, door, store, meeting, qtbot, settled):
    records.sign_in(store, meeting, member=people[0])
    records.sign_in(store, meeting, member=people[1], how=How.ONLINE)
    records.apologise(store, meeting, member=people[2])
    settled()
    said = []
    for letters in ("Ada", "Bryn", "Ciara"):
        qtbot.keyClicks(door.search, letters)
        settled()
        said.append(door.found.item(0).text().rsplit(" · ", 1)[-1])
        qtbot.keyClick(door.search, Qt.Key.Key_Escape)
    assert said == ["already here", "already online", "sent apologies"]


def test_somebody_unknown_is_written_down_as_a_visitor(door, store, meeting, qtbot, settled):
    qtbot.keyClicks(door.search, "Ada the Guest")
    settled()
    assert "Nobody on the list" in door.hint.text()
    qtbot.keyClick(door.search, Qt.Key.Key_Return, ALT)
    door.found.itemActivated.emit(door.found.item(0))
    settled()
    assert there(store, meeting) == {"Ada the Guest": (None, How.HALL)}
    assert door.there.list.topLevelItem(0).text(1) == "visitor, in the hall"


def test_two_letters_do_not_make_a_visitor(door, page, qtbot):
    qtbot.keyClicks(door.search, "Zo")
    with qtbot.waitSignal(page.session.failed) as said:
        door.hall.trigger()
    assert said.args[0] == "Type at least three letters of the name."
    qtbot.keyClick(door.search, Qt.Key.Key_Return, CTRL)


def test_without_a_quorum_set_the_light_says_so(door, store, settled):
    branch.unset_setting(store, "quorum.rule")
    settled()
    assert door.word.text() == "No quorum is set"
    assert not door.light.grab().isNull()
