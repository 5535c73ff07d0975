"""Questions about members: somebody new, what happened, what was recorded wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, EmailField, Line, Lines, PostcodeField, Tick
from branch_desk.desk.tr import tr
from branch_desk.members import records
from branch_desk.members.page import words
from branch_desk.members.records import NewEvent
from branch_desk.members.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.session import Session
    from branch_desk.members.records import MemberEvent

CAME = (EventKind.JOINED, EventKind.APPLIED, EventKind.TRANSFERRED_IN, EventKind.PROBATION_STARTED)
SAID = frozenset({EventKind.RESIGNATION_SAID, EventKind.RESIGNATION_WITHDRAWN})
BY_HQ = frozenset(
    {EventKind.RESIGNATION_RECORDED, EventKind.LAPSED, EventKind.EXPELLED}
    | {EventKind.TRANSFERRED_OUT, EventKind.SUSPENDED, EventKind.REINSTATED}
)


def ask_member(session: Session, parent: QWidget, done: Callable[[int], object]) -> None:
    """Ask for somebody new; `done` is given the id."""
    store = session.store
    fields = {
        "forename": Line(words.field("forename")),
        "surname": Line(words.field("surname")),
        "email": EmailField(words.field("email")),
        "postcode": PostcodeField(words.field("postcode")),
    }
    how = Choice(tr("They"), [(kind.value, words.event(kind).lower()) for kind in CAME])
    day = DateField(tr("On"), today=store.today)
    day.show_date(store.today())

    def add() -> int:
        return records.add(
            store,
            kind=EventKind(how.text()),
            on=day.date(),
            forename=fields["forename"].text(),
            surname=fields["surname"].text(),
            email=fields["email"].text(),
            postcode=fields["postcode"].text(),
        )

    Ask(
        parent,
        tr("Add a member"),
        (*fields.values(), how, day),
        tr("Add"),
        add,
        session=session,
        done=lambda made: done(made) if isinstance(made, int) else None,
    ).begin()


class _Happened:
    """The fields of an event: its kind, and the days that make sense for that kind."""

    def __init__(self, session: Session, event: MemberEvent | None = None) -> None:
        today = session.store.today
        kinds = [(kind.value, words.event(kind)) for kind in words.EVENTS]
        kinds = [each for each in kinds if each[0] != EventKind.STRUCK_OUT.value]
        self.kind = Choice(tr("What happened"), kinds)
        self.said = DateField(tr("Said on"), today=today)
        self.effective = DateField(tr("In effect on"), today=today)
        self.recorded = DateField(tr("Recorded by HQ on"), today=today)
        self.note = Lines(tr("Note"), height=3)
        self.kind.typed.connect(self._offer_days)
        if event is None:
            self.kind.start(EventKind.RESIGNATION_SAID.value)
            for day in (self.said, self.effective, self.recorded):
                day.show_date(today())
        else:
            self.kind.start(event.kind.value)
            self.said.show_date(event.said_on)
            self.effective.show_date(event.effective_on)
            self.recorded.show_date(event.hq_recorded_on)
            self.note.start(event.note)
        self._new = event is None
        self._offer_days(self.kind.text())

    @property
    def fields(self) -> tuple[Choice, DateField, DateField, DateField, Lines]:
        return (self.kind, self.said, self.effective, self.recorded, self.note)

    def _offer_days(self, kind: str) -> None:
        chosen = EventKind(kind)
        for field, makes_sense in (
            (self.said, chosen in SAID),
            (self.effective, chosen not in SAID or not self._new),
            (self.recorded, chosen in BY_HQ),
        ):
            # Shown before it stands in the question, it would be a window of its own.
            if not makes_sense or field.parentWidget() is not None:
                field.setVisible(makes_sense)

    def new(self) -> NewEvent:
        """Return the event as it is filled in; raises `Invalid` for what is no day."""
        kind = EventKind(self.kind.text())
        said = self.said.date() if kind in SAID else None
        recorded = self.recorded.date() if kind in BY_HQ else None
        effective = None if kind in SAID and self._new else self.effective.date()
        return NewEvent(kind, said, effective, recorded, self.note.text().strip())


def ask_event(session: Session, parent: QWidget, member_id: int) -> None:
    """Ask what happened to a member."""
    store = session.store
    happened = _Happened(session)
    Ask(
        parent,
        records.get(store, member_id).name,
        happened.fields,
        tr("Record"),
        lambda: records.record(store, member_id, happened.new()),
        session=session,
        done=lambda _: session.undoable.emit(tr("Recorded.")),
    ).begin()


def ask_correction(session: Session, parent: QWidget, event: MemberEvent) -> None:
    """Ask how an event really was, or whether it was at all; the old one stays in the history."""
    store = session.store
    happened = _Happened(session, event)
    struck = Tick(tr("It did not happen: strike it out"))

    def correct() -> int:
        new = happened.new()
        if struck.text():
            new = NewEvent(EventKind.STRUCK_OUT, note=new.note)
        return records.record(store, event.member, replace(new, corrects=event.id))

    Ask(
        parent,
        tr("Correct: {what}", what=words.event(event.kind)),
        (*happened.fields, struck),
        tr("Correct"),
        correct,
        text=tr("What was recorded before stays in the history, struck through."),
        session=session,
        done=lambda _: session.undoable.emit(tr("Corrected.")),
    ).begin()
