"""Who we are: the branch's details, its officers and the standing orders it has set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.branch import rules
from branch_desk.store import audit
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from branch_desk.store.store import Store

migrations = Migrations("branch")


@migrations()
def m001_start(db: Database) -> None:
    """Make the branch's details, its officers and its standing orders."""
    db.execute(
        """CREATE TABLE branch (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            name TEXT NOT NULL DEFAULT '',
            hq TEXT NOT NULL DEFAULT '',
            hq_email TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '',
            email TEXT NOT NULL DEFAULT '',
            accent TEXT NOT NULL DEFAULT '#1F6F54',
            printer TEXT NOT NULL DEFAULT '',
            promoter TEXT NOT NULL DEFAULT '',
            on_behalf_of TEXT NOT NULL DEFAULT ''
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE officer (
            id INTEGER PRIMARY KEY,
            office TEXT NOT NULL CHECK (office <> ''),
            name TEXT NOT NULL CHECK (name <> ''),
            member INTEGER,
            since TEXT,
            until TEXT,
            CHECK (since IS NULL OR until IS NULL OR since <= until)
        ) STRICT"""
    )
    db.execute("CREATE INDEX officer_member ON officer (member)")
    db.execute(
        """CREATE TABLE standing_order (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            value TEXT,
            clause TEXT NOT NULL DEFAULT ''
        ) STRICT"""
    )


