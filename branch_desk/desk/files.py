"""Files the user points at: read with a sentence where that fails, written whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from branch_desk.store.errors import Invalid, of_system


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


def write_to(path: str, data: bytes) -> None:
    """Write a file where a dialog said."""
    write(Path(path), data)
