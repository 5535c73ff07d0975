"""Motions in the branch file: numbered, found, changed, and left alone once decided."""

from __future__ import annotations

from datetime import date

import pytest

from branch_desk.motions import records
from branch_desk.motions.records import MotionKind, MotionState
from branch_desk.store.errors import Conflict, Invalid, Missing


def test_motions_are_numbered_by_the_year_they_came_in(store):
    first = records.add(store, title="Buses", text="x", received_on=date(2025, 12, 30))
    second = records.add(store, title="Trams", text="x", received_on=date(2026, 1, 2))
    third = records.add(store, title="Draft of a third", text="x")
    assert [each.number for each in records.many(store, [third, first, second])] == [
        "2026/02",
        "2025/01",
        "2026/01",
    ]
    assert records.get(store, third).state is MotionState.DRAFT
    assert records.get(store, second).state is MotionState.RECEIVED


def test_everything_said_of_a_motion_is_kept(store):
    motion = records.add(
        store,
        title=" Buses ",
        text="**Text**",
        reasons="Why",
        kind=MotionKind.EMERGENCY,
        mover="Gwen Llewellyn",
        mover_member=None,
        seconder="Ben Adeyemi",
        received_on=date(2026, 5, 3),
        arose_on=date(2026, 5, 2),
        addressed_to="the council",
        state=MotionState.ACCEPTED,
    )
    kept = records.get(store, motion)
    assert (kept.title, kept.text, kept.reasons) == ("Buses", "**Text**", "Why")
    assert (kept.kind, kept.state) == (MotionKind.EMERGENCY, MotionState.ACCEPTED)
    assert (kept.mover, kept.seconder, kept.addressed_to) == (
        "Gwen Llewellyn",
        "Ben Adeyemi",
        "the council",
    )
    assert (kept.received_on, kept.arose_on) == (date(2026, 5, 3), date(2026, 5, 2))
    assert kept.result is None


def test_a_motion_needs_a_title(store):
    with pytest.raises(Invalid):
        records.add(store, title="  ", text="x")
    motion = records.add(store, title="T", text="x")
    with pytest.raises(Invalid):
        records.change_details(store, motion, title=" ")


def test_a_motion_there_is_none_of_is_missing(store):
    with pytest.raises(Missing, match="no motion 7"):
        records.get(store, 7)
    assert records.many(store, [7]) == []


def test_motions_are_listed_by_filter_order_and_search(store):
    def add(title, mover, day, **more):
        return records.add(
            store, title=title, text="x", mover=mover, received_on=date(2026, 1, day), **more
        )

    buses = add("Buses", "Zoë", 3, mover_member=11)
    archives = add("archives", "Ann", 1, kind=MotionKind.EMERGENCY, seconder_member=11)
    chair = add("Chair", "Mo", 2, state=MotionState.ACCEPTED)
    assert records.ids(store) == [chair, archives, buses]
    assert records.ids(store, order="-number") == [buses, archives, chair]
    assert records.ids(store, order="title") == [archives, buses, chair]
    assert records.ids(store, order="received") == [archives, chair, buses]
    assert records.ids(store, order="-mover") == [buses, chair, archives]
    assert records.ids(store, state=MotionState.ACCEPTED) == [chair]
    assert records.ids(store, kind=MotionKind.EMERGENCY) == [archives]
    assert records.ids(store, member=11) == [archives, buses]
    assert records.ids(store, search="buses") == [buses]
    assert records.ids(store, search="nothing of the kind") == []


def test_text_and_reasons_can_be_changed_and_the_change_undone(store):
    motion = records.add(store, title="T", text="old", reasons="why")
    records.change_text(store, motion, "new")
    assert (records.get(store, motion).text, records.get(store, motion).reasons) == ("new", "why")
    records.change_text(store, motion, "newer", "because")
    assert records.get(store, motion).reasons == "because"
    store.undo()
    store.undo()
    assert records.get(store, motion).text == "old"


def test_a_change_of_nothing_is_no_change(store):
    motion = records.add(store, title="T", text="x")
    records.change_details(store, motion)
    assert store.undo() == "Add a motion"


def test_a_very_long_title_is_kept_whole(store):
    motion = records.add(store, title="word " * 50, text="x")
    assert records.get(store, motion).title == ("word " * 50).strip()


def test_a_decided_motion_stays_as_it_was_voted_on(store):
    motion = records.add(store, title="T", text="x", received_on=date(2026, 1, 2))
    records.decide(store, motion, on=date(2026, 2, 1), votes_for=2, votes_against=1)
    with pytest.raises(Conflict, match="decided on 1 February 2026"):
        records.change_text(store, motion, "another")
