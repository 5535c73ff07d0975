"""What every field is: a label, an editor, and under it what became of what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from branch_desk.desk import icons, kit
from branch_desk.desk.putoff import PutOff
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    Storing = Callable[[str], object]

TICK_MS = 1600
PAUSE_MS = 1500
_ENDLESS = re.compile(r"\S{30,}")
_PIECE = re.compile(r".{1,20}")
# What is under a field: its picture and its look in the stylesheet.
REFUSED = ("circle-alert", "danger", "error")
ODD = ("triangle-alert", "warning", "odd")


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


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set what the stylesheet tells widgets apart by; costs nothing where it is so already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def breakable(text: str) -> str:
    """Let a line end within words no line has room for, so that nothing is pushed aside."""
    return _ENDLESS.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)


class _Note(QWidget):
    """A sentence under a field with a mark before it, so that its kind is not told by colour."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = REFUSED
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = kit.label("", REFUSED[2])
        made = kit.row(self._mark, self._text, space=4)
        made.setStretch(1, 1)
        self.setLayout(made)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def show_text(self, text: str, kind: tuple[str, str, str]) -> None:
        self._kind = kind
        restyle(self._text, "role", kind[2])
        self._text.setText(breakable(text))
        self._tint()
        self.setVisible(bool(text))

    def _tint(self) -> None:
        side = self._text.fontMetrics().height()
        drawn = icons.icon(*self._kind[:2]).pixmap(QSize(side, side), self.devicePixelRatioF())
        self._mark.setPixmap(drawn)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.text():
            self._tint()


