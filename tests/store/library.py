"""A small slice for the tests of the store: authors, their books, loans, and a secret vote."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from branch_desk.store import audit
from branch_desk.store.registry import Kind, Migrations, Slice
from branch_desk.store.store import Store

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)

migrations = Migrations("library")


@migrations()
def m001_start(db):
    for statement in (
        """CREATE TABLE author (
            id INTEGER PRIMARY KEY,
            surname TEXT NOT NULL CHECK (surname <> 'nobody'),
            forename TEXT NOT NULL DEFAULT 'Anon',
            phone TEXT,
            born TEXT
        ) STRICT""",
        """CREATE TABLE book (
            id INTEGER PRIMARY KEY,
            author INTEGER REFERENCES author (id) ON DELETE CASCADE,
            sequel_of INTEGER REFERENCES book (id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            shelf INTEGER UNIQUE,
            price REAL,
            cover BLOB,
            attachment INTEGER,
            second_attachment INTEGER,
            scan INTEGER REFERENCES attachment (id)
        ) STRICT""",
        """CREATE TABLE loan (
            id INTEGER PRIMARY KEY,
            book INTEGER REFERENCES book (id) ON DELETE SET NULL,
            reader TEXT
        ) STRICT""",
        """CREATE TABLE review (
            id INTEGER PRIMARY KEY,
            book INTEGER NOT NULL REFERENCES book (id),
            body TEXT
        ) STRICT""",
        "CREATE TABLE vote (id INTEGER PRIMARY KEY, code TEXT UNIQUE, choice TEXT) STRICT",
    ):
        db.execute(statement)


AUTHOR = Kind(
    "author",
    "author",
    title="forename || ' ' || surname",
    searched=("surname", "forename", "phone"),
)
BOOK = Kind("book", "book", title="title", searched=("title",))
REVIEW = Kind("review", "review", title="body")
SLICE = Slice("library", migrations, kinds=(AUTHOR, BOOK, REVIEW), sealed=("vote",))


def opening(path, key, *slices, make=False, clock=lambda: NOW):
    """Open the library at a path, or make one."""
    return (Store.create if make else Store.open)(
        path, key, slices or [SLICE], clock=clock, random=Random(1), actor="tester"
    )


@cache
def template():
    """An empty library and the key it opens with; deriving one takes longer than most tests."""
    path = Path(mkdtemp()) / "Library.branch"
    with opening(path, "correct horse", make=True) as store:
        return path, store.key


def opened(folder, clock=lambda: NOW):
    """Open a fresh library in a folder."""
    path, key = template()
    return opening(Path(shutil.copy(path, folder)), key, clock=clock)


def snapshot(store):
    """Everything a user could see change: every row of the library's own tables, and the links."""
    return {
        table: store.rows(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
        for table in ("author", "book", "loan", "review", "link", "attachment")
    }


def verdict(store):
    """Whether the log adds up."""
    return audit.verify(store.database, store.registry)


def behind_the_back(store, sql, params=()):
    """Write as only somebody with the passphrase and another program could."""
    connection = store.database.conn
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    done = connection.execute(sql, params).rowcount
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA query_only = ON")
    return done
