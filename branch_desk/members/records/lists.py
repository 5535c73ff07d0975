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
    """Return a mark that is another once anything of a member was changed, by whatever way.

    It is the newest row of the log about members, their events, consents and lists, or about the
    standing orders, which standing follows from.
    """
    newest: int | None = store.value(
        "SELECT max(id) FROM audit_row WHERE table_name IN"
        " ('member', 'member_event', 'consent', 'hq_list', 'standing_order')"
    )
    return str(newest or 0)
