"""The agenda: items in order, and what is placed under them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from branch_desk.meetings import records
from branch_desk.meetings.records import ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON
from branch_desk.motions import records as motions
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref


def call(store, day=21, month=5) -> int:
    starts_at = datetime(2026, month, day, 19, 30, tzinfo=LONDON)
    return records.add(store, kind=MeetingKind.ORDINARY, starts_at=starts_at)


@pytest.fixture
def meeting(store) -> int:
    return call(store)


@pytest.fixture
def motion(store) -> int:
    return motions.add(store, title="Buses", text="x", received_on=date(2026, 5, 1))


def titles(store, meeting) -> list[str]:
    found = records.agenda(store, meeting)
    assert [each.position for each in found] == list(range(1, len(found) + 1))
    return [each.title for each in found]


def test_items_stand_in_order_and_can_be_put_before_another_moved_and_removed(store, meeting):
    first = records.add_item(store, meeting, "First")
    last = records.add_item(store, meeting, "Last", minutes=10, notes="**Report**")
    records.add_item(store, meeting, " Middle ", before=last)
    assert titles(store, meeting) == ["First", "Middle", "Last"]
    records.move_item(store, last, 1)
    assert titles(store, meeting) == ["Last", "First", "Middle"]
    records.move_item(store, last, 99)
    assert titles(store, meeting) == ["First", "Middle", "Last"]
    records.remove_item(store, first)
    assert titles(store, meeting) == ["Middle", "Last"]
    store.undo()
    assert titles(store, meeting) == ["First", "Middle", "Last"]
    assert (records.item(store, last).minutes, records.item(store, last).notes) == (
        10,
        "**Report**",
    )


def test_an_item_is_changed_and_needs_a_title_and_a_time_that_can_be(store, meeting):
    item = records.add_item(store, meeting, "Item")
    records.change_item(store, item)
    records.change_item(store, item, title="Campaigns", minutes=5, kind=ItemKind.REPORT)
    kept = records.item(store, item)
    assert (kept.title, kept.minutes, kept.kind) == ("Campaigns", 5, ItemKind.REPORT)
    for wrong in ({"title": " "}, {"minutes": -1}):
        with pytest.raises(Invalid):
            records.change_item(store, item, **wrong)
    with pytest.raises(Invalid):
        records.add_item(store, meeting, "")


def test_items_and_meetings_there_are_none_of_are_missing(store, meeting):
    with pytest.raises(Missing):
        records.item(store, 9)
    with pytest.raises(Missing):
        records.add_item(store, 9, "T")
    with pytest.raises(Missing):
        records.add_item(store, meeting, "T", before=9)
    with pytest.raises(Missing):
        records.remove_document(store, 9)
    assert titles(store, meeting) == []


def test_a_motion_stands_under_one_item_of_a_meeting(store, meeting, motion):
    one, other = (records.add_item(store, meeting, each) for each in ("One", "Other"))
    records.place_motion(store, one, motion)
    records.place_motion(store, other, motion)
    assert records.item(store, one).motions == ()
    assert records.item(store, other).motions == (motion,)
    assert records.placed_at(store, Ref("motion", motion)) == [meeting]
    records.take_off(store, meeting, Ref("motion", motion))
    assert records.placed_at(store, Ref("motion", motion)) == []
    store.undo()
    assert records.item(store, other).motions == (motion,)


def test_a_motion_can_be_carried_over_to_another_meeting(store, meeting, motion):
    later = call(store, 18, 6)
    for each in (later, meeting):
        records.place_motion(store, records.add_item(store, each, "Motions"), motion)
    assert records.placed_at(store, Ref("motion", motion)) == [meeting, later]
    records.take_off(store, meeting, Ref("motion", motion))
    assert records.placed_at(store, Ref("motion", motion)) == [later]


def test_what_is_decided_or_withdrawn_cannot_be_placed(store, meeting, motion):
    item = records.add_item(store, meeting, "Motions")
    motions.withdraw(store, motion)
    with pytest.raises(Conflict, match="withdrawn"):
        records.place_motion(store, item, motion)


def test_letters_and_threads_stand_under_items_and_nothing_else_does(store, meeting):
    item = records.add_item(store, meeting, "Correspondence")
    records.place_letter(store, item, Ref("letter", 4))
    records.place_letter(store, item, Ref("thread", 5))
    kept = records.item(store, item)
    assert (kept.letters, kept.threads, kept.motions) == ((4,), (5,), ())
    with pytest.raises(Invalid):
        records.place_letter(store, item, Ref("member", 1))


def test_an_item_that_goes_frees_what_was_under_it(store, meeting, motion):
    item = records.add_item(store, meeting, "Motions")
    records.place_motion(store, item, motion)
    records.append_document(store, item, title="Plan", data=b"%PDF-", name="p.pdf", pages=1)
    records.remove_item(store, item)
    assert records.placed_at(store, Ref("motion", motion)) == []
    assert records.documents(store, item) == []


def test_documents_are_kept_whole_in_the_order_they_came(store, meeting):
    item = records.add_item(store, meeting, "Documents")
    for name in ("b", "a"):
        records.append_document(
            store, item, title=f" {name} ", data=name.encode(), name=f"{name}.pdf", pages=2
        )
    found = records.documents(store, item)
    assert [(each.title, each.pages) for each in found] == [("b", 2), ("a", 2)]
    assert [store.attachment(each.attachment) for each in found] == [b"b", b"a"]
    records.remove_document(store, found[0].id)
    assert [each.title for each in records.documents(store, item)] == ["a"]
    with pytest.raises(Invalid):
        records.append_document(store, item, title=" ", data=b"x", name="x.pdf", pages=1)


def test_a_motion_is_measured_against_its_meeting_then_the_next(store, motion):
    assert records.day_for_motion(store, motion) is None
    may = call(store)
    june = call(store, 18, 6)
    assert records.day_for_motion(store, motion) == date(2026, 5, 21)
    records.place_motion(store, records.add_item(store, june, "Motions"), motion)
    assert records.day_for_motion(store, motion) == date(2026, 6, 18)
    assert records.day_for_motion(store, motion, may) == date(2026, 5, 21)
    with pytest.raises(Missing):
        records.day_for_motion(store, motion, 99)
