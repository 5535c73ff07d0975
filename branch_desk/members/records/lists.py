"""HQ's lists as they came: kept whole, with what each of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class HqList:
    """One list of HQ's that was applied; `departed` are those it marks as having left."""

    id: int
    name: str
    digest: str
    as_of: date
    received_at: datetime
    attachment: int | None
    rows: int
    joined: int
    departed: int
    changed: int
    conflicting: int
    vanished: int
    unchanged: int
    problems: int


def _hq_list(row: Mapping[str, Any]) -> HqList:
    return HqList(
        **{
            **row,
            "as_of": date.fromisoformat(row["as_of"]),
            "received_at": datetime.fromisoformat(row["received_at"]),
        }
    )


def hq_lists(store: Store) -> list[HqList]:
    """Return every list of HQ's that was applied, the newest first."""
    return [
        _hq_list(row) for row in store.rows("SELECT * FROM hq_list ORDER BY as_of DESC, id DESC")
    ]


def hq_list_of(store: Store, digest: str) -> HqList | None:
    """Return the list whose file has this SHA-256, where it was applied before."""
    row = store.one("SELECT * FROM hq_list WHERE digest = ? ORDER BY id DESC", (digest,))
    return _hq_list(row) if row else None


def seen(store: Store) -> str:
    """Return a mark that is another once members or their events were added or taken back."""
    row = store.one(
        "SELECT (SELECT count(*) FROM member) AS members, (SELECT max(id) FROM member) AS newest,"
        " (SELECT count(*) FROM member_event) AS events,"
        " (SELECT max(id) FROM member_event) AS latest"
    )
    return " ".join(str(each) for each in (row or {}).values())
