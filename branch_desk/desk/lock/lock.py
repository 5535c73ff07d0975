"""When the desk locks by itself, and how long it waits for a hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from branch_desk.desk import kit
from branch_desk.desk.lock.idle import Idle
from branch_desk.desk.lock.sleeping import Sleeping
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from branch_desk.desk.lock.copied import Copied
    from branch_desk.desk.remembered import Remembered

CHOICES = (2, 5, 10, 30, 0)
USUAL = 10
KEY = "lock/minutes"


class Lock(QObject):
    """Says `due` when the desk has to lock: unused for too long, asleep, or the session locked.

    It only says so; the way in locks, and nothing happens where no branch is open. The minutes
    are remembered outside the branch file.
    """

    due = Signal()

    def __init__(self, window: QWidget, remembered: Remembered) -> None:
        super().__init__(window)
        self._window, self._remembered = window, remembered
        kept = remembered.text(KEY)
        minutes = int(kept) if kept.isdecimal() and int(kept) in CHOICES else USUAL
        self.idle = Idle(minutes)
        self.sleeping = Sleeping(self)
        self._copied: Copied | None = None
        self.idle.due.connect(self.due)
        self.sleeping.due.connect(self.due)

    def watch(self) -> None:
        """Begin, once the window is shown: none of this belongs to the time of starting."""
        from branch_desk.desk.lock.copied import Copied

        self.idle.listen(self._window.windowHandle())
        self.sleeping.listen()
        self._copied = Copied()

    def clear_clipboard(self) -> None:
        """Take what came from the desk off the clipboard."""
        if self._copied is not None:
            self._copied.clear()

    def menu(self) -> QMenu:
        """Make the menu of how long the desk waits."""
        made = QMenu(tr("Lock by &itself"), self._window)
        group = QActionGroup(made)
        for minutes in CHOICES:
            text = (
                plural(minutes, "After {n} minute unused", "After {n} minutes unused")
                if minutes
                else tr("Only when the computer sleeps or is locked")
            )
            each = kit.action(text, partial(self.set_minutes, minutes))
            each.setCheckable(True)
            each.setChecked(minutes == self.idle.minutes)
            group.addAction(each)
            made.addAction(each)
            each.setParent(made)
        return made

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from now on; 0 for sleep and the session's lock alone."""
        self.idle.set_minutes(minutes)
        self._remembered.keep(KEY, str(minutes))
