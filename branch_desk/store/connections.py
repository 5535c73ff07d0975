"""One connection a thread to one unlocked branch file."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlcipher3

from branch_desk.store.errors import Closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from branch_desk.store.keys import RawKey


class Database:
    """One connection, for reading and writing rows.

    Tables are made through sqlite-utils, laid over it in `store/migrations.py`; loading that takes
    a fifth of the program's start, and most days no table is made.
    """

    __slots__ = ("conn",)

    def __init__(self, conn: sqlcipher3.Connection) -> None:
        self.conn = conn

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlcipher3.Cursor:
        """Run one statement."""
        return self.conn.execute(sql, parameters)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Keep all that is done inside, or none of it; one inside another is part of the outer."""
        inside = self.conn.in_transaction
        self.conn.execute("SAVEPOINT inner_one" if inside else "BEGIN")
        try:
            yield
            self.conn.execute("RELEASE inner_one" if inside else "COMMIT")
        except BaseException:
            if not inside:
                self.conn.rollback()
            elif self.conn.in_transaction:  # else the error has ended all of it already
                self.conn.execute("ROLLBACK TO inner_one")
                self.conn.execute("RELEASE inner_one")
            raise

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()


def connect(path: Path, key: RawKey) -> Database:
    """Open the file at `path` with its key and the settings every connection has.

    The connection only reads until `PRAGMA query_only` is switched off, which is what makes a
    write outside a change fail.
    """
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key.pragma()}"')
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return Database(connection)


@dataclass(frozen=True, slots=True)
class _Connection:
    """A thread's connection, and the lock that keeps it open while that thread uses it."""

    database: Database
    used: threading.RLock


class Connections:
    """The connections of one open file: opened when a thread first asks, closed all at once."""

    def __init__(self, path: Path, key: RawKey) -> None:
        self.path = path
        self._key: RawKey | None = key
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, _Connection]] = []
        self._guard = threading.Lock()

    @property
    def key(self) -> RawKey:
        """The key, while the file is unlocked; `Closed` after."""
        if self._key is None:
            raise Closed(self.path)
        return self._key

    @property
    def database(self) -> Database:
        """The connection of this thread, opened if it has none yet."""
        return self._mine().database

    @contextmanager
    def using(self) -> Iterator[Database]:
        """Use this thread's connection, which `close` waits for; `Closed` if that came first."""
        mine = self._mine()
        with mine.used:
            if getattr(self._local, "connection", None) is not mine:
                raise Closed(self.path)
            yield mine.database

    def close(self) -> None:
        """Close every thread's connection and drop the key; what still runs is interrupted."""
        with self._guard:
            self._key = None
            connections, self._all = self._all, []
            self._local = threading.local()
        for _, each in connections:
            each.database.conn.interrupt()
            with each.used:
                each.database.close()

    def reopen(self, key: RawKey) -> None:
        """Let connections be opened again after `close`, with this key."""
        with self._guard:
            self._key = key

    def _mine(self) -> _Connection:
        mine: _Connection | None = getattr(self._local, "connection", None)
        if mine is None:
            with self._guard:
                mine = _Connection(connect(self.path, self.key), threading.RLock())
                self._local.connection = mine
                self._drop_those_of_ended_threads()
                self._all.append((threading.current_thread(), mine))
        return mine

    def _drop_those_of_ended_threads(self) -> None:
        for thread, each in self._all:
            if not thread.is_alive():
                each.database.close()
        self._all = [(thread, each) for thread, each in self._all if thread.is_alive()]
