"""Which letters belong together, and what tells one from another."""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Direction(Enum):
    """Whether a letter came in or went out."""

    IN = "in"
    OUT = "out"


NO_SUBJECT = "(no subject)"
_PREFIX = (
    r"(?i)^\s*(?:(?:re|fwd?|fw|aw|sv|antw?|atb|auto(?:matic|mated)?[\s-]?(?:reply|response)|"
    r"out of (?:the )?office|ateb awtomatig)\s*(?:\[\d+\]|\(\d+\))?\s*:|\[[^\]]{1,30}\])\s*"
)


def subject_key(subject: str) -> str:
    """Return a subject without what mail programs put before it, for comparing."""
    rest = " ".join(subject.split())
    while cut := re.match(_PREFIX, rest):
        rest = rest[cut.end() :]
    return rest.casefold()


def address_in(said: str) -> str:
    """Return the e-mail address of "Name <address>", or all of it, in lower case."""
    _, bracket, rest = said.partition("<")
    return (rest.partition(">")[0] if bracket else said).strip().casefold()


def address_domain(address: str) -> str:
    """Return the part of an e-mail address behind the @, in lower case; empty without one."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def digest_of(direction: Direction, on: date | None, sender: str, subject: str, body: str) -> str:
    """Return what tells one letter from another, whatever route it came by."""
    words = [direction.value, str(on or ""), sender.casefold(), subject.casefold(), body]
    text = "\x1f".join(" ".join(each.split()) for each in words)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
