"""Letters brought in: dropped, chosen, pasted, or written down from paper or the telephone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from branch_desk.correspondence import records
from branch_desk.correspondence.rules import Direction
from branch_desk.desk import ask, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, Line, Lines
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from branch_desk.correspondence.exchange import Imported, Mail
    from branch_desk.correspondence.page.listing import LettersPage
    from branch_desk.desk.workers import Progress

MAIL = mark("E-mail (*.eml *.mbox)")
MOST_NAMED = 5
# What a mail begins with, as its source or as another program copies it.
_HEAD = re.compile(r"(?im)\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)*?(?:from|subject):[ \t]*\S")


class Bringing(QObject):
    """Brings letters in for the page of letters."""

    def __init__(self, page: LettersPage) -> None:
        super().__init__(page)
        self._page, self._session, self._store = page, page.session, page.store

    # Files

    def dropped(self, data: QMimeData) -> list[str]:
        """Return the mails and folders among what is dragged."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        return [
            path for path in paths if path.lower().endswith(self._page.drops) or Path(path).is_dir()
        ]

    def browse(self) -> None:
        """Ask for mail files."""
        kinds = f"{tr(MAIL)};;{tr('All files')} (*)"
        ask.files_to_open(self._page, tr("Bring in e-mail"), self._start(), kinds, self._chosen)

    def browse_folder(self) -> None:
        """Ask for a Maildir or a folder of mails."""
        ask.folder(
            self._page,
            tr("Bring in a mail folder"),
            self._start(),
            lambda path: self._chosen([path]),
        )

    def _start(self) -> str:
        return self._session.remembered.text("folder") or str(Path.home())

    def _chosen(self, paths: list[Path]) -> None:
        self.bring_in([str(path) for path in paths])

    def bring_in(self, paths: list[str]) -> None:
        """File mails in one change; what cannot be read is said and stops nothing else."""
        files = [Path(each) for each in paths]
        self._session.remembered.keep("folder", str(files[0].parent))

        def bring(progress: Progress) -> Imported:
            from branch_desk.correspondence.exchange import bring_in

            return bring_in(self._store, files, told=progress)

        self._session.long_deed(tr("Bringing in e-mail"), bring, self._brought)

    def _brought(self, found: Imported) -> None:
        count = len(found.letters)
        parts = [plural(count, "{n} letter filed.", "{n} letters filed.")]
        if count == 1:
            thread = records.thread(self._store, records.get(self._store, found.letters[0]).thread)
            parts = [tr("Filed in “{thread}”.", thread=thread.subject)]
        if found.duplicates:
            parts.append(
                plural(found.duplicates, "{n} was there already.", "{n} were there already.")
            )
        parts += [f"{each.file}: {each.message}" for each in found.problems[:MOST_NAMED]]
        more = len(found.problems) - MOST_NAMED
        if more > 0:
            parts.append(plural(more, "And {n} more.", "And {n} more."))
        said = " ".join(parts)
        if found.problems:
            self._session.failed.emit(said)
        elif found.letters:
            self._session.undoable.emit(said)
        else:
            self._session.said.emit(said)
        if found.letters:
            self._show(self._most_telling(found.letters))

    def _most_telling(self, letters: list[int]) -> int:
        """Return the letter to show: one that may be a resignation, else the last."""
        for letter in records.many(self._store, letters[:50]):
            if letter.leaving:
                return letter.id
        return letters[-1]

    def _show(self, letter_id: int) -> None:
        self._page.show_thing(records.get(self._store, letter_id).thread)

    # Pasting

    def paste(self) -> None:
        """File what is on the clipboard: mail files, an e-mail with its head, or else ask."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        if paths := self.dropped(data):
            self.bring_in(paths)
            return
        text = data.text()
        if _HEAD.match(text):
            self._session.workers.quick(
                "pasted mail",
                lambda: _read(text),
                self._file,
                failed=self._session.fail,
                owner=self,
            )
        else:
            self.ask_letter(text)

    def _file(self, mail: Mail) -> None:
        from branch_desk.correspondence.exchange import file_mail

        self._session.deed(lambda: file_mail(self._store, mail), self._pasted)

    def _pasted(self, letter_id: int) -> None:
        thread = records.thread(self._store, records.get(self._store, letter_id).thread)
        self._session.undoable.emit(tr("Filed in “{thread}”.", thread=thread.subject))
        self._show(letter_id)

    # Written down

    def ask_letter(self, text: str = "") -> None:
        """Ask for a letter that came or went on paper, by telephone or otherwise."""
        today = self._store.today()
        direction = Choice(tr("It"), (("in", tr("came in")), ("out", tr("went out"))))
        other = Line(
            tr("From or to whom"), hint=tr("Such as Membership Office, or a name and address.")
        )
        subject, day = Line(tr("About")), DateField(tr("On"), today=self._store.today)
        day.start(words.day(today))
        body = Lines(tr("What it says"), height=8)
        body.start(text.strip())

        def add() -> int:
            who = other.text().strip()
            if not (who and subject.text().strip()):
                raise Invalid(tr("Say who it is from or to, and what it is about."))
            went = direction.text() == "out"
            return records.add_letter(
                self._store,
                direction=Direction.OUT if went else Direction.IN,
                on=day.date() or today,
                subject=subject.text(),
                body=body.text(),
                sender="" if went else who,
                recipient=who if went else "",
                office=who,
            )

        Ask(
            self._page,
            tr("Write down a letter"),
            (direction, other, subject, day, body),
            tr("File it"),
            add,
            text=tr("What is pasted has no From and Subject lines; say them.") if text else "",
            session=self._session,
            done=lambda letter: self._show(int(str(letter))),
        ).begin()


def _read(text: str) -> Mail:
    from branch_desk.correspondence.exchange import read_pasted

    return read_pasted(text)
