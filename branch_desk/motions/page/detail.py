"""One motion in full: its words, whether it is in order, and the paper it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from branch_desk.desk import kit, words
from branch_desk.desk.forms import Choice, DateField, Form, Line, Lines, MarkdownField, jump
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import tr
from branch_desk.motions import records
from branch_desk.motions.page import finding as findings_page
from branch_desk.motions.page.finding import MEETING, ORDERS, TO_COME, VERDICTS
from branch_desk.motions.page.people import person_field
from branch_desk.motions.page.taking import laid_out
from branch_desk.motions.rules import MotionKind, MotionState, Verdict, in_order, opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QAction, QResizeEvent

    from branch_desk.desk.forms import PersonField
    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding


BESIDE = 53  # lines of text: a detail that is as wide shows the paper beside the motion


class MotionDetail(QTabWidget):
    """One motion: its words and whether it is in order, and the paper it makes.

    The paper is a tab of its own, and stands beside the motion where there is room for both.
    """

    def __init__(self, session: Session, *first: QAction) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self._number = ""
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.heading = kit.label("", "title")
        self.state = kit.label("", "muted")
        self.verdict = kit.label("", "heading")
        self.findings = QVBoxLayout()
        self.findings.setSpacing(6)
        self.letters = QVBoxLayout()
        self.letters.setSpacing(0)
        self.mover, self.seconder = (
            person_field(tr("Mover"), session, self._person("mover")),
            person_field(tr("Seconder"), session, self._person("seconder")),
        )
        self.form = self._make_form()
        for key in ("title", "text", "reasons"):
            self.form.fields[key].typed.connect(self._preview_soon)
        head = kit.column(self.heading, self.state, space=2)
        buttons = kit.row(*(kit.press(act) for act in first), None)
        inner = QWidget()
        layout = kit.column(
            head,
            buttons,
            kit.card(self.verdict, self.findings),
            self.letters,
            kit.card(self.form),
            None,
            space=12,
        )
        layout.setContentsMargins(0, 8, 8, 0)
        inner.setLayout(layout)
        self.preview = Preview(session, "motion paper")
        self._paper = QWidget()
        below = kit.column(self.preview)
        below.setContentsMargins(0, 8, 0, 0)
        self._paper.setLayout(below)
        both = QWidget()
        self._beside = kit.row(kit.scrolled(inner), space=16)
        self._beside.setStretch(0, 1)
        both.setLayout(self._beside)
        self.addTab(both, tr("Motion"))
        self.addTab(self._paper, tr("On paper"))
        self.currentChanged.connect(self._preview_soon)

    def _make_form(self) -> Form:
        states = [(state.value, opening(state.words)) for state in MotionState]
        kinds = [(kind.value, opening(kind.words)) for kind in MotionKind]
        today = self._store.today
        received = DateField(tr("Received on"), self._day("received_on"), today=today)
        arose = DateField(tr("What it is about arose on"), self._day("arose_on"), today=today)
        return Form(
            (
                (("title", Line(tr("Title"), self._change("title", str))),),
                (
                    ("kind", Choice(tr("Kind"), kinds, self._change("kind", MotionKind))),
                    ("state", Choice(tr("State"), states, self._set_state)),
                ),
                (("mover", self.mover), ("seconder", self.seconder)),
                (("received_on", received), ("arose_on", arose)),
                (
                    (
                        "addressed_to",
                        Line(tr("Addressed to"), self._change("addressed_to", str)),
                    ),
                ),
                (("text", MarkdownField(tr("Text"), self._change("text", str), height=12)),),
                (
                    (
                        "reasons",
                        MarkdownField(tr("Reasons"), self._change("reasons", str), height=6),
                    ),
                ),
                (("ruling", Lines(tr("What the chair ruled, and why"), self._rule, height=2)),),
            )
        )

    # Storing

    def _change(self, key: str, read: Callable[[str], object]) -> Callable[[str], None]:
        def store(text: str) -> None:
            self._write({key: read(text)})

        return store

    def _write(self, values: dict[str, object]) -> None:
        motion_id, fields = self._id, records.MotionFields()
        fields.update(values)  # type: ignore[typeddict-item]
        if motion_id is not None:
            self._session.write(lambda: records.change_details(self._store, motion_id, **fields))

    def _set_state(self, text: str) -> None:
        motion_id, state = self._id, MotionState(text)
        if motion_id is not None:
            self._session.write(lambda: records.set_state(self._store, motion_id, state))

    def _rule(self, text: str) -> None:
        motion_id = self._id
        if motion_id is not None:
            self._session.write(lambda: records.set_ruling(self._store, motion_id, text))

    def _person(self, key: str) -> Callable[[str], None]:
        def store(name: str) -> None:
            field: PersonField = getattr(self, key)
            member = field.person()
            if member is None and name.strip():
                member = records.matching_name(self._store, name)
            self._write({key: name.strip(), f"{key}_member": member})

        return store

    def _day(self, key: str) -> Callable[[str], None]:
        def read(text: str) -> date | None:
            return words.read_date(text, self._store.today())

        return self._change(key, read)

    # Showing

    def show_motion(self, motion_id: int | None) -> Motion | None:
        """Show a motion; what was typed into the one before is stored first."""
        if motion_id != self._id:
            self.form.leave()
        found = records.many(self._store, [motion_id]) if motion_id is not None else []
        self.setVisible(bool(found))
        if not found:
            self._id = None
            self.preview.show_nothing()
            return None
        motion = found[0]
        self._number = motion.number
        texts = _texts(motion)
        if motion.id == self._id:
            self.form.show_texts(
                {**texts, "mover": self.mover.text(), "seconder": self.seconder.text()}
            )
            self.mover.show_person(motion.mover_member, motion.mover)
            self.seconder.show_person(motion.seconder_member, motion.seconder)
        else:
            self._id = motion.id
            self.form.start(texts)
            self.mover.start_person(motion.mover_member, motion.mover)
            self.seconder.start_person(motion.seconder_member, motion.seconder)
        self._show_head(motion)
        self._show_letters(motion.id)
        self._preview_soon()
        return motion

    def _show_head(self, motion: Motion) -> None:
        self.heading.setText(f"{motion.number} {motion.title}")
        day = self._session.meeting_day(motion.id)
        against = tr("no meeting is called")
        if day:
            against = tr("checked for the meeting of {day}", day=words.day(day))
        result = records.result(motion)
        said = [opening(motion.state.words), result.arithmetic if result else against]
        self.state.setText(" · ".join(said))
        found = records.findings(self._store, motion.id, day)
        self.verdict.setText(
            {
                True: tr("✓ In order"),
                False: tr("✗ Not in order"),
                None: tr("? In order or not: somebody must say"),
            }[in_order(found)]
        )
        kit.clear(self.findings)
        for each in found:
            mend = findings_page.mends(
                each, has_meeting=day is not None, is_received=motion.received_on is not None
            )
            self.findings.addWidget(
                findings_page.line(each, self._mark(motion, each), mend, self.go_to)
            )

    def _mark(self, motion: Motion, finding: Finding) -> tuple[str, str, str]:
        """Mark a rule by its verdict; a seconder whom the meeting asks for is still to come."""
        met = finding.verdict is Verdict.MET
        if met and finding.rule == "seconder" and not motion.seconder:
            return VERDICTS[Verdict.MET] if self._needs_no_seconder() else TO_COME
        return VERDICTS[finding.verdict]

    def _needs_no_seconder(self) -> bool:
        from branch_desk.branch import records as branch

        return branch.setting(self._store, "motion.seconder") == "none"

    def _show_letters(self, motion_id: int) -> None:
        """Name the letters about the motion; each leads to its thread."""
        from branch_desk.correspondence import records as letters
        from branch_desk.store.links import Ref

        kit.clear(self.letters)
        links = self._store.links_to(Ref("motion", motion_id), letters.ABOUT)
        ids = [link.source.id for link in links if link.source.kind == "letter"]
        for letter in letters.many(self._store, ids):
            day = words.short_day(letter.on)
            said = tr("Letter of {day}: {subject}", day=day, subject=letter.subject)
            made = kit.button(said.replace("&", "&&"), "mail", role="row")
            made.clicked.connect(lambda _=False, to=letter.thread: self._session.go("Letters", to))
            self.letters.addWidget(made)

    def go_to(self, where: str) -> None:
        """Go to what would mend a finding: a field, the standing orders, or calling a meeting."""
        if where == ORDERS:
            self._session.go("Branch", 0, "orders")
        elif where == MEETING:
            self._session.go("Meetings", 0, "call")
        else:
            self.setCurrentIndex(0)
            jump(self.form.fields[where])

    def _preview_soon(self) -> None:
        motion_id = self._id
        # Tabs turn once more while the page is taken down, its file closed already.
        if motion_id is None or not isValid(self.preview) or not self._shows_paper():
            return
        name = tr("Motion {number}", number=self._number.replace("/", "-"))
        self.preview.show_paper(
            laid_out(self._store, lambda: records.get(self._store, motion_id)),
            name,
            mail=self.draft,
        )

    def _shows_paper(self) -> bool:
        return self.count() == 1 or self.currentIndex() == 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: put the paper beside the motion where there is room, else back on its tab."""
        super().resizeEvent(event)
        room = self.width() >= BESIDE * self.fontMetrics().lineSpacing()
        if room == (self.count() == 1):
            return
        if room:
            self._beside.addWidget(self._paper, 1)
            self._paper.show()
            self.setCurrentIndex(0)
        else:
            self.addTab(self._paper, tr("On paper"))
        self.tabBar().setVisible(not room)
        self._preview_soon()

    def draft(self) -> Draft:
        """Return the e-mail the motion's paper goes with."""
        from branch_desk.desk.mail import Draft

        motion = records.get(self._store, self._id or 0)
        text = tr(
            "Motion {number}, “{title}”, is attached.", number=motion.number, title=motion.title
        )
        return Draft((), f"{motion.number} {motion.title}", text + "\n")


def _texts(motion: Motion) -> dict[str, str]:
    return {
        "title": motion.title,
        "kind": motion.kind.value,
        "state": motion.state.value,
        "mover": motion.mover,
        "seconder": motion.seconder,
        "received_on": words.day(motion.received_on),
        "arose_on": words.day(motion.arose_on),
        "addressed_to": motion.addressed_to,
        "text": motion.text,
        "reasons": motion.reasons,
        "ruling": motion.ruling,
    }
