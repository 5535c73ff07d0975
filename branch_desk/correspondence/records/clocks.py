"""Who owes us an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.correspondence.records.letter import DAY, IN_TURN
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


def waiting(store: Store, on: date) -> list[Waiting]:
    """Return the threads in which we wait for an answer on a day, the longest wait first."""
    chase_days = int(branch.setting(store, "letters.chase_days") or 0)
    rows = store.rows(
        f"""SELECT letter.thread, thread.subject, thread.office, letter.direction, letter.dated,
            letter.automatic, letter.wants_answer, letter.promised_by
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
    found = [
        Waiting(
            thread=each,
            subject=of_it[0]["subject"],
            office=of_it[0]["office"],
            **asdict(clock),
        )
        for each, of_it in by_thread.items()
        if (clock := rules.clock((_exchange(row) for row in of_it), on, chase_days))
    ]
    return sorted(found, key=lambda each: (each.since, each.thread))


def _exchange(row: Mapping[str, Any]) -> rules.Exchange:
    return rules.Exchange(
        direction=Direction(row["direction"]),
        on=date.fromisoformat(row["dated"]),
        automatic=bool(row["automatic"]),
        wants_answer=bool(row["wants_answer"]),
        promised_by=day_of(row["promised_by"]),
    )
