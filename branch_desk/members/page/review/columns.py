"""The columns of HQ's list: what each means, corrected by dragging or by choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.forms import Choice
from branch_desk.desk.tr import tr
from branch_desk.members.page import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

    from branch_desk.members.exchange import ListColumn

MIME = "application/x-branch-desk-column"
IGNORE = "ignore"
FIRST = ("number", "surname", "forename", "email", "postcode", "address", "joined_on", "status")
FIELD = Qt.ItemDataRole.UserRole


def _plain(table: QTableWidget) -> None:
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 16)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)


class Strip(QTableWidget):
    """HQ's columns with what stands in them; a row can be dragged onto a field."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setAccessibleName(tr("Columns of HQ's list"))
        self.setHorizontalHeaderLabels([tr("HQ's column"), tr("For example"), tr("Means")])
        _plain(self)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def mimeTypes(self) -> list[str]:
        """Qt's: a column, by its letter."""
        return [MIME]

    def mimeData(self, items: Sequence[QTableWidgetItem]) -> QMimeData:
        """Qt's: the letter of the column that is dragged."""
        data = QMimeData()
        if items:
            data.setData(MIME, str(items[0].data(FIELD)).encode())
        return data


class Fields(QTableWidget):
    """The fields a column can mean; each takes a column that is dropped on it."""

    given = Signal(str, str)  # the column's letter, the field

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName(tr("Fields of the desk"))
        self.setHorizontalHeaderLabels([tr("Field"), tr("Comes from")])
        _plain(self)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: welcome a column."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt's: show which field would take it."""
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.mimeData().hasFormat(MIME):
            self.setCurrentItem(item)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: give the column to the field under it."""
        item = self.itemAt(event.position().toPoint())
        data = event.mimeData()
        if item is not None and data.hasFormat(MIME):
            event.acceptProposedAction()
            letter = bytes(data.data(MIME).data()).decode()
            self.given.emit(letter, str(item.data(FIELD)))


class ColumnsPanel(QWidget):
    """What each column means; `asked(mapping by letter)` asks for the list to be read that way."""

    asked = Signal(object)

    def __init__(self, columns: Iterable[ListColumn], mapping: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Columns of the list"))
        self._columns = tuple(columns)
        self._mapping = dict(mapping)
        self.strip, self.fields = Strip(), Fields()
        self.means = Choice(tr("The chosen column means"), _choices())
        self.means.typed.connect(self._choose)
        self.again_action = kit.action(tr("Read the list again"), self._ask)
        again = kit.press(self.again_action, role="primary")
        self.again_action.setEnabled(False)
        told = kit.label(
            tr(
                "Drag a column onto the field it means, or choose below. Columns without a field "
                "are kept as extra data on each member."
            ),
            "muted",
        )
        lists = kit.row(space=12)
        lists.addWidget(self.strip, 3)
        lists.addWidget(self.fields, 2)
        under = kit.row(self.means, None, again, space=12)
        under.setAlignment(again, Qt.AlignmentFlag.AlignBottom)
        layout = kit.column(told, lists, under, space=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.strip.currentCellChanged.connect(self._chosen)
        self.fields.given.connect(self.give)
        self._show(0)

    @property
    def mapping(self) -> Mapping[str, str]:
        """What was said of the columns so far, by letter."""
        return dict(self._mapping)

    def field_of(self, column: ListColumn) -> str:
        """Return what a column means as it is corrected so far; empty where it is kept as it is."""
        if column.letter in self._mapping:
            return self._mapping[column.letter]
        return "" if column.field in self._mapping.values() else column.field

    def give(self, letter: str, field: str) -> None:
        """Say what a column means; another that meant it is kept as it is."""
        self._mapping = {
            known: meant
            for known, meant in self._mapping.items()
            if known != letter and (meant != field or field == IGNORE)
        }
        if field:
            self._mapping[letter] = field
        self.again_action.setEnabled(True)
        self._show(next(n for n, each in enumerate(self._columns) if each.letter == letter))

    def _choose(self, field: str) -> None:
        row = self.strip.currentRow()
        if row >= 0:
            self.give(self._columns[row].letter, field)

    def _chosen(self, row: int, *_: int) -> None:
        if row >= 0:
            self.means.start(self.field_of(self._columns[row]))

    def _show(self, row: int) -> None:
        self.strip.blockSignals(True)  # noqa: FBT003 -- Qt's
        self.strip.setRowCount(len(self._columns))
        by_field: dict[str, list[str]] = {}
        for place, column in enumerate(self._columns):
            field = self.field_of(column)
            title = f"{column.letter}  {column.title}"
            by_field.setdefault(field, []).append(title)
            means = words.column_field(field) if field else tr("not understood, kept as it is")
            for across, text in enumerate((title, " · ".join(column.samples), means)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(kit.tip(text))
                cell.setData(FIELD, column.letter)
                self.strip.setItem(place, across, cell)
        self.fields.setRowCount(len(_fields()))
        for place, field in enumerate(_fields()):
            texts = (words.column_field(field), ", ".join(by_field.get(field, ())))
            for across, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setData(FIELD, field)
                self.fields.setItem(place, across, cell)
        self.strip.setCurrentCell(row, 0)
        self.strip.blockSignals(False)  # noqa: FBT003 -- Qt's
        self._chosen(row if self._columns else -1)

    def _ask(self) -> None:
        self.asked.emit(dict(self._mapping))


def _fields() -> Sequence[str]:
    from branch_desk.members.exchange.columns import SAYABLE

    rest = [field for field in SAYABLE if field not in FIRST]
    return (*FIRST, *rest, IGNORE)


def _choices() -> list[tuple[str, str]]:
    return [
        ("", tr("nothing we know: keep it as it is")),
        *((field, words.column_field(field)) for field in _fields()),
    ]
