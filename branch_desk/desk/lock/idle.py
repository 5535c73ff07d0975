"""When nobody has touched the desk for some minutes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

if TYPE_CHECKING:
    from collections.abc import Callable

# What a hand does; Qt sends each to the window first, whichever widget it is for.
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Drop,
    }
)
MINUTE = 60.0


def _awake() -> float:
    """Return seconds that go on while the computer sleeps, where the system counts them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Idle(QObject):
    """Says `due` once no key, click, wheel or movement has come for `minutes`; 0 is never.

    Only the program's windows are listened to, and only what the system sends them: an event
    filter on the whole application would cost a call for every event of every widget.
    """

    due = Signal()

    def __init__(self, minutes: int, clock: Callable[[], float] = _awake) -> None:
        super().__init__()
        self._minutes, self._clock = minutes, clock
        self._last = clock()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)

    def listen(self, window: QWindow | None) -> None:
        """Begin to count, and hear what reaches a window and every one that comes to the front."""
        self._hear(window)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._hear)
        self.used()
        self._wait()

    def _hear(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: a touch after too long a time finds the desk locked, and is not done on it."""
        if event.type() not in TOUCHES:
            return super().eventFilter(watched, event)
        if self._left() <= 0:
            self.look()
            return True
        self.used()
        return False

    def used(self) -> None:
        """Count from now."""
        self._last = self._clock()

    @property
    def minutes(self) -> int:
        """How long it waits."""
        return self._minutes

    def set_minutes(self, minutes: int) -> None:
        """Wait another time, from now; 0 is never."""
        self._minutes = minutes
        self.used()
        self._wait()

    def look(self) -> None:
        """Say `due` if the time is over, else look again when it will be."""
        if self._minutes and self._left() <= 0:
            self.used()
            self.due.emit()
        self._wait()

    def _left(self) -> float:
        limit = self._minutes * MINUTE if self._minutes else float("inf")
        return limit - (self._clock() - self._last)

    def _wait(self) -> None:
        self._timer.stop()
        if self._minutes:
            self._timer.start(max(1, round(self._left() * 1000)))
