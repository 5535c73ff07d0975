"""Members as movers and seconders: found by a few letters, told apart by what differs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.desk.forms import PersonField
from branch_desk.members import records as members

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store

LISTED = 12


def members_like(store: Store, text: str) -> list[tuple[int, str, str]]:
    """Return the members a few letters may mean, told apart by standing, number and postcode."""
    return [
        (
            each.id,
            each.name,
            " · ".join(part for part in (each.standing.value, each.number, each.postcode) if part),
        )
        for each in members.many(store, store.search("member", text)[:LISTED])
    ]


def person_field(
    name: str, session: Session, store: Callable[[str], object] | None = None
) -> PersonField:
    """Return a field for a person who may be a member."""
    return PersonField(name, session, partial(members_like, session.store), store)
