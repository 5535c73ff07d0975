"""The passphrase of a branch file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from branch_desk.desk import kit
from branch_desk.desk.forms import Line
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store


class Unlock(Screen):
    """The passphrase of a file; `name` is left out after a lock, when nothing may be shown."""

    opened = Signal(object)
    left = Signal()
    sheet_asked = Signal()

    def __init__(self, program: Program, workers: Workers, path: Path, *, locked: bool) -> None:
        title = "Locked" if locked else "Open a branch"
        text = "The branch is closed, and nothing of it is shown." if locked else path.name
        super().__init__(title, text)
        self._program, self._workers, self.path = program, workers, path
        hint = ""
        if path.name == "demo.branch" and not locked:
            hint = f"The passphrase of the demo branch is “{program.demo_passphrase}”."
        self.passphrase = Line("Passphrase", secret=True, hint=hint)
        self.passphrase.edit.returnPressed.connect(self.unlock)
        self.go = kit.button("Open", "lock", role="primary", does=self.unlock)
        other = kit.button("Another branch", "chevron-left", role="quiet", does=self.left.emit)
        self.caps = kit.label("", "label")
        self.inner.addWidget(self.passphrase)
        self.inner.addLayout(kit.row(other, None, self.go))
        self.forgotten = kit.button(
            "Open with the recovery sheet…", role="quiet", does=self.sheet_asked.emit
        )
        self.inner.addLayout(kit.row(self.forgotten, None))
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Derive the key off the main thread and open the file."""
        if not self.go.isEnabled():
            return
        passphrase = self.passphrase.text()
        if not passphrase:
            self.fail(Invalid("Type the passphrase of this branch."))
            return
        self.notice.hide()
        self.go.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._workers.quick(
            "unlock",
            lambda: self._program.open(self.path, passphrase),
            self._opened,
            failed=self._failed,
            owner=self,
        )

    def _opened(self, store: Store) -> None:
        self.passphrase.start("")
        self.opened.emit(store)

    def _failed(self, error: Exception) -> None:
        self.unsetCursor()
        self.go.setEnabled(True)
        self.passphrase.edit.selectAll()
        self.passphrase.setFocus()
        self.fail(error)
