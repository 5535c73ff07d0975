"""The way to a new branch file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from branch_desk.desk import kit
from branch_desk.desk.forms import Line
from branch_desk.desk.way_in.doors import FILES
from branch_desk.desk.way_in.passphrases import agree
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store.errors import AlreadyExists

if TYPE_CHECKING:
    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store


class NewBranch(Screen):
    """A branch's name and its passphrase, twice."""

    made = Signal(object)
    left = Signal()

    def __init__(self, program: Program, workers: Workers) -> None:
        super().__init__(
            "Start a branch",
            "Everything is kept in one file that only your passphrase opens.",
        )
        self._program, self._workers = program, workers
        self.name = Line("Name of the branch")
        self.first = Line(
            "Passphrase",
            secret=True,
            hint="Several words you can remember and others cannot guess. It cannot be sent to "
            "you again; the recovery sheet that comes next is the only other way in.",
        )
        self.second = Line("The passphrase once more", secret=True)
        self.go = kit.button("Choose where to keep it…", role="primary", does=self.choose)
        back = kit.button("Back", "chevron-left", role="quiet", does=self.left.emit)
        for field in (self.name, self.first, self.second):
            field.edit.returnPressed.connect(self.go.click)
            self.inner.addWidget(field)
        self.inner.addLayout(kit.row(back, None, self.go))
        self.name.setFocus()

    def is_complete(self) -> bool:
        """Say under each field what is missing; whether nothing is."""
        name = "" if self.name.text().strip() else "A branch needs a name."
        self.name.complain(name)
        return agree(self.first, self.second) and not name

    def choose(self) -> None:
        """Ask for the place of the file, then make it."""
        if not self.is_complete():
            return
        offered = str(Path.home() / f"{self.name.text().strip().replace('/', ' ')}.branch")
        path, _ = QFileDialog.getSaveFileName(self, "Keep the branch file", offered, FILES)
        if path:
            self.make(Path(path))

    def make(self, path: Path) -> None:
        """Make the file; the key is derived off the main thread."""
        path = path if path.suffix == ".branch" else path.with_name(path.name + ".branch")
        if path.exists():
            self.fail(AlreadyExists(path))
            return
        name, passphrase = self.name.text().strip(), self.first.text()
        self.go.setEnabled(False)
        self._workers.quick(
            "make",
            lambda: self._program.create(path, passphrase, name),
            self._made,
            failed=self._failed,
            owner=self,
        )

    def _made(self, store: Store) -> None:
        self.first.start("")
        self.second.start("")
        self.made.emit(store)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.fail(error)
