"""Tables of any length: an ordered list of ids, whose rows are fetched a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QResizeEvent
    from PySide6.QtWidgets import QMenu, QWidget

PAGE = 128
KEPT = 32
LEAST = 150


class HasId(Protocol):
    """Anything with a permanent row id."""

    @property
    def id(self) -> int:
        """Return the row id."""
        ...


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: how a row reads in it, its part of the width, and what sorting by it asks for.

    A column with a `sample` is as wide as that text, the others share the rest by `share`; one that
    is `spare` is left out where there is no room. `order` is the word the slice's `ids(order=…)`
    takes, empty where it cannot be sorted by; `tone` names a colour of the theme.
    """

    title: str
    text: Callable[[T], str]
    share: float = 1.0
    sample: str = ""
    spare: bool = False
    numeric: bool = False
    order: str = ""
    tone: Callable[[T], str] | None = None


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
        self._numeric = QFont(QApplication.font())
        self._numeric.setFeature(QFont.Tag("tnum"), 1)
        self._colours: dict[str, QColor] = {}

    @property
    def ids(self) -> Sequence[int]:
        """The ids shown, in order."""
        return self._ids

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show another list of ids, its rows read afresh."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def read_again(self) -> None:
        """Read the rows afresh; the list of ids stays."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

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

    def record(self, row: int) -> T | None:
        """Return what a row shows; None if it is gone from the file since the list was made."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            page = {each.id: each for each in self._fetch(ids)}
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Qt's: as many as there are ids; nothing lies under a row."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Qt's: the columns given."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Qt's: text, colour, alignment and figures of one cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self._numeric if column.numeric else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            record = self.record(index.row())
            return "" if record is None else column.text(record)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone:
            record = self.record(index.row())
            return None if record is None else self._colours.get(column.tone(record))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Qt's: the titles of the columns, aligned as their cells are."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numeric = self.columns[section].numeric
            side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's: ask for the ids in another order; the table itself sorts nothing."""
        if 0 <= column < len(self.columns) and self.columns[column].order:
            self.order_asked.emit(self.columns[column].order, order == Qt.SortOrder.DescendingOrder)


class Table(QTableView, Generic[T]):
    """A view of an `IdTable`: whole rows; the chosen row is kept when the list changes."""

    chosen = Signal(object)  # the id of the current row, or None
    menu_asked = Signal()

    def __init__(self, model: IdTable[T], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        if any(column.order for column in model.columns):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        self.setMinimumWidth(LEAST + 60)
        self.menu: QMenu | None = None
        self.copy_action = QAction("Copy the selected rows", self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy_rows)
        self.addAction(self.copy_action)
        self._quiet = False
        self.selectionModel().currentRowChanged.connect(self._moved)

    def show_ids(self, ids: Sequence[int], keep: int | None = None) -> None:
        """Show another list; the row that was chosen (or `keep`) stays so if it is there."""
        wanted = self.current_id() if keep is None else keep
        self._quiet = True
        self.rows.show_ids(ids)
        row = self.rows.row_of(wanted) if wanted is not None else -1
        if row >= 0:
            self.choose_row(row)
        self._quiet = False
        if wanted != self.current_id() or keep is not None:
            self.chosen.emit(self.current_id())

    def choose(self, row_id: int) -> bool:
        """Make an id's row the current one; False where the list does not hold it."""
        row = self.rows.row_of(row_id)
        if row >= 0:
            self.choose_row(row)
        return row >= 0

    def choose_row(self, row: int) -> None:
        """Make a row the current one and show it."""
        index = self.rows.index(row, 0)
        flags = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
        )
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def current_id(self) -> int | None:
        """Return the id of the current row, or None."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as lines with tabs between the cells."""
        picked = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = []
        for row in picked:
            record = self.rows.record(row)
            if record is not None:
                lines.append("\t".join(column.text(record) for column in self.rows.columns))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _moved(self, index: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.rows.id_at(index.row()) if index.isValid() else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: share the width out by the columns' shares."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        width = self.viewport().width()
        shown = list(enumerate(self.rows.columns))
        for number, column in reversed(list(enumerate(self.rows.columns))):
            if self._needs(shown) > width and column.spare:
                shown.remove((number, column))
        numbers = {number for number, _ in shown}
        for number in range(len(self.rows.columns)):
            self.setColumnHidden(number, number not in numbers)
        flexible = [each for each in shown if not each[1].sample]
        fixed = sum(self._width(column) for _, column in shown if column.sample)
        rest = max(width - fixed, len(flexible) * LEAST)
        whole = sum(column.share for _, column in flexible)
        for number, column in shown:
            part = self._width(column) if column.sample else int(rest * column.share / whole)
            self.setColumnWidth(number, part)

    def _needs(self, shown: Sequence[tuple[int, Column[T]]]) -> int:
        return sum(self._width(column) if column.sample else LEAST for _, column in shown)

    def _width(self, column: Column[T]) -> int:
        text = max(
            self.fontMetrics().horizontalAdvance(column.sample),
            self.horizontalHeader().fontMetrics().horizontalAdvance(column.title) + 12,
        )
        return text + 26

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's: the page's own actions, at the pointer."""
        if self.menu is not None:
            self.menu.popup(event.globalPos())

    def sizeHint(self) -> QSize:
        """Qt's: wide enough to read, and no wider than it must be."""
        return QSize(420, 320)
