"""The other writer, for secret papers: nothing it writes says who, when, or in which order.

Tables declared sealed have a `code` column, a random one, and are written only here: in batches
of five or more, in the order of their codes, one transaction a batch. The log gets one entry with
the day and totals; listeners get no ids; nothing of it can be undone.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from branch_desk.store.change import Changed
from branch_desk.store.entry import Entry
from branch_desk.store.errors import Conflict, Missing
from branch_desk.store.schema import Schema, sql
from branch_desk.store.values import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from branch_desk.store.change import Writer
    from branch_desk.store.connections import Database

FEWEST = 5


class Sealed:
    """The hand that writes sealed tables; nothing is written before the end of its block."""

    def __init__(self, tables: Mapping[str, frozenset[str]]) -> None:
        self._tables = tables
        self.made: dict[str, list[dict[str, Any]]] = {}
        self.updated: dict[str, list[dict[str, Any]]] = {}

    def insert_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows, each with its `code`."""
        self.made.setdefault(table, []).extend(self._rows(table, rows))

    def update_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Change fields of the rows with these codes; raises `Missing` at the end of the block."""
        self.updated.setdefault(table, []).extend(self._rows(table, rows))

    def _rows(self, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        if table not in self._tables:
            raise RuntimeError(f"the table {table!r} is not sealed")
        for row in rows:
            strange = set(row).difference(self._tables[table]) | {"id"}.intersection(row)
            if strange or "code" not in row:
                raise LookupError(f"a row of {table!r} has a code and no {sorted(strange)}")
            if any(isinstance(value, datetime) for value in row.values()):
                raise RuntimeError("a sealed row holds no time")
            yield {name: stored(value) for name, value in row.items()}


@contextmanager
def sealed(writer: Writer, title: str) -> Iterator[Sealed]:
    """Write one batch of secret papers, all of it or nothing.

    Raises `Conflict` for fewer than five papers of a table, `Missing` for a code not there.
    """
    with writer.lock:
        tables = Schema(writer.database()).tables
        batch = Sealed(
            {
                name: frozenset(tables[name].columns)
                for name in writer.registry.sealed
                if name in tables
            }
        )
        with writer.apart(title) as database:
            yield batch
            totals = _write(database, batch)
            if totals:
                Entry(database, writer.random).close(
                    at=writer.now().date().isoformat() + "T00:00:00+00:00",
                    actor=writer.actor,
                    title=title,
                    kind="sealed",
                    totals=totals,
                )
    writer.tell(Changed(0, dict.fromkeys(totals)))


def _write(database: Database, batch: Sealed) -> dict[str, int]:
    totals: dict[str, int] = {}
    for table in sorted(batch.made.keys() | batch.updated.keys()):
        made, updated = batch.made.get(table, []), batch.updated.get(table, [])
        codes = {row["code"] for row in (*made, *updated)}
        if not codes:
            continue
        if len(codes) < FEWEST:
            raise Conflict(
                f"Secret papers are handled {FEWEST} or more at a time, so that none can be told"
                f" from the others; these are {len(codes)}. Wait until more have come in."
            )
        for row in sorted(made, key=_code):
            marks = ", ".join("?" * len(row))
            start = sql("INSERT INTO {table} ({columns}) VALUES ", table=table, columns=row)
            database.conn.execute(
                f"{start}({marks})",
                list(row.values()),
            )
        for row in sorted(updated, key=_code):
            for name in (each for each in row if each != "code"):
                done = database.conn.execute(
                    sql("UPDATE {table} SET {column} = ? WHERE code = ?", table=table, column=name),
                    [row[name], row["code"]],
                )
                if not done.rowcount:
                    raise Missing(f"There is no paper with the code {row['code']}.")
        totals[table] = len(codes)
    return totals


def _code(row: Mapping[str, Any]) -> str:
    return str(row["code"])
