"""The agenda as a list: lines are dragged, dropped on, renamed in place and moved by the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from branch_desk.desk import icons, kit
from branch_desk.desk.tr import tr
from branch_desk.meetings.page.agenda.carried import Spot, data_of, files_in, ref_in
from branch_desk.meetings.page.agenda.rows import ITEM, PICTURES, Row
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QPaintEvent,
    )

    Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
TITLE, BEGINS, MINUTES = range(3)
INDENT = 26
EDGE = 0.28
"""The part of a line at its top and bottom where what is let go comes between the lines."""


def _row_of(index: Index) -> Row | None:
    row = index.model().index(index.row(), TITLE, index.parent()).data(ROW)
    return row if isinstance(row, Row) else None


class _Lines(QStyledItemDelegate):
    """Paints what stands under an item further in, and edits titles and minutes in place."""

    edited = Signal(int, int, str)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's: one cell."""
        row = _row_of(index)
        if row is not None and not row.is_item:
            inner = QStyleOptionViewItem(option)
            inner.rect = option.rect.adjusted(INDENT, 0, 0, 0)
            option = inner
        super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt's: a line of text."""
        del option
        made = QLineEdit(parent)
        made.setAccessibleName(tr("Item") if index.column() == TITLE else tr("Minutes allowed"))
        made.setFrame(True)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt's: what is edited is the title without its number, the minutes without their word."""
        row = _row_of(index)
        if isinstance(editor, QLineEdit) and row is not None:
            editor.setText(row.raw if index.column() == TITLE else row.allowed)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt's: tell what was typed; the branch shows it once it is stored."""
        del model
        row = _row_of(index)
        if isinstance(editor, QLineEdit) and row is not None:
            self.edited.emit(row.item, index.column(), editor.text())


