"""Laying out an agenda: the standing items and what is due, once, and in one undo step."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.records import ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON, standing_items
from branch_desk.motions import records as motions
from branch_desk.motions.records import MotionKind, MotionState


def call(store, kind=MeetingKind.ORDINARY, month=5, day=21) -> int:
    starts_at = datetime(2026, month, day, 19, 30, tzinfo=LONDON)
    return records.add(store, kind=kind, starts_at=starts_at)


def motion(store, title="Buses", day=1, month=5, **more) -> int:
    return motions.add(store, title=title, text="x", received_on=date(2026, month, day), **more)


def letter(store, subject="Figures") -> int:
    made = correspondence.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 3, 1),
        subject=subject,
        body="Please answer.",
        recipient="Office",
        office="Office",
    )
    return correspondence.get(store, made).thread


def under(store, meeting, kind):
    (found,) = [each for each in records.agenda(store, meeting) if each.kind is kind]
    return found


def test_a_meeting_gets_its_standing_items_with_what_is_due_under_them(store):
    meeting = call(store)
    buses, chair = motion(store), motion(store, "Chair", state=MotionState.ACCEPTED)
    thread = letter(store)
    done = records.lay_out(store, meeting)
    assert [each.title for each in records.agenda(store, meeting)] == [
        each.title for each in standing_items(MeetingKind.ORDINARY)
    ]
    assert (done.motions, done.threads, done.left_out) == ((buses, chair), (thread,), ())
    assert under(store, meeting, ItemKind.MOTIONS).motions == (buses, chair)
    assert under(store, meeting, ItemKind.CORRESPONDENCE).threads == (thread,)


def test_it_is_one_undo_step(store):
    meeting = call(store)
    motion(store)
    records.lay_out(store, meeting)
    assert store.undo() == "Lay out the branch meeting of 21 May 2026"
    assert records.agenda(store, meeting) == []


def test_doing_it_again_adds_only_what_has_come_since(store):
    meeting = call(store)
    motion(store)
    letter(store)
    records.lay_out(store, meeting)
    again = records.lay_out(store, meeting)
    assert (again.items, again.motions, again.threads) == ((), (), ())
    new = motion(store, "New")
    assert records.lay_out(store, meeting).motions == (new,)
    assert len(under(store, meeting, ItemKind.MOTIONS).motions) == 2


def test_a_motion_that_came_too_late_is_left_out_and_said_why(store):
    meeting = call(store)
    late = motion(store, day=10)
    emergency = motion(store, "Flood", day=10, kind=MotionKind.EMERGENCY)
    accepted = motion(store, "Allowed", day=10, state=MotionState.ACCEPTED)
    done = records.lay_out(store, meeting)
    assert set(done.motions) == {emergency, accepted}
    ((left, reason),) = done.left_out
    assert left == late
    assert "11 days before the meeting" in reason


@pytest.mark.parametrize(
    "state", [MotionState.DRAFT, MotionState.WITHDRAWN, MotionState.FALLEN, MotionState.REMITTED]
)
def test_only_what_is_received_or_accepted_is_placed(store, state):
    meeting = call(store)
    motion(store, state=state)
    assert records.lay_out(store, meeting).motions == ()


def test_a_motion_already_placed_at_a_coming_meeting_stays_there(store):
    may, june = call(store), call(store, month=6, day=18)
    placed = motion(store)
    records.place_motion(store, records.add_item(store, june, "Motions"), placed)
    assert records.lay_out(store, may).motions == ()


def test_a_motion_a_past_meeting_did_not_reach_comes_again(store):
    past, may = call(store, month=4, day=16), call(store)
    left = motion(store, month=3)
    records.place_motion(store, records.add_item(store, past, "Motions"), left)
    assert records.lay_out(store, may).motions == (left,)


@pytest.mark.parametrize(
    ("kind", "takes_motions", "takes_letters"),
    [
        (MeetingKind.ORDINARY, True, True),
        (MeetingKind.ANNUAL, True, False),
        (MeetingKind.SPECIAL, False, False),
        (MeetingKind.COMMITTEE, False, True),
    ],
)
def test_each_kind_of_meeting_takes_what_is_its_own(store, kind, takes_motions, takes_letters):
    meeting = call(store, kind)
    motion(store)
    letter(store)
    done = records.lay_out(store, meeting)
    assert bool(done.motions) == takes_motions
    assert bool(done.threads) == takes_letters
    assert len(done.items) == len(standing_items(kind))


def test_an_agenda_of_ones_own_gets_the_item_it_lacks_before_the_next_date(store):
    meeting = call(store)
    records.add_item(store, meeting, "Talk")
    records.add_item(store, meeting, "Next date", kind=ItemKind.NEXT_MEETING)
    motion(store)
    letter(store)
    records.lay_out(store, meeting)
    assert [each.title for each in records.agenda(store, meeting)] == [
        "Talk",
        "Motions",
        "Correspondence",
        "Next date",
    ]
    bare = call(store, month=6)
    records.add_item(store, bare, "Talk")
    motion(store, "Another")
    records.lay_out(store, bare)
    assert [each.title for each in records.agenda(store, bare)][:2] == ["Talk", "Motions"]
