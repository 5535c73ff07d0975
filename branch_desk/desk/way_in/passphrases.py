"""A new passphrase: with the old one from the open desk, or with the recovery sheet."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branch_desk.desk import kit
from branch_desk.desk.forms import Line, Lines
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store import keys
from branch_desk.store.errors import DeskError, NoPassphrase, WrongPassphrase

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.keys import RawKey
    from branch_desk.store.store import Store

LEAST_PASSPHRASE = 8
HINT = "Several words you can remember and others cannot guess; at least 8 characters."


def agree(first: Line, second: Line) -> bool:
    """Say under two fields for a new passphrase what is wrong with it; whether nothing is."""
    short = len(first.text()) < LEAST_PASSPHRASE
    first.complain(f"Take at least {LEAST_PASSPHRASE} characters." if short else "")
    same = first.text() == second.text()
    second.complain("" if same else "The two are not the same.")
    return same and not short


def new_passphrase() -> tuple[Line, Line]:
    """Make the two fields for a new passphrase."""
    return (
        Line("New passphrase", secret=True, hint=HINT),
        Line("The new passphrase once more", secret=True),
    )


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
    left = Signal()

    def __init__(self, program: Program, workers: Workers, path: Path, *, locked: bool) -> None:
        super().__init__(
            "Open with the recovery sheet",
            "Type the twelve groups of the sheet, then choose a new passphrase."
            + ("" if locked else f" The file is {path.name}."),
        )
        self._program, self._workers, self._path = program, workers, path
        self.sheet = Lines(
            "Recovery sheet",
            hint="Capitals, spaces, dashes and line ends do not matter; a group that was "
            "mistyped is named.",
            height=4,
        )
        self.first, self.second = new_passphrase()
        self.go = kit.button("Open", "lock", role="primary", does=self.recover)
        back = kit.button("Back", "chevron-left", role="quiet", does=self.left.emit)
        for field in (self.first, self.second):
            field.edit.returnPressed.connect(self.recover)
        for part in (self.sheet, self.first, self.second):
            self.inner.addWidget(part)
        self.inner.addLayout(kit.row(back, None, self.go))
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
        if not agree(self.first, self.second):
            return
        passphrase = self.first.text()

        def work() -> Store:
            return _rekeyed(self._program.open(self._path, key), passphrase)

        self.notice.hide()
        self.go.setEnabled(False)
        self._workers.quick("recover", work, self._recovered, failed=self._failed, owner=self)

    def _recovered(self, store: Store) -> None:
        for field in (self.sheet, self.first, self.second):
            field.start("")
        self.recovered.emit(store)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.fail(error)


class Change(Screen):
    """Asks for the passphrase there is and twice for the new one; the desk is closed meanwhile."""

    changed = Signal(object)
    left = Signal(object)

    def __init__(self, program: Program, workers: Workers, path: Path, key: RawKey) -> None:
        super().__init__(
            "Change the passphrase",
            "Do it when somebody who knew it leaves office. A new recovery sheet comes next. "
            "This cannot be undone, and backups made before now keep the old passphrase.",
        )
        self._program, self._workers, self._path, self._key = program, workers, path, key
        self.old = Line("Passphrase until now", secret=True)
        self.first, self.second = new_passphrase()
        self.go = kit.button("Change the passphrase", "lock", role="primary", does=self.change)
        self.back = kit.button("Leave it", "chevron-left", role="quiet", does=self.leave)
        for field in (self.old, self.first, self.second):
            field.edit.returnPressed.connect(self.change)
            self.inner.addWidget(field)
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self.old.setFocus()

    def change(self) -> None:
        """Check the old passphrase and put the file under the new one, off the main thread."""
        if not self.go.isEnabled() or not agree(self.first, self.second):
            return
        old, new = self.old.text(), self.first.text()

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
        self._wait(waits=True)
        self._workers.quick(
            "passphrase",
            lambda: self._program.open(self._path, self._key),
            self.left.emit,
            failed=self._failed,
            owner=self,
        )

    def _wait(self, *, waits: bool) -> None:
        self.go.setEnabled(not waits)
        self.back.setEnabled(not waits)

    def _changed(self, store: Store) -> None:
        for field in (self.old, self.first, self.second):
            field.start("")
        self.changed.emit(store)

    def _failed(self, error: Exception) -> None:
        self._wait(waits=False)
        if isinstance(error, WrongPassphrase | NoPassphrase):
            self.old.complain("This is not the passphrase that opens the branch now.")
            self.old.setFocus()
        else:
            self.fail(error)
