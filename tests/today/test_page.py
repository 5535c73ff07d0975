"""The morning on the screen: what is due leads to its place, and nothing flickers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence.rules import Direction
from branch_desk.desk.chart import NumbersDialog
from branch_desk.desk.session import Place
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import LONDON, Channel, MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.today import records
from branch_desk.today.page import TodayPage
from branch_desk.today.page.parts import Line

TODAY = date(2026, 5, 14)
HOSTILE = ("O'Brien-Ŵyn", '=HYPERLINK("x")', "<b>bold</b> & more", "Wyn " * 50)


@pytest.fixture
def went(session):
    places = []
    session.went.connect(places.append)
    return places


@pytest.fixture
def page(shown):
    return lambda width=1187, height=737: shown(TodayPage, width, height)


def call(store, on=date(2026, 6, 4), place="The Hall"):
    starts = datetime(on.year, on.month, on.day, 19, 30, tzinfo=LONDON)
    return meetings.add(store, kind=MeetingKind.ORDINARY, starts_at=starts, place=place)


def wrote(store, subject="The list", on=date(2026, 4, 1)):
    return letters.add_letter(
        store,
        direction=Direction.OUT,
        on=on,
        subject=subject,
        body="Please.",
        recipient="Office",
        office="Office",
    )


def joined(store, surname="Okafor", on=date(2020, 1, 1)):
    return members.add(store, forename="Ada", surname=surname, on=on)


def lines(page):
    return {each.accessibleName(): each for each in page.findChildren(Line) if each.isVisible()}


def press(page, text):
    found = [each for each in page.findChildren(QPushButton) if text in each.accessibleName()]
    next(each for each in found if each.isVisible()).click()


def said(page):
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def after(page, qtbot, settled):
    """Wait for what is read once the page has been painted."""
    qtbot.waitUntil(lambda: page._painted and not page._after.isActive())
    settled()


def test_a_new_branch_is_told_where_to_begin(page, went):
    shown = page()
    assert shown.title.text() == "Thu 14 May 2026"
    assert shown.button.text() == "Bring in HQ's list…"
    press(shown, "Bring in HQ's list of members")
    press(shown, "Call a meeting")
    assert went == [Place("Members"), Place("Meetings", 0, "call")]


def test_first_steps_are_ticked_off_as_they_are_done_and_go_when_all_are(page, store, settled):
    shown = page()
    joined(store)
    settled()
    ticked = [each for each in shown.begin.findChildren(QPushButton) if not each.isEnabled()]
    assert [each.text() for each in ticked] == ["Bring in HQ's list of members"]
    assert ticked[0].accessibleDescription() == "Done"
    call(store)
    wrote(store)
    branch.set_setting(store, "letters.chase_days", "14")
    settled()
    assert not shown.begin.isVisible()


def test_first_steps_can_be_put_away_for_good(page, session):
    shown = page()
    shown.put_away.trigger()
    assert not shown.begin.isVisible()
    assert not page().begin.isVisible()
    assert QApplication.focusWidget() is None or shown.button is not None


def test_without_anything_every_card_says_what_it_is_for(page, qtbot, settled):
    shown = page()
    after(shown, qtbot, settled)
    words = said(shown)
    for each in (
        "No meeting is called yet.",
        "Nobody owes the branch an answer.",
        "Nobody just now.",
        "Nothing has been changed yet.",
    ):
        assert each in words
    assert not shown.curve.isVisible()
    assert not shown.rulings.isVisible()


def test_what_is_due_leads_to_its_place(store, page, went):
    meeting = call(store)
    thread = letters.get(store, wrote(store)).thread
    motion = motions.add(store, title="Buses", text="That", mover="Ann", received_on=TODAY)
    motions.set_state(store, motion, motions.MotionState.RECEIVED)
    ada = joined(store)
    members.record_event(store, ada, EventKind.PAYMENT_STOPPED)
    shown = page()
    words = said(shown)
    assert "Motions close" in words
    assert "43 days, chase them" in words
    assert shown.summary.text() == "1 member · 1 open motion · 1 letter waits"
    press(shown, "1 stopped paying")
    press(shown, "The list · Office")
    press(shown, "Buses")
    press(shown, "The agenda is not laid out yet.")
    press(shown, "Agenda and pack")
    shown.to_meeting.trigger()
    shown.chase.trigger()
    assert went == [
        Place("Members", 0, "stopped"),
        Place("Letters", thread),
        Place("Motions", motion),
        Place("Meetings", meeting, "agenda"),
        Place("Meetings", meeting, "agenda"),
        Place("Meetings", meeting),
        Place("Letters", thread),
    ]


def test_a_resignation_hq_has_not_recorded_names_who_waits_longest(
    store, page, went, qtbot, settled
):
    for number in range(2):
        each = joined(store, f"Said{number}")
        on = date(2026, 5, 1) - timedelta(days=number * 30)
        members.record_event(store, each, EventKind.RESIGNATION_SAID, said_on=on)
    shown = page()
    after(shown, qtbot, settled)
    assert "waits longest, 43 days" in said(shown)
    press(shown, "Ada Said1")
    press(shown, "2 said they resign")
    assert went == [Place("Members", each), Place("Members", 0, "said")]


@pytest.mark.parametrize(
    ("on", "text", "place"),
    [
        (TODAY, "Sign people in", "sign-in"),
        (date(2026, 5, 18), "Send the notice…", "send"),
        (date(2026, 6, 30), "Open the next meeting", ""),
    ],
)
def test_the_one_primary_action_is_the_most_pressing(store, page, went, on, text, place):
    meeting = call(store, on)
    shown = page()
    assert shown.button.text() == shown.first.text() == text
    shown.button.click()
    assert went == [Place("Meetings", meeting, place)]


def test_a_notice_that_is_late_says_so_in_words(store, page):
    call(store, date(2026, 5, 18))
    assert "3 days overdue" in said(page())


def test_a_meeting_with_its_papers_ready_lacks_nothing(store, page):
    meeting = call(store)
    meetings.add_item(store, meeting, "Motions")
    meetings.record_notice(store, meeting, sent_on=TODAY, channel=Channel.EMAIL, recipients=3)
    assert "Its papers are ready: 0 motions on the agenda." in said(page())


def test_letters_we_owe_an_answer_are_shown(store, page, went):
    letters.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 1),
        subject="Could you tell us?",
        body="When do you meet? Please answer.",
        sender="Resident <r@example.org>",
        office="Resident",
    )
    owing = records.today(store).owing
    shown = page()
    assert [each.days for each in owing] == [13]
    assert "We owe an answer" in said(shown)
    assert "we owe 1 answer" in shown.summary.text()
    assert shown.button.text() == "Answer the oldest letter"
    shown.button.click()
    assert went == [Place("Letters", owing[0].thread)]


def test_what_changed_lately_leads_to_its_place(store, page, went, qtbot, settled):
    ada = joined(store)
    branch.set_details(store, name="Highfield ward")
    shown = page()
    after(shown, qtbot, settled)
    press(shown, "Add a member · Ada Okafor")
    press(shown, "Change the branch's details")
    assert went == [Place("Members", ada), Place("Branch")]


def test_the_chart_follows_once_the_page_is_painted_with_its_numbers(
    store, page, went, qtbot, settled
):
    joined(store, on=date(2026, 4, 2))
    shown = page()
    after(shown, qtbot, settled)
    qtbot.waitUntil(lambda: shown.chart.drawn)
    assert "1 person joined" in shown.chart.accessibleDescription()
    shown.figures.trigger()
    dialog = shown.chart.findChild(NumbersDialog)
    dialog.table.choose_row(10)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert went == [Place("Members", 0, "current")]


def test_the_page_follows_what_changes(store, page, settled):
    shown = page()
    assert shown.summary.text().startswith("0 members")
    joined(store)
    settled()
    assert shown.summary.text().startswith("1 member ")


def test_a_page_that_is_hidden_reads_again_when_it_is_shown(store, page, settled):
    shown = page()
    shown.hide()
    joined(store)
    settled()
    assert shown.summary.text().startswith("0 members")
    shown.show()
    shown.fresh()
    settled()
    assert shown.summary.text().startswith("1 member ")


def test_what_was_read_ahead_is_shown_at_once(store, session, qtbot):
    joined(store)
    made = TodayPage(session, records.today(store))
    qtbot.addWidget(made)
    made.fresh()
    assert made.summary.text().startswith("1 member ")
    assert session.workers.idle
    assert not made._after.isActive()


def test_refreshing_makes_only_what_is_another_and_keeps_the_keyboard(store, page, settled):
    wrote(store)
    shown = page()
    shown.activateWindow()
    line = lines(shown)["The list · Office"]
    line.setFocus()
    joined(store)
    settled()
    assert lines(shown)["The list · Office"] is line
    wrote(store, "Another", date(2026, 3, 1))
    settled()
    again = lines(shown)["The list · Office"]
    assert again is not line
    assert again.hasFocus()
    assert lines(shown)["Another · Office"].y() <= again.y()


def test_a_line_that_is_gone_leaves_the_keyboard_on_its_card(store, page, settled):
    thread = letters.get(store, wrote(store)).thread
    wrote(store, "Other", date(2026, 4, 5))
    shown = page()
    shown.activateWindow()
    lines(shown)["The list · Office"].setFocus()
    letters.close_thread(store, thread, TODAY)
    settled()
    assert lines(shown)["Other · Office"].hasFocus()


def test_many_letters_are_shown_in_part(store, page, went):
    for number in range(8):
        wrote(store, f"Letter {number}", date(2026, 4, 1 + number))
    press(page(), "All 8 of them")
    assert went == [Place("Letters", 0, "waiting")]


@pytest.mark.parametrize("width", [1187, 931])
def test_long_and_hostile_names_are_cut_and_make_nothing_wider(store, page, width, qtbot, settled):
    meeting = call(store, place="Main hall " * 20)
    for text in HOSTILE:
        wrote(store, text)
        each = joined(store, text.strip())
        members.record_event(store, each, EventKind.RESIGNATION_SAID, said_on=TODAY)
        motion = motions.add(store, title=text, text="That", mover=text.strip(), received_on=TODAY)
        motions.set_state(store, motion, motions.MotionState.RECEIVED)
    meetings.change_details(store, meeting, title="Wyn " * 40)
    shown = page(width)
    after(shown, qtbot, settled)
    assert shown.area.widget().width() <= shown.area.viewport().width()
    assert shown.minimumSizeHint().width() <= 931
    long = next(each for name, each in lines(shown).items() if name.startswith("Wyn Wyn"))
    assert long.text().endswith("…")
    assert long.toolTip() == long.accessibleName()
    assert any("<b>bold</b> & more" in name for name in lines(shown))


def test_cards_stand_in_two_columns_where_there_is_room_else_in_one(store, page):
    shown = page(1187)
    right = shown.letters.mapTo(shown, shown.letters.rect().topLeft()).x()
    assert right > shown.meeting.mapTo(shown, shown.meeting.rect().topLeft()).x() + 300
    shown.resize(931, 577)
    QApplication.processEvents()
    below = shown.letters.mapTo(shown, shown.letters.rect().topLeft())
    assert below.x() == shown.meeting.mapTo(shown, shown.meeting.rect().topLeft()).x()


def test_where_nothing_waits_the_ways_to_it_are_shut(page, went):
    shown = page()
    assert not shown.chase.isEnabled()
    assert not shown.to_meeting.isEnabled()
    shown.go_to_oldest()
    shown.go_to_meeting()
    assert went == []
    assert shown.actions_of_page()[0] is shown.first
