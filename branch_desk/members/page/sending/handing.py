"""What is handed to the mail program and to the printer: drafts, merged letters, labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from branch_desk.branch import records as branch
from branch_desk.desk import ask, files, mail
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtPrintSupport import QPrinter
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


class _Into:
    """Saves drafts into a folder, under what they are about and a number."""

    def __init__(self, folder: Path, subject: str) -> None:
        self._folder, self._count = folder, 0
        self._plain = files.file_name(subject or tr("Draft")).removesuffix(".pdf")

    def __call__(self, data: bytes) -> Path:
        self._count += 1
        path = self._folder / f"{self._plain} {self._count}.eml"
        files.write(path, data)
        return path


class Handing(QObject):
    """Hands drafts and papers on in the long lane, for a widget that asks the questions."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._widget = session, parent

    def open_drafts(
        self,
        letter: Mail,
        then: Callable[[], object],
        otherwise: Callable[[], object] | None = None,
    ) -> None:
        """Write the drafts and have the mail program open them; many are saved into a folder.

        `then` follows once they are open or saved. Where no program opens them it is asked whether
        to save them, or to go on without them if there is an `otherwise`.
        """
        from branch_desk.members.exchange import batches

        if len(batches(letter.addresses)) > MOST_OPENED:
            self.save_drafts(letter, then)
            return
        write = mail.drafts_of(self._session).write
        self._write(letter, write, lambda made: self._open(letter, made, then, otherwise))

    def save_drafts(self, letter: Mail, then: Callable[[], object]) -> None:
        """Ask for a folder and save the drafts there."""
        from branch_desk.members.exchange import batches

        number = len(batches(letter.addresses))
        ask.folder(
            self._widget,
            plural(number, "Save {n} e-mail draft in", "Save {n} e-mail drafts in"),
            self._session.remembered.text("folder") or str(Path.home()),
            lambda folder: self._write(
                letter, _Into(folder, letter.subject), lambda made: self._saved(made, then)
            ),
        )

    def _write(
        self, letter: Mail, write: Callable[[bytes], Path], then: Callable[[list[Path]], None]
    ) -> None:
        store = self._session.store

        def work(progress: Progress) -> list[Path]:
            from branch_desk.members.exchange import batches

            details = branch.details(store)
            to = (f"{details.name} <{details.email}>",) if details.email else ()
            name, pdf = letter.attachment() if letter.attachment is not None else ("", None)
            hidden = batches(letter.addresses)
            paths = []
            for number, each in enumerate(hidden, 1):
                progress(number, len(hidden))
                draft = mail.Draft(to, letter.subject, letter.text, bcc=each)
                paths.append(write(mail.message(draft, name, pdf)))
            return paths

        self._session.workers.long(
            tr("Writing the e-mail drafts"), work, then, failed=self._session.fail, owner=self
        )

    def _open(
        self,
        letter: Mail,
        made: list[Path],
        then: Callable[[], object],
        otherwise: Callable[[], object] | None,
    ) -> None:
        opened = [mail.hand_over(path) for path in made]
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
        for path, taken in zip(made, opened, strict=True):
            if not taken:
                path.unlink(missing_ok=True)  # it holds the addresses
        box = ask.confirm(
            self._widget,
            tr("No program here opens e-mail drafts"),
            plural(
                len(made),
                "No program here opened the e-mail draft. Save it in a folder, and open it from "
                "your mail program.",
                "No program here opened the e-mail drafts. Save them in a folder, and open them "
                "from your mail program.",
            ),
            tr("Save in a folder…"),
            lambda: self.save_drafts(letter, then),
        )
        if otherwise is not None:
            without = box.addButton(tr("Only the letters"), QMessageBox.ButtonRole.ActionRole)
            box.buttonClicked.connect(lambda pressed: otherwise() if pressed is without else None)

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

    def save_letters(
        self, name: str, letters: Letters, people: Sequence[int], then: Callable[[], object]
    ) -> None:
        """Merge the letters, ask where to save them as one PDF; `then` follows once they are."""
        wanted = tuple(people)
        self._session.workers.long(
            plural(len(wanted), "Merging {n} letter", "Merging {n} letters"),
            lambda progress: merged(letters, wanted, progress),
            lambda data: self._ask_where(name, data, then),
            failed=self._session.fail,
            owner=self,
        )

    def _ask_where(self, name: str, data: bytes, then: Callable[[], object]) -> None:
        start = Path(self._session.remembered.text("folder") or str(Path.home()))
        title, offered = tr("Save the letters"), str(start / files.file_name(name))

        def write(path: Path) -> None:
            target = path.with_suffix(".pdf")
            self._session.remembered.keep("folder", str(target.parent))
            said = tr("Saved {name} in {folder}.", name=target.name, folder=target.parent)

            def done(_: object) -> None:
                self._session.said.emit(said)
                then()

            self._session.deed(lambda: files.write(target, data), done)

        ask.file_to_save(self._widget, title, offered, tr("PDF (*.pdf)"), write)

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

        def done(pages: int) -> None:
            self._session.said.emit(
                plural(pages, "{n} page went to the printer.", "{n} pages went to the printer.")
            )
            then()

        def chosen(printer: QPrinter) -> None:
            self._session.workers.long(
                tr("Printing {name}", name=name),
                lambda progress: printing.send(pdf, printer, progress),
                done,
                failed=self._session.fail,
                owner=self,
            )

        printing.ask(self._widget, printing.Job(name, pdf), chosen)
