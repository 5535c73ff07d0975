"""Members by a few letters of their name, as sign-in and the fields for a person look them up."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from branch_desk.desk.tr import tr
from branch_desk.members import records as members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.members.records import Member
    from branch_desk.store.store import Store

FEWEST_LETTERS = 3
SEARCHED, MOST = 600, 12


def find(store: Store, asked: str) -> list[tuple[int, str, str]]:
    """Return current members by name, as (id, name, what tells them apart).

    Only names count: nobody is signed in by an address. Runs off the main thread.
    """
    found = members.many(store, store.search("member", asked.strip(), SEARCHED))
    parts = _plain(asked).split()
    named = [each for each in found if each.current and _is_named(each, parts)]
    named.sort(key=lambda each: not _begins(each, parts))
    return [(each.id, each.name, detail(each)) for each in named[:MOST]]


def is_called(store: Store, name: str) -> bool:
    """Whether a current member has this name, or is known by it with the surname."""
    asked = _plain(name).split()
    if len(asked) < 2:
        return False
    found = members.many(store, store.search("member", name.strip(), MOST))
    named = [(each.name, f"{each.known_as} {each.surname}") for each in found if each.current]
    return any(asked == _plain(each).split() for both in named for each in both)


def detail(member: Member) -> str:
    """Say what tells two members of one name apart: the number and the postcode."""
    parts = [tr("no. {number}", number=member.number) if member.number else "", member.postcode]
    return " · ".join(part for part in parts if part)


def _is_named(member: Member, parts: Sequence[str]) -> bool:
    name = _plain(f"{member.name} {member.known_as}")
    return all(part in name for part in parts)


def _begins(member: Member, parts: Sequence[str]) -> bool:
    """Whether each part begins a word of the name: such are meant before "Dhaliwal" by "ali"."""
    words = _plain(f"{member.name} {member.known_as}").replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in parts)


def _plain(text: str) -> str:
    """Return a text without accents and capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
