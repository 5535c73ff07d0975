"""What the rules need to know of a motion: who its people are and what the standing orders say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.members import records as members
from branch_desk.motions.records.motions import get
from branch_desk.motions.rules import Case, Order, Person, check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from branch_desk.members.records import Member
    from branch_desk.motions.records.motions import Motion
    from branch_desk.motions.rules import Finding
    from branch_desk.store.store import Store


def findings(store: Store, motion_id: int, meeting_on: date | None) -> list[Finding]:
    """Hold a motion against the branch's standing orders for a meeting on a day."""
    return check(case(store, get(store, motion_id)), meeting_on, orders(store))


def orders(store: Store) -> Mapping[str, Order]:
    """Return every standing order by its key, as the rules read them."""
    return {
        each.key: Order(each.value, each.clause, each.is_set)
        for each in branch.standing_orders(store)
    }


def case(store: Store, motion: Motion) -> Case:
    """Return what the rules need of a motion, its people as the member list has them now."""
    wanted = [each for each in (motion.mover_member, motion.seconder_member) if each is not None]
    known = {each.id: each for each in members.many(store, wanted)}
    return Case(
        title=motion.title,
        text=motion.text,
        kind=motion.kind,
        mover=_person(motion.mover, motion.mover_member, known),
        seconder=_person(motion.seconder, motion.seconder_member, known),
        received_on=motion.received_on,
        arose_on=motion.arose_on,
    )


def _person(name: str, member_id: int | None, known: Mapping[int, Member]) -> Person | None:
    member = known.get(member_id) if member_id is not None else None
    if member is None:
        return Person(name) if name.strip() else None
    return Person(
        name or member.name,
        member.standing,
        member.arrears_pence,
        member.arrears_since,
        member.id,
    )


def matching_name(store: Store, name: str) -> int | None:
    """Return the one member who goes by a name, None if nobody does or more than one."""
    found = [
        each.id
        for each in members.many(store, store.search("member", name))
        if _plain(name) in {_plain(each.name), _plain(f"{each.known_as} {each.surname}")}
    ]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
