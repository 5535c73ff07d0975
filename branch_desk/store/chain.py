"""The digests that chain the log, and a digest as people can print and compare it."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from branch_desk.store.values import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

# What stands for the entry before the first.
START = bytes(32)


def row_digest(
    salt: bytes, table: str, row_id: int, before: str | None, after: str | None
) -> bytes:
    """Return SHA-256(salt ‖ canonical JSON) for what happened to one row."""
    body = (
        f'{{"after":{after or "null"},"before":{before or "null"},"id":{row_id},"table":"{table}"}}'
    )
    return sha256(salt + body.encode()).digest()


def chained(table: str, row_id: int, digest: bytes) -> bytes:
    """Return the bytes by which a row of the log enters its entry's digest."""
    return f"{table}\0{row_id}\0".encode() + digest


def entry_digest(previous: bytes, fields: Mapping[str, Any]) -> bytes:
    """Return SHA-256(previous ‖ canonical JSON) for the fields of an entry."""
    return sha256(previous + canonical(fields).encode()).digest()


def fingerprint_of(digest: bytes) -> str:
    """Return the first 120 bits of a digest as six groups of four letters, to print and compare."""
    text = b32encode(digest[:15]).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
