"""When something is due, and how that is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.today.rules import deadline, in_days

TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (5, "in 5 days"),
        (-5, "5 days ago"),
    ],
)
def test_distances_are_said_as_people_say_them(days, words):
    assert in_days(days) == words
    assert deadline("x", TODAY + timedelta(days=days), TODAY).words == words


def test_a_rule_that_is_not_set_has_no_day():
    found = deadline("Motions close", None, TODAY)
    assert (found.on, found.days, found.words, found.done) == (None, None, "not set", False)


def test_what_is_done_is_not_due():
    assert deadline("Notice", TODAY, TODAY, done=True).words == "done"


@given(st.dates(), st.dates())
def test_days_are_counted_from_today(on, today):
    found = deadline("x", on, today)
    assert today + timedelta(days=found.days) == on
