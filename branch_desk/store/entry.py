"""One entry of the log being written, row by row, and its rows as they are kept."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from branch_desk.store.attachments import remember
from branch_desk.store.chain import START, chained, entry_digest, row_digest
from branch_desk.store.values import canonical, image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from random import Random

    from branch_desk.store.connections import Database
    from branch_desk.store.schema import Table

SALT_BYTES = 16
_BATCH = 1_000


class Kept(NamedTuple):
    """A row of the log as it is stored; without a salt its images are gone."""

    id: int
    entry: int
    table_name: str
    row_id: int
    salt: bytes | None
    before: str | None
    after: str | None
    digest: bytes


KEPT = "SELECT id, entry, table_name, row_id, salt, before, after, digest FROM audit_row "


class Entry:
    """An entry being written: rows first, then `close` with what chains them."""

    def __init__(self, database: Database, random: Random) -> None:
        self._database = database
        self._conn = database.conn
        self._random = random
        self._all = sha256()
        self._rows: list[Kept] = []
        self._count = 0
        newest = self._conn.execute(
            "SELECT id, digest FROM audit_entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
        self.id: int = newest[0] + 1 if newest else 1
        self._previous: bytes = newest[1] if newest else START
        (self._first,) = self._conn.execute(
            "SELECT 1 + coalesce(max(id), 0) FROM audit_row"
        ).fetchone()

    def add(
        self,
        known: Table,
        row_id: int,
        was: tuple[Any, ...] | None,
        now: tuple[Any, ...] | None,
    ) -> None:
        """Log one row as it was and as it is now."""
        if known.has_blobs:
            _keep_blobs(self._database, was)
            _keep_blobs(self._database, now)
        self._add(known.name, row_id, pictured(known, was), pictured(known, now))

    def add_images(self, table: str, row_id: int, before: str | None, after: str | None) -> None:
        """Log one row by its images."""
        self._add(table, row_id, before, after)

    def close(
        self,
        *,
        at: str,
        actor: str,
        title: str,
        kind: str,
        of: int | None = None,
        totals: Mapping[str, int | list[int]] | None = None,
    ) -> int:
        """Write the entry and return its id; 0 and nothing written for a change of nothing."""
        self._write()
        if kind in {"change", "upkeep"} and not self._count:
            return 0
        rows_digest = self._all.digest()
        fields = {
            "id": self.id,
            "at": at,
            "actor": actor,
            "title": title,
            "kind": kind,
            "of": of,
            "totals": None if totals is None else canonical(totals),
            "first_row": self._first,
            "row_count": self._count,
            "rows_digest": rows_digest.hex(),
        }
        digest = entry_digest(self._previous, fields)
        self._conn.execute(
            "INSERT INTO audit_entry"
            " (id, at, actor, title, kind, of, totals, first_row, row_count, rows_digest, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*(fields | {"rows_digest": rows_digest}).values(), digest],
        )
        return self.id

    def _add(self, table: str, row_id: int, before: str | None, after: str | None) -> None:
        salt = self._random.randbytes(SALT_BYTES)
        digest = row_digest(salt, table, row_id, before, after)
        self._all.update(chained(table, row_id, digest))
        row = Kept(self._first + self._count, self.id, table, row_id, salt, before, after, digest)
        self._count += 1
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._write()

    def _write(self) -> None:
        self._conn.executemany(
            "INSERT INTO audit_row"
            " (id, entry, table_name, row_id, salt, before, after, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            self._rows,
        )
        self._rows.clear()


def pictured(known: Table, row: tuple[Any, ...] | None) -> str | None:
    """Return a row as canonical JSON, its blobs by their digest; None for none."""
    if row is None:
        return None
    fields = dict(zip(known.columns, row, strict=True))
    return image(fields) if known.has_blobs else canonical(fields)


def _keep_blobs(database: Database, row: tuple[Any, ...] | None) -> None:
    """Keep the blobs of a row, so that undo can bring them back by their digests."""
    for value in row or ():
        if isinstance(value, bytes):
            remember(database, value)


def forget(database: Database, rows: Mapping[str, Iterable[int]]) -> None:
    """Take the salts and images of every row of the log about these rows; digests stay."""
    for table, ids in rows.items():
        rest = iter(sorted(ids))
        while some := list(islice(rest, _BATCH)):
            database.conn.execute(
                "UPDATE audit_row SET salt = NULL, before = NULL, after = NULL"
                " WHERE table_name = ? AND row_id IN (SELECT value FROM json_each(?))",
                [table, str(some)],
            )


def latest(database: Database, table: str) -> Iterator[Kept]:
    """Return the newest row of the log about each row of a table, in order of their ids."""
    for row in database.conn.execute(
        "SELECT max(id), entry, table_name, row_id, salt, before, after, digest"
        " FROM audit_row WHERE table_name = ? GROUP BY row_id ORDER BY row_id",
        [table],
    ):
        yield Kept(*row)
