"""One thread in full: its letters in order, how it stands, and what can be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from branch_desk.correspondence import records
from branch_desk.correspondence.page.threads import STATES
from branch_desk.correspondence.rules import Direction, State
from branch_desk.desk import files, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.correspondence.records import Enclosure, Letter, Thread, Waiting
    from branch_desk.desk.session import Session


def automatic(letter: Letter) -> str:
    """Say in one sentence that no person wrote it, or seems to have, and why."""
    because = letter.automatic_because.removesuffix(" (a guess)")
    why = f" ({because})" if because else ""
    is_one = "This looks like" if letter.automatic_guess else "This is"
    return f"{is_one} an automatic reply{why}; the clock goes on."


class ThreadDetail(QWidget):
    """Shows a thread, oldest letter first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.subject = kit.label("", "title")
        self.office = kit.label("", "muted")
        self.stands = kit.Notice(closes=False)
        self.close_action = kit.action("No answer is needed any more", self.toggle_closed)
        self.promise_action = kit.action("They promised an answer by…", self.ask_promise)
        self.letters = QVBoxLayout()
        self.letters.setSpacing(12)
        head = kit.column(self.subject, self.office, space=2)
        buttons = kit.row(
            kit.press(self.promise_action, role="quiet"),
            kit.press(self.close_action, role="quiet"),
            None,
        )
        layout = kit.column(head, self.stands, buttons, self.letters, None, space=12)
        layout.setContentsMargins(0, 0, 8, 0)
        self.setLayout(layout)
        self.hide()

    @property
    def thread_actions(self) -> Sequence[QAction]:
        """The thread's actions, for the page's menu."""
        return (self.promise_action, self.close_action)

    def show_thread(self, thread_id: int | None, waiting: Waiting | None) -> None:
        """Show a thread and how it stands."""
        self._id = thread_id
        self.setVisible(thread_id is not None)
        for act in self.thread_actions:
            act.setEnabled(thread_id is not None)
        kit.clear(self.letters)
        if thread_id is None:
            return
        thread = records.thread(self._store, thread_id)
        letters = records.letters(self._store, thread_id)
        self.subject.setText(thread.subject)
        self.office.setText(thread.office)
        self._show_standing(thread, waiting)
        incoming = any(each.direction is Direction.IN for each in letters)
        self.promise_action.setEnabled(incoming)
        for letter in letters:
            self.letters.addWidget(self._letter(letter))

    def _show_standing(self, thread: Thread, waiting: Waiting | None) -> None:
        closed = thread.closed_on is not None
        self.close_action.setText(
            "An answer is needed after all" if closed else "No answer is needed any more"
        )
        if waiting is None:
            self.stands.hide()
            return
        parts = [f"Waiting {words.count(waiting.days, 'day')}, since {words.day(waiting.since)}"]
        if waiting.chasers:
            parts.append(words.count(waiting.chasers, "chaser"))
        if waiting.automatic_replies:
            parts.append(
                words.count(waiting.automatic_replies, "automatic reply", "automatic replies")
            )
        if waiting.promised_by:
            parts.append(f"promised by {words.day(waiting.promised_by)}")
        if waiting.state is not State.WAITING:
            parts.append(STATES[waiting.state])
        self.stands.show_text(" · ".join(parts), "flag")

    def _letter(self, letter: Letter) -> QFrame:
        out = letter.direction is Direction.OUT
        who = f"To {letter.recipient}" if out else f"From {letter.sender}"
        top = kit.row(kit.label(who, "heading"), space=12)
        top.addWidget(kit.label(words.day(letter.on), "muted", wrap=False))
        body = kit.label(letter.body.strip() or "(no text)")
        flags = Qt.TextInteractionFlag
        body.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        body.setAccessibleName(f"{who}: text")
        made = kit.card(top, *self._machine(letter), body)
        layout = made.layout()
        for each in records.enclosures(self._store, letter.id):
            if layout is not None:
                layout.addWidget(self._enclosure(each))
        return made

    def _machine(self, letter: Letter) -> list[QWidget]:
        if letter.direction is Direction.OUT:
            return []
        if not letter.automatic:
            return []
        said: QLabel = kit.label(automatic(letter), "warning")
        mend = kit.button("A person wrote it", role="quiet")
        mend.clicked.connect(lambda: self._correct(letter))
        line = kit.row(space=8)
        line.addWidget(said, 1)
        line.addWidget(mend)
        return [kit.box(line)]

    def _correct(self, letter: Letter) -> None:
        self._session.deed(
            lambda: records.correct_automatic(
                self._store, letter.id, automatic=not letter.automatic
            )
        )

    def _enclosure(self, enclosure: Enclosure) -> QWidget:
        size = f"{max(enclosure.size // 1000, 1):,} kB"
        opener = kit.button(f"{enclosure.name} ({size})", "paperclip", role="row")
        opener.setToolTip("Save a copy")
        opener.clicked.connect(lambda: self._save(enclosure))
        return opener

    def _save(self, enclosure: Enclosure) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save a copy", enclosure.name)
        if path:
            self._session.deed(
                lambda: files.write_to(path, self._store.attachment(enclosure.attachment))
            )

    def toggle_closed(self) -> None:
        """Say that no answer is needed, or that one is after all."""
        thread_id = self._id
        if thread_id is not None:
            closed = records.thread(self._store, thread_id).closed_on
            on = None if closed else self._store.today()
            self._session.deed(lambda: records.close_thread(self._store, thread_id, on))

    def ask_promise(self) -> None:
        """Ask by when the last letter that came in promises an answer."""
        if self._id is None:
            return
        came = [
            each
            for each in records.letters(self._store, self._id)
            if each.direction is Direction.IN
        ]
        if not came:
            return
        last = came[-1]
        by = Line("By", hint="Empty where nothing was promised.")
        by.start(words.short_day(last.promised_by))

        def promise() -> None:
            records.promise(self._store, last.id, words.read_date(by.text(), self._store.today()))

        Ask(self, "They promised an answer", (by,), "Record", promise).exec()
