"""Copies that were opened and checked before they count: backups, restoring, another key."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import sqlcipher3

from branch_desk.store import audit, file, keys, migrations
from branch_desk.store.errors import (
    AlreadyExists,
    BadBackup,
    Damaged,
    NoLocking,
    NotFound,
    ReadOnlyFolder,
    of_system,
    translated,
)
from branch_desk.store.files import resolved, temporary_beside
from branch_desk.store.lock import FileLock
from branch_desk.store.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from branch_desk.store.connections import Connections, Database
    from branch_desk.store.keys import RawKey
    from branch_desk.store.registry import Slice
    from branch_desk.store.store import Store

FINE = "ok"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Verification:
    """What a thorough look at a file found; `integrity` and `log` are "ok" or what is wrong.

    `changes` counts the log's entries, and `fingerprint` is short enough to print and compare.
    """

    readable: bool
    integrity: str
    log: str
    changes: int
    fingerprint: str

    @property
    def fine(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.readable and self.integrity == self.log == FINE


def verify(store: Store) -> Verification:
    """Read every page of an open file and the whole of its log."""
    store.checkpoint()
    with store.reading() as database:
        return _verified(database, store.registry)


def back_up(store: Store, folder: Path) -> Path:
    """Copy an open file into a folder under a name with the date, and check the copy.

    The copy is one moment's state, others may go on working. Returns its path; raises
    `BadBackup` if it does not stand the check, `DiskFull`, `ReadOnlyFolder` or `NotFound`.
    """
    if not folder.is_dir():
        raise NotFound(folder)
    target = _unused(folder, f"{store.path.stem} {store.clock():%Y-%m-%d %H.%M}", store.path.suffix)
    with store.reading() as database, _snapshot(database):
        file.copy(database, target, store.key, _same_as(database, store.path, store.registry))
    return target


def rekey(connections: Connections, key: RawKey, registry: Registry) -> None:
    """Put an open file under another key; what reads in other threads has stopped.

    A copy under the new key is checked and takes the file's place, so the file is under the one
    key or the other at every moment, and whole. The connections are opened again as needed.
    """
    path, old = connections.path, connections.key

    def take_its_place(temporary: Path, path: Path) -> None:
        connections.close()
        opens_with = old
        try:
            file.install(temporary, path)
            opens_with = key
        finally:
            connections.reopen(opens_with)

    database = connections.database
    with translated(path):
        database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.copy(database, path, key, _same_as(database, path, registry), take_its_place)


def restore(
    backup: Path,
    path: Path,
    key: str | RawKey,
    slices: Sequence[Slice],
    *,
    now: datetime,
    force: bool = False,
) -> Verification:
    """Make a branch file of a backup, whole or not at all, once it stood the check.

    The backup itself is only read, so it may lie on a medium that cannot be written. Raises what
    is wrong with it, `AlreadyExists` unless `force`, `InUse` if either is open somewhere.
    """
    backup, path = resolved(backup), resolved(path)
    file.told_apart(backup, writable=False)
    if path.exists() and not force:
        raise AlreadyExists(path)
    raw = keys.derive(backup, key) if isinstance(key, str) else key
    temporary = temporary_beside(path)
    with ExitStack() as locks:
        locks.callback(FileLock.take(path, now).release)
        with suppress(ReadOnlyFolder, NoLocking):  # nobody can be writing to it then
            locks.callback(FileLock.take(backup, now).release)
        locks.callback(file.remove, temporary)
        try:
            file.clear_away(path)
            _copy_with_log(backup, temporary)
        except OSError as error:
            raise of_system(error, path) from error
        found = _look_at(temporary, backup, raw, slices, passphrase=isinstance(key, str))
        try:
            file.install(temporary, path)
        except OSError as error:
            raise of_system(error, path) from error
    return found


def _look_at(
    temporary: Path, backup: Path, key: RawKey, slices: Sequence[Slice], *, passphrase: bool
) -> Verification:
    """Open a copy of a backup and check it; failures name the backup."""
    with closing(file.open_with(temporary, key, named=backup, passphrase=passphrase)) as database:
        with translated(backup):
            file.refuse_stranger(database, backup)
            migrations.refuse_newer(database, slices, backup)
        found = _verified(database, Registry(slices))
    if not found.fine:
        raise Damaged(backup)
    return found


def _same_as(database: Database, path: Path, registry: Registry) -> Callable[[Database], None]:
    """Return the check of a copy: whole, its log adding up, with as many rows in each table."""
    counts = _counts(database)

    def check(copy: Database) -> None:
        found = _verified(copy, registry)
        if not found.fine:
            raise BadBackup(path, why=f"{found.integrity}; its log: {found.log}")
        if _counts(copy) != counts:
            raise BadBackup(path, why="rows are missing")

    return check


def _copy_with_log(source: Path, target: Path) -> None:
    """Copy a closed file, with the write-ahead log that a crash may have left beside it."""
    target.touch(0o600, exist_ok=False)
    shutil.copyfile(source, target)
    log = source.with_name(f"{source.name}-wal")
    if log.exists():
        shutil.copyfile(log, target.with_name(f"{target.name}-wal"))


@contextmanager
def _snapshot(database: Database) -> Iterator[None]:
    """Hold one moment's state for reading, whatever others write meanwhile."""
    database.conn.execute("BEGIN")
    try:
        yield
    finally:
        database.conn.execute("ROLLBACK")


def _verified(database: Database, registry: Registry) -> Verification:
    """Look at every page, every reference and the whole log of an open database."""
    execute = database.conn.execute
    try:
        wrong = [text for (text,) in execute("PRAGMA cipher_integrity_check")]
        wrong += [text for (text,) in execute("PRAGMA integrity_check") if text != FINE]
        wrong += [
            f"a row of {row[0]} names a missing one" for row in execute("PRAGMA foreign_key_check")
        ]
        log = audit.verify(database, registry)
        return Verification(
            readable=True,
            integrity="; ".join(wrong[:_SHOWN]) or FINE,
            log="; ".join(log.problems[:_SHOWN]) or FINE,
            changes=log.changes,
            fingerprint=log.fingerprint,
        )
    except sqlcipher3.DatabaseError as error:
        return Verification(
            readable=False, integrity=str(error), log="not read", changes=0, fingerprint=""
        )


def _counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    tables = database.conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
    )
    return {
        name: database.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0]  # noqa: S608
        for (name,) in tables.fetchall()
    }


def _unused(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name in a folder that nothing has yet: the second of a minute gets a (2)."""
    names = (f"{stem} ({number}){suffix}" if number > 1 else stem + suffix for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())
