"""The words HQ's lists use for how things stand with somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from branch_desk.members.names import fold
from branch_desk.members.records import Payment
from branch_desk.members.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Leaving:
    """How HQ says somebody left; `guessed` where its word does not say how."""

    kind: EventKind
    guessed: bool = False


RESIGNED = Leaving(EventKind.RESIGNATION_RECORDED)
LAPSED = Leaving(EventKind.LAPSED)
DIED = Leaving(EventKind.DIED)
TRANSFERRED = Leaving(EventKind.TRANSFERRED_OUT)
EXPELLED = Leaving(EventKind.EXPELLED)
LEFT = Leaving(EventKind.LAPSED, guessed=True)


def _table(words: Mapping[str, Meaning]) -> dict[str, Meaning]:
    return {word.strip(): meaning for many, meaning in words.items() for word in many.split(",")}


LEAVING_WORDS = _table(
    {
        "resigned, resignation, resigned by member, member resigned, quit, withdrawn": RESIGNED,
        "lapsed, expired, non renewed, not renewed, lapsed member, lapsed in arrears": LAPSED,
        "died, dead, deceased, death, rip": DIED,
        "transferred, transferred out, moved branch, moved away, transfer, moved": TRANSFERRED,
        "expelled, expulsion, removed, excluded, auto excluded, membership terminated": EXPELLED,
        "left, former, ex member, former member, inactive, ended, cancelled, canceled, terminated, "
        "closed, not a member, past member, no longer a member, cancelled membership": LEFT,
    }
)
STAYING_WORDS: Mapping[str, EventKind | None] = _table(
    {
        "active, current, member, paid, paid up, full, full member, live, ok, good standing, "
        "in good standing, yes, renewed, listed, valid, up to date, registered, approved, "
        "active member, current member": None,
        "suspended, administratively suspended, under suspension": EventKind.SUSPENDED,
        "probation, probationary, on probation, provisional, probationer": (
            EventKind.PROBATION_STARTED
        ),
        "applicant, applied, application, pending, awaiting approval, new applicant, "
        "application pending": EventKind.APPLIED,
    }
)
PAYMENT_WORDS = _table(
    {
        "paid, yes, y, true, 1, up to date, current, fully paid, paid up, ok, good, active, "
        "resumed": Payment.PAID,
        "due, no, n, false, 0, unpaid, owing, not paid, pending, outstanding": Payment.DUE,
        "arrears, in arrears, overdue, behind, late": Payment.ARREARS,
        "stopped, cancelled, canceled, payment stopped, failed, dd cancelled, dd failed, "
        "direct debit cancelled, mandate cancelled, cancelled dd, payments stopped, "
        "stopped paying": Payment.STOPPED,
        "exempt, life, life member, free, waived, honorary, none due": Payment.EXEMPT,
        "not known": Payment.UNKNOWN,
    }
)
WAYS_OF_PAYING = frozenset(
    _table(
        {
            "direct debit, dd, standing order, so, cash, cheque, card, credit card, debit card, "
            "bank transfer, paypal, online, postal order, bacs": True
        }
    )
)
REASONS = (
    ("resign", RESIGNED),
    ("own request", RESIGNED),
    ("died", DIED),
    ("death", DIED),
    ("decease", DIED),
    ("transfer", TRANSFERRED),
    ("moved", TRANSFERRED),
    ("expel", EXPELLED),
    ("expulsion", EXPELLED),
    ("lapse", LAPSED),
    ("arrears", LAPSED),
    ("non payment", LAPSED),
    ("not renewed", LAPSED),
)


def by_word(meanings: Mapping[str, Meaning], text: str) -> Meaning | None:
    """Return what a cell's words mean, whatever their capitals and punctuation."""
    return meanings.get(fold(text))


def why_left(reason: str) -> Leaving:
    """Return how somebody left by the reason HQ gives in its own words."""
    words = fold(reason)
    return next((leaving for part, leaving in REASONS if part in words), LEFT)
