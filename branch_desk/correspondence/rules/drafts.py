"""The words of letters the desk drafts for the secretary: a reminder, a request to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.correspondence.rules.threads import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.correspondence.rules.waiting import Clock, Exchange

MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's subject and its text in Markdown, still to be read and changed by a person."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who said that they resign: as HQ must know them, and on which day they said it."""

    name: str
    number: str
    said_on: date


def answer_subject(subject: str) -> str:
    """Return a subject with one "Re:" before it."""
    return subject if subject.casefold().startswith("re:") else f"Re: {subject}"


def chaser(subject: str, letters: Sequence[Exchange], clock: Clock) -> Words:
    """Remind somebody of a letter nobody has answered, with all that went to and fro since.

    `letters` are the thread's in order, as far as the day the clock was read.
    """
    told = [_told(each, first=first) for first, each in _since(letters, clock)]
    left_out = len(told) - MOST_TOLD
    if left_out > 0:
        told[1 : 1 + left_out] = [f"- {left_out} further letters."]
    parts = [
        "Dear colleague,",
        (
            f"We wrote to you on {_day(clock.since)} about “{subject}” and still wait for an "
            f"answer. That was {_days(clock.days)} ago."
        ),
    ]
    if clock.promised_by:
        parts.append(f"An answer was promised by {_day(clock.promised_by)}.")
    if len(told) > 1:
        parts += ["So far:", "\n".join(told)]
    parts.append("Please tell us who is dealing with it, and by when we may expect an answer.")
    return Words(answer_subject(subject), "\n\n".join(parts))


def _since(letters: Sequence[Exchange], clock: Clock) -> list[tuple[bool, Exchange]]:
    kept = [each for each in letters if each.on >= clock.since]
    ours = next((at for at, each in enumerate(kept) if each.direction is Direction.OUT), 0)
    return [(at == 0, each) for at, each in enumerate(kept[ours:])]


def _told(letter: Exchange, *, first: bool) -> str:
    if letter.direction is Direction.OUT:
        what = "we wrote to you" if first else "we reminded you"
    elif letter.automatic:
        what = "an automatic reply came"
    elif letter.promised_by:
        what = f"you promised an answer by {_day(letter.promised_by)}"
    else:
        what = "you wrote to us"
    return f"- {_day(letter.on)}: {what}."


def confirmation(leavers: Sequence[Leaver]) -> Words:
    """Ask HQ to record that people resign, with the day each said it, and to confirm it."""
    if len(leavers) == 1:
        who = leavers[0]
        return Words(
            f"Resignation of {who.name}: please confirm",
            "Dear colleague,\n\n"
            f"{who.name}{_number(who)} told us on {_day(who.said_on)} that they resign.\n\n"
            "Please record the resignation with that date, and confirm to us when it is done.",
        )
    lines = "\n".join(f"- {each.name}{_number(each)}: {_day(each.said_on)}" for each in leavers)
    return Words(
        f"{len(leavers)} resignations: please confirm",
        f"Dear colleague,\n\nThese {len(leavers)} members told us on the days below that they "
        f"resign:\n\n{lines}\n\n"
        "Please record each resignation with its date, and confirm to us when it is done.",
    )


def _number(who: Leaver) -> str:
    return f" (membership number {who.number})" if who.number else ""


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
