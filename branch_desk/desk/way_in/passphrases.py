"""A new passphrase: with the old one from the open desk, or with the recovery sheet."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branch_desk.desk import kit
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.answers import Answers, Secret
from branch_desk.desk.way_in.new_passphrase import NewPassphrase
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store import keys
from branch_desk.store.errors import DeskError, NoPassphrase, WrongPassphrase

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.keys import RawKey
    from branch_desk.store.store import Store


def _rekeyed(store: Store, passphrase: str) -> Store:
    """Put an open file under a new passphrase; where that fails it is closed again."""
    with ExitStack() as unless_done:
        unless_done.callback(store.close)
        store.change_passphrase(passphrase)
        unless_done.pop_all()
    return store


class Recover(Screen):
    """Opens a file with its recovery sheet and puts it under a new passphrase."""

    recovered = Signal(object)

    def __init__(self, program: Program, workers: Workers, path: Path, *, locked: bool) -> None:
        text = tr("Type the twelve groups of the sheet, then choose a new passphrase.")
        if not locked:
            text += " " + tr("The file is {name}.", name=path.name)
        super().__init__(tr("Open with the recovery sheet"), text)
        self.setProperty("manual", "recovery-sheet#the-passphrase-is-forgotten")
        self._program, self._workers, self._path = program, workers, path
        self.sheet = Answers(
            tr("Recovery sheet"),
            hint=tr(
                "Capitals, spaces, dashes and line ends do not matter; a group that was "
                "mistyped is named."
            ),
            height=4,
        )
        self.new = NewPassphrase(workers, again=True)
        self.go = kit.button(tr("Open"), "lock", role="primary", does=self.recover)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.new.entered.connect(self.recover)
        self.inner.addWidget(self.sheet)
        self.inner.addWidget(self.new)
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self.sheet.setFocus()

    def recover(self) -> None:
        """Read the sheet, open the file with it and change its passphrase, off the main thread."""
        if not self.go.isEnabled():
            return
        try:
            key = keys.from_sheet(self.sheet.text())
        except DeskError as error:
            self.sheet.complain(str(error))
            return
        self.sheet.complain("")
        if not self.new.is_complete():
            return
        passphrase = self.new.text()

        def work() -> Store:
            return _rekeyed(self._program.open(self._path, key), passphrase)

        self.notice.hide()
        self.go.setEnabled(False)
        self._workers.quick("recover", work, self._recovered, failed=self._failed, owner=self)

    def _recovered(self, store: Store) -> None:
        self.sheet.start("")
        self.new.start("")
        self.recovered.emit(store)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.fail(error)


class Change(Screen):
    """Asks for the passphrase there is and twice for the new one; the desk is closed meanwhile."""

    changed = Signal(object)
    kept = Signal(object)

    def __init__(self, program: Program, workers: Workers, path: Path, key: RawKey) -> None:
        super().__init__(
            tr("Change the passphrase"),
            tr(
                "Do it when somebody who knew it leaves office. A new recovery sheet comes next. "
                "This cannot be undone, and backups made before now keep the old passphrase."
            ),
        )
        self._program, self._workers, self._path, self._key = program, workers, path, key
        self.setProperty("manual", "recovery-sheet#change-the-passphrase")
        self.old = Secret(tr("Passphrase until now"))
        self.new = NewPassphrase(workers, again=True)
        self.go = kit.button(tr("Change the passphrase"), "lock", role="primary", does=self.change)
        self.back = kit.button(tr("Leave it"), "chevron-left", role="quiet", does=self.leave)
        self.left.connect(self.leave)
        self.old.edit.returnPressed.connect(self.change)
        self.new.entered.connect(self.change)
        self.inner.addWidget(self.old)
        self.inner.addWidget(self.new)
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self.old.setFocus()

    def change(self) -> None:
        """Check the old passphrase and put the file under the new one, off the main thread."""
        if not self.go.isEnabled() or not self.new.is_complete():
            return
        old, new = self.old.text(), self.new.text()

        def work() -> Store:
            if keys.derive(self._path, old) != self._key:
                raise WrongPassphrase(self._path)
            return _rekeyed(self._program.open(self._path, self._key), new)

        self.notice.hide()
        self.old.complain("")
        self._wait(waits=True)
        self._workers.quick("passphrase", work, self._changed, failed=self._failed, owner=self)

    def leave(self) -> None:
        """Open the desk again with everything as it was."""
        if not self.back.isEnabled():
            return
        self._wait(waits=True)
        self._workers.quick(
            "passphrase",
            lambda: self._program.open(self._path, self._key),
            self.kept.emit,
            failed=self._failed,
            owner=self,
        )

    def _wait(self, *, waits: bool) -> None:
        self.go.setEnabled(not waits)
        self.back.setEnabled(not waits)

    def _changed(self, store: Store) -> None:
        self.old.start("")
        self.new.start("")
        self.changed.emit(store)

    def _failed(self, error: Exception) -> None:
        self._wait(waits=False)
        if isinstance(error, WrongPassphrase | NoPassphrase):
            self.old.complain(tr("This is not the passphrase that opens the branch now."))
            self.old.setFocus()
        else:
            self.fail(error)
