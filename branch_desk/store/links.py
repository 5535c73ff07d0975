"""References between slices, which no foreign key may cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.store.schema import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from branch_desk.store.connections import Database
    from branch_desk.store.registry import Registry

CREATE = (
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY,
        from_kind TEXT NOT NULL CHECK (from_kind <> ''),
        from_id INTEGER NOT NULL,
        to_kind TEXT NOT NULL CHECK (to_kind <> ''),
        to_id INTEGER NOT NULL,
        role TEXT NOT NULL,
        UNIQUE (from_kind, from_id, role, to_kind, to_id)
    ) STRICT""",
    "CREATE INDEX link_to ON link (to_kind, to_id, role)",
)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One thing of a registered kind, named by its permanent row id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Link:
    """`source` refers to `target` in a role such as "evidence" or "cause"."""

    source: Ref
    target: Ref
    role: str


_SELECT = "SELECT from_kind, from_id, to_kind, to_id, role FROM link WHERE "


def links_from(database: Database, source: Ref, role: str | None = None) -> list[Link]:
    """Return what a thing refers to, oldest first; of one role only, if one is named."""
    where = "from_kind = ? AND from_id = ?"
    return _found(database, where, source, role)


def links_to(database: Database, target: Ref, role: str | None = None) -> list[Link]:
    """Return what refers to a thing, oldest first; of one role only, if one is named."""
    where = "to_kind = ? AND to_id = ?"
    return _found(database, where, target, role)


def _found(database: Database, where: str, ref: Ref, role: str | None) -> list[Link]:
    params: list[str | int] = [ref.kind, ref.id]
    if role is not None:
        where += " AND role = ?"
        params.append(role)
    return [
        Link(Ref(from_kind, from_id), Ref(to_kind, to_id), said)
        for from_kind, from_id, to_kind, to_id, said in database.conn.execute(
            f"{_SELECT}{where} ORDER BY id", params
        )
    ]


def find(database: Database, source: Ref, target: Ref, role: str) -> int | None:
    """Return the row of a link, if there is that link."""
    row = database.conn.execute(
        "SELECT id FROM link WHERE from_kind = ? AND from_id = ?"
        " AND to_kind = ? AND to_id = ? AND role = ?",
        (source.kind, source.id, target.kind, target.id, role),
    ).fetchone()
    return int(row[0]) if row else None


def about(database: Database, kinds: Iterable[str], ids: Sequence[int]) -> list[int]:
    """Return the rows of all links from or to things of these kinds with these ids."""
    found = [
        row_id
        for kind in sorted(kinds)
        for side in ("from", "to")
        for (row_id,) in database.conn.execute(
            sql(
                "SELECT id FROM link WHERE {kind} = ? AND {id} IN (SELECT value FROM json_each(?))",
                kind=f"{side}_kind",
                id=f"{side}_id",
            ),
            [kind, str(list(ids))],
        )
    ]
    return sorted(set(found))


def title(database: Database, registry: Registry, ref: Ref) -> str | None:
    """Return what a thing is called, by its kind's title; None if it is no longer there."""
    return titles(database, registry, ref.kind, [ref.id]).get(ref.id)


def titles(database: Database, registry: Registry, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """Return what things of one kind are called, in one query; those not there are left out."""
    known = registry.kind(kind)
    # The title is an expression of the slice's own, the only SQL that is not a name.
    select = sql(
        "SELECT id, :title FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
        table=known.table,
    ).replace(":title", known.title)
    found = database.conn.execute(select, [str(list(ids))])
    return {row_id: str(text) for row_id, text in found}
