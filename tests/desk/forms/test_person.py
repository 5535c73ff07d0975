import pytest
from PySide6.QtCore import Qt

from branch_desk.desk.forms import PersonField
from branch_desk.store.errors import Invalid

PEOPLE = [
    (1, "Okafor, Ada", "Mill Ward"),
    (2, "Okafor, Ada", "Castle Ward"),
    (3, "O'Brien-Ŵyn, <b>Bold</b>", '=HYPERLINK("x")'),
    (4, "Okonkwo " + "y" * 200, "z" * 200),
]


@pytest.fixture
def asked():
    return []


@pytest.fixture
def field(session, beside, kept, asked):
    def find(text):
        asked.append(text)
        return [each for each in PEOPLE if each[1].lower().startswith(text.lower())]

    made = PersonField("Mover", session, find, lambda text: kept.append((made.person(), text)))
    made.other = beside(made)
    made.start("")
    made.edit.setFocus()
    return made


def typed(field, qtbot, text):
    qtbot.keyClicks(field.edit, text)
    qtbot.waitUntil(lambda: field.listing)


def test_three_letters_bring_those_who_may_be_meant_and_two_do_not(field, qtbot, asked, settled):
    qtbot.keyClicks(field.edit, "Ok")
    settled()
    assert asked == []
    typed(field, qtbot, "a")
    assert asked == ["Oka"]
    rows = [field.list.people.index(row) for row in range(field.list.people.rowCount())]
    said = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert said == ["Okafor, Ada, Mill Ward", "Okafor, Ada, Castle Ward"]
    assert field.edit.accessibleDescription() == "2 people found"


def test_the_arrows_and_enter_choose_one_of_two_of_the_same_name(field, qtbot, kept):
    typed(field, qtbot, "Oka")
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert not field.listing
    assert field.person() == 2
    assert kept == [(2, "Okafor, Ada")]
    field.other.setFocus()
    assert kept == [(2, "Okafor, Ada")]


def test_the_other_of_the_same_name_is_another_person(field, qtbot, kept):
    field.start_person(1, "Okafor, Ada")
    field.edit.selectAll()
    typed(field, qtbot, "Oka")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert kept == [(2, "Okafor, Ada")]


def test_the_mouse_chooses(field, qtbot, kept):
    typed(field, qtbot, "Oka")
    spot = field.list.visualRect(field.list.people.index(0)).center()
    qtbot.mouseClick(field.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert kept == [(1, "Okafor, Ada")]


def test_escape_closes_the_list_and_leaves_what_was_typed(field, qtbot, kept):
    typed(field, qtbot, "Oka")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert not field.listing
    assert field.text() == "Oka"
    assert field.person() is None
    assert kept == []


def test_a_name_that_is_nobodys_may_stand(field, qtbot, kept):
    qtbot.keyClicks(field.edit, "A guest")
    field.other.setFocus()
    assert kept == [(None, "A guest")]


def test_where_it_must_be_a_member_another_name_is_refused_and_stays(session, beside, kept, qtbot):
    field = PersonField("Mover", session, lambda _: PEOPLE, kept.append, free=False)
    other = beside(field)
    field.start("")
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "A guest")
    other.setFocus()
    assert kept == []
    assert "was not chosen from the list" in field.complaint()
    assert field.text() == "A guest"


def test_a_whole_name_that_only_one_has_means_that_one(field, qtbot, kept):
    field.edit.setText("O'Brien-Ŵyn, <b>Bold</b>")  # the test's own keyboard has no Ŵ
    field.edit.textEdited.emit(field.edit.text())
    qtbot.waitUntil(lambda: field.listing)
    field.other.setFocus()
    assert kept == [(3, "O'Brien-Ŵyn, <b>Bold</b>")]


def test_typing_on_after_choosing_is_somebody_else(field, qtbot, kept):
    typed(field, qtbot, "Oka")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "x")
    assert field.person() is None
    field.other.setFocus()
    assert kept[-1] == (None, "Okafor, Adax")


def test_hostile_and_endless_names_are_drawn_as_they_are_within_the_window(field, qtbot):
    typed(field, qtbot, "Oko")
    picture = field.list.viewport().grab()
    assert not picture.isNull()
    assert field.list.width() <= field.window().width()
    assert field.list.geometry().bottom() <= field.window().height()


def test_nobody_found_shows_no_list(field, qtbot, settled):
    qtbot.keyClicks(field.edit, "Zzz")
    qtbot.waitUntil(lambda: field.edit.accessibleDescription() == "0 people found")
    assert not field.listing


def test_an_answer_that_comes_too_late_is_dropped(field, qtbot):
    typed(field, qtbot, "Oka")
    field._show(tuple(PEOPLE))  # the answer is to what stands there
    assert field.listing
    field.edit.setText("Oko")
    field._close()
    field._show(tuple(PEOPLE))
    assert not field.listing


def test_a_search_that_fails_closes_the_list_and_stops_nothing(session, beside, qtbot, settled):
    def find(_):
        raise Invalid("Not now.")

    field = PersonField("Mover", session, find)
    beside(field)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Oka")
    qtbot.waitUntil(lambda: not field._soon.isActive())
    settled()
    assert not field.listing
    assert field.text() == "Oka"


def test_the_list_goes_with_the_field(field, qtbot):
    typed(field, qtbot, "Oka")
    names = field.list
    gone = []
    names.destroyed.connect(lambda: gone.append(1))
    field.window().layout().removeWidget(field)
    field.hide()
    assert not names.isVisible()
    field.deleteLater()
    qtbot.waitUntil(lambda: gone == [1])


def test_what_is_recorded_is_shown_and_typing_is_left_alone(field, qtbot):
    field.show_person(1, "Okafor, Ada")
    assert field.person() == 1
    field.edit.selectAll()
    typed(field, qtbot, "Oka")
    field.show_person(2, "Byrne, Sam")
    assert field.text() == "Oka"
    assert field.person() is None


def test_a_list_that_has_no_room_below_opens_above(field, qtbot):
    field.window().resize(400, 500)
    field.window().layout().insertStretch(0, 1)
    qtbot.waitUntil(lambda: field.y() > 250)
    typed(field, qtbot, "Oka")
    assert field.list.geometry().bottom() <= field.edit.mapTo(field.window(), field.edit.pos()).y()


def test_a_list_drawn_shows_the_one_chosen_from_the_others(field, qtbot):
    typed(field, qtbot, "Oka")
    before = field.list.viewport().grab().toImage()
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.list.viewport().grab().toImage() != before


def test_a_search_that_breaks_is_shown_as_a_bug(session, beside, qtbot):
    field = PersonField("Mover", session, lambda _: 1 / 0)
    beside(field)
    field.edit.setFocus()
    with qtbot.captureExceptions() as raised:
        qtbot.keyClicks(field.edit, "Oka")
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_a_name_with_nothing_to_tell_it_from_others_is_said_alone(field, qtbot):
    typed(field, qtbot, "Oka")
    people = field.list.people
    people.show([(9, "Byrne, Sam", "")])
    row = people.index(0)
    assert people.data(row, Qt.ItemDataRole.AccessibleTextRole) == "Byrne, Sam"
    assert people.data(row, Qt.ItemDataRole.ToolTipRole) == "Byrne, Sam"
    assert people.data(row, Qt.ItemDataRole.DecorationRole) is None


def test_before_a_list_was_ever_open_its_keys_are_the_fields_own(field, qtbot, kept):
    assert field.list is None
    qtbot.keyClicks(field.edit, "Ok")
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    field._choose()
    field._take_only()
    assert field.text() == "Ok"
    assert field.person() is None
    assert kept == []
