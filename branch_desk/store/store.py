"""The branch file, open: what reads it and the only ways to change it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import sqlcipher3

from branch_desk.store import attachments, audit, backup, file, keys, links, sealed, search, undo
from branch_desk.store.change import Writer
from branch_desk.store.checkpoint import Checkpoints
from branch_desk.store.connections import Connections
from branch_desk.store.errors import DeskError, Gone, Missing, of_sqlite, translated
from branch_desk.store.files import resolved
from branch_desk.store.lock import FileLock
from branch_desk.store.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random
    from types import TracebackType
    from typing import Self, TypeAlias

    from branch_desk.store.change import Change, Changed
    from branch_desk.store.connections import Database
    from branch_desk.store.keys import RawKey
    from branch_desk.store.links import Link, Ref
    from branch_desk.store.registry import Slice
    from branch_desk.store.sealed import Sealed

    Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]


class Store:
    """One branch file, open in this process.

    Reads work in any thread, a connection a thread; writes go through `change`. `clock` gives
    the time with a zone, `random` is the only chance there is, `actor` names who is at work. Deeds
    take `today` for their day where it is given; the log, the lock and upkeep go by the clock.
    `settle_seconds` after the last change the file itself holds all of them.
    """

    settle_seconds = 2.0

    def __init__(
        self,
        connections: Connections,
        lock: FileLock,
        slices: Sequence[Slice],
        *,
        clock: Callable[[], datetime],
        random: Random,
        actor: str,
        today: date | None = None,
    ) -> None:
        self.path = connections.path
        self.slices = tuple(slices)
        self.registry = Registry(slices)
        self.clock, self.random, self.actor = clock, random, actor
        self._connections = connections
        self._lock = lock
        self._today = today
        self._writer = Writer(
            lambda: connections.database, self.registry, now=self.now, random=random, actor=actor
        )
        self._checkpoints = Checkpoints(self._checkpoint_if_idle, self.settle_seconds)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        slices: Sequence[Slice],
        *,
        clock: Callable[[], datetime],
        random: Random,
        actor: str,
        today: date | None = None,
    ) -> Self:
        """Make a new branch file and open it.

        Raises `AlreadyExists` if there is a file of that name, `ReadOnlyFolder`, `DiskFull`.
        """
        path = resolved(path)
        key = keys.new(passphrase)
        with _locked(path, clock()) as lock:
            file.create(path, key, slices, _hand(slices, clock, random, actor))
            connections = Connections(path, key)
            return cls(
                connections, lock, slices, clock=clock, random=random, actor=actor, today=today
            )

    @classmethod
    def open(
        cls,
        path: Path,
        key: str | RawKey,
        slices: Sequence[Slice],
        *,
        clock: Callable[[], datetime],
        random: Random,
        actor: str,
        today: date | None = None,
    ) -> Self:
        """Open a branch file with its passphrase or its key, and bring it up to date.

        Raises what is wrong with the file, `InUse`, `WrongPassphrase`, `WrongRecoveryKey` or
        `NewerRelease`.
        """
        path = resolved(path)
        file.told_apart(path)
        with _locked(path, clock()) as lock:
            raw = keys.derive(path, key) if isinstance(key, str) else key
            hand = _hand(slices, clock, random, actor)
            file.unlock(path, raw, slices, hand, passphrase=isinstance(key, str))
            connections = Connections(path, raw)
            store = cls(
                connections, lock, slices, clock=clock, random=random, actor=actor, today=today
            )
            with suppress(DeskError):  # no room: it can be read, and is tried again next time
                store.keep_up()
            return store

    @property
    def key(self) -> RawKey:
        """The key of the open file: what the recovery sheet prints, and what workers open with."""
        return self._connections.key

    @property
    def database(self) -> Database:
        """Give the rest of the store this thread's connection; it only reads outside a change."""
        return self._connections.database

    def today(self) -> date:
        """Return the day that things are done as on: the clock's, in its own zone, unless given."""
        return self._today or self.clock().date()

    def moment(self) -> datetime:
        """Return the hour on the clock, of `today`: what is past and what is to come by then."""
        return datetime.combine(self.today(), self.clock().timetz())

    def now(self) -> datetime:
        """Return the time on the clock, in UTC, whatever day things are done as on."""
        return self.clock().astimezone(UTC)

    def rows(self, sql: str, params: Parameters = ()) -> list[dict[str, Any]]:
        """Return the rows of a query, in any thread."""
        with self.reading() as database:
            cursor = database.conn.execute(sql, params)
            if cursor.description is None:
                raise RuntimeError("only a change may write")
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, params: Parameters = ()) -> dict[str, Any] | None:
        """Return the first row, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def column(self, sql: str, params: Parameters = ()) -> list[Any]:
        """Return the first column of every row: ids, most often."""
        with self.reading() as database:
            return [row[0] for row in database.conn.execute(sql, params)]

    def value(self, sql: str, params: Parameters = ()) -> Any:  # noqa: ANN401 — as the column is
        """Return the first column of the first row, or None."""
        with self.reading() as database:
            row = database.conn.execute(sql, params).fetchone()
            return row[0] if row else None

    @contextmanager
    def change(self, title: str) -> Iterator[Change]:
        """Open the only way to write: one transaction, one audit entry, one undo step.

        All of it is kept, or none if an exception leaves the block. A change inside a change
        joins the outer one; if the inner one fails and the outer one goes on, only what the
        inner one did is taken back.
        """
        with self._writing(), self._writer.change(title) as change:
            yield change

    @contextmanager
    def upkeep(self, title: str) -> Iterator[Change]:
        """Write what follows from the rows and the day alone, as `change` does but for undo.

        It is no step of undo or redo: they take it back where it is in their way.
        """
        with self._writing(), self._writer.change(title, "upkeep") as change:
            yield change

    def keep_up(self) -> None:
        """Let every slice bring up to the clock's day what its rows say of days that have come."""
        for each in self.slices:
            if each.keep_up is not None:
                each.keep_up(self)

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` once after each commit, in the committing thread.

        Returns the way to stop.
        """
        return self._writer.listen(listener)

    def links_from(self, ref: Ref, role: str | None = None) -> list[Link]:
        """Return what a thing refers to, oldest first; of one role only, if one is named."""
        with self.reading() as database:
            return links.links_from(database, ref, role)

    def links_to(self, ref: Ref, role: str | None = None) -> list[Link]:
        """Return what refers to a thing, oldest first; of one role only, if one is named."""
        with self.reading() as database:
            return links.links_to(database, ref, role)

    def title(self, ref: Ref) -> str:
        """Return what a thing is called, by its kind's title; `Missing` if it is not there."""
        with self.reading() as database:
            found = links.title(database, self.registry, ref)
        if found is None:
            raise Missing(f"There is no {ref.kind.replace('_', ' ')} {ref.id} any more.")
        return found

    def search(self, kind: str, text: str, limit: int | None = None) -> list[int]:
        """Return ids of a kind whose searched columns match every word, best first."""
        with self.reading() as database:
            return search.search(database, self.registry.kind(kind), text, limit)

    def matching(self, kind: str, text: str) -> frozenset[int]:
        """Return every id that `search` finds: to count them, or to sieve an ordered list."""
        with self.reading() as database:
            return search.matching(database, self.registry.kind(kind), text)

    def attachment(self, attachment_id: int) -> bytes:
        """Return the bytes of an attachment; raises `Missing`."""
        with self.reading() as database:
            return attachments.read(database, attachment_id)

    def undo(self) -> str:
        """Take back the newest change that still stands; returns its title.

        Raises `Conflict`, and changes nothing, if there is none, if a row has changed since, or
        if what it needs was erased.
        """
        return self._then_keep_up(undo.undo)

    def redo(self) -> str:
        """Do again what was last taken back, until a new change is made; returns its title.

        Raises `Conflict` as `undo` does.
        """
        return self._then_keep_up(undo.redo)

    @contextmanager
    def sealed(self, title: str) -> Iterator[Sealed]:
        """Write one batch of secret papers: no undo, no ids, no times, no order.

        Raises `Conflict` for fewer than five papers of a table, `Missing` for a code not there.
        """
        with self._writing(), sealed.sealed(self._writer, title) as batch:
            yield batch

    def retain(self, since: datetime) -> int:
        """Drop what the log keeps of rows from before `since`; returns of how many entries."""
        with self._writing():
            return audit.retain(self._writer, since)

    def change_passphrase(self, passphrase: str) -> RawKey:
        """Put the file under another passphrase; the new key is what the new sheet prints.

        The file is copied under the new key, the copy is checked and takes the file's place, so
        it is under the one or the other at every moment. Every connection is closed meanwhile,
        so stop what reads in other threads first. Older backups keep the old passphrase.
        Raises `NoPassphrase`, `Damaged` or `DiskFull`.
        """
        new = keys.new(passphrase)
        with self._writer.lock:
            if self.database.conn.in_transaction:
                raise RuntimeError("the passphrase cannot be changed inside a change")
            backup.rekey(self._connections, new, self.registry)
        return new

    def checkpoint(self) -> bool:
        """Empty the write-ahead log into the file; whether that was possible just now.

        It is not while another thread reads.
        """
        with self._writer.lock, self.reading() as database:
            (busy, _, _) = database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def close(self) -> None:
        """Lock the file again: nothing is left in memory or beside it, and others may open it.

        Doing it twice is harmless.
        """
        self._checkpoints.stop()
        with self._writer.lock:
            if not self._lock.held:
                return
            try:
                with suppress(DeskError):  # no room: the write-ahead log stays and loses nothing
                    self.checkpoint()
            finally:
                self._connections.close()
                self._lock.release()

    def __enter__(self) -> Self:
        """Give the store itself; it is closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Read through this thread's connection, for the rest of the store."""
        try:
            with self._connections.using() as database:
                yield database
        except sqlcipher3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlcipher3.SQLITE_READONLY:
                raise RuntimeError("only a change may write") from error
            raise of_sqlite(error, self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        # The system keeps a deleted file for as long as it is open: a change would be stored
        # where nobody finds it again.
        if not self.path.exists():
            raise Gone(self.path)
        with translated(self.path):
            yield
        self._checkpoints.changed()

    def _then_keep_up(self, step: Callable[[Writer], str]) -> str:
        with self._writing():
            title = step(self._writer)
        with suppress(DeskError):
            self.keep_up()
        return title

    def _checkpoint_if_idle(self) -> bool:
        """Make a checkpoint from the checkpoint thread, without holding a change up."""
        if not self._writer.lock.acquire(blocking=False):
            return False
        try:
            self.database.conn.execute("PRAGMA busy_timeout = 0")
            return self.checkpoint()
        except DeskError:
            return True  # a full disk: the log keeps everything, and the next change tries again
        finally:
            self._writer.lock.release()


def _hand(
    slices: Sequence[Slice], clock: Callable[[], datetime], random: Random, actor: str
) -> Callable[[Database], Writer]:
    """Return what gives the writer of a database that is being brought up to date."""
    registry = Registry(slices)
    return lambda database: Writer(
        lambda: database,
        registry,
        now=lambda: clock().astimezone(UTC),
        random=random,
        actor=actor,
    )


@contextmanager
def _locked(path: Path, now: datetime) -> Iterator[FileLock]:
    """Hold the lock on a file, and give it up again if opening fails."""
    lock = FileLock.take(path, now)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise
