"""HQ's list before it is applied: heaps with their counts, and each entry to decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import kit, words
from branch_desk.desk.forms import DateField
from branch_desk.desk.table import IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.members import records
from branch_desk.members.page.review.columns import ColumnsPanel
from branch_desk.members.page.review.differences import Differences
from branch_desk.members.page.review.entries import (
    COLUMNS,
    DOUBTS,
    HEAPS,
    TO_LOOK_AT,
    VANISHED,
    Found,
    found,
    heaps,
)
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.members.exchange import Decisions, Entry, Problem, Review

PROBLEMS, LIST_COLUMNS = len(HEAPS), len(HEAPS) + 1
COLUMNS_WORD = mark("Columns")


class ReviewPanel(QWidget):
    """Shows a review to decide on; nothing is changed before Apply is pressed.

    `accepted` says that what `decisions` leave of it is to be applied, `left` that it is not;
    `dated(day)` and `mapped(mapping)` ask for the list to be read another way.
    """

    accepted = Signal()
    left = Signal()
    dated = Signal(object)
    mapped = Signal(object)

    def __init__(
        self,
        session: Session,
        review: Review,
        mapping: Mapping[str, str] | None = None,
        decisions: Decisions | None = None,
    ) -> None:
        from branch_desk.members.exchange import Decisions

        super().__init__()
        self.setAccessibleName(tr("What HQ's list would change"))
        self.setProperty("manual", "hq-list")
        self.review, self.decisions = review, decisions or Decisions.to_begin(review)
        self._session = session
        self._lists = heaps(review)
        self._heap = 0
        self._entry: Entry | None = None
        self._make_actions()
        self.table = Table(IdTable(COLUMNS, self._fetch), tr("Entries"))
        self.table.belong(session, "HQ's list")
        self.table.menu = QMenu(self.table)
        self.table.menu.addActions([*self._entry_actions(), self.table.copy_action])
        self.table.chosen.connect(self._chosen)
        self.table.installEventFilter(self)
        self.detail = Differences()
        self.detail.chosen.connect(self._choose_field)
        self.detail.settled.connect(self._settle)
        self.detail.left_alone.connect(self._leave_alone)
        self._mapping = mapping or {}
        self._columns: ColumnsPanel | None = None
        self._lay_out()
        self.tabs.idClicked.connect(self.show_heap)
        session.workers.ended.connect(self._rest)
        first = next((number for number, heap in enumerate(self._lists) if heap), 0)
        self.show_heap(first)

    # What is on it

    def _make_actions(self) -> None:
        self.apply_action = kit.action(tr("Apply"), self._accept, keys="Ctrl+Return")
        self.apply_action.setData("check")
        self.leave_action = kit.action(tr("Do not take this list"), self.left.emit, keys="Alt+Left")
        self.leave_action.setData("x")
        self.take_action = kit.action(tr("Accept"), lambda: self._decide(taken=True))
        self.refuse_action = kit.action(tr("Refuse"), lambda: self._decide(taken=False))
        self.take_all_action = kit.action(
            tr("Accept all"), lambda: self._decide(taken=True, every=True)
        )
        self.refuse_all_action = kit.action(
            tr("Refuse all"), lambda: self._decide(taken=False, every=True)
        )
        missing = len(self.review.vanished)
        self.missing_action = kit.action(
            plural(missing, "Note {n} as missing all the same", "Note {n} as missing all the same"),
            self._accept_missing,
        )
        self.missing_action.setVisible(self.review.is_short)
        for each in self.actions_of_panel:
            each.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(each)

    def _entry_actions(self) -> Sequence[QAction]:
        return (
            self.take_action,
            self.refuse_action,
            self.take_all_action,
            self.refuse_all_action,
        )

    @property
    def actions_of_panel(self) -> Sequence[QAction]:
        """Everything that can be done here."""
        actions = (self.apply_action, *self._entry_actions(), self.leave_action)
        return (*actions, self.missing_action) if self.review.is_short else actions

    def _lay_out(self) -> None:
        self.doubts = kit.Notice(self, closes=False)
        doubts = [each.message for each in self.review.problems if each.row is None]
        if doubts:
            self.doubts.show_text("\n".join(doubts), "flag")
        self.missing = kit.press(self.missing_action)
        if not self.review.is_short:
            self.missing.hide()
        about = kit.row(self.doubts, self.missing, space=12)
        about.setStretch(0, 1)
        self.means = kit.label("", "muted")
        entry_buttons = [kit.press(each) for each in self._entry_actions()]
        self._deciding = kit.box(kit.row(*entry_buttons))
        over = kit.row(self.means, self._deciding, space=12)
        over.setStretch(0, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self.table)
        split.addWidget(kit.scrolled(self.detail))
        split.setSizes([600, 460])
        self.body = QStackedWidget()
        self.body.addWidget(split)
        parts = (self._head(), about, self._tabs(), over, self.body, self._foot())
        layout: QVBoxLayout = kit.column(*parts, space=10)
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _head(self) -> QHBoxLayout:
        review = self.review
        self.heading = kit.label(
            plural(
                review.rows,
                "{name}: {n} row read, nothing changed yet",
                "{name}: {n} rows read, nothing changed yet",
                name=review.name,
            ),
            "heading",
        )
        same = [
            plural(review.unchanged, "{n} is as we have them.", "{n} are as we have them."),
            plural(review.skipped, "{n} row was skipped.", "{n} rows were skipped."),
        ]
        self.same = kit.label(" ".join(same[: 2 if review.skipped else 1]), "muted")
        self.day = DateField(
            tr("The list was made on"), self._date, today=self._session.store.today
        )
        self.day.show_date(review.as_of)
        letters = self.day.fontMetrics().horizontalAdvance("0" * 24)
        self.day.setMaximumWidth(letters)
        head = kit.row(space=16)
        head.addLayout(kit.column(self.heading, self.same, space=2), 1)
        head.addWidget(self.day)
        return head

    def _tabs(self) -> QHBoxLayout:
        self.tabs = QButtonGroup(self)
        counts = [len(each) for each in self._lists]
        titles = [title for title, _ in HEAPS]
        made = kit.row(space=8)
        for number, (title, count) in enumerate(zip(titles, counts, strict=True)):
            made.addWidget(self._tab(number, tr(title), count), 1)
        made.addWidget(self._tab(PROBLEMS, tr(TO_LOOK_AT[0]), len(self.review.problems)), 1)
        made.addWidget(self._tab(LIST_COLUMNS, tr(COLUMNS_WORD), len(self.review.strip)), 1)
        return made

    def _tab(self, number: int, title: str, count: int) -> QPushButton:
        made = kit.button(f"{count:,}\n{title}", role="heap")
        made.setAccessibleName(f"{title}: {count:,}")
        made.setCheckable(True)
        self.tabs.addButton(made, number)
        return made

    def _foot(self) -> QHBoxLayout:
        self.apply = kit.press(self.apply_action, role="primary")
        self.cancel = kit.press(self.leave_action)
        self.sum = kit.label("", "muted")
        foot = kit.row(self.sum, self.cancel, self.apply)
        foot.setStretch(0, 1)
        return foot

    # Heaps

    @property
    def mapping(self) -> Mapping[str, str]:
        """What the columns were said to mean so far, read that way or not yet."""
        return self._mapping if self._columns is None else self._columns.mapping

    @property
    def columns(self) -> ColumnsPanel:
        """The list's columns; made when they are first wanted."""
        if self._columns is None:
            self._columns = ColumnsPanel(self.review.strip, self._mapping)
            self._columns.asked.connect(self.mapped)
            self.body.addWidget(self._columns)
        return self._columns

    def show_heap(self, number: int) -> None:
        """Show the entries of one heap, what to look at, or the list's columns."""
        self.tabs.button(number).setChecked(True)
        self._heap = number
        if number == LIST_COLUMNS:
            self.body.setCurrentWidget(self.columns)
        else:
            self.body.setCurrentIndex(0)
        self._deciding.setVisible(number < PROBLEMS)
        if number == LIST_COLUMNS:
            self.means.setText(self._unknown())
        elif number == PROBLEMS:
            self.means.setText(tr(TO_LOOK_AT[1]))
            self.table.show_ids(range(len(self.review.problems)))
        else:
            self.means.setText(tr(HEAPS[number][1]))
            self.table.show_ids(range(len(self._lists[number])))
        self._say()
        if self.table.rows.rowCount():
            self.table.choose_row(0)
        self._chosen(self.table.current_id())

    def _unknown(self) -> str:
        names = ", ".join(f"“{each}”" for each in self.review.unknown)
        if not names:
            return tr("Every column was understood.")
        return plural(
            len(self.review.unknown),
            "{n} column was not understood: {names}.",
            "{n} columns were not understood: {names}.",
            names=names,
        )

    def _fetch(self, places: Sequence[int]) -> list[Found]:
        if self._heap == PROBLEMS:
            return [self._problem(each, self.review.problems[each]) for each in places]
        entries = self._lists[self._heap]
        return [found(each, entries[each], self.decisions) for each in places]

    def _problem(self, place: int, problem: Problem) -> Found:
        return Found(place, str(problem.row or ""), problem.column, "", problem.message)

    def _chosen(self, place: object) -> None:
        self._entry = None
        if self._heap >= PROBLEMS or not isinstance(place, int):
            self.detail.show_nothing(
                "" if self._heap >= PROBLEMS else tr("Nobody is in this heap.")
            )
            return
        if place < len(self._lists[self._heap]):
            self._entry = self._lists[self._heap][place]
            self._show_entry()

    def _show_entry(self) -> None:
        from branch_desk.members.exchange import parts

        entry = self._entry
        if entry is None:
            return
        now = self.decisions.now(entry)
        candidates = records.many(self._session.store, entry.candidates)
        self.detail.show_entry(entry, parts(now), self.decisions, candidates)

    # Deciding

    def _decide(self, *, taken: bool, every: bool = False) -> None:
        if self._heap >= PROBLEMS:
            return
        entries = self._lists[self._heap]
        picked = range(len(entries)) if every else self.table.picked().ids()
        chosen = [entries[each] for each in picked if each < len(entries)]
        (self.decisions.accept if taken else self.decisions.refuse)(chosen)
        self._decided()

    def _accept_missing(self) -> None:
        """Take those who are not on a short list after all."""
        self.decisions.accept(self.review.vanished)
        self.show_heap(VANISHED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Space takes or refuses what is selected."""
        if (
            watched is self.table
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and self._entry is not None
        ):
            self._decide(taken=not self.decisions.takes(self._entry))
            return True
        return super().eventFilter(watched, event)

    def _choose_field(self, name: str, theirs: bool) -> None:  # noqa: FBT001 -- a signal's value
        if self._entry is not None:
            self.decisions.choose_field(self._entry, name, theirs=theirs)
            self._decided(again=False)
            for field, tick in self.detail.ticks.items():
                tick.setChecked(self.decisions.takes_field(self._entry, field))

    def _settle(self, member: int | None) -> None:
        from branch_desk.members.exchange import settle

        entry, review, store = self._entry, self.review, self._session.store
        if entry is None:
            return

        def done(settled: Entry) -> None:
            self.decisions.settle(entry, settled)
            self._decided()

        def failed(error: Exception) -> None:
            self._session.fail(error)
            self._show_entry()

        self._session.workers.quick(
            "settle a doubt",
            lambda: settle(store, review, entry, member),
            done,
            failed=failed,
            owner=self,
        )

    def _leave_alone(self) -> None:
        if self._entry is not None:
            self.decisions.settle(self._entry, None)
            self._decided()

    def _decided(self, *, again: bool = True) -> None:
        self.table.rows.read_again()
        if again:
            self._show_entry()
        self._say()

    def _say(self) -> None:
        settled, refused = len(self.decisions.settled), len(self.decisions.refused)
        doubts = len(self._lists[DOUBTS]) - settled
        number = sum(map(len, self._lists)) - doubts - refused
        parts = [
            plural(
                number,
                "{n} change; Undo takes it back.",
                "{n} changes; Undo takes all of them back at once.",
            ),
            tr("{n} refused.", n=f"{refused:,}"),
            plural(doubts, "{n} left in doubt.", "{n} left in doubt."),
        ]
        shown = [parts[0]] + ([parts[1]] if refused else [])
        shown += [parts[2]] if doubts else []
        self.sum.setText(" ".join(shown))
        self.apply_action.setEnabled(bool(number) and not self._session.workers.writing)

    # Reading it another way, applying it

    def _date(self, text: str) -> None:
        day = words.read_date(text, self._session.store.today())
        if day is None:
            raise Invalid(tr("Say on which day HQ made the list, such as 14 May 2026."))
        self.dated.emit(day)

    def _accept(self) -> None:
        for each in self.actions_of_panel:
            each.setEnabled(False)
        self.accepted.emit()

    def _rest(self) -> None:
        """Let it be decided on again, where applying it was cancelled or failed."""
        for each in self.actions_of_panel:
            each.setEnabled(True)
        self._say()
