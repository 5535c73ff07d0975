"""One line to write down what came of an item: a vote, a decision, an action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from branch_desk.desk import forms, kit, typed
from branch_desk.desk.tr import tr
from branch_desk.desk.words import day
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.odd import odd, room
from branch_desk.meetings.page.people import is_called
from branch_desk.meetings.page.spoken import looks_counted, read_count, read_doing
from branch_desk.meetings.records import EntryKind, Presence
from branch_desk.motions import records as motions
from branch_desk.motions.rules import Ballot, outcome
from branch_desk.store.errors import Conflict, DeskError, Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.page.agenda.odd import Room
    from branch_desk.meetings.page.agenda.rows import Row
    from branch_desk.meetings.page.spoken import Count, Doing
    from branch_desk.motions.records import Motion


class WrittenDown(QWidget):
    """Takes down what a meeting decides, with the arithmetic of a vote before it is stored.

    Enter does what the line reads as, and the words under it say what that is.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "meetings#votes-decisions-and-actions")
        self._session, self._store = session, session.store
        self._row: Row | None = None
        self._motion: Motion | None = None
        self.setAccessibleName(tr("At the meeting"))
        typed.hold(self)
        self._typed: dict[int, str] = {}
        self._room: Room | None = None
        self._named: dict[str, bool] = {}
        self.said = QLineEdit()
        self.said.setAccessibleName(tr("At the meeting"))
        self.said.textChanged.connect(self._read)
        self.said.returnPressed.connect(self._enter)
        forms.undo_through(self.said)
        label = kit.label(tr("At the meeting"), "label", wrap=False)
        label.setBuddy(self.said)
        self.means = kit.label("", "label")
        self.vote = kit.action(tr("Record the vote"), self.record_vote, keys="Ctrl+Shift+V")
        self.decision = kit.action(
            tr("Record a decision"), self.record_decision, keys="Ctrl+Shift+D"
        )
        self.action = kit.action(tr("Record an action"), self.record_action, keys="Ctrl+Shift+A")
        buttons = kit.row(
            kit.press(self.vote, text=tr("Vote")),
            kit.press(self.decision, text=tr("Decision")),
            kit.press(self.action, text=tr("Action")),
            space=6,
        )
        line = kit.row(self.said, buttons, space=6)
        line.setStretch(0, 1)
        self.setLayout(kit.column(label, line, self.means, space=3))

    @property
    def actions_of_written(self) -> Sequence[QAction]:
        """The actions, for the page's menu."""
        return (self.vote, self.decision, self.action)

    def show_row(self, row: Row | None) -> None:
        """Take down for another line of the agenda; what is typed belongs to its item, and waits.

        What was typed for another item is there again when that one is chosen.
        """
        before = None if self._row is None else self._row.item
        now = None if row is None else row.item
        if before != now:
            if before is not None:
                self._typed[before] = self.said.text()
            self.said.setText(self._typed.pop(now, "") if now is not None else "")
            self.said.setModified(bool(self.said.text()))
            self._hold_waiting()
        self._row = row
        self._motion = None if row is None else self._motion_of(row)
        self.said.setPlaceholderText(
            tr("How many for, against, abstaining; or what was decided")
            if self._motion is not None
            else tr("What was decided, or who does what by when")
        )
        self._named.clear()
        self._read()
        self._look_round()

    def _hold_waiting(self) -> None:
        """Let a lock hold what was typed for items that are not in front, too."""
        waiting = [(self.accessibleName(), text) for text in self._typed.values()]
        typed.wait(self, waiting)

    def _look_round(self) -> None:
        """Read who is there, beside other work: of many members the quorum takes its time."""
        if self._row is None:
            self._room = None
            return
        store, item = self._store, self._row.item
        self._session.workers.quick(
            "who is at the vote",
            lambda: room(store, records.item(store, item).meeting),
            self._show_room,
            failed=self._session.fail,
            owner=self,
        )

    def _show_room(self, found: Room) -> None:
        self._room = found
        self._read()

    def _is_name(self, name: str) -> bool:
        """Whether somebody who is there, or a member, is called so."""
        folded = name.casefold()
        if folded not in self._named:
            there = self._room.names if self._room is not None else ()
            begun = [each for each in there if f"{each} ".casefold().startswith(f"{folded} ")]
            self._named[folded] = bool(begun) or is_called(self._store, name)
        return self._named[folded]

    def _doing(self, text: str) -> Doing:
        return read_doing(text, self._store.today(), self._is_name)

    def _motion_of(self, row: Row) -> Motion | None:
        """Return the motion a vote would be on: the line's own, else the item's next undecided."""
        if row.of.kind == "motion":
            return motions.get(self._store, row.of.id)
        placed = motions.many(self._store, records.item(self._store, row.item).motions)
        return next((each for each in placed if each.state in motions.OPEN), None)

    # What it reads as

    def _read(self) -> None:
        text = self.said.text().strip()
        self.vote.setEnabled(self._row is not None and self._motion is not None and bool(text))
        for act in (self.decision, self.action):
            act.setEnabled(self._row is not None and bool(text))
        self.means.setText(self._meaning(text))

    def _meaning(self, text: str) -> str:
        motion = self._motion
        if not text:
            if motion is None:
                return tr("Write it down, then press Decision or Action, or Enter.")
            return tr(
                "Votes are on motion {number}: {title}", number=motion.number, title=motion.title
            )
        if self._is_count(text):
            return self._arithmetic(text)
        if looks_counted(text):
            return self._no_count(text)
        doing = self._doing(text)
        if not (doing.owner or doing.due_on):
            return tr("Enter records a decision.")
        owner = doing.owner or tr("nobody named")
        by = day(doing.due_on) if doing.due_on else tr("no day set")
        return tr(
            "Enter records an action: {text} · {owner} · {by}", text=doing.text, owner=owner, by=by
        )

    def _no_count(self, text: str) -> str:
        """Say what is wrong with what looks like a count, and is none or has no motion to be on."""
        if self._motion is None:
            return tr(
                "That looks like a vote, but no motion is open here: choose the motion's line."
            )
        try:
            read_count(text)
        except Invalid as error:
            return str(error)
        return ""

    def _is_count(self, text: str) -> bool:
        if self._motion is None:
            return False
        try:
            read_count(text)
        except Invalid:
            return False
        return True

    def _arithmetic(self, text: str) -> str:
        motion = self._motion
        if motion is None:
            return ""
        try:
            count = read_count(text)
            if count.ballot is None:
                result = tr("carried") if count.carried else tr("lost")
                said = tr(
                    "Enter records motion {number} {result}, not counted.",
                    number=motion.number,
                    result=result,
                )
                return said + self._oddly(None)
            threshold, base = motions.terms(self._store, motion)
            found = outcome(self._with_room(count.ballot, base), threshold, base)
        except DeskError as error:
            return str(error)
        said = tr(
            "Motion {number}: {arithmetic}", number=motion.number, arithmetic=found.arithmetic
        )
        return said + self._oddly(count.ballot)

    def _oddly(self, ballot: Ballot | None) -> str:
        """Say what is odd about a vote; it may be stored all the same."""
        if self._room is None or not (found := odd(ballot, self._room, self._store.today())):
            return ""
        return " " + tr("Look twice: {what}.", what="; ".join(found))

    def _with_room(self, ballot: Ballot, base: str) -> Ballot:
        """Count the room by who signed in, where the threshold asks and nobody called it out."""
        if base != "present" or ballot.present is not None or self._row is None:
            return ballot
        meeting = records.item(self._store, self._row.item).meeting
        there = [
            each
            for each in records.attendance(self._store, meeting)
            if each.presence is Presence.PRESENT and each.member is not None
        ]
        if not there:
            return ballot
        return Ballot(
            ballot.votes_for, ballot.votes_against, ballot.abstentions, len(there), ballot.casting
        )

    # Deeds

    def _enter(self) -> None:
        text = self.said.text().strip()
        if not text:
            return
        doing = self._doing(text)
        if self._is_count(text):
            self.record_vote()
        elif looks_counted(text):
            self._refuse(Invalid(self._no_count(text)))
        elif doing.owner or doing.due_on:
            self.record_action()
        else:
            self.record_decision()

    def record_vote(self) -> None:
        """Store the vote on the motion, with the sum it was decided by."""
        motion, row = self._motion, self._row
        if motion is None or row is None:
            self._session.fail(Conflict("Choose the motion that was voted on first."))
            return
        try:
            count = read_count(self.said.text())
        except Invalid as error:
            self._refuse(error)
            return
        done = partial(self._recorded, row.item)
        self._session.deed(partial(self._decide, motion, row.item, count), done, self._refuse)

    def _decide(self, motion: Motion, item_id: int, count: Count) -> str:
        on = records.get(self._store, records.item(self._store, item_id).meeting).on
        if count.ballot is None:
            motions.decide_without_count(self._store, motion.id, on=on, carried=count.carried)
            result = tr("carried") if count.carried else tr("lost")
            return tr("Motion {number} is {result}.", number=motion.number, result=result)
        base = motions.terms(self._store, motion)[1]
        ballot = self._with_room(count.ballot, base)
        found = motions.decide(
            self._store,
            motion.id,
            on=on,
            votes_for=ballot.votes_for,
            votes_against=ballot.votes_against,
            abstentions=ballot.abstentions,
            present=ballot.present,
            casting=ballot.casting,
        )
        return tr(
            "Motion {number}: {arithmetic}", number=motion.number, arithmetic=found.arithmetic
        )

    def _refuse(self, error: DeskError) -> None:
        """Say why not; what is typed next takes the place of what was refused."""
        self._session.fail(error)
        self.said.setFocus()
        self.said.selectAll()

    def record_decision(self) -> None:
        """Store what was decided under the item; never what was meant as a vote on its motion."""
        row, text = self._row, self.said.text().strip()
        if self._motion is not None and looks_counted(text):
            self._refuse(Invalid(tr("That looks like a vote: press Vote, or write it in words.")))
        elif row is not None and text:
            self._minute(row, EntryKind.DECISION, text)

    def record_action(self) -> None:
        """Store who is to do what by when."""
        row, text = self._row, self.said.text().strip()
        if row is not None and text:
            self._minute(row, EntryKind.ACTION, text)

    def _minute(self, row: Row, kind: EntryKind, text: str) -> None:
        doing = self._doing(text)
        what = doing.text if kind is EntryKind.ACTION else text

        def deed() -> str:
            item = records.item(self._store, row.item)
            records.minute(
                self._store,
                item.meeting,
                kind,
                what,
                item=item.id,
                owner=doing.owner if kind is EntryKind.ACTION else "",
                due_on=doing.due_on if kind is EntryKind.ACTION else None,
            )
            if kind is EntryKind.ACTION:
                return tr("Action recorded under {item}.", item=item.title)
            return tr("Decision recorded under {item}.", item=item.title)

        self._session.deed(deed, partial(self._recorded, row.item), self._refuse)

    def _recorded(self, item: int, said: str) -> None:
        self._typed.pop(item, None)
        self._hold_waiting()
        if self._row is None or self._row.item == item:
            self.said.setText("")  # and not clear(), which Ctrl+Z would take back
        self._session.undoable.emit(said)
