"""The first meeting of a new branch: called, and its agenda laid out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.desk import kit, words
from branch_desk.desk.forms import Choice, DateField
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.desk.way_in.answers import Answer
from branch_desk.desk.way_in.first_steps import StepBody
from branch_desk.meetings import records
from branch_desk.meetings.rules import LONDON, MeetingKind
from branch_desk.store.errors import DeskError, Invalid

if TYPE_CHECKING:
    from branch_desk.desk.session import Session

USUAL = "7.30 pm"


class MeetingBody(StepBody):
    """What kind of meeting it is, when and where."""

    verb = mark("Call the meeting")
    wide = 560

    def __init__(self, session: Session, _kind: str) -> None:
        super().__init__()
        self._session = session
        self.kind = Choice(tr("Kind"), [(each.value, each.title) for each in MeetingKind])
        self.kind.start(next(iter(MeetingKind)).value)
        self.day = DateField(tr("Day"), today=session.store.today)
        self.time = Answer(tr("Time"))
        self.time.start(USUAL)
        self.place = Answer(
            tr("Place"), hint=tr("A hall, a house, or a link where it is held online.")
        )
        when = kit.row(self.day, self.time, space=12)
        for field in (self.day, self.time):  # what is said under one moves no other
            when.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.setLayout(kit.column(self.kind, when, self.place, space=12))
        for field in (self.day, self.time, self.place):
            field.edit.returnPressed.connect(self.go)
        self.setFocusProxy(self.day)

    def go(self) -> None:
        """Call the meeting and lay out its agenda, in one change."""
        try:
            starts_at = self._when()
        except DeskError as error:
            self._session.fail(error)
            return
        self._session.deed(lambda: self._call(starts_at), lambda _: self._done(starts_at))

    def _when(self) -> datetime:
        on = self.day.date()
        if on is None:
            raise Invalid(tr("Say on which day it is held, such as 14 May 2026."))
        hour, minute = words.read_time(self.time.text())
        starts_at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)
        if starts_at < self._session.store.now():
            raise Invalid(tr("The first meeting is still to come: give a day from today on."))
        return starts_at

    def _call(self, starts_at: datetime) -> None:
        store, kind = self._session.store, MeetingKind(self.kind.text())
        with store.change("Call the first meeting"):
            made = records.add(
                store, kind=kind, starts_at=starts_at, place=self.place.text().strip()
            )
            self._items = len(records.lay_out(store, made).items)

    def _done(self, starts_at: datetime) -> None:
        title, day = MeetingKind(self.kind.text()).title, words.day(starts_at.date())
        agenda = plural(self._items, "{n} item", "{n} items")
        said = tr(
            "{title} on {day}, its agenda laid out: {agenda}.", title=title, day=day, agenda=agenda
        )
        self.finished.emit(said)
