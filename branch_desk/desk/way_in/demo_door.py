"""The third door: the demo branch, built in a process of its own if it is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Signal

from branch_desk.desk import kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLabel, QWidget

    from branch_desk.desk.program import Program
    from branch_desk.desk.way_in.doors import Doors
    from branch_desk.desk.way_in.way_in import WayIn
    from branch_desk.desk.window import Window
    from branch_desk.desk.workers import Workers

FILE = "demo.branch"


def is_demo(path: Path) -> bool:
    """Whether a file is a demo branch, by the name it is always built under."""
    return path.name == FILE


class DemoDoor:
    """Opens the demo branch from the doors; what happens is said on them while they are shown."""

    def __init__(self, way_in: WayIn, window: Window, workers: Workers) -> None:
        self._way_in, self._window, self._workers = way_in, window, workers
        self.building: DemoBuilding | None = None
        self.action = kit.action(tr("Throw the &demo away and start again…"), self.ask_again)
        self.action.setVisible(False)
        self.sign: QLabel | None = None

    def mark(self) -> None:
        """Say beside the menus, for as long as it is open, that this is the demo."""
        session = self._window.session
        shown = session is not None and is_demo(session.store.path)
        self.action.setVisible(shown)
        if shown and self.sign is None:
            self.sign = kit.label(tr("Demo branch: nobody in it is real"), "doubt", wrap=False)
            self._window.menuBar().setCornerWidget(self.sign)
        if self.sign is not None:
            self.sign.setVisible(shown)

    def open(self) -> None:
        """Open the demo branch, or begin to build it; nothing where the doors are not shown."""
        doors = self._doors()
        if doors is None or self.building is not None:
            return
        file = self._window.remembered.demo_folder() / FILE
        if file.exists():
            self._unlock(doors, file)
        else:
            self._build(doors)

    def ask_again(self) -> None:
        """Ask whether the demo and all that was changed in it may go; then build it afresh."""
        from branch_desk.desk import ask

        ask.confirm(
            self._window,
            tr("Throw the demo away"),
            tr(
                "Everything you changed in the demo branch is lost, and it is built afresh. Your "
                "own branches are not touched."
            ),
            tr("Throw it away and start again"),
            self.again,
        )

    def again(self) -> None:
        """Build the demo afresh; the old one is only replaced by one that is whole."""
        if self.building is None:
            self._build(self._doors() or self._way_in.show_doors())

    def _build(self, doors: Doors) -> None:
        folder = self._window.remembered.demo_folder()
        folder.mkdir(parents=True, exist_ok=True)
        doors.wait(tr("Building the demo branch; this takes a few seconds."))
        self.building = DemoBuilding(self._window.program, folder, self._window)
        self.building.built.connect(self._built)
        self.building.refused.connect(self._refused)
        self.building.start()

    def _built(self, file: Path) -> None:
        self.building = None
        if (doors := self._doors()) is not None:
            self._unlock(doors, file)

    def _refused(self, sentence: str) -> None:
        self.building = None
        if (doors := self._doors()) is not None:
            doors.wait("")
            doors.notice.show_text(sentence)

    def _unlock(self, doors: Doors, file: Path) -> None:
        window = self._window
        doors.wait(tr("Opening the demo branch."))
        self._workers.quick(
            "unlock",
            lambda: window.program.open(file, window.program.demo_passphrase),
            self._way_in.show_store,
            failed=lambda error: self._way_in.show_doors().fail(error),
            owner=window,
        )

    def _doors(self) -> Doors | None:
        from branch_desk.desk.way_in.doors import Doors

        shown = self._window.stack.currentWidget()
        return shown if isinstance(shown, Doors) else None


class DemoBuilding(QProcess):
    """Builds the demo branch in a process of its own, so that the window goes on answering."""

    built = Signal(object)
    refused = Signal(str)

    def __init__(self, program: Program, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = folder / FILE
        command = [*program.demo(folder)]
        self.setProgram(command[0])
        self.setArguments(command[1:])
        self.finished.connect(self._finished)
        self.errorOccurred.connect(self._broken)

    def _finished(self, code: int) -> None:
        if code == 0 and self._file.exists():
            self.built.emit(self._file)
        else:
            said = bytes(self.readAllStandardError().data()).decode(errors="replace").strip()
            self.refused.emit(said.splitlines()[-1] if said else tr("The demo could not be built."))

    def _broken(self) -> None:
        if self.state() == QProcess.ProcessState.NotRunning:
            why = self.errorString()
            self.refused.emit(tr("The demo could not be built: {why}.", why=why))
