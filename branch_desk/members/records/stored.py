"""Members as they are stored, for going through a whole list fast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branch_desk.store.store import Store


def as_stored(store: Store, ids: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Return everybody, or some, as they are stored."""
    if ids is None:
        return store.rows("SELECT * FROM member")
    return store.rows(
        "SELECT * FROM member WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )


def extra_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what is kept beside our fields in a row of `as_stored`."""
    found: dict[str, str] = json.loads(row["extra"])
    return found


def has_number(store: Store, number: str) -> bool:
    """Whether somebody has this number."""
    return store.value("SELECT id FROM member WHERE number = ?", (number,)) is not None


def names(store: Store, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return surname and forename by id."""
    rows = store.rows(
        "SELECT id, surname, forename FROM member WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row["id"]: (row["surname"], row["forename"]) for row in rows}
