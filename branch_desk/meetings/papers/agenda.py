"""The order of business: alone, and as the first part of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.branch.rules import clock
from branch_desk.meetings.papers.wording import length, place_facts
from branch_desk.motions.rules import counted, long_date
from branch_desk.paper.blocks import (
    Document,
    Facts,
    Heading,
    Item,
    Markdown,
    Order,
    Section,
    Text,
    Under,
)

if TYPE_CHECKING:
    from branch_desk.meetings.records import Agenda, Entry, PackMotion
    from branch_desk.paper.blocks import Block


def agenda_paper(agenda: Agenda) -> Document:
    """Print the agenda alone, with what is written under its items."""
    parts = [agenda_section(agenda)]
    reports = reports_section(agenda, starts="flow")
    if reports:
        parts.append(reports)
    return Document(
        title=f"Agenda: {agenda.meeting.title}, {long_date(agenda.meeting.on)}",
        brand=brand(agenda.details),
        parts=parts,
        subject="Agenda",
        made_on=agenda.printed_on,
    )


def agenda_section(agenda: Agenda) -> Section:
    """Set the order of business with its times, and when and where the meeting is."""
    blocks: list[Block] = [Facts(_facts(agenda))]
    if agenda.entries:
        blocks += [order_of_business(agenda), Text(_ends(agenda), "quiet")]
    else:
        blocks.append(Text("Nothing is on the agenda yet.", "quiet"))
    return Section("Agenda", blocks)


def order_of_business(agenda: Agenda, *, movers: bool = True) -> Order:
    """Set the items in order, each with what is taken under it and when it begins."""
    entries = enumerate(agenda.entries, 1)
    return Order([_item(number, each, movers=movers) for number, each in entries])


def reports_section(agenda: Agenda, *, starts: str = "page") -> Section | None:
    """Set what is written under the items, such as a report sent the night before."""
    blocks: list[Block] = []
    for number, entry in enumerate(agenda.entries, 1):
        if entry.item.notes.strip():
            blocks += [Heading(f"{number}. {entry.item.title}"), Markdown(entry.item.notes)]
    return Section("Reports and notes", blocks, starts=starts) if blocks else None


def _facts(agenda: Agenda) -> list[tuple[str, str]]:
    facts = place_facts(agenda.meeting)
    for office in ("chair", "secretary"):
        name = agenda.officer(office)
        if name:
            facts.append((office.capitalize(), name))
    facts.append(("Quorum", agenda.quorum.rule))
    return facts


def _item(number: int, entry: Entry, *, movers: bool) -> Item:
    under = [
        Under(f"{number}.{place}", each.motion.title, _moved(each) if movers else "")
        for place, each in enumerate(entry.motions, 1)
    ]
    if entry.item.leads:
        under.insert(0, Under("", f"Led by {entry.item.leads}"))
    if entry.letters:
        under.append(Under("", f"{counted(len(entry.letters), 'letter')} waiting for an answer"))
    under += [
        Under("", f"Appended: {each.title}", counted(each.pages, "page"))
        for each in entry.documents
    ]
    begins = clock(entry.begins) if entry.begins else ""
    return Item(entry.item.title, begins, entry.item.minutes, under)


def _moved(entry: PackMotion) -> str:
    mover = entry.motion.mover
    return f"Motion {entry.motion.number}" + (f", moved by {mover}" if mover else "")


def _ends(agenda: Agenda) -> str:
    minutes = [each.item.minutes for each in agenda.entries]
    known = [each for each in minutes if each is not None]
    if not known:
        return "No times are set for the items."
    total = f"The items with a time take {length(sum(known))}"
    if len(known) == len(minutes):
        total = f"The business takes {length(sum(known))}"
    if agenda.closing_time:
        return f"{total}. The meeting closes at {agenda.closing_time} unless it votes to go on."
    return f"{total}."
