"""A motion on paper: its text with numbered lines, its reasons, and the letter with its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand, signature
from branch_desk.motions.records import result
from branch_desk.motions.rules import MotionKind, MotionState, long_date, opening
from branch_desk.paper.blocks import (
    AddressWindow,
    Document,
    Facts,
    Heading,
    Markdown,
    Note,
    Section,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.branch.records import Branch
    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding
    from branch_desk.paper.blocks import Block


def motion_paper(motion: Motion, details: Branch) -> Document:
    """Print one motion on its own."""
    return Document(
        title=f"Motion {motion.number}: {motion.title}",
        brand=brand(details),
        parts=[motion_section(motion, starts="page")],
        subject="Motion",
    )


def motion_section(motion: Motion, *, starts: str = "right") -> Section:
    """Set a motion as a part of a paper: its people, its text with numbered lines, its reasons."""
    blocks: list[Block] = [Facts(motion_facts(motion))]
    if motion.text.strip():
        blocks += [
            Heading("Text of the motion"),
            Markdown(motion.text, serif=True, numbered=True),
        ]
    else:
        blocks.append(Text("The motion has no text yet.", "quiet"))
    if motion.reasons.strip():
        blocks += [Heading("Reasons"), Markdown(motion.reasons, serif=True)]
    if motion.ruling:
        blocks.append(Note(motion.ruling, "The chair's ruling"))
    if motion.state not in (MotionState.DRAFT, MotionState.RECEIVED, MotionState.ACCEPTED):
        blocks.append(Note(result_words(motion), opening(motion.state.words)))
    return Section(
        f"Motion {motion.number}: {motion.title}",
        blocks,
        head=f"Motion {motion.number}",
        starts=starts,
    )


def motion_facts(motion: Motion) -> list[tuple[str, str]]:
    """Say who moves and seconds a motion, of which kind it is, and when it came."""
    facts = [
        ("Moved by", motion.mover or "nobody named yet"),
        ("Seconded by", motion.seconder or "to be found at the meeting"),
    ]
    if motion.kind is not MotionKind.ORDINARY:
        facts.append(("Kind", opening(motion.kind.words)))
    if motion.addressed_to:
        facts.append(("Addressed to", motion.addressed_to))
    if motion.received_on:
        facts.append(("Received", long_date(motion.received_on)))
    return facts


def result_words(motion: Motion) -> str:
    """Say what became of a motion, with the sum of a counted vote."""
    if motion.result is None:
        return f"The motion was {motion.state.words}."
    day = long_date(motion.result.on)
    counted = result(motion)
    if counted is None:
        return f"{opening(motion.state.words)} on {day}, on a show of hands that was not counted."
    return f"{opening(motion.state.words)} on {day}. {counted.arithmetic}"


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Say each finding in a line: its rule, its verdict and why."""
    return [
        f"{opening(each.rule)} ({each.verdict.value}"
        + (f", clause {each.clause}" if each.clause else "")
        + f"): {each.message}"
        for each in findings
    ]


def result_letter(motion: Motion, details: Branch, secretary: str, on: date) -> Document:
    """Write to HQ, or to whom the motion is addressed, what the branch resolved."""
    to = motion.addressed_to or details.hq or "HQ"
    counted = result(motion)
    blocks: list[Block] = [
        AddressWindow([to], long_date(on), f"Motion {motion.number}"),
        Heading(motion.title),
        Text(_told(motion, details.name)),
    ]
    if counted is not None:
        blocks.append(Note(counted.arithmetic, "The vote"))
    blocks += [
        Markdown(motion.text, serif=True),
        Text(
            f"Moved by {motion.mover or 'a member'}"
            + (f", seconded by {motion.seconder}." if motion.seconder else ".")
        ),
        Text(
            "Please confirm that you have received this, and say by when we may expect an answer."
        ),
        signature("Yours sincerely,", secretary, f"Secretary, {details.name}"),
    ]
    title = f"Result of motion {motion.number}"
    return Document(
        title=title,
        brand=brand(details),
        parts=[Section(title, blocks, show_title=False)],
        subject="Letter",
    )


def _told(motion: Motion, name: str) -> str:
    branch = name or "the branch"
    if motion.result is None:
        return f"{branch} considered the motion below. It was {motion.state.words}."
    day = long_date(motion.result.on)
    did = {MotionState.CARRIED: "carried", MotionState.LOST: "rejected"}[motion.state]
    return f"On {day} {branch} {did} the motion below."
