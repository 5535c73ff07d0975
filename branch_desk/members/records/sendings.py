"""Sending something to people: by which way each can be reached, and what was sent to whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from branch_desk.members.rules import Reach, Way, way
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from branch_desk.store.store import Store


class SendingKind(Enum):
    """What a sending was for."""

    WELCOME = "welcome"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be sent something: `at` their e-mail or postal address, or `why` neither does."""

    id: int
    name: str
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """People by the way they can be reached, each in the order asked for.

    `unasked` counts those with an e-mail address who were never asked about e-mail.
    """

    by_email: tuple[Recipient, ...] = ()
    by_post: tuple[Recipient, ...] = ()
    unreached: tuple[Recipient, ...] = ()
    unasked: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """Something that was sent to a member."""

    id: int
    kind: SendingKind
    subject: str
    sent_on: date
    way: Way


def reached(store: Store, member_ids: Sequence[int], *, unasked: bool = False) -> Reached:
    """Return by which way each of these people can be reached; ids that are gone are left out.

    `unasked` lets those who were never asked about e-mail have one.
    """
    listed = (json.dumps(list(member_ids)),)
    people = {
        row["id"]: row
        for row in store.rows(
            "SELECT id, forename, surname, email, address, postcode FROM member"
            " WHERE id IN (SELECT value FROM json_each(?))",
            listed,
        )
    }
    agreed = {
        (row["member"], row["channel"]): bool(row["given"])
        for row in store.rows(
            "SELECT member, channel, given FROM consent WHERE channel IN ('email', 'post')"
            " AND member IN (SELECT value FROM json_each(?)) ORDER BY decided_on, id",
            listed,
        )
    }
    heaps: dict[Way, list[Recipient]] = {each: [] for each in Way}
    never_asked = 0
    for member_id in dict.fromkeys(member_ids):
        row = people.get(member_id)
        if row is None:
            continue
        name = f"{row['forename']} {row['surname']}".strip()
        wants = agreed.get((member_id, "email"))
        reach = Reach(row["email"], row["address"], wants, agreed.get((member_id, "post")))
        found, why = way(reach, unasked=unasked)
        never_asked += wants is None and bool(row["email"])
        at = row["email"] if found is Way.EMAIL else _one_line(row["address"], row["postcode"])
        heaps[found].append(Recipient(member_id, name, "" if why else at, why))
    return Reached(
        tuple(heaps[Way.EMAIL]), tuple(heaps[Way.POST]), tuple(heaps[Way.NONE]), never_asked
    )


def _one_line(address: str, postcode: str) -> str:
    parts = [part.strip(" ,") for part in address.splitlines()]
    if postcode and postcode not in address:
        parts.append(postcode)
    return ", ".join(part for part in parts if part)


def keep_sending(
    store: Store,
    kind: SendingKind,
    subject: str,
    *,
    by_email: Iterable[int] = (),
    by_post: Iterable[int] = (),
    on: date | None = None,
) -> int:
    """Keep what was sent to whom by which way, today unless told; returns the sending's id.

    Raises `Invalid` where it went to nobody.
    """
    rows = [(member, Way.EMAIL) for member in by_email] + [(each, Way.POST) for each in by_post]
    if not rows:
        raise Invalid("It went to nobody, so there is nothing to record.")
    with store.change("Record what was sent") as change:
        sending = change.insert(
            "sending", kind=kind, subject=subject.strip(), sent_on=on or store.today()
        )
        change.insert_many(
            "sent_to",
            [{"sending": sending, "member": member, "way": by} for member, by in rows],
        )
    return sending


def sendings(store: Store, member_id: int) -> list[Sending]:
    """Return what was sent to a member, the oldest first."""
    rows = store.rows(
        "SELECT sending.id, kind, subject, sent_on, way FROM sent_to"
        " JOIN sending ON sending.id = sent_to.sending"
        " WHERE member = ? ORDER BY sent_on, sent_to.id",
        (member_id,),
    )
    return [
        Sending(
            row["id"],
            SendingKind(row["kind"]),
            row["subject"],
            date.fromisoformat(row["sent_on"]),
            Way(row["way"]),
        )
        for row in rows
    ]


def welcomed(store: Store, member_ids: Sequence[int]) -> set[int]:
    """Return which of these people were sent a welcome before."""
    found: list[int] = store.column(
        "SELECT DISTINCT member FROM sent_to JOIN sending ON sending.id = sent_to.sending"
        " WHERE kind = 'welcome' AND member IN (SELECT value FROM json_each(?))",
        (json.dumps(list(member_ids)),),
    )
    return set(found)
