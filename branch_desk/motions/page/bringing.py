"""Motions brought in: from files, from e-mails, from the clipboard; each is shown as understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from branch_desk.desk import ask, files
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Lines, markup
from branch_desk.desk.tr import mark, tr
from branch_desk.motions.page.taking import Came, Taking
from branch_desk.store.errors import DeskError, Invalid

if TYPE_CHECKING:
    from branch_desk.motions.page.listing import MotionsPage

FILES = mark("Motions (*.md *.markdown *.txt *.eml)")
MOST_OF_MAIL = 50_000_000
TOPIC = "motion that comes"


class Bringing(QObject):
    """Brings motions in for the page of motions, one after another."""

    def __init__(self, page: MotionsPage) -> None:
        super().__init__(page)
        self._page, self._session = page, page.session
        self._waiting: list[Path] = []

    def browse(self) -> None:
        """Ask for files."""
        start = self._session.remembered.text("folder") or str(Path.home())
        kinds = f"{tr(FILES)};;{tr('All files')} (*)"
        ask.files_to_open(
            self._page,
            tr("Take in a motion"),
            start,
            kinds,
            lambda paths: self.read_files([str(path) for path in paths]),
        )

    def read_files(self, paths: list[str]) -> None:
        """Show what was recognised in each file, one after another."""
        self._waiting = [Path(path) for path in paths]
        self._session.remembered.keep("folder", str(self._waiting[0].parent))
        self._next()

    def _next(self) -> None:
        """Read the next file beside other work; one that cannot be read is said and passed over."""
        if not self._waiting:
            return
        path = self._waiting.pop(0)

        def failed(error: Exception) -> None:
            if not isinstance(error, DeskError):
                raise error
            self._session.failed.emit(f"{path.name}: {error}")
            self._next()

        self._session.workers.quick(
            TOPIC, lambda: read_file(path), self._show, failed=failed, owner=self
        )

    def paste(self) -> None:
        """Show what was recognised on the clipboard: files, formatted text or plain text."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        paths = [path for path in paths if path.lower().endswith(self._page.drops)]
        if paths:
            self.read_files(paths)
            return
        html, text = data.html() if data.hasHtml() else "", data.text()
        self._waiting = []

        def failed(error: Exception) -> None:
            if not isinstance(error, DeskError):
                raise error
            self._ask_text(text, str(error) if text.strip() else "")

        self._session.workers.quick(
            TOPIC, lambda: read_copied(html, text), self._show, failed=failed, owner=self
        )

    def _ask_text(self, text: str, why: str) -> None:
        field = Lines(tr("The motion"), height=14)
        field.start(text)
        Ask(
            self._page,
            tr("Paste a motion"),
            (field,),
            tr("Go on"),
            lambda: read_text(field.text()),
            text=why
            or tr(
                "The first line is its title. “Mover:” and “Seconder:” lines are understood, and "
                "“## Reasons” begins the reasons."
            ),
            done=self._read,
        ).begin()

    def _read(self, came: object) -> None:
        if isinstance(came, Came):
            self._show(came)

    def _show(self, came: Came) -> None:
        taking = Taking(self._session, came, len(self._waiting))
        taking.left.connect(self._left)
        taking.taken.connect(self._taken)
        self._page.put_over(taking)
        taking.begin()

    def _left(self) -> None:
        self._page.uncover()
        self._next()

    def _taken(self, motion_id: int) -> None:
        self._page.taken(motion_id)
        self._next()


def read_file(path: Path) -> Came:
    """Read a motion's file, or the e-mail it came in; raises a `DeskError`."""
    from branch_desk.motions import exchange

    if path.suffix.lower() == ".eml":
        data = files.read(path, MOST_OF_MAIL)
        return Came(exchange.read_mail(data), data)
    return Came(exchange.read(files.read(path)))


def read_copied(html: str, text: str) -> Came:
    """Read a motion as it lies on the clipboard; formatted text keeps its lists and headings."""
    return read_text((markup.from_html(html) if html else "") or text)


def read_text(text: str) -> Came:
    """Read a motion that was pasted, with the head of an e-mail or without."""
    import re

    from branch_desk.motions import exchange

    if re.match(r"(?is)\A\s*(?:[\w-]+:[^\n]*\n){0,30}?from:[^\n]*@", text):
        from branch_desk.correspondence.exchange import pasted_source

        data = pasted_source(text)
        return Came(exchange.read_mail(data), data)
    if not text.strip():
        raise Invalid("The motion is empty.")
    return Came(exchange.read(text))
