"""Where the keyboard is on a page, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def within(part: QWidget) -> bool:
    """Whether the keyboard is in a part of the window."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


def into(part: QWidget) -> bool:
    """Put the keyboard into a part: its first field, else its first button; False if it has none.

    What takes the keyboard is found in the order of Tab.
    """
    found: list[QWidget] = [part] if _takes(part) else []
    each = part.nextInFocusChain()
    while each is not None and each is not part:
        if part.isAncestorOf(each) and _takes(each):
            found.append(each)
        each = each.nextInFocusChain()
    first = next((each for each in found if not isinstance(each, QPushButton)), None)
    target = first or next(iter(found), None)
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
    return target is not None


def turn(parts: Sequence[QWidget], by: int) -> None:
    """Put the keyboard into the next of some parts, or with -1 the one before; hidden ones not."""
    seen = [each for each in parts if each.isVisible()]
    here = next((place for place, each in enumerate(seen) if within(each)), -1 if by > 0 else 0)
    for step in range(1, len(seen) + 1):
        if into(seen[(here + by * step) % len(seen)]):
            return


def _takes(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled()
