"""Putting a backup in the place of a file that cannot be opened."""

from __future__ import annotations

import shutil
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from branch_desk.desk import ask, kit
from branch_desk.desk.tr import mark, tr
from branch_desk.desk.way_in.answers import Secret
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store.errors import AlreadyExists, NoPassphrase, WrongPassphrase, of_system

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store

FILES = mark("Branch files (*.branch);;All files (*)")


def set_aside(path: Path) -> Path | None:
    """Give a file that is in the way another name beside itself; None where there is none.

    What a crash left of its last changes goes with it.
    """
    if not path.exists():
        return None
    names = (f"{path.stem} damaged{f' {n}' if n > 1 else ''}{path.suffix}" for n in count(1))
    aside = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    try:
        path.rename(aside)
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise of_system(error, path) from error
    return aside


def restored(path: Path, restore: Callable[[], object]) -> Path | None:
    """Restore over a file that is set aside first, and comes back if that fails."""
    aside = set_aside(path)
    try:
        restore()
    except BaseException:
        if aside is not None and not path.exists():
            aside.rename(path)
            for ending in ("-wal", "-shm"):
                with suppress(FileNotFoundError):
                    aside.with_name(aside.name + ending).rename(path.with_name(path.name + ending))
        raise
    return aside


def copied(path: Path, folder: Path) -> Path:
    """Copy a closed file into a folder where it can be written, and return the copy's path."""
    target = folder / path.name
    if target.exists():
        raise AlreadyExists(target)
    try:
        for ending in ("", "-wal"):
            source = path.with_name(path.name + ending)
            if source.exists():
                copy = target.with_name(target.name + ending)
                copy.touch(0o600)
                shutil.copyfile(source, copy)
    except OSError as error:
        raise of_system(error, target) from error
    return target


class Restore(Screen):
    """Asks for a backup and the passphrase of its time; what was there is kept beside it."""

    restored = Signal(object, str)

    def __init__(self, program: Program, workers: Workers, path: Path) -> None:
        super().__init__(
            tr("Restore a backup"),
            tr(
                "The backup takes the place of {name}, once it was opened and checked. What is "
                "there now is kept beside it under another name.",
                name=path.name,
            ),
            width=560,
        )
        self._program, self._workers, self._path = program, workers, path
        self.setProperty("manual", "troubleshooting#a-file-does-not-open")
        self.backup: Path | None = None
        self.named = kit.label(tr("No backup chosen yet."), "muted")
        self.named.setAccessibleName(tr("The backup"))
        self.choose = kit.button(tr("Choose a backup…"), "folder-open", does=self.browse)
        self.passphrase = Secret(
            tr("Passphrase of the backup"),
            hint=tr("The one the branch had when the backup was made."),
        )
        self.passphrase.edit.returnPressed.connect(self.restore)
        self.go = kit.button(tr("Restore it"), role="primary", does=self.restore)
        self.go.setEnabled(False)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.inner.addLayout(kit.row(self.choose, self.named))
        self.inner.addWidget(self.passphrase)
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self.choose.setFocus()

    def browse(self) -> None:
        """Ask for the backup; the newest are beside one another by their names."""
        ask.file_to_open(self, tr("Backup"), str(self._path.parent), tr(FILES), self.take)

    def take(self, backup: Path) -> None:
        """Take a file as the backup."""
        self.backup = backup
        self.named.setText(str(backup))
        self.go.setEnabled(True)
        self.passphrase.setFocus()

    def restore(self) -> None:
        """Restore and open it, off the main thread."""
        backup, path, secret = self.backup, self._path, self.passphrase.text()
        if backup is None or not self.go.isEnabled():
            return
        program = self._program

        def work() -> tuple[Store, Path | None]:
            aside = restored(path, lambda: program.restore(backup, path, secret))
            return program.open(path, secret), aside

        self.notice.hide()
        self.passphrase.complain("")
        self.go.setEnabled(False)
        self.back.setEnabled(False)
        self._workers.quick("restore", work, self._done, failed=self._failed, owner=self)

    def _done(self, made: tuple[Store, Path | None]) -> None:
        self.passphrase.start("")
        store, aside = made
        said = tr("The backup is restored.")
        if aside is not None:
            said += " " + tr("What was there before is kept as {name}.", name=aside.name)
        self.restored.emit(store, said)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.back.setEnabled(True)
        if isinstance(error, WrongPassphrase | NoPassphrase):
            self.passphrase.complain(tr("This passphrase does not open the backup."))
            self.passphrase.setFocus()
        else:
            self.fail(error)

    def escaped(self) -> None:
        """Go back, unless the backup is being put in place."""
        if self.back.isEnabled():
            self.left.emit()
