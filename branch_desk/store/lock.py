"""One process owns a branch file: a lock of the operating system beside it.

The lock dies with its process, so a crash never leaves a file locked. What is written in the
lock file only tells others who has it; the lock itself is what counts.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from branch_desk.store.errors import InUse, NoLocking, of_system

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import portalocker
    from portalocker.exceptions import AlreadyLocked, LockException

    def _hold(file: BinaryIO) -> None:
        flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        try:
            portalocker.lock(file, flags)
        except AlreadyLocked as error:
            raise BlockingIOError from error
        except LockException as error:
            raise OSError(errno.ENOLCK, "no locks") from error
else:
    import fcntl  # and not portalocker, which looks for its own version first: 20 ms at each start

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def beside(path: Path) -> Path:
    """Return the lock file of a branch file; `path` has its symbolic links resolved."""
    return path.with_name(f".{path.name}.lock")


@dataclass(slots=True)
class FileLock:
    """The lock on one branch file, held until `release` or the process's end."""

    path: Path
    _file: BinaryIO

    @classmethod
    def take(cls, branch_file: Path, since: datetime) -> FileLock:
        """Lock a branch file for this process.

        Raises `InUse` with who holds it and since when, `ReadOnlyFolder`, or `NoLocking` where
        the file system has no locks.
        """
        path = beside(branch_file)
        try:
            while True:
                with ExitStack() as unless_taken:
                    file = unless_taken.enter_context(_opened(path, branch_file))
                    _lock(file, branch_file)
                    if _still_there(file, path):
                        file.truncate()
                        file.write(_holder(since))
                        file.flush()
                        unless_taken.pop_all()
                        return cls(path, file)
        except OSError as error:
            raise of_system(error, branch_file) from error

    @property
    def held(self) -> bool:
        """Whether it has not been released."""
        return not self._file.closed

    def release(self) -> None:
        """Give the file free; doing it twice is harmless."""
        if self.held:
            with suppress(OSError):  # Windows keeps an open file's name: the next holder reuses it
                self.path.unlink()
            self._file.close()


def _opened(path: Path, branch_file: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(path, _FLAGS, 0o600), "r+b")
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NoLocking(branch_file, why=f"{path.name} is a link") from error
        raise


def _lock(file: BinaryIO, branch_file: Path) -> None:
    try:
        _hold(file)
    except (BlockingIOError, PermissionError) as error:
        who, since = _read_holder(file)
        raise InUse(branch_file, who=who, since=since) from error
    except OSError as error:
        raise NoLocking(branch_file, why="its file system has no locks") from error


def _still_there(file: BinaryIO, path: Path) -> bool:
    """Whether the locked file is the one others would find, not one just released and removed."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _holder(since: datetime) -> bytes:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may run as a user without a name
        user = "somebody"
    who = f"{user} on {platform.node()}"
    return json.dumps({"who": who, "process": os.getpid(), "since": since.isoformat()}).encode()


def _read_holder(file: BinaryIO) -> tuple[str, datetime | None]:
    try:
        held = json.loads(file.read(4096))
        return str(held["who"]), datetime.fromisoformat(held["since"])
    except (OSError, ValueError, LookupError, TypeError):
        return "", None
