"""What the desk puts on the clipboard, and how it is taken off again when the desk is locked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

# Carried with everything the desk copies, so that it knows its own again.
OURS = "application/x-branch-desk"


def put(text: str, html: str = "") -> None:
    """Copy text, and the same formatted for programs that take that."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    put_data(data)


def put_data(data: QMimeData) -> None:
    """Copy anything; the desk knows afterwards that it did."""
    data.setData(OURS, b"1")
    QGuiApplication.clipboard().setMimeData(data)


def text() -> str:
    """Return what text is on the clipboard, whoever put it there."""
    return QGuiApplication.clipboard().text()


def held() -> QMimeData:
    """Return what is on the clipboard in all its forms; empty where there is nothing."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def is_ours() -> bool:
    """Whether what is on the clipboard came from this program."""
    board = QGuiApplication.clipboard()
    return board.ownsClipboard() or held().hasFormat(OURS)


def forget() -> None:
    """Take what this program copied off the clipboard; what others copied stays.

    What was only selected goes too, where the system keeps that for the middle mouse button.
    """
    board = QGuiApplication.clipboard()
    if is_ours():
        board.clear()
    if board.supportsSelection() and board.ownsSelection():
        board.clear(QClipboard.Mode.Selection)
