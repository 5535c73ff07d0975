"""Calendars by RFC 5545, and which PDFs can be appended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.meetings import exchange
from branch_desk.meetings.records import Meeting, MeetingKind, MinutesState
from branch_desk.meetings.rules import LONDON
from branch_desk.store.errors import Invalid

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
HOURS = timedelta(hours=2)


def meeting(**fields) -> Meeting:
    values = {
        "id": 3,
        "uid": "a1b2",
        "kind": MeetingKind.ORDINARY,
        "title": "Branch meeting",
        "starts_at": datetime(2026, 7, 2, 19, 30, tzinfo=LONDON),
        "place": "",
        "online_at": "",
        "notes": "",
        "minutes": "",
        "minutes_state": MinutesState.NONE,
        "minutes_agreed_on": None,
    }
    return Meeting(**{**values, **fields})


def write(*meetings: Meeting, branch: str = "Highfield") -> bytes:
    return exchange.calendar([(each, HOURS) for each in meetings], branch=branch, now=NOW)


def properties(data: bytes) -> list[tuple[str, str]]:
    """Read as a calendar does: unfold, part names from values, unescape text."""
    text = data.replace(b"\r\n ", b"").decode()
    pairs = [line.partition(":")[::2] for line in text.split("\r\n") if line]
    return [(name, unescaped(value)) for name, value in pairs]


def unescaped(value: str) -> str:
    out, escape = "", False
    for each in value:
        if escape:
            out += "\n" if each in "nN" else each
        elif each != "\\":
            out += each
        escape = each == "\\" and not escape
    return out


def test_a_meeting_is_written_in_utc_with_a_name_that_stays():
    found = dict(properties(write(meeting(place="The Hall, 4 Church Street; upstairs"))))
    assert found["DTSTART"] == "20260702T183000Z"
    assert found["DTEND"] == "20260702T203000Z"
    assert found["DTSTAMP"] == "20260514T120000Z"
    assert found["UID"] == "a1b2@branch-desk"
    assert found["LOCATION"] == "The Hall, 4 Church Street; upstairs"
    assert "DESCRIPTION" not in found
    assert "URL" not in found


def test_winter_time_is_told_from_summer_time():
    winter = meeting(starts_at=datetime(2026, 12, 3, 19, 30, tzinfo=LONDON))
    assert dict(properties(write(winter)))["DTSTART"] == "20261203T193000Z"


def test_a_calendar_is_whole_with_no_meetings_and_with_several():
    assert properties(write())[0] == ("BEGIN", "VCALENDAR")
    assert properties(write(branch=""))[-1] == ("END", "VCALENDAR")
    several = properties(write(meeting(), meeting(uid="c3")))
    assert several.count(("BEGIN", "VEVENT")) == several.count(("END", "VEVENT")) == 2


def test_online_meetings_carry_their_link():
    online = meeting(
        place="Hall", online_at="https://meet.example/a b\r\nX-EVIL:1", notes="Bring\nkeys"
    )
    found = dict(properties(write(online)))
    assert found["URL"] == "https://meet.example/abX-EVIL:1"
    assert found["DESCRIPTION"] == "Bring\nkeys"
    assert "X-EVIL" not in found
    assert "URL" not in dict(properties(write(meeting(online_at="0800 1234"))))


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_folds_at_75_octets_and_comes_back(title, place):
    data = write(meeting(title=title, place=place))
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(line.decode() is not None for line in lines)
    found = dict(properties(data))
    kept = "".join(
        each for each in "\n".join(title.splitlines()) if each == "\n" or " " <= each != "\x7f"
    )
    assert found["SUMMARY"] == kept.encode("utf-8", "replace").decode()


def pdf(pages: int = 2, **choices) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    data = BytesIO()
    made.save(data, **choices)
    return data.getvalue()


def test_the_pages_of_a_pdf_are_counted():
    assert exchange.pages(pdf(3), "Budget.pdf") == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PDF"),
        (b"PK\x03\x04", "not a PDF"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "locked with a password"),
        (pdf(0), "has no pages"),
        (b"%PDF-" + b"\0" * exchange.MOST_BYTES, "over 50 MB"),
    ],
    ids=["empty", "zip", "damaged", "locked", "no pages", "huge"],
)
def test_a_pdf_that_cannot_go_in_is_refused_by_name(data, says):
    with pytest.raises(Invalid, match=f"^Budget.pdf .*{says}"):
        exchange.pages(data, "Budget.pdf")


def test_a_long_line_is_folded_within_no_character():
    title = "Cyfarfod â'r aelodau yn Llanfair" * 6
    data = write(meeting(title=title))
    assert b"\r\n " in data
    assert all(line.decode() for line in data.split(b"\r\n")[:-1])
    assert dict(properties(data))["SUMMARY"] == title
