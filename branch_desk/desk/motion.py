"""Fades: short ones, and none where the system or the user asks for less motion."""

from __future__ import annotations

import os
import sys
from configparser import ConfigParser, Error
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

if TYPE_CHECKING:
    from branch_desk.desk.theme import Look

LONGEST_MS = 120
PORTAL_MS = 40


def fade_in(widget: QWidget, look: Look) -> QPropertyAnimation | None:
    """Let a widget that was just shown come up; at once where less motion is asked for."""
    if look.less_motion or asked_for_less():
        return None
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0.0)
    widget.setGraphicsEffect(effect)
    made = QPropertyAnimation(effect, b"opacity", widget)
    made.setDuration(LONGEST_MS)
    made.setEndValue(1.0)
    # Without the effect the widget is drawn as sharp and as fast as before. It goes with the
    # effect's own end, not in the midst of the animation's.
    made.finished.connect(effect.deleteLater)
    made.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
    return made


@cache
def asked_for_less() -> bool:
    """Whether the system's settings ask for less motion; Qt 6.11 does not say it."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    return _gtk() or _kde() or _portal()


def _windows() -> bool:
    import ctypes

    shown = ctypes.c_int(1)
    get_client_area_animation = 0x1042
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined]
        get_client_area_animation, 0, ctypes.byref(shown), 0
    )
    return not shown.value


def _mac() -> bool:
    from PySide6.QtCore import QSettings

    return bool(QSettings("com.apple.universalaccess").value("reduceMotion", 0))


def _gtk() -> bool:
    """Read what the smaller desktops write for programs of GTK."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    said = [
        _ini(folder / name / "settings.ini", "Settings", "gtk-enable-animations")
        for name in ("gtk-4.0", "gtk-3.0")
    ]
    return any(each.lower() in {"0", "false"} for each in said)


def _kde() -> bool:
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _ini(folder / "kdeglobals", "KDE", "AnimationDurationFactor") in {"0", "0.0"}


def _portal() -> bool:
    """Ask the desktop's portal, which knows GNOME's switch."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    asked = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "ReadOne",
    )
    asked.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = QDBusConnection.sessionBus().call(asked, QDBus.CallMode.Block, PORTAL_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage:
        return False
    return answer.arguments()[:1] == [False]


def _ini(path: Path, section: str, key: str) -> str:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(path, encoding="utf-8")
    except (OSError, Error, UnicodeDecodeError):
        return ""
    return parser.get(section, key, fallback="")
