"""Who came to a meeting and who sent apologies, signed in by a few letters of the name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from branch_desk.desk import forms, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Line
from branch_desk.meetings import records
from branch_desk.meetings.records import Channel, How, Presence
from branch_desk.members import records as members
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Attendance
    from branch_desk.members.records import Member

ID = Qt.ItemDataRole.UserRole
FEWEST_LETTERS = 3
SEARCHED, MOST, SEEN = 200, 20, 5
HOW = {How.HALL: "in the hall", How.ONLINE: "online"}


class AttendancePanel(QWidget):
    """Signs people in and counts them against the quorum."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._meeting: int | None = None
        self.hall = kit.action("In the hall", lambda: self.sign_in(How.HALL), keys="Ctrl+Return")
        self.online = kit.action("Online", lambda: self.sign_in(How.ONLINE))
        self.sorry = kit.action("Apologies", self.apologise)
        self.quorum = kit.label("", "heading")
        self.counts = kit.label("", "muted")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Three letters of a name")
        self.search.setAccessibleName("Who")
        self.search.textChanged.connect(self._look_up)
        self.search.returnPressed.connect(self.hall.trigger)
        forms.undo_through(self.search)
        self.found = QListWidget()
        self.found.setAccessibleName("Members found")
        self.found.itemActivated.connect(lambda _: self.hall.trigger())
        self.found.hide()
        self.people = QVBoxLayout()
        self.people.setSpacing(2)
        buttons = kit.row(
            kit.press(self.hall, role="primary"),
            kit.press(self.online),
            kit.press(self.sorry),
            None,
        )
        layout = kit.column(
            kit.column(self.quorum, self.counts, space=2),
            self.search,
            self.found,
            buttons,
            self.people,
            None,
            space=8,
        )
        layout.setContentsMargins(0, 12, 8, 0)
        self.setLayout(layout)

    @property
    def actions_of_attendance(self) -> Sequence[QAction]:
        """The panel's actions, for the page's menu."""
        return (self.hall, self.online, self.sorry)

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show who is at a meeting; what is being typed stays unless it is another meeting."""
        if meeting_id != self._meeting:
            self.search.clear()
        self._meeting = meeting_id
        kit.clear(self.people)
        self._enable()
        if meeting_id is None:
            return
        there = records.attendance(self._store, meeting_id)
        self.quorum.setText(records.quorum(self._store, meeting_id).message)
        self.counts.setText(counted(there))
        for each in there:
            self.people.addWidget(self._line(each))

    def _line(self, entry: Attendance) -> QWidget:
        line = kit.row(space=8)
        line.addWidget(kit.label(entry.name), 1)
        visitor = "" if entry.member is not None else "visitor, "
        how = HOW[entry.how] if entry.how else "apologies"
        line.addWidget(kit.label(visitor + how, "muted", wrap=False))
        off = kit.button("", "x", role="quiet")
        off.setAccessibleName(f"Strike {entry.name}")
        off.setToolTip("Strike this entry")
        off.clicked.connect(
            lambda: self._session.deed(lambda: records.strike(self._store, entry.id))
        )
        line.addWidget(off)
        return kit.box(line)

    def _look_up(self, text: str) -> None:
        self.found.clear()
        asked = text.strip()
        for each in self._named(asked) if len(asked) >= FEWEST_LETTERS else ():
            item = QListWidgetItem(f"{each.name}   {each.number}".strip())
            item.setData(ID, each.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        number = self.found.count()
        self.found.setVisible(number > 0)
        self.found.setFixedHeight(self.found.sizeHintForRow(0) * min(number, SEEN) + 4)
        self._enable()

    def _named(self, asked: str) -> list[Member]:
        """Return the members in whose name the words asked for are; an address does not count."""
        found = members.many(self._store, self._store.search("member", asked, SEARCHED))
        parts = _plain(asked).split()
        named = [each for each in found if each.current and _is_named(each, parts)]
        return named[:MOST]

    def _enable(self) -> None:
        named = self._meeting is not None and bool(self.search.text().strip())
        for act in self.actions_of_attendance:
            act.setEnabled(named)

    def _who(self) -> tuple[int | None, str]:
        """Return the member picked; somebody whom the list does not have is a visitor."""
        picked: QListWidgetItem | None = self.found.currentItem()
        text = self.search.text().strip()
        if picked is not None:
            return int(picked.data(ID)), ""
        if len(text) < FEWEST_LETTERS:
            raise Invalid("Type at least three letters of the name.")
        return None, text

    def _enter(self, enter: Callable[[int, int | None, str], object]) -> None:
        meeting_id = self._meeting
        if meeting_id is not None:
            self._session.deed(lambda: enter(meeting_id, *self._who()), self._entered)

    def _entered(self, _: object) -> None:
        self.search.clear()
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


def _is_named(member: Member, parts: Sequence[str]) -> bool:
    name = _plain(f"{member.name} {member.known_as}")
    return all(part in name for part in parts)


def _plain(text: str) -> str:
    """Return a text without accents and capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def counted(there: Sequence[Attendance]) -> str:
    """Count those present, by how they came, and the apologies."""
    present = [each for each in there if each.presence is Presence.PRESENT]
    parts = [f"{len(present):,} present"]
    for how, word in HOW.items():
        if number := sum(each.how is how for each in present):
            parts.append(f"{number:,} {word}")
    parts.append(words.count(len(there) - len(present), "apology", "apologies"))
    return " · ".join(parts)


def ask_notice(session: Session, parent: QWidget, meeting_id: int) -> None:
    """Ask when, how and to how many notice of a meeting went out."""
    store = session.store
    today = store.today()
    day = Line("On")
    day.start(words.short_day(today))
    channel = Choice("How", [(each.value, each.words) for each in Channel])
    number = Line("To how many", hint="Empty where nobody counted.")

    def record() -> int:
        return records.record_notice(
            store,
            meeting_id,
            sent_on=words.read_date(day.text(), today) or today,
            channel=Channel(channel.text()),
            recipients=_whole(number.text()),
        )

    Ask(parent, "Record that notice went out", (day, channel, number), "Record", record).exec()


def ask_agreed(session: Session, parent: QWidget, meeting_id: int) -> None:
    """Ask on which day a later meeting agreed the minutes."""
    store = session.store
    today = store.today()
    day = Line("On", hint="The day of the meeting that agreed them; they then stand as they are.")
    day.start(words.short_day(today))

    def agree() -> None:
        records.agree_minutes(store, meeting_id, words.read_date(day.text(), today) or today)

    Ask(parent, "Agree the minutes", (day,), "Agree them", agree).exec()


def _whole(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Invalid(f"“{text.strip()}” is not a number of people.")
    return int(text)
