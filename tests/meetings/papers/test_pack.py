"""The agenda pack, read back: everything in it, in order, counted through and bookmarked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.papers import agenda_pack
from branch_desk.meetings.records import MeetingKind
from branch_desk.meetings.rules import LONDON
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions

from .conftest import ON, Read


def pack(store, meeting, **choices) -> Read:
    return Read(agenda_pack(records.pack_data(store, meeting, ON)), **choices)


PARTS = [
    "Agenda",
    "Reports and notes",
    "Minutes of the last meeting",
    "Motion 2026/01: Evening buses",
    "Motion 2026/02: No confidence in the area chair",
    "Correspondence report",
    "Membership report",
    "Budget for 2026",
]


@pytest.mark.parametrize("large", [False, True])
def test_the_pack_holds_its_parts_in_order(store, meeting, large):
    read = pack(store, meeting, large_print=large)
    assert read.bookmarks == PARTS
    assert len(read.remarks) == int(large)  # an appended document keeps its own type size
    assert read.title == "Agenda pack: Branch meeting, 21 May 2026"
    assert read.holds_in_order(
        "Agenda pack",
        "Branch meeting",
        "Thursday 21 May 2026",
        "7.30 pm",
        "Highfield Hall, 4 Church Street",
        "To be decided",
        "Evening buses",
        "No confidence in the area chair",
        "Please bring this pack with you. If you cannot come, send apologies to "
        "desk@highfield.example.",
        "9 items of business, 2 motions, 1 appended document.",
        "Contents",
        "Membership report",
        "Welcome and apologies",
        "Correspondence",
        "1 letter waiting for an answer",
        "6.1 Evening buses Motion 2026/01, moved by Gwen Llewellyn",
        "The business takes 2 hours.",
        "The balance is £1,204.50.",
        "These minutes are a draft until the meeting agrees them.",
        "Nerys Pugh took the chair.",
        "This branch asks for later buses.",
        "Many people work late.",
        "This branch has none.",
        "Waiting for an answer",
        "Membership figures",
        "an automatic reply is no answer and stops no clock",
        "Letters since 17 April 2026",
        "Automatic reply: Membership figures",
        "Said they resign",
        "Since 17 April 2026",
        "1 resignation waits for HQ to record it, the longest for 24 days.",
        "The last twelve months",
    )


def test_motions_share_a_page_where_they_fit_and_in_duplex_start_on_right_hand_ones(store, meeting):
    simple = agenda_pack(records.pack_data(store, meeting, ON))
    duplex = Read(replace(simple, duplex=True))
    texts = ("This branch asks for later buses.", "This branch has none.")
    first, second = (duplex.page_of(words) for words in texts)
    assert (first % 2, second % 2) == (1, 1)
    assert first != second
    assert "This page is left blank" in duplex.text
    single = Read(simple)
    assert "This page is left blank" not in single.text
    assert single.page_of(texts[0]) == single.page_of(texts[1])
    assert "Motion 2026/01, Motion 2026/02" in single.pages[single.page_of(texts[0]) - 1]


def test_the_cover_names_a_few_motions_and_says_how_many_more(store, meeting):
    item = next(each for each in records.agenda(store, meeting) if each.motions)
    for number in range(5):
        records.place_motion(store, item.id, motions.add(store, title=f"Also {number}", text="x"))
    assert "Also 2 • and 2 further motions" in pack(store, meeting).pages[0]


def test_one_page_numbering_runs_through_appended_documents(store, meeting):
    read = pack(store, meeting)
    total = len(read.pages)
    for number, text in enumerate(read.pages, 1):
        if number > 1:
            assert f"Page {number} of {total}" in text
    contents = read.pages[1]
    for title in PARTS:
        assert title in contents
    assert f"Budget for 2026 {total - 1}" in contents
    assert f"Motion 2026/01: Evening buses {read.page_of('asks for later buses')}" in contents


def test_the_same_records_give_the_same_bytes(store, meeting):
    assert pack(store, meeting).bytes == pack(store, meeting).bytes


def test_a_meeting_with_nothing_on_it_still_has_a_pack(store):
    bare = records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 5, 21, 19, 30, tzinfo=LONDON)
    )
    read = pack(store, bare)
    assert read.holds_in_order(
        "Nothing is on the agenda yet. As it stood on 14 May 2026.",
        "to be announced",
        "the branch has not set a quorum",
        "Nothing is on the agenda yet.",
        "No minutes of an earlier meeting are kept",
        "Nobody owes the branch an answer.",
        "No letters came or went up to 14 May 2026.",
        "Members 0",
    )
    assert "The last twelve months" not in read.text


def test_a_special_meeting_gets_only_what_it_was_called_for(store, meeting):
    special = records.add(
        store, kind=MeetingKind.SPECIAL, starts_at=datetime(2026, 6, 1, 19, 30, tzinfo=LONDON)
    )
    item = records.add_item(store, special, "The rules")
    motion = motions.add(store, title="Change rule 4", text="To change it.")
    records.place_motion(store, item, motion)
    assert pack(store, special).bookmarks == ["Agenda", "Motion 2026/03: Change rule 4"]


def test_agreed_minutes_say_when_they_were_agreed(store, meeting):
    previous = records.pack_data(store, meeting, ON).previous
    records.agree_minutes(store, previous.id, date(2026, 5, 7))
    read = pack(store, meeting)
    assert "Agreed on 7 May 2026." in read.text
    assert "draft" not in read.text


def test_forty_motions_with_names_of_two_hundred_letters_are_all_there(store, meeting):
    item = next(each for each in records.agenda(store, meeting) if each.motions)
    long = "Wolfeschlegelsteinhausenbergerdorff " * 5 + "W" * 20
    with store.change("Forty motions"):
        for number in range(40):
            motion = motions.add(
                store, title=f"Motion number {number} " + "and on " * 20, text="x", mover=long
            )
            records.place_motion(store, item.id, motion)
    read = pack(store, meeting)
    assert len([each for each in read.bookmarks if each.startswith("Motion ")]) == 42
    assert all(f"Motion number {number} and on" in read.text for number in range(40))


def test_long_lists_of_letters_are_cut_and_say_so(store, meeting):
    with store.change("Letters"):
        for number in range(70):
            correspondence.add_letter(
                store,
                direction=Direction.IN,
                on=date(2026, 5, 2),
                subject=f"Subject {number}",
                body="We received your email.",
                sender="A",
            )
    read = pack(store, meeting)
    assert "12 earlier letters not listed." in read.text


def test_an_answer_that_came_by_itself_is_marked_and_how_long_hq_takes_is_said(store, meeting):
    correspondence.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 3),
        subject="Your message",
        body="This is an automatic reply. We have received your email.",
        sender="Another Office",
    )
    leaver = members.ids(store)[0]
    members.record_event(store, leaver, EventKind.RESIGNATION_SAID, said_on=date(2026, 4, 1))
    members.record_event(
        store, leaver, EventKind.RESIGNATION_RECORDED, hq_recorded_on=date(2026, 5, 2)
    )
    read = pack(store, meeting)
    assert "Your message (automatic reply)" in read.text
    assert "Automatic reply: Membership figures (automatic reply)" not in read.text
    assert "HQ has recorded 1; half of them took 31 days or longer." in read.text
    assert "Resigned 1 fewer" in read.text


def test_waiting_without_any_automatic_reply_says_only_how_long(store):
    bare = records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 5, 21, 19, 30, tzinfo=LONDON)
    )
    correspondence.add_letter(
        store, direction=Direction.OUT, on=date(2026, 5, 4), subject="Figures", body="Please."
    )
    read = pack(store, bare)
    assert "The longest wait is 10 days." in read.text
    assert "automatic" not in read.text
