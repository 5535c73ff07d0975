"""Choosing a table's columns: a menu on the header, and a small window for the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QMenu

from branch_desk.desk import kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from branch_desk.desk.table.view import Table

_NUMBER = Qt.ItemDataRole.UserRole


def header_menu(table: Table[Any], number: int) -> QMenu:
    """Return the menu of the header: sorting by the column pointed at, and the columns to show."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    columns, arrangement = table.rows.columns, table.arrangement
    if 0 <= number < len(columns) and columns[number].order:
        rising = menu.addAction(tr("Sort upwards"))
        rising.triggered.connect(lambda: table.sort_as(number))
        falling = menu.addAction(tr("Sort downwards"))
        falling.triggered.connect(lambda: table.sort_as(number, falling=True))
        menu.addSeparator()
    for each in arrangement.in_order():
        made = menu.addAction(tr(columns[each].title))
        made.setCheckable(True)
        made.setChecked(arrangement.is_wanted(each))
        made.triggered.connect(lambda on, each=each: arrangement.want(each, wanted=on))
    menu.addSeparator()
    menu.addAction(table.columns_action)
    menu.addAction(tr("As at first")).triggered.connect(table.as_at_first)
    return menu


class ColumnsDialog(QDialog):
    """The columns in a list: tick those to show, move and widen the chosen one, sort by one.

    Everything is done at once and remembered; nothing is to be confirmed.
    """

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(table)
        self.setWindowTitle(tr("Columns"))
        self._table, self._arrangement = table, table.arrangement
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Columns"))
        self.list.itemChanged.connect(self._ticked)
        self.up = self._button(tr("Move up"), partial(self._move, -1))
        self.down = self._button(tr("Move down"), partial(self._move, 1))
        self.wider = self._button(tr("Wider"), partial(self._widen, 1))
        self.narrower = self._button(tr("Narrower"), partial(self._widen, -1))
        self.first = self._button(tr("As at first"), self._as_at_first)
        self.sort = kit.Combo()
        self.sort.setAccessibleName(tr("Sort by"))
        self.sort.activated.connect(self._sort)
        close = kit.button(tr("Close"), role="primary", does=self.accept)
        side = kit.column(self.up, self.down, self.wider, self.narrower, None, self.first)
        sort_label = kit.label(tr("Sort by"), "label")
        sort_label.setBuddy(self.sort)
        left = kit.column(self.list, kit.column(sort_label, self.sort, space=4), space=12)
        self.setLayout(
            kit.column(
                kit.label(tr("Columns"), "title"),
                kit.row(left, side, space=16),
                kit.row(None, close),
                space=16,
                margin=24,
            )
        )
        self._fill(0)
        self._fill_sort()

    def begin(self) -> None:
        """Open it over the window; returns at once."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, text: str, does: Callable[[], object]) -> QPushButton:
        return kit.button(text, does=does)

    def _fill(self, chosen: int) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 -- Qt's
        self.list.clear()
        for number in self._arrangement.in_order():
            item = QListWidgetItem(tr(self._table.rows.columns[number].title))
            item.setData(_NUMBER, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            wanted = self._arrangement.is_wanted(number)
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(chosen)
        self.list.blockSignals(False)  # noqa: FBT003 -- Qt's

    def _fill_sort(self) -> None:
        self.sort.clear()
        self.sort.addItem(tr("As the page does"), (-1, False))
        for number, column in enumerate(self._table.rows.columns):
            if column.order:
                title = tr(column.title)
                self.sort.addItem(tr("{column}, upwards", column=title), (number, False))
                self.sort.addItem(tr("{column}, downwards", column=title), (number, True))
        header = self._table.horizontalHeader()
        falling = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        asked = (header.sortIndicatorSection(), falling)
        for place in range(self.sort.count()):
            if self.sort.itemData(place) == asked:
                self.sort.setCurrentIndex(place)

    def _chosen(self) -> int:
        return int(self.list.currentItem().data(_NUMBER))

    def _ticked(self, item: QListWidgetItem) -> None:
        wanted = item.checkState() == Qt.CheckState.Checked
        self._arrangement.want(int(item.data(_NUMBER)), wanted=wanted)
        self._fill(self.list.row(item))

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._arrangement.move(self._chosen(), by)
        self._fill(min(max(row + by, 0), self.list.count() - 1))

    def _widen(self, by: int) -> None:
        self._arrangement.widen(self._chosen(), by)

    def _as_at_first(self) -> None:
        self._table.as_at_first()
        self._fill(0)
        self._fill_sort()

    def _sort(self) -> None:
        number, falling = self.sort.currentData()
        self._table.sort_as(number, falling=falling)
