"""What correspondence prints: one letter of ours, and the report of who owes us an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand, signature
from branch_desk.correspondence.rules import State
from branch_desk.paper.blocks import (
    AddressWindow,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Markdown,
    Note,
    Section,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.branch.records import Branch
    from branch_desk.correspondence.records import Letter, Outgoing, Waiting
    from branch_desk.paper.blocks import Block


def day(on: date | None) -> str:
    """Return a day as letters write it: 14 May 2026."""
    return f"{on.day} {on:%B %Y}" if on else ""


def short_day(on: date) -> str:
    """Return a day as tables write it: 14 May 2026, 5 Oct 2025."""
    return f"{on.day} {on:%b %Y}"


def waiting_report(details: Branch, waiting: Sequence[Waiting], on: date) -> Document:
    """Return the letters that wait for an answer, the longest wait first, and what was promised."""
    name = details.name or "this branch"
    blocks: list[Block] = [Text(_summary(name, waiting), style="lead")]
    if waiting:
        blocks += [_table(waiting), *_broken(waiting)]
        blocks += [
            Heading("How this is counted"),
            Bullets(
                [
                    "A wait begins with the first letter of ours that nobody has answered.",
                    "An automatic reply is not an answer and does not end it.",
                    "A reply that only promises an answer does not end it; the day is shown.",
                    "Reminders are the further letters we sent in the meantime.",
                ]
            ),
        ]
    return Document(
        title="Letters waiting for an answer",
        brand=brand(details),
        parts=[Section("Letters waiting for an answer", blocks, head=f"As of {day(on)}")],
        subject="Letters waiting for an answer",
    )


def _summary(name: str, waiting: Sequence[Waiting]) -> str:
    if not waiting:
        return f"No letter of {name} waits for an answer."
    longest = waiting[0]
    count = (
        f"{len(waiting)} letters of {name} wait"
        if len(waiting) > 1
        else f"A letter of {name} waits"
    )
    automatic = sum(each.automatic_replies for each in waiting)
    machines = f" {_several(automatic, 'automatic reply', 'automatic replies')} came in that time."
    return (
        f"{count} for an answer, the oldest since {day(longest.since)}: "
        f"{_several(longest.days, 'day', 'days')}.{machines if automatic else ''}"
    )


def _several(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _table(waiting: Sequence[Waiting]) -> Table:
    return Table(
        columns=[
            Column("About", 2.9),
            Column("To", 1.9),
            Column("Since", 1.65),
            Column("Days", 0.7, numeric=True),
            Column("Reminders", 1.15, numeric=True),
            Column("How it stands", 1.9),
        ],
        rows=[
            [
                each.subject,
                each.office,
                short_day(each.since),
                str(each.days),
                str(each.chasers),
                _standing(each),
            ]
            for each in waiting
        ],
    )


def _standing(each: Waiting) -> str:
    if each.promised_by is None:
        return "to be chased" if each.state is State.CHASE else "waiting"
    kept = ", not kept" if each.state is State.PROMISE_BROKEN else ""
    return f"promised by {short_day(each.promised_by)}{kept}"


def _broken(waiting: Sequence[Waiting]) -> list[Block]:
    broken = [each for each in waiting if each.state is State.PROMISE_BROKEN]
    if not broken:
        return []
    lines = "\n\n".join(
        f"{each.office} promised an answer about “{each.subject}” by {day(each.promised_by)}."
        for each in broken
    )
    return [Note(lines, title="Promised and not kept")]


def outgoing(details: Branch, letter: Outgoing, on: date, signed_by: str = "") -> Document:
    """Return a letter that is being written, as it will print on the day it goes."""
    blocks: list[Block] = [AddressWindow(to=_addressee(letter.recipient), date=day(on))]
    if letter.subject:
        blocks.append(Heading(letter.subject))
    blocks.append(Markdown(letter.text, serif=True))
    if signed_by:
        blocks.append(signature("", signed_by))
    title = letter.subject or "Letter"
    return Document(
        title=title,
        brand=brand(details),
        parts=[Section(title, blocks, show_title=False)],
        subject="Letter",
    )


def letter(details: Branch, sent: Letter, signed_by: str = "") -> Document:
    """Return a letter of ours on the branch's letterhead, or one that came in as a plain copy."""
    if sent.direction.value == "out":
        blocks: list[Block] = [
            AddressWindow(to=_addressee(sent.recipient), date=day(sent.on)),
            Heading(sent.subject),
            Markdown(sent.body, serif=True),
        ]
        if signed_by:
            blocks.append(signature("", signed_by))
    else:
        blocks = [
            Facts([("From", sent.sender), ("To", sent.recipient), ("Date", day(sent.on))]),
            Markdown(sent.body, serif=True),
        ]
        if sent.automatic:
            blocks.insert(0, Note(f"An automatic reply: {sent.automatic_because}."))
    return Document(
        title=sent.subject,
        brand=brand(details),
        parts=[Section(sent.subject, blocks, show_title=sent.direction.value == "in")],
        subject="Letter",
    )


def _addressee(recipient: str) -> list[str]:
    """Return the lines of an address: its commas part them, an e-mail address stands last."""
    name, bracket, address = recipient.partition("<")
    lines = [part.strip() for part in re.split(r"[,\n]", name) if part.strip()]
    return [*lines, address.rstrip("> ")] if bracket else lines or [recipient]
