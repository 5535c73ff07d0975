"""What members agreed to: by which channel they may be reached, since when, to which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from branch_desk.members.records.people import get

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.store.store import Store


class Channel(Enum):
    """A way of reaching somebody."""

    EMAIL = "email"
    PHONE = "phone"
    TEXT = "text"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision of a member: given or refused, on a day, to these words."""

    id: int
    member: int
    channel: Channel
    given: bool
    decided_on: date
    wording: str


def consents(store: Store, member_id: int) -> list[Consent]:
    """Return every decision of a member, the latest of each channel first."""
    rows = store.rows(
        "SELECT * FROM consent WHERE member = ? ORDER BY channel, decided_on DESC, id DESC",
        (member_id,),
    )
    return [
        Consent(
            row["id"],
            row["member"],
            Channel(row["channel"]),
            bool(row["given"]),
            date.fromisoformat(row["decided_on"]),
            row["wording"],
        )
        for row in rows
    ]


def may_reach(store: Store, member_id: int, channel: Channel) -> bool | None:
    """Return the member's latest decision on a channel; None where they were never asked."""
    for consent in consents(store, member_id):
        if consent.channel is channel:
            return consent.given
    return None


def set_consent(
    store: Store,
    member_id: int,
    channel: Channel,
    *,
    given: bool,
    on: date | None = None,
    wording: str = "",
) -> int:
    """Keep what a member agreed to or refused, today where no date is given; returns its id."""
    get(store, member_id)
    with store.change("Keep a consent") as change:
        return change.insert(
            "consent",
            member=member_id,
            channel=channel,
            given=given,
            decided_on=on or store.today(),
            wording=wording.strip(),
        )


def set_consents(store: Store, decided: Iterable[Consent]) -> None:
    """Keep many decisions at once; their ids are given afresh."""
    rows = [
        {
            "member": each.member,
            "channel": each.channel,
            "given": each.given,
            "decided_on": each.decided_on,
            "wording": each.wording,
        }
        for each in decided
    ]
    if rows:
        with store.change("Keep consents") as change:
            change.insert_many("consent", rows)


def latest_consents(store: Store) -> dict[tuple[int, str], bool]:
    """Return everybody's latest decision by member and channel."""
    rows = store.rows("SELECT member, channel, given FROM consent ORDER BY decided_on, id")
    return {(row["member"], row["channel"]): bool(row["given"]) for row in rows}


def reachable(store: Store, channel: Channel) -> list[int]:
    """Return the ids of all whose latest decision is to be reached by a channel."""
    found: list[int] = store.column(
        """SELECT member FROM (
            SELECT member, given, row_number() OVER (
                PARTITION BY member ORDER BY decided_on DESC, id DESC
            ) AS place
            FROM consent WHERE channel = ?
        ) WHERE place = 1 AND given = 1 ORDER BY member""",
        (channel.value,),
    )
    return found
