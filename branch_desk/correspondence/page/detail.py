"""One thread in full: who owes whom an answer, its letters in order, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from branch_desk.correspondence import records
from branch_desk.correspondence.page import conversation, leaving
from branch_desk.correspondence.page.card import INDENT, Hands, LetterCard, Shown, folded
from branch_desk.correspondence.page.enclosed import Enclosed
from branch_desk.correspondence.page.letter_actions import LetterActions
from branch_desk.correspondence.page.threads import LATE, how_long
from branch_desk.correspondence.rules import Direction, State
from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import DateField
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.correspondence.page.conversation import Conversation
    from branch_desk.correspondence.records import Outgoing, Owing, Thread, Waiting
    from branch_desk.desk.session import Session

# Letters shown in full at first, and how many more lines each "Show earlier" brings.
UNFOLDED = 4
LINES = 40


class ThreadDetail(QWidget):
    """Shows a thread, oldest letter first; the newest are unfolded.

    `writes(title, letter)` asks for a letter to be written, `resigns(leaving, what)` for what
    follows from a resignation.
    """

    writes = Signal(str, object)
    resigns = Signal(str, object)
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self._now: Conversation | None = None
        self._lines = 0
        self._open: set[int] = set()
        self.subject = kit.label("", "title")
        self.office = kit.label("", "muted")
        self.stands = kit.Notice(closes=False)
        self.answer_action = kit.action(tr("Answer…"), self.write_answer, keys="Ctrl+Shift+A")
        self.chase_action = kit.action(tr("Chase…"), self.write_chaser, keys="Ctrl+E")
        self.promise_action = kit.action(tr("They promised an answer by…"), self.ask_promise)
        self.owe_action = kit.action(tr("We need not answer"), self.toggle_owing)
        self.close_action = kit.action(tr("Close the thread"), self.toggle_closed)
        self.answer_action.setData("pencil")
        self.chase_action.setData("mail")
        self.of_letter = LetterActions(session, self)
        self.enclosed = Enclosed(session, self)
        self._hands = Hands(
            self.of_letter.menu,
            self.of_letter.set_person,
            self.enclosed.open,
            self.enclosed.save,
            self.enclosed.copy,
            self.of_letter.go,
            self.of_letter.untie,
        )
        self.answer = kit.press(self.answer_action)
        self.chase = kit.press(self.chase_action)
        self.letters = QVBoxLayout()
        self.letters.setSpacing(12)
        self.guesses = QVBoxLayout()
        self.guesses.setSpacing(8)
        first = kit.row(self.answer, self.chase, None)
        self.owe = kit.press(self.owe_action, role="quiet")
        self.close_ = kit.press(self.close_action, role="quiet")
        second = kit.row(kit.press(self.promise_action, role="quiet"), self.owe, self.close_, None)
        layout = kit.column(
            kit.column(self.subject, self.office, space=2),
            self.stands,
            self.guesses,
            first,
            second,
            self.letters,
            None,
            space=12,
        )
        layout.setContentsMargins(0, 0, 8, 0)
        self.setLayout(layout)
        self.hide()

    @property
    def thread_actions(self) -> Sequence[QAction]:
        """The thread's actions, for the page's menu."""
        return (
            *(self.answer_action, self.chase_action, self.promise_action),
            *(self.owe_action, self.close_action),
        )

    # What is shown

    def show_thread(self, thread_id: int | None) -> None:
        """Show a thread, read beside other work; the newest question wins."""
        if thread_id != self._id:
            self._lines, self._open = 0, set()
            self._now = None
        self._id = thread_id
        if thread_id is None:
            self._session.workers.forget("thread")
            self._show(None)
            return
        self._session.workers.quick(
            "thread",
            lambda: conversation.read(self._store, thread_id),
            self._show,
            failed=self._session.fail,
            owner=self,
        )

    def _show(self, found: Conversation | None) -> None:
        fresh = self._now is None
        self._now = found
        self.setVisible(found is not None)
        for act in self.thread_actions:
            act.setEnabled(found is not None)
        kit.clear(self.letters)
        kit.clear(self.guesses)
        if found is None:
            return
        self.subject.setText(found.thread.subject)
        self.office.setText(tr("With {office}", office=found.thread.office))
        self._show_standing(found)
        for each in found.leaving:
            self.guesses.addWidget(leaving.strip(each, self.resigns.emit))
        self._show_letters(found)
        if fresh:
            self._to_top()
        self.shown.emit()

    def _to_top(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.verticalScrollBar().setValue(0)

    def _show_letters(self, found: Conversation) -> None:
        every = found.letters
        unfolded = {each.letter.id for each in every[-UNFOLDED:]} | self._open
        first = max(len(every) - UNFOLDED - LINES - self._lines, 0)
        if first:
            more = kit.button(
                plural(first, "Show {n} earlier letter", "Show {n} earlier letters"), role="quiet"
            )
            more.clicked.connect(self._show_earlier)
            self.letters.addWidget(kit.box(kit.row(more, None)))
        for each in every[first:]:
            is_open = each.letter.id in unfolded
            self.letters.addWidget(self._card(each) if is_open else self._line(each))

    def _line(self, shown: Shown) -> QWidget:
        made = folded(shown)
        made.clicked.connect(lambda: self._unfold(shown.letter.id))
        return made

    def _card(self, shown: Shown) -> QWidget:
        made = LetterCard(shown, self._hands)
        ours = shown.letter.direction is Direction.OUT
        holder = QWidget()
        around = kit.row(made)
        around.setContentsMargins(INDENT if ours else 0, 0, 0 if ours else INDENT, 0)
        holder.setLayout(around)
        return holder

    def _unfold(self, letter_id: int) -> None:
        self._open.add(letter_id)
        self._show(self._now)

    def _show_earlier(self) -> None:
        self._lines += LINES
        self._show(self._now)

    def _show_standing(self, found: Conversation) -> None:
        closed = found.thread.closed_on is not None
        self.close_action.setText(
            tr("An answer is needed after all") if closed else tr("Close the thread")
        )
        self.close_.setText(self.close_action.text())
        self.close_.setAccessibleName(self.close_action.text())
        owes = found.owing is not None
        self.owe_action.setText(tr("We need not answer") if owes else tr("We owe an answer"))
        self.owe.setText(self.owe_action.text())
        self.owe.setAccessibleName(self.owe_action.text())
        came = found.newest_in is not None
        self.promise_action.setEnabled(came)
        self.owe_action.setEnabled(came and not closed)
        self.chase_action.setEnabled(found.waiting is not None)
        late = found.waiting is not None and found.waiting.state in LATE
        _stress(self.chase, primary=late)
        _stress(self.answer, primary=owes)
        said, role = standing_words(found.thread, found.waiting, found.owing)
        self.stands.setVisible(bool(said))
        if said:
            self.stands.show_text(said, role)

    # What can be done

    def write_answer(self) -> None:
        """Write to whom the thread is with."""
        if self._id is not None:
            self.writes.emit(tr("Answer"), records.answer_to(self._store, self._id))

    def write_chaser(self) -> None:
        """Write the letter that reminds them."""
        thread_id = self._id
        if thread_id is not None:
            self._session.deed(
                lambda: records.chaser(self._store, thread_id),
                lambda start: self._begin(tr("Chase them"), start),
            )

    def _begin(self, title: str, start: Outgoing) -> None:
        self.writes.emit(title, start)

    def toggle_closed(self) -> None:
        """Say that no answer is needed, or that one is after all."""
        thread_id = self._id

        def toggle() -> None:
            if thread_id is not None:
                closed = records.thread(self._store, thread_id).closed_on
                on = None if closed else self._store.today()
                records.close_thread(self._store, thread_id, on)

        self._session.deed(toggle)

    def toggle_owing(self) -> None:
        """Say that we need not answer what came in last, or that we owe an answer to it."""
        if self._now is None or (last := self._now.newest_in) is None:
            return
        asks = self._now.owing is None
        self._session.deed(lambda: records.want_answer(self._store, last.id, asks=asks))

    def ask_promise(self) -> None:
        """Ask by when the last letter that came in promises an answer."""
        if self._now is None or (last := self._now.newest_in) is None:
            return
        by = DateField(
            tr("By"), today=self._store.today, hint=tr("Empty where nothing was promised.")
        )
        by.start(words.day(last.promised_by))

        def promise() -> None:
            records.promise(self._store, last.id, by.date())

        Ask(
            self,
            tr("They promised an answer"),
            (by,),
            tr("Record"),
            promise,
            session=self._session,
        ).begin()


def _stress(button: QPushButton, *, primary: bool) -> None:
    """Make a button look like the one to press, or like any other."""
    role = "primary" if primary else ""
    if button.property("role") != role:
        button.setProperty("role", role)
        picture = button.property("picture")
        kit.show_picture(button, picture[0], "on_accent" if primary else "text")
        button.style().unpolish(button)
        button.style().polish(button)


def standing_words(thread: Thread, waiting: Waiting | None, owing: Owing | None) -> tuple[str, str]:
    """Say in one line who owes whom an answer since when, and how it looks; empty for nobody."""
    if waiting is not None:
        return _they_owe(waiting), "flag" if waiting.state in LATE else "said"
    if owing is not None:
        days = how_long(owing.days)
        return (
            tr(
                "We owe {office} an answer since {day} ({days})",
                office=owing.office,
                day=words.day(owing.since),
                days=days,
            ),
            "flag",
        )
    if thread.closed_on is not None:
        return tr("Closed on {day}: no answer is needed", day=words.day(thread.closed_on)), "said"
    return "", "said"


def _they_owe(waiting: Waiting) -> str:
    parts = [
        tr(
            "{office} owes us an answer since {day} ({days})",
            office=waiting.office,
            day=words.day(waiting.since),
            days=how_long(waiting.days),
        )
    ]
    if waiting.chasers:
        parts.append(plural(waiting.chasers, "chased once", "chased {n} times"))
    if waiting.automatic_replies:
        parts.append(
            plural(waiting.automatic_replies, "{n} automatic reply", "{n} automatic replies")
        )
    if waiting.promised_by:
        kept = waiting.state is not State.PROMISE_BROKEN
        day = words.day(waiting.promised_by)
        parts.append(
            tr("promised by {day}", day=day) if kept else tr("promised by {day}, not kept", day=day)
        )
    elif waiting.state is State.CHASE:
        parts.append(tr("chase them"))
    return " · ".join(parts)
