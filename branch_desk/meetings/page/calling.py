"""Calling a meeting: the usual day, time and place are proposed from the meetings before it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, Line
from branch_desk.desk.tr import tr
from branch_desk.meetings import records
from branch_desk.meetings.rules import LONDON, MeetingKind, usual_next
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting
    from branch_desk.store.store import Store

KINDS = [(kind.value, kind.title) for kind in MeetingKind]
REMEMBERED = 6


def read_start(day: str, time: str, meeting: Meeting | None, today: date) -> datetime:
    """Read a day and a time as London has them; what is empty stays as the meeting has it."""
    on = words.read_date(day, today) or (meeting.on if meeting else None)
    if on is None:
        raise Invalid(tr("Say on which day it is held, such as 14 May 2026."))
    if time.strip():
        hour, minute = words.read_time(time)
    else:
        at = meeting.starts_at if meeting else None
        hour, minute = (at.hour, at.minute) if at else (19, 30)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)


def before(store: Store, kind: MeetingKind) -> list[Meeting]:
    """Return the last few meetings of a kind, the latest first."""
    return records.many(store, records.ids(store, kind=kind)[:REMEMBERED])


def ask_meeting(session: Session, parent: QWidget, then: Callable[[int], object]) -> None:
    """Ask what, when and where, and call the meeting; the usual pattern stands there already."""
    store = session.store
    kind = Choice(tr("Kind"), KINDS)
    day = DateField(tr("On"), today=store.today)
    time = Line(tr("At"), hint=tr("Such as 19:30 or 7.30 pm."))
    place = Line(tr("Place"))
    online = Line(tr("Online at"), hint=tr("A link or a telephone number."))

    def propose() -> None:
        held = before(store, MeetingKind(kind.text()))
        on = usual_next([each.on for each in held], store.today())
        day.start(words.day(on))
        day.set_hint(
            tr("As the last meetings of this kind were held.") if on else tr("Such as 14 May 2026.")
        )
        last = held[0] if held else None
        time.start(f"{last.starts_at:%H:%M}" if last else "19:30")
        place.start(last.place if last else "")
        online.start(last.online_at if last else "")

    def add() -> int:
        on = day.date()
        return records.add(
            store,
            kind=MeetingKind(kind.text()),
            starts_at=read_start(words.day(on), time.text(), None, store.today()),
            place=place.text().strip(),
            online_at=online.text().strip(),
        )

    def called(made: object) -> None:
        if isinstance(made, int):
            then(made)

    propose()
    kind.typed.connect(lambda _: propose())
    Ask(
        parent,
        tr("Call a meeting"),
        (kind, day, time, place, online),
        tr("Call it"),
        add,
        session=session,
        done=called,
    ).begin()


def length(store: Store, meeting: Meeting, usual: timedelta) -> timedelta:
    """Return how long a meeting lasts by its agenda's minutes, else the usual length."""
    minutes = [each.minutes or 0 for each in records.agenda(store, meeting.id)]
    return timedelta(minutes=sum(minutes)) or usual
