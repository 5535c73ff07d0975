"""Every failure a user can meet, each with a sentence for people and a way on.

The class name in kebab case is the command line's error code (`code`). An exception that is
not a `DeskError` is a bug and is shown as one.
"""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlcipher3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


class DeskError(Exception):
    """A failure that is nobody's bug: its text is one clear sentence for the user.

    `next_step` says what to do now; it may be empty where the sentence already does.
    """

    next_step = ""

    def __str__(self) -> str:
        """Give the sentence, then the next step."""
        return " ".join(part for part in (super().__str__(), self.next_step) if part)

    @property
    def code(self) -> str:
        """The class name in kebab case, which scripts may rely on."""
        return re.sub(r"(?<=.)(?=[A-Z])", "-", type(self).__name__).lower()


class Missing(DeskError):
    """Something was asked for by an id or a name that the branch does not have."""


class Conflict(DeskError):
    """What was asked contradicts what is recorded."""


class Invalid(DeskError):
    """Something that came from outside cannot be read; the text says what, where and what to do."""


class FileError(DeskError):
    """A failure that concerns one file or folder, which is `path`."""

    sentence = "“{name}” cannot be used."

    def __init__(self, path: Path, **facts: object) -> None:
        self.path = path
        super().__init__(self.sentence.format(name=path.name or path, folder=path.parent, **facts))


class NotFound(FileError):
    """There is no such file."""

    sentence = "There is no file “{name}” in {folder}."
    next_step = "Check the name and the folder, or whether a drive has been unplugged."


class WrongPassphrase(FileError):
    """The file does not open: the passphrase is wrong, or it is not a branch file at all."""

    sentence = "That passphrase does not open “{name}”: it is wrong, or this is not a branch file."
    next_step = (
        "Try again, minding capitals and the keyboard layout; the recovery sheet also opens the "
        "file."
    )


class WrongRecoveryKey(FileError):
    """A recovery key that is well formed but belongs to another file or an older passphrase."""

    sentence = "That recovery sheet does not open “{name}”."
    next_step = (
        "It belongs to another branch file, or the passphrase was changed since it was printed: "
        "use the newest sheet, or a backup of its time."
    )


class BadRecoverySheet(Invalid):
    """What was typed from a recovery sheet cannot be a key; the text says which group is wrong."""

    next_step = "Compare it with the printed sheet and type it again."


class NoPassphrase(Invalid):
    """An empty passphrase was given where one is needed."""

    next_step = "Use several words that you can remember and others cannot guess."


class EmptyFile(FileError):
    """The file holds nothing; SQLite would make a new database of it."""

    sentence = "“{name}” is empty: there is nothing in it to open."
    next_step = (
        "A copy or a download was probably cut off: copy it again, or restore the newest backup."
    )


class PlainDatabase(FileError):
    """An SQLite database without encryption."""

    sentence = "“{name}” is an unencrypted SQLite database, not a branch file."
    next_step = "Choose a file that ends in .branch; lists can be brought in with Import."


class NotABranchFile(FileError):
    """Something else entirely: text, a picture, an archive, a folder, another program's file."""

    sentence = "“{name}” is not a branch file but {found}."
    next_step = "Choose a file that ends in .branch."


class Truncated(FileError):
    """The file was cut short: its size is not a whole number of pages."""

    sentence = "“{name}” is cut short or is not a branch file: its size is not one such a file has."
    next_step = "Copy it again from where it came from, or restore the newest backup."


class Damaged(FileError):
    """Part of the file can no longer be read."""

    sentence = "“{name}” is damaged: part of it can no longer be read."
    next_step = "Keep it as it is, and restore the newest backup."


class InUse(FileError):
    """Another process, or another window, has the file open."""

    def __init__(self, path: Path, *, who: str = "", since: datetime | None = None) -> None:
        self.who, self.since = who, since
        self.sentence = "“{name}” is already open" + (
            f", by {who} since {since:%H:%M on} {since.day} {since:%B %Y}."
            if who and since
            else " elsewhere."
        )
        super().__init__(path)

    next_step = "Close it there first."


