"""Who is at a meeting and who sent apologies, by three letters of the name and one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSplitter, QWidget

from branch_desk.desk import forms, kit
from branch_desk.desk.tr import plural, tr
from branch_desk.meetings import records
from branch_desk.meetings.page import people
from branch_desk.meetings.page.signing_in.light import QuorumLight, word_for
from branch_desk.meetings.page.signing_in.there import There
from branch_desk.meetings.records import How, Presence
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QShowEvent

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Attendance
    from branch_desk.meetings.rules import Quorum

ID, NAME = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
SEEN = 6
TOPIC = "sign in"


class SigningIn(QWidget):
    """Signs people in and counts them against the quorum."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "meetings#attendance")
        self._session, self._store = session, session.store
        self._meeting: int | None = None
        self._answered = ""
        self._after: Callable[[], None] | None = None
        self._here: dict[int, Attendance] = {}
        self._make_actions()
        self.light = QuorumLight(session.look)
        self.word = kit.label("", "display")
        self.quorum = kit.label("", "lead")
        self.counts = kit.label("", "lead")
        self.search = QLineEdit()
        self.search.setProperty("role", "big")
        self.search.setPlaceholderText(tr("Three letters of a name"))
        self.search.setAccessibleName(tr("Who"))
        self.search.setAccessibleDescription(
            tr("Enter signs in, Shift+Enter takes apologies, Alt+Enter is online.")
        )
        self.search.textChanged.connect(self._look_up)
        self.search.installEventFilter(self)
        forms.undo_through(self.search)
        self.found = QListWidget()
        self.found.setProperty("role", "big")
        self.found.setAccessibleName(tr("Members found"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.itemActivated.connect(lambda _: self.hall.trigger())
        self.found.hide()
        self.hint = kit.label("", "muted")
        buttons = kit.row(
            kit.press(self.hall, role="primary"),
            kit.press(self.online),
            kit.press(self.sorry),
            None,
        )
        head = kit.row(
            self.light, kit.column(self.word, self.quorum, self.counts, space=2), space=16
        )
        head.setStretch(1, 1)
        left = kit.box(
            kit.column(head, self.search, self.found, self.hint, buttons, None, space=12)
        )
        self.there = There(session)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(left)
        split.addWidget(self.there)
        split.setSizes([560, 420])
        layout = kit.column(split)
        layout.setContentsMargins(0, 12, 0, 0)
        self.setLayout(layout)
        self._hint()

    def _make_actions(self) -> None:
        self.hall = kit.action(
            tr("In the hall"), lambda: self.sign_in(How.HALL), keys="Ctrl+Return"
        )
        self.online = kit.action(tr("Online"), lambda: self.sign_in(How.ONLINE), keys="Alt+Return")
        self.sorry = kit.action(tr("Apologies"), self.apologise)

    @property
    def actions_of_attendance(self) -> Sequence[QAction]:
        """The panel's actions, for the page's menu."""
        return (self.hall, self.online, self.sorry, self.there.strike)

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show who is at a meeting; what is being typed stays unless it is another meeting."""
        if meeting_id != self._meeting:
            self.search.clear()
        self._meeting = meeting_id
        self._enable()
        found = [] if meeting_id is None else records.attendance(self._store, meeting_id)
        self._here = {each.member: each for each in found if each.member is not None}
        self.there.show_entries(found)
        if meeting_id is None:
            return
        self.counts.setText(counted(found))
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: count the quorum once it can be seen."""
        super().showEvent(event)
        self._count()

    def _count(self) -> None:
        """Count the quorum off the main thread: of many members that takes its time."""
        meeting_id, store = self._meeting, self._store
        if meeting_id is not None and self.isVisible():
            self._session.workers.quick(
                "quorum",
                lambda: records.quorum(store, meeting_id),
                self._show_quorum,
                failed=self._session.fail,
                owner=self,
            )

    def _show_quorum(self, quorum: Quorum) -> None:
        self.light.show_quorum(quorum)
        self.word.setText(word_for(quorum))
        self.quorum.setText(quorum.message)

    # Who is meant

    def _look_up(self, text: str) -> None:
        asked = text.strip()
        self._after = None
        self._enable()
        if len(asked) < people.FEWEST_LETTERS:
            self._session.workers.forget(TOPIC)
            self._show("", [])
            return
        store = self._store
        self._session.workers.quick(
            TOPIC,
            lambda: people.find(store, asked),
            partial(self._show, asked),
            failed=self._session.fail,
            owner=self,
        )

    def _show(self, asked: str, found: list[tuple[int, str, str]]) -> None:
        self._answered = asked
        self.found.clear()
        for number, name, detail in found:
            here = self._here.get(number)
            already = f" · {_already(here)}" if here is not None else ""
            self._offer(number, name, f"{name}    {detail}{already}".rstrip())
        if asked:
            text = tr("Write down “{name}” as a visitor", name=asked)
            self._offer(None, asked, text)
        self.found.setCurrentRow(0)
        number = self.found.count()
        self.found.setVisible(number > 0)
        row = max(self.found.sizeHintForRow(0), 1)
        self.found.setFixedHeight(row * min(number, SEEN) + 6)
        self._hint()
        if asked and self._after is not None:
            after, self._after = self._after, None
            after()

    def _offer(self, number: int | None, name: str, text: str) -> None:
        line = QListWidgetItem(text)
        line.setData(ID, number)
        line.setData(NAME, name)
        self.found.addItem(line)

    def _hint(self) -> None:
        if self.found.count() == 1:
            text = tr("Nobody on the list is called that: Enter writes them down as a visitor.")
        else:
            text = tr("Enter signs in · Alt+Enter online · Shift+Enter apologies")
        self.hint.setText(text)

    def _enable(self) -> None:
        named = self._meeting is not None and bool(self.search.text().strip())
        for act in (self.hall, self.online, self.sorry):
            act.setEnabled(named)

    def _who(self) -> tuple[int | None, str]:
        """Return the member picked; somebody whom the list does not have is a visitor."""
        if len(self.search.text().strip()) < people.FEWEST_LETTERS:
            raise Invalid(tr("Type at least three letters of the name."))
        picked = self.found.currentItem()
        number = picked.data(ID)
        return (None, str(picked.data(NAME))) if number is None else (int(number), "")

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Enter enters whoever is picked, the arrows pick another."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if held == Qt.KeyboardModifier.ShiftModifier:
                    self.sorry.trigger()
                elif held == Qt.KeyboardModifier.NoModifier:
                    self.hall.trigger()
                else:
                    return False
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.found.count():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = (self.found.currentRow() + step) % self.found.count()
                self.found.setCurrentRow(row)
            case Qt.Key.Key_Escape if self.search.text():
                self.search.clear()
            case _:
                return False
        return True

    # Deeds

    def _enter(self, enter: Callable[[int, int | None, str], object]) -> None:
        """Enter whoever is meant, as soon as the list for what was typed is there."""
        meeting_id = self._meeting
        asked = self.search.text().strip()
        if meeting_id is None:
            return
        if len(asked) >= people.FEWEST_LETTERS and asked != self._answered:
            self._after = partial(self._enter, enter)
            return
        self._session.deed(lambda: enter(meeting_id, *self._who()), self._entered)

    def _entered(self, _: object) -> None:
        self.search.setText("")  # and not clear(), which Ctrl+Z would take back
        self.search.setFocus()

    def sign_in(self, how: How) -> None:
        """Record that whoever is picked, or the visitor named, is there."""
        self._enter(
            lambda meeting, member, name: records.sign_in(
                self._store, meeting, member=member, name=name, how=how
            )
        )

    def apologise(self) -> None:
        """Record the apologies of whoever is picked or named."""
        self._enter(
            lambda meeting, member, name: records.apologise(
                self._store, meeting, member=member, name=name
            )
        )


def _already(entry: Attendance) -> str:
    if entry.presence is Presence.APOLOGIES:
        return tr("sent apologies")
    return tr("already online") if entry.how is How.ONLINE else tr("already here")


def counted(there: Sequence[Attendance]) -> str:
    """Count those present, by how they came, and the apologies."""
    present = [each for each in there if each.presence is Presence.PRESENT]
    hall = sum(each.how is How.HALL for each in present)
    parts = [plural(len(present), "{n} present", "{n} present")]
    if hall:
        parts.append(plural(hall, "{n} in the hall", "{n} in the hall"))
    if online := len(present) - hall:
        parts.append(plural(online, "{n} online", "{n} online"))
    parts.append(plural(len(there) - len(present), "{n} apology", "{n} apologies"))
    return " · ".join(parts)
