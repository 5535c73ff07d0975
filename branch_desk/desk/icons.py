"""Icons of one open set, tinted in the theme's colours and sharp on any screen."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

_colours: dict[str, str] = {
    "text": "#1A211D",
    "window": "#F5F6F4",
    "muted": "#56615B",
    "accent_text": "#14563F",
    "danger": "#A8231B",
    "warning": "#7A4D00",
}


def set_theme(colours: Mapping[str, str]) -> None:
    """Tint icons made from now on in these colours."""
    _colours.update(colours)


def source(name: str, colour: str) -> str:
    """Return an icon's SVG in a colour."""
    return _read(name).replace("currentColor", colour)


@cache
def _read(name: str) -> str:
    return (resource("icons") / f"{name}.svg").read_text("utf-8")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="branch-desk-icons-", ignore_cleanup_errors=True)


@cache
def file(name: str, colour: str) -> str:
    """Return the path of a tinted icon, drawn by Qt at whatever size is asked."""
    path = Path(_folder().name) / f"{name}-{colour.lstrip('#')}.svg"
    path.write_text(source(name, colour), encoding="utf-8")
    return path.as_posix()


def icon(name: str, role: str = "text", checked: str = "") -> QIcon:
    """Return an icon in a token's colour; `checked` is the token for when it is switched on."""
    return _icon(name, _colours[role], _colours[checked] if checked else "", _colours["muted"])


@cache
def _icon(name: str, colour: str, checked: str, disabled: str) -> QIcon:
    made = QIcon()
    made.addFile(file(name, colour))
    if checked:
        made.addFile(file(name, checked), QSize(), QIcon.Mode.Normal, QIcon.State.On)
    made.addFile(file(name, disabled), QSize(), QIcon.Mode.Disabled)
    return made
