"""Figures by month and waits by length, added up by the file itself: for pages, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from branch_desk.members import rules
from branch_desk.members.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branch_desk.store.store import Store

# The day an event counts from, as `rules.Event.day` has it, of those nothing has corrected since.
_STANDING = """
    SELECT member, kind,
        CASE kind
            WHEN 'resignation-said' THEN coalesce(said_on, effective_on)
            WHEN 'resignation-recorded' THEN coalesce(hq_recorded_on, effective_on)
            ELSE coalesce(effective_on, said_on, hq_recorded_on)
        END AS day
    FROM member_event
    WHERE id NOT IN (SELECT corrects FROM member_event WHERE corrects IS NOT NULL)
"""
_CAME = (EventKind.JOINED, EventKind.REJOINED, EventKind.TRANSFERRED_IN)
_SAID, _RECORDED = EventKind.RESIGNATION_SAID, EventKind.RESIGNATION_RECORDED


@dataclass(frozen=True, slots=True)
class Month:
    """What was entered for one month: how many came, said they resign, and HQ recorded."""

    start: date
    end: date
    came: int
    said: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Longest:
    """A member who said they resign and whom HQ has not recorded, and since which day."""

    id: int
    name: str
    said_on: date | None


def monthly(store: Store, start: date, end: date) -> list[Month]:
    """Return the months from `start` to `end`, the first and the last cut to those days.

    Events are counted as they were entered and not corrected; `flows_by` also asks of each whether
    it made sense when it happened, and takes a second for 100,000 members.
    """
    kinds = [each.value for each in (*_CAME, _SAID, _RECORDED)]
    rows = store.rows(
        f"SELECT substr(day, 1, 7) AS month, kind, count(*) AS number FROM ({_STANDING})"  # noqa: S608 - ours
        " WHERE kind IN (SELECT value FROM json_each(:kinds)) AND day BETWEEN :start AND :end"
        " GROUP BY 1, 2",
        {
            "kinds": "[" + ", ".join(f'"{each}"' for each in kinds) + "]",
            "start": start.isoformat(),
            "end": end.isoformat(),
        },
    )
    found = {(row["month"], EventKind(row["kind"])): row["number"] for row in rows}
    return [_month(first, last, found) for first, last in rules.months(start, end)]


def _month(first: date, last: date, found: Mapping[tuple[str, EventKind], int]) -> Month:
    of = {kind: found.get((first.isoformat()[:7], kind), 0) for kind in (*_CAME, _SAID, _RECORDED)}
    return Month(first, last, sum(of[each] for each in _CAME), of[_SAID], of[_RECORDED])


def waiting_longest(store: Store, limit: int) -> Sequence[Longest]:
    """Return those whose resignation HQ has not recorded, the longest wait first."""
    rows = store.rows(
        """
        SELECT id, trim(forename || ' ' || surname) AS name, (
            SELECT max(coalesce(said.said_on, said.effective_on)) FROM member_event AS said
            WHERE said.member = member.id AND said.kind = 'resignation-said'
                AND NOT EXISTS (SELECT 1 FROM member_event AS c WHERE c.corrects = said.id)
        ) AS said_on
        FROM member WHERE resignation_said = 1 ORDER BY said_on, sort_name, id LIMIT ?
        """,
        (limit,),
    )
    return [
        Longest(
            row["id"],
            row["name"],
            date.fromisoformat(row["said_on"]) if row["said_on"] else None,
        )
        for row in rows
    ]
