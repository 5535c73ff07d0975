"""What can be done with one letter: corrected, moved, linked, printed, deleted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from branch_desk.correspondence import records
from branch_desk.correspondence.page.conversation import PAGES
from branch_desk.correspondence.rules import Direction
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import PersonField
from branch_desk.desk.tr import tr
from branch_desk.store.errors import Invalid
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from branch_desk.correspondence.page.card import About
    from branch_desk.correspondence.records import Letter
    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store

LISTED = 8


class LetterActions(QObject):
    """The actions of a letter; `prints(letter)` and `leaves(letter)` are the page's to do."""

    prints = Signal(object)
    leaves = Signal(object)
    moved = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._store, self._page = session, session.store, page

    def menu(self, letter: Letter) -> list[tuple[str, Callable[[], object]]]:
        """Return the entries of a letter's menu."""
        came = letter.direction is Direction.IN
        made: list[tuple[str, Callable[[Letter], object]]] = []
        if came and not letter.automatic:
            made.append((tr("It is an automatic reply"), self.set_automatic))
        if came:
            made.append((tr("They resign in it…"), self.leaves.emit))
        made += [
            (tr("Print or save it…"), self.prints.emit),
            (tr("Move to another thread…"), self.ask_thread),
            (tr("Into a thread of its own"), self.part),
            (tr("Link to a member, motion or meeting…"), self.ask_link),
            (tr("Delete the letter"), self.delete),
        ]
        return [(text, partial(does, letter)) for text, does in made]

    def go(self, about: About) -> None:
        """Go to what a letter is about."""
        self._session.go(about.page, about.ref.id)

    def untie(self, letter: Letter, about: About) -> None:
        """Take the link to it away."""
        self._session.deed(lambda: records.untie(self._store, letter.id, about.ref))

    def set_person(self, letter: Letter) -> None:
        """Say that a person wrote it."""
        self._session.deed(
            lambda: records.correct_automatic(self._store, letter.id, automatic=False)
        )

    def set_automatic(self, letter: Letter) -> None:
        """Say that a machine wrote it."""
        self._session.deed(
            lambda: records.correct_automatic(self._store, letter.id, automatic=True)
        )

    def move(self, letter_id: int, thread_id: int | None) -> None:
        """Put a letter into another thread, or one of its own."""

        def moved(into: int) -> None:
            title = records.thread(self._store, into).subject
            self._session.undoable.emit(tr("Moved to “{thread}”.", thread=title))
            self.moved.emit(into)

        self._session.deed(partial(records.move, self._store, letter_id, thread_id), moved)

    def part(self, letter: Letter) -> None:
        """Put a letter into a thread of its own."""
        self.move(letter.id, None)

    def ask_thread(self, letter: Letter) -> None:
        """Ask which thread a letter belongs to."""
        chosen = PersonField(
            tr("Thread"),
            self._session,
            partial(threads_like, self._store, letter.thread),
            hint=tr("Three letters of its subject or of whom it is with."),
            free=False,
        )
        chosen.edit.setPlaceholderText(tr("Three letters of a subject"))

        def into() -> int:
            chosen.read()
            thread = chosen.person()
            if thread is None:
                raise Invalid(tr("Choose the thread from the list."))
            return thread

        Ask(
            self._page,
            tr("Move to another thread"),
            (chosen,),
            tr("Move"),
            into,
            done=lambda thread: self.move(letter.id, int(str(thread))),
        ).begin()

    def ask_link(self, letter: Letter) -> None:
        """Ask which member, motion or meeting a letter is about."""
        found: dict[int, Ref] = {}
        chosen = PersonField(
            tr("Member, motion or meeting"),
            self._session,
            partial(things_like, self._store, found),
            hint=tr("Three letters of a name or a title."),
            free=False,
        )

        def tie() -> None:
            chosen.read()
            number = chosen.person()
            if number is None:
                raise Invalid(tr("Choose it from the list."))
            records.tie(self._store, letter.id, found[number])

        Ask(
            self._page,
            tr("What is it about?"),
            (chosen,),
            tr("Link"),
            tie,
            session=self._session,
        ).begin()

    def delete(self, letter: Letter) -> None:
        """Take a letter that was filed by mistake out again."""
        self._session.deed(
            lambda: records.remove(self._store, letter.id),
            lambda _: self._session.undoable.emit(
                tr("Deleted “{subject}”.", subject=letter.subject)
            ),
        )


def threads_like(store: Store, but: int, text: str) -> list[tuple[int, str, str]]:
    """Return the threads a few letters may mean, but for one."""
    found = records.thread_ids(store, search=text)[: LISTED + 1]
    return [
        (line.id, line.subject, line.office)
        for line in records.thread_lines(store, found)
        if line.id != but
    ][:LISTED]


def things_like(store: Store, found: dict[int, Ref], text: str) -> list[tuple[int, str, str]]:
    """Return the members, motions and meetings a few letters may mean, numbered in `found`."""
    listed = []
    for kind, page in PAGES.items():
        for each in store.search(kind, text)[:LISTED]:
            ref = Ref(kind, each)
            number = len(found) + 1
            found[number] = ref
            listed.append((number, store.title(ref), tr(page)))
    return listed
