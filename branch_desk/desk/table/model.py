"""The model of a table: a list of ids, of which only the rows that are looked at are read."""

from __future__ import annotations

from collections import OrderedDict
from time import perf_counter
from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from branch_desk.desk import kit
from branch_desk.desk.table.column import Column, T
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.session import Session

PAGE = 128
KEPT = 32
# Reading a page that takes longer than a frame is done off the main thread from then on.
FRAME = 0.016
_Role = Qt.ItemDataRole


class IdTable(QAbstractTableModel, Generic[T]):
    """Shows an ordered list of ids; rows come by pages of 128 from `fetch` into a small cache.

    Sorting asks whoever listens to `order_asked(order, descending)` for another list of ids.
    """

    order_asked = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Callable[[Sequence[int]], Iterable[T]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, T]] = OrderedDict()
        self._before: dict[int, T] = {}
        self._session: Session | None = None
        self._slow = False
        self._numeric = QFont(QApplication.font())
        self._numeric.setFeature(QFont.Tag("tnum"), 1)
        self._colours: dict[str, QColor] = {}

    @property
    def ids(self) -> Sequence[int]:
        """The ids shown, in order."""
        return self._ids

    def read_beside(self, session: Session) -> None:
        """Read pages in the session's quick lane where they take longer than a frame."""
        self._session = session

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show another list of ids, its rows read afresh."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def read_again(self) -> None:
        """Read the rows afresh; the list of ids stays."""
        self._forget()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget(self) -> None:
        # Where reading takes its time, rows are shown as they were until they are there again.
        shown = [self._before, *self._pages.values()] if self._slow else []
        self._before = {row_id: row for page in shown[-KEPT:] for row_id, row in page.items()}
        self._pages.clear()

    def tint(self, colours: dict[str, QColor]) -> None:
        """Take the theme's colours for `tone`."""
        self._colours = colours

    def id_at(self, row: int) -> int:
        """Return the id shown in a row."""
        return self._ids[row]

    def row_of(self, row_id: int) -> int:
        """Return the row that shows an id, or -1."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def read(self, ids: Sequence[int]) -> Iterator[T]:
        """Read rows by their ids, past the cache and in any thread, in the order of the ids."""
        for start in range(0, len(ids), PAGE):
            part = ids[start : start + PAGE]
            found = {each.id: each for each in self._fetch(part)}
            yield from (found[each] for each in part if each in found)

    def record(self, row: int) -> T | None:
        """Return what a row shows; None if it is gone from the file, or not read yet."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            if self._slow and self._session is not None:
                self._ask(self._session, number)
                return self._before.get(self._ids[row])
            page = self._read_page(number)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def _of_page(self, number: int) -> Sequence[int]:
        return self._ids[number * PAGE : (number + 1) * PAGE]

    def _read_page(self, number: int) -> dict[int, T]:
        begun = perf_counter()
        page = {each.id: each for each in self._fetch(self._of_page(number))}
        self._slow = self._slow or perf_counter() - begun > FRAME
        self._keep(number, page)
        return page

    def _keep(self, number: int, page: dict[int, T]) -> None:
        self._pages[number] = page
        if len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def _ask(self, session: Session, number: int) -> None:
        """Read a page in the lane; the one asked for last is read, the others when seen again."""
        ids = self._of_page(number)

        def read() -> tuple[list[T], float]:
            begun = perf_counter()
            return list(self._fetch(ids)), perf_counter() - begun

        def show(answer: tuple[list[T], float]) -> None:
            rows, took = answer
            self._slow = took > FRAME / 2  # what was only held up once is read at once again
            if self._of_page(number) == ids:
                self._keep(number, {each.id: each for each in rows})
                first = number * PAGE
                last = self.index(first + len(ids) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(first, 0), last)

        session.workers.quick(
            f"rows {id(self)}",
            read,
            show,
            failed=session.fail,
            owner=self,
        )

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Qt's: as many as there are ids; nothing lies under a row."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Qt's: the columns given."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = _Role.DisplayRole,
    ) -> object:
        """Qt's: text, colour, alignment and figures of one cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _Role.TextAlignmentRole:
            return _side(column)
        if role == _Role.FontRole:
            return self._numeric if column.numeric else None
        if role in _TEXTS or (role == _Role.ForegroundRole and column.tone):
            return self._of_row(index.row(), column, role)
        return None

    def _of_row(self, row: int, column: Column[T], role: int) -> object:
        record = self.record(row)
        if role == _Role.ForegroundRole:
            tone = column.tone(record) if record is not None and column.tone else ""
            return self._colours.get(tone)
        text = "" if record is None else column.text(record)
        if role == _Role.AccessibleDescriptionRole:
            return f"{tr(column.title)}: {text}"
        return kit.tip(text) if role == _Role.ToolTipRole else text

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = _Role.DisplayRole,
    ) -> object:
        """Qt's: the titles of the columns, aligned as their cells are."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == _Role.DisplayRole else None
        if section >= len(self.columns):
            return None
        column = self.columns[section]
        if role in {_Role.DisplayRole, _Role.AccessibleTextRole}:
            return tr(column.title)
        if role == _Role.ToolTipRole and column.order:
            return tr("{title}: click to sort", title=tr(column.title))
        return _side(column) if role == _Role.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's: ask for the ids in another order; the table itself sorts nothing.

        No column (-1) asks for the page's own order.
        """
        asked = self.columns[column].order if 0 <= column < len(self.columns) else ""
        if asked or column < 0:
            falling = bool(asked) and order == Qt.SortOrder.DescendingOrder
            self.order_asked.emit(asked, falling)


_TEXTS = frozenset(
    {
        _Role.DisplayRole,
        _Role.ToolTipRole,
        _Role.AccessibleTextRole,
        _Role.AccessibleDescriptionRole,
    }
)


def _side(column: Column[T]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
