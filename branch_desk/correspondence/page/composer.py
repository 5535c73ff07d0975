"""Writes a letter of ours beside its paper; filed as sent on the day it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from branch_desk.correspondence import records
from branch_desk.desk import ask, kit
from branch_desk.desk.forms import EmailField, Line, MarkdownField, PersonField, Tick
from branch_desk.desk.page import Unfinished
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import tr
from branch_desk.members import records as members

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.correspondence.records import Outgoing
    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store

LISTED = 8
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def correspondents(store: Store, text: str) -> list[tuple[int, str, str]]:
    """Return the offices and members a few letters may mean; offices have ids below nought."""
    wanted = text.casefold().strip()
    offices = [
        (-number, office, address)
        for number, (office, address) in enumerate(records.offices(store), start=1)
        if wanted in office.casefold() or wanted in address.casefold()
    ]
    people = members.many(store, store.search("member", text)[:LISTED])
    return [*offices[:LISTED], *((each.id, each.name, each.email) for each in people)]


@dataclass(frozen=True, slots=True)
class BegunLetter:
    """A letter being written: what it is for, as it was begun, and as it stands."""

    title: str
    start: Outgoing
    so_far: Outgoing


class LetterPreview(Preview):
    """The paper of a letter being written: what is printed or e-mailed is first filed as sent."""

    def __init__(self, session: Session, filed: Callable[[Callable[[], object]], None]) -> None:
        self._filed_first = filed
        super().__init__(session, "letter being written")

    def print_paper(self) -> None:
        """File the letter, then ask the system which printer and how."""
        self._filed_first(super().print_paper)

    def mail_paper(self) -> None:
        """File the letter, then open a draft in the system's mail program."""
        self._filed_first(super().mail_paper)


