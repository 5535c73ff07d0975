"""HQ's list of 100,000 into an empty branch, reviewed and logged, against bare inserts."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from branch_desk.demo.people import listing, people
from branch_desk.members import exchange
from branch_desk.members import records as members
from branch_desk.store.search import index_text

pytestmark = pytest.mark.bench
ROWS = 100_000
ON = date(2026, 5, 14)


def insert(connection, table, rows):
    """The rows as they are, by executemany."""
    names = tuple(rows[0])
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608
        [tuple(row.values()) for row in rows],
    )


def test_importing_100_000_rows_against_raw_executemany(fresh, compare):
    data = listing(people(ROWS, Random(1), ON, 2025), ON)

    def ours():
        with fresh() as store:
            exchange.apply(store, exchange.review(store, data, "list.csv", as_of=ON))
            return {
                "member": store.rows("SELECT * FROM member ORDER BY id"),
                "member_event": store.rows("SELECT * FROM member_event ORDER BY id"),
            }

    written = ours()
    (kind,) = members.SLICE.kinds[:1]
    texts = [
        {"rowid": row["id"], "text": index_text([row[name] for name in kind.searched])}
        for row in written["member"]
    ]

    def baseline():
        """The same rows, indexes and search table in the same kind of file, and nothing else."""
        with fresh() as store, store.change("Past the log") as change:
            for table, rows in {**written, f"search_{kind.name}": texts}.items():
                insert(change.database.conn, table, rows)

    compare(f"Import of {ROWS:,} rows, reviewed and logged", ours, baseline, goal=4, rounds=3)
