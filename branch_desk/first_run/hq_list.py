"""HQ's list for a new branch: chosen or dropped, and then the review of the Members page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.desk import ask, kit
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.desk.way_in.first_steps import StepBody
from branch_desk.members import records
from branch_desk.members.page import MembersPage

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from branch_desk.desk.session import Session

LISTS = mark("Lists (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)")
LINES = 26  # so that Apply is seen without scrolling in a window of 800 pixels
WITH_REVIEW = 1180  # what the Members page needs to show a list beside its entries


class ListBody(StepBody):
    """A place to drop the list on; then the Members page itself, with the list under review."""

    verb = mark("Go on")
    is_ready = False

    def __init__(self, session: Session, _kind: str) -> None:
        super().__init__()
        self._session = session
        self.setAcceptDrops(True)
        self.choose = kit.button(
            tr("Choose HQ's list…"), "file-up", role="primary", does=self.browse
        )
        self.area = kit.Empty(
            "upload",
            tr("Drop HQ's list here"),
            tr(
                "A spreadsheet or a CSV file, as HQ sends it. You see what it holds before "
                "anything is brought in, and Undo takes all of it back."
            ),
            (self.choose,),
        )
        self.page: MembersPage | None = None
        self._count = self._others = 0
        self.held = kit.column(self.area, space=0)
        self.setLayout(self.held)
        self.setFocusProxy(self.choose)
        session.changed.connect(self._look)
        self._look()

    def _look(self, _: object = None) -> None:
        """Let the step go on once there are members."""
        store = self._session.store
        self._session.workers.quick(
            "first members", lambda: records.counts(store), self._counted, owner=self
        )

    def _counted(self, counts: records.Counts) -> None:
        self._count = counts.members
        self._others = counts.total - counts.members
        self.is_ready = bool(counts.total)
        self.ready.emit(self.is_ready)

    def browse(self) -> None:
        """Ask for the list."""
        start = self._session.remembered.text("folder") or str(Path.home())
        ask.file_to_open(self, tr("HQ's list"), start, tr(LISTS), self.read)

    def read(self, path: Path) -> None:
        """Show the Members page with the list under review."""
        if self.page is None:
            self.page = MembersPage(self._session)
            self.page.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)
            self.area.hide()
            self.widened.emit(WITH_REVIEW)
            self.held.addWidget(self.page)
            self.page.show()
            self.page.fresh()
        self.page.drop([str(path)])
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: take one file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: read what was dropped."""
        event.acceptProposedAction()
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    def go(self) -> None:
        """Go on with the members there are."""
        said = [plural(self._count, "{n} member.", "{n} members.")]
        if self._others:
            more = self._others
            said.append(plural(more, "{n} more is no member now.", "{n} more are no members now."))
        self.finished.emit(" ".join(said))
