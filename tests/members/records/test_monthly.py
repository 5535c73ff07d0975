"""Figures by month added up by the file agree with those added up member by member."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from branch_desk.members import records
from branch_desk.members.records.monthly import monthly, waiting_longest
from branch_desk.members.rules import EventKind, months

START, END = date(2025, 6, 1), date(2026, 5, 14)
SAID, RECORDED = EventKind.RESIGNATION_SAID, EventKind.RESIGNATION_RECORDED
LIVES = (
    (),
    (SAID,),
    (SAID, RECORDED),
    (RECORDED,),
    (SAID, EventKind.RESIGNATION_WITHDRAWN, SAID),
    (SAID, RECORDED, EventKind.REJOINED),
    (EventKind.PAYMENT_STOPPED,),
)


def happen(store, member: int, kind: EventKind, day: date) -> int:
    event = records.dated(kind, day)
    return records.record_event(
        store,
        member,
        kind,
        said_on=event.said_on,
        effective_on=event.effective_on,
        hq_recorded_on=event.hq_recorded_on,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_months_are_those_of_the_flows(store, seed):
    chance = Random(seed)
    for number in range(12):
        day = START + timedelta(days=chance.randrange(-60, 150))
        each = records.add(store, surname=f"Member {number}", on=day)
        for kind in chance.choice(LIVES):
            day += timedelta(days=chance.randrange(1, 45))
            happen(store, each, kind, day)
    flows = records.flows_by(store, months(START, END))
    assert [
        (each.start, each.end, each.came, each.said, each.recorded)
        for each in monthly(store, START, END)
    ] == [
        (
            each.start,
            each.end,
            each.joined + each.rejoined + each.transferred_in,
            each.resignations_said,
            each.resignations_recorded,
        )
        for each in flows
    ]


def test_those_hq_has_not_recorded_come_the_longest_wait_first(store):
    early, late, done = (
        records.add(store, forename="Ann", surname=name, on=date(2020, 1, 1))
        for name in ("Early", "Late", "Done")
    )
    happen(store, late, EventKind.RESIGNATION_SAID, date(2026, 5, 1))
    happen(store, early, EventKind.RESIGNATION_SAID, date(2026, 1, 7))
    happen(store, done, EventKind.RESIGNATION_SAID, date(2025, 1, 7))
    happen(store, done, EventKind.RESIGNATION_RECORDED, date(2025, 2, 7))
    found = waiting_longest(store, 5)
    assert [(each.id, each.name, each.said_on) for each in found] == [
        (early, "Ann Early", date(2026, 1, 7)),
        (late, "Ann Late", date(2026, 5, 1)),
    ]
    assert [each.id for each in waiting_longest(store, 1)] == [early]


def test_what_was_corrected_counts_as_corrected(store):
    each = records.add(store, surname="Okafor", on=date(2026, 4, 2))
    wrong = happen(store, each, SAID, date(2026, 4, 20))
    records.record(store, each, replace(records.dated(SAID, date(2026, 5, 3)), corrects=wrong))
    assert [found.said for found in monthly(store, date(2026, 4, 1), END)] == [0, 1]
    assert [found.said_on for found in waiting_longest(store, 5)] == [date(2026, 5, 3)]
