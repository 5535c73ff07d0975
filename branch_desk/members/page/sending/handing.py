"""What is handed to the mail program and to the printer: drafts, merged letters, labels."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from branch_desk.branch import records as branch
from branch_desk.desk import ask, files
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress

    Letters = Callable[[Sequence[int]], bytes]
    Attachment = Callable[[], tuple[str, bytes]]

MOST_OPENED = 5
AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail to many: its words, whom it goes to, what is attached."""

    subject: str
    text: str
    addresses: tuple[str, ...]
    attachment: Attachment | None = None


def merged(letters: Letters, people: Sequence[int], progress: Progress) -> bytes:
    """Return everybody's letters as one PDF; Cancel stops it between a hundred and the next."""
    from branch_desk.members.papers import joined

    made = []
    for start in range(0, len(people), AT_A_TIME):
        progress(start, len(people))
        made.append(letters(people[start : start + AT_A_TIME]))
    progress(len(people), len(people))
    return made[0] if len(made) == 1 else joined(made)


class Handing(QObject):
    """Hands drafts and papers on in the long lane, for a widget that asks the questions."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._widget = session, parent

    def open_drafts(self, mail: Mail, then: Callable[[], object]) -> None:
        """Write the drafts and have the mail program open them; many are saved into a folder."""
        from branch_desk.members.exchange import batches

        number = len(batches(mail.addresses))
        if number > MOST_OPENED:
            ask.folder(
                self._widget,
                plural(number, "Save {n} e-mail draft in", "Save {n} e-mail drafts in"),
                self._session.remembered.text("folder") or str(Path.home()),
                lambda folder: self._write(mail, folder, lambda made: self._saved(made, then)),
            )
            return
        folder = Path(tempfile.mkdtemp(prefix="branch-desk-"))
        self._write(mail, folder, lambda made: self._open(made, then))

    def _write(self, mail: Mail, folder: Path, then: Callable[[list[Path]], None]) -> None:
        store = self._session.store

        def work(progress: Progress) -> list[Path]:
            from branch_desk.members.exchange import drafts

            details = branch.details(store)
            attached = mail.attachment() if mail.attachment is not None else None
            made = drafts(
                mail.subject,
                mail.text,
                mail.addresses,
                sender=(details.name, details.email),
                attachment=attached,
            )
            paths = []
            for number, data in enumerate(made, 1):
                progress(number, len(made))
                name = files.file_name(mail.subject or tr("Draft")).removesuffix(".pdf")
                path = folder / (f"{name} {number}.eml" if len(made) > 1 else f"{name}.eml")
                files.write(path, data)
                paths.append(path)
            return paths

        self._session.workers.long(
            tr("Writing the e-mail drafts"), work, then, failed=self._session.fail, owner=self
        )

    def _open(self, made: list[Path], then: Callable[[], object]) -> None:
        opened = [QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))) for path in made]
        if all(opened):
            self._session.said.emit(
                plural(
                    len(made),
                    "{n} e-mail draft is open in your mail program. Send it there.",
                    "{n} e-mail drafts are open in your mail program. Send them there.",
                )
            )
            then()
            return
        self._session.failed.emit(
            tr(
                "No program here opens e-mail drafts. They are in {folder}; open them with your "
                "mail program, or copy the addresses from the Members page.",
                folder=made[0].parent,
            )
        )

    def _saved(self, made: list[Path], then: Callable[[], object]) -> None:
        self._session.remembered.keep("folder", str(made[0].parent))
        self._session.said.emit(
            plural(
                len(made),
                "{n} e-mail draft is saved in {folder}. Open and send it from your mail program.",
                "{n} e-mail drafts are saved in {folder}. Open and send them from your mail "
                "program.",
                folder=made[0].parent,
            )
        )
        then()

    def print_letters(
        self, name: str, letters: Letters, people: Sequence[int], then: Callable[[], object]
    ) -> None:
        """Merge the letters, ask for the printer, print; `then` follows once they are sent."""
        wanted = tuple(people)
        self._session.workers.long(
            plural(len(wanted), "Merging {n} letter", "Merging {n} letters"),
            lambda progress: Pdf(merged(letters, wanted, progress)),
            lambda pdf: self.send_to_printer(pdf, name, then),
            failed=self._session.fail,
            owner=self,
        )

    def send_to_printer(self, pdf: Pdf, name: str, then: Callable[[], object]) -> None:
        """Ask which printer and how, then print in the long lane."""
        from branch_desk.desk import printing

        printer = printing.ask(self._widget, name, len(pdf))
        if printer is None:
            return

        def done(pages: int) -> None:
            self._session.said.emit(
                plural(pages, "{n} page went to the printer.", "{n} pages went to the printer.")
            )
            then()

        self._session.workers.long(
            tr("Printing {name}", name=name),
            lambda progress: printing.send(pdf, printer, progress),
            done,
            failed=self._session.fail,
            owner=self,
        )
