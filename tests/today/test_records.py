"""What is due, out of a real branch file."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.records import Direction
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import Channel, MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.today import records

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 5, 14)


def meeting(store, on=date(2026, 6, 4), **fields) -> int:
    starts = datetime(on.year, on.month, on.day, 19, 30, tzinfo=LONDON)
    return meetings.add(
        store, kind=MeetingKind.ORDINARY, starts_at=starts, place="The Hall", **fields
    )


def member(store, surname: str, joined: date = date(2020, 1, 1)) -> int:
    return members.add(store, surname=surname, forename="Ann", joined_on=joined)


def test_an_empty_branch_has_nothing_due(store):
    found = records.today(store)
    assert found == records.Today(
        on=TODAY, branch="", meeting=None, waiting=(), attention=(), members=0, motions_open=0
    )
    assert found.to_chase == ()


def test_the_next_meeting_has_its_deadlines(store):
    meeting(store, date(2026, 4, 2))
    coming = meeting(store)
    meeting(store, date(2026, 7, 2))
    found = records.today(store).meeting
    assert (found.id, found.days, found.place, found.kind) == (coming, 21, "The Hall", "ordinary")
    assert [(each.what, each.on, each.days) for each in found.deadlines] == [
        ("Motions close", date(2026, 5, 21), 7),
        ("Notice is due", date(2026, 5, 28), 14),
        ("The meeting", date(2026, 6, 4), 21),
    ]
    assert "by 28 May 2026" in found.notice


def test_notice_that_went_out_is_done(store):
    coming = meeting(store)
    meetings.record_notice(store, coming, sent_on=TODAY, channel=Channel.EMAIL, recipients=3)
    (notice,) = [
        each for each in records.today(store).meeting.deadlines if each.what == "Notice is due"
    ]
    assert (notice.done, notice.words) == (True, "done")


def test_a_rule_the_branch_has_not_set_is_not_guessed(store):
    starts = datetime(2026, 6, 4, 19, 30, tzinfo=LONDON)
    meetings.add(store, kind=MeetingKind.SPECIAL, starts_at=starts)
    (notice,) = [
        each for each in records.today(store).meeting.deadlines if each.what == "Notice is due"
    ]
    assert (notice.on, notice.words) == (None, "not set")


def test_the_day_can_be_another(store):
    meeting(store)
    assert records.today(store, date(2026, 6, 4)).meeting.days == 0
    assert records.today(store, date(2026, 6, 5)).meeting is None


def test_motions_are_placed_or_wait(store):
    coming = meeting(store)
    for title in ("Buses", "Libraries"):
        motions.add(store, title=title, text="Do it.", mover="Ann Other", received_on=TODAY)
    item = meetings.add_item(store, coming, "Motions")
    meetings.place_motion(store, item, 1)
    found = records.today(store)
    assert (found.motions_open, found.meeting.motions_placed, found.meeting.motions_waiting) == (
        2,
        1,
        1,
    )


def test_letters_wait_and_some_are_to_be_chased(store):
    for on, subject in ((date(2026, 5, 10), "New"), (date(2026, 1, 5), "Old")):
        correspondence.add_letter(
            store, direction=Direction.OUT, on=on, subject=subject, body="?", office="HQ"
        )
    found = records.today(store)
    assert [each.subject for each in found.waiting] == ["Old", "New"]
    assert [each.subject for each in found.to_chase] == ["Old"]


def test_members_who_need_looking_after_are_counted_and_named(store):
    said = [member(store, f"Said{number}") for number in range(7)]
    for each in said:
        members.record_event(store, each, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 1))
    stopped = member(store, "Stopped")
    members.record_event(store, stopped, EventKind.PAYMENT_STOPPED, effective_on=date(2026, 5, 1))
    gone = member(store, "Gone")
    members.record_event(store, gone, EventKind.VANISHED, effective_on=date(2026, 5, 1))
    found = {each.reason: each for each in records.today(store).attention}
    assert {reason: each.count for reason, each in found.items()} == {
        "resignation-said": 7,
        "payment-stopped": 1,
        "vanished": 1,
    }
    assert len(found["resignation-said"].first) == records.NAMED
    assert found["resignation-said"].first[0].name == "Ann Said0"
    assert [each.id for each in found["payment-stopped"].first] == [stopped]
    assert [each.id for each in found["vanished"].first] == [gone]
    members.record_event(store, said[0], EventKind.RESIGNATION_RECORDED, hq_recorded_on=TODAY)
    found = {each.reason: each for each in records.today(store).attention}
    assert found["resignation-said"].count == 6


@pytest.mark.parametrize("with_meetings", [True, False])
def test_those_who_joined_since_the_last_meeting_are_to_be_welcomed(store, with_meetings):
    if with_meetings:
        meeting(store, date(2026, 5, 7))
        committee = datetime(2026, 5, 12, 19, 30, tzinfo=LONDON)
        meetings.add(store, kind=MeetingKind.COMMITTEE, starts_at=committee)
        meeting(store)
    member(store, "Long", date(2026, 5, 6) if with_meetings else date(2026, 4, 13))
    new = member(store, "New", date(2026, 5, 8))
    (welcome,) = records.today(store).attention
    assert (welcome.reason, welcome.count, welcome.first[0].id) == ("joined", 1, new)
    assert ("7 May 2026" if with_meetings else "14 April 2026") in welcome.words


def test_the_branch_is_named(store):
    branch.set_details(store, name="Highfield ward")
    assert records.today(store).branch == "Highfield ward"
