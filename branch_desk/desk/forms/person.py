"""A person: three letters of a name, and those who may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from branch_desk.desk import kit
from branch_desk.desk.forms.plain import Line
from branch_desk.desk.tr import plural, tr
from branch_desk.store.errors import DeskError, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.desk.forms.field import Storing
    from branch_desk.desk.session import Session

    Index: TypeAlias = QModelIndex | QPersistentModelIndex
    Found: TypeAlias = tuple[int, str, str]
    Finding: TypeAlias = Callable[[str], Sequence[Found]]

LEAST = 3
SHOWN = 8
WAIT_MS = 60
DETAIL = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class _People(QAbstractListModel):
    """Those found, in the order they were found in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: tuple[Found, ...] = ()

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's: the name, and what tells this person from others of the name."""
        _, name, detail = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == DETAIL:
            return detail
        whole = f"{name}, {detail}" if detail else name
        if role == Qt.ItemDataRole.ToolTipRole:
            return kit.tip(whole)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return whole
        return None


class _Lines(QStyledItemDelegate):
    """Draws a name over its detail; both are plain text, cut where they are too long."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's: two lines."""
        del index
        return QSize(120, 2 * option.fontMetrics.lineSpacing() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's."""
        palette, letters = QGuiApplication.palette(), option.fontMetrics
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place = QRect(option.rect)
        painter.save()
        if chosen:
            painter.fillRect(place, palette.color(QPalette.ColorRole.Accent))
        place.adjust(8, 5, -8, -5)
        ink, faint = QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText
        if chosen:
            ink = faint = QPalette.ColorRole.HighlightedText
        for role, colour in ((Qt.ItemDataRole.DisplayRole, ink), (DETAIL, faint)):
            text = " ".join(str(index.data(role) or "").split())
            cut = letters.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.setPen(palette.color(colour))
            painter.drawText(place, Qt.TextFlag.TextSingleLine, cut)
            place.translate(0, letters.lineSpacing())
        painter.restore()


class Suggestions(QListView):
    """Those who may be meant, in a list under the field; the field keeps the cursor."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.people = _People(self)
        self.setModel(self.people)
        self.setItemDelegate(_Lines(self))
        self.setObjectName("suggestions")
        self.setAccessibleName(tr("Suggestions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show them under the field, or above it where the window ends; nothing for none."""
        self.people.show(found)
        if not found:
            self.hide()
            return
        self.setCurrentIndex(self.people.index(0))
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = min(len(found), SHOWN)
        high = rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 4
        wide = max(self._field.width(), self.fontMetrics().horizontalAdvance("0" * 32))
        at = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = at.y() - self._field.height() - 4
        below = window.height() - at.y()
        if high > below and above > below:
            high = min(high, above)
            at.setY(above - high + 2)
        high = min(high, max(below, above))
        at.setX(max(0, min(at.x(), window.width() - wide)))
        self.setGeometry(at.x(), at.y(), min(wide, window.width()), high)
        self.show()
        self.raise_()

    def step(self, rows: int) -> None:
        """Go up or down in the list, round its ends."""
        many = self.people.rowCount()
        self.setCurrentIndex(self.people.index((self.currentIndex().row() + rows) % many))

    def current(self) -> Found:
        """Return the person the list stands on."""
        return self.people.found[self.currentIndex().row()]


class PersonField(Line):
    """A person of the branch: three letters of a name bring those who may be meant.

    Each is told apart by a detail; arrows and Enter choose, Escape closes the list. `find(text)`
    runs off the main thread. `person()` is the one chosen. With `free` a name that is no member's
    may stand as typed; without, it is refused.
    """

    def __init__(
        self,
        name: str,
        session: Session,
        find: Finding,
        store: Storing | None = None,
        *,
        hint: str = "",
        free: bool = True,
    ) -> None:
        self._id: int | None = None
        self._kept_id: int | None = None
        self.list: Suggestions | None = None
        super().__init__(name, store, hint=hint)
        self._session, self._find, self._free = session, find, free
        self._asked = ""
        self._topic = f"person {id(self)}"
        self.edit.setPlaceholderText(tr("Three letters of a name"))
        self.edit.installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self._look)

    def person(self) -> int | None:
        """Return the id of the person chosen; None where a name was typed that is nobody's."""
        return self._id

    def start_person(self, person: int | None, name: str) -> None:
        """Start with a person who was chosen before, or with a name that is no member's."""
        self.start(name)
        self._id = self._kept_id = person

    def start(self, text: str) -> None:
        """Show another name, of nobody known."""
        self._close()
        self._id = self._kept_id = None
        super().start(text)

    def show_person(self, person: int | None, name: str) -> None:
        """Show what is recorded; what is being typed is left alone."""
        if self._waits is None and self._refused is None and not self._is_new():
            self.show_text(name)
            self._id = self._kept_id = person

    def _is_new(self) -> bool:
        return self.text() != self._kept or self._id != self._kept_id

    def read(self) -> str:
        """Return the name; raises `Invalid` where it must be a member's and is not."""
        text = self.text().strip()
        if text and self._id is None and not self._free:
            raise Invalid(
                tr(
                    "“{text}” was not chosen from the list: type three letters, then choose.",
                    text=text,
                )
            )
        return text

    def _changed(self) -> None:
        self._id = None
        self.typed.emit(self.text())
        if len(self.text().strip()) < LEAST:
            self._close()
        else:
            self._soon.start()

    def _look(self) -> None:
        text = self._asked = self.text().strip()
        find = self._find
        self._session.workers.quick(
            self._topic,
            lambda: tuple(find(text)),
            self._show,
            failed=self._not_found,
            owner=self,
        )

    def _not_found(self, error: Exception) -> None:
        self._close()
        if not isinstance(error, DeskError):
            raise error

    def _show(self, found: tuple[Found, ...]) -> None:
        if self._asked != self.text().strip() or not self.edit.hasFocus() or self._id is not None:
            return
        if self.list is None or not isValid(self.list):
            self.list = Suggestions(self.edit)
            self.list.clicked.connect(self._choose)
            self.destroyed.connect(self.list.deleteLater)
        self.list.show_found(found)
        said = plural(len(found), "{n} person found", "{n} people found")
        self.edit.setAccessibleDescription(said)

    @property
    def listing(self) -> bool:
        """Whether the list is open."""
        return self.list is not None and isValid(self.list) and self.list.isVisible()

    def _close(self) -> None:
        self._soon.stop()
        if self.list is not None and isValid(self.list):
            self.list.hide()

    def _choose(self) -> None:
        if self.list is None:
            return
        self._id, name, _ = self.list.current()
        self._close()
        self.edit.setText(name)
        self.typed.emit(name)
        if self._id != self._kept_id:
            self._kept = ""
        self.leave()

    def leave(self) -> None:
        """Store the name if it is new."""
        if not self.listing:
            super().leave()
            if not self.refused:
                self._kept_id = self._id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the keys of the list while it is open; it closes when the field is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.listing and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide} and self.listing:
            self._take_only()
            self._close()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if not self.listing or self.list is None:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            self.list.step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True

    def _take_only(self) -> None:
        """Where the field is left on the one full name that was found, that person is meant."""
        if self.list is None:
            return
        typed = self.text().strip().casefold()
        same = [found for found in self.list.people.found if found[1].casefold() == typed]
        if len(same) == 1:
            self._id = same[0][0]