class AgendaTree(QTreeWidget):
    """The lines of one agenda.

    `dropped(ref, spot)` and `filed(paths, spot)` tell what was let go where, `edited(item, column,
    text)` what was typed over a title or its minutes, `pasted(lines)` what the clipboard held.
    """

    dropped = Signal(object, object)
    filed = Signal(object, object)
    edited = Signal(int, int, str)
    pasted = Signal(object)
    opened = Signal(object)
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Agenda"))
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, sample in ((BEGINS, "00:00"), (MINUTES, "000 min")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(sample) + 20)
        self._lines = _Lines(self)
        self._lines.edited.connect(self.edited)
        self.setItemDelegate(self._lines)
        self.itemDoubleClicked.connect(self._open)
        self._accent = QColor()
        self._target: QRect | None = None
        self._between = False

    def tint(self, accent: QColor) -> None:
        """Take the theme's colour for the mark where something would be let go."""
        self._accent = accent
        for at in range(self.topLevelItemCount()):
            if (line := self.topLevelItem(at)) is not None:
                self._picture(line)
        self.viewport().update()

    def show_rows(self, rows: Sequence[Row], chosen: Row | None) -> None:
        """Show the lines afresh; the chosen one stays, or its item, or the first."""
        self.blockSignals(True)  # noqa: FBT003 -- Qt's setter
        place = self.verticalScrollBar().value()
        self.clear()
        for row in rows:
            self.addTopLevelItem(self._line(row))
        for at, row in enumerate(rows):
            self.setFirstColumnSpanned(at, QModelIndex(), not row.is_item)
        at = _place(rows, chosen)
        if at >= 0 and (line := self.topLevelItem(at)) is not None:
            self.setCurrentItem(line)
            self.verticalScrollBar().setValue(place)
            self.scrollToItem(line)
        self.blockSignals(False)  # noqa: FBT003 -- Qt's setter

    def _line(self, row: Row) -> QTreeWidgetItem:
        allowed = tr("{n} min", n=row.allowed) if row.allowed else ""
        made = QTreeWidgetItem([row.text, row.begins, allowed])
        made.setData(TITLE, ROW, row)
        made.setToolTip(TITLE, kit.tip(row.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (BEGINS, MINUTES):
            made.setTextAlignment(column, right)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.of.kind != "entry":
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if row.is_item:
            flags |= Qt.ItemFlag.ItemIsEditable
        made.setFlags(flags)
        self._picture(made)
        return made

    def _picture(self, line: QTreeWidgetItem) -> None:
        row = line.data(TITLE, ROW)
        if isinstance(row, Row) and row.of.kind in PICTURES:
            line.setIcon(TITLE, icons.icon(PICTURES[row.of.kind], "muted"))

    def current(self) -> Row | None:
        """Return the chosen line."""
        line = self.currentItem() if self.selectedItems() else None
        row = line.data(TITLE, ROW) if line is not None else None
        return row if isinstance(row, Row) else None

    def rename(self) -> None:
        """Edit the title of the chosen item in its place."""
        row, line = self.current(), self.currentItem()
        if row is not None and row.is_item and line is not None:
            self.editItem(line, TITLE)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter renames an item or opens what is under one; Delete takes off, paste adds."""
        row = self.current()
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = [each.strip() for each in QApplication.clipboard().text().splitlines()]
            self.pasted.emit([each for each in lines if each])
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.as_text())
        elif self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self._enter(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self, row: Row) -> None:
        if row.is_item:
            self.rename()
        else:
            self.opened.emit(row.of)

    def as_text(self) -> str:
        """Return the agenda as lines of text, what stands under an item further in."""
        rows = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        found = [line.data(TITLE, ROW) for line in rows if line is not None]
        return "\n".join(
            row.text if row.is_item else f"\t{row.text}" for row in found if isinstance(row, Row)
        )

    def _open(self, line: QTreeWidgetItem, column: int) -> None:
        row = line.data(TITLE, ROW)
        if not isinstance(row, Row):
            return
        if row.is_item:
            self.editItem(line, MINUTES if column == MINUTES else TITLE)
        else:
            self.opened.emit(row.of)

    # The mouse

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Qt's: what the mouse carries away from here."""
        row = items[0].data(TITLE, ROW)
        return data_of(row.of, row.raw or row.text)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Qt's: carry the chosen line; where it goes is told, and the branch moves it."""
        del actions
        line = self.currentItem()
        if line is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([line]))
        drag.setPixmap(self.viewport().grab(self.visualItemRect(line)))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_target(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: welcome the desk's own things and PDFs."""
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt's: show where it would go; near the edge the list scrolls."""
        super().dragMoveEvent(event)
        self._welcome(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt's: show nothing any more."""
        super().dragLeaveEvent(event)
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: tell what was let go, and where."""
        self._show_target(None)
        ref, paths = ref_in(event.mimeData()), files_in(event.mimeData())
        spot = self._spot(event.position().toPoint(), ref)
        event.acceptProposedAction()
        if ref is not None:
            self.dropped.emit(ref, spot)
        elif paths:
            self.filed.emit(paths, spot)

    def _welcome(self, event: QDragMoveEvent) -> None:
        ref, paths = ref_in(event.mimeData()), files_in(event.mimeData())
        if ref is None and not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self._spot(event.position().toPoint(), ref, show=True)

    def _spot(self, point: QPoint, ref: Ref | None, *, show: bool = False) -> Spot:
        """Return where something let go at a point goes: an item moves between items only."""
        moves = ref is not None and ref.kind == ITEM
        line = self.itemAt(point)
        if line is None:
            if show:
                self._show_target(self._foot(), between=True)
            return Spot()
        row = line.data(TITLE, ROW)
        place = self.visualItemRect(line)
        down = (point.y() - place.top()) / max(place.height(), 1)
        edge = EDGE
        if ref is not None and moves:
            edge = EDGE if self._is_above(ref.id, row.item) else 1 - EDGE
        on = not row.is_item and not moves
        if not on and row.is_item and down < edge:
            target, spot = QRect(place.left(), place.top(), place.width(), 0), Spot(None, row.item)
        elif not on and (moves or down > 1 - edge):
            target, spot = self._after(row.item)
        else:
            target, spot = place, Spot(row.item)
        if show:
            self._show_target(target, between=spot.item is None)
        return spot

    def _is_above(self, item: int, other: int) -> bool:
        lines = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        order = [line.data(TITLE, ROW).of for line in lines if line is not None]
        places = [order.index(Ref(ITEM, each)) for each in (item, other)]
        return places[0] < places[1]

    def _after(self, item: int) -> tuple[QRect, Spot]:
        """Return the place under an item with all that stands under it, and what comes next."""
        lines = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        seen = False
        for line in lines:
            if line is None:
                continue
            row = line.data(TITLE, ROW)
            if seen and row.item != item:
                place = self.visualItemRect(line)
                return QRect(place.left(), place.top(), place.width(), 0), Spot(None, row.item)
            seen = seen or row.item == item
        return self._foot(), Spot()

    def _foot(self) -> QRect:
        last = self.topLevelItem(self.topLevelItemCount() - 1)
        bottom = self.visualItemRect(last).bottom() if last is not None else 2
        return QRect(0, bottom, self.viewport().width(), 0)

    def _show_target(self, place: QRect | None, *, between: bool = False) -> None:
        self._target, self._between = place, between
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: the lines, and over them the mark where something would be let go."""
        super().paintEvent(event)
        if self._target is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._accent, 2))
        if self._between:
            high = min(max(self._target.top(), 4), self.viewport().height() - 4)
            painter.drawLine(10, high, self.viewport().width() - 4, high)
            painter.drawEllipse(4, high - 3, 6, 6)
        else:
            width = self.viewport().width()
            around = QRect(0, self._target.top(), width, self._target.height())
            painter.drawRoundedRect(around.adjusted(2, 1, -2, -1), 6, 6)
        painter.end()


def _place(rows: Sequence[Row], chosen: Row | None) -> int:
    """Return where the chosen line is now: the same thing, else its item, else the first."""
    if chosen is not None:
        for at, row in enumerate(rows):
            if row.of == chosen.of:
                return at
        for at, row in enumerate(rows):
            if row.item == chosen.item:
                return at
    return 0 if rows else -1
