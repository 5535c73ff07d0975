"""A resignation that came by letter: recorded, put right, and HQ asked to confirm it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from branch_desk.correspondence import records
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import PersonField
from branch_desk.desk.tr import tr
from branch_desk.members import records as members
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.correspondence.page.listing import LettersPage
    from branch_desk.correspondence.records import Leaving, Letter, Outgoing
    from branch_desk.store.store import Store

LISTED = 12


def members_like(store: Store, text: str) -> list[tuple[int, str, str]]:
    """Return the members a few letters may mean, told apart by address, number and standing."""
    found = members.many(store, store.search("member", text)[:LISTED])
    return [
        (
            each.id,
            each.name,
            " · ".join(
                part
                for part in (each.email, each.number, each.postcode, each.standing.value)
                if part
            ),
        )
        for each in found
    ]


class Resigned(QObject):
    """Does what follows from a letter that is, or may be, a resignation."""

    def __init__(self, page: LettersPage) -> None:
        super().__init__(page)
        self._page, self._session, self._store = page, page.session, page.store

    def does(self, what: str, leaving: Leaving) -> None:
        """Do what a button of the guess asks for."""
        deeds: dict[str, Callable[[], object]] = {
            "record": lambda: self.record(leaving, ask=False),
            "record and ask": lambda: self.record(leaving, ask=True),
            "stays": lambda: self.say_stays(leaving),
            "member": lambda: self._session.go("Members", leaving.member),
            "ask": lambda: self.ask_hq([leaving.member or 0]),
        }
        deeds[what]()

    def of_letter(self, letter: Letter) -> None:
        """Record a resignation that the desk did not see in a letter."""
        found = records.writer(self._store, letter)
        name = members.get(self._store, found).name if found is not None else ""
        self._ask_member(letter.id, found, name, ask=False)

    def record(self, leaving: Leaving, *, ask: bool) -> None:
        """Record that the letter's writer resigns; where nobody knows who, ask."""
        if leaving.member is None:
            self._ask_member(leaving.letter, None, "", ask=ask)
        else:
            self._record(leaving.letter, leaving.member, ask=ask)

    def _record(self, letter: int, member: int, *, ask: bool) -> None:
        self._session.deed(
            lambda: records.record_resignation(self._store, letter, member),
            lambda _: self._recorded(member, ask=ask),
        )

    def _recorded(self, member: int, *, ask: bool) -> None:
        name = members.get(self._store, member).name
        self._session.undoable.emit(tr("Recorded that {name} resigns.", name=name))
        if ask:
            self.ask_hq([member])

    def _ask_member(self, letter: int, member: int | None, name: str, *, ask: bool) -> None:
        who = PersonField(
            tr("Who resigns"),
            self._session,
            partial(members_like, self._store),
            free=False,
        )
        who.start_person(member, name)

        def record() -> int:
            who.read()
            chosen = who.person()
            if chosen is None:
                raise Invalid(tr("Choose the member from the list."))
            records.record_resignation(self._store, letter, chosen)
            return chosen

        Ask(
            self._page,
            tr("Record a resignation"),
            (who,),
            tr("Record it"),
            record,
            text=tr("The letter is kept as the evidence."),
            session=self._session,
            done=lambda chosen: self._recorded(int(str(chosen)), ask=ask),
        ).begin()

    def say_stays(self, leaving: Leaving) -> None:
        """Say that a letter is no resignation."""
        self._session.deed(
            lambda: records.say_stays(self._store, leaving.letter),
            lambda _: self._session.undoable.emit(tr("Noted: it is no resignation.")),
        )

    def ask_hq(self, people: Sequence[int]) -> None:
        """Write to HQ about these members."""
        self._session.deed(lambda: records.ask_to_confirm(self._store, people), self._write)

    def ask_all(self) -> None:
        """Write to HQ about all whom it has not recorded and was not asked about."""

        def begin() -> Outgoing:
            open_ = records.unconfirmed(self._store)
            new = [each.member for each in open_ if each.asked is None]
            return records.ask_to_confirm(self._store, new or [each.member for each in open_])

        self._session.workers.quick(
            "ask HQ", begin, self._write, failed=self._session.fail, owner=self
        )

    def _write(self, start: Outgoing) -> None:
        self._page.compose(tr("Ask HQ to confirm"), start)
