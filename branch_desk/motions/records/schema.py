"""The table of motions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("motions")


@migrations()
def m001_start(db: Database) -> None:
    """Make the table of motions."""
    db.execute(
        """
        CREATE TABLE motion (
            id INTEGER PRIMARY KEY,
            year INTEGER NOT NULL,
            serial INTEGER NOT NULL,
            title TEXT NOT NULL CHECK (title <> ''),
            text TEXT NOT NULL,
            reasons TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL CHECK (kind IN
                ('ordinary', 'emergency', 'no-confidence', 'rule-change', 'procedural')),
            mover TEXT NOT NULL DEFAULT '',
            mover_member INTEGER,
            seconder TEXT NOT NULL DEFAULT '',
            seconder_member INTEGER,
            received_on TEXT,
            arose_on TEXT,
            addressed_to TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN
                ('draft', 'received', 'accepted', 'ruled-out', 'carried', 'lost', 'remitted',
                 'withdrawn', 'fallen')),
            ruling TEXT NOT NULL DEFAULT '',
            decided_on TEXT,
            votes_for INTEGER CHECK (votes_for >= 0),
            votes_against INTEGER CHECK (votes_against >= 0),
            abstentions INTEGER CHECK (abstentions >= 0),
            present INTEGER CHECK (present >= 0),
            casting TEXT NOT NULL DEFAULT '' CHECK (casting IN ('', 'for', 'against')),
            threshold TEXT NOT NULL DEFAULT '',
            base TEXT NOT NULL DEFAULT '',
            UNIQUE (year, serial),
            CHECK ((votes_for IS NULL) = (votes_against IS NULL)),
            CHECK (decided_on IS NOT NULL OR votes_for IS NULL)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX motion_state ON motion (state)")
    db.execute("CREATE INDEX motion_mover ON motion (mover_member)")
    db.execute("CREATE INDEX motion_seconder ON motion (seconder_member)")


SLICE = Slice(
    "motions",
    migrations,
    kinds=(
        Kind(
            "motion",
            "motion",
            title="printf('%d/%02d', year, serial) || ' ' || title",
            searched=("title", "text", "reasons", "mover", "seconder"),
        ),
    ),
)
