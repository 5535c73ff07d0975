"""Who owes us an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.correspondence.records.letter import DAY, IN_TURN, letters
from branch_desk.correspondence.records.threads import day_of
from branch_desk.correspondence.rules import Direction, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread in which an answer is owed to us, as on one day; `days` since our first letter."""

    thread: int
    subject: str
    office: str
    since: date
    days: int
    chasers: int
    promised_by: date | None
    automatic_replies: int
    state: State
    last_sent: date

    @property
    def clock(self) -> rules.Clock:
        """How long the wait has been, as the rules have it."""
        return rules.Clock(
            self.since,
            self.days,
            self.chasers,
            self.automatic_replies,
            self.last_sent,
            self.promised_by,
            self.state,
        )


@dataclass(frozen=True, slots=True)
class Owing:
    """A thread in which we owe an answer, as on one day; `days` since the letter that asks."""

    thread: int
    subject: str
    office: str
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Standings:
    """Who owes whom an answer, in every thread, the longest wait first."""

    waiting: tuple[Waiting, ...] = ()
    owing: tuple[Owing, ...] = ()


def waiting(store: Store, on: date) -> list[Waiting]:
    """Return the threads in which we wait for an answer on a day, the longest wait first."""
    return list(standings(store, on).waiting)


def standings(store: Store, on: date) -> Standings:
    """Return who owes whom an answer on a day; a thread closed by then is owed nothing."""
    chase_days = int(branch.setting(store, "letters.chase_days") or 0)
    rows = store.rows(
        f"""SELECT letter.thread, thread.subject, thread.office, letter.direction, letter.dated,
            letter.automatic, letter.wants_answer, letter.promised_by, letter.asks
        FROM letter JOIN thread ON thread.id = letter.thread
        WHERE letter.dated <= :on
          AND (thread.closed_on IS NULL OR thread.closed_on > :on
               OR letter.dated > thread.closed_on)
        {DAY}
        ORDER BY letter.thread, {IN_TURN}""",  # noqa: S608 - ours
        {"on": on.isoformat()},
    )
    by_thread: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_thread.setdefault(row["thread"], []).append(row)
    waits, owes = [], []
    for each, of_it in by_thread.items():
        said = [_exchange(row) for row in of_it]
        subject, office = of_it[0]["subject"], of_it[0]["office"]
        if clock := rules.clock(said, on, chase_days):
            waits.append(Waiting(thread=each, subject=subject, office=office, **asdict(clock)))
        if debt := rules.debt(said, on):
            owes.append(Owing(each, subject, office, debt.since, debt.days))
    return Standings(
        tuple(sorted(waits, key=lambda each: (each.since, each.thread))),
        tuple(sorted(owes, key=lambda each: (each.since, each.thread))),
    )


def exchanges(store: Store, thread_id: int) -> list[rules.Exchange]:
    """Return what the clocks need of a thread's letters, in order."""
    return [
        rules.Exchange(
            each.direction,
            each.on,
            each.automatic,
            each.wants_answer,
            each.promised_by,
            each.asks,
        )
        for each in letters(store, thread_id)
    ]


def _exchange(row: Mapping[str, Any]) -> rules.Exchange:
    return rules.Exchange(
        direction=Direction(row["direction"]),
        on=date.fromisoformat(row["dated"]),
        automatic=bool(row["automatic"]),
        wants_answer=bool(row["wants_answer"]),
        promised_by=day_of(row["promised_by"]),
        asks=None if row["asks"] is None else bool(row["asks"]),
    )
