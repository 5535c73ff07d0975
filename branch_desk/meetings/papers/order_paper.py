"""The order paper for the chair: the business in order, with the words to say for each vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand
from branch_desk.branch.rules import clock, threshold
from branch_desk.meetings.papers.wording import place_facts
from branch_desk.meetings.rules import ItemKind
from branch_desk.motions.papers import finding_lines
from branch_desk.motions.rules import BASES, MotionKind, Verdict, counted, long_date
from branch_desk.paper.blocks import (
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Section,
    Table,
    Text,
    Together,
)

if TYPE_CHECKING:
    from branch_desk.meetings.records import Agenda, Entry, PackMotion
    from branch_desk.paper.blocks import Block

COUNT_HEIGHT = 14.0
STEPS = 6
_TIES = {
    "yes": "If the votes are equal, the chair may give a casting vote.",
    "no": "If the votes are equal, the motion is lost; the chair has no casting vote.",
    None: "The branch has not set whether the chair has a casting vote on equal votes.",
}

_WORDS = {
    ItemKind.WELCOME: "I open the meeting. Are there apologies beside those we have received?",
    ItemKind.MINUTES: (
        "You have the minutes before you. Are they a true record? Those in favour of agreeing "
        "them, please show. Those against. They are agreed. Are there matters arising?"
    ),
    ItemKind.CORRESPONDENCE: "The secretary reports on letters in and out. Are there questions?",
    ItemKind.REPORT: "We take the report as read. Are there questions to whoever gives it?",
    ItemKind.NEXT_MEETING: "The next meeting is on the day given. I thank you all; we close.",
}


def order_paper(agenda: Agenda) -> Document:
    """Print what the chair needs: the order, the words for each vote, room for the counts."""
    meeting = agenda.meeting
    blocks: list[Block] = [Facts([*place_facts(meeting), ("Quorum", agenda.quorum.rule)])]
    if agenda.closing_time:
        blocks.append(
            Note(f"The meeting closes at {agenda.closing_time}. Going on longer needs a vote.")
        )
    if not agenda.entries:
        blocks.append(Text("Nothing is on the agenda yet.", "quiet"))
    for number, entry in enumerate(agenda.entries, 1):
        blocks += _item(number, entry, agenda.casting_vote)
    return Document(
        title=f"Order paper: {meeting.title}, {long_date(meeting.on)}",
        brand=brand(agenda.details),
        parts=[Section("Order paper for the chair", blocks, head="Order paper")],
        subject="Order paper",
        made_on=agenda.printed_on,
    )


def _item(number: int, entry: Entry, casting: str | None) -> list[Block]:
    when = f"{clock(entry.begins)}. " if entry.begins else ""
    heading = Heading(f"{number}. {entry.item.title}")
    said: list[Block] = [heading]
    minutes = entry.item.minutes
    if when or minutes is not None:
        allowed = f"{counted(minutes, 'minute')} allowed." if minutes is not None else ""
        said.append(Text(f"{when}{allowed}".strip()))
    words = _WORDS.get(entry.item.kind)
    if words:
        said.append(Text(f"“{words}”", "lead"))
    blocks: list[Block] = [Together(said)]
    for each in entry.motions:
        blocks += _motion(each, casting)
    return blocks


def _motion(entry: PackMotion, casting: str | None) -> list[Block]:
    motion = entry.motion
    head: list[Block] = [Heading(f"Motion {motion.number}: {motion.title}")]
    doubtful = [each for each in entry.findings if each.verdict is not Verdict.MET]
    if doubtful:
        head.append(Note("\n\n".join(finding_lines(doubtful)), "Before you take it"))
    head.append(Bullets(_steps(entry), "number", "lead"))
    vote: list[Block] = [Text(f"{_carries(entry)} {_TIES[casting]}")]
    table = _needed(entry)
    if table:
        vote.append(table)
    vote.append(
        Table(
            [Column(each) for each in ("For", "Against", "Abstentions", "Present")],
            [["", "", "", ""]],
            row_height=COUNT_HEIGHT,
        )
    )
    return [Together([*head, *vote])]


def _steps(entry: PackMotion) -> list[str]:
    motion = entry.motion
    mover = motion.mover or "the mover"
    steps = [f"“We come to motion {motion.number}, {motion.title}. I call {mover} to move it.”"]
    if motion.seconder:
        steps.append(f"“I call {motion.seconder} to second it.”")
    else:
        steps.append("“Is there a seconder?” If there is none: “The motion falls.”")
    steps += [
        "“Who wishes to speak?” Amendments first, each to its own vote.",
        f"“I call {mover} to reply.”",
    ]
    if motion.kind is MotionKind.NO_CONFIDENCE:
        steps.append("Somebody else takes the chair if the motion is about the chair.")
    steps.append("“Those in favour, please show. Those against. Those abstaining.” Count each.")
    steps.append("Read the figures: “The motion is carried”, or “The motion is lost”.")
    return steps


def _carries(entry: PackMotion) -> str:
    if not entry.threshold:
        return "What carries this motion is not set. Settle it before the vote."
    return f"Carries with {threshold(entry.threshold).words} of {BASES[entry.base]}."


def _needed(entry: PackMotion) -> Table | None:
    """Set how many votes carry a motion that needs more than a simple majority."""
    if entry.motion.kind is not MotionKind.NO_CONFIDENCE or not entry.threshold:
        return None
    share = threshold(entry.threshold)
    counts = [10 * step for step in range(1, STEPS + 1)]
    whom = "If so many vote" if entry.base == "voting" else "If so many are present"
    rows = [[str(each), str(share.needed(each))] for each in counts]
    return Table([Column(whom, 1.0, numeric=True), Column("Needed for", 1.0, numeric=True)], rows)
