"""The minutes: their text, what was decided and who does what, and whether they are agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import DateField, MarkdownField
from branch_desk.desk.tr import tr
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.rows import entry_text, motion_text
from branch_desk.meetings.records import EntryKind, MinutesState
from branch_desk.motions import records as motions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting, MinuteEntry

ENTRY = Qt.ItemDataRole.UserRole


class MinutesPanel(QWidget):
    """Writes the minutes of a meeting; once agreed they only show what stands."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "meetings#minutes")
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.agree = kit.action(tr("Agree the minutes…"), self.ask_agreed)
        self.agree.setData("check")
        self.reopen = kit.action(tr("Reopen the minutes"), self.do_reopen)
        self.reopen.setData("undo-2")
        self.draft = kit.action(tr("Begin with the agenda's headings"), self.do_draft)
        self.draft.setData("list-ordered")
        self.done = kit.action(tr("Mark the action done"), self.do_done)
        self.strike = kit.action(tr("Remove from the minutes"), self.do_strike, keys="Delete")
        self.strike.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.stands = kit.label("", "muted")
        self.text = MarkdownField(tr("Minutes of this meeting"), self._store_text, height=14)
        self.entries = QTreeWidget()
        self.entries.setAccessibleName(tr("Votes, decisions and actions"))
        self.entries.setHeaderHidden(True)
        self.entries.setRootIsDecorated(False)
        self.entries.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.entries.addActions([self.done, self.strike])
        self.entries.itemSelectionChanged.connect(self._enable)
        self.none = kit.label(
            tr(
                "Votes, decisions and actions are written down under their item of the agenda, "
                "and print with the minutes."
            ),
            "muted",
        )
        about = kit.row(
            kit.press(self.done, role="quiet", text=tr("Done")),
            kit.press(self.strike, role="quiet", text=tr("Remove")),
            None,
        )
        buttons = kit.row(
            kit.press(self.agree, role="primary"),
            kit.press(self.reopen),
            kit.press(self.draft, role="quiet"),
            None,
        )
        layout = kit.column(
            kit.row(self.stands), self.text, buttons, self.none, self.entries, about, None, space=8
        )
        layout.setContentsMargins(0, 12, 8, 0)
        self.setLayout(layout)

    @property
    def actions_of_minutes(self) -> Sequence[QAction]:
        """What can be done here, for the page's menu."""
        return (self.agree, self.reopen, self.draft, self.done, self.strike)

    def leave(self) -> None:
        """Store what is being typed."""
        self.text.leave()

    def show_meeting(self, meeting: Meeting | None) -> None:
        """Show a meeting's minutes; what is typed into the same ones is left alone."""
        state = MinutesState.NONE if meeting is None else meeting.minutes_state
        self.agree.setEnabled(state is MinutesState.DRAFT)
        self.reopen.setEnabled(state is MinutesState.AGREED)
        self.draft.setEnabled(meeting is not None and state is MinutesState.NONE)
        if meeting is None:
            self._id = None
            return
        if meeting.id == self._id:
            self.text.show_text(meeting.minutes)
        else:
            self._id = meeting.id
            self.text.start(meeting.minutes)
        self.text.set_read_only(on=state is MinutesState.AGREED)
        self.stands.setText(_stands(meeting))
        self._show_entries(meeting)

    def _show_entries(self, meeting: Meeting) -> None:
        self.entries.clear()
        placed = [each for item in records.agenda(self._store, meeting.id) for each in item.motions]
        for motion in motions.many(self._store, placed):
            if motion.result is not None:
                self._add(motion_text(motion), None)
        for entry in records.minuted(self._store, meeting.id):
            self._add(entry_text(entry), entry)
        number = self.entries.topLevelItemCount()
        self.entries.setVisible(bool(number))
        self.none.setVisible(not number)
        high = max(self.entries.sizeHintForRow(0), 1) * min(max(number, 1), 8) + 6
        self.entries.setMinimumHeight(high)
        self._enable()

    def _add(self, text: str, entry: MinuteEntry | None) -> None:
        line = QTreeWidgetItem([text])
        line.setData(0, ENTRY, entry)
        line.setToolTip(0, kit.tip(text))
        self.entries.addTopLevelItem(line)

    def _entry(self) -> MinuteEntry | None:
        picked = self.entries.selectedItems()
        return picked[0].data(0, ENTRY) if picked else None

    def _enable(self) -> None:
        entry = self._entry()
        self.strike.setEnabled(entry is not None)
        is_action = entry is not None and entry.kind is EntryKind.ACTION
        self.done.setEnabled(is_action)
        undone = entry is not None and entry.done_on is not None
        self.done.setText(tr("Mark it not done") if undone else tr("Mark the action done"))

    # Deeds

    def _store_text(self, text: str) -> None:
        meeting_id = self._id
        if meeting_id is not None:
            self._session.write(lambda: records.set_minutes(self._store, meeting_id, text))

    def do_draft(self) -> None:
        """Begin the text with a heading for each item of the agenda."""
        meeting_id = self._id
        if meeting_id is not None:
            self.leave()
            if records.get(self._store, meeting_id).minutes.strip():
                return  # what was typed until now is the beginning
            text = "\n\n".join(
                f"## {number}. {item.title}"
                for number, item in enumerate(records.agenda(self._store, meeting_id), 1)
            )
            self._session.deed(lambda: records.set_minutes(self._store, meeting_id, text + "\n"))

    def do_strike(self) -> None:
        """Take the chosen decision or action out."""
        entry = self._entry()
        if entry is not None:
            self._session.deed(
                lambda: records.strike_entry(self._store, entry.id),
                lambda _: self._session.undoable.emit(tr("Removed: {text}", text=entry.text)),
            )

    def do_done(self) -> None:
        """Record that the chosen action is done, today, or that it is not after all."""
        entry = self._entry()
        if entry is not None:
            on = None if entry.done_on else self._store.today()
            self._session.deed(lambda: records.finish(self._store, entry.id, on))

    def ask_agreed(self) -> None:
        """Ask on which day a later meeting agreed the minutes."""
        store, meeting_id = self._store, self._id
        if meeting_id is None:
            return
        self.leave()
        hint = tr("The day of the meeting that agreed them; they then stand as they are.")
        day = DateField(tr("On"), today=store.today, hint=hint)
        day.show_date(store.today())

        def agree() -> None:
            records.agree_minutes(store, meeting_id, day.date() or store.today())

        Ask(
            self,
            tr("Agree the minutes"),
            (day,),
            tr("Agree them"),
            agree,
            session=self._session,
        ).begin()

    def do_reopen(self) -> None:
        """Make agreed minutes a draft again, to mend a mistake."""
        meeting_id = self._id
        if meeting_id is not None:
            self._session.deed(
                lambda: records.reopen_minutes(self._store, meeting_id),
                lambda _: self._session.undoable.emit(tr("The minutes are a draft again.")),
            )


def _stands(meeting: Meeting) -> str:
    match meeting.minutes_state:
        case MinutesState.AGREED:
            return tr("Agreed on {day}.", day=words.day(meeting.minutes_agreed_on))
        case MinutesState.DRAFT:
            return tr("A draft until a meeting agrees them.")
        case _:
            return tr("Nothing is written yet.")
