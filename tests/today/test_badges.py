from datetime import date, timedelta

from branch_desk.correspondence import records as correspondence
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionState
from branch_desk.today.badges import badges


def test_an_empty_branch_needs_nobody(store):
    assert set(badges(store).values()) == {0}


def test_who_resigned_counts_until_hq_has_recorded_it(store):
    ada = members.add(store, forename="Ada", surname="Okafor")
    members.record_event(store, ada, EventKind.RESIGNATION_SAID)
    assert badges(store)["Members"] == 1
    members.record_event(store, ada, EventKind.RESIGNATION_RECORDED)
    assert badges(store)["Members"] == 0


def test_a_motion_counts_until_it_is_ruled_on_and_placed(store):
    motion = motions.add(store, title="Ramp", text="We ask for a ramp.", mover="Bryn")
    motions.set_state(store, motion, MotionState.RECEIVED)
    assert badges(store)["Motions"] == 1
    motions.set_state(store, motion, MotionState.ACCEPTED)
    assert badges(store)["Motions"] == 1
    motions.withdraw(store, motion)
    assert badges(store)["Motions"] == 0


def test_a_notice_that_is_due_counts_until_it_went_out(store):
    day = store.today()
    meeting = meetings.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=store.clock() + timedelta(days=8),
        title="Branch meeting",
    )
    assert badges(store)["Meetings"] == 1
    meetings.record_notice(store, meeting, sent_on=day)
    assert badges(store)["Meetings"] == 0


def test_a_letter_counts_from_the_day_on_which_to_chase(store):
    correspondence.add_letter(
        store,
        direction=correspondence.Direction.OUT,
        on=date(2026, 1, 5),
        subject="Members who resigned",
        recipient="Membership Office",
        office="Membership Office",
        body="Please confirm.",
        wants_answer=True,
    )
    assert badges(store)["Letters"] == 1


def test_a_letter_that_we_owe_an_answer_to_counts(store):
    correspondence.add_letter(
        store,
        direction=correspondence.Direction.IN,
        on=store.today(),
        subject="Room for the meeting",
        sender="Hall",
        office="Hall",
        body="How many will you be?",
        wants_answer=True,
    )
    assert badges(store)["Letters"] == 1
