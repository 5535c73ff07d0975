"""The letters' page: threads in a list, mail brought in, letters written, chased, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.correspondence import records
from branch_desk.correspondence.page.bringing import Bringing
from branch_desk.correspondence.page.carrying import Carrying
from branch_desk.correspondence.page.composer import BegunLetter, Composer
from branch_desk.correspondence.page.detail import ThreadDetail
from branch_desk.correspondence.page.papers_shown import letter_cover, report_cover
from branch_desk.correspondence.page.resigned import Resigned
from branch_desk.correspondence.page.threads import (
    COLUMNS,
    FILTERS,
    Row,
    Standing,
    listed,
    rows,
    standing,
)
from branch_desk.desk import kit
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import IdTable, Table
from branch_desk.desk.tr import mark, plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QDropEvent

    from branch_desk.correspondence.records import Letter, Outgoing
    from branch_desk.desk.page import Unfinished
    from branch_desk.desk.preview import PaperCover
    from branch_desk.desk.session import Session


class LettersPage(ListPage):
    """Threads of letters in and out, and who owes whom an answer."""

    name = mark("Letters")
    icon = "mail"
    tables = frozenset(
        {"letter", "thread", "enclosure", "standing_order", "branch", "link", "member_event"}
    )
    drops = (".eml", ".mbox", ".msg")
    filters = FILTERS
    split_sizes = (540, 600)

    def __init__(self, session: Session) -> None:
        self._stands = Standing()
        self._composer: Composer | None = None
        self._make_page_actions()
        self.panel = ThreadDetail(session)
        empty = kit.Empty(
            "mail",
            tr("No letters yet"),
            tr(
                "Letters to and from HQ, the council or anyone else, thread by thread. Drop an "
                "e-mail here or paste it; the desk knows an automatic reply and keeps counting "
                "the days."
            ),
            (
                kit.press(self.write, role="primary"),
                kit.press(self.bring),
                kit.press(self.note),
            ),
        )
        model: IdTable[Row] = IdTable(COLUMNS, lambda ids: rows(session.store, ids, self._stands))
        super().__init__(session, Table(model, tr("Threads")), kit.scrolled(self.panel), empty)
        self.bringing = Bringing(self)
        self.resigned = Resigned(self)
        self.carrying = Carrying(self.table, self.panel.of_letter.move)
        self.add_to_head(
            kit.press(self.bring),
            kit.press(self.write, role="primary"),
        )
        self.menu_on_table([*self.panel.thread_actions])
        self.panel.writes.connect(self.compose)
        self.panel.resigns.connect(self.resigned.does)
        self.panel.of_letter.leaves.connect(self.resigned.of_letter)
        self.panel.of_letter.prints.connect(self.show_letter)
        self.panel.of_letter.moved.connect(self.show_thing)

    def _make_page_actions(self) -> None:
        self.write = kit.action(tr("Write a letter…"), self.write_new, keys="Ctrl+N")
        self.write.setData("pencil")
        self.bring = kit.action(tr("Bring in e-mail…"), self.browse, keys="Ctrl+I")
        self.bring.setData("upload")
        self.folder = kit.action(tr("Bring in a mail folder…"), self.browse_folder)
        self.paste = kit.action(tr("Paste an e-mail…"), self.paste_mail, keys="Ctrl+V")
        self.note = kit.action(tr("Write down a letter…"), self.ask_letter, keys="Ctrl+D")
        self.note.setData("file-plus")
        self.report = kit.action(
            tr("Oldest unanswered, on paper…"), self.show_report, keys="Ctrl+R"
        )
        self.confirm = kit.action(tr("Ask HQ to confirm resignations…"), self.ask_all)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        own = (self.write, self.bring, self.folder, self.paste, self.note)
        return (*own, self.report, self.confirm, *self.panel.thread_actions)

    # The list

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the threads that match."""
        stands = self._stands = standing(self.store, self.store.today())
        found = listed(self.store, stands, search, order, falling=descending)
        kept = stands.kept.get(self.filtered)
        return found if kept is None else [each for each in found if each in kept]

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show the threads found, and count what is filed, owed and waited for."""
        stands = self._stands
        self.count_filters(stands.counts)
        parts = [plural(stands.letters, "{n} letter", "{n} letters")]
        if stands.waiting:
            they = len(stands.waiting)
            parts.append(plural(they, "{n} answer owed to us", "{n} answers owed to us"))
        if stands.owing:
            parts.append(plural(len(stands.owing), "we owe {n} answer", "we owe {n} answers"))
        self.summary.setText(" · ".join(parts))
        super().show_ids(ids)

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a thread, that of a "letter", or a filter; what is being written stays in front."""
        if self._writes():
            return
        if what == "letter":
            found = records.many(self.store, [row_id])
            if not found:
                self.session.said.emit(tr("That letter is not on record any more."))
                return
            row_id, what = found[0].thread, ""
        self._leave_composer()
        super().show_thing(row_id, what)

    def _writes(self) -> bool:
        """Whether a letter is being written here, which nothing else may take away; says so."""
        busy = self._composer is not None and self._composer.is_busy
        if busy:
            self.session.said.emit(tr("A letter is being written here. File it or go back first."))
        return busy

    def show_detail(self, row_id: int | None) -> None:
        """Show one thread in full."""
        self.panel.show_thread(row_id)

    # Files

    def drop(self, paths: list[str]) -> None:
        """File the mails of files and folders."""
        self.bringing.bring_in(paths)

    def browse(self) -> None:
        """Ask for mail files."""
        self.bringing.browse()

    def browse_folder(self) -> None:
        """Ask for a folder of mails."""
        self.bringing.browse_folder()

    def paste_mail(self) -> None:
        """File what is on the clipboard."""
        self.bringing.paste()

    def ask_letter(self) -> None:
        """Ask for a letter on paper."""
        self.bringing.ask_letter()

    def ask_all(self) -> None:
        """Ask HQ to confirm the resignations it has not recorded."""
        self.resigned.ask_all()

    def _dropped(self, event: QDropEvent) -> list[str]:
        return self.bringing.dropped(event.mimeData())

    # Writing

    def write_new(self) -> None:
        """Write a letter to anybody."""
        self.compose(tr("Write a letter"), records.Outgoing("", "", "", ""))

    def compose(self, title: str, start: Outgoing) -> None:
        """Write a letter, begun for a purpose; what is being written already stays."""
        if self._writes():
            return
        self._show_composer(Composer(self.session, title, start))

    def unfinished(self) -> Unfinished | None:
        """Return the letter being written, if it is not filed."""
        return None if self._composer is None else self._composer.unfinished()

    def take_up(self, what: object) -> None:
        """Go on writing a letter after a lock."""
        if isinstance(what, BegunLetter):
            self._show_composer(Composer.of_begun(self.session, what))

    def _show_composer(self, composer: Composer) -> None:
        self._composer = composer
        composer.left.connect(self._leave_composer)
        self.cover(composer)
        composer.begin()

    def _leave_composer(self) -> None:
        composer, self._composer = self._composer, None
        if composer is None:
            return
        filed = composer.filed
        self.uncover()
        if filed is not None and (kept := records.many(self.store, [filed])):
            self.show_thing(kept[0].thread)

    # On paper

    def show_report(self) -> None:
        """Show the oldest unanswered letters as a paper, to print or to e-mail."""
        if not self._writes():
            self._show_paper(report_cover(self.session))

    def show_letter(self, letter: Letter) -> None:
        """Show one letter as a paper."""
        if not self._writes():
            self._show_paper(letter_cover(self.session, letter))

    def _show_paper(self, paper: PaperCover) -> None:
        self._composer = None
        paper.left.connect(self.uncover)
        self.cover(paper)
