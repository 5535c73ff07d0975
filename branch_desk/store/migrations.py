"""Named sets of migrations, run in layer order in one transaction; nothing changes if one fails."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from branch_desk.store import attachments, audit, links, search
from branch_desk.store.errors import NewerRelease
from branch_desk.store.registry import Migrations, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import sqlite_utils

    from branch_desk.store.change import Writer
    from branch_desk.store.connections import Database
    from branch_desk.store.registry import Slice

# Gives the writer that enters in the log what migrations did to rows.
Hand: TypeAlias = "Callable[[Database], Writer]"

_UPDATED = "Bring the file up to date"
_UPDATED_ALTERED = "Bring the file up to date; the log did not add up before"
_TABLE = "_sqlite_migrations"
_DROPS = re.compile(r"\s*DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?[\"'\[`]?(\w+)", re.IGNORECASE)

own = Migrations("store")


@own()
def m001_start(db: sqlite_utils.Database) -> None:
    """Make the store's own tables."""
    for room in (links, attachments, audit, search):
        for statement in room.CREATE:
            db.execute(statement)


def sets(slices: Iterable[Slice]) -> tuple[Migrations, ...]:
    """Return every named set in the order they run in: the store's own, then layer by layer."""
    return (own, *(each.migrations for each in slices))


def refuse_newer(database: Database, slices: Sequence[Slice], path: Path) -> None:
    """Raise `NewerRelease` if the file has had a migration that nobody here knows."""
    if not _known(slices) >= _had(database):
        raise NewerRelease(path)


def are_due(database: Database, slices: Sequence[Slice]) -> bool:
    """Whether any migration of any set has not run on this file."""
    return not _known(slices) <= _had(database)


def _known(slices: Iterable[Slice]) -> set[tuple[str, str]]:
    return {(each.name, name) for each in sets(slices) for name in each.steps}


def _had(database: Database) -> set[tuple[str, str]]:
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if database.execute(there, (_TABLE,)).fetchone() is None:
        return set()
    return set(database.execute(f"SELECT migration_set, name FROM {_TABLE}"))  # noqa: S608


def run(database: Database, slices: Sequence[Slice], hand: Hand) -> None:
    """Run what is due, set after set, in one transaction; the file stays as it was if one fails.

    Foreign keys are off meanwhile and all checked before the commit, and triggers that a
    `transform` dropped with their table are put back, except those that a migration itself
    drops by name. Rows that a migration made or changed are entered in the log by the writer
    that `hand` gives, and what is searched is indexed afresh.
    """
    database.conn.execute("PRAGMA query_only = OFF")
    if are_due(database, slices):
        database.conn.execute("PRAGMA foreign_keys = OFF")
        try:
            with database.atomic():
                _run(database, slices, hand)
        finally:
            database.conn.execute("PRAGMA foreign_keys = ON")
        database.conn.execute("PRAGMA query_only = OFF")  # the log's writer left it on
    search.prepare(database, Registry(slices))


def _run(database: Database, slices: Sequence[Slice], hand: Hand) -> None:
    from sqlite_utils import Database as Tables
    from sqlite_utils.migrations import Migrations as Running

    writer = hand(database)
    had = _had(database)
    used = bool(had)
    altered = used and not audit.verify(database, writer.registry).ok
    tables = Tables(database.conn, execute_plugins=False)
    for each in sets(slices):
        for name, step in each.steps.items():
            if (each.name, name) not in had:
                one = Running(each.name)
                one(name=name)(step)
                with _triggers_kept(tables):
                    one.apply(tables)
    database.conn.execute("DELETE FROM search_index")
    dangling = database.conn.execute("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"migrations leave {len(dangling)} rows that name a missing one")
    if used or any(audit.differing(database, writer.registry)):
        audit.settle(writer, _UPDATED_ALTERED if altered else _UPDATED)


@contextmanager
def _triggers_kept(database: sqlite_utils.Database) -> Iterator[None]:
    """Put triggers back that one migration dropped with their table, unless dropped by name."""
    before = _triggers(database)
    dropped: set[str] = set()

    def watch(sql: str) -> None:
        if found := _DROPS.match(sql):
            dropped.add(found[1])

    database.conn.set_trace_callback(watch)
    try:
        yield
    finally:
        database.conn.set_trace_callback(None)
    there = {*database.table_names(), *database.view_names()}
    for name in before.keys() - _triggers(database).keys() - dropped:
        table, sql = before[name]
        if table in there:
            database.conn.execute(sql)


def _triggers(database: sqlite_utils.Database) -> dict[str, tuple[str, str]]:
    rows = database.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: (table, sql) for name, table, sql in rows}
