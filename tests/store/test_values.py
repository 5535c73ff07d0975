import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.store.values import as_date, as_datetime, canonical, image, stored


class Standing(StrEnum):
    MEMBER = "member"


class Shelf(IntEnum):
    TOP = 3


class Day(Enum):
    FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        ("Łoś", "Łoś"),
        (3, 3),
        (0.5, 0.5),
        (b"x", b"x"),
        (True, 1),
        (Standing.MEMBER, "member"),
        (Shelf.TOP, 3),
        (Day.FIRST, "2026-01-01"),
        (date(2026, 5, 14), "2026-05-14"),
        (datetime(2026, 5, 14, 9, 30, 59, 999, tzinfo=UTC), "2026-05-14T09:30:59+00:00"),
        (datetime.fromisoformat("2026-07-01T00:30:00+01:00"), "2026-06-30T23:30:00+00:00"),
    ],
)
def test_values_are_kept_as_sqlite_has_them(value, kept):
    found = stored(value)
    assert found == kept
    assert type(found) is type(kept)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="a time without a zone"):
        stored(datetime(2026, 5, 14))  # noqa: DTZ001


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES))  # noqa: DTZ001
def test_times_come_back_to_the_second_in_utc(value):
    found = as_datetime(stored(value))
    assert found == value.replace(microsecond=0)
    assert found.utcoffset() == timedelta(0)


@given(st.dates())
def test_dates_come_back(value):
    assert as_date(stored(value)) == value


def test_nothing_comes_back_as_nothing():
    assert as_date(None) is None
    assert as_datetime(None) is None
    assert as_date("") is None


JSON = st.recursive(
    st.none() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_canonical_json_reads_back_and_has_one_form(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_canonical_json_sorts_keys_leaves_no_spaces_and_keeps_letters():
    assert canonical({"b": [1, None], "a": "Łoś"}) == '{"a":"Łoś","b":[1,null]}'


def test_an_image_has_blobs_by_their_digest():
    assert image({"b": b"", "a": 1}) == (
        '{"a":1,"b":{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}'
    )
