"""When the computer goes to sleep or its session is locked, as D-Bus tells it on Linux."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

MANAGER = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
# Qt's names of the two slots: `connect` takes the text that `SLOT` makes, and its stubs say bytes.
TURNED = cast("bytes", SLOT("turned(bool)"))
TOLD = cast("bytes", SLOT("told()"))


def session_path(session: str) -> str:
    """Return the object of a login session, by the rule of systemd's `bus_label_escape`.

    Empty where the session is not known: then any session's lock counts, for locking once too
    often harms nobody.
    """
    if not session:
        return ""
    escaped = "".join(
        each
        if (each.isascii() and each.isalpha()) or (each.isascii() and each.isdigit() and at)
        else f"_{ord(each):02x}"
        for at, each in enumerate(session)
    )
    return f"/org/freedesktop/login1/session/{escaped}"


class Sleeping(QObject):
    """Says `due` when the computer is about to sleep, or its session or screen is locked."""

    due = Signal()

    def listen(self) -> bool:
        """Listen on the two buses of this computer; quietly nothing where there is none."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # not on every system
            return False
        heard = self.listen_to_system(QDBusConnection.systemBus())
        return self.listen_to_session(QDBusConnection.sessionBus()) or heard

    def listen_to_system(self, bus: QDBusConnection) -> bool:
        """Listen to logind: before sleep, and when it is told to lock this session."""
        if not bus.isConnected():
            return False
        session = session_path(os.environ.get("XDG_SESSION_ID", ""))
        path, interface, name = MANAGER
        sleeps = bus.connect("", path, interface, name, self, TURNED)
        locks = bus.connect("", session, "org.freedesktop.login1.Session", "Lock", self, TOLD)
        return sleeps and locks

    def listen_to_session(self, bus: QDBusConnection) -> bool:
        """Listen to whichever screen saver the desktop has."""
        return bus.isConnected() and all(
            bus.connect("", "", saver, "ActiveChanged", self, TURNED) for saver in SCREEN_SAVERS
        )

    @Slot(bool)
    def turned(self, on: bool) -> None:  # noqa: FBT001 -- a signal's value
        """Hear of something that begins and ends; its beginning counts."""
        if on:
            self.due.emit()

    @Slot()
    def told(self) -> None:
        """Hear that the session is to be locked."""
        self.due.emit()
