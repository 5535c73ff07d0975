"""What comes into a meeting and goes out of it: calendars (RFC 5545) and PDFs to append."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.meetings.records import Meeting

MOST_BYTES = 50_000_000
USUAL_LENGTH = timedelta(hours=2)
_FOLD = 75


def calendar(meetings: Iterable[tuple[Meeting, timedelta]], *, branch: str, now: datetime) -> bytes:
    """Write meetings, each with how long it lasts, as an iCalendar file.

    Times are in UTC. A meeting keeps its UID, so that a calendar that has read an earlier file
    replaces it. RFC 5545 sections 3.1 (folding at 75 octets), 3.3.11 and 3.6.1.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Branch Desk//Branch Desk//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(branch or 'Branch meetings')}",
    ]
    for meeting, lasts in meetings:
        lines += _event(meeting, lasts, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(meeting: Meeting, lasts: timedelta, now: datetime) -> list[str]:
    where = "; ".join(each.strip() for each in (meeting.place, meeting.online_at) if each.strip())
    lines = [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@branch-desk",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(meeting.starts_at + lasts)}",
        f"SUMMARY:{_text(meeting.title)}",
        f"CATEGORIES:{_text(meeting.kind.value)}",
    ]
    if where:
        lines.append(f"LOCATION:{_text(where)}")
    if meeting.notes.strip():
        lines.append(f"DESCRIPTION:{_text(meeting.notes.strip())}")
    if meeting.online_at.strip().startswith(("https://", "http://")):
        lines.append(f"URL:{_uri(meeting.online_at)}")
    return [*lines, "STATUS:CONFIRMED", "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Escape a text value (RFC 5545 section 3.3.11); other control characters are left out."""
    plain = "\n".join(value.splitlines())
    plain = "".join(each for each in plain if each == "\n" or (each >= " " and each != "\x7f"))
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _uri(value: str) -> str:
    return "".join(each for each in value.strip() if each.isprintable() and not each.isspace())


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never within a character (RFC 5545 section 3.1)."""
    parts: list[bytes] = []
    part = b""
    for each in line:
        octets = each.encode("utf-8", "replace")
        if len(part) + len(octets) > _FOLD:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def pages(data: bytes, name: str) -> int:
    """Return how many pages a PDF to append has; raises `Invalid` where it cannot go in."""
    import pikepdf

    if len(data) > MOST_BYTES:
        raise Invalid(f"{name} has over 50 MB; make it smaller before you append it.")
    if b"%PDF-" not in data[:1024]:
        raise Invalid(f"{name} is not a PDF; save it as one before you append it.")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Invalid(f"{name} is locked with a password; save a copy without one.") from error
    except pikepdf.PdfError as error:
        raise Invalid(f"{name} is damaged and cannot be read; ask for it again.") from error
    if not count:
        raise Invalid(f"{name} has no pages.")
    return count
