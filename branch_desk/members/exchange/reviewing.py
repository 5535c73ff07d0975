"""What HQ's list would change, worked out before anything is changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from branch_desk.members import records
from branch_desk.members.exchange import cells, titles
from branch_desk.members.exchange.columns import left_over, letter, mapped
from branch_desk.members.exchange.compare import (
    IN,
    FieldChange,
    Outcome,
    Plan,
    Planner,
    needs_history,
)
from branch_desk.members.exchange.lines import Line, Problem, read_lines
from branch_desk.members.exchange.match import Match, Matcher, bare
from branch_desk.members.exchange.sheet import read
from branch_desk.members.exchange.telling import Steps, silent
from branch_desk.members.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from branch_desk.members.exchange.sheet import Sheet
    from branch_desk.members.exchange.telling import Tell
    from branch_desk.members.records import Channel, NewEvent
    from branch_desk.store.store import Store

# A larger share of the branch vanishing at once more likely means the wrong list, or half of it.
MANY = 0.2
FEWEST = 5  # of a branch of eight, two who left are a fifth already
SAMPLES = 3
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of HQ's list: its letter and title, some of what stands in it, what it means.

    `field` is empty where the column is kept as it comes.
    """

    letter: str
    title: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One person in the review; `member` is None for somebody new, `row` None for one vanished.

    `details`, `events` and `consents` are what applying it writes; `message` says what is in doubt,
    and then `line` is what the row says and `candidates` are those of ours it may be. `kept` is
    what was known of the person beside our fields before.
    """

    outcome: Outcome
    row: int | None
    name: str
    number: str
    member: int | None = None
    changes: tuple[FieldChange, ...] = ()
    details: Mapping[str, object] | None = None
    events: tuple[NewEvent, ...] = ()
    consents: Mapping[Channel, bool] | None = None
    message: str = ""
    candidates: tuple[int, ...] = ()
    kept: Mapping[str, str] | None = None
    line: Line | None = None

    @property
    def key(self) -> int:
        """What names the entry within its review: its row, or less its member's id."""
        return self.row if self.row is not None else -(self.member or 0)


@dataclass(frozen=True, slots=True)
class Review:
    """HQ's list read and matched; nothing is changed until it is applied.

    Each row is in exactly one of joined, left, changed, conflicting and unchanged, or was `skipped`
    (it named nobody, or repeated another row); vanished are ours that the list does not have.
    `unknown` are the columns nobody understood, by title; `current` counts ours before it.
    """

    name: str
    data: bytes
    digest: str
    as_of: date
    rows: int
    joined: tuple[Entry, ...]
    left: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    conflicting: tuple[Entry, ...]
    vanished: tuple[Entry, ...]
    still_vanished: int
    current: int
    unchanged: int
    skipped: int
    totals: int
    problems: tuple[Problem, ...]
    unknown: tuple[str, ...]
    columns: Mapping[str, str]
    strip: tuple[ListColumn, ...]
    seen: str

    @property
    def quiet(self) -> bool:
        """Whether applying it would change nobody."""
        return not (self.joined or self.left or self.changed or self.vanished)

    @property
    def is_short(self) -> bool:
        """Whether so many of ours are missing that it is probably not the whole list."""
        return _too_many(len(self.vanished), self.current)


