"""Fields that store themselves when they are left: a quiet tick, or the reason under the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from branch_desk.desk import kit
from branch_desk.desk.putoff import PutOff
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Storing = Callable[[str], object]

TICK_MS = 1600
PAUSE_MS = 1500


class _Undoing(QObject):
    """Lets Ctrl+Z through to the desk where a field has nothing typed to take back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: answer the field's claim on the shortcut before the field does."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit | QPlainTextEdit)
        ):
            typed = watched if isinstance(watched, QLineEdit) else watched.document()
            has_undo, has_redo = typed.isUndoAvailable(), typed.isRedoAvailable()
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (event.matches(undo) and not has_undo) or (event.matches(redo) and not has_redo):
                event.ignore()
                return True
        return False


def undo_through(editor: QLineEdit | QPlainTextEdit) -> None:
    """Let Ctrl+Z in an untouched text field undo the last change of the desk."""
    editor.installEventFilter(_Undoing(editor))


class Field(QWidget):
    """A label, an editor, and under it the tick or the reason why it could not be stored.

    `store` takes the text and may raise `DeskError`; it is called when the field is left, Enter is
    pressed, or typing pauses, and only if the text differs from what was shown or stored last.
    `typed(text)` follows every keystroke.
    """

    typed = Signal(str)
    stored = Signal(str)

    def __init__(self, name: str, store: Storing | None = None, *, hint: str = "") -> None:
        super().__init__()
        self.name = name
        self._store = store
        self._kept = ""
        self._refused: str | None = None
        self._waits: PutOff | None = None
        self._awaited: str | None = None
        self._label = kit.label(name, "label", wrap=False)
        self._note = kit.label("", "error")
        self._note.hide()
        self._tick = kit.label("", "tick", wrap=False)
        self._hint = kit.label(hint, "label")
        self._hint.setVisible(bool(hint))
        self._fade = QTimer(self, singleShot=True, interval=TICK_MS)
        self._fade.timeout.connect(self._tick.clear)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.leave)
        self._head = kit.row(self._label, None, self._tick, space=4)
        self._column = QVBoxLayout()
        self._column.setSpacing(3)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._note)
        self._column.addWidget(self._hint)
        self.setLayout(self._column)

    def _edit_with(self, editor: QWidget) -> None:
        self._editor = editor
        editor.setAccessibleName(self.name)
        self._label.setBuddy(editor)
        self.setFocusProxy(editor)
        self._column.insertWidget(1, editor)

    def text(self) -> str:
        """Return what stands in the editor."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show what is recorded; what is being typed, waits or was refused is left alone."""
        if self._waits is not None or self._refused is not None:
            return
        if self._editor.hasFocus() and self.text() != self._kept:
            return
        self._kept = text
        if self.text() != text:
            self._write(text)
        self._pause.stop()

    def start(self, text: str) -> None:
        """Show another thing's text, whatever was typed here before."""
        self._refused = self._waits = self._awaited = None
        self.complain("")
        self._tick.clear()
        self._kept = text
        self._write(text)
        self._pause.stop()

    def leave(self) -> None:
        """Store the text if it is new; show the tick, the reason, or that it waits."""
        self._pause.stop()
        text = self.text()
        if self._store is None or text == self._awaited:
            return
        if self._waits is None and text in {self._kept, self._refused}:
            if text == self._kept:
                self._refused = None
                self.complain("")
            return
        try:
            self._store(text)
        except PutOff as later:
            self._wait(text, later)
        except DeskError as error:
            self._refuse(text, error)
        else:
            self._took(text)

    def _took(self, text: str) -> None:
        self._refused = self._waits = self._awaited = None
        self._kept = text
        self.complain("")
        self._tick.setText("✓ stored")
        self._fade.start()
        self.stored.emit(text)

    def _refuse(self, text: str, error: DeskError) -> None:
        self._waits = self._awaited = None
        self._refused = text
        self._tick.clear()
        self.complain(str(error))

    def _wait(self, text: str, later: PutOff) -> None:
        """Show that the text waits; hear whether it was stored, unless something else is here."""

        def hears(error: DeskError | None) -> bool:
            if not isValid(self) or self._waits is not later:
                return False
            if error is None:
                self._took(text)
            else:
                self._refuse(text, error)
            return True

        self._waits, self._awaited, self._refused = later, text, None
        later.hears = hears
        self.complain("")
        self._fade.stop()
        self._tick.setText("waits")

    def complain(self, sentence: str) -> None:
        """Say under the field why it cannot be stored; nothing takes it back."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
        self._editor.setAccessibleDescription(sentence)
        self._editor.setProperty("wrong", bool(sentence))
        self._editor.style().unpolish(self._editor)
        self._editor.style().polish(self._editor)

    def set_hint(self, hint: str) -> None:
        """Say something else under the field."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    @property
    def refused(self) -> bool:
        """Whether what stands here was refused, so that it is nowhere else."""
        return self._refused is not None

    def complaint(self) -> str:
        """Return what stands under the field."""
        return self._note.text()

    def _changed(self) -> None:
        self.typed.emit(self.text())
        if self._store is not None:
            self._pause.start()


