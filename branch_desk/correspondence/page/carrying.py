"""A letter dragged onto another thread in the list is moved there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from branch_desk.correspondence.page.card import LETTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from branch_desk.desk.table import Table


class Carrying(QObject):
    """Lets a table of threads take letters; `move(letter, thread)` is called for each."""

    def __init__(self, table: Table[Any], move: Callable[[int, int], object]) -> None:
        super().__init__(table)
        self._table, self._move = table, move
        table.viewport().setAcceptDrops(True)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: welcome a letter over a row and move it there; everything else goes its way."""
        del watched
        kinds = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}
        if event.type() not in kinds or not isinstance(event, QDragMoveEvent | QDropEvent):
            return False
        if not event.mimeData().hasFormat(LETTER):
            return False
        index = self._table.indexAt(event.position().toPoint())
        if event.type() == QEvent.Type.Drop and index.isValid():
            letter = int(bytes(event.mimeData().data(LETTER).data()).decode())
            self._move(letter, self._table.rows.id_at(index.row()))
        event.setDropAction(Qt.DropAction.MoveAction)
        if index.isValid() or event.type() == QEvent.Type.DragEnter:
            event.accept()
        else:
            event.ignore()
        return True
