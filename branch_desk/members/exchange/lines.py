"""From a row of HQ's list to what it says of one person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from branch_desk.members.exchange import cells
from branch_desk.members.exchange.addresses import POSTCODE_AT_END
from branch_desk.members.exchange.cells import Unreadable
from branch_desk.members.exchange.columns import OURS, letter
from branch_desk.members.exchange.words import (
    LEAVING_WORDS,
    PAYMENT_WORDS,
    STAYING_WORDS,
    WAYS_OF_PAYING,
    Leaving,
    by_word,
    why_left,
)
from branch_desk.members.names import fold
from branch_desk.members.records import Channel, Payment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from branch_desk.members.exchange.sheet import Sheet
    from branch_desk.members.exchange.telling import Steps
    from branch_desk.members.rules import EventKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a list that somebody should look at; `row` is what a spreadsheet shows."""

    row: int | None
    column: str
    message: str


@dataclass(slots=True)
class Line:
    """What one row says: the fields it fills in, and whether HQ marks the person as having left.

    `name` and `number` are those of `details` once the row is read. `first_line` is whether its
    address begins with one, and is not only a town and what else was understood.
    """

    row: int
    details: dict[str, object] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    consents: dict[Channel, bool] = field(default_factory=dict)
    left: Leaving | None = None
    left_on: date | None = None
    stays: EventKind | None = None
    status: str = ""
    reason: str = ""
    first_line: bool = False

    name: str = ""
    number: str = ""

    def text(self, name: str) -> str:
        """Return a text field, empty where the row leaves it blank."""
        return str(self.details.get(name, ""))


Reader: TypeAlias = "Callable[[Line, object], str]"
"""Takes one cell into a line; returns what is wrong with it, or nothing."""

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "cllr", "sir", "dame"})
PARTICLES = re.compile(
    r"ap|ab|ferch|van|von|der|den|de|da|di|du|dos|del|della|la|le|mac|mc|st|o|al|el|bin|ibn|ter"
)
TOTAL = re.compile(
    r"(grand |sub ?)?totals?\b|number of (members|rows|records)|count\b|end of (list|report|file)"
    r"|\d+ (members|records|rows)\b"
    r"|(report )?(printed|generated|produced|created|run) (on|at|by)\b",
    re.IGNORECASE,
)
SUM = re.compile(r"£ ?[\d,]+(\.\d+)?|[\d,]+\.\d\d?|\d{2,}")
LONGEST_NAME = 100
ADDRESS_PARTS = tuple(f"address_{part}" for part in range(1, 7))
LINES = frozenset({"address", "notes", "access_needs", "skills", "offers"})
EMPTY = frozenset({"", "-", "–", "—", "n/a"})  # noqa: RUF001 - the dashes people type


def read_lines(
    sheet: Sheet,
    fields: Mapping[int, str],
    others: Mapping[int, str],
    as_of: date,
    steps: Steps,
) -> tuple[list[Line], list[Problem], int]:
    """Return what each row says, what is odd in them, and how many rows were no people (totals).

    `others` are the columns kept as they come, with their titles. A row that names nobody is left
    out and is among the problems.
    """
    readers = [
        (place, _title(sheet, place), _reader(name, as_of)) for place, name in fields.items()
    ]
    lines: list[Line] = []
    problems: list[Problem] = []
    totals = 0
    for row, line_cells in steps.over(sheet.rows):
        if _is_total(line_cells):
            totals += 1
            continue
        line = Line(row)
        width = len(line_cells)
        for place, title, reader in readers:
            cell = line_cells[place] if place < width else ""
            if cell != "":
                wrong = reader(line, cell)
                if wrong:
                    problems.append(Problem(row, title, _quoted(cell, wrong)))
        for place, title in others.items():
            if place < width and (text := cells.plain(line_cells[place])):
                line.extra[title] = text
        problems.extend(_finish(line, width, len(sheet.titles)))
        if line.name or line.number:
            lines.append(line)
        else:
            problems.append(Problem(row, "", "This row names nobody, so it was left out."))
    return lines, problems, totals


def _title(sheet: Sheet, place: int) -> str:
    return sheet.titles[place] or letter(place)


def _is_total(row: Sequence[object]) -> bool:
    """Whether a row counts people instead of naming one: few cells, and words for a sum."""
    first = next((cell for cell in row if cell is not None and str(cell).strip()), "")
    if not isinstance(first, str) or not TOTAL.match(first.strip()):
        return False
    return sum(1 for cell in row if cell is not None and str(cell).strip()) <= 3


def _quoted(cell: object, wrong: str) -> str:
    text = cells.plain(cell)
    shown = text if len(text) <= 60 else text[:59] + "…"
    return f"“{shown}” {wrong}."


def _finish(line: Line, width: int, columns: int) -> list[Problem]:
    """Put together what several cells of a row say."""
    details = line.details
    line.number = line.text("number")
    line.name = f"{line.text('forename')} {line.text('surname')}".strip()
    line.first_line = bool(line.text("address") or line.text("address_1"))
    parts = [str(details.pop(part)) for part in ADDRESS_PARTS if part in details]
    if parts:
        whole = [line.text("address"), *parts]
        details["address"] = "\n".join(part for part in whole if part)
    if line.text("address") and "postcode" not in line.details:
        found = POSTCODE_AT_END.search(line.text("address"))
        if found:
            line.details["postcode"] = cells.postcode(found[1])[0]
    if line.left is None and not line.status and line.left_on is not None:
        line.left = why_left(line.reason)
    if line.left is not None and line.left.guessed and line.reason:
        line.left = why_left(line.reason)
    if width > columns:
        return [Problem(line.row, "", "This row has more cells than there are column titles.")]
    return []


