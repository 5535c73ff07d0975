"""What is typed on a screen that stores it only as a whole, and would be lost with the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_HOLDS = "holds"
_WAITS = "waits"


def hold(screen: QWidget) -> None:
    """Let what is typed on a screen be stored nowhere before it is done there.

    No page puts anything else in its place, leaving the branch asks first, and a lock holds it.
    """
    screen.setProperty(_HOLDS, True)  # noqa: FBT003 -- Qt's


def wait(screen: QWidget, texts: Iterable[tuple[str, str]]) -> None:
    """Hold, beside what stands on a screen, texts that wait out of sight: their names and words."""
    screen.setProperty(_WAITS, [list(each) for each in texts])


def edited(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of what somebody typed into, passphrases aside."""
    for line in root.findChildren(QLineEdit):
        if line.isModified() and line.echoMode() is QLineEdit.EchoMode.Normal:
            yield line.accessibleName(), line.text()
    texts: list[QPlainTextEdit | QTextEdit] = [*root.findChildren(QPlainTextEdit)]
    texts += root.findChildren(QTextEdit)
    for text in texts:
        if text.document().isModified():
            yield text.accessibleName(), text.toPlainText()


def begun(root: QWidget) -> list[tuple[str, str, str]]:
    """Return what is typed on the screens that hold it: the screen, the field and its text."""
    screens = [each for each in (root, *root.findChildren(QWidget)) if each.property(_HOLDS)]
    return [
        (screen.accessibleName(), name, text)
        for screen in screens
        for name, text in (*edited(screen), *(screen.property(_WAITS) or ()))
        if text.strip()
    ]


def leave(screen: QWidget, then: Callable[[], object]) -> None:
    """Go back from a screen; what is typed on it is asked about first, for it would be lost."""
    if not begun(screen):
        then()
        return
    from branch_desk.desk import ask

    ask.confirm(
        screen,
        tr("Go back?"),
        tr("It is not finished, and what you typed will be lost."),
        tr("Throw it away"),
        then,
    )
