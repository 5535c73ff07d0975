"""Where mail lies: one file each, an MBOX, a Maildir, a folder of .eml files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from branch_desk.correspondence.exchange.mail import MOST_IN_A_MAIL
from branch_desk.store.errors import Invalid, NotFound, of_system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BEGINS = re.compile(rb"From [^\r\n]{1,300}\r?\n?")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give each mail of a file or folder with the name to call it by.

    Raises a `FileError` where it cannot be read, `Invalid` where a folder holds no mail.
    """
    try:
        if path.is_dir():
            yield from _folder(path)
        elif not path.exists():
            raise NotFound(path.absolute())
        elif not path.is_file():
            raise Invalid("It is a pipe or a device, not an ordinary file.")
        elif _is_mbox(path):
            yield from _mbox(path)
        elif path.stat().st_size > MOST_IN_A_MAIL:
            raise Invalid(f"It is over {MOST_IN_A_MAIL // 1_000_000} MB, more than any mail.")
        else:
            yield path.name, path.read_bytes()
    except OSError as error:
        raise of_system(error, path.absolute()) from error


def size_of(path: Path) -> int:
    """Return how many bytes of mail a file or folder may hold; 0 where that cannot be told."""
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    except OSError:
        return 0


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    inner = [path / "new", path / "cur"]
    if any(each.is_dir() for each in inner):
        files = [file for each in inner if each.is_dir() for file in each.iterdir()]
    else:
        files = [file for file in path.iterdir() if file.suffix.lower() == ".eml"]
    files = sorted(file for file in files if file.is_file())
    if not files:
        raise Invalid(
            "The folder holds no mail: it is no Maildir, and there is no .eml file in it."
        )
    for file in files:
        yield from mails_in(file)


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_BEGINS.match(file.read(400)))


def _mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    """Cut an MBOX where a line begins with "From " after an empty line; read line by line."""
    number, size, lines = 0, 0, list[bytes]()
    with path.open("rb") as file:
        after_gap = True
        while line := file.readline(1_000_000):
            if after_gap and _BEGINS.fullmatch(line):
                if number:
                    yield f"{path.name}, message {number}", _one(lines)
                number, size, lines = number + 1, 0, []
            elif size <= MOST_IN_A_MAIL:
                lines.append(line)
                size += len(line)
            after_gap = not line.strip()
    yield f"{path.name}, message {number}", _one(lines)


def _one(lines: list[bytes]) -> bytes:
    return _ESCAPED.sub(rb"\1", b"".join(lines))