class Field(QWidget):
    """A label, an editor, and under it the tick or the reason why it could not be stored.

    `store` takes the text and may raise `DeskError`; it is called when the field is left, Enter is
    pressed, or typing pauses, and only if the text differs from what was shown or stored last.
    What is refused stays in the editor with the reason under it. What is stored but looks odd is
    kept, with a warning that looks different. Without `store` a field only reads what is typed.
    `typed(text)` follows every keystroke; `troubled()` says that `refused` may be another now.
    """

    typed = Signal(str)
    stored = Signal(str)
    troubled = Signal()

    def __init__(self, name: str, store: Storing | None = None, *, hint: str = "") -> None:
        super().__init__()
        self.name = name
        self._store = store
        self._kept = ""
        self._refused: str | None = None
        self._waits: PutOff | None = None
        self._awaited: str | None = None
        self._odd = ""
        self._label = kit.label(name, "label", wrap=False)
        self._tick = kit.label("", "tick", wrap=False)
        self._note: _Note | None = None
        self._hint: QLabel | None = None
        self._fade = QTimer(self, singleShot=True, interval=TICK_MS)
        self._fade.timeout.connect(self._tick.clear)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self._head = kit.row(self._label, None, self._tick, space=4)
        self._column = QVBoxLayout()
        self._column.setSpacing(3)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self.setLayout(self._column)
        self._about = hint

    def _edit_with(self, editor: QWidget, *around: QWidget) -> None:
        """Put the editor in, with what belongs to it above it in reading order."""
        self._editor = editor
        editor.setAccessibleName(self.name)
        self._label.setBuddy(editor)
        self.setFocusProxy(editor)
        for widget in (*around, editor):
            self._column.addWidget(widget)
        self.set_hint(self._about)

    # What stands in it

    def text(self) -> str:
        """Return what stands in the editor, in the form it is stored in."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        raise NotImplementedError

    def read(self) -> str:
        """Return what would be stored; raises `DeskError` where that cannot be read."""
        return self.text()

    def odd(self, text: str) -> str:  # noqa: ARG002 -- for the fields that know
        """Return what is odd about a text that is kept all the same, or nothing."""
        return ""

    def _tidy(self, text: str) -> None:
        """Show a text that was left in the form it was stored in."""

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
        self._waits = self._awaited = None
        self._warn("")
        self._accept()
        self._fade.stop()
        self._tick.clear()
        self._kept = text
        self._write(text)
        self._pause.stop()

    # What becomes of it

    def leave(self) -> None:
        """Store the text if it is new; show the tick, the reason, or that it waits."""
        self._settle(left=True)

    def _paused(self) -> None:
        try:
            self.read()
        except DeskError:
            return  # half a date is no mistake while it is being typed
        self._settle(left=False)

    def _settle(self, *, left: bool) -> None:
        self._pause.stop()
        text = self.text()
        if text == self._awaited:
            return
        if self._waits is None and text in {self._kept, self._refused}:
            if text == self._kept:
                self._accept()
                if left:
                    self._tidy(text)
            return
        try:
            text = self.read()
            if self._store is not None and (text != self._kept or self._waits is not None):
                self._store(text)
        except PutOff as later:
            self._wait(text, later)
        except DeskError as error:
            self._refuse(text, error)
        else:
            self._took(text)
            if left:
                self._tidy(text)

    def _took(self, text: str) -> None:
        self._waits = self._awaited = None
        self._kept = text
        self._accept()
        self._warn(self.odd(text))
        if self._store is not None:
            restyle(self._tick, "role", "tick")
            self._tick.setText(tr("✓ stored"))
            self._fade.start()
            self.stored.emit(text)

    def _accept(self) -> None:
        was, self._refused = self._refused, None
        if was is not None:
            self._fade.stop()
            self._tick.clear()
            self._show_note()
            self.troubled.emit()

    def _refuse(self, text: str, error: DeskError) -> None:
        self._waits = self._awaited = None
        self._refused = text
        self._reason = str(error)
        self._fade.stop()
        self._tick.clear()
        if self._store is not None:
            restyle(self._tick, "role", "error")
            self._tick.setText(tr("not stored"))
        self._show_note()
        self.troubled.emit()

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

        self._accept()
        self._waits, self._awaited = later, text
        later.hears = hears
        self._fade.stop()
        restyle(self._tick, "role", "tick")
        self._tick.setText(tr("waits"))

    def _warn(self, sentence: str) -> None:
        if sentence != self._odd:
            self._odd = sentence
            self._show_note()

    def _show_note(self) -> None:
        text, kind = self.complaint() or self._odd, REFUSED if self.refused else ODD
        if self._note is None and text:
            self._note = _Note()
            at = self._column.count() - (self._hint is not None)
            self._column.insertWidget(at, self._note)
        if self._note is not None:
            self._note.show_text(text, kind)
        restyle(self._editor, "wrong", self.refused)
        restyle(self._editor, "odd", bool(text) and not self.refused)
        self._describe()

    def _describe(self) -> None:
        """Tell those who listen what the eye sees under the field."""
        said = self._about
        if self.refused:
            said = tr("Not stored: {why}", why=self._reason)
        elif self._odd:
            said = tr("Stored, but: {why}", why=self._odd)
        self._editor.setAccessibleDescription(said)

    def set_hint(self, hint: str) -> None:
        """Say something else under the field."""
        self._about = hint
        if self._hint is None and hint:
            self._hint = kit.label("", "label")
            self._column.addWidget(self._hint)
        if self._hint is not None:
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint))
        self._describe()

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded; it can still be reached and copied."""
        raise NotImplementedError

    def stands(self) -> bool:
        """Leave it, and say under it why what stands here cannot be read; whether it can."""
        self.leave()
        if not self.refused:
            try:
                self.read()
            except DeskError as error:
                self._refuse(self.text(), error)
        return not self.refused

    @property
    def refused(self) -> bool:
        """Whether what stands here was refused, so that it is nowhere else."""
        return self._refused is not None

    def complaint(self) -> str:
        """Return why what stands here was refused, as it is said under the field."""
        return self._reason if self._refused is not None else ""

    def warning(self) -> str:
        """Return what is odd about what was stored, as it is said under the field."""
        return self._odd

    def _changed(self) -> None:
        self.typed.emit(self.text())
        if self._store is not None:
            self._pause.start()
