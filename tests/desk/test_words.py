import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.desk import words
from branch_desk.store.errors import Invalid

TODAY = date(2026, 5, 14)


def test_days_read_as_people_write_them():
    assert words.day(TODAY) == "Thu 14 May 2026"
    assert words.short_day(TODAY) == "14 May 2026"
    assert words.day(None) == words.short_day(None) == words.moment(None) == ""


def test_a_moment_has_its_day_and_its_time():
    assert words.moment(datetime(2026, 5, 14, 12, 0, tzinfo=UTC)) == "Thu 14 May 2026, 12:00"


def test_a_moment_reads_in_its_own_zone_whatever_the_computers(monkeypatch):
    at = datetime(2026, 5, 14, 19, 30, tzinfo=ZoneInfo("Europe/London"))
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert words.moment(at) == "Thu 14 May 2026, 19:30"
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (6, "in 6 days"), (-3, "3 days ago")],
)
def test_distance_is_said_in_words(days, said):
    assert words.from_today(date.fromordinal(TODAY.toordinal() + days), TODAY) == said


def test_counts_know_one_and_many():
    assert words.count(1, "member") == "1 member"
    assert words.count(100_000, "member") == "100,000 members"
    assert words.count(2, "reply", "replies") == "2 replies"


@pytest.mark.parametrize(
    "text",
    [
        "14 May 2026",
        "Thu 14 May 2026",
        "Thursday, 14 may",
        "14/5/26",
        "14.05.2026",
        "14/5",
        "2026-5-14",
        "14th May 26",
        " today ",
    ],
)
def test_a_day_can_be_typed_in_many_ways(text):
    assert words.read_date(text, TODAY) == TODAY


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_is_no_day(text):
    assert words.read_date(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["soon", "31/2/2026", "14 Mayonnaise 2026 x", "2026-13-01", "99 foo"]
)
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(Invalid, match="is not a date the desk can read"):
        words.read_date(text, TODAY)


def test_a_birth_year_in_two_digits_lies_in_the_past():
    assert words.read_date("1/2/58", TODAY) == date(1958, 2, 1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_that_is_shown_can_be_read_back(day):
    assert words.read_date(words.day(day), TODAY) == day
    assert words.read_date(words.short_day(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:30", (19, 30)),
        ("7.30 pm", (19, 30)),
        ("7pm", (19, 0)),
        ("12am", (0, 0)),
        ("12 pm", (12, 0)),
    ],
)
def test_times_are_read(text, time):
    assert words.read_time(text) == time


@pytest.mark.parametrize("text", ["", "half seven", "25:00", "7:75"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Invalid, match="is not a time"):
        words.read_time(text)


def test_money_is_read_in_pence_and_written_in_pounds():
    assert words.read_pence("£1,012.5") == 101250
    assert words.read_pence("") == 0
    assert words.pounds(101250) == "£1,012.50"
    assert words.pounds(0) == ""
    with pytest.raises(Invalid, match="is not an amount"):
        words.read_pence("lots")
