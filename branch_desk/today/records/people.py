"""Members to look after: counted, and the first of them by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from branch_desk.members import records as members
from branch_desk.members.records.monthly import waiting_longest
from branch_desk.members.rules import CURRENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.members.records import Counts
    from branch_desk.store.store import Store

# How many names stand under a heading; the count says how many there are in all.
NAMED = 5
NEW_WITHOUT_A_MEETING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Named:
    """A member by name, for a short list; `days` is how long they have waited, where they do."""

    id: int
    name: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """Members to look after for one reason: how many there are, and the first of them."""

    reason: str
    words: str
    count: int
    first: tuple[Named, ...]


def attention(
    store: Store, counts: Counts, day: date, last_met: date | None
) -> tuple[Attention, ...]:
    """Return whom to look after and why; reasons that hold for nobody are left out."""
    since = last_met or day - NEW_WITHOUT_A_MEETING
    joined = members.ids(store, standing=CURRENT, joined_from=since, joined_to=day, order="-joined")
    before = members.welcomed(store, joined)
    welcome = [each for each in joined if each not in before]
    found = (
        Attention(
            "resignation-said",
            "said they resign, and HQ has not recorded it",
            counts.resignation_said,
            _named(store, members.ids(store, resignation_said=True))
            if counts.resignation_said
            else (),
        ),
        Attention(
            "payment-stopped",
            "stopped paying, and will lapse in time",
            counts.payment_stopped,
            _named(store, members.ids(store, payment_stopped=True))
            if counts.payment_stopped
            else (),
        ),
        Attention(
            "vanished",
            "dropped off HQ's list with no reason known",
            counts.vanished,
            _named(store, members.ids(store, vanished=True)) if counts.vanished else (),
        ),
        Attention(
            "joined",
            f"joined since {since.day} {since:%B %Y}, to be welcomed",
            len(welcome),
            _named(store, welcome),
        ),
    )
    return tuple(each for each in found if each.count)


def longest(store: Store, on: date | None = None) -> Named | None:
    """Return who has waited longest for HQ to record that they resign; for the quick lane."""
    day = on or store.today()
    for each in waiting_longest(store, 1):
        return Named(each.id, each.name, (day - each.said_on).days if each.said_on else None)
    return None


def _named(store: Store, ids: Sequence[int]) -> tuple[Named, ...]:
    return tuple(Named(each.id, each.name) for each in members.many(store, ids[:NAMED]))
