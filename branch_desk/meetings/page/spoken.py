"""What is written down in one line while a meeting runs: a count, or who does what by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.motions.rules import Ballot
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_PARTS = {
    "for": "votes_for",
    "in favour": "votes_for",
    "against": "votes_against",
    "abs": "abstentions",
    "pres": "present",
}
_BARE = ("votes_for", "votes_against", "abstentions", "present")
_COUNTED = re.compile(
    r"(\d+)\s*[-\N{EN DASH},;:/]?\s*(for|in favour|against|abs|pres)?[a-z]*", re.IGNORECASE
)
# A number beside a word of voting, or nothing but numbers, or a result with numbers after it; but
# not "50 for the hall".
_LIKE_A_COUNT = re.compile(
    r"\d+\s*(?:against|abs|in favour)|(?:^for|against|\babs\w*)\s*[:=]?\s*\d|"
    r"\d\s*for\b(?!\s+(?!and\b)[^\W\d])|"
    r"^[\d\s,;:/.\N{EN DASH}-]*\d[\d\s,;:/.\N{EN DASH}-]*$|"
    r"^(?:carried|lost|passed|defeated|votes?|voted)\b.*\d",
    re.IGNORECASE,
)
_CASTING = re.compile(r"\bcasting(?:\s+vote)?\s*:?\s+(for|against)\b", re.IGNORECASE)
_BY = re.compile(r"[,;]?\s+by\s+([^,;]+?)\.?\s*$", re.IGNORECASE)
_OWNER = re.compile(r"([^:]{2,60}):\s+(.+)", re.DOTALL)
_WHO_IS_TO = re.compile(r"(.{2,60}?)\s+(?:is to|to|will)\s+(.+)", re.DOTALL | re.IGNORECASE)
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Count:
    """A vote as it was called out: the numbers, or carried or lost where nobody counted."""

    ballot: Ballot | None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    """Something to be done: what, by whom, and by which day, as far as it was said."""

    text: str
    owner: str
    due_on: date | None


def read_count(text: str) -> Count:
    """Read "14 for, 3 against, 2 abstentions", "14 3 2", "10 10 casting for", "carried".

    Bare numbers are for, against, abstentions and those present, in this order. Raises `Invalid`.
    """
    said = text.strip().casefold().rstrip(".")
    if said in {"carried", "lost"}:
        return Count(None, carried=said == "carried")
    casting = _CASTING.search(said)
    rest = _CASTING.sub("", said)
    found = _COUNTED.findall(rest)
    left = _COUNTED.sub("", rest).strip(" ,.;:-/")
    parts: dict[str, int] = {}
    for at, (number, label) in enumerate(found):
        key = _PARTS[label] if label else _bare(at, found)
        if not key or key in parts:
            raise _unread(text)
        parts[key] = int(number)
    if left not in {"", "and"} or not {"votes_for", "votes_against"} <= set(parts):
        raise _unread(text)
    return Count(Ballot(**parts, casting=casting[1] if casting else ""))


def _bare(at: int, found: list[tuple[str, str]]) -> str:
    """Return what a number without a word stands for; "" where words and bare numbers are mixed."""
    if any(label for _, label in found) or at >= len(_BARE):
        return ""
    return _BARE[at]


def looks_counted(text: str) -> bool:
    """Whether somebody wrote down a count, or began to, whether or not it can be read."""
    return _LIKE_A_COUNT.search(text.strip()) is not None


def _unread(text: str) -> Invalid:
    return Invalid(
        f"“{text.strip()}” is not a count the desk can read. Write it like 14 for, 3 against, 2 "
        "abstentions, or carried, or lost."
    )


def read_doing(text: str, today: date, known: Callable[[str], bool] = lambda _: False) -> Doing:
    """Read "Ada Okafor: write to the council by 3 June"; the owner and the day may be left out.

    "Ada Okafor to write to the council" is read so too, where `known` says that it is a name.
    """
    said = text.strip()
    due = None
    if (found := _BY.search(said)) is not None:
        try:
            due = words.read_date(found[1], today)
        except Invalid:
            due = None
        else:
            said = said[: found.start()]
    named = _OWNER.fullmatch(said)
    if named is None:
        who = _WHO_IS_TO.fullmatch(said)
        named = who if who is not None and known(who[1].strip()) else None
    if named is None:
        return Doing(said, "", due)
    return Doing(named[2].strip(), named[1].strip(), due)
