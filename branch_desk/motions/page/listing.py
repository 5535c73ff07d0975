"""The motions on the screen: taken in from a file or pasted, held against the rules, voted on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from branch_desk.desk import files, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Field, Line, Lines
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.motions import records
from branch_desk.motions.page.detail import MotionDetail
from branch_desk.motions.rules import OPEN, MotionState, opening
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion

FILES = "Motions (*.md *.markdown *.txt);;All files (*)"
BY_HAND = (
    MotionState.DRAFT,
    MotionState.RECEIVED,
    MotionState.ACCEPTED,
    MotionState.RULED_OUT,
    MotionState.REMITTED,
    MotionState.WITHDRAWN,
    MotionState.FALLEN,
)


def _tone(motion: Motion) -> str:
    return "text" if motion.state in OPEN else "muted"


COLUMNS: tuple[Column[Motion], ...] = (
    Column("Number", lambda motion: motion.number, sample="2026/00", order="number"),
    Column("Title", lambda motion: motion.title, 3.4, order="title"),
    Column("Mover", lambda motion: motion.mover, 1.6, spare=True, order="mover"),
    Column(
        "State",
        lambda motion: opening(motion.state.words),
        sample="Withdrawn",
        order="state",
        tone=_tone,
    ),
    Column(
        "Received",
        lambda motion: words.short_day(motion.received_on),
        sample="30 Mar 2000",
        spare=True,
        order="received",
    ),
)


class MotionsPage(ListPage):
    """Every motion, newest first."""

    name = "Motions"
    icon = "scroll-text"
    tables = frozenset({"motion", "standing_order", "meeting", "agenda_item", "link", "member"})
    drops = (".md", ".markdown", ".txt")

    def __init__(self, session: Session) -> None:
        self.file = kit.action("Take in a motion from a file…", self.browse, keys="Ctrl+I")
        self.file.setData("file-up")
        self.paste = kit.action("Paste a motion…", self.ask_pasted, keys="Ctrl+Shift+V")
        self.paste.setData("file-plus")
        self.write = kit.action("Write a motion…", self.ask_written, keys="Ctrl+N")
        self.write.setData("plus")
        self.vote = kit.action("Record the vote…", self.ask_vote, keys="Ctrl+E")
        self.vote.setData("check")
        self.withdraw = kit.action("Withdraw", self.set_withdrawn)
        self.reopen = kit.action("Take the result back", self.set_open)
        self.panel = MotionDetail(session, self.vote)
        empty = kit.Empty(
            "scroll-text",
            "No motions yet",
            "Take in a motion from a file, paste it from an e-mail, or drop it here. The desk says "
            "whether it is in order and which rule says so.",
            (
                kit.press(self.file, role="primary", text="From a file…"),
                kit.press(self.paste, text="Paste…"),
            ),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        super().__init__(session, Table(model, "Motions"), self.panel, empty)
        self.add_to_head(
            kit.press(self.paste, text="Paste…"),
            kit.press(self.file, role="primary", text="From a file…"),
        )
        self.menu_on_table([self.vote, self.withdraw, self.reopen])

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        own = (self.file, self.paste, self.write, self.vote, self.withdraw, self.reopen)
        return (*own, *self.panel.preview.actions_of_preview)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the motions that match."""
        turned = f"-{order}" if descending else order
        return records.ids(self.store, search=search, order=turned or "number")

    def show_detail(self, row_id: int | None) -> None:
        """Show one motion in full."""
        motion = self.panel.show_motion(row_id)
        self.vote.setEnabled(motion is not None and motion.result is None)
        self.withdraw.setEnabled(motion is not None and motion.state in OPEN)
        self.reopen.setEnabled(motion is not None and motion.result is not None)

    def summarise(self) -> None:
        """Count what is still open."""
        everything = len(records.ids(self.store))
        to_come = sum(len(records.ids(self.store, state=state)) for state in OPEN)
        self.summary.setText(f"{words.count(everything, 'motion')} · {to_come:,} still to be taken")

    # Taking in

    def browse(self) -> None:
        """Ask for the file."""
        start = self.session.remembered.text("motion folder") or str(Path.home())
        paths, _ = QFileDialog.getOpenFileNames(self, "Take in a motion", start, FILES)
        if paths:
            self.drop(paths)

    def drop(self, paths: list[str]) -> None:
        """Take in the files."""
        self.session.remembered.keep("motion folder", str(Path(paths[0]).parent))
        for path in paths:
            self.session.deed(partial(self._take_file, Path(path)), self._taken)

    def ask_pasted(self) -> None:
        """Show what is on the clipboard and take it in."""
        text = Lines("The motion", height=14)
        text.start(QGuiApplication.clipboard().text())
        ask = Ask(
            self,
            "Paste a motion",
            (text,),
            "Take it in",
            lambda: self._take(text.text()),
            text="The first line is its title. “Mover:” and “Seconder:” lines are understood, and "
            "“## Reasons” begins the reasons.",
        )
        if ask.exec():
            self._taken(ask.answer)

    def ask_written(self) -> None:
        """Ask for a title and begin a draft."""
        title, mover = Line("Title"), Line("Mover")

        def add() -> int:
            member = records.matching_name(self.store, mover.text())
            return records.add(
                self.store, title=title.text(), text="", mover=mover.text(), mover_member=member
            )

        ask = Ask(self, "Write a motion", (title, mover), "Begin", add)
        if ask.exec():
            self._taken(ask.answer)

    def _take_file(self, path: Path) -> int:
        return self._take(files.read(path))

    def _take(self, source: bytes | str) -> int:
        from branch_desk.motions import exchange

        draft = exchange.read(source)
        return records.add(
            self.store,
            title=draft.title,
            text=draft.text,
            reasons=draft.reasons,
            kind=draft.kind,
            mover=draft.mover,
            mover_member=records.matching_name(self.store, draft.mover),
            seconder=draft.seconder,
            seconder_member=records.matching_name(self.store, draft.seconder),
            received_on=draft.received or self.store.today(),
            arose_on=draft.arose,
            addressed_to=draft.addressed_to,
        )

    def _taken(self, motion_id: object) -> None:
        if isinstance(motion_id, int):
            self.show_thing(motion_id)

    # Deciding

    def ask_vote(self) -> None:
        """Ask for the votes counted, or for what a show of hands said."""
        motion_id = self.table.current_id()
        if motion_id is None:
            return
        motion = records.get(self.store, motion_id)
        today = self.store.today()
        counts = {
            "votes_for": Line("For"),
            "votes_against": Line("Against"),
            "abstentions": Line("Abstentions"),
            "present": Line(
                "Present", hint="Needed where the threshold is a share of those present."
            ),
        }
        hands = Choice(
            "If nobody counted",
            (
                ("", "it was counted"),
                ("carried", "carried on a show of hands"),
                ("lost", "lost on a show of hands"),
            ),
        )
        day = Line("On")
        day.start(words.short_day(today))

        def record() -> None:
            on = words.read_date(day.text(), today) or today
            if hands.text():
                carried = hands.text() == "carried"
                records.decide_without_count(self.store, motion_id, on=on, carried=carried)
                return
            found = {key: _whole(field) for key, field in counts.items()}
            records.decide(
                self.store,
                motion_id,
                on=on,
                votes_for=found["votes_for"] or 0,
                votes_against=found["votes_against"] or 0,
                abstentions=found["abstentions"] or 0,
                present=found["present"],
            )

        fields = (*counts.values(), hands, day)
        Ask(self, f"The vote on {motion.number}", fields, "Record", record).exec()

    def set_withdrawn(self) -> None:
        """Record that the mover withdrew it."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            self.session.deed(lambda: records.withdraw(self.store, motion_id))

    def set_open(self) -> None:
        """Take a result back that was entered by mistake."""
        motion_id = self.table.current_id()
        if motion_id is not None:
            self.session.deed(lambda: records.reopen(self.store, motion_id))


def _whole(field: Field) -> int | None:
    text = field.text().strip()
    if not text:
        return None
    if not text.isdecimal():
        raise Invalid(f"“{text}” is not a number of votes.")
    return int(text)
