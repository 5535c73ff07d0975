"""Threads as a list: which match, in what order, and what each line says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from branch_desk.correspondence.records.letter import ids as letter_ids
from branch_desk.correspondence.records.threads import day_of
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.store.store import Store

_ORDERS = {
    "newest": "max(letter.dated) DESC, max(letter.id) DESC",
    "subject": "thread.subject COLLATE NOCASE, thread.id",
    "office": "thread.office COLLATE NOCASE, max(letter.dated) DESC, thread.id",
    "letters": "count(*) DESC, max(letter.dated) DESC, thread.id",
}


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread in a list: its newest letter's day, how many it has, and how many are automatic."""

    id: int
    subject: str
    office: str
    last: date
    letters: int
    automatic: int
    closed_on: date | None


def thread_ids(store: Store, *, search: str = "", order: str = "newest") -> list[int]:
    """Return the threads with a letter that matches; `order` is newest, subject, office, letters.

    A "-" before the order turns it round.
    """
    by = _ORDERS.get(order.removeprefix("-"))
    if by is None:
        raise Invalid(f"Threads cannot be put in the order “{order}”; use {', '.join(_ORDERS)}.")
    found: list[int] = store.column(
        "SELECT thread.id FROM thread JOIN letter ON letter.thread = thread.id "  # noqa: S608 - ours
        f"GROUP BY thread.id ORDER BY {by}"
    )
    if order.startswith("-"):
        found.reverse()
    if not search.strip():
        return found
    hits = {
        *store.matching("thread", search),
        *store.column(
            "SELECT DISTINCT thread FROM letter WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(letter_ids(store, search=search)),),
        ),
    }
    return [each for each in found if each in hits]


def thread_lines(store: Store, wanted: Iterable[int]) -> list[ThreadLine]:
    """Return threads in the order of their ids, in one query; those that are gone are left out."""
    rows = store.rows(
        """SELECT thread.id, thread.subject, thread.office, thread.closed_on,
            max(letter.dated) AS last, count(letter.id) AS letters,
            sum(letter.automatic) AS automatic
        FROM json_each(?) AS wanted
        JOIN thread ON thread.id = wanted.value JOIN letter ON letter.thread = thread.id
        GROUP BY thread.id ORDER BY wanted.key""",
        (json.dumps(list(wanted)),),
    )
    return [
        ThreadLine(
            row["id"],
            row["subject"],
            row["office"],
            date.fromisoformat(row["last"]),
            row["letters"],
            row["automatic"],
            day_of(row["closed_on"]),
        )
        for row in rows
    ]


def threads_with_automatic(store: Store) -> set[int]:
    """Return the threads in which a machine answered, or seems to have."""
    return set(store.column("SELECT DISTINCT thread FROM letter WHERE automatic = 1"))


def closed_threads(store: Store) -> set[int]:
    """Return the threads in which no answer is needed any more."""
    return set(store.column("SELECT id FROM thread WHERE closed_on IS NOT NULL"))


def offices(store: Store) -> list[tuple[str, str]]:
    """Return whom the branch has written with: office and e-mail address, the latest first."""
    rows = store.rows(
        """SELECT office, party, max(dated) AS last FROM letter
        WHERE office <> '' GROUP BY office COLLATE NOCASE, party COLLATE NOCASE
        ORDER BY last DESC, office"""
    )
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        address = row["party"] if "@" in row["party"] else ""
        key = row["office"].casefold()
        if key not in found or (address and not found[key][1]):
            found[key] = (row["office"], address)
    return list(found.values())
