"""Notice, deadlines, times and quorum."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.meetings.rules import (
    LONDON,
    Channel,
    Dates,
    ItemKind,
    MeetingKind,
    dates,
    notice_given,
    quorum_of,
    standing_items,
    timetable,
    usual_next,
)

MEETING = date(2026, 5, 21)
SET = {
    "meeting.notice_days": 7,
    "meeting.annual_notice_days": 28,
    "meeting.special_notice_days": None,
    "motion.deadline_days": 14,
}


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        (MeetingKind.ORDINARY, date(2026, 5, 14)),
        (MeetingKind.ANNUAL, date(2026, 4, 23)),
        (MeetingKind.SPECIAL, None),
        (MeetingKind.COMMITTEE, None),
    ],
)
def test_each_kind_of_meeting_has_its_own_notice_or_none_set(kind, notice):
    assert dates(kind, MEETING, SET) == Dates(date(2026, 5, 7), notice)


def test_without_rules_no_day_is_guessed():
    assert dates(MeetingKind.ORDINARY, MEETING, {}) == Dates(None, None)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_notice_given_on_its_last_day_is_in_time_and_a_day_later_is_late(on, days):
    due = dates(MeetingKind.ORDINARY, on, {"meeting.notice_days": days}).notice_due
    assert (on - due).days == days
    assert notice_given([due], on, due, on).endswith("before, in time.")
    late = due + timedelta(days=1)
    assert notice_given([late], on, due, on).endswith("1 day late.")


DUE = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("sent", "due", "today", "says"),
    [
        ([], DUE, date(2026, 5, 12), "Notice is due by 14 May 2026, in 2 days."),
        ([], DUE, DUE, "Notice is due today."),
        ([], DUE, date(2026, 5, 15), "Notice has not gone out; it was due by 14 May 2026."),
        ([], None, DUE, "Notice has not gone out; the branch has not set how long it must be."),
        (
            [date(2026, 5, 20), date(2026, 5, 13)],
            DUE,
            DUE,
            "Notice went out on 13 May 2026, 8 days before, in time.",
        ),
        (
            [date(2026, 5, 16)],
            DUE,
            DUE,
            "Notice went out on 16 May 2026, 5 days before, 2 days late.",
        ),
        (
            [date(2026, 5, 16)],
            None,
            DUE,
            (
                "Notice went out on 16 May 2026, 5 days before; the branch has not set how long "
                "it must be."
            ),
        ),
    ],
)
def test_where_notice_stands_is_said_in_a_sentence(sent, due, today, says):
    assert notice_given(sent, MEETING, due, today) == says


def test_items_begin_one_after_the_other_until_one_has_no_length():
    start = datetime(2026, 5, 21, 19, 30, tzinfo=LONDON)
    assert timetable(start, [5, 40, None, 10]) == [
        start,
        start + timedelta(minutes=5),
        start + timedelta(minutes=45),
        None,
    ]
    assert timetable(start, []) == []


@given(st.lists(st.integers(0, 90), max_size=20))
def test_the_last_item_begins_when_all_before_it_are_over(minutes):
    start = datetime(2026, 5, 21, 18, 30, tzinfo=UTC)
    begins = timetable(start, [*minutes, 0])
    assert begins[-1] - start == timedelta(minutes=sum(minutes))
    assert begins == sorted(begins)


def test_most_agendas_begin_with_a_welcome_and_an_ordinary_one_holds_what_most_hold():
    assert {standing_items(kind)[0].kind for kind in MeetingKind} == {ItemKind.WELCOME}
    ordinary = standing_items(MeetingKind.ORDINARY)
    assert [each.kind for each in ordinary[:3]] == [
        ItemKind.WELCOME,
        ItemKind.MINUTES,
        ItemKind.CORRESPONDENCE,
    ]
    assert ordinary[-1].kind is ItemKind.NEXT_MEETING
    assert ItemKind.MOTIONS in {each.kind for each in ordinary}


def test_kinds_and_channels_have_words():
    assert MeetingKind.ANNUAL.title == "Annual general meeting"
    assert Channel.POST.words == "by post"


def test_a_quorum_that_is_not_set_is_not_guessed():
    found = quorum_of(None, "members", base_count=60, present=1)
    assert (found.needed, found.reached) == (None, None)
    assert found.message == "1 member present; the branch has not set a quorum."


@pytest.mark.parametrize(
    ("rule", "base", "count", "present", "needed", "message"),
    [
        ("10", "members", 60, 9, 10, "9 members present; the quorum is 10 members. 1 short."),
        (
            "greater of 10 and 5%",
            "members",
            412,
            21,
            21,
            "21 members present; the quorum is 21 members: greater of 10 and 5% of 412. Quorate.",
        ),
        (
            "25%",
            "good-standing",
            3,
            1,
            1,
            (
                "1 member in good standing present; "
                "the quorum is 1 member in good standing: 25% of 3. Quorate."
            ),
        ),
    ],
)
def test_the_sum_of_a_quorum_is_said(*, rule, base, count, present, needed, message):
    found = quorum_of(rule, base, base_count=count, present=present)
    assert (found.needed, found.message) == (needed, message)
    assert found.reached == (present >= needed)


def test_the_clause_of_a_quorum_is_named():
    found = quorum_of("10", "members", base_count=60, present=0, clause="4.2")
    assert found.rule == "10 members (clause 4.2)"


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 100_000), st.booleans())
def test_a_quorum_of_two_rules_is_the_greater_or_the_lesser_exactly(number, percent, base, lesser):
    share = ceil(Fraction(percent * base, 100))
    words = "lesser" if lesser else "greater"
    found = quorum_of(f"{words} of {number} and {percent}%", "members", base_count=base, present=0)
    wanted = min(number, share) if lesser else max(number, share)
    assert found.needed == max(1, wanted)
    assert found.reached is False


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], None),
        ([date(2026, 4, 16)], None),
        ([date(2026, 4, 16), date(2026, 3, 19)], date(2026, 5, 21)),
        ([date(2026, 4, 16), date(2026, 3, 12), date(2026, 2, 19)], date(2026, 5, 21)),
        ([date(2025, 5, 1), date(2024, 5, 2)], date(2027, 5, 6)),
        ([date(2026, 1, 29), date(2025, 10, 30)], date(2026, 7, 30)),
        ([date(2026, 5, 21), date(2026, 5, 21)], None),
    ],
)
def test_the_usual_next_day_follows_the_pattern_of_earlier_meetings(held, expected):
    assert usual_next(held, date(2026, 5, 14)) == expected
