"""Undo and redo: each is a new change that puts rows back as the log kept them.

What can be undone is worked out from the log alone, so it survives closing the file.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from branch_desk.store import attachments, links
from branch_desk.store.entry import KEPT, Kept, pictured
from branch_desk.store.errors import Conflict
from branch_desk.store.links import Ref
from branch_desk.store.schema import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from branch_desk.store.change import Change, Changed, Writer
    from branch_desk.store.connections import Database
    from branch_desk.store.schema import Table


def undo(writer: Writer) -> str:
    """Take back the newest change that stands; returns its title.

    Upkeep written since is taken back with it. Raises `Conflict`, and changes nothing, if there is
    none, if a row has changed since, or if what it needs was erased.
    """
    with writer.lock:
        writer.refuse_inside("undo")
        found = undoable(writer.database())
        if found is None:
            raise Conflict("There is nothing to undo.")
        of, title = found
        steps = [("undo", each) for each, _ in _standing(writer.database(), "upkeep", of)]
        return _again(writer, title, [*steps, ("undo", of)])


def redo(writer: Writer) -> str:
    """Do again what was undone last, until a new change is made; returns its title.

    Upkeep written since makes room for it, and what was taken back with it is done again. Raises
    `Conflict` as `undo` does.
    """
    with writer.lock:
        writer.refuse_inside("redo")
        database = writer.database()
        found = redoable(database)
        if found is None:
            raise Conflict("There is nothing to redo.")
        of, title = found
        (since,) = database.conn.execute(
            "SELECT max(id) FROM audit_entry WHERE of = ?", [of]
        ).fetchone()
        steps = [("undo", each) for each, _ in _standing(database, "upkeep", since)]
        with_it = [("redo", each) for each in _undone_with(database, of)]
        return _again(writer, title, [*steps, ("redo", of), *with_it])


def undoable(database: Database) -> tuple[int, str] | None:
    """Return id and title of the change that `undo` would take back, if any."""
    (since,) = database.conn.execute(
        "SELECT coalesce(max(id), 0) FROM audit_entry WHERE kind = 'release'"
    ).fetchone()
    found = _standing(database, "change", since, limit=1)
    return found[0] if found else None


def redoable(database: Database) -> tuple[int, str] | None:
    """Return id and title of the change that `redo` would do again, if any."""
    found = [(of, title) for of, kind, title in _undone(database) if kind == "change"]
    return found[-1] if found else None


def _standing(
    database: Database, kind: str, since: int, *, limit: int = -1
) -> list[tuple[int, str]]:
    """Return id and title of what was written after an entry and not undone, newest first."""
    found: list[tuple[int, str]] = database.conn.execute(
        "SELECT id, title FROM audit_entry AS entry WHERE kind = ? AND id > ?"
        " AND 'undo' IS NOT (SELECT kind FROM audit_entry WHERE of = entry.id"
        " AND kind IN ('undo', 'redo') ORDER BY id DESC LIMIT 1)"
        " ORDER BY id DESC LIMIT ?",
        [kind, since, limit],
    ).fetchall()
    return found


def _undone_with(database: Database, of: int) -> list[int]:
    """Return the upkeep that was taken back to make room for undoing a change, oldest first."""
    undone = _undone(database)
    at = [entry for entry, _, _ in undone].index(of)
    before = takewhile(lambda each: each[1] == "upkeep", reversed(undone[:at]))
    return [entry for entry, _, _ in before]


def _undone(database: Database) -> list[tuple[int, str, str]]:
    """Return id, kind and title of what was undone since the last new change, latest last."""
    undone: list[tuple[int, str, str]] = []
    for done, of, kind, title in database.conn.execute(
        "SELECT done.kind, done.of, entry.kind, entry.title FROM audit_entry AS done"
        " JOIN audit_entry AS entry ON entry.id = done.of"
        " WHERE done.kind IN ('undo', 'redo') AND done.id > (SELECT coalesce(max(id), 0)"
        " FROM audit_entry WHERE kind NOT IN ('undo', 'redo', 'upkeep')) ORDER BY done.id"
    ):
        if done == "undo":
            undone.append((of, kind, title))
        else:
            # Upkeep above it in the list only made room, and is not done again.
            del undone[undone.index((of, kind, title)) :]
    return undone


def _again(writer: Writer, title: str, steps: Sequence[tuple[str, int]]) -> str:
    """Do the steps, (kind, entry), each as an entry of its own: all of them, or none."""
    done: list[Changed] = []
    with _no_foreign_keys(writer.database()), writer.apart(title) as database:
        for kind, of in steps:
            (said,) = database.conn.execute(
                "SELECT title FROM audit_entry WHERE id = ?", [of]
            ).fetchone()
            with writer.beginning(said, kind, of) as change:
                _restore(writer, change, _rows(database, of), title, back=kind == "undo")
            done.append(change.changed)
    for changed in done:
        writer.tell(changed)
    return title


@contextmanager
def _no_foreign_keys(database: Database) -> Iterator[None]:
    """Switch foreign keys and their actions off; what is put back is checked row by row."""
    database.conn.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        database.conn.execute("PRAGMA foreign_keys = ON")


def _rows(database: Database, entry: int) -> dict[str, list[Kept]]:
    """Return what an entry did, table by table."""
    found: dict[str, list[Kept]] = {}
    first, count = database.conn.execute(
        "SELECT first_row, row_count FROM audit_entry WHERE id = ?", [entry]
    ).fetchone()
    for row in database.conn.execute(
        KEPT + "WHERE id >= ? AND id < ? ORDER BY id", [first, first + count]
    ):
        kept = Kept(*row)
        found.setdefault(kept.table_name, []).append(kept)
    return found


def _restore(
    writer: Writer, change: Change, rows: dict[str, list[Kept]], title: str, *, back: bool
) -> None:
    word = "undone" if back else "done again"
    if any(each.salt is None for some in rows.values() for each in some):
        raise Conflict(f"“{title}” cannot be {word}: what it needs was erased from the log.")
    for table, some in rows.items():
        known = change.table(table)
        live = change.fetch(table, [each.row_id for each in some])
        for each in some:
            expected, _ = _images(each, back=back)
            if pictured(known, live.get(each.row_id)) != expected:
                name = _name(writer, change, known, each)
                raise Conflict(f"“{title}” cannot be {word}: {name} has changed since.")
    for table, some in rows.items():
        known = change.table(table)
        change.restore(
            table,
            {
                each.row_id: _values(change.database, known, _images(each, back=back)[1])
                for each in some
            },
        )
    for table, some in rows.items():
        _check_references(change, change.table(table), [each.row_id for each in some], title, word)


def _images(row: Kept, *, back: bool) -> tuple[str | None, str | None]:
    """Return what the row has to be now, and what it becomes."""
    return (row.after, row.before) if back else (row.before, row.after)


def _values(database: Database, known: Table, image: str | None) -> tuple[Any, ...] | None:
    if image is None:
        return None
    fields = json.loads(image)
    values = [fields[name] for name in known.columns]
    if known.has_blobs:
        return tuple(
            attachments.contents(database, each["sha256"]) if isinstance(each, dict) else each
            for each in values
        )
    return tuple(values)


def _name(writer: Writer, change: Change, known: Table, row: Kept) -> str:
    """Return what people call a row: by its kind's title, or by the newest they knew it by."""
    for kind in writer.registry.of_table(known.name):
        said = links.title(change.database, writer.registry, Ref(kind.name, row.row_id))
        if said:
            return f"“{said}”"
    return f"{writer.registry.called(known.name)} {row.row_id}"


def _check_references(
    change: Change, known: Table, ids: Sequence[int], title: str, word: str
) -> None:
    """Refuse to leave a row that names one that is not there."""
    for each in (*known.references, *known.referenced):
        broken = change.database.conn.execute(
            sql(
                "SELECT id FROM {child} AS child WHERE {ours} IN (SELECT value FROM json_each(?))"
                " AND {column} IS NOT NULL AND NOT EXISTS"
                " (SELECT 1 FROM {parent} AS parent WHERE parent.id = child.{column}) LIMIT 1",
                child=each.table,
                ours=each.column if each in known.referenced else "id",
                column=each.column,
                parent=each.parent,
            ),
            [str(list(ids))],
        ).fetchone()
        if broken:
            what = f"{each.table.replace('_', ' ')} {broken[0]}"
            raise Conflict(f"“{title}” cannot be {word}: {what} still needs it.")
