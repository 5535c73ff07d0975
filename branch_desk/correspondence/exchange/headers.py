"""Headers of mail, as they really come: RFC 5322 and 2047, and much that only looks like it."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring
from typing import TYPE_CHECKING, NamedTuple

from branch_desk.correspondence.exchange.text import one_line, text_of

if TYPE_CHECKING:
    from email.message import Message

_LONGEST = 10_000
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,64}@[^\s<>@,;:\"()]{1,255}")
_MOST_REFERENCES = 50


class Party(NamedTuple):
    """Somebody a mail is from or to; either may be empty."""

    name: str
    address: str

    def __str__(self) -> str:
        """Write the party as mail does."""
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


def raw(message: Message, name: str) -> list[str]:
    """Return the values of a header as they stand, each on one line and of bearable length."""
    return [
        re.sub(r"[\r\n]+[ \t]*", " ", _readable(value))[:_LONGEST]
        for key, value in message.raw_items()
        if key.lower() == name
    ]


def _readable(value: object) -> str:
    text = str(value)
    if text.isascii():
        return text
    return text_of(text.encode("utf-8", "surrogateescape"))


def first(message: Message, name: str) -> str:
    """Return a header decoded, empty where there is none."""
    return decoded(next(iter(raw(message, name)), ""))


def decoded(value: str) -> str:
    """Return a header with its encoded words (RFC 2047) read, on one line."""
    joined = _BETWEEN.sub(r"\1", value)
    parts: list[tuple[str, bytes | str]] = []
    end = 0
    for word in _WORD.finditer(joined):
        parts.append(("", joined[end : word.start()]))
        parts.append((word[1].lower(), _unpacked(word)))
        end = word.end()
    parts.append(("", joined[end:]))
    return one_line("".join(_runs(parts)))


def _unpacked(word: re.Match[str]) -> bytes | str:
    packed = word[3].encode("ascii", "replace")
    if word[2] in "qQ":
        return decodestring(packed.replace(b"_", b" "), header=False)
    try:
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return word[0]


def _runs(parts: list[tuple[str, bytes | str]]) -> list[str]:
    """Decode neighbours of one character set together: a character may be cut between two words."""
    out: list[str] = []
    charset, waiting = "", b""
    for name, part in parts:
        if isinstance(part, bytes) and name == charset:
            waiting += part
            continue
        if part == "":
            continue
        if waiting:
            out.append(text_of(waiting, charset))
        charset, waiting = (name, part) if isinstance(part, bytes) else ("", b"")
        if isinstance(part, str):
            out.append(part)
    if waiting:
        out.append(text_of(waiting, charset))
    return out


def parties(message: Message, name: str) -> list[Party]:
    """Return who stands in an address header, in order, names decoded."""
    found = []
    # Comments inside comments are read by recursion; nobody needs more than a few.
    values = [
        each.replace("(", " ") if each.count("(") > 20 else each for each in raw(message, name)
    ]
    for said, address in getaddresses(values):
        plain = _ADDRESS.search(address) or _ADDRESS.search(said)
        party = Party(decoded(said).strip("'\" "), plain[0].lower() if plain else "")
        if party.name == party.address:
            party = Party("", party.address)
        if any(party):
            found.append(party)
    return found


def message_id(message: Message) -> str:
    """Return the Message-ID with its brackets, empty where there is none that can be one."""
    found = _ID.search(" ".join(raw(message, "message-id")))
    return found[0] if found else ""


def references(message: Message) -> tuple[str, ...]:
    """Return what a mail answers: In-Reply-To, then References from the last to the first."""
    answered = _ID.findall(" ".join(raw(message, "in-reply-to")))
    before = _ID.findall(" ".join(raw(message, "references")))
    return tuple(dict.fromkeys([*answered, *reversed(before)]))[:_MOST_REFERENCES]


def sent_at(message: Message) -> datetime | None:
    """Return when a mail was sent: its Date, else when our own server received it."""
    for value in raw(message, "date"):
        if at := _time(value):
            return at
    for value in raw(message, "received"):
        if at := _time(value.rpartition(";")[2]):
            return at
    return None


def _time(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value.strip()[:100])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        at.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.year >= 1970 else None
