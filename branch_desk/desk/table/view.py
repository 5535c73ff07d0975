"""The view of a table: whole rows, chosen, selected, copied and typed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from branch_desk.desk import clipboard
from branch_desk.desk.table import copying, jumping
from branch_desk.desk.table.arrangement import LEAST, NARROWEST, Arrangement
from branch_desk.desk.table.chooser import ColumnsDialog, header_menu
from branch_desk.desk.table.column import T
from branch_desk.desk.table.model import PAGE, IdTable
from branch_desk.desk.table.picking import Picked, merged, spans_of
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QResizeEvent
    from PySide6.QtWidgets import QMenu, QWidget

    from branch_desk.desk.session import Session

_Flag = QItemSelectionModel.SelectionFlag
# So many selected rows are found again in a list read afresh; beyond, only the chosen one is.
FOUND_AGAIN = 5_000


class Table(QTableView, Generic[T]):
    """A view of an `IdTable`: whole rows; the chosen row is kept when the list changes.

    Ctrl+A selects all that match: the page's question (`question`, told by `ListPage`), not a list
    of rows. What is selected is `picked()`; `picked_changed` says that it is another. Its columns
    are chosen, moved, widened and sorted by the header and by `columns_action`, and remembered once
    the table `belongs` to a session. `menu` is shown at the pointer, or by the Menu key at the row.
    """

    chosen = Signal(object)  # the id of the current row, or None
    picked_changed = Signal()

    def __init__(self, model: IdTable[T], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self._look_plain()
        self.setMinimumWidth(LEAST + 60)
        self.menu: QMenu | None = None
        self.question: Callable[[], Callable[[], Sequence[int]]] | None = None
        self._session: Session | None = None
        self._quiet, self._every, self._spread = False, False, False
        self._typed, self._since = "", QElapsedTimer()
        self.arrangement = Arrangement(self, model.columns)
        self._make_actions()
        self._make_header()
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._selected)

    def _look_plain(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)

    def _make_actions(self) -> None:
        self.copy_action = self._action(
            tr("Copy the selected rows"), self.copy_rows, QKeySequence.StandardKey.Copy
        )
        self.columns_action = QAction(tr("Columns…"), self)
        self.columns_action.triggered.connect(self.ask_columns)
        self.pick_all_action = self._action(
            tr("Select all that match"), self.pick_all, QKeySequence.StandardKey.SelectAll
        )

    def _action(
        self, text: str, does: Callable[[], object], keys: QKeySequence.StandardKey
    ) -> QAction:
        made = QAction(text, self)
        made.setShortcut(keys)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda *_: does())
        self.addAction(made)
        return made

    def _make_header(self) -> None:
        header = self.horizontalHeader()
        # Its own, of which nothing is ever selected: asked whether a column is, Qt asks every row.
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.setAccessibleName(tr("Columns of {table}", table=self.accessibleName()))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST)
        header.setResizeContentsPrecision(0)  # fit to what is seen; never read more for it
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_header)
        if any(column.order for column in self.rows.columns):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
            header.sortIndicatorChanged.connect(self._remember)
        self.arrangement.changed.connect(self._remember)

    # Remembered

    def belong(self, session: Session, name: str) -> None:
        """Read slow rows and copy many in the session's lanes; remember the columns by a name."""
        self._session, self._name = session, name
        self.rows.read_beside(session)
        header = self.horizontalHeader()
        header.blockSignals(True)  # noqa: FBT003 -- Qt's
        self.arrangement.restore(session.remembered.text(f"table/{name}"))
        header.blockSignals(False)  # noqa: FBT003 -- Qt's
        self.arrangement.lay_out()

    def sorted_by(self) -> tuple[str, bool]:
        """Return the order asked for and whether it falls; ("", False) for the page's own."""
        header, columns = self.horizontalHeader(), self.rows.columns
        number = header.sortIndicatorSection()
        asked = columns[number].order if 0 <= number < len(columns) else ""
        falling = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return asked, bool(asked) and falling

    def sort_as(self, number: int, *, falling: bool = False) -> None:
        """Sort by a column; -1 is the page's own order."""
        way = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, way)

    def as_at_first(self) -> None:
        """Show the columns, their widths and the order of rows as they were at first."""
        self.arrangement.as_at_first()
        self.sort_as(-1)

    def _remember(self) -> None:
        if self._session is not None:
            self._session.remembered.keep(f"table/{self._name}", self.arrangement.as_text())

    def ask_columns(self) -> None:
        """Let the columns be chosen, moved, widened and sorted without a mouse."""
        ColumnsDialog(self).begin()

    def _ask_header(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        header_menu(self, header.logicalIndexAt(at)).popup(header.mapToGlobal(at))

    # What is shown and chosen

    def show_ids(self, ids: Sequence[int], keep: int | None = None) -> None:
        """Show another list; the chosen row (or `keep`) and what is selected stay if there."""
        wanted = self.current_id() if keep is None else keep
        if ids == self.rows.ids:
            self.rows.read_again()
            if keep is not None:
                self.choose(keep)
                self.chosen.emit(self.current_id())
            return
        picked = self._found_again()
        self._quiet = True
        self.rows.show_ids(ids)
        row = self.rows.row_of(wanted) if wanted is not None else -1
        if row >= 0:
            self.choose_row(row)
        self._pick_again(picked)
        self._quiet = False
        self.picked_changed.emit()
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
        index = self.rows.index(row, self._first_column())
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        self.scrollTo(index)

    def choose_next(self, by: int = 1) -> None:
        """Choose the row below, or with -1 the one above; at the end it stays."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.rows.rowCount():
            self.choose_row(row)

    def current_id(self) -> int | None:
        """Return the id of the current row, or None."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def _first_column(self) -> int:
        return next(iter(self.arrangement.shown()), 0)

    def _moved(self, index: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.rows.id_at(index.row()) if index.isValid() else None)

    # What is selected

    def picked(self) -> Picked:
        """Return what is selected: some rows, or all that match."""
        shown = self.rows.ids
        if self._every:
            ask = self.question
            return Picked(len(shown), every=True, find=ask() if ask else lambda: shown)
        spans = self._spans()
        count = sum(last - first + 1 for first, last in spans)
        return Picked(
            count,
            every=False,
            find=lambda: [each for first, last in spans for each in shown[first : last + 1]],
        )

    def pick_all(self) -> None:
        """Select all that match; what the page finds later belongs to it."""
        self._spread = True
        super().selectAll()
        self._spread = False
        self._every = self.rows.rowCount() > 0
        self.picked_changed.emit()

    def selectAll(self) -> None:
        """Qt's: all that match."""
        self.pick_all()

    def pick_none(self) -> None:
        """Select only the current row."""
        index = self.currentIndex()
        self.selectionModel().select(index, _Flag.ClearAndSelect | _Flag.Rows)
        if not index.isValid():
            self.clearSelection()

    def _spans(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.size())]
        return merged((each.top(), each.bottom()) for each in ranges)

    def _selected(self) -> None:
        if self._quiet or self._spread:
            return
        self._every = False
        self.picked_changed.emit()

    def _found_again(self) -> frozenset[int]:
        """Return the ids to select again in another list; nothing where one row or all are."""
        picked = self.picked()
        if picked.every or not 1 < picked.count <= FOUND_AGAIN:
            return frozenset()
        return frozenset(picked.ids())

    def _pick_again(self, picked: frozenset[int]) -> None:
        if self._every:
            self._every = self.rows.rowCount() > 0
            self._spread = True
            super().selectAll()
            self._spread = False
        elif picked:
            rows = [row for row, each in enumerate(self.rows.ids) if each in picked]
            found = QItemSelection()
            for first, last in spans_of(rows):
                found.select(self.rows.index(first, 0), self.rows.index(last, 0))
            self.selectionModel().select(found, _Flag.Select | _Flag.Rows)

    # Copied

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard: lines, with tabs between the cells.

        Many are read in the lane; at most so many are taken, and that is said.
        """
        picked = self.picked()
        columns = [self.rows.columns[number] for number in self.arrangement.shown()]
        if not picked.count:
            return

        def text() -> tuple[str, int, int]:
            ids = picked.ids()
            taken = ids[: copying.MOST]
            return copying.as_text(columns, self.rows.read(taken)), len(taken), len(ids)

        if picked.count <= PAGE or self._session is None:
            self._copied(text())
        else:
            lane = self._session.workers.quick
            lane("copy rows", text, self._copied, failed=self._session.fail, owner=self)

    def _copied(self, copied: tuple[str, int, int]) -> None:
        text, taken, of = copied
        if text:
            clipboard.put(text)
        if self._session is None or taken < 2:
            return
        said = plural(taken, "{n} row is copied.", "{n} rows are copied.")
        if taken < of:
            said = tr(
                "The first {taken} of {of} rows are copied; the clipboard takes no more.",
                taken=f"{taken:,}",
                of=f"{of:,}",
            )
        self._session.said.emit(said)

    # Typed to, pointed at

    def keyboardSearch(self, search: str) -> None:
        """Qt's: letters typed after one another jump to the row that begins with them."""
        pause = QApplication.keyboardInputInterval()
        again = self._since.isValid() and self._since.elapsed() < pause
        same = again and self._typed == search
        self._typed = self._typed + search if again and not same else search
        self._since.start()
        start = max(self.currentIndex().row(), 0) + (1 if same or not again else 0)
        column, falling = self._typed_column()

        def text_at(row: int) -> str:
            cached = self.rows.record(row) if self.rows.rowCount() <= jumping.FEW else None
            found = cached or next(self.rows.read([self.rows.id_at(row)]), None)
            return "" if found is None else self.rows.columns[column].text(found)

        row = jumping.row_beginning(
            self._typed, self.rows.rowCount(), text_at, start, falling=falling
        )
        if row >= 0:
            self.choose_row(row)

    def _typed_column(self) -> tuple[int, bool]:
        """Return the column that letters mean: the one sorted by, else the first; and if it falls.

        Numbers and days are not typed to, but names are.
        """
        number = self.horizontalHeader().sortIndicatorSection()
        falling = self.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        if 0 <= number < len(self.rows.columns) and not self.rows.columns[number].sample:
            return number, falling
        return self._first_column(), False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's: the page's own actions, at the pointer or at the chosen row."""
        if self.menu is None:
            return
        at = event.globalPos()
        if event.reason() == event.Reason.Keyboard and self.currentIndex().isValid():
            row = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(row.bottomLeft() + QPoint(PAGE // 4, 0))
        self.menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: share the width out among the columns."""
        super().resizeEvent(event)
        self.arrangement.lay_out()

    def sizeHint(self) -> QSize:
        """Qt's: wide enough to read, and no wider than it must be."""
        return QSize(420, 320)