SLICE = Slice(
    "branch",
    migrations,
    kinds=(
        Kind("officer", "officer", title="office || ': ' || name", searched=("office", "name")),
    ),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch and the body above it; each part of the imprint is a name and an address."""

    name: str = ""
    hq: str = ""
    hq_email: str = ""
    address: str = ""
    email: str = ""
    accent: str = "#1F6F54"
    printer: str = ""
    promoter: str = ""
    on_behalf_of: str = ""


DETAILS = tuple(Branch.__dataclass_fields__)


def details(store: Store) -> Branch:
    """Return the branch's details, all empty in a file where nothing was said yet."""
    row = store.one("SELECT * FROM branch WHERE id = 1")
    return Branch(**{name: row[name] for name in DETAILS}) if row else Branch()


def set_details(store: Store, **fields: str) -> None:
    """Say who we are; only the fields given change. Raises `Invalid` or `Missing`."""
    checked = {name: _detail(name, text) for name, text in fields.items()}
    with store.change("Change the branch's details") as change:
        if store.one("SELECT id FROM branch WHERE id = 1"):
            change.update("branch", 1, **checked)
        else:
            change.insert("branch", id=1, **checked)


def _detail(name: str, text: str) -> str:
    if name not in DETAILS:
        raise Missing(f"The branch has no detail “{name}”. It has {', '.join(DETAILS)}.")
    match name:
        case "accent":
            return rules.accent(text)
        case "email" | "hq_email":
            return rules.email(text)
        case "name" if not text.strip():
            raise Invalid("A branch needs a name.")
        case _:
            return text.strip()


# Officers


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody in an office from one day to another; None for "not known" or "still"."""

    id: int
    office: str
    name: str
    member: int | None
    since: date | None
    until: date | None


def _officer(row: Mapping[str, Any]) -> Officer:
    return Officer(
        id=row["id"],
        office=row["office"],
        name=row["name"],
        member=row["member"],
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )


def officers(store: Store, on: date | None = None) -> list[Officer]:
    """Return who is in office on a day, or everyone who ever was; first appointed first."""
    day = on.isoformat() if on else None
    rows = store.rows(
        """SELECT * FROM officer
        WHERE :day IS NULL
           OR (coalesce(since, '') <= :day AND coalesce(until, '9999-12-31') >= :day)
        ORDER BY since IS NOT NULL, since, id""",
        {"day": day},
    )
    return [_officer(row) for row in rows]


def officer(store: Store, officer_id: int) -> Officer:
    """Return one term of office; raises `Missing`."""
    row = store.one("SELECT * FROM officer WHERE id = ?", (officer_id,))
    if not row:
        raise Missing(f"There is no officer {officer_id}.")
    return _officer(row)


def add_officer(
    store: Store,
    office: str,
    name: str,
    *,
    member: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> int:
    """Put somebody into an office; returns the id of the term. Raises `Invalid`."""
    office, name = office.strip(), name.strip()
    if not office or not name:
        raise Invalid("An officer needs an office and a name.")
    _check_term(since, until)
    with store.change("Appoint an officer") as change:
        return change.insert(
            "officer", office=office, name=name, member=member, since=since, until=until
        )


def end_office(store: Store, officer_id: int, until: date) -> None:
    """Say on which day a term of office ended; raises `Missing` or `Invalid`."""
    held = officer(store, officer_id)
    _check_term(held.since, until)
    with store.change("End a term of office") as change:
        change.update("officer", officer_id, until=until)


def _check_term(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Invalid(f"A term of office cannot end ({until}) before it began ({since}).")


# Standing orders


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A setting as it stands; `value` None for "not set", `is_set` False for a default."""

    key: str
    title: str
    value: rules.Value | None
    words: str
    clause: str
    is_set: bool


def standing_orders(store: Store) -> list[StandingOrder]:
    """Return every setting as it stands, in the order of the standing orders."""
    rows = {row["key"]: row for row in store.rows("SELECT key, value, clause FROM standing_order")}
    found = []
    for key, each in rules.SETTINGS.items():
        row = rows.get(key)
        said = row["value"] if row else None
        value = each.default if said is None else rules.read_value(each, said)
        found.append(
            StandingOrder(
                key=key,
                title=each.title,
                value=value,
                words=rules.in_words(each, value),
                clause=row["clause"] if row else "",
                is_set=said is not None,
            )
        )
    return found


def settings(store: Store) -> dict[str, rules.Value | None]:
    """Return every setting's value by key: what the branch set, else the default, else None."""
    return {each.key: each.value for each in standing_orders(store)}


def setting(store: Store, key: str) -> rules.Value | None:
    """Return one setting's value, None where it is not set; raises `Missing` for no such key."""
    each = rules.known(key)
    said = store.value("SELECT value FROM standing_order WHERE key = ?", (key,))
    return each.default if said is None else rules.read_value(each, said)


def clause(store: Store, key: str) -> str:
    """Return the clause of the rule book that a setting comes from, empty where none is given."""
    rules.known(key)
    found = store.value("SELECT clause FROM standing_order WHERE key = ?", (key,))
    return str(found or "")


def set_setting(store: Store, key: str, text: str, *, clause: str | None = None) -> None:
    """Set a rule as the user writes it, with its clause; raises `Missing` or `Invalid`."""
    each = rules.known(key)
    value = str(rules.read_value(each, text))
    _write_order(store, key, f"Set “{each.title}”", value=value, clause=clause)


def unset_setting(store: Store, key: str) -> None:
    """Clear what the branch set, so that the default holds again or it is not set."""
    each = rules.known(key)
    row = store.one("SELECT id FROM standing_order WHERE key = ?", (key,))
    if row:
        with store.change(f"Clear “{each.title}”") as change:
            change.delete("standing_order", row["id"])


def set_clause(store: Store, key: str, clause: str) -> None:
    """Say which clause of the rule book a setting comes from."""
    each = rules.known(key)
    _write_order(store, key, f"Set the clause of “{each.title}”", clause=clause)


def _write_order(
    store: Store, key: str, title: str, *, value: str | None = None, clause: str | None = None
) -> None:
    said = {} if value is None else {"value": value}
    if clause is not None:
        said["clause"] = clause.strip()
    row = store.one("SELECT id FROM standing_order WHERE key = ?", (key,))
    with store.change(title) as change:
        if row:
            change.update("standing_order", row["id"], **said)
        else:
            change.insert("standing_order", key=key, **said)


# The log


def log_ids(store: Store) -> list[int]:
    """Return the ids of what was ever done to the file, newest first."""
    with store.reading() as database:
        return audit.ids(database)


def log(store: Store, entry_ids: Sequence[int]) -> list[audit.Logged]:
    """Return entries of the log in the order of their ids."""
    with store.reading() as database:
        return audit.many(database, entry_ids)