class NoLocking(FileError):
    """The folder's file system cannot lock files, so two people could write at once."""

    sentence = "“{name}” cannot be locked against others in {folder}: {why}."
    next_step = "Copy it to a folder on this computer's own disk and open it there."


class NewerRelease(FileError):
    """The file was written by a release that knows more than this one."""

    sentence = "“{name}” was last used by a newer release of Branch Desk."
    next_step = "Install the newest release, then open it again; nothing was changed."


class ReadOnlyFile(FileError):
    """The file may be read but not written."""

    sentence = "“{name}” is read-only."
    next_step = "Allow writing in the file's properties, or copy it to a folder of your own."


class ReadOnlyFolder(FileError):
    """Nothing can be written into the folder; `path` is the file that was to go there."""

    sentence = "Nothing can be written into the folder {folder}, where “{name}” is or was to go."
    next_step = "Copy it to a folder of your own, or choose another folder."


class Unreadable(FileError):
    """The file may not be read by this user, or the drive fails."""

    sentence = "“{name}” cannot be read: {why}."
    next_step = "Check the file's permissions and the drive, or restore the newest backup."


class NotAFile(FileError):
    """A folder, a pipe or a device stands where a file is to be read."""

    sentence = "“{name}” cannot be read: it is {found}, not a file."
    next_step = "Choose the file itself."


class DiskFull(FileError):
    """No room is left; nothing was changed."""

    sentence = "The disk is full, so nothing was changed in “{name}”."
    next_step = "Free some room on the disk and do it again."


class Gone(FileError):
    """The file that is open was moved, renamed or deleted; nothing was changed."""

    sentence = "“{name}” is no longer in {folder}, so nothing was changed."
    next_step = "Put it back there, or plug its drive in again, and do it once more."


class AlreadyExists(FileError):
    """A file of that name is there already and was left alone."""

    sentence = "There is already a file “{name}” in {folder}."
    next_step = "Choose another name; on the command line --force replaces files that are printed."


class BadBackup(FileError):
    """A backup was made but did not stand the check, and was taken away again."""

    sentence = "The backup of “{name}” did not stand the check: {why}."
    next_step = "Run Verify on the branch file, and make the backup on another disk."


class Closed(FileError):
    """The branch file was locked or closed while something still wanted it."""

    sentence = "“{name}” is closed."
    next_step = "Open it again with the passphrase."


_OF_SQLITE: dict[int, type[FileError]] = {
    sqlcipher3.SQLITE_FULL: DiskFull,
    sqlcipher3.SQLITE_CORRUPT: Damaged,
    sqlcipher3.SQLITE_NOTADB: Damaged,
    sqlcipher3.SQLITE_READONLY: ReadOnlyFile,
    sqlcipher3.SQLITE_CANTOPEN: ReadOnlyFolder,
    sqlcipher3.SQLITE_PERM: ReadOnlyFile,
    sqlcipher3.SQLITE_BUSY: InUse,
    sqlcipher3.SQLITE_INTERRUPT: Closed,
}


def of_sqlite(error: sqlcipher3.Error, path: Path) -> Exception:
    """Return the user's failure that an SQLite error stands for, or the error itself: a bug."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlcipher3.SQLITE_IOERR:
        return Unreadable(path, why="the drive reports an error")
    made = _OF_SQLITE.get(code)
    return made(path) if made else error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise the user's failure in place of an SQLite error about the file at `path`."""
    try:
        yield
    except sqlcipher3.Error as error:
        meant = of_sqlite(error, path)
        if meant is error:
            raise
        raise meant from error


def of_system(error: OSError, path: Path, *, reading: bool = False) -> FileError:
    """Return the user's failure that an error of the operating system about `path` stands for.

    What may not be read and what may not be written are the same error to the system; `reading`
    says which of them was tried.
    """
    match error.errno:
        case errno.EACCES | errno.EPERM if reading:
            return Unreadable(path, why="this user may not read it")
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return DiskFull(path)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return ReadOnlyFolder(path)
        case errno.EEXIST:
            return AlreadyExists(path)
        case errno.ENOENT | errno.ENOTDIR:
            return NotFound(path)
    return Unreadable(path, why=error.strerror or type(error).__name__)
