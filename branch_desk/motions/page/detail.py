"""One motion in full: its words, whether it is in order, and the paper it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from branch_desk.desk import kit, words
from branch_desk.desk.forms import Choice, Field, Form, Line, Lines
from branch_desk.desk.preview import Preview
from branch_desk.motions import records
from branch_desk.motions.rules import MotionKind, MotionState, Verdict, in_order, opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding

# What a rule's mark says, how it looks, and its name in full.
VERDICTS = {
    Verdict.MET: ("✓ Met", "met", "met"),
    Verdict.BROKEN: ("✗ Broken", "broken", "broken"),
    Verdict.RULING: ("? Ruling", "doubt", "for the chair to rule"),
    Verdict.NOT_SET: ("Not set", "unset", "not set"),
}
TO_COME = ("! To come", "doubt", "still to come")
WIDEST = max((mark for mark, _, _ in (*VERDICTS.values(), TO_COME)), key=len)


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
