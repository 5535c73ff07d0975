"""A motion that came in, as it was understood, before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from branch_desk.desk import kit, typed, words
from branch_desk.desk.forms import Choice, DateField, Form, Line, MarkdownField
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import tr
from branch_desk.motions import records
from branch_desk.motions.page.people import person_field
from branch_desk.motions.records import Motion, MotionKind, MotionState
from branch_desk.motions.rules import opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.motions.exchange import Draft
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Came:
    """A motion as it was read, and the e-mail it came in, to be filed with it."""

    draft: Draft
    mail: bytes = b""


class Taking(QWidget):
    """What was recognised in a motion that came, to be put right and taken in.

    `left()` when the user goes back, `taken(motion id)` once it is in.
    """

    left = Signal()
    taken = Signal(int)

    def __init__(self, session: Session, came: Came, more: int = 0) -> None:
        super().__init__()
        self._session, self._store, self._came = session, session.store, came
        draft = came.draft
        self.setAccessibleName(tr("Take in a motion"))
        typed.hold(self)
        self.setProperty("manual", "job-motion")
        kinds = [(kind.value, opening(kind.words)) for kind in MotionKind]
        today = session.store.today
        self.mover, self.seconder = (
            person_field(tr("Mover"), session),
            person_field(tr("Seconder"), session),
        )
        self.received = DateField(tr("Received on"), today=today)
        self.arose = DateField(tr("What it is about arose on"), today=today)
        self.form = Form(
            (
                (("title", Line(tr("Title"))),),
                (("mover", self.mover), ("seconder", self.seconder)),
                (("kind", Choice(tr("Kind"), kinds)), ("received_on", self.received)),
                (("arose_on", self.arose), ("addressed_to", Line(tr("Addressed to")))),
                (("text", MarkdownField(tr("Text"), height=12)),),
                (("reasons", MarkdownField(tr("Reasons"), height=5)),),
            )
        )
        self.form.start(
            {
                "title": draft.title,
                "mover": draft.mover,
                "seconder": draft.seconder,
                "kind": draft.kind.value,
                "received_on": words.day(draft.received or today()),
                "arose_on": words.day(draft.arose),
                "addressed_to": draft.addressed_to,
                "text": draft.text,
                "reasons": draft.reasons,
            }
        )
        for field, name in ((self.mover, draft.mover), (self.seconder, draft.seconder)):
            found = records.matching_name(self._store, name) if name else None
            field.start_person(found, name)
            if name and found is None:
                field.set_hint(tr("No one member goes by this name; say which member it is."))
        for each in self.form.fields.values():
            each.typed.connect(self._preview_soon)
        self._lay_out(more)
        self._preview_soon()

    def _lay_out(self, more: int) -> None:
        self.notice = kit.Notice()
        self.preview = Preview(self._session, "motion that came", mails=False)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.go_back)
        self.back.setShortcut("Alt+Left")
        self.take = kit.button(tr("Take it in"), "check", role="primary", does=self.take_in)
        self.take.setShortcut("Ctrl+Return")
        heading = tr("Take in a motion")
        if more:
            heading = tr("Take in a motion ({more} more to come)", more=more)
        head = kit.row(self.back, kit.label(heading, "heading", wrap=False), None, self.take)
        says = kit.label(understood(self._came.draft), "muted")
        form = QWidget()
        form.setLayout(kit.column(self.form, None))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(kit.scrolled(form))
        split.addWidget(self.preview)
        split.setSizes([600, 480])
        layout = kit.column(head, says, self.notice, split, space=12)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def begin(self) -> None:
        """Put the cursor on what most likely comes next: taking it in."""
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text(self, key: str) -> str:
        return self.form.fields[key].text().strip()

    def _preview_soon(self) -> None:
        motion = Motion(
            id=0,
            number="…",
            title=self._text("title") or tr("Motion"),
            text=self._text("text"),
            reasons=self._text("reasons"),
            kind=MotionKind(self._text("kind")),
            mover=self._text("mover"),
            mover_member=None,
            seconder=self._text("seconder"),
            seconder_member=None,
            received_on=None,
            arose_on=None,
            addressed_to=self._text("addressed_to"),
            state=MotionState.RECEIVED,
            ruling="",
            result=None,
        )
        self.preview.show_paper(laid_out(self._store, lambda: motion), tr("Motion"))

    def go_back(self) -> None:
        """Go back; what was put right here is asked about first."""
        typed.leave(self, self.left.emit)

    def take_in(self) -> None:
        """Take it in as it stands now."""
        self._session.deed(self._take, self.taken.emit, self._refused)

    def _take(self) -> int:
        received = self.received.date() or self._store.today()
        with self._store.change("Take in a motion"):
            motion = records.add(
                self._store,
                title=self._text("title"),
                text=self._text("text"),
                reasons=self._text("reasons"),
                kind=MotionKind(self._text("kind")),
                mover=self._text("mover"),
                mover_member=self.mover.person(),
                seconder=self._text("seconder"),
                seconder_member=self.seconder.person(),
                received_on=received,
                arose_on=self.arose.date(),
                addressed_to=self._text("addressed_to"),
            )
            if self._came.mail:
                file_with(self._store, self._came.mail, motion)
        return motion

    def _refused(self, error: Exception) -> None:
        self.notice.show_text(str(error))


def file_with(store: Store, mail: bytes, motion_id: int) -> None:
    """File the e-mail a motion came in and link the two; one that is filed already is linked."""
    from branch_desk.correspondence import records as letters
    from branch_desk.correspondence.exchange import file_mail, read_mail
    from branch_desk.store.errors import Conflict
    from branch_desk.store.links import Ref

    try:
        letter = file_mail(store, read_mail(mail))
    except Conflict:
        return
    letters.tie(store, letter, Ref("motion", motion_id))


def understood(draft: Draft) -> str:
    """Say in one line what was recognised and what was not."""
    found = [tr("title")]
    missing: list[str] = []
    for word, there in (
        (tr("mover"), draft.mover),
        (tr("seconder"), draft.seconder),
        (tr("text"), draft.text),
        (tr("reasons"), draft.reasons),
    ):
        (found if there else missing).append(word)
    said = tr("Recognised: {parts}.", parts=", ".join(found))
    if missing:
        said += " " + tr("Not found: {parts}.", parts=", ".join(missing))
    if draft.unknown:
        said += " " + tr("Left out: {parts}.", parts=", ".join(draft.unknown))
    return said


def laid_out(store: Store, motion: Callable[[], Motion]) -> Callable[[bool], bytes]:
    """Return what lays a motion's paper out, off the main thread."""

    def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
        from branch_desk.branch import records as branch
        from branch_desk.motions.papers import motion_paper
        from branch_desk.paper.render import render

        return render(motion_paper(motion(), branch.details(store)), large_print=large)

    return make
