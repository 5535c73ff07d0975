"""The meetings' page: the list, one meeting with its agenda, and its papers live beside it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Form, Line, Lines
from branch_desk.desk.page import ListPage
from branch_desk.desk.preview import Preview
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda import AgendaPanel
from branch_desk.meetings.page.attendance import AttendancePanel, ask_agreed, ask_notice
from branch_desk.meetings.page.papers import PAPERS, pdf
from branch_desk.meetings.rules import LONDON, MeetingKind, MinutesState
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting, MeetingFields

KINDS = [(kind.value, kind.title) for kind in MeetingKind]
DAY = "30 Mar 2000"
COLUMNS: tuple[Column[Meeting], ...] = (
    Column("When", lambda meeting: words.short_day(meeting.on), sample=DAY, order="starts"),
    Column("Meeting", lambda meeting: meeting.title, 2.0, order="title"),
)


def read_start(day: str, time: str, meeting_words: Meeting | None, today: datetime) -> datetime:
    """Read a day and a time as London has them; what is empty stays as the meeting has it."""
    on = words.read_date(day, today.date()) or (meeting_words.on if meeting_words else None)
    if on is None:
        raise Invalid("Say on which day it is held, such as 14 May 2026.")
    if time.strip():
        hour, minute = words.read_time(time)
    else:
        at = meeting_words.starts_at if meeting_words else None
        hour, minute = (at.hour, at.minute) if at else (19, 30)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)


class MeetingsPage(ListPage):
    """Every meeting, the latest first."""

    name = "Meetings"
    icon = "calendar-days"
    tables = frozenset(
        {
            *("meeting", "agenda_item", "agenda_document", "link", "motion", "thread", "letter"),
            *("branch", "officer", "standing_order", "member", "attendance", "meeting_notice"),
        }
    )
    drops = (".pdf",)

    def __init__(self, session: Session) -> None:
        self.call = kit.action("Call a meeting…", self.ask_meeting, keys="Ctrl+N")
        self.call.setData("calendar-plus")
        self.notice = kit.action("Record that notice went out…", self.ask_notice)
        self.agree = kit.action("Agree the minutes…", self.ask_agreed)
        self.panel = MeetingDetail(session, self.agree)
        empty = kit.Empty(
            "calendar-days",
            "No meetings yet",
            "Call a meeting, and the desk lays out its agenda: standing items, the motions that "
            "came in time, the letters that wait. The pack is printed from here.",
            (kit.press(self.call, role="primary", text="Call a meeting…"),),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        super().__init__(session, Table(model, "Meetings"), self.panel, empty)
        self.split.setSizes([260, 820])
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 4)
        self.split.restoreState(session.remembered.bytes(f"split/{self.name}"))
        self.add_to_head(kit.press(self.call, role="primary", text="Call a meeting…"))

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        agenda, preview = self.panel.agenda, self.panel.preview
        attendance = self.panel.attendance.actions_of_attendance
        own = (self.call, self.notice, self.agree)
        return (*own, *agenda.actions_of_agenda, *attendance, *preview.actions_of_preview)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the meetings that match."""
        turned = f"-{order}" if descending else order
        return records.ids(self.store, search=search, order=turned or "-starts")

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show the list; at first the next meeting is chosen, not the one furthest off."""
        if self.table.current_id() is None and self._wanted is None:
            coming = records.next_meeting(self.store, self.store.now())
            self._wanted = coming.id if coming else None
        super().show_ids(ids)

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a meeting, or ask for a new one."""
        if what == "call":
            self.ask_meeting()
        else:
            super().show_thing(row_id)

    def show_detail(self, row_id: int | None) -> None:
        """Show one meeting in full."""
        self.panel.show_meeting(row_id)
        meeting = records.get(self.store, row_id) if row_id is not None else None
        self.notice.setEnabled(meeting is not None)
        self.agree.setEnabled(meeting is not None and meeting.minutes_state is MinutesState.DRAFT)

    def ask_notice(self) -> None:
        """Ask how notice of the chosen meeting went out."""
        meeting_id = self.table.current_id()
        if meeting_id is not None:
            ask_notice(self.session, self, meeting_id)

    def ask_agreed(self) -> None:
        """Ask when the minutes of the chosen meeting were agreed."""
        meeting_id = self.table.current_id()
        if meeting_id is not None:
            self.panel.minutes.leave()
            ask_agreed(self.session, self, meeting_id)

    def summarise(self) -> None:
        """Say which meeting is next."""
        number = words.count(len(records.ids(self.store)), "meeting")
        coming = records.next_meeting(self.store, self.store.now())
        if coming is None:
            self.summary.setText(f"{number} · none to come")
        else:
            away = words.from_today(coming.on, self.store.today())
            self.summary.setText(f"{number} · next {words.day(coming.on)}, {away}")

    def drop(self, paths: list[str]) -> None:
        """Append PDFs to the chosen agenda item."""
        for path in paths:
            self.panel.agenda.append_pdf(Path(path))

    def ask_meeting(self) -> None:
        """Ask what, when and where, and call the meeting."""
        kind = Choice("Kind", KINDS)
        day, time = Line("On", hint="Such as Thu 14 May 2026."), Line("At")
        time.start("19:30")
        place, online = Line("Place"), Line("Online at", hint="A link or a telephone number.")

        def add() -> int:
            return records.add(
                self.store,
                kind=MeetingKind(kind.text()),
                starts_at=read_start(day.text(), time.text(), None, self.store.clock()),
                place=place.text().strip(),
                online_at=online.text().strip(),
            )

        ask = Ask(self, "Call a meeting", (kind, day, time, place, online), "Call it", add)
        if ask.exec() and isinstance(ask.answer, int):
            self.show_thing(ask.answer)


