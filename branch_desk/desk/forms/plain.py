"""The plain fields: a line, several lines, one of several values, yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.forms.field import Field, undo_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.forms.field import Storing

# From so many options on, a choice is found by typing a part of it.
MANY = 12


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

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded; it can still be reached and copied."""
        self.edit.setReadOnly(on)


class TextBox(QPlainTextEdit):
    """A plain text editor as high as a number of its own lines, whatever the letters' size."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's: the height of the lines within their frame."""
        around = 2 * (self.frameWidth() + self.document().documentMargin())
        around += self.contentsMargins().top() + self.contentsMargins().bottom()
        around += self.viewportMargins().top() + self.viewportMargins().bottom() + 8
        high = self.fontMetrics().lineSpacing() * self.lines + round(around)
        return QSize(super().sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        """Qt's: as high as it asks for, and narrow."""
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: grow with the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            QTimer.singleShot(0, self, self.updateGeometry)  # once the letters are the new ones


class Lines(Field):
    """Several lines; Tab leaves them."""

    def __init__(
        self, name: str, store: Storing | None = None, *, hint: str = "", height: int = 4
    ) -> None:
        super().__init__(name, store, hint=hint)
        self._build(TextBox(height))

    def _build(self, edit: TextBox, *above: QWidget) -> None:
        self.edit = edit
        self._writing = False
        edit.textChanged.connect(self._changed)
        edit.installEventFilter(self)
        undo_through(edit)
        self._edit_with(edit, *above)

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

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded; it can still be reached and copied."""
        self.edit.setReadOnly(on)


class Choice(Field):
    """One of several values, each with a word for people; stored when it is picked.

    With many values it is found by typing any part of its word.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        store: Storing | None = None,
        *,
        hint: str = "",
    ) -> None:
        super().__init__(name, store, hint=hint)
        self.combo = kit.Combo()
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(self._picked)
        self.set_choices(choices)
        self._edit_with(self.combo)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other values; the one that is picked stays picked where it is among them."""
        picked = self.text()
        self.combo.clear()
        for value, word in choices:
            self.combo.addItem(word, value)
        if (at := self.combo.findData(picked)) >= 0:
            self.combo.setCurrentIndex(at)
        if len(choices) >= MANY and not self.combo.isEditable():
            self._find_by_typing()

    def _find_by_typing(self) -> None:
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        finds = self.combo.completer()
        line = self.combo.lineEdit()
        if finds is None or line is None:
            return
        finds.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finds.setFilterMode(Qt.MatchFlag.MatchContains)
        finds.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setAccessibleName(self.name)
        line.editingFinished.connect(self._typed_word)
        undo_through(line)

    def _typed_word(self) -> None:
        """Take the word that was typed; what is none of them gives way to the one picked last."""
        typed = self.combo.currentText().strip().lower()
        words = [self.combo.itemText(at).lower() for at in range(self.combo.count())]
        found = [at for at, word in enumerate(words) if typed and typed in word]
        if typed in words:
            found = [words.index(typed)]
        at = found[0] if len(found) == 1 else self.combo.currentIndex()
        self.combo.setCurrentIndex(at)
        self.combo.setEditText(self.combo.itemText(at))
        self._picked()

    def _picked(self) -> None:
        self.typed.emit(self.text())
        self.leave()

    def text(self) -> str:
        """Return the value picked."""
        return str(self.combo.currentData() or "")

    def _write(self, text: str) -> None:
        self.combo.setCurrentIndex(self.combo.findData(text))

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded."""
        self.combo.setEnabled(not on)


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

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded."""
        self.check.setEnabled(not on)
