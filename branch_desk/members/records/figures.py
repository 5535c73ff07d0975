"""Who came and who went, and how long HQ takes: everybody's history added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.members import rules
from branch_desk.members.records.history import bare
from branch_desk.members.records.people import resigned_counts
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from branch_desk.store.store import Store


def every_history(store: Store) -> Iterator[list[rules.Event]]:
    """Give the history of one member after another, everybody's."""
    history: list[rules.Event] = []
    member = 0
    for row in store.rows(
        "SELECT id, member, kind, said_on, effective_on, hq_recorded_on, corrects"
        " FROM member_event ORDER BY member"
    ):
        if row["member"] != member and history:
            yield history
            history = []
        member = row["member"]
        history.append(bare(row))
    if history:
        yield history


def flows(store: Store, start: date, end: date) -> rules.Flows:
    """Return who came and who went from `start` to `end`, both included."""
    return flows_by(store, [(start, end)])[0]


def flows_by(store: Store, spans: Sequence[tuple[date, date]]) -> list[rules.Flows]:
    """Return the flows of spans that follow one another, such as `rules.months(start, end)`.

    Raises `Invalid` where one ends before it starts.
    """
    for start, end in spans:
        if end < start:
            raise Invalid(f"The report would end ({end}) before it starts ({start}).")
    return rules.flows(every_history(store), spans, resigned_counts(store))


def backlog(store: Store, on: date) -> rules.Backlog:
    """Return how many resignations wait for HQ on a day, and how long HQ takes."""
    return rules.backlog(every_history(store), on)
