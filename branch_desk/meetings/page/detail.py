"""One meeting in full: its agenda, details, door and minutes at the left, its papers beside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.page.head import Elided
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import mark, tr
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda import AgendaPanel
from branch_desk.meetings.page.minuting import MinutesPanel
from branch_desk.meetings.page.noticing import WhenAndWhere
from branch_desk.meetings.page.papers import MINUTES, NOTICE, PACK, PAPERS, pdf
from branch_desk.meetings.page.signing_in import SigningIn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QShowEvent

    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting

AGENDA, WHEN, DOOR, TEXT = range(4)
SHOWN = {AGENDA: PACK, WHEN: NOTICE, TEXT: MINUTES}
TABS = {"agenda": AGENDA, "notice": WHEN, "sign-in": DOOR, "minutes": TEXT}


class MeetingDetail(QWidget):
    """One meeting; the paper beside follows what is being worked on, unless another is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self._papers = dict(SHOWN)
        self._occasion = ""
        self._has_begun = False
        self._large = False
        self.heading = kit.label("", "heading", wrap=False)
        self.when = Elided("", "muted")
        self.agenda = AgendaPanel(session)
        self.details = WhenAndWhere(session)
        self.door = SigningIn(session)
        self.minutes = MinutesPanel(session)
        self.tabs = kit.tabs()
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName(tr("Parts of the meeting"))
        words_of = (tr("Agenda"), tr("When, where and notice"), tr("Signing in"), tr("Minutes"))
        for word in words_of:
            self.tabs.addTab(QWidget(), word)
        self.tabs.currentChanged.connect(self._turned)
        self.tabs.tabBarClicked.connect(self._clicked)
        duplex = ("duplex", mark("Both sides"))
        self.preview = Preview(session, "meeting paper", choices=(duplex,))
        self.preview.choices["duplex"].toggled.connect(self._show_paper)
        self.preview.large.toggled.connect(self._enlarge)
        for act in (self.preview.print_action, self.preview.save_action, self.preview.mail_action):
            act.triggered.connect(self._outward)
        self.paper = kit.Combo()
        self.paper.setAccessibleName(tr("Paper"))
        for key, name in PAPERS:
            self.paper.addItem(tr(name), key)
        self.paper.activated.connect(self._choose_paper)
        self.preview.top.addWidget(self.paper, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.tabs)
        self._parts: dict[int, QWidget] = {
            AGENDA: self.agenda,
            WHEN: self.details,
            DOOR: self.door,
            TEXT: self.minutes,
        }
        for part in (*self._parts.values(), self.preview):
            self.destroyed.connect(part.deleteLater)
        head = kit.row(self.heading, self.when, space=12)
        head.setStretch(1, 1)
        layout = kit.column(head, self.split, space=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.to_door = kit.action(tr("Sign people in"), lambda: self.turn(DOOR), keys="Ctrl+I")
        self.to_agenda = kit.action(tr("Go to the agenda"), lambda: self.turn(AGENDA))
        self.to_when = kit.action(tr("Go to when, where and notice"), lambda: self.turn(WHEN))
        self.to_minutes = kit.action(tr("Go to the minutes"), lambda: self.turn(TEXT))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: put the paper and the part in front into their places when they are first seen.

        A part that is put in earlier is painted afresh with every widget around it: that took
        longer than all the rest of the page.
        """
        super().showEvent(event)
        if self.split.count() == 1:
            remembered = self._session.remembered
            self.split.addWidget(self.preview)
            self.split.setSizes([640, 420])
            self.split.setStretchFactor(0, 3)
            self.split.setStretchFactor(1, 2)
            self.split.restoreState(remembered.bytes("split/Meeting"))
            self.split.splitterMoved.connect(
                lambda *_: remembered.keep("split/Meeting", self.split.saveState())
            )
            self._show_beside()
        self._put_in(self.tabs.currentIndex())

    def _put_in(self, tab: int) -> None:
        part, holder = self._parts.pop(tab, None), self.tabs.widget(tab)
        if part is not None and holder is not None:
            inner = part if tab in {AGENDA, DOOR} else kit.scrolled(part)
            holder.setLayout(kit.column(inner))

    @property
    def actions_of_detail(self) -> Sequence[QAction]:
        """Everything that can be done to the meeting, for the page's menu."""
        return (
            *self.agenda.actions_of_agenda,
            *self.agenda.written.actions_of_written,
            *self.details.actions_of_notice,
            self.to_door,
            *self.door.actions_of_attendance,
            *self.minutes.actions_of_minutes,
            *(self.to_agenda, self.to_when, self.to_minutes),
            *self.preview.actions_of_preview,
        )

    def leave(self) -> None:
        """Store what is being typed."""
        self.agenda.card.leave()
        self.details.leave()
        self.minutes.leave()

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show a meeting; what was typed into the one before is stored first."""
        if meeting_id != self._id:
            self.leave()
        found = records.many(self._store, [meeting_id]) if meeting_id is not None else []
        meeting = found[0] if found else None
        self.setVisible(meeting is not None)
        for act in (self.to_door, self.to_agenda, self.to_when, self.to_minutes):
            act.setEnabled(meeting is not None)
        number = meeting.id if meeting is not None else None
        self.agenda.show_meeting(number)
        self.details.show_meeting(meeting)
        self.door.show_meeting(number)
        self.minutes.show_meeting(meeting)
        self._id = number
        if meeting is None:
            self.preview.show_nothing()
            return
        self._head(meeting)
        self._show_paper()

    def _head(self, meeting: Meeting) -> None:
        self.heading.setText(meeting.title)
        where = " · ".join(part for part in (meeting.place, meeting.online_at) if part)
        at = words.moment(meeting.starts_at)
        self.when.setText(f"{at} · {where}" if where else at)
        self._has_begun = meeting.on <= self._store.today()
        self._occasion = f"{meeting.title} {words.short_day(meeting.on)}"

    def take_focus(self) -> None:
        """Put the cursor where the work of the part in front begins."""
        self.turn(self.tabs.currentIndex())

    def turn(self, tab: int) -> None:
        """Turn to a part of the meeting and put the cursor where its work begins."""
        self.tabs.setCurrentIndex(tab)
        first = {AGENDA: self.agenda.tree, DOOR: self.door.search, TEXT: self.minutes.text}
        first.get(tab, self.details.form).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clicked(self, tab: int) -> None:
        """Put the keyboard where the one line is that is written in there; else leave it be."""
        taking_down = tab == AGENDA and not self.agenda.written.isHidden() and self._has_begun
        line = self.door.search if tab == DOOR else self.agenda.written.said
        if tab == DOOR or taking_down:  # once the tab has turned
            QTimer.singleShot(0, line, lambda: line.setFocus(Qt.FocusReason.MouseFocusReason))

    def _turned(self, tab: int) -> None:
        """Show the paper that goes with a part; the door needs the whole width."""
        self._put_in(tab)
        self._show_beside()
        if tab in self._papers:
            self.paper.setCurrentIndex(self.paper.findData(self._papers[tab]))
            self._show_paper()

    def _show_beside(self) -> None:
        if self.split.count() > 1:  # before it has a place it would be a window of its own
            self.preview.setVisible(self.tabs.currentIndex() != DOOR)

    def _choose_paper(self) -> None:
        self._papers[self.tabs.currentIndex()] = str(self.paper.currentData())
        self._show_paper()

    def _show_paper(self) -> None:
        if self._id is None or self.tabs.currentIndex() == DOOR:
            return
        meeting_id, paper = self._id, str(self.paper.currentData())
        name = f"{self.paper.currentText()} {self._occasion}"
        self.preview.show_paper(
            partial(self._pdf, meeting_id, paper),
            name,
            final=lambda: self._pdf(meeting_id, paper, self._large),
            mail=partial(self._draft, name),
        )

    def _enlarge(self, large: bool) -> None:  # noqa: FBT001 -- a signal's value
        self._large = large

    def _outward(self) -> None:
        """Store what is being typed before a paper goes out: it is laid out afresh for that."""
        self.leave()

    def _draft(self, name: str) -> Draft:
        """Return the message a paper goes with."""
        from branch_desk.desk.mail import Draft

        text = tr("{paper} is attached: {when}.", paper=name, when=self.when.text())
        return Draft((), name, text)

    def _pdf(self, meeting_id: int, paper: str, large_print: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
        duplex = "duplex" in self.preview.chosen
        return pdf(self._store, meeting_id, paper, large_print=large_print, duplex=duplex)
