"""The motions on the screen: taken in from a file or pasted, held against the rules, voted on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QTabWidget, QVBoxLayout, QWidget

from branch_desk.desk import files, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Field, Form, Line, Lines
from branch_desk.desk.page import ListPage
from branch_desk.desk.preview import Preview
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.motions import records
from branch_desk.motions.rules import OPEN, MotionKind, MotionState, Verdict, in_order, opening
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding

FILES = "Motions (*.md *.markdown *.txt);;All files (*)"
# What a rule's mark says, how it looks, and its name in full.
VERDICTS = {
    Verdict.MET: ("✓ Met", "met", "met"),
    Verdict.BROKEN: ("✗ Broken", "broken", "broken"),
    Verdict.RULING: ("? Ruling", "doubt", "for the chair to rule"),
    Verdict.NOT_SET: ("Not set", "unset", "not set"),
}
TO_COME = ("! To come", "doubt", "still to come")
WIDEST = max((mark for mark, _, _ in (*VERDICTS.values(), TO_COME)), key=len)
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


class MotionDetail(QTabWidget):
    """One motion: its words and whether it is in order, and the paper it makes."""

    def __init__(self, session: Session, vote: QAction) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.heading = kit.label("", "title")
        self.state = kit.label("", "muted")
        self.verdict = kit.label("", "heading")
        self.findings = QVBoxLayout()
        self.findings.setSpacing(6)
        states = [(state.value, opening(state.words)) for state in MotionState]
        kinds = [(kind.value, opening(kind.words)) for kind in MotionKind]
        self.form = Form(
            (
                (("title", Line("Title", self._change("title", str))),),
                (
                    ("kind", Choice("Kind", kinds, self._change("kind", MotionKind))),
                    ("state", Choice("State", states, self._set_state)),
                ),
                (("mover", self._person("mover")), ("seconder", self._person("seconder"))),
                (("received_on", self._day("received_on")), ("arose_on", self._day("arose_on"))),
                (
                    (
                        "addressed_to",
                        Line("Addressed to", self._change("addressed_to", str)),
                    ),
                ),
                (("text", Lines("Text", self._change("text", str), height=12)),),
                (("reasons", Lines("Reasons", self._change("reasons", str), height=6)),),
            )
        )
        self.form.fields["text"].typed.connect(self._preview_soon)
        head = kit.row(space=12)
        head.addLayout(kit.column(self.heading, self.state, space=2), 1)
        head.addWidget(kit.press(vote, text="Record the vote…"))
        inner = QWidget()
        layout = kit.column(
            head, kit.card(self.verdict, self.findings), kit.card(self.form), None, space=12
        )
        layout.setContentsMargins(0, 8, 8, 0)
        inner.setLayout(layout)
        self.preview = Preview(session, "motion paper")
        paper = QWidget()
        below = kit.column(self.preview)
        below.setContentsMargins(0, 8, 0, 0)
        paper.setLayout(below)
        self.addTab(kit.scrolled(inner), "Motion")
        self.addTab(paper, "On paper")
        self.currentChanged.connect(self._preview_soon)

    def _change(self, key: str, read: Callable[[str], object]) -> Callable[[str], None]:
        def store(text: str) -> None:
            motion_id, fields = self._id, records.MotionFields()
            fields[key] = read(text)  # type: ignore[literal-required]
            if motion_id is not None:
                self._session.write(
                    lambda: records.change_details(self._store, motion_id, **fields)
                )

        return store

    def _set_state(self, text: str) -> None:
        motion_id, state = self._id, MotionState(text)
        if motion_id is not None:
            self._session.write(lambda: records.set_state(self._store, motion_id, state))

    def _person(self, key: str) -> Field:
        def store(name: str) -> None:
            motion_id = self._id
            member = records.matching_name(self._store, name) if name.strip() else None
            fields = records.MotionFields()
            fields[key] = name.strip()  # type: ignore[literal-required]
            fields[f"{key}_member"] = member  # type: ignore[literal-required]
            if motion_id is not None:
                self._session.write(
                    lambda: records.change_details(self._store, motion_id, **fields)
                )

        return Line(key.capitalize(), store)

    def _day(self, key: str) -> Field:
        name = {"received_on": "Received on", "arose_on": "What it is about arose on"}[key]

        def read(text: str) -> date | None:
            return words.read_date(text, self._store.today())

        return Line(name, self._change(key, read))

    def show_motion(self, motion_id: int | None) -> Motion | None:
        """Show a motion; what was typed into the one before is stored first."""
        if motion_id != self._id:
            self.form.leave()
        found = records.many(self._store, [motion_id]) if motion_id is not None else []
        self.setVisible(bool(found))
        if not found:
            self._id = None
            return None
        motion = found[0]
        texts = {
            "title": motion.title,
            "kind": motion.kind.value,
            "state": motion.state.value,
            "mover": motion.mover,
            "seconder": motion.seconder,
            "received_on": words.short_day(motion.received_on),
            "arose_on": words.short_day(motion.arose_on),
            "addressed_to": motion.addressed_to,
            "text": motion.text,
            "reasons": motion.reasons,
        }
        if motion.id == self._id:
            self.form.show_texts(texts)
        else:
            self._id = motion.id
            self.form.start(texts)
        self._show_head(motion)
        self._preview_soon()
        return motion

    def _show_head(self, motion: Motion) -> None:
        self.heading.setText(f"{motion.number} {motion.title}")
        day = self._session.meeting_day(motion.id)
        against = f"held against the meeting of {words.day(day)}" if day else "no meeting is called"
        result = records.result(motion)
        said = [opening(motion.state.words), result.arithmetic if result else against]
        self.state.setText(" · ".join(said))
        findings = records.findings(self._store, motion.id, day)
        answer = in_order(findings)
        self.verdict.setText(
            {True: "In order", False: "Not in order", None: "In order or not: somebody must say"}[
                answer
            ]
        )
        kit.clear(self.findings)
        for finding in findings:
            self.findings.addWidget(_finding(finding, self._mark(motion, finding)))

    def _mark(self, motion: Motion, finding: Finding) -> tuple[str, str, str]:
        """Mark a rule by its verdict; a seconder whom the meeting asks for is still to come."""
        met = finding.verdict is Verdict.MET
        if met and finding.rule == "seconder" and not motion.seconder:
            return VERDICTS[Verdict.MET] if self._needs_no_seconder() else TO_COME
        return VERDICTS[finding.verdict]

    def _needs_no_seconder(self) -> bool:
        from branch_desk.branch import records as branch

        return branch.setting(self._store, "motion.seconder") == "none"

    def _preview_soon(self) -> None:
        motion_id = self._id
        if motion_id is None or self.currentIndex() != 1:
            return

        def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
            from branch_desk.branch import records as branch
            from branch_desk.motions.papers import motion_paper
            from branch_desk.paper.render import render

            motion = records.get(self._store, motion_id)
            return render(motion_paper(motion, branch.details(self._store)), large_print=large)

        name = f"Motion {records.get(self._store, motion_id).number}".replace("/", "-")
        self.preview.show_paper(make, name)


def _finding(finding: Finding, mark: tuple[str, str, str]) -> QFrame:
    text, role, name = mark
    sign = kit.label(text, role, wrap=False)
    sign.setAccessibleName(name)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setMinimumWidth(sign.fontMetrics().horizontalAdvance(WIDEST) + 24)
    line = kit.row(kit.column(sign, None), space=12)
    line.addWidget(kit.label(finding.message), 1)
    return kit.box(line)
