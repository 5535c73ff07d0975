"""Fields of the way in: they store nothing, and are told what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from branch_desk.desk import icons
from branch_desk.desk.forms import Line, Lines
from branch_desk.desk.tr import tr
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class Answer(Line):
    """One line that is asked for."""

    def complain(self, sentence: str) -> None:
        """Say under it what is wrong; nothing takes it back."""
        if sentence:
            self._refuse(self.text(), Invalid(sentence))
        else:
            self._accept()


class Answers(Lines):
    """Several lines that are asked for."""

    def complain(self, sentence: str) -> None:
        """Say under them what is wrong; nothing takes it back."""
        if sentence:
            self._refuse(self.text(), Invalid(sentence))
        else:
            self._accept()


class Secret(Answer):
    """A passphrase: hidden unless shown by its eye, and told when Caps Lock seems to be on."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        super().__init__(name, hint=hint, secret=True)
        self.showing = QAction(self.edit)
        self.showing.setCheckable(True)
        self.showing.setShortcut("Alt+S")
        self.showing.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.showing.toggled.connect(self.show_typed)
        self.edit.addAction(self.showing, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.installEventFilter(self)
        self._capitals = False
        self.show_typed(shown=False)

    def show_typed(self, shown: bool) -> None:  # noqa: FBT001 -- a signal's value
        """Show what is typed, or dots."""
        self.showing.setChecked(shown)
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if shown else modes.Password)
        word = tr("Hide the passphrase") if shown else tr("Show the passphrase")
        self.showing.setText(word)
        self.showing.setToolTip(tr("{what} (Alt+S)", what=word))
        self.showing.setIcon(icons.icon("eye-off" if shown else "eye", "muted"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: guess from each letter whether Caps Lock is on; no system tells Qt."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._heard(event)
        return super().eventFilter(watched, event)

    def _heard(self, event: QKeyEvent) -> None:
        letter = event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._warn_of_capitals(on=False)
        elif letter.isalpha() and letter.upper() != letter.lower():
            self._warn_of_capitals(on=letter.isupper() != shift)

    def _warn_of_capitals(self, *, on: bool) -> None:
        if on != self._capitals:
            self._capitals = on
            self._warn(tr("Caps Lock seems to be on.") if on else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: never begin with the passphrase in sight."""
        self.show_typed(shown=False)
        super().showEvent(event)
