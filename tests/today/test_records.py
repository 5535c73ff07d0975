"""What is due, out of a real branch file."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.records import Direction
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import Channel, ItemKind, MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.store.links import Ref
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
    assert (found.on, found.branch, found.meeting) == (TODAY, "", None)
    assert (found.waiting, found.owing, found.to_rule, found.attention) == ((), (), (), ())
    assert (found.members, found.motions_open) == (0, 0)
    assert [step.done for step in found.steps] == [False, False, False, False]
    assert records.lately(store) == ()
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


def lacks(store) -> list[str]:
    return [each.words for each in records.today(store).meeting.lacks]


def test_a_meeting_called_just_now_lacks_its_agenda_its_notice_and_a_place(store):
    coming = meetings.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 6, 4, 19, 30, tzinfo=LONDON),
    )
    found = records.today(store).meeting.lacks
    assert [(each.words, each.meeting, each.part) for each in found] == [
        ("The agenda is not laid out yet.", coming, "agenda"),
        ("Nobody has said where it is held.", coming, "notice"),
        ("No notice has gone out.", coming, "notice"),
    ]


def test_reports_and_motions_that_are_not_there_are_lacking_until_they_are(store):
    coming = meeting(store)
    meetings.record_notice(store, coming, sent_on=TODAY, channel=Channel.EMAIL, recipients=3)
    first = meetings.add_item(store, coming, "Treasurer's report", kind=ItemKind.REPORT)
    second = meetings.add_item(store, coming, "Delegates", kind=ItemKind.REPORT)
    motion = motions.add(store, title="Buses", text="That", mover="A", received_on=TODAY)
    motions.set_state(store, motion, motions.MotionState.ACCEPTED)
    assert lacks(store) == [
        "1 motion in time and not on the agenda.",
        "No report yet: Treasurer's report and 1 more.",
    ]
    meetings.change_item(store, first, notes="All is well.")
    meetings.place_motion(store, second, motion)
    assert lacks(store) == ["No report yet: Delegates."]
    meetings.change_item(store, second, notes="Went.")
    assert lacks(store) == []


def test_minutes_that_nobody_wrote_or_agreed_in_time_are_lacking(store):
    ready = meeting(store)
    meetings.record_notice(store, ready, sent_on=TODAY, channel=Channel.EMAIL, recipients=3)
    meetings.add_item(store, ready, "Motions")
    before = meeting(store, date(2026, 3, 5))
    last = meeting(store, date(2026, 4, 2))
    found = records.today(store).meeting.lacks
    assert [(each.words, each.meeting, each.part) for each in found] == [
        ("No minutes yet of 2 April 2026.", last, "minutes"),
        ("No minutes yet of 5 March 2026.", before, "minutes"),
    ]
    for each in (last, before):
        meetings.set_minutes(store, each, "We met.")
    assert lacks(store) == ["The minutes of 5 March 2026 were never agreed."]
    meetings.agree_minutes(store, before, date(2026, 4, 2))
    assert lacks(store) == []


def test_motions_to_rule_on_are_those_received(store):
    draft = motions.add(store, title="Draft", text="That", mover="A")
    ruled = motions.add(store, title="Buses", text="That", mover="A", received_on=TODAY)
    motions.set_state(store, ruled, motions.MotionState.RECEIVED)
    (found,) = records.today(store).to_rule
    assert (found.id, found.title, found.received_on) == (ruled, "Buses", TODAY)
    motions.set_state(store, ruled, motions.MotionState.ACCEPTED)
    assert records.today(store).to_rule == ()
    assert draft != ruled


def test_first_steps_are_done_by_doing_them(store):
    member(store, "Okafor")
    assert [(each.key, each.done) for each in records.today(store).steps] == [
        ("members", True),
        ("branch", False),
        ("meeting", False),
        ("letter", False),
    ]
    branch.set_setting(store, "letters.chase_days", "14")
    meeting(store)
    assert [each.done for each in records.today(store).steps] == [True, True, True, False]


def test_what_changed_lately_names_the_thing_and_leads_to_it(store):
    coming = meeting(store)
    ada = member(store, "Okafor")
    members.record_event(store, ada, EventKind.PAYMENT_STOPPED, effective_on=TODAY)
    meetings.add_item(store, coming, "Motions")
    branch.set_details(store, name="Highfield ward")
    found = records.lately(store)
    assert [(each.kind, each.id, each.thing) for each in found] == [
        ("branch", None, ""),
        ("meeting", coming, "Branch meeting, 2026-06-04"),
        ("member", ada, "Ann Okafor"),
        ("member", ada, "Ann Okafor"),
        ("meeting", coming, "Branch meeting, 2026-06-04"),
    ]
    assert [each.entry for each in found] == [5, 4, 3, 2, 1]
    assert {each.actor for each in found} == {"tester"}
    assert len(records.lately(store, 2)) == 2


def test_a_change_to_many_or_to_what_is_gone_leads_to_the_page_alone(store):
    joined = members.dated(EventKind.JOINED, TODAY)
    people = [members.NewMember({"surname": f"Okafor {each}"}, (joined,)) for each in range(30)]
    members.add_many(store, people)
    coming = meeting(store)
    store.undo()
    found = records.lately(store)
    assert [(each.kind, each.id, each.thing) for each in found] == [
        ("meeting", None, ""),
        ("meeting", None, ""),
        ("member", None, ""),
    ]
    assert coming


def test_the_months_behind_us_are_twelve_and_end_today(store):
    member(store, "New", date(2026, 5, 8))
    found = records.months(store)
    assert len(found) == records.MONTHS
    assert (found[0].start, found[-1].end) == (date(2025, 6, 1), TODAY)
    assert found[-1].came == 1


def test_what_stands_under_a_thing_leads_to_the_thing(store):
    coming = meeting(store)
    item = meetings.add_item(store, coming, "Motions")
    motion = motions.add(store, title="Buses", text="That", mover="A", received_on=TODAY)
    meetings.place_motion(store, item, motion)
    letter = correspondence.add_letter(
        store,
        direction=Direction.IN,
        on=TODAY,
        subject="The hall",
        body="Booked.",
        sender="Hall",
        office="Hall",
        enclosed=[correspondence.Enclosed("plan.txt", "text/plain", b"plan")],
    )
    found = records.lately(store, 2)
    assert [(each.kind, each.id) for each in found] == [
        ("thread", correspondence.get(store, letter).thread),
        ("meeting", coming),
    ]
    meetings.take_off(store, coming, Ref("motion", motion))
    (gone,) = records.lately(store, 1)
    assert (gone.kind, gone.id) == ("", None)


def test_what_was_sent_to_one_leads_to_them(store):
    ada = member(store, "Okafor")
    members.keep_sending(store, members.SendingKind.MESSAGE, "News", by_email=[ada])
    (sent,) = records.lately(store, 1)
    assert (sent.kind, sent.id, sent.thing) == ("member", ada, "Ann Okafor")
