"""The log: what every change did, chained so that nothing in it can be altered unseen.

Each row a change touched keeps a random salt, the row before and after as canonical JSON, and
SHA-256(salt ‖ canonical JSON of both, with table and id). Each entry keeps the SHA-256 of its
rows' tables, ids and digests, and SHA-256(digest of the entry before ‖ canonical JSON of its own
fields). Forgetting a row takes its salts and images and leaves its digests, so the chain still
adds up and what was forgotten cannot be guessed back; the entry's totals name what it forgot.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from branch_desk.store.attachments import altered, drop_unnamed
from branch_desk.store.chain import START, chained, entry_digest, fingerprint_of, row_digest
from branch_desk.store.entry import KEPT, Entry, Kept, latest, pictured
from branch_desk.store.schema import Schema
from branch_desk.store.values import stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from branch_desk.store.change import Writer
    from branch_desk.store.connections import Database
    from branch_desk.store.registry import Registry
    from branch_desk.store.schema import Table

CREATE = (
    """CREATE TABLE audit_entry (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (
            kind IN (
                'change', 'undo', 'redo', 'upkeep', 'erasure', 'retention', 'sealed', 'release'
            )
        ),
        of INTEGER,
        totals TEXT,
        first_row INTEGER NOT NULL,
        row_count INTEGER NOT NULL,
        rows_digest BLOB NOT NULL,
        digest BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX audit_entry_of ON audit_entry (of) WHERE of IS NOT NULL",
    """CREATE TABLE audit_row (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        salt BLOB,
        before TEXT,
        after TEXT,
        digest BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX audit_row_of ON audit_row (table_name, row_id)",
)


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the log, for people: when (UTC), who, what, and how many rows it touched."""

    id: int
    at: datetime
    actor: str
    title: str
    kind: str
    of: int | None
    rows: int
    totals: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one entry did to one row: canonical JSON, None for "not there"."""

    entry: Logged
    before: str | None
    after: str | None
    kept: bool


def fingerprint(database: Database) -> str:
    """Return the fingerprint of the whole log as it stands; every later change gives another."""
    row = database.conn.execute(
        "SELECT digest FROM audit_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return fingerprint_of(row[0] if row else START)


def entries(
    database: Database, limit: int | None = None, before: int | None = None
) -> list[Logged]:
    """Return the log for people, newest first: all, or `limit` entries older than `before`."""
    return [
        _logged(row)
        for row in database.conn.execute(
            _LOGGED + "WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?",
            [before, before, -1 if limit is None else limit],
        )
    ]


def ids(database: Database) -> list[int]:
    """Return the ids of all entries, newest first."""
    return [row[0] for row in database.conn.execute("SELECT id FROM audit_entry ORDER BY id DESC")]


def many(database: Database, entry_ids: Sequence[int]) -> list[Logged]:
    """Return entries in the order of their ids; those there are not are left out."""
    rows = database.conn.execute(_NAMED, [json.dumps(list(entry_ids))])
    found = {row[0]: _logged(row) for row in rows}
    return [found[each] for each in entry_ids if each in found]


def history(database: Database, table: str, row_id: int) -> list[Step]:
    """Return what was ever done to one row, oldest first."""
    found = [
        Kept(*row)
        for row in database.conn.execute(
            KEPT + "WHERE table_name = ? AND row_id = ? ORDER BY id", [table, row_id]
        )
    ]
    return [
        Step(
            _logged(database.conn.execute(_LOGGED + "WHERE id = ?", [each.entry]).fetchone()),
            each.before,
            each.after,
            kept=each.salt is not None,
        )
        for each in found
    ]


_LOGGED = "SELECT id, at, actor, title, kind, of, row_count, totals FROM audit_entry "
_NAMED = f"{_LOGGED}WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 -- fixed words


def _logged(row: tuple[Any, ...]) -> Logged:
    entry, at, *rest = row
    return Logged(entry, datetime.fromisoformat(at), *rest)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the log adds up: no problems means that nothing was altered."""

    changes: int
    fingerprint: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(database: Database, registry: Registry) -> Verdict:
    """Check every digest of the log, that nothing is missing, and that live rows are as logged.

    Each problem is a sentence that names the entry, or the table and the id.
    """
    chain = _Chain(database)
    problems = [*chain.check(), *_live(database, registry)]
    problems += [f"the bytes of the attachment “{name}” were altered" for name in altered(database)]
    return Verdict(chain.entries, fingerprint_of(chain.previous), tuple(problems))


class _Chain:
    """One walk over the log, entry by entry."""

    def __init__(self, database: Database) -> None:
        self.previous = START
        self.entries = 0
        self._execute = database.conn.execute
        self._rows = map(Kept._make, self._execute(KEPT + "ORDER BY id"))
        self._next_row = 1
        # Newest entry that forgot a row, and newest entry whose images were dropped by age.
        self._forgotten: dict[tuple[str, int], int] = {}
        for entry, totals in self._execute(
            "SELECT id, totals FROM audit_entry WHERE kind = 'erasure' ORDER BY id"
        ):
            self._forgotten.update(dict.fromkeys(_named(totals), entry))
        (self._dropped,) = self._execute(
            "SELECT coalesce(max(of), 0) FROM audit_entry WHERE kind = 'retention' AND of < id"
        ).fetchone()

    def check(self) -> Iterator[str]:
        for row in self._execute(
            "SELECT id, at, actor, title, kind, of, totals, first_row, row_count, rows_digest,"
            " digest FROM audit_entry ORDER BY id"
        ).fetchall():
            self.entries += 1
            fields = dict(zip(_FIELDS, row, strict=False))
            digest = row[-1]
            name = f"entry {fields['id']} of the log"
            if fields["id"] != self.entries or fields["first_row"] != self._next_row:
                yield f"{name} does not follow the one before: something is missing or moved"
                return
            rows_digest = sha256()
            for kept in islice(self._rows, max(fields["row_count"], 0)):
                rows_digest.update(chained(kept.table_name, kept.row_id, kept.digest))
                if problem := self._row(kept, fields["id"]):
                    yield f"{name}: {problem}"
                self._next_row += 1
            if rows_digest.digest() != fields["rows_digest"]:
                yield f"{name}: its rows are not those it was written with"
            fields["rows_digest"] = fields["rows_digest"].hex()
            if entry_digest(self.previous, fields) != digest:
                yield f"{name} was altered, or one before it"
            self.previous = digest
        if next(self._rows, None) is not None:
            yield "the log holds rows that belong to no entry"

    def _row(self, kept: Kept, entry: int) -> str | None:
        """Return what is wrong with a row of the log, or None."""
        what = f"the row about {kept.table_name} {kept.row_id}"
        if (kept.id, kept.entry) != (self._next_row, entry):
            return f"{what} was moved"
        if kept.salt is None:
            told = max(self._forgotten.get((kept.table_name, kept.row_id), 0), 0) > entry
            if (told or entry <= self._dropped) and kept.before is None and kept.after is None:
                return None
            return f"{what} has lost its images without an erasure"
        if kept.digest != row_digest(
            kept.salt, kept.table_name, kept.row_id, kept.before, kept.after
        ):
            return f"{what} was altered"
        return None


def _named(totals: str | None) -> frozenset[tuple[str, int]]:
    """Return table and id of each row an erasure says it forgot; none if that was tampered with."""
    try:
        told = json.loads(totals or "{}")
        return frozenset((table, row_id) for table, ids in told.items() for row_id in ids)
    except (ValueError, TypeError, AttributeError):
        return frozenset()


_FIELDS = (
    "id",
    "at",
    "actor",
    "title",
    "kind",
    "of",
    "totals",
    "first_row",
    "row_count",
    "rows_digest",
)


def _live(database: Database, registry: Registry) -> Iterator[str]:
    """Yield what is wrong with the rows as they are now, against their newest images."""
    for known, row_id, logged, live in differing(database, registry):
        what = f"the row {row_id} of {known.name}"
        if live is None:
            yield f"{what} is gone and the log does not say so"
        elif logged is None:
            yield f"{what} is there and the log does not say so"
        else:
            yield f"{what} is not as the log left it"


def differing(
    database: Database, registry: Registry
) -> Iterator[tuple[Table, int, str | None, str | None]]:
    """Every row whose live image is not the newest the log keeps: table, id, logged, live."""
    for known in Schema(database).tables.values():
        if known.name in registry.sealed:
            continue
        logged = latest(database, known.name)
        kept = next(logged, None)
        for row in database.conn.execute(known.select + "ORDER BY id"):
            row_id = row[known.id_at]
            while kept is not None and kept.row_id < row_id:
                if kept.after is not None:
                    yield known, kept.row_id, kept.after, None
                kept = next(logged, None)
            now = pictured(known, row)
            if kept is None or kept.row_id > row_id:
                yield known, row_id, None, now
                continue
            # None for a row that was gone: whatever is there now came without the log.
            if kept.after != now:
                yield known, row_id, kept.after, now
            kept = next(logged, None)
        while kept is not None:
            if kept.after is not None:
                yield known, kept.row_id, kept.after, None
            kept = next(logged, None)


def settle(writer: Writer, title: str) -> None:
    """Log the rows that migrations made or changed; what was done before cannot be undone after.

    Verify before running migrations: this takes the rows as they are for right.
    """
    with writer.apart(title) as database:
        entry = Entry(database, writer.random)
        for known, row_id, logged, live in differing(database, writer.registry):
            entry.add_images(known.name, row_id, logged, live)
        entry.close(at=str(stored(writer.now())), actor=writer.actor, title=title, kind="release")


def retain(writer: Writer, since: datetime) -> int:
    """Drop the images of entries older than `since`; returns how many entries lost theirs.

    Digests stay. Rows whose newest image goes get a new one of how they are now, so that the log
    can still tell whether they were altered.
    """
    with writer.apart("retention") as database:
        execute = database.conn.execute
        last, count = execute(
            "WITH kept (first) AS (SELECT min(id) FROM audit_entry WHERE at >= ?),"
            " old (last) AS"
            " (SELECT coalesce(first - 1, (SELECT max(id) FROM audit_entry)) FROM kept)"
            " SELECT last, (SELECT count(*) FROM audit_entry WHERE id <= last AND id >"
            " (SELECT coalesce(max(of), 0) FROM audit_entry WHERE kind = 'retention')) FROM old",
            [stored(since)],
        ).fetchone()
        if not count:
            return 0
        entry = Entry(database, writer.random)
        for table, row_id, after in execute(
            "SELECT table_name, row_id, after FROM (SELECT max(id), entry, table_name, row_id,"
            " after FROM audit_row GROUP BY table_name, row_id)"
            " WHERE entry <= ? AND after IS NOT NULL ORDER BY table_name, row_id",
            [last],
        ).fetchall():
            entry.add_images(table, row_id, None, after)
        execute(
            "UPDATE audit_row SET salt = NULL, before = NULL, after = NULL"
            " WHERE id < (SELECT first_row + row_count FROM audit_entry WHERE id = ?)",
            [last],
        )
        drop_unnamed(database)
        entry.close(
            at=str(stored(writer.now())),
            actor=writer.actor,
            title="Drop what the log kept longer than it should",
            kind="retention",
            of=last,
        )
        return int(count)