def review(
    store: Store,
    data: bytes,
    name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    as_of: date | None = None,
    told: Tell = silent,
) -> Review:
    """Read HQ's list and say what it would change; reads only.

    `mapping` gives columns a meaning by title or letter, `as_of` is the day HQ made the list (today
    unless given). `told(done, total)` follows the rows as they are gone through; what it raises
    stops it. Raises `Invalid` where the file cannot be read as a list of members.
    """
    on = as_of or store.today()
    told(0, 0)
    sheet = read(data, name, mapping)
    fields = mapped(sheet.titles, mapping)
    others = left_over(sheet.titles, fields, mapping)
    steps = Steps(told, 3 * len(sheet.rows))
    lines, problems, totals = read_lines(sheet, fields, others, on, steps)
    ours = records.as_stored(store)
    lines, repeated = _without_repeats(lines)
    problems.extend(repeated)
    digest = hashlib.sha256(data).hexdigest()
    made = _made(store, ours, lines, on, steps)
    problems.extend(made.problems)
    problems.extend(_doubts(store, made, digest))
    by = made.entries
    about_titles = titles.said(
        sheet,
        fields,
        others,
        joined=len(by[Outcome.JOINED]),
        emails=any(row["email"] for row in ours),
        first=not ours,
    )
    problems.extend(Problem(None, "", each) for each in about_titles)
    return Review(
        name=name,
        data=data,
        digest=digest,
        as_of=on,
        rows=len(sheet.rows) - totals,
        joined=tuple(by[Outcome.JOINED]),
        left=tuple(by[Outcome.LEFT]),
        changed=tuple(by[Outcome.CHANGED]),
        conflicting=tuple(by[Outcome.CONFLICTING]),
        vanished=tuple(by[Outcome.VANISHED]),
        still_vanished=made.still_vanished,
        current=made.current,
        unchanged=made.unchanged,
        skipped=len(sheet.rows) - totals - len(lines),
        totals=totals,
        problems=tuple(sorted(problems, key=lambda problem: problem.row or 0)),
        unknown=titles.unknown(sheet, others),
        columns={sheet.titles[place] or "?": field for place, field in fields.items()},
        strip=tuple(_strip(sheet, fields)),
        seen=records.seen(store),
    )


def _strip(sheet: Sheet, fields: Mapping[int, str]) -> Iterator[ListColumn]:
    for place, title in enumerate(sheet.titles):
        filled = (cells.plain(row[place]) for _, row in sheet.rows[:LOOKED_AT] if place < len(row))
        samples = [text for text in dict.fromkeys(filled) if text][:SAMPLES]
        yield ListColumn(letter(place), title, tuple(samples), fields.get(place, ""))


def _without_repeats(lines: Sequence[Line]) -> tuple[list[Line], list[Problem]]:
    """Leave out rows that say the very same as one before them."""
    by_who: dict[tuple[str, str], list[Line]] = defaultdict(list)
    kept: list[Line] = []
    problems: list[Problem] = []
    for line in lines:
        others = by_who[bare(line.number), line.name]
        same = next((other for other in others if _says_the_same(line, other)), None)
        if same is None:
            others.append(line)
            kept.append(line)
        else:
            problems.append(
                Problem(line.row, "", f"This row says the same as row {same.row}; it counts once.")
            )
    return kept, problems


def _says_the_same(one: Line, other: Line) -> bool:
    return (one.details, one.extra, one.consents, one.status, one.left_on) == (
        other.details,
        other.extra,
        other.consents,
        other.status,
        other.left_on,
    )


@dataclass(slots=True)
class _Making:
    """One review in the making."""

    on: date
    ours: Sequence[dict[str, Any]]
    entries: dict[Outcome, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    still_vanished: int = 0

    @property
    def current(self) -> int:
        """How many members we have."""
        return sum(row["standing"] in IN for row in self.ours)

    def take(self, line: Line, match: Match, plan: Plan) -> None:
        """Put one row where it belongs."""
        if plan.notice:
            self.problems.append(Problem(line.row, "", plan.notice))
        if plan.outcome is Outcome.UNCHANGED:
            self.unchanged += 1
            return
        ours = match.member
        self.entries[plan.outcome].append(
            Entry(
                plan.outcome,
                line.row,
                line.name or (_name(ours) if ours else ""),
                line.number or (ours["number"] if ours else ""),
                ours["id"] if ours else None,
                tuple(plan.changes),
                plan.details,
                tuple(plan.events),
                plan.consents,
                kept=records.extra_of(ours) if ours else None,
            )
        )

    def doubt(self, line: Line, match: Match, doubt: str) -> None:
        """Put one row among those that somebody must decide on."""
        known = (match.member["id"],) if match.member else match.candidates
        self.entries[Outcome.CONFLICTING].append(
            Entry(
                Outcome.CONFLICTING,
                line.row,
                line.name,
                line.number,
                next(iter(known), None),
                message=doubt,
                candidates=known,
                line=line,
            )
        )

    def vanish(self, there: set[int], *, numbered: bool) -> None:
        """Find those of ours who should be on the list and are not; `numbered` if it has numbers.

        Nobody vanishes from a list that was made before they joined, nor before HQ, which numbers
        its members, has given them a number.
        """
        day = self.on.isoformat()
        for row in self.ours:
            if row["id"] in there or row["standing"] not in IN or (row["joined_on"] or "") > day:
                continue
            if numbered and not row["number"]:
                continue
            if row["vanished"]:
                self.still_vanished += 1
                continue
            event = records.dated(EventKind.VANISHED, self.on, "Not on HQ's list; reason unknown")
            self.entries[Outcome.VANISHED].append(
                Entry(Outcome.VANISHED, None, _name(row), row["number"], row["id"], events=(event,))
            )


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['forename']} {row['surname']}".strip()


