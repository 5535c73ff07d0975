"""Meetings in the branch file: called, found, changed, minuted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from branch_desk.meetings import records
from branch_desk.meetings.records import MeetingKind, MinutesState
from branch_desk.meetings.rules import LONDON
from branch_desk.store.errors import Conflict, Invalid, Missing


def call(store, year, month, day, *, hour=19, kind=MeetingKind.ORDINARY, **more) -> int:
    starts_at = datetime(year, month, day, hour, 30, tzinfo=LONDON)
    return records.add(store, kind=kind, starts_at=starts_at, **more)


def test_a_meeting_is_kept_in_london_time(store):
    made = records.add(
        store,
        kind=MeetingKind.ANNUAL,
        starts_at=datetime(2026, 7, 2, 18, 30, tzinfo=UTC),
        place="Hall",
        online_at="https://meet.example",
        notes="Bring keys",
    )
    meeting = records.get(store, made)
    assert meeting.title == "Annual general meeting"
    assert meeting.starts_at.isoformat() == "2026-07-02T19:30:00+01:00"
    assert meeting.on == date(2026, 7, 2)
    assert (meeting.place, meeting.online_at, meeting.notes) == (
        "Hall",
        "https://meet.example",
        "Bring keys",
    )
    assert len(meeting.uid) == 32


def test_a_meeting_there_is_none_of_is_missing(store):
    with pytest.raises(Missing, match="no meeting 9"):
        records.get(store, 9)


def test_details_can_be_changed_but_a_title_is_needed(store):
    made = call(store, 2026, 5, 21)
    records.change_details(store, made)
    records.change_details(
        store, made, title="Rally", kind=MeetingKind.SPECIAL, place="Park", online_at="x"
    )
    meeting = records.get(store, made)
    assert (meeting.title, meeting.kind, meeting.place) == ("Rally", MeetingKind.SPECIAL, "Park")
    with pytest.raises(Invalid):
        records.change_details(store, made, title=" ")
    store.undo()
    assert records.get(store, made).title == "Branch meeting"


def test_meetings_are_listed_latest_first_or_by_order_kind_time_and_search(store):
    may = call(store, 2026, 5, 21, title="May", place="Zoo")
    june = call(store, 2026, 6, 18, title="Annual", kind=MeetingKind.ANNUAL, place="Arcade")
    july = call(store, 2026, 7, 2, title="July", place="Mill")
    assert records.ids(store) == [july, june, may]
    assert records.ids(store, order="starts") == [may, june, july]
    assert records.ids(store, order="title") == [june, july, may]
    assert records.ids(store, order="place") == [june, july, may]
    assert records.ids(store, order="kind") == [june, may, july]
    assert records.ids(store, kind=MeetingKind.ANNUAL) == [june]
    assert records.ids(store, since=datetime(2026, 6, 18, 18, 30, tzinfo=UTC)) == [july, june]
    assert records.ids(store, until=datetime(2026, 6, 18, 18, 30, tzinfo=UTC)) == [may]
    assert records.ids(store, search="annual") == [june]
    assert [each.title for each in records.many(store, [july, may])] == ["July", "May"]


def test_the_next_meeting_is_the_first_that_has_not_begun(store):
    assert records.next_meeting(store, store.now()) is None
    call(store, 2026, 5, 13)
    later, today = call(store, 2026, 6, 1), call(store, 2026, 5, 14)
    assert records.next_meeting(store, store.now()).id == today
    assert records.next_meeting(store, datetime(2026, 5, 14, 18, 31, tzinfo=UTC)).id == later


def test_a_meeting_takes_the_minutes_of_the_last_one_of_its_sort(store):
    march, april = call(store, 2026, 3, 1), call(store, 2026, 4, 1)
    committee = call(store, 2026, 4, 15, kind=MeetingKind.COMMITTEE)
    may = call(store, 2026, 5, 21)
    june_committee = call(store, 2026, 6, 1, kind=MeetingKind.COMMITTEE)
    assert records.previous_meeting(store, records.get(store, may)) is None
    records.set_minutes(store, march, "March")
    records.set_minutes(store, committee, "Committee")
    assert records.previous_meeting(store, records.get(store, may)).id == march
    records.set_minutes(store, april, "April")
    assert records.previous_meeting(store, records.get(store, may)).id == april
    assert records.previous_meeting(store, records.get(store, june_committee)).id == committee


def test_minutes_are_a_draft_until_a_later_meeting_agrees_them(store):
    made = call(store, 2026, 4, 1)
    with pytest.raises(Conflict, match="no minutes to agree"):
        records.agree_minutes(store, made, date(2026, 5, 21))
    records.set_minutes(store, made, "We met.")
    assert records.get(store, made).minutes_state is MinutesState.DRAFT
    with pytest.raises(Invalid, match="before the meeting"):
        records.agree_minutes(store, made, date(2026, 3, 31))
    records.agree_minutes(store, made, date(2026, 5, 21))
    meeting = records.get(store, made)
    assert (meeting.minutes_state, meeting.minutes_agreed_on) == (
        MinutesState.AGREED,
        date(2026, 5, 21),
    )
    for deed in (
        lambda: records.set_minutes(store, made, "Otherwise."),
        lambda: records.agree_minutes(store, made, date(2026, 5, 22)),
    ):
        with pytest.raises(Conflict, match="agreed on 21 May 2026"):
            deed()
    records.reopen_minutes(store, made)
    with pytest.raises(Conflict, match="not agreed"):
        records.reopen_minutes(store, made)
    records.set_minutes(store, made, "  ")
    assert records.get(store, made).minutes_state is MinutesState.NONE
