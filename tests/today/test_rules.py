"""When something is due, and how that is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.today.rules import SOON, Morning, Pressing, deadline, in_days, most_pressing

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


def test_what_we_owe_and_did_not_do_is_overdue_and_what_merely_passed_is_not():
    yesterday, earlier = TODAY - timedelta(days=1), TODAY - timedelta(days=5)
    assert deadline("x", yesterday, TODAY, owed=True).words == "1 day overdue"
    assert deadline("x", earlier, TODAY, owed=True).words == "5 days overdue"
    assert deadline("x", earlier, TODAY, owed=True).late
    assert not deadline("x", earlier, TODAY).late
    assert not deadline("x", earlier, TODAY, owed=True, done=True).late
    assert not deadline("x", TODAY, TODAY, owed=True).late


BUSY = {
    "meeting_in": 0,
    "notice_in": 0,
    "to_chase": 1,
    "unconfirmed": 1,
    "owing": 1,
    "to_rule": 1,
    "to_welcome": 1,
}


@pytest.mark.parametrize(
    ("gone", "first"),
    [
        (0, Pressing.TODAY),
        (1, Pressing.NOTICE),
        (2, Pressing.CHASE),
        (3, Pressing.CONFIRM),
        (4, Pressing.ANSWER),
        (5, Pressing.RULE),
        (6, Pressing.WELCOME),
    ],
)
def test_what_cannot_wait_comes_first_then_whom_we_keep_waiting(gone, first):
    left = dict(list(BUSY.items())[gone:])
    assert most_pressing(Morning(**left)) is first


def test_a_new_branch_begins_and_a_quiet_one_prepares_or_calls_a_meeting():
    assert most_pressing(Morning(begun=False, meeting_in=0)) is Pressing.BEGIN
    assert most_pressing(Morning()) is Pressing.CALL
    assert most_pressing(Morning(meeting_in=20)) is Pressing.PREPARE
    assert most_pressing(Morning(meeting_in=20, notice_in=SOON + 1)) is Pressing.PREPARE
    assert most_pressing(Morning(meeting_in=20, notice_in=SOON)) is Pressing.NOTICE
    assert most_pressing(Morning(meeting_in=5, notice_in=-2)) is Pressing.NOTICE
