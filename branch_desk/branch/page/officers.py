"""Who holds which office, since when, and who did before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from branch_desk.branch import records
from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import DateField, Line, PersonField
from branch_desk.desk.tr import tr
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store

SHOWN = 8


class Officers(QWidget):
    """Those in office as cards, those before them under a heading of their own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "branch#officers")
        self._session, self._store = session, session.store
        self.serving = QVBoxLayout()
        self.before = QVBoxLayout()
        for layout in (self.serving, self.before):
            layout.setSpacing(8)
        self.past = kit.label(tr("Before"), "heading")
        self.setLayout(kit.column(self.serving, self.past, self.before, None, space=12))

    def refresh(self) -> None:
        """Read the officers again."""
        kit.clear(self.serving)
        kit.clear(self.before)
        today = self._store.today()
        found = records.officers(self._store)
        serving = [each for each in found if each.until is None or each.until >= today]
        past = [each for each in found if each not in serving]
        for officer in serving:
            self.serving.addWidget(self._card(officer))
        if not serving:
            self.serving.addWidget(self._empty())
        for officer in reversed(past):
            self.before.addWidget(kit.label(f"{officer.name}, {_office(officer)}", "muted"))
        self.past.setVisible(bool(past))

    def _empty(self) -> QWidget:
        return kit.label(
            tr(
                "Nobody holds an office yet. The chair, secretary and treasurer stand on papers "
                "and letters; appoint them with “Appoint an officer…”."
            ),
            "muted",
        )

    def _card(self, officer: records.Officer) -> QFrame:
        texts = kit.column(
            kit.label(officer.name, "heading"), kit.label(_office(officer), "muted"), space=2
        )
        inner = kit.row(space=12, margin=12)
        inner.addLayout(texts, 1)
        if officer.until is None:
            end = kit.button(tr("Steps down…"), role="quiet", does=lambda: self.ask_end(officer))
            end.setAccessibleName(
                tr("{office} {name} steps down", office=officer.office, name=officer.name)
            )
            inner.addWidget(end)
        return kit.box(inner, "card")

    def ask(self) -> None:
        """Ask who takes which office, and from when."""
        office = Line(tr("Office"), hint=tr("Such as chair, secretary or treasurer."))
        name = PersonField(tr("Name"), self._session, lambda text: found(self._store, text))
        since = DateField(tr("Since"), today=self._store.today)
        since.show_date(self._store.today())

        def appoint() -> int:
            return records.add_officer(
                self._store,
                office.text(),
                name.text(),
                member=name.person(),
                since=since.date(),
            )

        Ask(
            self,
            tr("Appoint an officer"),
            (office, name, since),
            tr("Appoint"),
            appoint,
            session=self._session,
            done=lambda _: self._session.undoable.emit(
                tr("{name} is {office}.", name=name.text(), office=office.text())
            ),
        ).begin()

    def ask_end(self, officer: records.Officer) -> None:
        """Ask on which day somebody steps down."""
        last = DateField(tr("Last day in office"), today=self._store.today)
        last.show_date(self._store.today())

        def end() -> None:
            records.end_office(self._store, officer.id, last.date() or self._store.today())

        Ask(
            self,
            tr("{name} steps down", name=officer.name),
            (last,),
            tr("Steps down"),
            end,
            text=_office(officer),
            session=self._session,
            done=lambda _: self._session.undoable.emit(
                tr("{name} stepped down as {office}.", name=officer.name, office=officer.office)
            ),
        ).begin()


def found(store: Store, text: str) -> list[tuple[int, str, str]]:
    """Return members whose names match, for a field; knows them only by what the file tells."""
    ids = store.search("member", text, SHOWN)
    return [(each, store.title(Ref("member", each)), "") for each in ids]


def _office(officer: records.Officer) -> str:
    said = officer.office
    if officer.since:
        said += " " + tr("since {day}", day=words.short_day(officer.since))
    if officer.until:
        said += " " + tr("until {day}", day=words.short_day(officer.until))
    return said
