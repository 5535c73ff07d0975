"""Letters in which somebody seems to say that they resign, and asking HQ to confirm it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.correspondence.records.letter import get
from branch_desk.correspondence.records.sending import CONFIRM, Outgoing
from branch_desk.correspondence.rules import Direction
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store.errors import Invalid
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.correspondence.records.letter import Letter
    from branch_desk.store.store import Store

EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a letter seems to say, by `words` of its own; `member` is None where nobody is sure who.

    `recorded` is whether the resignation is recorded with this letter as its evidence, `confirmed`
    whether HQ has recorded it, `asked` the letter by which HQ was asked to.
    """

    letter: int
    words: str
    member: int | None
    name: str
    recorded: bool = False
    confirmed: bool = False
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A member who said that they resign and whom HQ still has on its list."""

    member: int
    name: str
    number: str
    said_on: date
    asked: int | None


def leaving(store: Store, letter: Letter) -> Leaving | None:
    """Return what a letter seems to say of its writer's leaving; None for nothing. A guess."""
    if letter.direction is Direction.OUT or letter.automatic:
        return None
    recorded = _recorded_by(store, letter.id)
    if recorded is not None:
        member = members.get(store, recorded)
        return Leaving(
            letter.id,
            "",
            member.id,
            member.name,
            recorded=True,
            confirmed=not member.resignation_said,
            asked=_asked(store, member.id),
        )
    hq = rules.address_domain(branch.details(store).hq_email)
    from_hq = bool(hq) and rules.address_domain(rules.address_in(letter.sender)) == hq
    if not letter.leaving or from_hq:
        return None
    found = writer(store, letter)
    name = members.get(store, found).name if found is not None else letter.sender
    return Leaving(letter.id, letter.leaving, found, name)


def writer(store: Store, letter: Letter) -> int | None:
    """Return the one member who has a letter's address, else its sender's name; None if unclear."""
    address = rules.address_in(letter.sender)
    found = members.matching_email(store, address) if "@" in address else []
    if not found:
        name = letter.sender.partition("<")[0].strip(" \"'")
        people = members.many(store, store.search("member", name)[:50]) if name else []
        found = [each.id for each in people if _plain(name) == _plain(each.name)]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def record_resignation(store: Store, letter_id: int, member_id: int) -> int:
    """Record that a member said in a letter that they resign; returns the event's id.

    Raises `Conflict` where the member left already or said so before.
    """
    letter = get(store, letter_id)
    if letter.direction is Direction.OUT:
        raise Invalid("A resignation comes in; this letter went out.")
    return members.record_event(
        store,
        member_id,
        EventKind.RESIGNATION_SAID,
        said_on=letter.on,
        note=f"By letter: {letter.subject}",
        evidence=Ref("letter", letter_id),
    )


def say_stays(store: Store, letter_id: int) -> None:
    """Say that a letter is no resignation, whatever its words."""
    get(store, letter_id)
    with store.change("Note that a letter is no resignation") as change:
        change.update("letter", letter_id, leaving="")


def threads_leaving(store: Store) -> set[int]:
    """Return the threads with a letter that may be a resignation and is not recorded as one."""
    rows = store.rows("SELECT id, thread, sender FROM letter WHERE leaving <> '' AND automatic = 0")
    hq = rules.address_domain(branch.details(store).hq_email)
    return {
        row["thread"]
        for row in rows
        if not (hq and rules.address_domain(rules.address_in(row["sender"])) == hq)
        and _recorded_by(store, row["id"]) is None
    }


def unconfirmed(store: Store) -> list[Unconfirmed]:
    """Return all who said that they resign and whom HQ has not recorded, the longest ago first."""
    ids = members.ids(store, resignation_said=True)
    histories = members.histories(store, ids)
    found = []
    for member in members.many(store, ids):
        events = histories[member.id]
        corrected = {event.corrects for event in events}
        said = [
            event.day
            for event in events
            if event.kind is EventKind.RESIGNATION_SAID and event.id not in corrected
        ]
        if said:
            found.append(
                Unconfirmed(
                    member.id, member.name, member.number, max(said), _asked(store, member.id)
                )
            )
    return sorted(found, key=lambda each: (each.said_on, each.member))


def ask_to_confirm(store: Store, people: Sequence[int]) -> Outgoing:
    """Begin the letter that asks HQ to record that these members resign.

    Raises `Invalid` where none of them said so, or HQ has recorded it for all.
    """
    wanted = set(people)
    those = [each for each in unconfirmed(store) if each.member in wanted]
    if not those:
        raise Invalid("HQ has recorded all of these resignations, or nobody has said they resign.")
    words = rules.confirmation(
        [rules.Leaver(each.name, each.number, each.said_on) for each in those]
    )
    details = branch.details(store)
    return Outgoing(
        to=details.hq or "HQ",
        address=details.hq_email,
        subject=words.subject,
        text=words.text,
        about=tuple(Ref("member", each.member) for each in those),
        confirms=True,
    )


def _recorded_by(store: Store, letter_id: int) -> int | None:
    for link in store.links_to(Ref("letter", letter_id), EVIDENCE):
        if link.source.kind == "member_event":
            found: int | None = store.value(
                "SELECT member FROM member_event WHERE id = ? AND kind = ?",
                (link.source.id, EventKind.RESIGNATION_SAID.value),
            )
            if found is not None:
                return found
    return None


def _asked(store: Store, member_id: int) -> int | None:
    """Return the letter in which HQ was last asked to confirm that a member resigns."""
    links = store.links_to(Ref("member", member_id), CONFIRM)
    return max((each.source.id for each in links), default=None)
