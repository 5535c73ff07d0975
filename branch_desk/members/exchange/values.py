"""One field as somebody types it, read as HQ's list is read."""

from __future__ import annotations

from branch_desk.members.exchange import cells
from branch_desk.members.exchange.cells import Unreadable
from branch_desk.members.exchange.lines import LINES
from branch_desk.members.exchange.words import PAYMENT_WORDS, by_word
from branch_desk.members.records import payment
from branch_desk.store.errors import Invalid


def field_value(name: str, text: str) -> object:
    """Return what a typed text means for a field of a member; empty text empties the field.

    Raises `Invalid` where it cannot be read as a date, a sum or a state of payment.
    """
    try:
        return _value(name, text)
    except Unreadable as error:
        raise Invalid(f"“{text}” {error} ({name.replace('_', ' ')}).") from error


def _value(name: str, text: str) -> object:
    if name in {"born_on", "joined_on", "arrears_since"}:
        return cells.day(text)
    if name == "arrears_pence":
        return cells.pence(text) or 0
    if name == "payment":
        return by_word(PAYMENT_WORDS, text) or payment(text or "unknown")
    checks = {"phone": cells.phone, "mobile": cells.phone, "email": cells.email}
    if name in checks:
        return checks[name](text)[0]
    if name == "postcode":
        return cells.postcode(text)[0]
    return cells.plain(text, lines=name in LINES)