class Composer(QWidget):
    """A letter being written, with its paper beside it; printing or mailing files it as sent today.

    `left()` is emitted when the user goes back, `sent(letter id)` once it is filed.
    """

    left = Signal()
    sent = Signal(int)

    def __init__(
        self, session: Session, title: str, start: Outgoing, so_far: Outgoing | None = None
    ) -> None:
        super().__init__()
        self.setProperty("manual", "printing#letters")
        self._session, self._store, self._start = session, session.store, start
        self._title = title
        written = so_far or start
        self._filed: int | None = None
        self.setAccessibleName(title)
        self.to = PersonField(
            tr("To"),
            session,
            lambda text: correspondents(session.store, text),
            hint=tr("An office, a member, or anybody: a name, then the address after commas."),
        )
        self.address = EmailField(tr("E-mail address"))
        self.subject = Line(tr("Subject"))
        self.text = MarkdownField(tr("Text"), height=14)
        self.waits = Tick(tr("We wait for an answer"))
        self.fields = (self.to, self.address, self.subject, self.text, self.waits)
        asks = "yes" if written.wants_answer else ""
        texts = (written.to, written.address, written.subject, written.text, asks)
        for field, text in zip(self.fields, texts, strict=True):
            field.start(text)
            field.typed.connect(self._typed)
        self.notice = kit.Notice()
        self.preview = LetterPreview(session, self.file_then)
        self._lay_out(title)
        session.changed.connect(self._look_whether_filed)
        self._typed()

    def begin(self) -> None:
        """Put the cursor where writing goes on."""
        begun = bool(self._start.to and self._start.subject)
        (self.text if begun else self.to).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, title: str) -> None:
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.go_back)
        self.back.setShortcut("Alt+Left")
        self.file = kit.button(tr("File as sent"), "check", does=lambda: self.file_then(None))
        self.file.setShortcut("Ctrl+Return")
        self.file.setToolTip(tr("Keep it as sent today, without printing or e-mailing it"))
        self.says = kit.label(tr("Printing or e-mailing it files it as sent today."), "muted")
        self.says.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = kit.row(self.back, kit.label(title, "heading", wrap=False))
        head.addWidget(self.says, 1)
        head.addWidget(self.file)
        form = QWidget()
        form.setLayout(kit.column(*self.fields, None, space=12))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(kit.scrolled(form))
        split.addWidget(self.preview)
        split.setSizes([520, 560])
        layout = kit.column(head, self.notice, split, space=12)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def letter(self) -> Outgoing:
        """Return the letter as it stands."""
        return replace(
            self._start,
            to=self.to.text().strip(),
            address=self.address.text().strip(),
            subject=self.subject.text().strip(),
            text=self.text.text().strip(),
            wants_answer=self.waits.text() == "yes",
        )

    def _typed(self) -> None:
        if self._filed is not None:
            return
        self._take_address()
        letter = self.letter()
        self.preview.show_paper(
            lambda large: paper(self._store, letter, large=large),
            self._start.subject or tr("Letter"),
            mail=self.draft,
        )

    def _take_address(self) -> None:
        """Fill in the address of whom was chosen from the list, where none stands there."""
        chosen = self.to.person()
        if chosen is None or self.address.text().strip():
            return
        if chosen < 0:
            self.address.start(records.offices(self._store)[-chosen - 1][1])
            return
        member = members.get(self._store, chosen)
        if member.email:
            self.address.start(member.email)
        else:
            lines = [member.name, *member.address.splitlines(), member.postcode]
            self.to.start(", ".join(line.strip(" ,") for line in lines if line.strip()))

    def draft(self) -> Draft:
        """Return the e-mail the letter goes with."""
        from branch_desk.desk.mail import Draft

        letter = self.letter()
        to = (letter.recipient,) if letter.address else ()
        return Draft(to=to, subject=letter.subject, text=mail_text(self._store, letter))

    def file_then(self, then: Callable[[], object] | None) -> None:
        """File the letter as sent today, once, and go on with printing or mailing it."""
        if self._filed is not None:
            if then is not None:
                then()
            return

        def kept(letter: int) -> None:
            self._show_filed(letter)
            self._session.undoable.emit(tr("Filed as sent today."))
            if then is not None:
                then()
            self.sent.emit(letter)

        letter = self.letter()
        self._session.deed(lambda: records.send(self._store, letter), kept, self._refused)

    def _show_filed(self, letter: int | None) -> None:
        self._filed = letter
        filed = letter is not None
        self.notice.hide()
        for field in self.fields:
            field.set_read_only(on=filed)
        self.file.setEnabled(not filed)
        said = tr("Printing or e-mailing it files it as sent today.")
        self.says.setText(tr("✓ Filed as sent today.") if filed else said)

    def _look_whether_filed(self) -> None:
        """Let the letter be changed again where filing it was undone."""
        if self._filed is not None and not records.many(self._store, [self._filed]):
            self._show_filed(None)

    def _refused(self, error: Exception) -> None:
        self.notice.show_text(str(error))

    @property
    def filed(self) -> int | None:
        """The letter it was filed as, if it was."""
        return self._filed

    @property
    def is_busy(self) -> bool:
        """Whether something is written here that is not filed."""
        return self._filed is None and self.letter() != self._start

    def unfinished(self) -> Unfinished | None:
        """Return the letter if it is written and not filed, to be gone on with after a lock."""
        if not self.is_busy:
            return None
        said = tr("{title}: the letter is not filed.", title=self._title)
        return Unfinished(said, BegunLetter(self._title, self._start, self.letter()))

    @classmethod
    def of_begun(cls, session: Session, begun: BegunLetter) -> Composer:
        """Return a composer that stands as it did when the letter was left."""
        return cls(session, begun.title, begun.start, begun.so_far)

    def go_back(self) -> None:
        """Go back; what was written and is not filed is asked about, for it would be lost."""
        if not self.is_busy:
            self.left.emit()
            return
        ask.confirm(
            self,
            tr("Leave the letter?"),
            tr("It is not filed, and what you wrote will be lost."),
            tr("Throw it away"),
            self.left.emit,
        )


def paper(store: Store, letter: Outgoing, *, large: bool) -> bytes:
    """Lay a letter out as it will be printed."""
    from branch_desk.branch import records as branch
    from branch_desk.correspondence import papers
    from branch_desk.paper.render import render

    made = papers.outgoing(branch.details(store), letter, store.today(), signed_by(store))
    return render(made, large_print=large)


def signed_by(store: Store) -> str:
    """Return who signs the branch's letters: its secretary and the office."""
    from branch_desk.branch import records as branch

    held: Sequence[str] = [
        f"{each.name}\n{each.office}"
        for each in branch.officers(store, store.today())
        if "secretary" in each.office.casefold()
    ]
    return next(iter(held), "")


def mail_text(store: Store, letter: Outgoing) -> str:
    """Return a letter's words for an e-mail, plain, with who signs it below."""
    from branch_desk.branch import records as branch

    name = branch.details(store).name
    ends = [line for line in (signed_by(store), name) if line]
    text = _EMPHASIS.sub(r"\2", letter.text)
    return "\n\n".join([text, "\n".join(ends)]).strip() + "\n"
