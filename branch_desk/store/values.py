"""How values of the program are stored: dates as ISO text, enums by value, money in pence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Stored: TypeAlias = str | int | float | bytes | None
Value: TypeAlias = Stored | bool | date | datetime | Enum

# Types SQLite keeps as they are; exact types, so that an enum of strings or a bool is not taken for
# one of them.
PLAIN = frozenset((str, int, float, bytes, type(None)))

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def stored(value: Value) -> Stored:
    """Return what SQLite keeps for a value; a time is kept in UTC, without a zone it is refused."""
    match value:
        case Enum():
            return stored(value.value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"a time without a zone: {value}")
            return value.astimezone(UTC).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bool():
            return int(value)
        case _:
            return value


def as_date(text: str | None) -> date | None:
    """Return the date a stored ISO text stands for; nothing for nothing."""
    return date.fromisoformat(text) if text else None


def as_datetime(text: str | None) -> datetime | None:
    """Return the time, in UTC, a stored ISO text stands for; nothing for nothing."""
    return datetime.fromisoformat(text) if text else None


def canonical(value: object) -> str:
    """Return the one JSON text for a value: keys sorted, no spaces, letters as they are."""
    return _encode(value)


def image(row: Mapping[str, Stored]) -> str:
    """Return a row as canonical JSON, its blobs by their SHA-256."""
    return _encode({name: _pictured(value) for name, value in row.items()})


def _pictured(value: Stored) -> object:
    return {"sha256": sha256(value).hexdigest()} if isinstance(value, bytes) else value
