"""The motions on the screen: taken in, held against the rules, told of, voted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.correspondence.page.composer import BegunLetter, Composer
from branch_desk.desk import clipboard, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Line
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.motions import records
from branch_desk.motions.page.bringing import Bringing
from branch_desk.motions.page.detail import MotionDetail
from branch_desk.motions.page.people import person_field
from branch_desk.motions.page.placing import Placing
from branch_desk.motions.page.vote import Vote
from branch_desk.motions.rules import OPEN, MotionState, opening
from branch_desk.motions.rules import words as counted_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from branch_desk.correspondence.records import Outgoing
    from branch_desk.desk.page import Unfinished
    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion
    from branch_desk.store.store import Store

FILTERS = (
    ("all", mark("All motions")),
    ("open", mark("Still to be taken")),
    ("draft", mark("Drafts")),
    ("received", mark("Received")),
    ("accepted", mark("Accepted")),
    ("carried", mark("Carried")),
    ("lost", mark("Lost")),
    ("remitted", mark("Remitted")),
    ("withdrawn", mark("Withdrawn")),
    ("fallen", mark("Fallen")),
    ("ruled-out", mark("Ruled out of order")),
)


def _tone(motion: Motion) -> str:
    return "text" if motion.state in OPEN else "muted"


COLUMNS: tuple[Column[Motion], ...] = (
    Column(mark("Number"), lambda motion: motion.number, sample="2026/00", order="number"),
    Column(mark("Title"), lambda motion: motion.title, 3.4, order="title"),
    Column(mark("Mover"), lambda motion: motion.mover, 1.6, spare=True, order="mover"),
    Column(
        mark("State"),
        lambda motion: opening(motion.state.words),
        sample="Withdrawn",
        order="state",
        tone=_tone,
    ),
    Column(
        mark("Received"),
        lambda motion: words.short_day(motion.received_on),
        sample="30 Mar 2000",
        spare=True,
        order="received",
    ),
    Column(mark("Kind"), lambda motion: opening(motion.kind.words), 1.4, order="kind", hidden=True),
    Column(mark("Seconder"), lambda motion: motion.seconder, 1.6, hidden=True),
    Column(mark("Addressed to"), lambda motion: motion.addressed_to, 1.6, hidden=True),
    Column(
        mark("Decided"),
        lambda motion: words.short_day(motion.result.on) if motion.result else "",
        sample="30 Mar 2000",
        hidden=True,
    ),
    Column(
        mark("Words"),
        lambda motion: f"{counted_words(motion.text):,}",
        sample="Words",
        numeric=True,
        hidden=True,
    ),
)


class MotionsPage(ListPage):
    """Every motion, newest first."""

    name = mark("Motions")
    icon = "scroll-text"
    tables = frozenset(
        {"motion", "standing_order", "meeting", "agenda_item", "link", "member", "letter"}
    )
    drops = (".md", ".markdown", ".txt", ".eml")
    filters = FILTERS
    split_sizes = (560, 580)

    def __init__(self, session: Session) -> None:
        self._counts: dict[str, int] = {}
        self._cover_now: QWidget | None = None
        self._make_page_actions()
        self.placing = Placing(session)
        self.panel = MotionDetail(session, self.tell, self.vote, self.place)
        empty = kit.Empty(
            "scroll-text",
            tr("No motions yet"),
            tr(
                "Take in a motion from a file, paste it from an e-mail, or drop it here. The desk "
                "says whether it is in order and which rule says so."
            ),
            (
                kit.press(self.file, role="primary", text=tr("From a file…")),
                kit.press(self.paste, text=tr("Paste…")),
                kit.press(self.write),
            ),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        super().__init__(session, Table(model, tr("Motions")), self.panel, empty)
        self.bringing = Bringing(self)
        self.add_to_head(
            kit.press(self.paste, text=tr("Paste…")),
            kit.press(self.file, role="primary", text=tr("From a file…")),
        )
        self.menu_on_table([*self._of_motion])

    def _make_page_actions(self) -> None:
        make = kit.action
        self.file = make(tr("Take in a motion from a file…"), self.browse, keys="Ctrl+I")
        self.file.setData("file-up")
        self.paste = make(tr("Paste a motion…"), self.take_pasted, keys="Ctrl+V")
        self.paste.setData("file-plus")
        self.write = make(tr("Write a motion…"), self.ask_written, keys="Ctrl+N")
        self.write.setData("plus")
        self.tell = make(tr("Tell the mover…"), self.tell_mover, keys="Ctrl+T")
        self.tell.setData("mail")
        self.vote = make(tr("Record the vote…"), self.ask_vote, keys="Ctrl+E")
        self.vote.setData("check")
        self.send = make(tr("Send the result…"), self.send_result, keys="Ctrl+R")
        self.place = make(tr("Place on the agenda"), self.place_it, keys="Ctrl+G")
        self.place.setData("calendar-plus")
        self.meeting = make(tr("Go to its meeting"), self.go_to_meeting)
        self.copy = make(tr("Copy the motion"), self.copy_motion, keys="Ctrl+Shift+C")
        self.withdraw = make(tr("Withdraw"), self.set_withdrawn)
        self.reopen = make(tr("Take the result back"), self.set_open)
        self.delete = make(tr("Delete the motion"), self.remove)
        self.delete.setData("trash-2")
        self._of_motion = (
            *(self.tell, self.vote, self.send, self.place, self.meeting, self.copy),
            *(self.withdraw, self.reopen, self.delete),
        )

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        own = (self.file, self.paste, self.write, *self._of_motion)
        return (*own, *self.panel.preview.actions_of_preview)

    # The list

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the motions that match."""
        turned = f"-{order}" if descending else order
        found = records.ids(self.store, search=search, order=turned or "number")
        states = {state: set(records.ids(self.store, state=state)) for state in MotionState}
        kept = {state.value: ids for state, ids in states.items()}
        kept["open"] = set().union(*(states[state] for state in OPEN))
        self._counts = {key: len(ids) for key, ids in kept.items()}
        if self.filtered not in kept:
            return found
        return [each for each in found if each in kept[self.filtered]]

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show the motions found, and count those of each state."""
        counts = self._counts
        self.count_filters(counts)
        every = sum(number for key, number in counts.items() if key != "open")
        to_come = counts.get("open", 0)
        self.summary.setText(
            plural(every, "{n} motion", "{n} motions")
            + " · "
            + tr("{count} still to be taken", count=f"{to_come:,}")
        )
        super().show_ids(ids)

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a motion, or a filter; a letter being written stays in front."""
        if self._is_busy():
            return
        self._uncover()
        super().show_thing(row_id, what)

    def show_detail(self, row_id: int | None) -> None:
        """Show one motion in full."""
        motion = self.panel.show_motion(row_id)
        there, decided = motion is not None, motion is not None and motion.result is not None
        for act in self._of_motion:
            act.setEnabled(there)
        self.vote.setEnabled(there and not decided)
        self.delete.setEnabled(there and not decided)
        self.place.setEnabled(motion is not None and self.placing.is_to_place(motion))
        self.withdraw.setEnabled(motion is not None and motion.state in OPEN)
        self.reopen.setEnabled(decided)
        self.send.setEnabled(decided)

    # Taking in

    def browse(self) -> None:
        """Ask for the file."""
        self.bringing.browse()

    def drop(self, paths: list[str]) -> None:
        """Show what was recognised in the files, one after another."""
        if not self._is_busy():
            self.bringing.read_files(paths)

    def take_pasted(self) -> None:
        """Show what was recognised in what is on the clipboard."""
        if not self._is_busy():
            self.bringing.paste()

    def ask_written(self) -> None:
        """Ask for a title and begin a draft."""
        title, mover = Line(tr("Title")), person_field(tr("Mover"), self.session)

        def add() -> int:
            member = mover.person() or records.matching_name(self.store, mover.text())
            return records.add(
                self.store, title=title.text(), text="", mover=mover.text(), mover_member=member
            )

        Ask(
            self,
            tr("Write a motion"),
            (title, mover),
            tr("Begin"),
            add,
            session=self.session,
            done=lambda motion: self.show_thing(int(str(motion))),
        ).begin()

    # What covers the page for a while

    def put_over(self, widget: QWidget) -> None:
        """Put something over the page, such as a motion that came in."""
        self._cover_now = widget
        self.cover(widget)

    def _uncover(self) -> None:
        self._cover_now = None
        self.uncover()

    def _is_busy(self) -> bool:
        """Whether a letter is being written here; says so."""
        busy = isinstance(self._cover_now, Composer) and self._cover_now.is_busy
        if busy:
            self.session.said.emit(tr("A letter is being written here. File it or go back first."))
        return busy or not self.is_free()

    def taken(self, motion_id: int) -> None:
        """Show a motion that was taken in."""
        self._uncover()
        number = records.get(self.store, motion_id).number
        self.session.undoable.emit(tr("Taken in as motion {number}.", number=number))
        self.show_thing(motion_id)

    # Telling

    def tell_mover(self) -> None:
        """Write to the mover whether the motion is in order, and why."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            day = self.session.meeting_day(motion_id)
            self._write(
                tr("Tell the mover"), lambda: records.letter_to_mover(self.store, motion_id, day)
            )

    def send_result(self) -> None:
        """Write to HQ, or to whom it is addressed, what was resolved."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            self._write(
                tr("Send the result"), lambda: records.letter_with_result(self.store, motion_id)
            )

    def _write(self, title: str, start: Callable[[], Outgoing]) -> None:
        if self._is_busy():
            return

        def begin(letter: Outgoing) -> None:
            self._show_composer(Composer(self.session, title, letter))

        self.panel.form.leave()
        self.session.deed(start, begin)

    def _show_composer(self, composer: Composer) -> None:
        composer.left.connect(self._uncover)
        self.put_over(composer)
        composer.begin()

    def unfinished(self) -> Unfinished | None:
        """Return the letter being written, if it is not filed."""
        shown = self._cover_now
        return shown.unfinished() if isinstance(shown, Composer) else None

    def take_up(self, what: object) -> None:
        """Go on writing a letter after a lock."""
        if isinstance(what, BegunLetter):
            self._show_composer(Composer.of_begun(self.session, what))

    # Deciding

    def ask_vote(self) -> None:
        """Ask for the votes counted, or for what a show of hands said."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            Vote(self.session, records.get(self.store, motion_id)).ask(self)

    def set_withdrawn(self) -> None:
        """Record that the mover withdrew it."""
        self._do(records.withdraw)

    def set_open(self) -> None:
        """Take a result back that was entered by mistake."""
        self._do(records.reopen)

    def remove(self) -> None:
        """Delete a motion that was taken in by mistake."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            number = records.get(self.store, motion_id).number
            said = tr("Deleted motion {number}.", number=number)
            self._do(records.remove, lambda: self.session.undoable.emit(said))

    def _do(
        self,
        deed: Callable[[Store, int], object],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        motion_id = self.table.current_id()
        if motion_id is not None:

            def done(_: object) -> None:
                then()

            self.session.deed(lambda: deed(self.store, motion_id), done)

    # Elsewhere

    def copy_motion(self) -> None:
        """Copy the motion as formatted text, and as Markdown for programs that take only text."""
        motion_id = self.table.current_id()
        if motion_id is None:
            return
        from branch_desk.desk.forms.markup import to_html

        motion = records.get(self.store, motion_id)
        text = f"# {motion.title}\n\n{motion.text.strip()}\n"
        people = [
            tr("Moved by {name}", name=motion.mover) if motion.mover else "",
            tr("Seconded by {name}", name=motion.seconder) if motion.seconder else "",
        ]
        text += "\n" + "\\\n".join(each for each in people if each) + "\n"
        clipboard.put(text.strip() + "\n", to_html(text))
        self.session.said.emit(tr("Motion {number} is copied.", number=motion.number))

    def place_it(self) -> None:
        """Place it on the agenda of the next meeting."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            self.placing.place(motion_id)

    def go_to_meeting(self) -> None:
        """Go to the meeting it is placed at, else to the next."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            self.placing.go(motion_id)