# A reader for each kind of field


def _reader(name: str, as_of: date) -> Reader:
    if name in OURS:
        return _nothing
    if name in SPECIAL:
        return SPECIAL[name]
    if name == "left_on":
        return _left_on_reader(as_of)
    return _plain_reader(name, as_of)


def _plain_reader(name: str, as_of: date) -> Reader:
    if name in {"born_on", "joined_on", "arrears_since"}:
        return _day_reader(name, as_of)
    if name.startswith("consent_"):
        return _consent_reader(Channel(name.removeprefix("consent_")))
    if name in {"phone", "mobile", "email", "postcode"}:
        return _checked_reader(name)
    return _text_reader(name)


def _nothing(_: Line, __: object) -> str:
    return ""


def _text_reader(name: str) -> Reader:
    lines = name in LINES
    names = name in {"surname", "forename", "known_as"}

    def read(line: Line, cell: object) -> str:
        text = cells.plain(cell, lines=lines)
        if text in EMPTY:
            return ""
        line.details[name] = text
        if names and len(text) > LONGEST_NAME:
            return f"is {len(text)} letters long; check that it is a name"
        return ""

    return read


def _checked_reader(name: str) -> Reader:
    checks: dict[str, Callable[[object], tuple[str, str]]] = {
        "phone": cells.phone,
        "mobile": cells.phone,
        "email": cells.email,
        "postcode": cells.postcode,
    }
    check = checks[name]

    def read(line: Line, cell: object) -> str:
        text, wrong = check(cell)
        if text:
            line.details[name] = text
        return wrong

    return read


def _day_reader(name: str, as_of: date) -> Reader:
    def read(line: Line, cell: object) -> str:
        try:
            found = cells.day(cell, past=as_of)
        except Unreadable as error:
            return str(error)
        if found is None:
            return ""
        if found > as_of:
            return f"is after the day of the list, {as_of}"
        line.details[name] = found
        return ""

    return read


def _left_on_reader(as_of: date) -> Reader:
    def read(line: Line, cell: object) -> str:
        try:
            found = cells.day(cell, past=as_of)
        except Unreadable as error:
            return str(error)
        # An end date still to come is when a subscription runs out; nobody has left.
        if found is not None and found <= as_of:
            line.left_on = found
        return ""

    return read


def _consent_reader(channel: Channel) -> Reader:
    def read(line: Line, cell: object) -> str:
        try:
            given = cells.agreed(cell)
        except Unreadable as error:
            return str(error)
        if given is not None:
            line.consents[channel] = given
        return ""

    return read


def _arrears(line: Line, cell: object) -> str:
    try:
        sum_in_pence = cells.pence(cell)
    except Unreadable as error:
        return str(error)
    if sum_in_pence is not None:
        line.details["arrears_pence"] = sum_in_pence
    return ""


def _payment(line: Line, cell: object) -> str:
    text = cells.plain(cell)
    if cells.absent(text):
        return ""
    payment = by_word(PAYMENT_WORDS, text)
    if payment is not None:
        line.details["payment"] = payment
    elif fold(text) in WAYS_OF_PAYING:
        line.details.setdefault("pays_by", text)
    elif SUM.fullmatch(text):
        line.extra["Subscription"] = text
    else:
        line.extra["Payment"] = text
        return "is no state of payment we know; it was kept as it is"
    return ""


def _status(line: Line, cell: object) -> str:
    text = cells.plain(cell)
    if cells.absent(text):
        return ""
    line.status = text
    left = by_word(LEAVING_WORDS, text)
    if left is not None:
        line.left = left
        return ""
    word = fold(text)
    if "arrears" in word:
        line.details.setdefault("payment", Payment.ARREARS)
        return ""
    if word not in STAYING_WORDS:
        line.extra["Status"] = text
        return "is no standing we know; they were taken as still on the list"
    line.stays = STAYING_WORDS[word]
    return ""


def _reason(line: Line, cell: object) -> str:
    line.reason = cells.plain(cell)
    return ""


def _full_name(line: Line, cell: object) -> str:
    text = cells.plain(cell)
    forename, surname, title = split_name(text)
    for name, part in (("forename", forename), ("surname", surname), ("title", title)):
        if part:
            line.details.setdefault(name, part)
    if len(text) > LONGEST_NAME:
        return f"is {len(text)} letters long; check that it is a name"
    return ""


def split_name(text: str) -> tuple[str, str, str]:
    """Return forename, surname and title of a whole name: “Okafor, Ada”, “Mrs Gwen ap Rhys”."""
    before, comma, behind = text.partition(",")
    words = (behind if comma else text).split()
    title = words.pop(0) if words and fold(words[0]) in TITLES else ""
    if comma:
        return " ".join(words), before.strip(), title
    start = len(words) - 1
    while start > 1 and PARTICLES.fullmatch(fold(words[start - 1])):
        start -= 1
    start = max(start, 0)
    return " ".join(words[:start]), " ".join(words[start:]), title


def _extra(line: Line, cell: object) -> str:
    """Take back what our own export keeps in one column."""
    try:
        kept = json.loads(cells.plain(cell) or "{}")
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        return "is not what Branch Desk writes there"
    line.extra.update({str(title): str(text) for title, text in kept.items()})
    return ""


SPECIAL: Mapping[str, Reader] = {
    "arrears_pence": _arrears,
    "payment": _payment,
    "status": _status,
    "left_reason": _reason,
    "name": _full_name,
    "extra": _extra,
}
