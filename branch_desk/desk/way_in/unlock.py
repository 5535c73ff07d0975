"""The passphrase of a branch file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from branch_desk.desk import kit
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.answers import Secret
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store.errors import NoPassphrase, WrongPassphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.desk.workers import Workers


class Unlock(Screen):
    """The passphrase of a file; its name is left out after a lock, when nothing may be shown.

    `opener` tries a passphrase off the main thread; what it returns is emitted as `opened`. What
    is wrong with the file itself is emitted as `troubled`.
    """

    opened = Signal(object)
    troubled = Signal(object)
    sheet_asked = Signal()

    def __init__(
        self,
        path: Path,
        opener: Callable[[str], object],
        workers: Workers,
        *,
        locked: bool,
        hint: str = "",
    ) -> None:
        title = tr("Locked") if locked else tr("Open a branch")
        text = tr("Nothing of the branch is shown until its passphrase is typed.")
        super().__init__(title, text if locked else path.name)
        self.setProperty("manual", "start#open-it-tomorrow")
        self._opener, self._workers, self.path = opener, workers, path
        self._locked = locked
        if not locked:
            self.inner.addWidget(kit.label(str(path.parent), "label"))
        self.passphrase = Secret(tr("Passphrase"), hint="" if locked else hint)
        self.passphrase.edit.returnPressed.connect(self.unlock)
        self.go = kit.button(tr("Open"), "lock", role="primary", does=self.unlock)
        self.other = kit.button(
            tr("Another branch"), "chevron-left", role="quiet", does=self.left.emit
        )
        self.inner.addWidget(self.passphrase)
        self.inner.addLayout(kit.row(self.other, None, self.go))
        self.forgotten = kit.button(
            tr("Open with the recovery sheet…"), role="quiet", does=self.sheet_asked.emit
        )
        self.inner.addLayout(kit.row(self.forgotten, None))
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Derive the key off the main thread and open the file."""
        if not self.go.isEnabled():
            return
        passphrase = self.passphrase.text()
        if not passphrase:
            self.passphrase.complain(tr("Type the passphrase of this branch."))
            return
        self.notice.hide()
        self.go.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._workers.quick(
            "unlock",
            lambda: self._opener(passphrase),
            self._opened,
            failed=self._failed,
            owner=self,
        )

    def _opened(self, opened: object) -> None:
        self.passphrase.start("")
        self.opened.emit(opened)

    def _failed(self, error: Exception) -> None:
        self.unsetCursor()
        self.go.setEnabled(True)
        if isinstance(error, WrongPassphrase | NoPassphrase):
            self.passphrase.complain(str(error))
            self.passphrase.edit.selectAll()
            self.passphrase.setFocus()
        else:
            self.troubled.emit(error)

    def escaped(self) -> None:
        """Go to the doors, but not from a lock: whoever comes past learns no file's name."""
        if not self._locked:
            self.left.emit()
