"""The agenda pack: all that is needed at the meeting, in one file with one page numbering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.branch.rules import clock
from branch_desk.meetings.papers.agenda import agenda_section, reports_section
from branch_desk.meetings.papers.reports import correspondence_section, membership_section
from branch_desk.meetings.papers.wording import full_date, short_date
from branch_desk.meetings.rules import MeetingKind
from branch_desk.motions.papers import motion_section
from branch_desk.motions.rules import counted, long_date
from branch_desk.paper.blocks import (
    Appended,
    Bullets,
    Cover,
    Document,
    Heading,
    Markdown,
    Note,
    Section,
    Text,
)

if TYPE_CHECKING:
    from branch_desk.meetings.records import Agenda, Meeting, Pack
    from branch_desk.paper.blocks import Block


NAMED = 6  # motions on the cover


def agenda_pack(pack: Pack) -> Document:
    """Put the whole pack together, to be printed on one side.

    Motions follow one another, none split where it fits on a page; in a duplex document each starts
    on a right-hand page, so that it can be taken out and handed round. A special meeting's pack
    holds only the business it was called for.
    """
    agenda = pack.agenda
    parts: list[Section | Appended] = [agenda_section(agenda)]
    reports = reports_section(agenda)
    parts += [reports] if reports else []
    special = agenda.meeting.kind is MeetingKind.SPECIAL
    if not special:
        parts.append(_previous_minutes(pack.previous))
    motions = [each.motion for entry in agenda.entries for each in entry.motions]
    parts += [
        motion_section(motion, starts="whole" if place else "right")
        for place, motion in enumerate(motions)
    ]
    if not special:
        parts.append(correspondence_section(pack.correspondence, agenda.printed_on))
        parts.append(membership_section(pack.membership, agenda.details.accent))
    parts += [
        Appended(document.title, document.pdf)
        for entry in agenda.entries
        for document in entry.documents
    ]
    return Document(
        title=f"Agenda pack: {agenda.meeting.title}, {long_date(agenda.meeting.on)}",
        brand=brand(agenda.details),
        parts=parts,
        cover=_cover(agenda),
        contents=True,
        subject="Agenda pack",
        made_on=agenda.printed_on,
    )


def _cover(agenda: Agenda) -> Cover:
    meeting = agenda.meeting
    lines = [f"{full_date(meeting.on)}, {clock(meeting.starts_at)}"]
    if meeting.place.strip():
        lines.append(meeting.place.strip())
    if meeting.online_at.strip():
        lines.append(f"Online: {meeting.online_at.strip()}")
    blocks: list[Block] = []
    decided = _to_decide(agenda)
    if decided:
        blocks += [Heading("To be decided", 3), Bullets(decided)]
    blocks += [Text(_bring(agenda)), Text(_holds(agenda), "quiet")]
    return Cover("Agenda pack", meeting.title, lines, blocks)


def _to_decide(agenda: Agenda) -> list[str]:
    """Name the first motions, and say how many more there are."""
    titles = [each.motion.title for entry in agenda.entries for each in entry.motions]
    if len(titles) <= NAMED:
        return titles
    shown = titles[: NAMED - 1]
    return [*shown, f"and {counted(len(titles) - len(shown), 'further motion')}"]


def _bring(agenda: Agenda) -> str:
    to = agenda.details.email or "the secretary"
    return f"Please bring this pack with you. If you cannot come, send apologies to {to}."


def _holds(agenda: Agenda) -> str:
    motions = sum(len(each.motions) for each in agenda.entries)
    documents = sum(len(each.documents) for each in agenda.entries)
    if not agenda.entries:
        return f"Nothing is on the agenda yet. As it stood on {long_date(agenda.printed_on)}."
    said = counted(len(agenda.entries), "item") + " of business"
    said += f", {counted(motions, 'motion')}" if motions else ", no motions"
    if documents:
        said += f", {counted(documents, 'appended document')}"
    return f"{said}. As it stood on {long_date(agenda.printed_on)}."


def _previous_minutes(previous: Meeting | None) -> Section:
    if previous is None:
        text = "No minutes of an earlier meeting are kept in the branch's file."
        return Section("Minutes of the last meeting", [Text(text, "quiet")], starts="flow")
    blocks: list[Block] = [Text(f"{previous.title}, {full_date(previous.on)}", "lead")]
    if previous.minutes_agreed_on:
        blocks.append(Text(f"Agreed on {long_date(previous.minutes_agreed_on)}.", "quiet"))
    else:
        text = "These minutes are a draft until the meeting agrees them."
        blocks.append(Note(text, "Draft"))
    blocks.append(Markdown(previous.minutes))
    return Section(
        "Minutes of the last meeting", blocks, head=f"Minutes of {short_date(previous.on)}"
    )
