from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from branch_desk.correspondence import records as letters
from branch_desk.correspondence.rules import Direction
from branch_desk.desk.session import Place
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import LONDON, MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.today.page import TodayPage


@pytest.fixture
def went(session):
    places = []
    session.went.connect(places.append)
    return places


def press(page, text):
    found = next(each for each in page.findChildren(QPushButton) if text in each.text())
    found.click()


def said(page):
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_a_new_branch_is_told_where_to_begin(shown, went):
    page = shown(TodayPage)
    assert page.title.text() == "Thu 14 May 2026"
    press(page, "Bring in HQ's list")
    press(page, "Call a meeting")
    assert went == [Place("Members"), Place("Meetings", 0, "call")]


def test_what_is_due_leads_to_its_place(store, shown, went, settled):
    meeting = meetings.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 5, 28, 19, 30, tzinfo=LONDON),
        place="Hall",
    )
    letter = letters.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 1),
        subject="The list",
        body="Please.",
        recipient="Office",
        office="Office",
    )
    ada = members.add(store, forename="Ada", surname="Okafor", on=date(2020, 1, 1))
    members.record_event(store, ada, EventKind.PAYMENT_STOPPED)
    page = shown(TodayPage)
    words = said(page)
    assert "Motions close" in words
    assert "43 days" in words
    assert page.summary.text() == "1 member · 0 open motions · 1 letter waits"
    press(page, "1 stopped paying")
    press(page, "The list")
    page.to_meeting.trigger()
    page.chase.trigger()
    thread = letters.get(store, letter).thread
    assert went == [
        Place("Members", 0, "stopped"),
        Place("Letters", thread),
        Place("Meetings", meeting),
        Place("Letters", thread),
    ]


def test_the_page_follows_what_changes(store, shown, settled):
    page = shown(TodayPage)
    assert page.summary.text().startswith("0 members")
    members.add(store, forename="Ada", surname="Okafor")
    settled()
    assert page.summary.text().startswith("1 member ")


def test_a_page_that_is_hidden_reads_again_when_it_is_shown(store, shown, settled):
    page = shown(TodayPage)
    page.hide()
    members.add(store, forename="Ada", surname="Okafor")
    settled()
    assert page.summary.text().startswith("0 members")
    page.show()
    page.fresh()
    settled()
    assert page.summary.text().startswith("1 member ")


def test_many_letters_are_shown_in_part(store, shown, went):
    for number in range(8):
        letters.add_letter(
            store,
            direction=Direction.OUT,
            on=date(2026, 4, 1 + number),
            subject=f"Letter {number}",
            body="Please.",
            recipient=f"Office {number}",
            office=f"Office {number}",
        )
    page = shown(TodayPage)
    press(page, "All 8 that wait")
    assert went == [Place("Letters", 0, "waiting")]


def test_a_busy_day_fits_a_laptops_screen_without_scrolling(store, shown, qtbot):
    meetings.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 5, 28, 19, 30, tzinfo=LONDON),
        place="Main hall, Community Centre, Loom Court, Highfield HF2 4QT",
    )
    kinds = (EventKind.RESIGNATION_SAID, EventKind.PAYMENT_STOPPED, EventKind.VANISHED)
    for number in range(20):
        each = members.add(
            store, forename=f"Ada {number}", surname="Okafor-Howells", on=date(2026, 5, 1)
        )
        members.record_event(store, each, kinds[number % 3])
    for number in range(8):
        letters.add_letter(
            store,
            direction=Direction.OUT,
            on=date(2026, 4, 1 + number),
            subject=f"Letter {number}",
            body="Please.",
            recipient=f"Office {number}",
            office=f"Office {number}",
        )
    page = shown(TodayPage, 1187, 737)
    area = page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().height() > 500)
    assert area.verticalScrollBar().maximum() == 0
    page.resize(931, 577)  # a window of 1024 by 640
    assert area.widget().width() <= area.viewport().width()
