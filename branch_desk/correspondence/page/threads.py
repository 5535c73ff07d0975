"""Threads as lines of a list: what each is about, who with, who owes whom an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from branch_desk.correspondence import records
from branch_desk.correspondence.rules import State
from branch_desk.desk import words
from branch_desk.desk.table import Column
from branch_desk.desk.tr import mark, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from branch_desk.correspondence.records import Owing, ThreadLine, Waiting
    from branch_desk.store.store import Store

FILTERS = (
    ("all", mark("All threads")),
    ("waiting", mark("They owe us an answer")),
    ("chase", mark("To chase")),
    ("promised", mark("Answer promised")),
    ("owing", mark("We owe an answer")),
    ("leaving", mark("Perhaps a resignation")),
    ("automatic", mark("With automatic replies")),
    ("closed", mark("Closed")),
)
LATE = frozenset({State.CHASE, State.PROMISE_BROKEN})


@dataclass(frozen=True, slots=True)
class Standing:
    """Who owes whom an answer, by thread, and which threads each filter of the page keeps."""

    waiting: Mapping[int, Waiting] = field(default_factory=dict)
    owing: Mapping[int, Owing] = field(default_factory=dict)
    kept: Mapping[str, frozenset[int]] = field(default_factory=dict)
    letters: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many threads each filter keeps."""
        return {key: len(ids) for key, ids in self.kept.items()}


def standing(store: Store, on: date) -> Standing:
    """Read who owes whom an answer on a day."""
    found = records.standings(store, on)
    kept = {
        "waiting": {each.thread for each in found.waiting},
        "chase": {each.thread for each in found.waiting if each.state in LATE},
        "promised": {each.thread for each in found.waiting if each.promised_by},
        "owing": {each.thread for each in found.owing},
        "leaving": records.threads_leaving(store),
        "automatic": records.threads_with_automatic(store),
        "closed": records.closed_threads(store),
    }
    return Standing(
        {each.thread: each for each in found.waiting},
        {each.thread: each for each in found.owing},
        {key: frozenset(ids) for key, ids in kept.items()},
        len(records.ids(store)),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One thread in the list and how it stands."""

    line: ThreadLine
    waiting: Waiting | None
    owing: Owing | None

    @property
    def id(self) -> int:
        """The thread's id."""
        return self.line.id

    @property
    def stands(self) -> str:
        """Who owes whom an answer, for how long: "They: 21 days, chase"."""
        if self.waiting is not None:
            return waits(self.waiting)
        if self.owing is not None:
            return tr("We: {days}", days=how_long(self.owing.days))
        return tr("Closed") if self.line.closed_on else ""

    @property
    def tone(self) -> str:
        """The colour that says whether something is to be done."""
        late = self.waiting is not None and self.waiting.state in LATE
        return "warning" if late else "text" if self.owing else "muted"


def how_long(days: int) -> str:
    """Say "today", "1 day", "21 days"."""
    return plural(days, "{n} day", "{n} days") if days else tr("since today")


def waits(waiting: Waiting) -> str:
    """Say in a few words how a wait stands."""
    days = how_long(waiting.days)
    match waiting.state:
        case State.CHASE:
            return tr("They: {days}, chase", days=days)
        case State.PROMISED:
            return tr("They: {days}, promised", days=days)
        case State.PROMISE_BROKEN:
            return tr("They: {days}, broken promise", days=days)
        case _:
            return tr("They: {days}", days=days)


COLUMNS: tuple[Column[Row], ...] = (
    Column(mark("About"), lambda row: row.line.subject, 3.4, order="subject"),
    Column(mark("With"), lambda row: row.line.office, 2.0, spare=True, order="office"),
    Column(
        mark("Last"),
        lambda row: words.short_day(row.line.last),
        sample="30 Mar 2000",
        spare=True,
        order="newest",
    ),
    Column(
        mark("Who owes an answer"),
        lambda row: row.stands,
        sample="They: 100 days, chase",
        order="waiting",
        tone=lambda row: row.tone,
    ),
    Column(
        mark("Letters"),
        lambda row: f"{row.line.letters:,}",
        sample="Letters",
        numeric=True,
        order="letters",
        hidden=True,
    ),
    Column(
        mark("Automatic"),
        lambda row: f"{row.line.automatic:,}" if row.line.automatic else "",
        sample="Automatic",
        numeric=True,
        hidden=True,
    ),
)


def rows(store: Store, thread_ids: Iterable[int], stands: Standing) -> list[Row]:
    """Return the rows of some threads."""
    return [
        Row(line, stands.waiting.get(line.id), stands.owing.get(line.id))
        for line in records.thread_lines(store, thread_ids)
    ]


def listed(store: Store, stands: Standing, search: str, order: str, *, falling: bool) -> list[int]:
    """Return the threads that match, in an order of the table's; unsorted, the newest first."""
    if order == "waiting":
        found = records.thread_ids(store, search=search)
        first = [*stands.waiting, *stands.owing]
        place = {thread: number for number, thread in reversed(list(enumerate(first)))}
        found.sort(key=lambda each: place.get(each, len(first)))
        if falling:
            found.reverse()
        return found
    # A date sorted upwards begins with the oldest.
    turned = falling if order != "newest" else not falling
    return records.thread_ids(
        store, search=search, order=f"-{order}" if turned and order else order or "newest"
    )
