"""HQ's list before it is applied: heaps with their counts, and each entry to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.forms import Line
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.members.page import words as member_words
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.session import Session
    from branch_desk.members.exchange import Entry, Problem, Review


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a heap, by its place in it."""

    id: int
    row: str
    name: str
    number: str
    says: str


COLUMNS: tuple[Column[Found], ...] = (
    Column("Row", lambda found: found.row, 0.6, numeric=True),
    Column("Name", lambda found: found.name, 2.0),
    Column("Number", lambda found: found.number, 1.0, numeric=True),
    Column("What HQ's list says", lambda found: found.says, 5.0),
)


def said(entry: Entry) -> str:
    """Say in one line what an entry would change, or why it is in doubt."""
    if entry.message:
        return entry.message
    changes = [
        member_words.change(change.field, change.before, change.after) for change in entry.changes
    ]
    from branch_desk.members.exchange.compare import FROM_LIST

    events = [
        event.note if event.note and event.note != FROM_LIST else member_words.event(event.kind)
        for event in entry.events
        if event.corrects is None
    ]
    return "; ".join([*events, *changes])


def heaps(review: Review) -> list[tuple[str, str, Sequence[Entry]]]:
    """Return the heaps: title, what becomes of them, entries."""
    return [
        ("Joined", "New to the branch; they are added.", review.joined),
        ("Left", "HQ marks them as having left; that is recorded.", review.left),
        ("Changed", "Details differ; HQ's are taken.", review.changed),
        ("Conflicting", "In doubt; nothing is done with them.", review.conflicting),
        (
            "Vanished",
            "Ours, but not on this list; that is noted, nobody is taken out.",
            review.vanished,
        ),
    ]


class ReviewPanel(QWidget):
    """Shows a review; nothing is changed before Apply is pressed."""

    accepted = Signal()
    left = Signal()
    dated = Signal(object)

    def __init__(self, session: Session, review: Review) -> None:
        super().__init__()
        self.setAccessibleName("What HQ's list would change")
        self.review = review
        self._session = session
        self._shown: list[Found] = []
        read = words.count(review.rows, "row")
        self.heading = kit.label(f"{review.name}: {read} read, nothing changed yet", "heading")
        self.same = kit.label(
            f"{review.unchanged:,} are as we have them."
            + (f" {review.skipped:,} rows were skipped." if review.skipped else ""),
            "muted",
        )
        self.day = Line("The list was made on", self._date)
        self.day.start(words.short_day(review.as_of))
        self.day.setMaximumWidth(180)
        self.tabs = QButtonGroup(self)
        tabs = kit.row(space=8)
        lists = [*heaps(review)]
        for number, (title, _, entries) in enumerate(lists):
            tabs.addWidget(self._tab(number, title, len(entries)), 1)
        tabs.addWidget(self._tab(len(lists), "To look at", len(review.problems)), 1)
        self.means = kit.label("", "muted")
        self.table = Table(IdTable(COLUMNS, self._fetch), "Entries")
        self.apply = kit.button("Apply", "check", role="primary", does=self._accept)
        self.apply.setEnabled(not review.quiet)
        self.cancel = kit.button("Leave it", "x", does=self.left.emit)
        texts = kit.column(self.heading, self.same, space=2)
        head = kit.row(space=16)
        head.addLayout(texts, 1)
        head.addWidget(self.day)
        foot = kit.row(
            kit.label("Everything is one change; Undo takes all of it back.", "muted", wrap=False),
            None,
            self.cancel,
            self.apply,
        )
        self.doubts = kit.Notice(closes=False)
        doubts = [each.message for each in review.problems if each.row is None]
        if doubts:
            self.doubts.show_text("\n".join(doubts), "flag")
        layout = kit.column(head, self.doubts, tabs, self.means, self.table, foot, space=12)
        layout.setStretch(4, 1)
        self.setLayout(layout)
        self.tabs.idClicked.connect(self.show_heap)
        first = next((number for number, heap in enumerate(lists) if heap[2]), 0)
        self.show_heap(first)

    def _tab(self, number: int, title: str, count: int) -> QPushButton:
        made = kit.button(f"{count:,}\n{title}")
        made.setProperty("role", "heap")
        made.setAccessibleName(f"{title}: {count:,}")
        made.setCheckable(True)
        self.tabs.addButton(made, number)
        return made

    def show_heap(self, number: int) -> None:
        """Show the entries of one heap."""
        self.tabs.button(number).setChecked(True)
        lists = heaps(self.review)
        if number < len(lists):
            self.means.setText(lists[number][1])
            self._shown = [
                Found(place, str(entry.row or ""), entry.name, entry.number, said(entry))
                for place, entry in enumerate(lists[number][2])
            ]
        else:
            self.means.setText("What the list has that somebody should look at.")
            self._shown = [self._problem(*each) for each in enumerate(self.review.problems)]
        self.table.show_ids(range(len(self._shown)))

    def _problem(self, place: int, problem: Problem) -> Found:
        return Found(place, str(problem.row or ""), problem.column, "", problem.message)

    def _fetch(self, ids: Sequence[int]) -> list[Found]:
        return [self._shown[each] for each in ids]

    def _date(self, text: str) -> None:
        day = words.read_date(text, self._session.store.today())
        if day is None:
            raise Invalid("Say on which day HQ made the list, such as 14 May 2026.")
        self.dated.emit(day)

    def _accept(self) -> None:
        self.apply.setEnabled(False)
        self.cancel.setEnabled(False)
        self.accepted.emit()
