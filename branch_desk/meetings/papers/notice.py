"""The notice of a meeting: when, where, what for, and how to be heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.meetings.papers.agenda import order_of_business
from branch_desk.meetings.papers.wording import full_date, moment, place_facts
from branch_desk.meetings.rules import MeetingKind
from branch_desk.motions.rules import long_date
from branch_desk.paper.blocks import (
    AddressWindow,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Section,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.meetings.records import Agenda
    from branch_desk.paper.blocks import Block

_CALLED = {
    MeetingKind.ORDINARY: "an ordinary meeting",
    MeetingKind.ANNUAL: "the annual general meeting",
    MeetingKind.SPECIAL: "a special meeting",
    MeetingKind.COMMITTEE: "a meeting of the committee",
}

NEEDS = (
    "If you need anything so that you can take part, such as large print or a place without "
    "steps, please say so in good time."
)


def notice_paper(agenda: Agenda) -> Document:
    """Give notice of a meeting, with its agenda."""
    meeting = agenda.meeting
    title = f"Notice of meeting: {meeting.title}"
    return Document(
        title=f"{title}, {long_date(meeting.on)}",
        brand=brand(agenda.details),
        parts=[Section(title, _blocks(agenda), head="Notice of meeting")],
        subject="Notice of meeting",
        made_on=agenda.printed_on,
    )


def notice_letters(agenda: Agenda, people: Sequence[Sequence[str]]) -> Document:
    """Give notice by post: for each the lines of an address, a letter ready for a DL window."""
    title = f"Notice of meeting: {agenda.meeting.title}"
    on = long_date(agenda.printed_on)
    blocks = [Heading(title), *_blocks(agenda)]
    return Document(
        title=f"{title}, {long_date(agenda.meeting.on)}",
        brand=brand(agenda.details),
        parts=[
            Section(
                lines[0] if lines else title,
                [AddressWindow(to=lines, date=on), *blocks],
                head="Notice of meeting",
                starts="right",
                show_title=False,
            )
            for lines in people
        ],
        subject="Notice of meeting",
        made_on=agenda.printed_on,
    )


def proof_of_notice(agenda: Agenda, reached: Sequence[tuple[str, str, str]]) -> Document:
    """Keep a notice as it went and, after it, whom it went to: name, channel and address."""
    notice = notice_paper(agenda)
    ways = Counter(channel for _, channel, _ in reached)
    counts = ", ".join(f"{number} {channel}" for channel, number in sorted(ways.items()))
    columns = (Column("Name", 2.0), Column("How", 1.0), Column("Where to", 3.0))
    blocks: list[Block] = [
        Text(f"Sent on {full_date(agenda.printed_on)} to {len(reached)}: {counts or 'nobody'}."),
        Table(columns, [list(each) for each in reached]),
    ]
    sent = Section("Who the notice went to", blocks, head="Proof of notice")
    title = notice.title.replace("Notice of meeting", "Proof of notice", 1)
    return replace(notice, title=title, parts=[*notice.parts, sent], subject="Proof of notice")


def _blocks(agenda: Agenda) -> list[Block]:
    meeting = agenda.meeting
    name = agenda.details.name or "the branch"
    blocks: list[Block] = [
        Text(
            f"Notice is given that {_CALLED[meeting.kind]} of {name} will be held on "
            f"{moment(meeting.starts_at)}.",
            "lead",
        ),
        Facts([*place_facts(meeting)[1:], *_facts(agenda)]),
    ]
    if agenda.entries:
        blocks += [Heading("Business"), order_of_business(agenda, movers=False)]
    if meeting.kind is MeetingKind.SPECIAL:
        text = "Only the business given in this notice can be taken at a special meeting."
        blocks.append(Note(text))
    blocks += [Text(NEEDS), Text(_signed(agenda))]
    return blocks


def _facts(agenda: Agenda) -> list[tuple[str, str]]:
    chair = agenda.officer("chair")
    facts = [("In the chair", chair)] if chair else []
    closes = agenda.dates.motions_close
    if closes and closes >= agenda.printed_on:
        text = f"by {full_date(closes)}, in writing, with the names of mover and seconder"
        facts.append(("Motions", text))
    facts.append(("Apologies", f"to {agenda.details.email or 'the secretary'}"))
    return facts


def _signed(agenda: Agenda) -> str:
    secretary = agenda.officer("secretary")
    name = agenda.details.name
    office = f"Secretary, {name}" if name else "Secretary"
    signed = f"{secretary}\n{office}" if secretary else office
    return f"{signed}\n{long_date(agenda.printed_on)}"
