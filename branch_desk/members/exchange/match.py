"""Who on our own list a row of HQ's list is: by number, then by name with something that agrees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from branch_desk.members.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from branch_desk.members.exchange.lines import Line

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """What a row was found to be: one of us, nobody (`member` None), or a doubt said in words."""

    member: Row | None = None
    doubt: str = ""
    candidates: tuple[int, ...] = ()


NOBODY = Match()


class Matcher:
    """Our own list, indexed; the numbers on HQ's list say who else on it is somebody else."""

    def __init__(self, ours: Sequence[Row], numbers: Iterable[str]) -> None:
        """Index our rows by number and by folded name."""
        self.by_number: dict[str, Row] = {}
        self.by_bare: dict[str, list[Row]] = defaultdict(list)
        self.by_name: dict[str, list[Row]] = defaultdict(list)
        for row in ours:
            if row["number"]:
                self.by_number[row["number"]] = row
                self.by_bare[bare(row["number"])].append(row)
            self.by_name[row["sort_name"]].append(row)
            if row["known_as"]:
                also = fold(f"{row['surname']} {row['known_as']}")
                if also != row["sort_name"]:
                    self.by_name[also].append(row)
        self.listed = {self._of_number(number) for number in numbers if number} - {None}

    def _numbered(self, number: str) -> Row | None:
        """Return who has a number, leading zeros lost or not."""
        exact = self.by_number.get(number)
        if exact is not None or not number:
            return exact
        found = self.by_bare.get(bare(number), ())
        return found[0] if len(found) == 1 else None

    def _of_number(self, number: str) -> int | None:
        row = self._numbered(number)
        return row["id"] if row else None

    def match(self, line: Line) -> Match:
        """Find who a row is."""
        row = self._numbered(line.number)
        if row is not None:
            if _may_be_same(line, row):
                return Match(row)
            ours = f"{row['forename']} {row['surname']}".strip()
            return Match(
                None,
                f"Number {line.number} is {ours} with us and {line.name} on HQ's list.",
                (row["id"],),
            )
        return self._by_name(line) if line.name else NOBODY

    def _by_name(self, line: Line) -> Match:
        key = fold(f"{line.text('surname')} {line.text('forename')}")
        same_name = [
            row
            for row in self.by_name.get(key, ())
            if row["id"] not in self.listed and not _contradicted(line, row)
        ]
        sure = [row for row in same_name if _agree(line, row)]
        if len(sure) == 1:
            return Match(sure[0])
        found = sure or same_name
        if not found:
            return NOBODY
        candidates = tuple(row["id"] for row in found)
        if sure:
            return Match(None, f"{len(sure)} of ours could be {line.name}.", candidates)
        return Match(
            None,
            f"We have a {line.name}, but nothing else shows whether it is the same person: "
            "no number, postcode, e-mail, telephone or date of birth that both have.",
            candidates,
        )


def bare(number: str) -> str:
    """Return a number as it is left when a spreadsheet has taken it for one."""
    return number.replace(" ", "").upper().lstrip("0")


def figures(text: str) -> str:
    """Return the figures of a telephone number."""
    return "".join(filter(str.isdecimal, text))


def _both(line: Line, row: Mapping[str, Any], name: str) -> tuple[str, str] | None:
    """Return both values of a field, made comparable, where both have one."""
    theirs, ours = str(line.details.get(name) or ""), row[name] or ""
    if not theirs or not ours:
        return None
    if name in {"phone", "mobile"}:
        return figures(theirs), figures(ours)
    return theirs.replace(" ", "").casefold(), ours.replace(" ", "").casefold()


def _agrees(line: Line, row: Mapping[str, Any], name: str) -> bool | None:
    both = _both(line, row, name)
    return None if both is None else both[0] == both[1]


EVIDENCE = ("email", "postcode", "mobile", "phone", "born_on")


def _agree(line: Line, row: Mapping[str, Any]) -> bool:
    return any(_agrees(line, row, name) for name in EVIDENCE)


def _contradicted(line: Line, row: Mapping[str, Any]) -> bool:
    """Whether somebody of the same name is shown to be another person."""
    if _agrees(line, row, "born_on") is False:
        return True
    if _agree(line, row):
        return False
    return any(_agrees(line, row, name) is False for name in ("number", "email", "postcode"))


def _may_be_same(line: Line, row: Mapping[str, Any]) -> bool:
    """Whether somebody of the same number can be the same person; names change in part."""
    if not line.name:
        return True
    theirs = {fold(line.text("surname")), fold(line.text("forename"))}
    ours = {fold(row["surname"]), fold(row["forename"]), fold(row["known_as"])}
    words = set(" ".join(theirs).split()) & set(" ".join(ours).split())
    return bool(words) or _agrees(line, row, "email") is True or _born_alike(line, row)


def _born_alike(line: Line, row: Mapping[str, Any]) -> bool:
    return _agrees(line, row, "born_on") is True
