"""The cover on which something is sent: who gets it how, the e-mail's words, the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QWidget

from branch_desk.desk import ask, kit, typed
from branch_desk.desk.forms import Line, Lines, Tick
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.preview import PdfView
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.members import records
from branch_desk.members.page.labels import LabelsPanel
from branch_desk.members.page.sending.handing import Handing, Mail
from branch_desk.members.records import Reached, Recipient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.members.page.sending.handing import Attachment, Letters

HEAPS = (mark("By e-mail"), mark("By post"), mark("Cannot be reached"))
COLUMNS: tuple[Column[Recipient], ...] = (
    Column(mark("Name"), lambda each: each.name, 2.0),
    Column(mark("Where, or why not"), lambda each: each.at or each.why, 3.0),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Who was sent something by which way, and who was not, by id."""

    by_email: tuple[int, ...]
    by_post: tuple[int, ...]
    unreached: tuple[int, ...]


class SendPanel(QWidget):
    """Sends something to people by the way each agreed to; a page shows it as a cover.

    `letters(ids)` returns these people's letters merged into one PDF, `attachment()` the name and
    bytes of a PDF for the e-mails; both run off the main thread. `done` is given who was sent it
    once that is to be recorded. `left` asks for the cover to be taken away.
    """

    left = Signal()

    def __init__(  # noqa: PLR0917 -- what is sent, to whom, and what becomes of it
        self,
        session: Session,
        title: str,
        people: Sequence[int],
        subject: str,
        text: str,
        letters: Letters,
        attachment: Attachment | None,
        done: Callable[[Sent], None],
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        typed.hold(self)
        self.setProperty("manual", "printing#who-may-have-an-e-mail")
        self._session, self._title, self._people = session, title, tuple(people)
        self._letters, self._attachment, self._done = letters, attachment, done
        self._reached = Reached()
        self._emailed: tuple[int, ...] = ()
        self._posted: tuple[int, ...] = ()
        self._heap: dict[int, Recipient] = {}
        self._handing = Handing(session, self)
        self._make_actions()
        self._labels: LabelsPanel | None = None
        self.subject, self.text = Line(tr("Subject")), Lines(tr("The e-mail"), height=5)
        self.subject.start(subject)
        self.text.start(text)
        self.unasked = Tick(tr("E-mail also those who were never asked whether they want e-mail"))
        self.unasked.typed.connect(self._look_up)
        self.unasked.hide()
        self.heaps = QButtonGroup(self)
        self._heap_row = kit.row(*(self._heap_button(*each) for each in enumerate(HEAPS)))
        self.heaps.idClicked.connect(self.show_heap)
        self.table = Table(IdTable(COLUMNS, self._fetch), tr("Who it goes to"))
        self.table.chosen.connect(self._show_letter)
        self.view = PdfView(session, "letter to send")
        self.letter_to = kit.label("", "label", wrap=False)
        self.says = kit.label("", "muted")
        self._body = QWidget()
        self._body.setLayout(self._lay_out())
        outer = kit.column(self._body)
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        self._enable()
        self._look_up()

    # What is on it

    def _make_actions(self) -> None:
        self.back_action = kit.action(tr("Back"), self.go_back, keys="Alt+Left")
        self.back_action.setData("chevron-left")
        self.send_action = kit.action(tr("Send to all…"), self.send_all, keys="Ctrl+Return")
        self.send_action.setData("mail")
        self.drafts_action = kit.action(tr("Open the e-mail drafts"), self.open_drafts)
        self.drafts_action.setData("mail-plus")
        self.letters_action = kit.action(tr("Print the letters…"), self.print_letters)
        self.letters_action.setData("printer")
        self.save_action = kit.action(tr("Save the letters…"), self.save_letters)
        self.save_action.setData("file-down")
        self.labels_action = kit.action(tr("Print labels…"), self.show_labels)
        self.record_action = kit.action(tr("Done: record it"), self.record)
        self.record_action.setData("check")
        for each in self.actions_of_panel:
            each.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(each)

    @property
    def actions_of_panel(self) -> Sequence[QAction]:
        """Everything that can be done here."""
        return (
            self.send_action,
            self.drafts_action,
            self.letters_action,
            self.save_action,
            self.labels_action,
            self.record_action,
            self.back_action,
        )

    def _heap_button(self, number: int, title: str) -> QPushButton:
        made = kit.button(tr(title), role="heap")
        made.setCheckable(True)
        self.heaps.addButton(made, number)
        return made

    def _lay_out(self) -> QHBoxLayout:
        self.send = kit.press(self.send_action, role="primary")
        back = kit.press(self.back_action, role="quiet")
        texts = kit.column(kit.label(self._title, "heading"), self.says, space=2)
        head = kit.row(back, space=12)
        head.addLayout(texts, 1)
        self.done = kit.press(self.record_action)
        head.addWidget(self.done)
        head.addWidget(self.send)
        left = kit.column(
            self._heap_row,
            self.unasked,
            self.table,
            self.subject,
            self.text,
            kit.row(kit.press(self.drafts_action), None),
            space=10,
        )
        left.setStretch(2, 1)
        right = kit.column(
            self.letter_to,
            self.view,
            kit.row(
                None,
                kit.press(self.labels_action, role="quiet"),
                kit.press(self.save_action),
                kit.press(self.letters_action),
            ),
            space=10,
        )
        right.setStretch(1, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        for part in (left, right):
            holder = QWidget()
            part.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(part)
            split.addWidget(holder)
        split.setSizes([560, 480])
        whole = kit.column(head, split, space=12)
        whole.setStretch(1, 1)
        outer = kit.row()
        outer.addLayout(whole)
        return outer

    # Who gets it how

    def _look_up(self) -> None:
        store, people, unasked = self._session.store, self._people, bool(self.unasked.text())
        self._session.workers.quick(
            "who can be reached",
            lambda: records.reached(store, people, unasked=unasked),
            self._show,
            failed=self._session.fail,
            owner=self,
        )

    def _show(self, reached: Reached) -> None:
        self._reached = reached
        lists = self._lists()
        for number, each in enumerate(lists):
            button = self.heaps.button(number)
            button.setText(f"{len(each):,}\n{tr(HEAPS[number])}")
            button.setAccessibleName(f"{tr(HEAPS[number])}: {len(each):,}")
        self.unasked.setVisible(bool(reached.unasked))
        self.unasked.check.setText(
            plural(
                reached.unasked,
                "E-mail also the {n} who was never asked whether they want e-mail",
                "E-mail also the {n} who were never asked whether they want e-mail",
            )
        )
        self._enable()
        shown = self.heaps.checkedId()
        if shown < 0 or not lists[shown]:
            shown = next((number for number, each in enumerate(lists) if each), 0)
        self.show_heap(shown)

    def _lists(self) -> tuple[tuple[Recipient, ...], ...]:
        return (self._reached.by_email, self._reached.by_post, self._reached.unreached)

    def _enable(self) -> None:
        from branch_desk.members.exchange import MOST_HIDDEN

        emails, letters = len(self._reached.by_email), len(self._reached.by_post)
        drafts = -(-emails // MOST_HIDDEN)
        parts = []
        if emails:
            parts.append(plural(drafts, "opens {n} e-mail draft", "opens {n} e-mail drafts"))
        if letters:
            parts.append(plural(letters, "prints {n} letter", "prints {n} letters"))
        total = emails + letters
        self.send_action.setText(
            plural(total, "Send to {n} person…", "Send to all {n}…") if total else tr("Send…")
        )
        self.send.setText(self.send_action.text())
        self.send.setAccessibleName(self.send_action.text())
        self.says.setText(
            tr("Sending {does}, and records it.", does=tr(" and ").join(parts))
            if parts
            else tr("Nobody here can be sent anything.")
        )
        self.drafts_action.setEnabled(bool(emails))
        for each in (self.letters_action, self.save_action, self.labels_action):
            each.setEnabled(bool(letters))
        for each in (self.send_action, self.record_action):
            each.setEnabled(bool(total))
        self._name_record()

    def _name_record(self) -> None:
        """Say on the button what pressing it records."""
        emails, letters = len(self._emailed), len(self._posted)
        parts = [plural(emails, "{n} e-mail", "{n} e-mails")] if emails else []
        parts += [plural(letters, "{n} letter", "{n} letters")] if letters else []
        said = tr("Record {what} as sent", what=tr(" and ").join(parts))
        self.record_action.setText(said if parts else tr("Done: record it"))
        self.done.setText(self.record_action.text())
        self.done.setAccessibleName(self.record_action.text())

    def show_heap(self, number: int) -> None:
        """Show the people of one heap."""
        self.heaps.button(number).setChecked(True)
        self._heap = {each.id: each for each in self._lists()[number]}
        self.table.show_ids(list(self._heap))
        if self._heap:
            self.table.choose_row(0)
        else:
            self._show_letter(None)

    def _fetch(self, ids: Sequence[int]) -> list[Recipient]:
        return [self._heap[each] for each in ids]

    def _show_letter(self, member_id: object) -> None:
        if not isinstance(member_id, int):
            self._session.workers.forget("letter to send")
            self.view.show_pdf(None)
            self.letter_to.clear()
            return
        person = self._heap[member_id]
        self.letter_to.setText(tr("The letter to {name}", name=person.name))
        self._session.workers.quick(
            "letter to send",
            lambda: Pdf(self._letters([person.id])),
            self.view.show_pdf,
            failed=self._session.fail,
            owner=self,
        )

    def show_letter_again(self) -> None:
        """Lay the letter that is shown out afresh, after its words changed."""
        self._show_letter(self.table.current_id())

    # Sending

    def meant(self) -> Sent:
        """Return who is to be sent it by which way, and who cannot be."""
        return Sent(*(tuple(each.id for each in heap) for heap in self._lists()))

    def sent(self) -> Sent:
        """Return who was sent it by which way, as far as drafts and letters left from here."""
        gone = {*self._emailed, *self._posted}
        rest = tuple(each.id for heap in self._lists() for each in heap if each.id not in gone)
        return Sent(self._emailed, self._posted, rest)

    def open_drafts(self) -> None:
        """Open the e-mail drafts, a draft for each batch of addresses."""
        self._open_drafts(lambda: None)

    def _open_drafts(
        self, then: Callable[[], object], otherwise: Callable[[], object] | None = None
    ) -> None:
        people = [each for each in self._reached.by_email if each.id not in self._posted]
        if not people:
            then()
            return
        addresses = tuple(each.at for each in people)
        mail = Mail(self.subject.text(), self.text.text(), addresses, self._attachment)

        def handed() -> None:
            self._emailed = _with(self._emailed, (each.id for each in people))
            self._name_record()
            then()

        self._handing.open_drafts(mail, handed, otherwise)

    def print_letters(self) -> None:
        """Merge the letters and print them."""
        self._post(self._handing.print_letters, lambda: None)

    def save_letters(self) -> None:
        """Merge the letters and save them as one PDF."""
        self._post(self._handing.save_letters, lambda: None)

    def _post(self, hand: Callable[..., None], then: Callable[[], object]) -> None:
        people = tuple(each.id for each in self._reached.by_post if each.id not in self._emailed)
        if not people:
            then()
            return

        def handed() -> None:
            self._posted = _with(self._posted, people)
            self._name_record()
            then()

        hand(self._title, self._letters, people, handed)

    def send_all(self) -> None:
        """Open the drafts, print the letters, and record what of that was done."""
        if not self._reached.by_email:
            self._print_then_record()
        elif self._reached.by_post:
            self._open_drafts(self._print_then_record, self._print_then_record)
        else:
            self._open_drafts(self.record)

    def _print_then_record(self) -> None:
        self._post(self._handing.print_letters, self.record)

    def record(self) -> None:
        """Tell whoever sends this what was sent; where nothing was from here, ask first."""
        if self._emailed or self._posted:
            self._done(self.sent())
            return
        ask.confirm(
            self,
            tr("Record it as sent"),
            tr("Nothing was opened or printed here. Record that you sent it yourself?"),
            tr("I sent it: record it"),
            lambda: self._done(self.meant()),
        )

    def go_back(self) -> None:
        """Go back; what was typed is asked about first."""
        typed.leave(self, self.left.emit)

    # Labels

    def show_labels(self) -> None:
        """Show address labels for those who are written to, in place of the rest."""
        people = [each.id for each in self._reached.by_post]
        self._labels = LabelsPanel(self._session, people)
        self._labels.left.connect(self._leave_labels)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._labels)
        self._body.hide()
        self._labels.setFocus()

    def _leave_labels(self) -> None:
        if self._labels is not None:
            self._labels.deleteLater()
            self._labels = None
        self._body.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _with(known: tuple[int, ...], more: Iterable[int]) -> tuple[int, ...]:
    """Return ids with more of them, each once; what was opened again was not sent twice."""
    return tuple(dict.fromkeys((*known, *more)))
