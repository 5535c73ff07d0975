"""The attendance sheet: every member by name, with room to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.meetings.papers.wording import place_facts
from branch_desk.motions.rules import counted, long_date
from branch_desk.paper.blocks import Column, Document, Facts, Section, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.meetings.records import Agenda, Signatory

ROOM_TO_SIGN = 9.5
VISITORS = 12


def attendance_sheet(agenda: Agenda, people: Sequence[Signatory]) -> Document:
    """Print the list to sign at the door, alphabetical, with lines for visitors at the end."""
    meeting = agenda.meeting
    parts = [
        Section(
            "Attendance",
            [
                Facts([("Meeting", meeting.title), *place_facts(meeting)]),
                Text(_said(agenda, len(people))),
                *([_table(people)] if people else []),
            ],
        ),
        Section("Visitors and members not listed", [_visitors()]),
    ]
    return Document(
        title=f"Attendance: {meeting.title}, {long_date(meeting.on)}",
        brand=brand(agenda.details),
        parts=parts,
        subject="Attendance sheet",
        made_on=agenda.printed_on,
    )


def _said(agenda: Agenda, listed: int) -> str:
    said = f"{counted(listed, 'member')} listed. Please sign beside your name."
    if agenda.quorum.needed is None:
        return f"{said} The branch has not set a quorum."
    return f"{said} The quorum is {agenda.quorum.needed}."


def _table(people: Sequence[Signatory]) -> Table:
    return Table(
        [Column("Name", 3.0), Column("Number", 1.4), Column("Signature", 3.6)],
        [[_name(each), each.number, ""] for each in people],
        row_height=ROOM_TO_SIGN,
    )


def _name(person: Signatory) -> str:
    return ", ".join(part for part in (person.surname, person.forename) if part)


def _visitors() -> Table:
    return Table(
        [
            Column("", 0.4),
            Column("Name in capitals", 2.8),
            Column("E-mail or telephone", 2.4),
            Column("Signature", 2.4),
        ],
        [[f"{number}.", "", "", ""] for number in range(1, VISITORS + 1)],
        row_height=ROOM_TO_SIGN,
    )
