"""The minutes of a meeting, with who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.meetings.papers.wording import full_date, moment, place_facts
from branch_desk.meetings.rules import EntryKind, How, MinutesState, Presence
from branch_desk.motions.papers import result_words
from branch_desk.motions.rules import counted, long_date
from branch_desk.paper.blocks import (
    Bullets,
    Document,
    Facts,
    Heading,
    Markdown,
    Note,
    Section,
    Text,
    WriteIn,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.meetings.records import Attendance, MinuteEntry, Minutes
    from branch_desk.paper.blocks import Block


def minutes_paper(minutes: Minutes) -> Document:
    """Print the minutes of a meeting: who was there, what was said, what was decided."""
    agenda = minutes.agenda
    meeting = agenda.meeting
    title = f"Minutes: {meeting.title}"
    blocks: list[Block] = []
    if meeting.minutes_state is not MinutesState.AGREED:
        blocks.append(Note("These minutes are a draft until a meeting agrees them.", "Draft"))
    blocks.append(Facts([*place_facts(meeting), *_attendance(minutes)]))
    if meeting.minutes.strip():
        blocks.append(Markdown(meeting.minutes))
    else:
        blocks.append(Text("Nothing is written yet.", "quiet"))
    blocks += _votes(minutes)
    blocks += _entries(minutes)
    if minutes.following:
        blocks += [Heading("Next meeting"), Text(moment(minutes.following.starts_at))]
    if meeting.minutes_agreed_on:
        blocks.append(Text(f"Agreed on {full_date(meeting.minutes_agreed_on)}.", "lead"))
    else:
        blocks += [WriteIn("Signed by the chair"), WriteIn("Date")]
    return Document(
        title=f"{title}, {long_date(meeting.on)}",
        brand=brand(agenda.details),
        parts=[Section(title, blocks, head="Minutes")],
        subject="Minutes",
        made_on=agenda.printed_on,
    )


def _attendance(minutes: Minutes) -> list[tuple[str, str]]:
    there = [each for each in minutes.attendance if each.presence is Presence.PRESENT]
    hall = [each for each in there if each.how is How.HALL]
    online = [each for each in there if each.how is How.ONLINE]
    sorry = [each for each in minutes.attendance if each.presence is Presence.APOLOGIES]
    if not minutes.attendance:
        return [("Present", "not recorded")]
    facts = [("Present", f"{counted(len(there), 'person').replace('persons', 'people')}")]
    facts += [
        (title, _names(each)) for title, each in (("In the hall", hall), ("Online", online)) if each
    ]
    facts.append(("Apologies", _names(sorry) or "none"))
    facts.append(("Quorum", minutes.agenda.quorum.message))
    return facts


def _names(people: Sequence[Attendance]) -> str:
    return ", ".join(
        each.name if each.member is not None else f"{each.name} (visitor)" for each in people
    )


def _entries(minutes: Minutes) -> list[Block]:
    """Set what was decided in the order of the business, and who does what by when."""
    places = {entry.item.id: place for place, entry in enumerate(minutes.agenda.entries, 1)}
    ordered = sorted(minutes.entries, key=lambda each: places.get(each.item or 0, len(places) + 1))
    blocks: list[Block] = []
    decided = [each for each in ordered if each.kind is EntryKind.DECISION]
    if decided:
        lines = [_under_item(each.text, places.get(each.item or 0)) for each in decided]
        blocks += [Heading("Decisions"), Bullets(lines)]
    actions = [each for each in ordered if each.kind is EntryKind.ACTION]
    if actions:
        blocks += [Heading("Actions"), Bullets([_action(each) for each in actions])]
    return blocks


def _under_item(text: str, place: int | None) -> str:
    return text if place is None else f"Item {place}: {text}"


def _action(entry: MinuteEntry) -> str:
    said = f"{entry.owner}: {entry.text}" if entry.owner else entry.text
    if entry.due_on:
        said += f", by {long_date(entry.due_on)}"
    if entry.done_on:
        said += f" (done on {long_date(entry.done_on)})"
    return said


def _votes(minutes: Minutes) -> list[Block]:
    decided = [
        each.motion
        for entry in minutes.agenda.entries
        for each in entry.motions
        if each.motion.result and each.motion.result.on == minutes.agenda.meeting.on
    ]
    blocks: list[Block] = [Heading("Votes")] if decided else []
    for motion in decided:
        blocks.append(Heading(f"Motion {motion.number}: {motion.title}", 3))
        blocks.append(Text(result_words(motion)))
    return blocks