class MeetingDetail(QWidget):
    """One meeting: agenda and details at the left, its papers at the right."""

    def __init__(self, session: Session, agree: QAction) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.heading = kit.label("", "title")
        self.when = kit.label("", "muted")
        self.agenda = AgendaPanel(session)
        self.attendance = AttendancePanel(session)
        self.details = Form(
            (
                (
                    ("title", Line("Title", self._store_detail("title"))),
                    ("kind", Choice("Kind", KINDS, self._store_kind)),
                ),
                (
                    ("day", Line("On", lambda text: self._store_start(day=text))),
                    ("time", Line("At", lambda text: self._store_start(time=text))),
                ),
                (("place", Line("Place", self._store_detail("place"))),),
                (("online_at", Line("Online at", self._store_detail("online_at"))),),
                (("notes", Lines("Notes", self._store_detail("notes"), height=4)),),
            )
        )
        self.minutes = Lines("Minutes of this meeting", self._store_minutes, height=14)
        self.tabs = kit.tabs()
        self.tabs.addTab(kit.scrolled(self.agenda), "Agenda")
        self.tabs.addTab(self._page(self.details), "When and where")
        self.tabs.addTab(kit.scrolled(self.attendance), "Attendance")
        agreeing = QWidget()
        agreeing.setLayout(kit.column(self.minutes, kit.row(kit.press(agree), None)))
        self.tabs.addTab(self._page(agreeing), "Minutes")
        self.preview = Preview(session, "meeting paper")
        self.paper = QComboBox()
        self.paper.setAccessibleName("Paper")
        for key, name in PAPERS:
            self.paper.addItem(name, key)
        self.paper.activated.connect(self._show_paper)
        self.preview.top.addWidget(self.paper, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.tabs)
        self.split.addWidget(self.preview)
        self.split.setSizes([400, 420])
        layout = kit.column(kit.column(self.heading, self.when, space=2), self.split, space=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _page(self, inner: QWidget) -> QWidget:
        holder = QWidget()
        column = kit.column(inner, None)
        column.setContentsMargins(0, 12, 8, 0)
        holder.setLayout(column)
        return kit.scrolled(holder)

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show a meeting; what was typed into the one before is stored first."""
        if meeting_id != self._id:
            self.details.leave()
            self.minutes.leave()
        found = records.many(self._store, [meeting_id]) if meeting_id is not None else []
        self.setVisible(bool(found))
        self.agenda.show_meeting(meeting_id if found else None)
        self.attendance.show_meeting(meeting_id if found else None)
        if not found:
            self._id = None
            self.preview.show_nothing()
            return
        meeting = found[0]
        self.heading.setText(meeting.title)
        where = " · ".join(part for part in (meeting.place, meeting.online_at) if part)
        at = f"{words.day(meeting.on)}, {meeting.starts_at:%H:%M}"
        self.when.setText(f"{at} · {where}" if where else at)
        texts = {
            "title": meeting.title,
            "kind": meeting.kind.value,
            "day": words.short_day(meeting.on),
            "time": f"{meeting.starts_at:%H:%M}",
            "place": meeting.place,
            "online_at": meeting.online_at,
            "notes": meeting.notes,
        }
        if meeting.id == self._id:
            self.details.show_texts(texts)
            self.minutes.show_text(meeting.minutes)
        else:
            self._id = meeting.id
            self.details.start(texts)
            self.minutes.start(meeting.minutes)
        agreed = meeting.minutes_agreed_on
        self.minutes.set_hint(f"Agreed on {words.day(agreed)}." if agreed else "")
        self._show_paper()

    def _show_paper(self) -> None:
        if self._id is None:
            return
        meeting_id, paper = self._id, str(self.paper.currentData())
        name = (
            f"{self.paper.currentText()} {self.heading.text()} {self.details.fields['day'].text()}"
        )
        self.preview.show_paper(partial(self._pdf, meeting_id, paper), name)

    def _pdf(self, meeting_id: int, paper: str, large_print: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
        return pdf(self._store, meeting_id, paper, large_print=large_print)

    # Fields

    def _change(self, fields: MeetingFields) -> None:
        meeting_id = self._id
        if meeting_id is not None:
            self._session.write(lambda: records.change_details(self._store, meeting_id, **fields))

    def _store_detail(self, key: str) -> Callable[[str], None]:
        def store(text: str) -> None:
            fields: MeetingFields = {}
            fields[key] = text.strip()  # type: ignore[literal-required]
            self._change(fields)

        return store

    def _store_kind(self, text: str) -> None:
        self._change({"kind": MeetingKind(text)})

    def _store_start(self, *, day: str = "", time: str = "") -> None:
        if self._id is not None:
            meeting = records.get(self._store, self._id)
            self._change({"starts_at": read_start(day, time, meeting, self._store.clock())})

    def _store_minutes(self, text: str) -> None:
        meeting_id = self._id
        if meeting_id is not None:
            self._session.write(lambda: records.set_minutes(self._store, meeting_id, text))
