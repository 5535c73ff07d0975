from datetime import date, datetime

import pytest

from branch_desk.meetings import records
from branch_desk.meetings.records import EntryKind
from branch_desk.meetings.rules import LONDON, MeetingKind
from branch_desk.store.errors import Conflict, Invalid, Missing


@pytest.fixture
def meeting(store):
    return records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 5, 21, 19, 30, tzinfo=LONDON),
    )


@pytest.fixture
def following(store):
    return records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 6, 18, 19, 30, tzinfo=LONDON),
    )


def test_a_decision_and_an_action_are_kept_as_written(store, meeting):
    item = records.add_item(store, meeting, "Business")
    decided = records.minute(store, meeting, EntryKind.DECISION, " Noted ", item=item)
    doing = records.minute(
        store, meeting, EntryKind.ACTION, "Sweep", owner=" Ada ", due_on=date(2026, 6, 1)
    )
    assert records.minuted(store, meeting) == [
        records.MinuteEntry(decided, meeting, item, EntryKind.DECISION, "Noted", "", None, None),
        records.MinuteEntry(
            doing, meeting, None, EntryKind.ACTION, "Sweep", "Ada", date(2026, 6, 1), None
        ),
    ]


def test_what_cannot_be_is_refused(store, meeting, following):
    other = records.add_item(store, following, "Business")
    with pytest.raises(Invalid, match="Say what the decision is"):
        records.minute(store, meeting, EntryKind.DECISION, "  ")
    with pytest.raises(Invalid, match="before the meeting"):
        records.minute(store, meeting, EntryKind.ACTION, "Sweep", due_on=date(2026, 5, 20))
    with pytest.raises(Missing, match="on this agenda"):
        records.minute(store, meeting, EntryKind.DECISION, "Noted", item=other)
    with pytest.raises(Missing):
        records.get_entry(store, 99)


def test_an_item_goes_and_what_was_decided_under_it_stays(store, meeting):
    item = records.add_item(store, meeting, "Business")
    records.minute(store, meeting, EntryKind.DECISION, "Noted", item=item)
    records.remove_item(store, item)
    assert [each.item for each in records.minuted(store, meeting)] == [None]
    store.undo()
    assert [each.item for each in records.minuted(store, meeting)] == [item]


def test_an_action_stays_open_until_it_is_done(store, meeting, following):
    doing = records.minute(store, meeting, EntryKind.ACTION, "Sweep")
    decided = records.minute(store, meeting, EntryKind.DECISION, "Noted")
    assert [each.id for each in records.open_actions(store, following)] == [doing]
    assert records.open_actions(store, meeting) == []
    records.finish(store, doing, date(2026, 6, 2))
    assert records.open_actions(store, following) == []
    records.finish(store, doing, None)
    assert [each.id for each in records.open_actions(store, following)] == [doing]
    with pytest.raises(Invalid, match="only an action"):
        records.finish(store, decided, date(2026, 6, 2))


def test_agreed_minutes_stand(store, meeting):
    entry = records.minute(store, meeting, EntryKind.DECISION, "Noted")
    records.set_minutes(store, meeting, "All well.")
    records.agree_minutes(store, meeting, date(2026, 6, 18))
    with pytest.raises(Conflict):
        records.minute(store, meeting, EntryKind.DECISION, "More")
    with pytest.raises(Conflict):
        records.strike_entry(store, entry)
    assert [each.text for each in records.minuted(store, meeting)] == ["Noted"]


def test_an_entry_made_by_mistake_is_struck(store, meeting):
    entry = records.minute(store, meeting, EntryKind.DECISION, "Noted")
    records.strike_entry(store, entry)
    assert records.minuted(store, meeting) == []
    store.undo()
    assert [each.id for each in records.minuted(store, meeting)] == [entry]


def test_an_appended_document_moves_within_its_agenda_only(store, meeting, following):
    first, second = records.add_items(store, meeting, ["One", "Two"])
    other = records.add_item(store, following, "Elsewhere")
    paper = records.append_document(
        store, first, title="Accounts", data=b"%PDF-", name="a.pdf", pages=1
    )
    records.move_document(store, paper, second)
    assert records.document(store, paper).item == second
    with pytest.raises(Conflict, match="stays with the agenda"):
        records.move_document(store, paper, other)


def test_how_somebody_came_is_changed_and_nobody_unknown(store, meeting):
    entry = records.sign_in(store, meeting, name="Guest")
    records.change_attendance(store, entry, None)
    assert records.attendance(store, meeting)[0].how is None
    with pytest.raises(Missing):
        records.change_attendance(store, 99, records.How.HALL)
