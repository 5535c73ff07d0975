"""The only way to write: one transaction, one audit entry, one undo step."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from branch_desk.store import attachments, links, search
from branch_desk.store.entry import Entry, forget, pictured
from branch_desk.store.errors import Missing
from branch_desk.store.schema import Schema, sql, version
from branch_desk.store.touched import (
    BATCH,
    Touched,
    batches,
    checked,
    delete_sql,
    first_of,
    insert_sql,
    update_sql,
)
from branch_desk.store.values import stored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from random import Random

    from branch_desk.store.connections import Database
    from branch_desk.store.links import Ref
    from branch_desk.store.registry import Registry
    from branch_desk.store.schema import Table
    from branch_desk.store.touched import Row
    from branch_desk.store.values import Value

# A change that touches more rows of a table than this tells its listeners ALL instead of the ids.
ALL = None
MANY = 10_000
# Room for pages while a change lasts, in KiB with a minus: pages of a large import that do not fit
# are encrypted and written more than once. It is taken only as it is needed.
_CACHE = -131_072


@dataclass(frozen=True, slots=True)
class Changed:
    """What one committed change touched: ids by table, or ALL (None) where they are very many."""

    change_id: int
    tables: Mapping[str, frozenset[int] | None]


class Writer:
    """Whoever wants to write to one open branch file goes through its one writer.

    `lock` is held from the beginning of a change to its end; whatever else writes holds it too.
    `database` returns this thread's connection.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        registry: Registry,
        *,
        now: Callable[[], datetime],
        random: Random,
        actor: str,
    ) -> None:
        self.database = database
        self.registry = registry
        self.now = now
        self.random = random
        self.actor = actor
        self.lock = threading.RLock()
        self._schema: Schema | None = None
        self._open: Change | None = None
        self._listeners: list[Callable[[Changed], None]] = []

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` after each commit, in the committing thread; returns the way to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def change(self, title: str, kind: str = "change") -> Iterator[Change]:
        """Open a change: all of it is kept, or none if an exception leaves the block.

        A change inside a change joins the outer one, which gives the title; if the inner one
        fails and the outer one goes on, only what the inner one did is taken back.
        """
        with self.lock:
            if self._open is not None:
                with self._open.inner():
                    yield self._open
                return
            with self.beginning(title, kind) as change:
                yield change
        self.tell(change.changed)

    @contextmanager
    def beginning(
        self, title: str, kind: str = "change", of: int | None = None
    ) -> Iterator[Change]:
        """Begin the transaction of a change and commit it; for the store's own kinds of change."""
        with self.lock, self.apart(title) as database:
            change = self._open = Change(self, database, title, kind, of)
            try:
                yield change
                change.finish()
            finally:
                change.over = True
                self._open = None

    @contextmanager
    def apart(self, title: str) -> Iterator[Database]:
        """Let this thread write outside any change; raises inside one."""
        with self.lock:
            self.refuse_inside(title)
            with self._writing() as database:
                yield database

    def refuse_inside(self, what: str) -> None:
        """Raise if this thread is inside a change, where `what` cannot be done."""
        with self.lock:
            if self._open is not None:
                raise RuntimeError(f"{what!r} cannot be done inside a change")

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """Let this thread's connection write, in one transaction."""
        database = self.database()
        execute = database.conn.execute
        (usual,) = execute("PRAGMA cache_size").fetchone()
        (only_reads,) = execute("PRAGMA query_only").fetchone()
        execute("PRAGMA query_only = OFF")
        # A size in pages, which is positive, was set on purpose.
        execute(f"PRAGMA cache_size = {_CACHE if usual < 0 else usual}")
        try:
            with database.atomic():
                yield database
        finally:
            execute(f"PRAGMA cache_size = {usual}")
            execute(f"PRAGMA query_only = {only_reads}")

    def tell(self, changed: Changed) -> None:
        """Tell every listener what was committed, unless it was nothing."""
        if changed.tables:
            for listener in tuple(self._listeners):
                listener(changed)

    def schema(self, database: Database) -> Schema:
        """Return the tables as they are now."""
        if self._schema is None or self._schema.version != version(database):
            self._schema = Schema(database)
        return self._schema


class Change:
    """The hand that writes, while its block lasts; get one from `Store.change`."""

    def __init__(
        self, writer: Writer, database: Database, title: str, kind: str, of: int | None
    ) -> None:
        self.database = database
        self.title = title
        self.kind = kind
        self.of = of
        self.over = False
        self.changed = Changed(0, {})
        self._writer = writer
        self._conn = database.conn
        self._execute = database.conn.execute
        self._schema = writer.schema(database)
        self._touched = Touched(database)
        self._erased: dict[str, set[int]] = {}

    def insert(self, table: str, **fields: Value) -> int:
        """Add a row; returns its id, which is never one that another row of the table had."""
        return self.insert_many(table, (fields,))[0]

    def insert_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add rows that all have the same fields, fast; returns their ids in order."""
        known = self.table(table)
        first, rows = first_of(rows)
        names = checked(known, first)
        if "id" in names:
            names = ("id", *(name for name in names if name != "id"))
            statement = insert_sql(known, names)
        else:
            statement = insert_sql(known, ("id", *names))
        ids = self._touched.new_ids(table)
        made: list[int] = []
        for batch in batches(names, rows):
            values = batch if names[:1] == ("id",) else [(next(ids), *row) for row in batch]
            self._conn.executemany(statement, values)
            new = [row[0] for row in values]
            self._touched.made(known, new)
            made += new
        if made:
            self._touched.used(table, max(made))
        return made

    def update(self, table: str, row_id: int, **fields: Value) -> None:
        """Change fields of one row; raises `Missing` if there is none."""
        self.update_many(table, ({**fields, "id": row_id},))

    def update_many(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Change many rows; each mapping has `id` and the same fields. Raises `Missing`."""
        known = self.table(table)
        first, rows = first_of(rows)
        names = tuple(name for name in checked(known, first) if name != "id")
        statement = update_sql(known, names or ("id",))
        for batch in batches((*names, "id"), rows):
            ids = [row[-1] for row in batch]
            self._touched.remember(known, ids)
            values = batch if names else [(each, each) for each in ids]
            if self._conn.executemany(statement, values).rowcount < len(ids):
                self._check(known, ids)

    def delete(self, table: str, row_id: int) -> None:
        """Take a row out, with what its foreign keys take along; raises `Missing`."""
        self.delete_many(table, (row_id,))

    def delete_many(self, table: str, ids: Iterable[int]) -> None:
        """Take rows out, with what their foreign keys take along and the links from and to them."""
        known = self.table(table)
        every = list(dict.fromkeys(ids))
        self._check(known, every)
        for start in range(0, len(every), BATCH):
            some = every[start : start + BATCH]
            leaving = {known.name: set(some)}
            self._follow(known, some, leaving)
            for each, gone in leaving.items():
                self._touched.remember(self._schema.table(each), gone)
            for each, gone in reversed(leaving.items()):
                self._unlink_all(each, gone)
                self._conn.executemany(
                    delete_sql(self._schema.table(each)), [(row_id,) for row_id in gone]
                )

    def link(self, source: Ref, target: Ref, role: str) -> None:
        """Refer from one thing to another; doing it twice is one link."""
        if links.find(self.database, source, target, role) is None:
            self.insert(
                "link",
                from_kind=source.kind,
                from_id=source.id,
                to_kind=target.kind,
                to_id=target.id,
                role=role,
            )

    def unlink(self, source: Ref, target: Ref, role: str) -> None:
        """Take a reference back; one that is not there is none already."""
        found = links.find(self.database, source, target, role)
        if found is not None:
            self.delete("link", found)

    def attach(self, data: bytes, name: str, media_type: str) -> int:
        """Keep a file inside the branch file; returns its attachment id.

        Raises `Invalid` if it is larger than 50 MB. A column named `attachment` or ending in
        `_attachment`, a foreign key, or a link to the kind "attachment" names it; when a change
        takes the last of these away, the attachment goes too.
        """
        self.table("attachment")
        digest = attachments.keep(self.database, data, name)
        return self.insert(
            "attachment", name=name, media_type=media_type, size=len(data), digest=digest
        )

    def erase(self, table: str, ids: Iterable[int]) -> None:
        """Forget all that the log keeps of rows, this change included; it cannot be undone.

        The rows themselves are left to `update` and `delete`.
        """
        known = self.table(table)
        every = set(ids)
        self._touched.remember(known, self._touched.present(known, every))
        self._erased.setdefault(table, set()).update(every)

    def restore(self, table: str, rows: Mapping[int, Row | None]) -> None:
        """Put rows back as they were: with these values (by column name order), or not there.

        For undo and redo, which switch foreign keys off and check them afterwards.
        """
        known = self.table(table)
        self._touched.remember(known, rows)
        self._touched.made(known, rows)
        self._conn.executemany(delete_sql(known), [(each,) for each in rows])
        self._conn.executemany(
            insert_sql(known, known.columns), (row for row in rows.values() if row is not None)
        )

    def table(self, name: str) -> Table:
        """Return what is known of a table, if this change may write it now."""
        if self.over or not self._conn.in_transaction:
            raise RuntimeError("this change is over; nothing can be written outside a change")
        if name in self._writer.registry.sealed:
            raise RuntimeError(f"the table {name!r} is sealed; only Store.sealed writes it")
        return self._schema.table(name)

    def fetch(self, table: str, ids: Iterable[int]) -> dict[int, Row]:
        """Return whole rows as they are now, columns in order of their names."""
        return self._touched.fetch(self.table(table), ids)

    def finish(self) -> None:
        """Write the log's entry and the search; called once, before the commit."""
        attachments.sweep(self, self._schema, self._touched.before())
        feed = search.Feed(self.database, self._writer.registry)
        entry = Entry(self.database, self._writer.random)
        tables: dict[str, frozenset[int] | None] = {}
        for name, _ in self._touched.before():
            ids = self._log(entry, feed, self._schema.table(name))
            if ids:
                tables[name] = ALL if len(ids) > MANY else frozenset(ids)
        feed.close()
        if self._erased:
            self._forget(entry)
        written = entry.close(
            at=str(stored(self._writer.now())),
            actor=self._writer.actor,
            title=self.title,
            kind="erasure" if self._erased else self.kind,
            of=self.of,
            totals={name: sorted(gone) for name, gone in self._erased.items()} or None,
        )
        self.changed = Changed(written, tables)

    @contextmanager
    def inner(self) -> Iterator[None]:
        """Take back what is done in the block, and only that, if an exception leaves it."""
        erased = {name: set(gone) for name, gone in self._erased.items()}
        self._execute("SAVEPOINT inner_change")
        try:
            yield
        except BaseException:
            # A full disk takes the whole transaction, and the savepoint with it.
            if self._conn.in_transaction:
                self._execute("ROLLBACK TO inner_change")
                self._execute("RELEASE inner_change")
            self._erased = erased
            raise
        self._execute("RELEASE inner_change")

    def _log(self, entry: Entry, feed: search.Feed, known: Table) -> list[int]:
        """Log and index what was touched of one table; returns the ids of what has changed."""
        erased = self._erased.get(known.name, set())
        ids = []
        for batch in self._touched.walk(known):
            feed.take(known, batch)
            for row_id, was, now in batch:
                if was != now:
                    ids.append(row_id)
                    if row_id not in erased:
                        entry.add(known, row_id, was, now)
        return ids

    def _forget(self, entry: Entry) -> None:
        """Take what the log kept of the rows to be erased, and log how they are from now on."""
        forget(self.database, self._erased)
        for name, gone in self._erased.items():
            known = self._schema.table(name)
            now = self._touched.fetch(known, gone)
            for row_id in sorted(gone):
                entry.add_images(name, row_id, None, pictured(known, now.get(row_id)))
        attachments.drop_unnamed(self.database)

    def _check(self, known: Table, ids: Sequence[int]) -> None:
        """Raise `Missing` for the first of the ids that there is no row for."""
        present = set(self._touched.present(known, ids))
        for each in ids:
            if each not in present:
                name = self._writer.registry.called(known.name)
                raise Missing(f"There is no {name} {each} any more.")

    def _follow(self, known: Table, ids: Collection[int], leaving: dict[str, set[int]]) -> None:
        """Find what ON DELETE takes along, so that it is logged and can be undone.

        Nothing is deleted before all of it is known: SQLite would take the rest along unseen.
        """
        for each in known.referenced:
            if each.on_delete not in ("CASCADE", "SET NULL"):
                continue
            statement = sql(
                "SELECT id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
                table=each.table,
                column=each.column,
            )
            found = {row_id for (row_id,) in self._execute(statement, [str(list(ids))])}
            child = self._schema.table(each.table)
            if each.on_delete == "SET NULL":
                self._touched.remember(child, found)
                continue
            taken = leaving.setdefault(child.name, set())
            new = found - taken
            taken |= new
            if new:
                self._follow(child, new, leaving)

    def _unlink_all(self, table: str, ids: Iterable[int]) -> None:
        if table != "link":
            kinds = {table, *(kind.name for kind in self._writer.registry.of_table(table))}
            self.delete_many("link", links.about(self.database, kinds, list(ids)))
