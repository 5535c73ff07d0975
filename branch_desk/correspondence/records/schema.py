"""The tables of threads, letters, what they refer to and what was enclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("correspondence")


@migrations()
def m001_start(db: Database) -> None:
    """Make threads, letters, what letters refer to and what was enclosed."""
    for statement in _START.split(";\n"):
        db.execute(statement)


_START = """
CREATE TABLE thread (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, subject_key TEXT NOT NULL,
    office TEXT NOT NULL DEFAULT '', closed_on TEXT
) STRICT;
CREATE INDEX thread_subject_key ON thread (subject_key);
CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    thread INTEGER NOT NULL REFERENCES thread (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    dated TEXT NOT NULL, sent_at TEXT,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, party TEXT NOT NULL, office TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL,
    automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    automatic_because TEXT NOT NULL,
    automatic_guess INTEGER NOT NULL CHECK (automatic_guess IN (0, 1)),
    wants_answer INTEGER NOT NULL CHECK (wants_answer IN (0, 1)),
    promised_by TEXT,
    message_id TEXT NOT NULL, digest TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX letter_clock ON letter
    (thread, dated, sent_at, id, direction, automatic, wants_answer, promised_by);
CREATE INDEX letter_dated ON letter (dated);
CREATE INDEX letter_digest ON letter (digest);
CREATE INDEX letter_message_id ON letter (message_id) WHERE message_id <> '';
CREATE TABLE letter_reference (
    id INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letter (id),
    message_id TEXT NOT NULL
) STRICT;
CREATE INDEX letter_reference_to ON letter_reference (message_id, letter);
CREATE INDEX letter_reference_from ON letter_reference (letter);
CREATE TABLE enclosure (
    id INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letter (id),
    attachment INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX enclosure_letter ON enclosure (letter)"""


@migrations()
def m002_said_by_hand(db: Database) -> None:
    """Keep whether a letter asks for an answer, and in which words its writer seems to leave."""
    db.execute("ALTER TABLE letter ADD COLUMN asks INTEGER CHECK (asks IN (0, 1))")
    db.execute("ALTER TABLE letter ADD COLUMN leaving TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX letter_leaving ON letter (thread) WHERE leaving <> ''")


SLICE = Slice(
    "correspondence",
    migrations,
    kinds=(
        Kind("thread", "thread", title="subject", searched=("subject", "office")),
        Kind(
            "letter",
            "letter",
            title="subject || ' (' || dated || ')'",
            searched=("subject", "sender", "recipient", "office", "body"),
        ),
    ),
)
