"""The branch file on disk: told apart, created, brought up to date, opened."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import sqlcipher3

from branch_desk.store import migrations
from branch_desk.store.connections import connect
from branch_desk.store.errors import (
    AlreadyExists,
    EmptyFile,
    NotABranchFile,
    PlainDatabase,
    ReadOnlyFile,
    Truncated,
    WrongPassphrase,
    WrongRecoveryKey,
    of_sqlite,
    of_system,
    translated,
)
from branch_desk.store.files import left_beside, put_in_place, temporary_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from branch_desk.store.connections import Database
    from branch_desk.store.keys import RawKey
    from branch_desk.store.migrations import Hand
    from branch_desk.store.registry import Slice

PAGE_BYTES = 4096
APPLICATION_ID = 0x42724473  # "BrDs"
_SIDE = ("-wal", "-shm", "-journal")
_PLAIN = b"SQLite format 3\x00"
_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a spreadsheet, a document or an archive",
    b"\xd0\xcf\x11\xe0": "an older Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b\x08": "a compressed file",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
}


def told_apart(path: Path, *, writable: bool = True) -> None:
    """Raise what is wrong with the file as far as can be seen without its key.

    What passes is a whole number of pages, or is to be made one from its log. A branch file
    begins with random bytes, which may look like anything: what else such a file may be is only
    said once its key did not open it.
    """
    try:
        if path.exists() and not path.is_file():
            found = "a folder" if path.is_dir() else "a pipe or a device"
            raise NotABranchFile(path, found=found)
        with path.open("rb") as file:
            beginning = file.read(PAGE_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise of_system(error, path, reading=True) from error
    if not size:
        raise EmptyFile(path)
    if beginning.startswith(_PLAIN):
        raise PlainDatabase(path)
    if size % PAGE_BYTES and not _has_log(path):
        if seems := _looks_like(beginning):
            raise NotABranchFile(path, found=seems)
        raise Truncated(path)
    if writable and not os.access(path, os.W_OK):
        raise ReadOnlyFile(path)


def _has_log(path: Path) -> bool:
    """Whether a crash left the pages of the last changes beside the file, to be put into it."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _looks_like(beginning: bytes) -> str | None:
    """Return what a file seems to be by how it begins; a guess, to word a failure with."""
    for start, found in _BEGINNINGS.items():
        if beginning.startswith(start):
            return found
    return "text" if _is_text(beginning) else None


def _is_text(beginning: bytes) -> bool:
    """Whether bytes are text in UTF-8 or UTF-16 (cut anywhere); a page of random ones is not."""
    if beginning.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            getincrementaldecoder("utf-16")().decode(beginning)
        except UnicodeDecodeError:
            return False
        return True
    text = beginning.decode("utf-8", "ignore")
    lost = len(beginning) - len(text.encode())
    return lost <= 3 and "\x00" not in text


def create(path: Path, key: RawKey, slices: Sequence[Slice], hand: Hand) -> None:
    """Make a new, migrated branch file, whole or not at all; `AlreadyExists` if one is there."""
    if path.exists():
        raise AlreadyExists(path)
    clear_away(path)
    with _under_another_name(path) as temporary:
        with _new_database(temporary, key) as database:
            database.conn.execute("PRAGMA query_only = OFF")
            database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.run(database, slices, hand)
        install(temporary, path)


def copy(
    database: Database,
    path: Path,
    key: RawKey,
    check: Callable[[Database], object] | None = None,
    place: Callable[[Path, Path], None] | None = None,
) -> None:
    """Copy an open database into a file under `key`, whole or not at all.

    `check` sees the copy before it counts and raises if it will not do; `place` gives it its
    name, as `install` does unless told.
    """
    with _under_another_name(path) as temporary:
        with _new_database(temporary, key) as target:
            database.conn.backup(target.conn)
            if check:
                check(target)
        (place or install)(temporary, path)


