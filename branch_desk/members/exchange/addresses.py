"""What HQ's list says of an address against the one we have, part by part."""

from __future__ import annotations

import re

from branch_desk.members.names import fold

POSTCODE_AT_END = re.compile(r"[\s,]+([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})\s*$")
BETWEEN_PARTS = re.compile(r"[\n,;]+")
LINE_END = re.compile(r",?\s*\n\s*")
HOUSE_NUMBER = re.compile(r"\d+[a-z]?")


def parts(address: str) -> list[str]:
    """Return the parts of an address, folded; a house number goes with its street."""
    found: list[str] = []
    number = ""
    for each in BETWEEN_PARTS.split(POSTCODE_AT_END.sub("", address)):
        part = f"{number} {fold(each)}".strip()
        number = part if HOUSE_NUMBER.fullmatch(part) else ""
        if part and not number:
            found.append(part)
    return [*found, number] if number else found


def contained(theirs: str, ours: str) -> bool:
    """Whether ours says all that theirs does."""
    return fold(theirs) == fold(ours) or set(parts(theirs)) <= set(parts(ours))


def replaces(theirs: str, ours: str, *, first_line: bool) -> bool:
    """Whether theirs may be put in the place of ours without anything being lost.

    What has fewer parts, or has no first line, never is.
    """
    return not ours or (first_line and len(parts(theirs)) >= len(parts(ours)))


def in_one_line(text: str) -> str:
    """Return text with its line breaks as commas."""
    return LINE_END.sub(", ", text.strip())
