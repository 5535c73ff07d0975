"""What the command box finds across the slices, how each is told from another, and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.correspondence import records as correspondence
from branch_desk.desk.finding import Findable, Found
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.store.store import Store


def kinds() -> tuple[Findable, ...]:
    """Return what can be found, in the order in which it is shown."""
    return (
        Findable("member", "member", "users", "Members", _members),
        Findable("motion", "motion", "scroll-text", "Motions", _motions),
        Findable("meeting", "meeting", "calendar-days", "Meetings", _meetings),
        Findable("letter", "letter", "mail", "Letters", _letters, shown="thread"),
        Findable("leaflet", "leaflet", "newspaper", "Leaflets", _leaflets),
    )


def _members(store: Store, ids: Sequence[int]) -> list[Found]:
    return [
        Found(each.id, each.name, ", ".join(filter(None, (each.number, each.postcode))))
        for each in members.many(store, ids)
    ]


def _motions(store: Store, ids: Sequence[int]) -> list[Found]:
    return [
        Found(each.id, f"{each.number} {each.title}", each.mover)
        for each in motions.many(store, ids)
    ]


def _meetings(store: Store, ids: Sequence[int]) -> list[Found]:
    return [Found(each.id, each.title, _day(each.on)) for each in meetings.many(store, ids)]


def _letters(store: Store, ids: Sequence[int]) -> list[Found]:
    return [
        Found(each.thread, each.subject, ", ".join(filter(None, (each.office, _day(each.on)))))
        for each in correspondence.many(store, ids)
    ]


def _leaflets(store: Store, ids: Sequence[int]) -> list[Found]:
    return [Found(each.id, each.title, _day(each.made_on)) for each in leaflets.many(store, ids)]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
