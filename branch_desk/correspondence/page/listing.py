"""The letters' page: threads in a list, mail brought in, letters written down or pasted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog

from branch_desk.correspondence import records
from branch_desk.correspondence.page.detail import ThreadDetail
from branch_desk.correspondence.page.threads import COLUMNS, lines, thread_ids
from branch_desk.correspondence.rules import Direction
from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Line, Lines
from branch_desk.desk.page import ListPage
from branch_desk.desk.preview import PaperCover
from branch_desk.desk.table import IdTable, Table
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.correspondence.exchange import Imported
    from branch_desk.correspondence.page.threads import ThreadLine
    from branch_desk.correspondence.records import Waiting
    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress

MAIL = "E-mail (*.eml *.mbox);;All files (*)"


class LettersPage(ListPage):
    """Threads of letters in and out, and who owes the branch an answer."""

    name = "Letters"
    icon = "mail"
    tables = frozenset({"letter", "thread", "enclosure", "standing_order", "branch"})
    drops = (".eml", ".mbox", ".msg")

    def __init__(self, session: Session) -> None:
        self.bring = kit.action("Bring in e-mail…", self.browse, keys="Ctrl+I")
        self.bring.setData("upload")
        self.paste = kit.action("Paste an e-mail…", self.ask_pasted, keys="Ctrl+Shift+V")
        self.paste.setData("file-plus")
        self.note = kit.action("Write down a letter…", self.ask_letter, keys="Ctrl+N")
        self.note.setData("pencil")
        self.report = kit.action("Oldest unanswered, on paper…", self.show_report, keys="Ctrl+R")
        self.report.setData("printer")
        self._waiting: dict[int, Waiting] = {}
        self.panel = ThreadDetail(session)
        empty = kit.Empty(
            "mail",
            "No letters yet",
            "Letters to and from HQ, the council or anyone else, thread by thread. Drop an e-mail "
            "here; the desk knows an automatic reply and keeps counting the days.",
            (
                kit.press(self.bring, role="primary", text="Bring in e-mail…"),
                kit.press(self.note, text="Write down a letter…"),
            ),
        )
        model: IdTable[ThreadLine] = IdTable(
            COLUMNS, lambda ids: lines(session.store, ids, self._waiting)
        )
        super().__init__(session, Table(model, "Threads"), kit.scrolled(self.panel), empty)
        self.only = QCheckBox("Only those waiting")
        self.only.toggled.connect(self.look_up)
        self.add_to_head(
            self.only,
            kit.press(self.note, text="Write down…"),
            kit.press(self.bring, role="primary", text="Bring in e-mail…"),
        )
        self.menu_on_table([*self.panel.thread_actions])

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.bring, self.paste, self.note, self.report, *self.panel.thread_actions)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the threads that match."""
        waiting = {each.thread: each for each in records.waiting(self.store, self.store.today())}
        self._waiting = waiting
        if self.only.isChecked() and not order and not search:
            return list(waiting)
        asked = "oldest" if order == "newest" and not descending else order or "newest"
        found = thread_ids(self.store, search, asked)
        if descending and order != "newest":
            found.reverse()
        return [each for each in found if each in waiting] if self.only.isChecked() else found

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a thread, or those that wait."""
        if what == "waiting":
            self.only.setChecked(True)
            return
        if self.table.rows.row_of(row_id) < 0:
            self.only.setChecked(False)
        super().show_thing(row_id)

    def show_detail(self, row_id: int | None) -> None:
        """Show one thread in full."""
        self.panel.show_thread(row_id, self._waiting.get(row_id or 0))

    def summarise(self) -> None:
        """Count what is filed and what waits."""
        letters = len(records.ids(self.store))
        waiting = len(records.waiting(self.store, self.store.today()))
        self.summary.setText(
            f"{words.count(letters, 'letter')} · "
            f"{words.count(waiting, 'thread waits', 'threads wait')} for an answer"
        )

    # Bringing in

    def browse(self) -> None:
        """Ask for mail files."""
        start = self.session.remembered.text("mail folder") or str(Path.home())
        paths, _ = QFileDialog.getOpenFileNames(self, "Bring in e-mail", start, MAIL)
        if paths:
            self.drop(paths)

    def drop(self, paths: list[str]) -> None:
        """File mails in one change; what cannot be read is said and stops nothing else."""
        files = [Path(each) for each in paths]
        self.session.remembered.keep("mail folder", str(files[0].parent))

        def bring(progress: Progress) -> Imported:
            from branch_desk.correspondence.exchange import bring_in

            return bring_in(self.store, files, told=lambda: progress(0, 0))

        self.session.long_deed("Bringing in e-mail", bring, self._brought)

    def _brought(self, found: Imported) -> None:
        parts = [words.count(len(found.letters), "letter") + " filed."]
        if found.duplicates:
            parts.append(f"{found.duplicates:,} were there already.")
        parts += [f"{each.file}: {each.message}" for each in found.problems[:5]]
        if found.problems:
            self.session.failed.emit(" ".join(parts))
        else:
            self.session.said.emit(" ".join(parts))
        if found.letters:
            self.show_thing(records.get(self.store, found.letters[-1]).thread)

    def ask_pasted(self) -> None:
        """Show what is on the clipboard and file it as an e-mail."""
        text = Lines("The e-mail, with its From, Date and Subject lines", height=16)
        text.start(QGuiApplication.clipboard().text())

        def add() -> int:
            from branch_desk.correspondence.exchange import file_mail, read_mail

            return file_mail(self.store, read_mail(text.text().encode()))

        ask = Ask(self, "Paste an e-mail", (text,), "File it", add)
        if ask.exec():
            self._filed(ask.answer)

    def ask_letter(self) -> None:
        """Ask for a letter that came or went on paper, by telephone or otherwise."""
        today = self.store.today()
        direction = Choice("It", (("in", "came in"), ("out", "went out")))
        other = Line("From or to whom", hint="Such as Membership Office, or a name and address.")
        subject, day = Line("About"), Line("On")
        day.start(words.short_day(today))
        body = Lines("What it says", height=8)

        def add() -> int:
            who = other.text().strip()
            if not (who and subject.text().strip()):
                raise Invalid("Say who it is from or to, and what it is about.")
            went = direction.text() == "out"
            return records.add_letter(
                self.store,
                direction=Direction.OUT if went else Direction.IN,
                on=words.read_date(day.text(), today) or today,
                subject=subject.text(),
                body=body.text(),
                sender="" if went else who,
                recipient=who if went else "",
                office=who,
            )

        fields = (direction, other, subject, day, body)
        ask = Ask(self, "Write down a letter", fields, "File it", add)
        if ask.exec():
            self._filed(ask.answer)

    def _filed(self, letter_id: object) -> None:
        if isinstance(letter_id, int):
            self.show_thing(records.get(self.store, letter_id).thread)

    def show_report(self) -> None:
        """Show the oldest unanswered letters as a paper."""

        def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
            from branch_desk.branch import records as branch
            from branch_desk.correspondence.papers import waiting_report
            from branch_desk.paper.render import render

            today = self.store.today()
            waiting = records.waiting(self.store, today)
            paper = waiting_report(branch.details(self.store), waiting, today)
            return render(paper, large_print=large)

        paper = PaperCover(self.session, "Oldest unanswered letters", make)
        paper.left.connect(self.uncover)
        self.cover(paper)
