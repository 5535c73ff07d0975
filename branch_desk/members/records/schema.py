"""The tables of the members' slice, and what it tells the store about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.members.records.deeds import keep_up
from branch_desk.members.rules import EventKind, Standing
from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("members")

STANDINGS = ", ".join(f"'{standing.value}'" for standing in Standing)
KINDS = ", ".join(f"'{kind.value}'" for kind in EventKind)

# `sort_name` is the folded name that lists are ordered by. `standing`, the three flags and
# `changes_on` are worked out from the events by the deed that writes them; `changes_on` is the next
# day on which they will be different although nobody writes anything.
MEMBER = f"""CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL DEFAULT '',
    surname TEXT NOT NULL DEFAULT '',
    forename TEXT NOT NULL DEFAULT '',
    known_as TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    pronouns TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    postcode TEXT NOT NULL DEFAULT '',
    ward TEXT NOT NULL DEFAULT '',
    polling_district TEXT NOT NULL DEFAULT '',
    born_on TEXT,
    joined_on TEXT,
    type TEXT NOT NULL DEFAULT '',
    payment TEXT NOT NULL DEFAULT 'unknown'
        CHECK (payment IN ('unknown', 'paid', 'due', 'arrears', 'stopped', 'exempt')),
    pays_by TEXT NOT NULL DEFAULT '',
    arrears_pence INTEGER NOT NULL DEFAULT 0 CHECK (arrears_pence >= 0),
    arrears_since TEXT,
    skills TEXT NOT NULL DEFAULT '',
    offers TEXT NOT NULL DEFAULT '',
    access_needs TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    extra TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(extra)),
    sort_name TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL DEFAULT 'applicant' CHECK (standing IN ({STANDINGS})),
    resignation_said INTEGER NOT NULL DEFAULT 0 CHECK (resignation_said IN (0, 1)),
    payment_stopped INTEGER NOT NULL DEFAULT 0 CHECK (payment_stopped IN (0, 1)),
    vanished INTEGER NOT NULL DEFAULT 0 CHECK (vanished IN (0, 1)),
    changes_on TEXT
) STRICT"""

EVENT = f"""CREATE TABLE member_event (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ({KINDS})),
    said_on TEXT,
    effective_on TEXT,
    hq_recorded_on TEXT,
    entered_at TEXT NOT NULL,
    corrects INTEGER REFERENCES member_event (id) ON DELETE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    CHECK ((kind <> 'struck-out') OR (corrects IS NOT NULL))
) STRICT"""

CONSENT = """CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'phone', 'text', 'post')),
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    decided_on TEXT NOT NULL,
    wording TEXT NOT NULL DEFAULT ''
) STRICT"""

HQ_LIST = """CREATE TABLE hq_list (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    as_of TEXT NOT NULL,
    received_at TEXT NOT NULL,
    attachment INTEGER,
    rows INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    conflicting INTEGER NOT NULL,
    vanished INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    problems INTEGER NOT NULL
) STRICT"""

SENDING = """CREATE TABLE sending (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('welcome', 'message')),
    subject TEXT NOT NULL,
    sent_on TEXT NOT NULL
) STRICT"""

SENT_TO = """CREATE TABLE sent_to (
    id INTEGER PRIMARY KEY,
    sending INTEGER NOT NULL REFERENCES sending (id) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('email', 'post'))
) STRICT"""

INDEXES = (
    "CREATE UNIQUE INDEX member_number ON member (number) WHERE number <> ''",
    "CREATE INDEX member_by_number ON member (length(number), number)",
    "CREATE INDEX member_by_name ON member (sort_name)",
    "CREATE INDEX member_by_standing ON member (standing, sort_name)",
    "CREATE INDEX member_by_ward ON member (ward, sort_name)",
    "CREATE INDEX member_by_type ON member (type, sort_name)",
    "CREATE INDEX member_by_joined ON member (joined_on)",
    "CREATE INDEX member_by_postcode ON member (postcode)",
    "CREATE INDEX member_by_email ON member (email COLLATE NOCASE) WHERE email <> ''",
    "CREATE INDEX member_said ON member (sort_name) WHERE resignation_said = 1",
    "CREATE INDEX member_stopped ON member (sort_name) WHERE payment_stopped = 1",
    "CREATE INDEX member_vanished ON member (sort_name) WHERE vanished = 1",
    "CREATE INDEX member_changes ON member (changes_on) WHERE changes_on IS NOT NULL",
    "CREATE INDEX member_event_member ON member_event (member)",
    "CREATE INDEX member_event_corrects ON member_event (corrects) WHERE corrects IS NOT NULL",
    "CREATE INDEX consent_member ON consent (member)",
    "CREATE INDEX hq_list_digest ON hq_list (digest)",
    "CREATE INDEX hq_list_as_of ON hq_list (as_of)",
)


@migrations()
def m001_start(db: Database) -> None:
    """Make the members, what happened to them, what they agreed to, and HQ's lists."""
    for statement in (MEMBER, EVENT, CONSENT, HQ_LIST, *INDEXES):
        db.execute(statement)


@migrations()
def m002_sendings(db: Database) -> None:
    """Keep what was sent to whom, and by which way."""
    for statement in (
        SENDING,
        SENT_TO,
        "CREATE INDEX sent_to_member ON sent_to (member)",
        "CREATE INDEX sent_to_sending ON sent_to (sending)",
    ):
        db.execute(statement)


SLICE = Slice(
    "members",
    migrations,
    kinds=(
        Kind(
            "member",
            "member",
            title="trim(forename || ' ' || surname)",
            searched=(
                "number",
                "surname",
                "forename",
                "known_as",
                "email",
                "phone",
                "mobile",
                "address",
                "postcode",
                "ward",
                "skills",
                "offers",
                "notes",
            ),
        ),
        Kind(
            "member_event",
            "member_event",
            title=(
                "(SELECT trim(forename || ' ' || surname) FROM member"
                " WHERE id = member_event.member) || ': ' || replace(kind, '-', ' ')"
            ),
        ),
        Kind("hq_list", "hq_list", title="'HQ''s list of ' || as_of || ' (' || name || ')'"),
    ),
    keep_up=keep_up,
)