def planner(
    store: Store,
    on: date,
    pairs: Iterable[tuple[Line, dict[str, Any] | None]],
    *,
    first: bool,
    sure: bool = False,
) -> Planner:
    """Return what plans these rows for those of ours they are, with all it looks at."""
    known = list(pairs)
    whose = [row["id"] for line, row in known if row is not None and needs_history(line, row)]
    return Planner(
        on,
        first=first,
        histories=records.histories(store, whose),
        consents=records.latest_consents(store) if any(each.consents for each, _ in known) else {},
        sure=sure,
    )


def _made(
    store: Store, ours: Sequence[dict[str, Any]], lines: Sequence[Line], on: date, steps: Steps
) -> _Making:
    """Match every row and plan what it means."""
    making = _Making(on, ours)
    matcher = Matcher(ours, (line.number for line in lines))
    matches = [(line, matcher.match(line)) for line in steps.over(lines)]
    doubted = _claimed_twice(matches)
    pairs = ((line, match.member) for line, match in matches)
    plans = planner(store, on, pairs, first=not ours)
    there: set[int] = set()
    for line, match in steps.over(matches):
        there.update(match.candidates, [match.member["id"]] if match.member else [])
        doubt = doubted.get(line.row) or match.doubt
        if not doubt:
            plan = plans.plan(line, match.member)
            doubt = plan.doubt
        if doubt:
            making.doubt(line, match, doubt)
        else:
            making.take(line, match, plan)
    making.vanish(there, numbered=any(line.number for line in lines))
    return making


def _claimed_twice(matches: Sequence[tuple[Line, Match]]) -> dict[int, str]:
    """Return a sentence for each row whose number, or whose person, another row has as well."""
    by_number: dict[str, list[Line]] = defaultdict(list)
    by_member: dict[int, list[Line]] = defaultdict(list)
    for line, match in matches:
        if line.number:
            by_number[bare(line.number)].append(line)
        if match.member is not None:
            by_member[match.member["id"]].append(line)
    doubted: dict[int, str] = {}
    for lines in by_member.values():
        if len(lines) > 1:
            said = f"Rows {_rows(lines)} both seem to be {lines[0].name or lines[1].name}."
            doubted.update({line.row: said for line in lines})
    for lines in by_number.values():
        if len(lines) > 1:
            said = f"Rows {_rows(lines)} have the same number {lines[0].number}."
            doubted.update({line.row: said for line in lines})
    return doubted


def _rows(lines: Sequence[Line]) -> str:
    numbers = [str(line.row) for line in lines]
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def _doubts(store: Store, making: _Making, digest: str) -> list[Problem]:
    """Say what is odd about the list as a whole."""
    said = []
    before = records.hq_list_of(store, digest)
    if before is not None:
        said.append(f"This very list was brought in before, as of {before.as_of.isoformat()}.")
    newest = next(iter(records.hq_lists(store)), None)
    if newest is not None and newest.as_of > making.on:
        said.append(
            f"This list is older than the one of {newest.as_of.isoformat()}, brought in before."
        )
    vanished = len(making.entries[Outcome.VANISHED])
    if _too_many(vanished, making.current):
        said.append(
            f"{vanished} of {making.current} members are not on this list, so it is probably not "
            "the whole list. Nothing is noted about them unless you say so."
        )
    return [Problem(None, "", each) for each in said]


def _too_many(vanished: int, current: int) -> bool:
    return vanished >= FEWEST and vanished > MANY * current
