"""What a person does to a window: finds things by their words, clicks, types, drops, waits."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from branch_desk.desk.window import Window
    from branch_desk.store.store import Store
    from tests.desk.journeys.watching import Watch

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
TYPED = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
MOST_MS = 20_000


def name_of(widget: QWidget) -> str:
    """Return what a person or a screen reader calls a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().replace("&", "")
    if isinstance(widget, QGroupBox):
        return widget.title().replace("&", "")
    return ""


def text_of(widget: QWidget) -> str:
    """Return what can be read on a widget."""
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        return widget.text().replace("&", "")
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def type_text(widget: QWidget, text: str) -> None:
    """Press the keys of a text; letters beyond Latin-1 come as an input method brings them."""
    for letter in text:
        if letter == "\n":
            QTest.keyClick(widget, Qt.Key.Key_Return)
        elif letter < "\u0100":
            QTest.keyClicks(widget, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))


class Person:
    """Knows what is on the window, waits for it, and looks at what became of it."""

    def __init__(self, window: Window, qtbot: QtBot, watch: Watch, folder: Path) -> None:
        self.window, self.qtbot, self.watch, self.folder = window, qtbot, watch, folder
        self.actions = 0
        self.did: list[str] = []

    # Looking

    @property
    def store(self) -> Store:
        """The branch, to check what was done."""
        session = self.window.session
        assert session is not None, "no branch is open"
        return session.store

    def top(self) -> QWidget:
        """The window that takes clicks and keys now: a menu, a question, or the main window."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        return popup or modal or QApplication.activeWindow() or self.window

    def shown(self) -> Iterator[QWidget]:
        """Everything visible in it, in the order it was made."""
        top = self.top()
        yield top
        for each in top.findChildren(QWidget):
            if each.isVisible():
                yield each

    def words(self) -> str:
        """Everything that can be read on it, tables too."""
        parts = []
        for each in self.shown():
            parts.append(text_of(each))
            if isinstance(each, QAbstractItemView):
                parts.extend(" ".join(row) for _, row in self._rows(each))
        return "\n".join(part for part in parts if part)

    def sees(self, text: str) -> None:
        """Wait until something can be read somewhere."""

        def seen() -> None:
            assert text in self.words(), f"“{text}” is not in:\n{self.words()}"

        self._hold(seen)

    def _hold(self, check: Callable[[], None]) -> None:
        """Wait until a check passes; fail with what it said last."""
        said: list[AssertionError] = []

        def passes() -> bool:
            try:
                check()
            except AssertionError as error:
                said[:] = [error]
                return False
            return True

        try:
            self.qtbot.waitUntil(passes, timeout=MOST_MS)
        except self.qtbot.TimeoutError:
            raise said[0] from None

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=MOST_MS)

    def wait(self) -> None:
        """Wait until the window has read, stored and drawn what it was asked for."""
        session = self.window.session
        for _ in range(3):
            QApplication.processEvents()
            if session is not None and session is self.window.session:
                self.until(lambda: session is not self.window.session or session.workers.idle)
        QApplication.processEvents()

    def find(self, name: str, kinds: tuple[type[QWidget], ...] = (QWidget,)) -> QWidget:
        """Wait for the one enabled widget of that name that can be reached; scrolls to it."""
        found: list[QWidget] = []

        def there() -> None:
            found[:] = self._named(name, kinds)
            assert found, f"nothing here is called “{name}”: {self._names(kinds)}"

        self._hold(there)
        for each in found:
            _scroll_to(each)
        reached = [each for each in found if _reached(each)]
        assert reached, f"“{name}” is covered or outside of the window"
        assert len(reached) == 1, f"{len(reached)} things here are called “{name}”"
        return reached[0]

    def _named(self, name: str, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
        fits = [each for each in self.shown() if isinstance(each, kinds) and each.isEnabled()]
        exact = [each for each in fits if name_of(each) == name]
        begins = [each for each in fits if name_of(each).startswith(name)]
        return [each for each in exact or begins if not _inside_another(each, exact or begins)]

    def _names(self, kinds: tuple[type[QWidget], ...]) -> list[str]:
        return [name_of(each) for each in self.shown() if isinstance(each, kinds) and name_of(each)]

    def _rows(self, view: QAbstractItemView) -> Iterator[tuple[int, list[str]]]:
        model, root = view.model(), view.rootIndex()
        if model is None:
            return
        high = view.viewport().rect()
        for row in range(min(model.rowCount(root), 2000)):
            place = view.visualRect(model.index(row, 0, root))
            if place.bottom() < high.top():
                continue
            if place.top() > high.bottom():
                return
            yield (
                row,
                [str(index.data() or "") for index in _cells(model, row, root)],
            )

    # Doing

    def did_one(self, what: str) -> None:
        """Count one action."""
        self.actions += 1
        self.did.append(what)

    def press(self, keys: str) -> None:
        """Press a shortcut or a key such as "Ctrl+K", "Return", "Down"."""
        self.key(keys)
        self.did_one(keys)

    def key(self, keys: str) -> None:
        """Press a key without counting it, to get somewhere."""
        combination = QKeySequence(keys)[0]
        target = self._target()
        with self.watch.act(f"pressing {keys}"):
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.wait()

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.top()

    def type(self, text: str) -> None:
        """Type where the cursor is; one field filled in."""
        with self.watch.act(f"typing {text[:20]}"):
            type_text(self._target(), text)
        self.did_one(f"typed {text[:20]}")
        self.wait()

    def paste(self, text: str, html: str = "") -> None:
        """Have something on the clipboard from elsewhere and press Ctrl+V."""
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        self.press("Ctrl+V")

    def choose_file(self, path: Path | str) -> None:
        """Answer the system's dialog for a file or a folder: type its path, press Enter."""
        self.until(lambda: isinstance(self.top(), QFileDialog))
        edit = self.top().findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        edit.setFocus()
        edit.selectAll()
        with self.watch.act("choosing a file"):
            type_text(edit, str(path))
            QTest.keyClick(edit, Qt.Key.Key_Return)
        self.did_one(f"chose {Path(path).name}")
        if QApplication.activeWindow() is None:
            self.window.activateWindow()  # as the system does when a dialog is gone
        self.wait()

    @property
    def focus(self) -> str:
        """The name of what has the keyboard."""
        widget = QApplication.focusWidget()
        return name_of(widget) if widget is not None else ""


