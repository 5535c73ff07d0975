"""What the papers of a meeting say, gathered from every slice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.records import ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.motions.records import MotionKind
from branch_desk.store.links import Ref

ON = date(2026, 5, 14)


def call(store, month=5, day=21, kind=MeetingKind.ORDINARY) -> int:
    starts_at = datetime(2026, month, day, 19, 30, tzinfo=LONDON)
    return records.add(store, kind=kind, starts_at=starts_at)


@pytest.fixture
def meeting(store) -> int:
    return call(store)


def letter(store, on, subject="Figures", direction=Direction.OUT) -> int:
    return correspondence.add_letter(
        store, direction=direction, on=on, subject=subject, body="x", office="Office"
    )


def test_an_empty_branch_has_a_pack(store, meeting):
    pack = records.pack_data(store, meeting)
    assert pack.agenda.printed_on == ON
    assert pack.agenda.entries == ()
    assert pack.previous is None
    assert pack.correspondence.letters == ()
    assert pack.correspondence.since == ON - timedelta(days=92)
    assert pack.membership.counts.members == 0
    assert len(pack.membership.by_month) == 12
    assert pack.membership.by_month[0].start == date(2025, 6, 1)
    assert pack.membership.by_month[-1].end == ON


def test_the_agenda_has_its_times_motions_letters_and_documents(store, meeting):
    branch.set_setting(store, "meeting.closing_time", "21:30")
    branch.set_setting(store, "chair.casting_vote", "yes")
    branch.add_officer(store, "Chair", "Nerys Pugh")
    branch.add_officer(store, "Secretary", "Old Secretary", until=date(2026, 5, 1))
    first = records.add_item(store, meeting, "Motions", kind=ItemKind.MOTIONS, minutes=40)
    records.add_item(store, meeting, "Letters")
    one, two = (
        motions.add(store, title=title, text="x", received_on=date(2026, 5, 1))
        for title in ("One", "Two")
    )
    records.place_motion(store, first, two)
    records.place_motion(store, first, one)
    thread = correspondence.get(store, letter(store, date(2026, 3, 1))).thread
    filed = letter(store, date(2026, 3, 2), "Other")
    records.place_letter(store, first, Ref("thread", thread))
    records.place_letter(store, first, Ref("letter", filed))
    records.append_document(store, first, title="Plan", data=b"%PDF-", name="p.pdf", pages=3)
    agenda = records.agenda_data(store, meeting, ON)
    entry, second = agenda.entries
    assert entry.begins == datetime(2026, 5, 21, 19, 30, tzinfo=LONDON)
    assert second.begins == entry.begins + timedelta(minutes=40)
    assert [each.motion.title for each in entry.motions] == ["Two", "One"]
    assert {each.rule for each in entry.motions[0].findings} >= {"deadline", "mover"}
    assert (entry.motions[0].threshold, entry.motions[0].base) == ("majority", "voting")
    assert entry.letters == ("Figures", "Other")
    assert [(each.title, each.pages, each.pdf) for each in entry.documents] == [("Plan", 3, b"")]
    whole = records.pack_data(store, meeting, ON).agenda
    assert whole.entries[0].documents[0].pdf == b"%PDF-"
    assert agenda.closing_time == "9.30 pm"
    assert agenda.casting_vote == "yes"
    assert agenda.officer("chair") == "Nerys Pugh"
    assert agenda.officer("secretary") == ""
    assert agenda.dates.motions_close == date(2026, 5, 7)


def test_what_carries_no_confidence_is_empty_until_it_is_set(store, meeting):
    item = records.add_item(store, meeting, "Motions")
    motion = motions.add(
        store,
        title="No confidence",
        text="x",
        kind=MotionKind.NO_CONFIDENCE,
        received_on=date(2026, 5, 1),
    )
    records.place_motion(store, item, motion)
    (entry,) = records.agenda_data(store, meeting, ON).entries
    assert (entry.motions[0].threshold, entry.motions[0].base) == ("", "")
    branch.set_setting(store, "no_confidence.threshold", "2/3")
    branch.set_setting(store, "no_confidence.base", "present")
    (entry,) = records.agenda_data(store, meeting, ON).entries
    assert (entry.motions[0].threshold, entry.motions[0].base) == ("2/3", "present")


def test_the_pack_takes_up_where_the_last_meeting_ended(store, meeting):
    previous = call(store, 4, 16)
    records.set_minutes(store, previous, "We met.")
    letter(store, date(2026, 4, 16), "Before")
    letter(store, date(2026, 4, 17), "First")
    letter(store, date(2026, 5, 14), "Last")
    letter(store, date(2026, 5, 15), "Tomorrow's")
    pack = records.pack_data(store, meeting, ON)
    assert pack.previous.id == previous
    assert [each.subject for each in pack.correspondence.letters] == ["First", "Last"]
    assert [each.subject for each in pack.correspondence.waiting] == ["Before", "First", "Last"]
    assert pack.membership.since == date(2026, 4, 17)


def test_many_letters_are_all_read_back_to_the_day(store, meeting):
    with store.change("Letters"):
        for number in range(230):
            letter(store, date(2026, 5, 1), f"Subject {number}")
        letter(store, date(2025, 1, 1), "Long ago")
    pack = records.pack_data(store, meeting, ON)
    assert len(pack.correspondence.letters) == 230


def test_membership_is_counted_up_to_the_day_of_printing(store, meeting):
    for number, forename in enumerate(("Ann", "Bo", "Cy")):
        made = members.add(
            store, forename=forename, surname="Pugh", joined_on=date(2020, 1, 1 + number)
        )
    members.record_event(store, made, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 1))
    membership = records.pack_data(store, meeting, ON).membership
    assert membership.counts.members == 3
    assert membership.counts.resignation_said == 1
    assert membership.backlog.waiting == 1
    assert membership.flows.closing == 3


def test_who_may_sign_in_is_in_order_of_name_and_leaves_out_who_may_not(store):
    def add(forename, surname, **more):
        return members.add(
            store, forename=forename, surname=surname, joined_on=date(2020, 1, 1), **more
        )

    add("Gwenllian", "Pugh", known_as="Gwen", number="7")
    add("Ann", "Adeyemi")
    members.record_event(
        store, add("Sus", "Pended"), EventKind.SUSPENDED, effective_on=date(2026, 1, 1)
    )
    members.record_event(
        store, add("Has", "Lapsed"), EventKind.LAPSED, effective_on=date(2026, 1, 1)
    )
    assert [(each.surname, each.forename, each.number) for each in records.signatories(store)] == [
        ("Adeyemi", "Ann", ""),
        ("Pugh", "Gwen", "7"),
    ]


def test_minutes_know_who_was_there_and_what_follows(store, meeting):
    following = call(store, 6, 18)
    records.sign_in(store, meeting, name="Jo")
    records.record_notice(store, meeting, sent_on=date(2026, 5, 13))
    found = records.minutes_data(store, meeting, ON)
    assert [each.name for each in found.attendance] == ["Jo"]
    assert len(found.notices) == 1
    assert found.following.id == following
    assert records.minutes_data(store, following, ON).following is None