class Line(Field):
    """One line of text."""

    def __init__(
        self, name: str, store: Storing | None = None, *, hint: str = "", secret: bool = False
    ) -> None:
        super().__init__(name, store, hint=hint)
        self.edit = QLineEdit()
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textEdited.connect(self._changed)
        self.edit.editingFinished.connect(self.leave)
        undo_through(self.edit)
        self._edit_with(self.edit)

    def text(self) -> str:
        """Return the line."""
        return self.edit.text()

    def _write(self, text: str) -> None:
        self.edit.setText(text)
        self.edit.setCursorPosition(0)


class Lines(Field):
    """Several lines; Tab leaves them."""

    def __init__(
        self, name: str, store: Storing | None = None, *, hint: str = "", height: int = 4
    ) -> None:
        super().__init__(name, store, hint=hint)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * height + 18)
        self._writing = False
        self.edit.textChanged.connect(self._changed)
        self.edit.installEventFilter(self)
        undo_through(self.edit)
        self._edit_with(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: store when the editor is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.leave()
        return super().eventFilter(watched, event)

    def text(self) -> str:
        """Return the lines."""
        return self.edit.toPlainText()

    def _write(self, text: str) -> None:
        self._writing = True
        self.edit.setPlainText(text)
        self._writing = False

    def _changed(self) -> None:
        if not self._writing:
            super()._changed()


class Choice(Field):
    """One of several values, each with a word for people; stored when it is picked."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        store: Storing | None = None,
        *,
        hint: str = "",
    ) -> None:
        super().__init__(name, store, hint=hint)
        self.combo = QComboBox()
        for value, word in choices:
            self.combo.addItem(word, value)
        self.combo.activated.connect(self._picked)
        self._edit_with(self.combo)

    def _picked(self) -> None:
        self.typed.emit(self.text())
        self.leave()

    def text(self) -> str:
        """Return the value picked."""
        return str(self.combo.currentData() or "")

    def _write(self, text: str) -> None:
        self.combo.setCurrentIndex(self.combo.findData(text))


class Tick(Field):
    """Yes or no; its text is "yes" or empty."""

    def __init__(self, name: str, store: Storing | None = None, *, hint: str = "") -> None:
        super().__init__(name, store, hint=hint)
        self._label.hide()
        self.check = QCheckBox(name)
        self.check.clicked.connect(self._picked)
        self._edit_with(self.check)
        self._column.insertLayout(1, kit.row(self.check, self._tick, None, space=4))

    def _picked(self) -> None:
        self.typed.emit(self.text())
        self.leave()

    def text(self) -> str:
        """Return "yes" where it is ticked."""
        return "yes" if self.check.isChecked() else ""

    def _write(self, text: str) -> None:
        self.check.setChecked(bool(text))


class Form(QWidget):
    """Fields in rows, side by side where there are several in a row.

    `start` fills it with another thing, storing first what was being typed into the one before.
    """

    def __init__(self, rows: Sequence[Sequence[tuple[str, Field]]]) -> None:
        super().__init__()
        self.fields = {key: field for row in rows for key, field in row}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        parts = 6
        for down, row in enumerate(rows):
            span = parts // len(row)
            for across, (_, field) in enumerate(row):
                grid.addWidget(field, down, across * span, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(parts):
            grid.setColumnStretch(column, 1)
        self.setLayout(grid)

    def leave(self) -> None:
        """Store whatever is being typed."""
        for field in self.fields.values():
            field.leave()

    def start(self, texts: Mapping[str, str]) -> None:
        """Show another thing."""
        for key, field in self.fields.items():
            field.start(texts[key])

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show the same thing again; what is being typed is left alone."""
        for key, field in self.fields.items():
            field.show_text(texts[key])