class Hand(Person):
    """With a mouse."""

    def click(self, name: str, *, button: Qt.MouseButton = LEFT) -> None:
        """Click a button, a tab, a menu or an entry of the menu that is open, by its words."""
        place = self._place(name)
        with self.watch.act(f"clicking {name}"):
            QTest.mouseClick(place[0], button, NONE, place[1])
        self.did_one(f"clicked {name}")
        self.wait()

    def _place(self, name: str) -> tuple[QWidget, QPoint]:
        places: list[tuple[QWidget, QPoint]] = []

        def there() -> None:
            places[:] = list(self._in_bars(name))
            if not places:
                fits = self._named(name, (QWidget,))
                assert fits, f"nothing to click is called “{name}”: {self._names((QWidget,))}"

        self._hold(there)
        if places:
            return places[0]
        widget = self.find(name)
        return widget, widget.rect().center()

    def _in_bars(self, name: str) -> Iterator[tuple[QWidget, QPoint]]:
        for each in self.shown():
            if isinstance(each, QMenu | QMenuBar):
                for action in each.actions():
                    if _says(action, name) and action.isVisible() and action.isEnabled():
                        yield each, each.actionGeometry(action).center()
            elif isinstance(each, QTabBar):
                for number in range(each.count()):
                    if each.tabText(number).replace("&", "") == name:
                        yield each, each.tabRect(number).center()

    def double_click(self, name: str) -> None:
        """Double-click something by its words."""
        widget, point = self._place(name)
        with self.watch.act(f"double-clicking {name}"):
            QTest.mouseClick(widget, LEFT, NONE, point)
            QTest.mouseDClick(widget, LEFT, NONE, point)
        self.did_one(f"double-clicked {name}")
        self.wait()

    def click_row(self, text: str, *, button: Qt.MouseButton = LEFT) -> None:
        """Click the row of a list or table that says something."""
        view, place = self.row(text)
        with self.watch.act(f"clicking the row {text}"):
            QTest.mouseClick(view.viewport(), button, NONE, place.center())
        self.did_one(f"clicked the row {text}")
        self.wait()

    def row(self, text: str) -> tuple[QAbstractItemView, QRect]:
        """Wait for the row that says something and return its place."""
        found: list[tuple[QAbstractItemView, QRect]] = []

        def there() -> None:
            found[:] = [
                (view, view.visualRect(view.model().index(row, 0, view.rootIndex())))
                for view in self.shown()
                if isinstance(view, QAbstractItemView)
                for row, cells in self._rows(view)
                if any(text in cell for cell in cells)
            ]
            assert found, f"no row says “{text}”:\n{self.words()}"

        self._hold(there)
        return found[0]

    def fill(self, name: str, text: str) -> None:
        """Click into a field and type in place of what is there; the next click leaves it."""
        field = self.find(name, TYPED)
        self._click_into(field)
        with self.watch.act(f"filling in {name}"):
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            type_text(field, text)
        self.did_one(f"filled in {name}")
        self.wait()

    def _click_into(self, field: QWidget) -> None:
        inner = field.viewport() if isinstance(field, QPlainTextEdit | QTextEdit) else field
        with self.watch.act("clicking into a field"):
            QTest.mouseClick(inner, LEFT, NONE, inner.rect().center())

    def choose(self, name: str, option: str) -> None:
        """Pick one of the values of a field."""
        combo = self.find(name, (QComboBox,))
        assert isinstance(combo, QComboBox)
        row = combo.findText(option)
        assert row >= 0, [combo.itemText(each) for each in range(combo.count())]
        with self.watch.act(f"choosing {option}"):
            QTest.mouseClick(combo, LEFT, NONE, combo.rect().center())
            view = combo.view()
            view.scrollTo(combo.model().index(row, 0))
            place = view.visualRect(combo.model().index(row, 0)).center()
            QTest.mouseClick(view.viewport(), LEFT, NONE, place)
        self.did_one(f"chose {option}")
        self.wait()

    def drop(self, *paths: Path | str, onto: str = "", at: QPoint | None = None) -> None:
        """Drop files from outside on the window, or on something named."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.drop_data(data, onto=onto, at=at)
        self.did_one(f"dropped {len(paths)}")

    def drop_data(self, data: QMimeData, *, onto: str = "", at: QPoint | None = None) -> None:
        """Drop anything; the window takes it as it would take it from outside."""
        target = self.find(onto) if onto else self.window
        point = target.mapTo(self.window, at or target.rect().center())
        under = self.window.childAt(point) or self.window
        _drop(under, under.mapFrom(self.window, point), data, self.watch)
        self.wait()

    def carry(self, text: str, onto: str) -> None:
        """Drag the row that says `text` onto the row that says `onto`."""
        view, place = self.row(text)
        target, end = self.row(onto)
        index = view.indexAt(place.center())
        data = view.model().mimeData([index])
        _drop(target.viewport(), end.center(), data, self.watch)
        self.did_one(f"carried {text}")
        self.wait()


class Keys(Person):
    """Without a mouse: Tab, arrows, Enter, shortcuts and mnemonics."""

    def tab_to(self, name: str, *, back: bool = False, most: int = 150) -> None:
        """Press Tab until something has the keyboard."""
        passed = []
        for _ in range(most):
            if self.focus == name or (self.focus.startswith(name) and name not in passed):
                return
            passed.append(self.focus)
            widget = self._target()
            with self.watch.act("pressing Tab"):
                QTest.keyClick(widget, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"Tab does not come to “{name}”: {passed}")

    def fill(self, name: str, text: str, *, back: bool = False) -> None:
        """Tab to a field, and type in place of what is there."""
        self.tab_to(name, back=back)
        self.key("Ctrl+A")
        self.type(text)

    def command(self, words: str) -> None:
        """Do a command through the command box: Ctrl+K, its words, Enter."""
        self.press("Ctrl+K")
        self.type(words)
        self.sees(words)
        self.press("Return")

    def down_to(self, text: str, most: int = 200) -> None:
        """Press Down in a list or table until its row says something."""
        view = QApplication.focusWidget()
        assert isinstance(view, QAbstractItemView), f"{self.focus} is no list"
        for _ in range(most):
            index = view.currentIndex()
            cells = [
                str(index.siblingAtColumn(column).data() or "")
                for column in range(view.model().columnCount())
            ]
            if any(text in cell for cell in cells):
                return
            self.key("Down")
        raise AssertionError(f"Down does not come to a row that says “{text}”")


def _says(action: QAction, name: str) -> bool:
    text = action.text().split("\t")[0].replace("&", "")
    return text == name or (name.endswith("…") and text.startswith(name[:-1]))


def _cells(model: QAbstractItemModel, row: int, root: QModelIndex) -> Iterator[QModelIndex]:
    """Yield the cells of a row; a model of one column keeps how many it has to itself."""
    made = (model.index(row, column, root) for column in itertools.count())
    return itertools.takewhile(QModelIndex.isValid, made)


def _inside_another(widget: QWidget, others: Sequence[QWidget]) -> bool:
    """Whether a widget is only part of another one of the same name, as a field of its form is."""
    return any(each is not widget and widget.isAncestorOf(each) for each in others)


def _scroll_to(widget: QWidget) -> None:
    """Turn the wheel until a widget can be seen, as anyone would without counting it."""
    outer = widget.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(widget)
        outer = outer.parentWidget()
    QApplication.processEvents()


def _reached(widget: QWidget) -> bool:
    """Whether a click in the middle of a widget comes to it or to a part of it."""
    top = widget.window()
    point = widget.mapTo(top, widget.rect().center())
    under = top.childAt(point) or top
    while under is not None:
        if under is widget:
            return True
        if not under.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) and not (
            isinstance(under, QLabel)
        ):
            return widget.isAncestorOf(under)
        under = under.parentWidget()
    return False


def _drop(widget: QWidget, point: QPoint, data: QMimeData, watch: Watch) -> None:
    """Send what the system sends; Qt itself looks for who takes it, from the innermost out."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(point, actions, data, LEFT, NONE)
    with watch.act("dropping"):
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted(), "nothing here takes that"
        QApplication.sendEvent(widget, QDragMoveEvent(point, actions, data, LEFT, NONE))
        QApplication.sendEvent(widget, QDropEvent(QPointF(point), actions, data, LEFT, NONE))
