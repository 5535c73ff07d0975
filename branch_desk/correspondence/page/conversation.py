"""What is shown of a thread, read in one go off the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.correspondence import records
from branch_desk.correspondence.page.card import About, Shown
from branch_desk.desk.tr import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branch_desk.correspondence.records import Leaving, Letter, Owing, Thread, Waiting
    from branch_desk.store.links import Ref
    from branch_desk.store.store import Store

# Where each kind of thing a letter can be about is shown.
PAGES: Mapping[str, str] = {
    "member": mark("Members"),
    "motion": mark("Motions"),
    "meeting": mark("Meetings"),
}
MOST_GUESSED = 3


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread with its letters, oldest first, and who owes whom an answer."""

    thread: Thread
    letters: Sequence[Shown]
    waiting: Waiting | None
    owing: Owing | None
    leaving: Sequence[Leaving]

    @property
    def newest_in(self) -> Letter | None:
        """The last letter that came in, if any did."""
        came = [each.letter for each in self.letters if each.letter.direction.value == "in"]
        return came[-1] if came else None


def read(store: Store, thread_id: int) -> Conversation | None:
    """Read a thread; None where it is gone."""
    found = records.thread_lines(store, [thread_id])
    if not found:
        return None
    letters = records.letters(store, thread_id)
    files = records.enclosures_of(store, thread_id)
    today = store.today()
    stands = records.standings(store, today)
    guesses = [
        guess
        for letter in reversed(letters)
        if letter.direction.value == "in" and (guess := records.leaving(store, letter))
    ]
    return Conversation(
        records.thread(store, thread_id),
        [Shown(each, files.get(each.id, ()), _about(store, each.id)) for each in letters],
        next((each for each in stands.waiting if each.thread == thread_id), None),
        next((each for each in stands.owing if each.thread == thread_id), None),
        guesses[:MOST_GUESSED],
    )


def _about(store: Store, letter_id: int) -> list[About]:
    from branch_desk.store.links import Ref

    links = store.links_from(Ref("letter", letter_id), records.ABOUT)
    return [_titled(store, link.target) for link in links if link.target.kind in PAGES]


def _titled(store: Store, ref: Ref) -> About:
    return About(ref, store.title(ref), PAGES[ref.kind])
