"""What is our own fault: shown as such, with a report to save that holds nobody's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtWidgets import QWidget


BOX = "bug"
NAME = "Branch Desk"  # the same in every language
WHOLE = "BRANCH_DESK_DEBUG"  # set: values and messages go to standard error as well


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Write down where it happened: files, lines and the kind of error, no values, no messages."""
    import platform
    import traceback
    from importlib.metadata import version

    lines = [
        f"Branch Desk {version('branch-desk')}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        kind.__name__,
    ]
    for frame in traceback.extract_tb(trace):
        place = Path(frame.filename)
        lines.append(f"  {'/'.join(place.parts[-3:])}, line {frame.lineno}, in {frame.name}")
    return "\n".join(lines) + "\n"


def catch() -> None:
    """Show whatever nobody caught as a bug of ours, and go on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if os.environ.get(WHOLE):
            sys.__excepthook__(kind, error, trace)
        elif sys.stderr is not None:
            sys.stderr.write(report(kind, trace))
        if not issubclass(kind, KeyboardInterrupt):
            _show(report(kind, trace))

    sys.excepthook = hook


def _show(text: str) -> None:
    # Qt's classes are made when first imported; most days nobody meets these.
    from PySide6.QtWidgets import QApplication, QMessageBox

    if any(
        each.objectName() == BOX and each.isVisible() for each in QApplication.topLevelWidgets()
    ):
        return  # what breaks with every paint is told once

    box = QMessageBox(QApplication.activeWindow())
    box.setObjectName(BOX)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(NAME)
    box.setText(tr("Something is wrong in Branch Desk itself."))
    box.setInformativeText(
        tr(
            "What was stored is safe. Look at the last change, in the bottom line, before you do "
            "again what you were doing: it may be stored already. A report helps to mend it; it "
            "says where in the program it happened and holds nobody's data."
        )
    )
    box.setDetailedText(text)
    save = box.addButton(tr("Save report…"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    box.buttonClicked.connect(lambda pressed: _save(text) if pressed is save else None)
    # Where there is no window to belong to, this keeps it as long as it is open.
    box.finished.connect(lambda _: box.deleteLater())
    box.open()


def _save(text: str) -> None:
    from PySide6.QtWidgets import QApplication

    from branch_desk.desk import ask, files
    from branch_desk.store.errors import DeskError

    window = QApplication.activeWindow()

    def write(path: Path) -> None:
        try:
            files.write(path, text.encode())
        except DeskError as error:
            ask.confirm(
                window, tr("Save the report"), str(error), tr("Choose another place…"), begin
            )

    def begin() -> None:
        offered = str(Path.home() / "branch-desk-report.txt")
        ask.file_to_save(window, tr("Save the report"), offered, tr("Text (*.txt)"), write)

    begin()


class _FirstPaint(QObject):
    """Waits for the first paint of a window, then tells and closes it."""

    def __init__(self, window: QWidget, tell: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._tell, self._told = window, tell, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the paint event of anything in the window comes by here."""
        if event.type() == QEvent.Type.UpdateRequest and not self._told:
            self._told = True
            QTimer.singleShot(0, self._done)
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        self._tell()
        self._window.close()


def when_painted(window: QWidget, tell: Callable[[], object]) -> None:
    """Call `tell` once the window has been painted, and close it."""
    window.installEventFilter(_FirstPaint(window, tell))
