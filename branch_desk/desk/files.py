"""Files the user points at: read with a sentence where that fails, written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from branch_desk.store.errors import Invalid, of_system

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

APART = "branch-desk-apart-"


def read(path: Path, most: int = 50_000_000) -> bytes:
    """Return a file's bytes; raises a `FileError`, or `Invalid` for more than `most`."""
    try:
        if path.stat().st_size > most:
            raise Invalid(f"{path.name} is over {most // 1_000_000} MB. Is it the right file?")
        return path.read_bytes()
    except OSError as error:
        raise of_system(error, path) from error


def file_name(name: str, ending: str = ".pdf") -> str:
    """Return a name any system takes for a file, with its ending."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name)
    return " ".join(plain.split()).strip(". ")[:120] + ending


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: under another name, flushed, then renamed.

    Raises a `FileError` that says what stood in the way.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise of_system(error, path) from error


def folder_apart(kind: str, owner: QObject) -> tempfile.TemporaryDirectory[str]:
    """Return a folder of this user's alone for what programs beside the desk are to open.

    It goes with `owner`, which ends when the branch is locked or closed, or with the program; what
    a crash left is taken away by `sweep`.
    """
    made = tempfile.TemporaryDirectory(prefix=f"{APART}{kind}-", ignore_cleanup_errors=True)
    lock = _lock_of(Path(made.name))
    lock.tryLock(0)

    def clear() -> None:
        lock.unlock()
        made.cleanup()

    owner.destroyed.connect(clear)
    return made


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / "in-use"))
    lock.setStaleLockTime(0)  # however long a desk is open, its folder is its own
    return lock


def sweep(folder: Path) -> None:
    """Take away the folders apart of desks that are not running any more."""
    for each in folder.glob(f"{APART}*"):
        if each.is_symlink():
            continue
        lock = _lock_of(each)
        if lock.tryLock(0):
            lock.unlock()
            shutil.rmtree(each, ignore_errors=True)
