"""Who came and who went: the sums balance over any histories."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.rules import (
    CURRENT,
    LEFT,
    Event,
    EventKind,
    ResignedCounts,
    Standing,
    backlog,
    backlog_in_words,
    flows,
    months,
    standing_on,
)

START = date(2026, 1, 1)
KINDS = [kind for kind in EventKind if kind is not EventKind.STRUCK_OUT]
days = st.integers(0, 120).map(lambda number: START + timedelta(days=number))
histories = st.lists(
    st.lists(st.builds(Event, st.sampled_from(KINDS), effective_on=st.none() | days), max_size=10),
    max_size=8,
)


def said(day: int) -> Event:
    return Event(EventKind.RESIGNATION_SAID, said_on=START + timedelta(days=day))


def recorded(day: int) -> Event:
    return Event(EventKind.RESIGNATION_RECORDED, hq_recorded_on=START + timedelta(days=day))


JOINED = Event(EventKind.JOINED)


@given(histories, st.sampled_from(ResignedCounts), days, st.integers(0, 60))
def test_opening_and_who_came_less_who_left_is_closing(people, counts, start, length):
    end = start + timedelta(days=length)
    for span in flows(people, months(start, end), counts):
        came = span.joined + span.rejoined + span.transferred_in
        assert span.opening + came - sum(span.left.values()) == span.closing
        for on, number in (
            (span.start - timedelta(days=1), span.opening),
            (span.end, span.closing),
        ):
            there = [standing_on(history, on, counts)[0] in CURRENT for history in people]
            assert sum(there) == number
        waiting = [standing_on(history, span.end)[1].resignation_said for history in people]
        assert sum(waiting) == span.backlog


@given(histories, days, st.integers(1, 90))
def test_months_add_up_to_the_whole_span(people, start, length):
    end = start + timedelta(days=length)
    whole = flows(people, [(start, end)])[0]
    parts = flows(people, months(start, end))
    assert parts[0].opening == whole.opening
    assert parts[-1].closing == whole.closing
    assert parts[-1].backlog == whole.backlog
    for name in ("joined", "rejoined", "resignations_said", "payment_stopped", "vanished"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    for way in LEFT:
        assert sum(part.left[way] for part in parts) == whole.left[way]


def test_a_resignation_leaves_when_recorded_or_by_the_rule_when_said():
    people = [[JOINED, said(10), recorded(40)]]
    span = [(START, START + timedelta(days=20))]
    by_record = flows(people, span)[0]
    assert (by_record.left[Standing.RESIGNED], by_record.closing, by_record.backlog) == (0, 1, 1)
    by_word = flows(people, span, ResignedCounts.SAID)[0]
    assert (by_word.left[Standing.RESIGNED], by_word.closing, by_word.backlog) == (1, 0, 1)
    both = flows(people, [(START, START + timedelta(days=50))])[0]
    assert (both.resignations_said, both.resignations_recorded, both.backlog) == (1, 1, 0)


def test_coming_back_and_coming_from_elsewhere_are_told_apart_from_joining():
    day = START + timedelta(days=5)
    lapsed = Event(EventKind.LAPSED, effective_on=START)
    people = [
        [Event(EventKind.JOINED, effective_on=day)],
        [JOINED, lapsed, Event(EventKind.REJOINED, effective_on=day)],
        [JOINED, lapsed, Event(EventKind.JOINED, effective_on=day)],
        [Event(EventKind.TRANSFERRED_IN, effective_on=day)],
    ]
    found = flows(people, [(day, day)])[0]
    assert (found.joined, found.rejoined, found.transferred_in) == (1, 2, 1)


def test_saying_it_twice_counts_once():
    found = flows([[JOINED, said(3), said(9)]], [(START, START + timedelta(days=20))])[0]
    assert (found.resignations_said, found.backlog) == (1, 1)


def test_months_are_cut_to_the_days_asked_for():
    assert months(date(2026, 1, 20), date(2026, 3, 5)) == [
        (date(2026, 1, 20), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 5)),
    ]


def test_the_backlog_measures_those_who_wait_and_those_who_waited():
    people = [
        [JOINED, said(0)],
        [JOINED, said(10)],
        [JOINED, said(20)],
        [JOINED, said(0), recorded(8)],
        [JOINED, said(0), recorded(20)],
        [JOINED, recorded(5)],
        [JOINED, said(0), Event(EventKind.RESIGNATION_WITHDRAWN, said_on=START)],
        [JOINED, said(60)],
    ]
    found = backlog(people, START + timedelta(days=30))
    assert (found.waiting, found.median_days, found.longest_days) == (3, 20, 30)
    assert (found.recorded, found.took_median_days, found.took_longest_days) == (2, 14, 20)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([], "No resignation waits for HQ."),
        ([[JOINED, said(29)]], "1 resignation waits for HQ, for 1 day."),
        (
            [[JOINED, said(10)], [JOINED, said(15)], [JOINED, said(0), recorded(2)]],
            (
                "2 resignations wait for HQ: half of them for 17.5 days or more, "
                "the longest for 20 days. "
                "HQ has recorded 1 that we knew of before: it took 2 days."
            ),
        ),
        (
            [[JOINED, said(0), recorded(8)], [JOINED, said(0), recorded(20)]],
            (
                "No resignation waits for HQ. HQ has recorded 2 that we knew of before: "
                "half of them took 14 days or more, the longest 20 days."
            ),
        ),
    ],
)
def test_the_backlog_in_words(people, words):
    assert backlog_in_words(backlog(people, START + timedelta(days=30))) == words
