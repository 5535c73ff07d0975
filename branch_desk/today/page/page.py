"""The secretary's morning: what is due, on one page; everything on it leads to its place."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.chart import ChartView
from branch_desk.desk.page import Page
from branch_desk.desk.session import Place
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.today import records
from branch_desk.today.page import cards, months
from branch_desk.today.page.parts import Card, Pair
from branch_desk.today.page.pressing import WORDS, pressing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent

    from branch_desk.desk.session import Session
    from branch_desk.today.records import Lately, Month, Named, Today

# In a page of fewer letters than this the cards stand in one column.
WIDE = 132
# What may come a little later is read once the page has been painted.
PAUSE_MS = 40


@dataclass(frozen=True, slots=True)
class After:
    """What is read once the page has been painted."""

    lately: tuple[Lately, ...]
    longest: Named | None
    months: tuple[Month, ...]


class TodayPage(Page):
    """What is due. What is read at once comes first; the log and the chart follow in the lane."""

    name = mark("Today")
    icon = "calendar-check"
    tables = frozenset()  # whatever changes belongs to what changed lately

    def __init__(self, session: Session, ahead: Today | None = None) -> None:
        """Show `ahead` at first, where it was read before the page was there."""
        super().__init__(session)
        self._ahead = ahead
        self._today: Today | None = None
        self._place = Place("Members")
        self._painted = False
        self._longest: Named | None = None
        self._months: tuple[Month, ...] | None = None
        self._after = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._after.timeout.connect(self._read_after)
        self._make_actions()
        self._make_cards()

    def _make_actions(self) -> None:
        self.first = kit.action(tr("Open the next meeting"), self.do_first, keys="Ctrl+Return")
        self.to_meeting = kit.action(tr("Open the next meeting"), self.go_to_meeting, keys="Ctrl+M")
        self.chase = kit.action(tr("Chase the oldest letter"), self.go_to_oldest)
        self.put_away = kit.action(tr("Put “where to begin” away"), self.put_steps_away)
        self.figures = kit.action(tr("Figures behind the chart"), self._show_numbers)
        self.button = kit.button("", role="primary", does=self.first.trigger)
        self.button.hide()
        self.add_to_head(self.button)

    def _make_cards(self) -> None:
        self.begin = Card(tr("A new branch: where to begin"))
        self.meeting = Card(tr("Next meeting"))
        self.rulings = Card(tr("Motions to rule on"))
        self.letters = Card(tr("Letters waiting for an answer"))
        self.people = Card(tr("Members to look after"))
        self.chart = ChartView(self.session, tr("Members month by month"), months.HEIGHT)
        self.curve = Card(tr("Members month by month"))
        self.curve.show_value("", lambda: [self.chart])
        self.lately = Card(tr("What changed lately"))
        self.begin.hide()
        self.rulings.hide()
        self._pairs = (
            Pair((self.begin, self.meeting, self.rulings), (self.letters, self.people)),
            Pair((self.curve,), (self.lately,)),
        )
        holder = QWidget()
        holder.setLayout(kit.column(*self._pairs, None, space=16))
        self.area = kit.scrolled(holder)
        self.area.hide()
        self.body.addWidget(self.area)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.first, self.to_meeting, self.chase, self.figures, self.put_away)

    def refresh(self) -> None:
        """Read again what is due, beside other work; what was read ahead is shown at once."""
        if self._ahead is not None:
            self._show(self._ahead)
            self._ahead = None
            return
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
        self.summary.setText(_summary(today))
        self.chase.setEnabled(bool(today.waiting))
        self.to_meeting.setEnabled(today.meeting is not None)
        self._show_first(today)
        self._show_steps(today)
        go = self.session
        self.meeting.show_value(
            (today.meeting, "meeting"), lambda: [*cards.meeting(go, today.meeting)], space=4
        )
        self.rulings.setVisible(bool(today.to_rule))
        self.rulings.show_value(today.to_rule, lambda: [*cards.rulings(go, today.to_rule)])
        self.letters.show_value(
            (today.waiting, today.owing),
            lambda: [*cards.letters(go, today.waiting, today.owing)],
        )
        self._show_people(today)
        self.area.show()
        if self._painted:
            self._after.start()

    def _show_people(self, today: Today) -> None:
        found, longest = today.attention, self._longest
        self.people.show_value(
            (found, longest), lambda: [*cards.people(self.session, found, longest)]
        )

    def _show_first(self, today: Today) -> None:
        found, self._place = pressing(today)
        text, icon = WORDS[found]
        self.first.setText(tr(text))
        self.button.setText(tr(text))
        self.button.setAccessibleName(tr(text))
        kit.show_picture(self.button, icon, "on_accent")
        self.button.setToolTip(tr("{what} (Ctrl+Return)", what=tr(text)))
        self.button.show()

    # A new branch

    def _key(self) -> str:
        return "begun/" + sha256(str(self.store.path).encode()).hexdigest()[:16]

    def _show_steps(self, today: Today) -> None:
        begun = all(each.done for each in today.steps)
        away = bool(self.session.remembered.text(self._key()))
        self.begin.setVisible(not (begun or away))
        self.put_away.setEnabled(not (begun or away))
        self.begin.show_value(today.steps, lambda: self._steps(today))

    def _steps(self, today: Today) -> Sequence[QWidget]:
        away = kit.button(tr("Put this away"), role="link", does=self.put_steps_away)
        return [*cards.steps(self.session, today.steps), kit.box(kit.row(away, None))]

    def put_steps_away(self) -> None:
        """Show the first steps no more, for this branch on this computer."""
        self.session.remembered.keep(self._key(), "1")
        self.begin.hide()
        self.put_away.setEnabled(False)
        self.button.setFocus()

    # What follows

    def _read_after(self) -> None:
        self.session.workers.quick(
            "today, after",
            lambda: After(
                records.lately(self.store),
                records.longest(self.store),
                tuple(records.months(self.store)),
            ),
            self._show_after,
            failed=self.session.fail,
            owner=self,
        )

    def _show_after(self, found: After) -> None:
        key = (found.lately, self.store.today())
        self.lately.show_value(key, lambda: [*cards.lately(self.session, found.lately)])
        self._longest = found.longest
        if self._today is not None:
            self._show_people(self._today)
        if found.months != self._months:
            self._months = found.months
            self._show_months(found.months)

    def _show_months(self, found: Sequence[Month]) -> None:
        moved = any(each.came or each.said or each.recorded for each in found)
        self._pairs[1].left.setVisible(moved)
        self.figures.setEnabled(moved)
        accent = self.session.look.theme.colours["accent"]
        self.chart.show_chart(
            months.drawing(found, accent),
            months.numbers(self.session, found),
            months.sentence(found),
        )

    def _show_numbers(self) -> None:
        self.chart.show_numbers()

    # Going

    def do_first(self) -> None:
        """Do what is most pressing."""
        self.session.go(self._place.page, self._place.id, self._place.what)

    def go_to_oldest(self) -> None:
        """Open the thread that waits longest."""
        if self._today is not None and self._today.waiting:
            self.session.go("Letters", self._today.waiting[0].thread)

    def go_to_meeting(self) -> None:
        """Open the next meeting."""
        if self._today is not None and self._today.meeting is not None:
            self.session.go("Meetings", self._today.meeting.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: what may come later is read once there is something to look at."""
        super().paintEvent(event)
        if not self._painted and self._today is not None:
            self._painted = True
            self._after.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: one column where two would be narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().averageCharWidth() * WIDE
        for pair in self._pairs:
            pair.stand(narrow=narrow)


def _summary(today: Today) -> str:
    parts = [
        plural(today.members, "{n} member", "{n} members"),
        plural(today.motions_open, "{n} open motion", "{n} open motions"),
    ]
    if today.waiting:
        parts.append(plural(len(today.waiting), "{n} letter waits", "{n} letters wait"))
    if today.owing:
        parts.append(plural(len(today.owing), "we owe {n} answer", "we owe {n} answers"))
    return " · ".join(parts)
