"""What is due, on one page: the next meeting, letters that wait, members to look after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from branch_desk.correspondence.rules import State
from branch_desk.desk import kit, words
from branch_desk.desk.page import Page
from branch_desk.today import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.correspondence.records import Waiting
    from branch_desk.desk.session import Session
    from branch_desk.today.records import Attention, NextMeeting, Today
    from branch_desk.today.rules import Deadline

SHOWN = 6
FILTERS = {
    "resignation-said": "said",
    "payment-stopped": "stopped",
    "vanished": "vanished",
    "joined": "current",
}
STATES = {
    State.WAITING: "waiting",
    State.CHASE: "chase them",
    State.PROMISED: "an answer is promised",
    State.PROMISE_BROKEN: "promise not kept",
}


class TodayPage(Page):
    """What is due; everything on it leads to its place."""

    name = "Today"
    icon = "calendar-check"
    tables = frozenset(
        {
            *("branch", "meeting", "agenda_item", "link", "meeting_notice", "motion"),
            *("letter", "thread", "member", "member_event", "standing_order"),
        }
    )

    def __init__(self, session: Session, ahead: Today | None = None) -> None:
        """Show `ahead` at first, where it was read before the page was there."""
        super().__init__(session)
        self._ahead = ahead
        self.chase = kit.action("Chase the oldest letter", self.go_to_oldest)
        self.to_meeting = kit.action("Open the next meeting", self.go_to_meeting, keys="Ctrl+M")
        self._today: Today | None = None
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        holder = QWidget()
        holder.setLayout(kit.column(self.cards, None))
        self.body.addWidget(kit.scrolled(holder))

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.to_meeting, self.chase)

    def refresh(self) -> None:
        """Read again what is due; the first time at once, later beside other work."""
        if self._today is None:
            self._show(self._ahead or records.today(self.store))
            self._ahead = None
        else:
            self.session.workers.quick(
                "today",
                lambda: records.today(self.store),
                self._show,
                failed=self.session.fail,
                owner=self,
            )

    def _show(self, today: Today) -> None:
        self._today = today
        self.title.setText(words.day(today.on))
        parts = [
            words.count(today.members, "member"),
            words.count(today.motions_open, "open motion"),
        ]
        if today.waiting:
            parts.append(words.count(len(today.waiting), "letter waits", "letters wait"))
        self.summary.setText(" · ".join(parts))
        self.chase.setEnabled(bool(today.waiting))
        self.to_meeting.setEnabled(today.meeting is not None)
        kit.clear(self.cards)
        if not (today.members or today.meeting or today.waiting):
            self.cards.addWidget(self._first_steps())
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.addWidget(self._meeting(today.meeting), 0, 0)
        grid.addWidget(self._members(today.attention), 0, 1)
        grid.addWidget(self._letters(today.waiting), 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.cards.addLayout(grid)

    def _first_steps(self) -> QFrame:
        steps = (
            ("users", "Bring in HQ's list of members", "Members"),
            ("landmark", "Say who the branch is and what its standing orders say", "Branch"),
            ("calendar-plus", "Call the first meeting", "Meetings"),
            ("mail-plus", "File a letter or an e-mail", "Letters"),
        )
        made = kit.card(
            kit.label("A new branch: where to begin", "heading"),
            kit.label("In any order; Ctrl+Z takes back whatever was done last.", "muted"),
        )
        layout = made.layout()
        for icon, text, page in steps:
            step = kit.button(text, icon, role="row")
            step.clicked.connect(lambda _=False, page=page: self.session.go(page))
            if layout is not None:
                layout.addWidget(step)
        return made

    def _meeting(self, meeting: NextMeeting | None) -> QFrame:
        heading = kit.label("Next meeting", "heading")
        if meeting is None:
            call = kit.button("Call a meeting…", "calendar-plus", role="quiet")
            call.clicked.connect(lambda: self.session.go("Meetings", 0, "call"))
            none = kit.label("No meeting is called yet.", "muted")
            return kit.card(heading, none, kit.row(call, None), None)
        title = kit.label(meeting.title, "lead")
        when = kit.label(
            " · ".join(part for part in (words.moment(meeting.starts_at), meeting.place) if part),
            "muted",
        )
        lines = [self._deadline(each) for each in meeting.deadlines]
        placed = words.count(meeting.motions_placed, "motion")
        waits = f", {meeting.motions_waiting:,} still to place" if meeting.motions_waiting else ""
        status = kit.label(f"{meeting.notice} {placed} on the agenda{waits}.", "muted")
        see = kit.button("Agenda and pack", "list-ordered", role="quiet", does=self.go_to_meeting)
        return kit.card(heading, title, when, *lines, status, kit.row(see, None), None, space=4)

    def _deadline(self, deadline: Deadline) -> QFrame:
        soon = not deadline.done and deadline.days is not None and 0 <= deadline.days <= 3
        day = words.day(deadline.on) if deadline.on else ""
        line = kit.row(kit.label(deadline.what), space=12)
        line.addWidget(kit.label(day, "muted", wrap=False))
        distance = kit.label(deadline.words, "warning" if soon else "muted", wrap=False)
        distance.setMinimumWidth(90)
        line.addWidget(distance)
        return kit.box(line)

    def _members(self, attention: Sequence[Attention]) -> QFrame:
        made = kit.card(kit.label("Members to look after", "heading"), space=2)
        layout = made.layout()
        if layout is None:
            return made
        if not attention:
            layout.addWidget(kit.label("Nobody just now.", "muted"))
        for each in attention:
            first = ", ".join(person.name for person in each.first[:3])
            more = each.count - len(each.first[:3])
            names = f"{first} and {more:,} more" if more else first
            line = kit.button(f"{each.count:,} {each.words}", role="row")
            line.setToolTip(names)
            line.setAccessibleDescription(names)
            line.clicked.connect(lambda _=False, each=each: self._to_members(each))
            layout.addWidget(line)
            quiet = kit.label(names, "label")
            quiet.setContentsMargins(2, 0, 0, 4)
            layout.addWidget(quiet)
        layout.addWidget(kit.box(kit.column(None)))
        return made

    def _to_members(self, attention: Attention) -> None:
        self.session.go("Members", 0, FILTERS.get(attention.reason, "all"))

    def _letters(self, waiting: Sequence[Waiting]) -> QFrame:
        made = kit.card(kit.label("Letters waiting for an answer", "heading"), space=2)
        layout = made.layout()
        if layout is None:
            return made
        if not waiting:
            layout.addWidget(kit.label("Nobody owes the branch an answer.", "muted"))
        for each in waiting[:SHOWN]:
            layout.addWidget(self._waiting(each))
        if len(waiting) > SHOWN:
            rest = kit.button(f"All {len(waiting):,} that wait", role="quiet")
            rest.clicked.connect(lambda: self.session.go("Letters", 0, "waiting"))
            layout.addWidget(kit.box(kit.row(rest, None)))
        return made

    def _waiting(self, each: Waiting) -> QFrame:
        opener = kit.button(each.subject, role="row")
        opener.clicked.connect(lambda: self.session.go("Letters", each.thread))
        promised = f" for {words.short_day(each.promised_by)}" if each.promised_by else ""
        late = each.state in {State.CHASE, State.PROMISE_BROKEN}
        line = kit.row(space=12)
        line.addWidget(opener, 1)
        line.addWidget(kit.label(each.office, "muted", wrap=False))
        days = words.count(each.days, "day")
        line.addWidget(
            kit.label(
                f"{days}, {STATES[each.state]}{promised}",
                "warning" if late else "muted",
                wrap=False,
            )
        )
        return kit.box(line)

    def go_to_oldest(self) -> None:
        """Open the thread that waits longest."""
        if self._today is not None and self._today.waiting:
            self.session.go("Letters", self._today.waiting[0].thread)

    def go_to_meeting(self) -> None:
        """Open the next meeting."""
        if self._today is not None and self._today.meeting is not None:
            self.session.go("Meetings", self._today.meeting.id)
