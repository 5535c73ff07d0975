"""What the command box finds in the branch, told from above: kinds of things and their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.store.errors import Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.store.store import Store

MOST = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that matches: the id its page shows it by, its title, what tells it from another."""

    id: int
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Findable:
    """A kind of thing to find: the store's name for it, people's word, a picture, and its page.

    `tell(store, ids)` says what those that match are called and where they are shown, leaving out
    what is not shown at all; `shown` is the store's kind of what the page shows.
    """

    kind: str
    word: str
    icon: str
    page: str
    tell: Callable[[Store, Sequence[int]], Sequence[Found]]
    shown: str = ""


def find(
    store: Store, kinds: Sequence[Findable], text: str, most: int = MOST
) -> list[tuple[Findable, Found]]:
    """Return what matches a text: the best of each kind in turn, no thing twice."""
    answers: dict[tuple[str, int], tuple[Findable, Found]] = {}
    for kind in kinds:
        ids = store.search(kind.kind, text, most * 2)
        for found in kind.tell(store, ids)[:most]:
            answers.setdefault((kind.page, found.id), (kind, found))
    return list(answers.values())


def still_there(
    store: Store, kinds: Sequence[Findable], places: Sequence[tuple[str, int]]
) -> list[tuple[Findable, Found]]:
    """Return what pages showed before, by page and id, under today's title; what is gone is not."""
    by_page = {kind.page: kind for kind in kinds}
    answers = []
    for page, row_id in places:
        kind = by_page.get(page)
        if kind is None:
            continue
        try:
            title = store.title(Ref(kind.shown or kind.kind, row_id))
        except Missing:
            continue
        answers.append((kind, Found(row_id, title)))
    return answers
