"""The tables of meetings, agendas, documents, attendance and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("meetings")


@migrations()
def m001_start(db: Database) -> None:
    """Make the tables of meetings, agendas, documents, attendance and notices."""
    db.execute(
        """
        CREATE TABLE meeting (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'annual', 'special', 'committee')),
            title TEXT NOT NULL CHECK (title <> ''),
            starts_at TEXT NOT NULL,
            place TEXT NOT NULL DEFAULT '',
            online_at TEXT NOT NULL DEFAULT '',
            notes TEXT NOT NULL DEFAULT '',
            minutes TEXT NOT NULL DEFAULT '',
            minutes_state TEXT NOT NULL DEFAULT 'none'
                CHECK (minutes_state IN ('none', 'draft', 'agreed')),
            minutes_agreed_on TEXT,
            CHECK ((minutes_state = 'agreed') = (minutes_agreed_on IS NOT NULL))
        ) STRICT
        """
    )
    db.execute("CREATE INDEX meeting_starts ON meeting (starts_at)")
    db.execute(
        """
        CREATE TABLE agenda_item (
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting (id),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN
                ('welcome', 'minutes', 'correspondence', 'report', 'motions', 'document',
                 'business', 'next-meeting')),
            title TEXT NOT NULL CHECK (title <> ''),
            minutes INTEGER CHECK (minutes >= 0),
            notes TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )
    db.execute("CREATE INDEX agenda_item_meeting ON agenda_item (meeting, position)")
    db.execute(
        """
        CREATE TABLE agenda_document (
            id INTEGER PRIMARY KEY,
            item INTEGER NOT NULL REFERENCES agenda_item (id),
            title TEXT NOT NULL CHECK (title <> ''),
            attachment INTEGER NOT NULL,
            pages INTEGER NOT NULL CHECK (pages > 0)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX agenda_document_item ON agenda_document (item)")
    db.execute(
        """
        CREATE TABLE attendance (
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting (id),
            member INTEGER,
            name TEXT NOT NULL CHECK (name <> ''),
            presence TEXT NOT NULL CHECK (presence IN ('present', 'apologies')),
            how TEXT NOT NULL DEFAULT '' CHECK (how IN ('', 'hall', 'online')),
            UNIQUE (meeting, member),
            CHECK ((presence = 'present') = (how <> ''))
        ) STRICT
        """
    )
    db.execute("CREATE INDEX attendance_member ON attendance (member)")
    db.execute(
        """
        CREATE TABLE meeting_notice (
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting (id),
            sent_on TEXT NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('email', 'post', 'hand', 'posted up')),
            recipients INTEGER CHECK (recipients >= 0),
            note TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )
    db.execute("CREATE INDEX meeting_notice_meeting ON meeting_notice (meeting, sent_on)")


@migrations()
def m002_minuted(db: Database) -> None:
    """Keep who leads an item, the proof of a notice, and the decisions and actions of a meeting."""
    db.execute("ALTER TABLE agenda_item ADD COLUMN leads TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE meeting_notice ADD COLUMN attachment INTEGER")
    db.execute(
        """
        CREATE TABLE minute_entry (
            id INTEGER PRIMARY KEY,
            meeting INTEGER NOT NULL REFERENCES meeting (id),
            item INTEGER REFERENCES agenda_item (id),
            kind TEXT NOT NULL CHECK (kind IN ('decision', 'action')),
            text TEXT NOT NULL CHECK (text <> ''),
            owner TEXT NOT NULL DEFAULT '',
            due_on TEXT,
            done_on TEXT,
            CHECK (kind = 'action' OR done_on IS NULL)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX minute_entry_meeting ON minute_entry (meeting)")
    db.execute("CREATE INDEX minute_entry_item ON minute_entry (item)")


SLICE = Slice(
    "meetings",
    migrations,
    kinds=(
        Kind(
            "meeting",
            "meeting",
            title="title || ', ' || substr(starts_at, 1, 10)",
            searched=("title", "place", "notes", "minutes"),
        ),
        Kind("agenda_item", "agenda_item", title="title", searched=("title", "notes")),
    ),
)
