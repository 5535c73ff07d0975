"""The ways a paper leaves the desk: to the printer, into a file, into a draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.desk import ask, files
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session


@dataclass(frozen=True, slots=True)
class Paper:
    """What leaves: its name, the pages shown, what makes finer ones, and the page in sight."""

    name: str
    shown: Pdf
    final: Callable[[], bytes] | None
    page: int


class Outlets:
    """Prints, saves and mails papers for a widget; all that takes time is done in the long lane."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent

    def _finished(self, paper: Paper, then: Callable[[Pdf], None]) -> None:
        """Go on with the PDF that leaves; it may have to be laid out first."""
        final = paper.final
        if final is None:
            then(paper.shown)
            return
        self._session.workers.long(
            tr("Laying out {name}", name=paper.name),
            lambda _: Pdf(final()),
            then,
            failed=self._session.fail,
            owner=self._parent,
        )

    # To the printer

    def print(self, paper: Paper, *, both_sides: bool) -> None:
        """Ask the system which printer and how, then print."""
        self._finished(paper, lambda pdf: self._ask_printer(paper, pdf, both_sides=both_sides))

    def _ask_printer(self, paper: Paper, pdf: Pdf, *, both_sides: bool) -> None:
        from branch_desk.desk import printing

        printing.ask(
            self._parent,
            printing.Job(paper.name, pdf, paper.page, both_sides=both_sides),
            lambda printer: self._print(paper, pdf, printer),
        )

    def _print(self, paper: Paper, pdf: Pdf, printer: QPrinter) -> None:
        from branch_desk.desk import printing

        self._session.workers.long(
            tr("Printing {name}", name=paper.name),
            lambda progress: printing.send(pdf, printer, progress, current=paper.page),
            lambda _: self._session.said.emit(tr("{name} went to the printer.", name=paper.name)),
            failed=self._session.fail,
        )

    # Into a file

    def save(self, paper: Paper) -> None:
        """Ask where, and write the PDF whole or not at all."""
        self._finished(paper, lambda pdf: self._ask_where(paper, pdf))

    def _ask_where(self, paper: Paper, pdf: Pdf) -> None:
        offered = str(self._folder() / files.file_name(paper.name))
        ask.file_to_save(
            self._parent,
            tr("Save PDF"),
            offered,
            "PDF (*.pdf)",
            lambda path: self._write(path, ".pdf", pdf.data),
        )

    def _folder(self) -> Path:
        return Path(self._session.remembered.text("folder") or str(Path.home()))

    def _write(self, path: Path, ending: str, data: bytes) -> None:
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
            if path.exists():  # the system's dialog was told the name without its ending
                ask.confirm(
                    self._parent,
                    tr("Replace the file?"),
                    tr(
                        "There is a file {name} in {folder} already.",
                        name=path.name,
                        folder=path.parent,
                    ),
                    tr("Replace it"),
                    lambda: self._store(path, data),
                )
                return
        self._store(path, data)

    def _store(self, path: Path, data: bytes) -> None:
        self._session.remembered.keep("folder", str(path.parent))
        self._session.deed(
            lambda: files.write(path, data),
            lambda _: self._session.said.emit(
                tr("Saved {name} in {folder}.", name=path.name, folder=path.parent)
            ),
        )

    # Into a draft

    def mail(self, paper: Paper, draft: Callable[[], Draft] | None) -> None:
        """Open a draft in the system's mail program; where there is none, ask where to save it."""
        self._finished(paper, lambda pdf: self._draft(paper, pdf, draft, self._hand_over))

    def save_draft(self, paper: Paper, draft: Callable[[], Draft] | None) -> None:
        """Ask where, and write the draft."""
        self._finished(paper, lambda pdf: self._draft(paper, pdf, draft, self._ask_where_draft))

    def _draft(
        self,
        paper: Paper,
        pdf: Pdf,
        draft: Callable[[], Draft] | None,
        then: Callable[[Paper, bytes], None],
    ) -> None:
        from branch_desk.desk import mail

        try:
            drafted = mail.Draft((), paper.name, "") if draft is None else draft()
        except DeskError as error:
            self._session.fail(error)
            return
        self._session.workers.quick(
            "draft",
            lambda: mail.message(drafted, files.file_name(paper.name), pdf.data),
            lambda data: then(paper, data),
            failed=self._session.fail,
            owner=self._parent,
        )

    def _hand_over(self, paper: Paper, data: bytes) -> None:
        from branch_desk.desk import mail

        try:
            path = mail.drafts_of(self._session).write(data)
        except DeskError as error:
            self._session.fail(error)
            return
        if mail.hand_over(path):
            self._session.said.emit(tr("The draft is open in your mail program."))
        else:
            self._ask_where_draft(paper, data)

    def _ask_where_draft(self, paper: Paper, data: bytes) -> None:
        offered = self._folder() / files.file_name(paper.name, ".eml")
        ask.file_to_save(
            self._parent,
            tr("Save the draft"),
            str(offered),
            tr("E-mail") + " (*.eml)",
            lambda path: self._write(path, ".eml", data),
        )
