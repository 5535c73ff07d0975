"""A file that is dropped anywhere on the desk goes to the page that takes such files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.program import Entry
    from branch_desk.desk.workspace import Workspace

KINDS = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop})


class PageDrops(QObject):
    """Hears what is dropped on the desk and was taken by nothing under the pointer.

    The page in front comes first; else it is the page whose entry `takes` such files from
    anywhere, which is turned to and, if need be, built.
    """

    def __init__(self, workspace: Workspace, entries: Sequence[Entry]) -> None:
        super().__init__(workspace)
        self._workspace, self._entries = workspace, entries
        workspace.setAcceptDrops(True)
        workspace.installEventFilter(self)

    def _taker(self, paths: Sequence[str]) -> tuple[str, list[str]]:
        """Return the page that takes the first of some files, and all of them that it takes."""
        front = self._workspace.page
        offers = [(front.name, front.drops), *((each.name, each.takes) for each in self._entries)]
        for name, endings in offers:
            if paths[0].lower().endswith(endings):
                return name, [path for path in paths if path.lower().endswith(endings)]
        return "", []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: what a page takes is welcome; the rest is left to the window."""
        if event.type() in KINDS and isinstance(event, QDropEvent):
            urls = event.mimeData().urls()
            paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
            name, taken = self._taker(paths) if paths else ("", [])
            if taken:
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self._workspace.show_page(name)
                    self._workspace.page.drop(taken)
                return True
        return super().eventFilter(watched, event)