@contextmanager
def _under_another_name(path: Path) -> Iterator[Path]:
    """Give a temporary name in the same folder, of which nothing is left in the end."""
    temporary = temporary_beside(path)
    try:
        with translated(path):
            yield temporary
    except OSError as error:
        raise of_system(error, path) from error
    finally:
        remove(temporary)


@contextmanager
def _new_database(path: Path, key: RawKey) -> Iterator[Database]:
    """Make a database that nobody else on this computer can even copy."""
    path.touch(0o600, exist_ok=False)
    with closing(connect(path, key)) as database:
        yield database


def install(temporary: Path, path: Path) -> None:
    """Give a finished database its name, and take away what an older one left beside it.

    SQLite would otherwise read the old write-ahead log into the new file. The log is moved aside
    first and goes back if the new file does not get its name: it may hold the last changes.
    """
    try:
        for beside, aside in _moved_aside(temporary, path):
            if beside.exists():
                beside.replace(aside)
        put_in_place(temporary, path)
    finally:
        _settle(temporary, path)


def _moved_aside(temporary: Path, path: Path) -> list[tuple[Path, Path]]:
    """Return what may lie beside a file, and the names it has while another takes its place."""
    return [
        (path.with_name(path.name + ending), temporary.with_name(f"{temporary.name}.old{ending}"))
        for ending in _SIDE
    ]


def _settle(temporary: Path, path: Path) -> None:
    """Put back what was moved aside if the new file still has its temporary name, else drop it."""
    stayed = temporary.exists()
    for beside, aside in _moved_aside(temporary, path):
        if stayed and aside.exists():
            aside.replace(beside)
        aside.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Take away a database that was not finished, with what SQLite lays beside it."""
    for ending in ("", *_SIDE):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def clear_away(path: Path) -> None:
    """Remove what a crash left of unfinished copies of a file; its lock is held.

    The log of a file whose place such a copy was just about to take goes back to it.
    """
    left = list(left_beside(path))
    for each in left:
        if each.suffix == ".new":
            _settle(each, path)
    for each in left:
        each.unlink(missing_ok=True)


def open_with(path: Path, key: RawKey, *, named: Path, passphrase: bool) -> Database:
    """Open a file that `told_apart` let pass; failures speak of the file as `named`.

    Raises `WrongPassphrase` (or, unless it came from a `passphrase`, `WrongRecoveryKey`),
    `NotABranchFile` if the file looks like something else, or `Damaged`.
    """
    try:
        return connect(path, key)
    except sqlcipher3.Error as error:
        if getattr(error, "sqlite_errorcode", None) != sqlcipher3.SQLITE_NOTADB:
            raise of_sqlite(error, named) from error
        with path.open("rb") as file:
            found = _looks_like(file.read(PAGE_BYTES))
        if found:
            raise NotABranchFile(named, found=found) from error
        raise (WrongPassphrase if passphrase else WrongRecoveryKey)(named) from error


def refuse_stranger(database: Database, path: Path) -> None:
    """Raise `NotABranchFile` for an encrypted database that another program made."""
    (application,) = database.conn.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotABranchFile(path, found="an encrypted database of another program")


def unlock(
    path: Path, key: RawKey, slices: Sequence[Slice], hand: Hand, *, passphrase: bool
) -> None:
    """Make sure that the key opens the file, and bring it up to date.

    A file that is brought up to date is copied aside first, and stays as it was if that fails.
    Raises `WrongPassphrase`, `WrongRecoveryKey`, `Damaged`, `NotABranchFile` or `NewerRelease`.
    """
    clear_away(path)
    opened = open_with(path, key, named=path, passphrase=passphrase)
    with translated(path), closing(opened) as database:
        refuse_stranger(database, path)
        migrations.refuse_newer(database, slices, path)
        if migrations.are_due(database, slices):
            now = hand(database).now()
            aside = f"{path.stem} before update {now:%Y-%m-%d %H.%M.%S}{path.suffix}"
            copy(database, path.with_name(aside), key)
        migrations.run(database, slices, hand)
