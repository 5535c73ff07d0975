"""Files read within bounds, and written whole or not at all: temporary name, fsync, rename."""

from __future__ import annotations

import os
from contextlib import suppress
from glob import escape
from typing import TYPE_CHECKING

from branch_desk.store.errors import AlreadyExists, Invalid, NotAFile, Unreadable, of_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MOST = 250_000_000


def read_whole(path: Path, *, most: int = MOST) -> bytes:
    """Return what is in an ordinary file; one that never ends is not begun with.

    Raises `NotFound`, `NotAFile` (a folder, a pipe, a device), `Unreadable`, `Invalid` over `most`.
    """
    try:
        if path.exists() and not path.is_file():
            raise NotAFile(path.absolute(), found="a folder" if path.is_dir() else "a device")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise of_system(error, path.absolute(), reading=True) from error
    if len(data) > most:
        raise Invalid(f"“{path.name}” is over {most // 1_000_000} MB, more than can be meant.")
    return data


def resolved(path: Path) -> Path:
    """Return a path with its symbolic links followed; raises `Unreadable` where they never end."""
    try:
        return path.resolve()
    except (RuntimeError, OSError) as error:  # Python 3.11 and 3.12 call a circle a RuntimeError
        raise Unreadable(path.absolute(), why="its links lead in a circle") from error


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; what was there stays until the new one is safe.

    Raises `AlreadyExists` unless `force`, `DiskFull`, `ReadOnlyFolder` or `NotFound` (no such
    folder).
    """
    if path.exists() and not force:
        raise AlreadyExists(path)
    temporary = temporary_beside(path)
    try:
        with temporary.open("xb") as file:
            file.write(data)
        put_in_place(temporary, path)
    except OSError as error:
        raise of_system(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def temporary_beside(path: Path) -> Path:
    """Return a name in the same folder that no other process writes to at the same time."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def left_beside(path: Path) -> Iterator[Path]:
    """Return what processes that have died left under such names."""
    return path.parent.glob(f".{escape(path.name)}.*.new*")


def put_in_place(temporary: Path, path: Path) -> None:
    """Make a finished file safe on the disk, then give it its name at once."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself safe; Windows has no such call and needs none."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
