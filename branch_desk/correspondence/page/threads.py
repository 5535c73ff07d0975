"""Threads as lines of a list: what each is about, who with, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.correspondence import records
from branch_desk.correspondence.rules import State
from branch_desk.desk import words
from branch_desk.desk.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from branch_desk.correspondence.records import Waiting
    from branch_desk.store.store import Store

BATCH = 500
STATES = {
    State.WAITING: "waiting",
    State.CHASE: "chase them",
    State.PROMISED: "answer promised",
    State.PROMISE_BROKEN: "promise not kept",
}


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One thread in the list; `waiting` is None where nobody owes an answer."""

    id: int
    subject: str
    office: str
    last: date | None
    letters: int
    waiting: Waiting | None

    @property
    def stands(self) -> str:
        """How it stands: "21 days, chase them"."""
        if self.waiting is None:
            return ""
        return f"{words.count(self.waiting.days, 'day')}, {STATES[self.waiting.state]}"

    @property
    def tone(self) -> str:
        """The colour that says whether something is to be done."""
        late = {State.CHASE, State.PROMISE_BROKEN}
        return "warning" if self.waiting and self.waiting.state in late else "muted"


COLUMNS: tuple[Column[ThreadLine], ...] = (
    Column("About", lambda line: line.subject, 3.4, order="subject"),
    Column("With", lambda line: line.office, 2.0, spare=True, order="office"),
    Column(
        "Last",
        lambda line: words.short_day(line.last),
        sample="30 Mar 2000",
        spare=True,
        order="newest",
    ),
    Column(
        "Waiting",
        lambda line: line.stands,
        sample="100 days, chase them",
        tone=lambda line: line.tone,
    ),
)


def thread_ids(store: Store, search: str, order: str) -> list[int]:
    """Return the threads of the letters that match, in the letters' order, each once."""
    found: dict[int, None] = {}
    letters = records.ids(store, search=search, order=order)
    for start in range(0, len(letters), BATCH):
        for letter in records.many(store, letters[start : start + BATCH]):
            found.setdefault(letter.thread)
    return list(found)


def lines(
    store: Store, thread_ids: Iterable[int], waiting: Mapping[int, Waiting]
) -> list[ThreadLine]:
    """Return the lines of some threads."""
    return [_line(store, each, waiting.get(each)) for each in thread_ids]


def _line(store: Store, thread_id: int, waiting: Waiting | None) -> ThreadLine:
    thread = records.thread(store, thread_id)
    letters: Sequence[records.Letter] = records.letters(store, thread_id)
    last = letters[-1].on if letters else None
    return ThreadLine(thread.id, thread.subject, thread.office, last, len(letters), waiting)
