"""Files the user points at: read with a sentence where that fails, written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.store.errors import Invalid, of_system

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

# A folder of a desk that crashed is taken away by the next one that makes one of its kind.
STALE_SECONDS = 24 * 60 * 60


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


def folder_apart(prefix: str, owner: QObject) -> tempfile.TemporaryDirectory[str]:
    """Return a folder of this user's alone for what programs beside the desk are to open.

    It goes with `owner`, which ends when the branch is locked or closed, or with the program.
    """
    sweep(Path(tempfile.gettempdir()), prefix)
    made = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    owner.destroyed.connect(made.cleanup)
    return made


def sweep(folder: Path, prefix: str) -> None:
    """Take away folders of this kind that nobody can be using any more."""
    for each in folder.glob(prefix + "*"):
        try:
            old = time.time() - each.stat().st_mtime > STALE_SECONDS
        except OSError:
            continue
        if old:
            shutil.rmtree(each, ignore_errors=True)
