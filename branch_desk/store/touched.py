"""The rows a change has touched: as they were before it, and as they are now."""

from __future__ import annotations

from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from branch_desk.store.schema import quoted, sql
from branch_desk.store.values import PLAIN, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from branch_desk.store.connections import Database
    from branch_desk.store.schema import Table

Row: TypeAlias = tuple[Any, ...]

BATCH = 1_000
_CHOSEN = " WHERE id IN (SELECT value FROM json_each(?))"


class Touched:
    """Rows by table and id, remembered before they are first written; None for those made."""

    def __init__(self, database: Database) -> None:
        self._execute = database.conn.execute
        self._before: dict[str, dict[int, Row | None]] = {}
        self._next: dict[str, int] = {}

    def before(self) -> list[tuple[str, dict[int, Row | None]]]:
        """Return every table touched so far, with its rows as they were."""
        return list(self._before.items())

    def remember(self, known: Table, ids: Iterable[int]) -> None:
        """Keep rows as they are, unless they were touched already."""
        before = self._before.setdefault(known.name, {})
        before.update(self.fetch(known, [each for each in ids if each not in before]))

    def made(self, known: Table, ids: Iterable[int]) -> None:
        """Keep in mind that rows were not there, unless they were touched already."""
        before = self._before.setdefault(known.name, {})
        for each in ids:
            before.setdefault(each, None)

    def walk(self, known: Table) -> Iterator[list[tuple[int, Row | None, Row | None]]]:
        """Go once through a table's rows, in batches: id, as it was, as it is. Forgets them."""
        before = self._before.pop(known.name)
        rest = iter(before)
        while ids := list(islice(rest, BATCH)):
            now = self.fetch(known, ids)
            yield [(each, before[each], now.get(each)) for each in ids]

    def fetch(self, known: Table, ids: Iterable[int]) -> dict[int, Row]:
        """Return whole rows as they are now, columns in order of their names."""
        at = known.id_at
        return {row[at]: row for row in self._chosen(known.select, ids)}

    def present(self, known: Table, ids: Iterable[int]) -> list[int]:
        """Return those of the ids that there is a row for."""
        return [
            each for (each,) in self._chosen(sql("SELECT id FROM {table}", table=known.name), ids)
        ]

    def new_ids(self, table: str) -> Iterator[int]:
        """Ids that no row of the table has, or ever had."""
        if table not in self._next:
            (self._next[table],) = self._execute(
                sql(
                    "SELECT 1 + max(coalesce((SELECT max(id) FROM {table}), 0), coalesce("
                    "(SELECT max(row_id) FROM audit_row WHERE table_name = ?), 0))",
                    table=table,
                ),
                [table],
            ).fetchone()
        while True:
            self._next[table] += 1
            yield self._next[table] - 1

    def used(self, table: str, row_id: int) -> None:
        """Keep in mind an id that was chosen by the caller."""
        if row_id >= self._next.get(table, 0):
            self._next.pop(table, None)

    def _chosen(self, select: str, ids: Iterable[int]) -> Iterator[Row]:
        rest = iter(ids)
        while some := list(islice(rest, BATCH)):
            yield from self._execute(select + _CHOSEN, [str(some)])


def batches(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Row]]:
    """Yield rows as SQLite keeps them, these fields in this order; all must have just these."""
    pick = picker(names)
    rest = iter(rows)
    while some := list(islice(rest, BATCH)):
        if any(len(row) != len(names) for row in some):
            raise LookupError(f"rows written together need the same fields: {sorted(names)}")
        yield [
            tuple([value if type(value) in PLAIN else stored(value) for value in pick(row)])
            for row in some
        ]


def first_of(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[Mapping[str, Any], Iterable[Mapping[str, Any]]]:
    """Return the first of rows, an empty one if there is none, and all of them still to be read."""
    rest = iter(rows)
    for first in rest:
        return first, chain((first,), rest)
    return {}, ()


def picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Row]:
    """Return what takes these fields out of a mapping, always as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: tuple(row[name] for name in names)


def checked(known: Table, names: Iterable[str]) -> tuple[str, ...]:
    """Return names that are columns of a table; a LookupError names those that are not."""
    every = tuple(names)
    strange = set(every).difference(known.columns)
    if strange:
        raise LookupError(f"the table {known.name!r} has no column {sorted(strange)}")
    return every


def insert_sql(known: Table, names: Sequence[str]) -> str:
    """Return the statement that adds a row with these columns."""
    marks = ", ".join("?" * len(names))
    start = sql("INSERT INTO {table} ({columns}) VALUES ", table=known.name, columns=names)
    return f"{start}({marks})"


def update_sql(known: Table, names: Sequence[str]) -> str:
    """Return the statement that changes these columns of the row with an id, the last parameter."""
    assign = ", ".join(f"{quoted(name)} = ?" for name in names)
    return sql("UPDATE {table} SET :fields WHERE id = ?", table=known.name).replace(
        ":fields", assign
    )


def delete_sql(known: Table) -> str:
    """Return the statement that takes the row with an id out."""
    return sql("DELETE FROM {table} WHERE id = ?", table=known.name)
