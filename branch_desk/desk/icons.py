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

# How much wider a picture is that keeps clear of the words at its right, by 4 pixels at 18.
BESIDE = 22 / 18
SIDE = 24  # of every picture of the set

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


def source(name: str, colour: str, *, beside: bool = False) -> str:
    """Return an icon's SVG in a colour; with clear space at its right where words follow."""
    drawn = _read(name).replace("currentColor", colour)
    if not beside:
        return drawn
    wide = f"{SIDE * BESIDE:.3f}"
    drawn = drawn.replace(f'width="{SIDE}"', f'width="{wide}"', 1)
    return drawn.replace(f'viewBox="0 0 {SIDE} {SIDE}"', f'viewBox="0 0 {wide} {SIDE}"', 1)


@cache
def _read(name: str) -> str:
    return (resource("icons") / f"{name}.svg").read_text("utf-8")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="branch-desk-icons-", ignore_cleanup_errors=True)


@cache
def file(name: str, colour: str, *, beside: bool = False) -> str:
    """Return the path of a tinted icon, drawn by Qt at whatever size is asked."""
    kind = "-beside" if beside else ""
    path = Path(_folder().name) / f"{name}-{colour.lstrip('#')}{kind}.svg"
    path.write_text(source(name, colour, beside=beside), encoding="utf-8")
    return path.as_posix()


def icon(name: str, role: str = "text", checked: str = "", *, beside: bool = False) -> QIcon:
    """Return an icon in a token's colour; `checked` is the token for when it is switched on.

    One that stands `beside` words is wider by the space it keeps clear of them.
    """
    on = _colours[checked] if checked else ""
    return _icon(name, _colours[role], on, _colours["muted"], beside=beside)


@cache
def _icon(name: str, colour: str, checked: str, disabled: str, *, beside: bool) -> QIcon:
    made = QIcon()
    made.addFile(file(name, colour, beside=beside))
    if checked:
        on = file(name, checked, beside=beside)
        made.addFile(on, QSize(), QIcon.Mode.Normal, QIcon.State.On)
    made.addFile(file(name, disabled, beside=beside), QSize(), QIcon.Mode.Disabled)
    return made
