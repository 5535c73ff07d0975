"""Files kept inside the branch file: by the SHA-256 of their bytes, once each, compressed.

An attachment is a row with a name and a media type; its bytes are in `content`, which several may
share. What names an attachment: a column called `attachment` or ending in `_attachment`, a column
with a foreign key to `attachment`, or a link from or to the kind "attachment". When a change takes
the last of these away the attachment goes in the same change, and its bytes go once no image in
the log names them either.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.schema import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from branch_desk.store.change import Change
    from branch_desk.store.connections import Database
    from branch_desk.store.schema import Schema, Table
    from branch_desk.store.touched import Row

LIMIT = 50 * 1_000_000
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")

CREATE = (
    """CREATE TABLE attachment (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        digest TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX attachment_digest ON attachment (digest)",
    """CREATE TABLE content (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
        data BLOB NOT NULL
    ) STRICT""",
)


def keep(database: Database, data: bytes, name: str) -> str:
    """Keep a file's bytes and return their SHA-256; raises `Invalid` above 50 MB."""
    if len(data) > LIMIT:
        raise Invalid(
            f"“{name}” is {len(data) / 1_000_000:.1f} MB; a branch file keeps files of up to"
            f" {LIMIT // 1_000_000} MB. Make it smaller, or leave it out and say where it is."
        )
    return remember(database, data)


def remember(database: Database, data: bytes) -> str:
    """Keep bytes, compressed where that helps, and return their SHA-256."""
    digest = sha256(data).hexdigest()
    if not database.conn.execute("SELECT 1 FROM content WHERE digest = ?", [digest]).fetchone():
        packed = zlib.compress(data, 6)
        smaller = len(packed) < len(data)
        database.conn.execute(
            "INSERT INTO content (digest, packed, data) VALUES (?, ?, ?)",
            [digest, int(smaller), packed if smaller else data],
        )
    return digest


def read(database: Database, attachment_id: int) -> bytes:
    """Return the bytes of an attachment; raises `Missing`."""
    row = database.conn.execute(
        "SELECT packed, data FROM attachment JOIN content USING (digest) WHERE attachment.id = ?",
        [attachment_id],
    ).fetchone()
    if row is None:
        raise Missing(f"There is no attachment {attachment_id} any more.")
    return _unpacked(*row)


def contents(database: Database, digest: str) -> bytes | None:
    """Return bytes by their SHA-256, if they are kept."""
    row = database.conn.execute(
        "SELECT packed, data FROM content WHERE digest = ?", [digest]
    ).fetchone()
    return _unpacked(*row) if row else None


def altered(database: Database) -> list[str]:
    """Return the attachments whose bytes are not those their digest stands for, by name."""
    wrong = []
    for name, digest in database.conn.execute("SELECT name, digest FROM attachment ORDER BY id"):
        try:
            data = contents(database, digest)
        except zlib.error:
            data = None
        if data is None or sha256(data).hexdigest() != digest:
            wrong.append(name)
    return wrong


def sweep(
    change: Change, schema: Schema, before: Iterable[tuple[str, Mapping[int, Row | None]]]
) -> None:
    """Take out, inside a change, each attachment that the change took the last name away from."""
    released = {
        each for table, rows in before for each in _named_by(schema.table(table), rows.values())
    }
    columns = [(each.name, name) for each in schema.tables.values() for name in each.attachments]
    present = sorted(change.fetch("attachment", released))
    gone = [each for each in present if not _is_named(change.database, columns, each)]
    change.delete_many("attachment", gone)


def drop_unnamed(database: Database) -> None:
    """Drop the bytes that neither an attachment nor an image in the log names any more."""
    execute = database.conn.execute
    unnamed = {
        digest
        for (digest,) in execute("SELECT digest FROM content EXCEPT SELECT digest FROM attachment")
    }
    if unnamed:
        for images in execute("SELECT before, after FROM audit_row WHERE salt IS NOT NULL"):
            for image in filter(None, images):
                unnamed.difference_update(_DIGEST.findall(image))
        database.conn.executemany(
            "DELETE FROM content WHERE digest = ?", [(each,) for each in unnamed]
        )


def _unpacked(packed: int, data: bytes) -> bytes:
    return zlib.decompress(data) if packed else data


def _named_by(known: Table, rows: Iterable[Row | None]) -> Iterator[int]:
    """Return the ids of attachments that rows of a table name."""
    at = [known.columns.index(name) for name in known.attachments]
    if known.name == "link":
        for row in filter(None, rows):
            fields = dict(zip(known.columns, row, strict=True))
            for side in ("from", "to"):
                if fields[f"{side}_kind"] == "attachment":
                    yield fields[f"{side}_id"]
    elif at:
        for row in filter(None, rows):
            yield from (row[each] for each in at if row[each] is not None)


def _is_named(database: Database, columns: Iterable[tuple[str, str]], attachment_id: int) -> bool:
    execute = database.conn.execute
    linked = execute(
        "SELECT 1 FROM link WHERE from_kind = 'attachment' AND from_id = :id"
        " UNION ALL SELECT 1 FROM link WHERE to_kind = 'attachment' AND to_id = :id",
        {"id": attachment_id},
    ).fetchone()
    return linked is not None or any(
        execute(
            sql("SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", table=table, column=column),
            [attachment_id],
        ).fetchone()
        for table, column in columns
    )
