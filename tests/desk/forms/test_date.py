from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from branch_desk.desk import words
from branch_desk.desk.forms import DateField
from branch_desk.desk.forms.calendar import by_months
from branch_desk.store.errors import Invalid

TODAY = date(2026, 5, 14)  # a Thursday


@pytest.fixture
def field(beside, kept):
    made = DateField("When", kept.append, today=lambda: TODAY)
    made.other = beside(made)
    return made


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14 May", date(2026, 5, 14)),
        ("14/5/26", date(2026, 5, 14)),
        ("1st june 2027", date(2027, 6, 1)),
        ("today", TODAY),
        ("+7", date(2026, 5, 21)),
        ("+2w", date(2026, 5, 28)),
        ("- 3 days", date(2026, 5, 11)),
        ("fri", date(2026, 5, 15)),
        ("thursday", date(2026, 5, 21)),
        ("2026-06-01", date(2026, 6, 1)),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it_and_reads_in_full_once_left(field, kept, typed, day):
    field.start("Fri 1 May 2026")
    field.edit.setText(typed)
    field.leave()
    assert field.date() == day
    assert field.edit.text() == field.text() == words.day(day)
    assert kept == [words.day(day)]
    assert words.read_date(field.text(), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31 feb", "that month is shorter"),
        ("5/14/2026", "the day comes first"),
        ("45/1", "not in the calendar"),
        ("soon", "Write it like 14 May 2026, 14/5/26 or +7"),
    ],
)
def test_a_wrong_day_stays_and_says_what_would_be_right(field, kept, typed, why):
    field.edit.setText(typed)
    field.leave()
    assert kept == []
    assert field.edit.text() == typed
    assert typed in field.complaint()
    assert why in field.complaint()
    with pytest.raises(Invalid):
        field.date()
    assert field.text() == typed


def test_without_a_place_to_store_a_wrong_day_is_still_said(beside):
    field = DateField("When", today=lambda: TODAY)
    beside(field)
    field.edit.setText("soon")
    field.leave()
    assert field.refused
    field.edit.setText("+1")
    field.leave()
    assert not field.refused
    assert field.edit.text() == "Fri 15 May 2026"


def test_the_arrows_step_a_day(field, kept, qtbot):
    field.show_date(date(2026, 5, 31))
    field.edit.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.date() == date(2026, 6, 1)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.date() == date(2026, 5, 30)
    field.other.setFocus()
    assert kept == ["Sat 30 May 2026"]
    field.start("")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.date() == TODAY
    field.edit.setText("soon")
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.edit.text() == "soon"


def test_alt_and_down_opens_a_month_that_goes_by_the_keys(field, kept, qtbot):
    field.show_date(date(2026, 5, 14))
    field.edit.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    days = field.calendar.days
    for key, day in (
        (Qt.Key.Key_Right, date(2026, 5, 15)),
        (Qt.Key.Key_Down, date(2026, 5, 22)),
        (Qt.Key.Key_Left, date(2026, 5, 21)),
        (Qt.Key.Key_Up, date(2026, 5, 14)),
        (Qt.Key.Key_PageDown, date(2026, 6, 14)),
        (Qt.Key.Key_PageUp, date(2026, 5, 14)),
        (Qt.Key.Key_A, date(2026, 5, 14)),
        (Qt.Key.Key_PageDown, date(2026, 6, 14)),
    ):
        qtbot.keyClick(days, key)
        assert days.day == day
        assert days.accessibleName() == words.day(day)
    qtbot.keyClick(days, Qt.Key.Key_Home)
    assert days.day == TODAY
    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert kept == ["Fri 15 May 2026"]
    qtbot.waitUntil(lambda: field.calendar is None)


def test_a_day_is_picked_by_the_mouse(field, kept, qtbot):
    field.show_date(date(2026, 5, 14))
    field._opens.trigger()
    days = field.calendar.days
    qtbot.mouseMove(days, days.place(date(2026, 5, 20)).center().toPoint())
    days.grab()
    qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))  # the names of the days
    assert kept == []
    spot = days.place(date(2026, 5, 20)).center().toPoint()
    qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=spot)
    assert kept == ["Wed 20 May 2026"]


def test_the_month_is_left_by_escape_with_nothing_picked(field, kept, qtbot):
    field.show_date(date(2026, 5, 14))
    field.open_calendar()
    qtbot.keyClick(field.calendar, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: field.calendar is None)
    assert kept == []


def test_what_cannot_be_read_opens_at_today_and_what_is_only_read_does_not_open(field, qtbot):
    field.edit.setText("soon")
    field.open_calendar()
    assert field.calendar.days.day == TODAY
    field.open_calendar()  # once is enough
    field.calendar.close()
    qtbot.waitUntil(lambda: field.calendar is None)
    field.set_read_only(on=True)
    field.open_calendar()
    field.step(1)
    assert field.calendar is None
    assert field.edit.text() == "soon"


def test_months_end_where_they_end():
    assert by_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert by_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert by_months(date(2026, 1, 31), 3) == date(2026, 4, 30)
    assert by_months(date(1900, 1, 1), -5) == date(1900, 1, 1)
    assert by_months(date(2200, 12, 1), 50) == date(2200, 12, 31)


def test_the_month_before_and_after_by_their_buttons(field, qtbot):
    from PySide6.QtWidgets import QPushButton

    field.show_date(date(2026, 5, 14))
    field.open_calendar()
    named = {each.accessibleName(): each for each in field.calendar.findChildren(QPushButton)}
    named["Month after"].click()
    assert field.calendar._title.text() == "June 2026"
    named["Month before"].click()
    named["Month before"].click()
    assert field.calendar.days.day == date(2026, 4, 14)
    named["Today"].click()
    assert field.date() == TODAY


def test_the_picture_follows_the_theme(field, look):
    before = field._opens.icon().pixmap(16).toImage()
    look.set_mode("dark")
    assert field._opens.icon().pixmap(16).toImage() != before
