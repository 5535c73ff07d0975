"""From the bytes of HQ's list, in whatever format it comes, to titles and rows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from branch_desk.members.exchange import text
from branch_desk.members.exchange.columns import HEADER_WITHIN, Unclear, find_header, recognised
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
UNPACKED = 1_000_000_000
OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)
SAVE_AS = "Open it in a spreadsheet program and save it as CSV or XLSX, then bring that in."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The members' part of a list: its column titles and, by row number as shown, its cells."""

    titles: tuple[str, ...]
    header_row: int
    rows: Sequence[tuple[int, Sequence[Cell]]]
    name: str = ""


def read(data: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Find the titles and the rows in a file, by what is in it and not by what it is called.

    `mapping` names columns the user says the meaning of. Raises `Invalid` with what is wrong, where
    and what to do.
    """
    named = mapping or {}
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Invalid(f"“{name}” is empty. Ask HQ to send the list again.")
    grids: Sequence[tuple[str, Sequence[Sequence[Cell]]]]
    if data.startswith((ZIP, OLE)):
        grids = _workbook(data, name)
    else:
        for mark, kind in OTHER_KINDS:
            if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
                raise Invalid(f"“{name}” is {kind}, not a table, whatever it is called. {SAVE_AS}")
        rows = text.table(text.decoded(data, name), name, lambda sample: recognised(sample, named))
        grids = [("", rows)]
    return _sheet(grids, name, named)


def _sheet(
    grids: Sequence[tuple[str, Sequence[Sequence[Cell]]]], name: str, named: Mapping[str, str]
) -> Sheet:
    """Choose the sheet with the best row of titles and take its rows."""
    if not any(any(map(_filled, row)) for _, grid in grids for row in grid):
        raise Invalid(f"“{name}” has no cells with anything in them. Ask HQ to send it again.")
    title, grid = max(grids, key=lambda each: recognised(each[1][:HEADER_WITHIN], named))
    header = find_header(grid[:HEADER_WITHIN], named)
    if header is None:
        raise Unclear(
            f"No row of column titles was found in the first {HEADER_WITHIN} rows of “{name}”. "
            "It needs a column for the surname or the full name and one for the membership number, "
            "postcode or e-mail. If they are called something else, change their titles in the "
            "list.",
            '"Family name=surname"',
        )
    titles = _titles(grid[header])
    rows = [
        (place, row)
        for place, row in enumerate(grid[header + 1 :], header + 2)
        if any(map(_filled, row)) and list(row) != grid[header]
    ]
    if not rows:
        raise Invalid(
            f"“{name}” has column titles (row {header + 1}) but no members under them. "
            "Ask HQ to send the list again."
        )
    return Sheet(titles, header + 1, rows, title)


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _titles(row: Sequence[Cell]) -> tuple[str, ...]:
    titles = [" ".join(str(cell).split()) for cell in row]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _workbook(data: bytes, name: str) -> list[tuple[str, list[list[Cell]]]]:
    """Return every sheet of a workbook; raises `Invalid` where it cannot be opened."""
    if data.startswith(ZIP):
        _look_inside(data, name)
    elif ENCRYPTED_PACKAGE in data:
        raise _locked(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        ]
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Invalid(f"“{name}” is no workbook that can be read. {SAVE_AS}") from error


def _locked(name: str) -> Invalid:
    return Invalid(
        f"“{name}” is protected by a password. Open it in a spreadsheet program with the password "
        "HQ gave you, save it without one, and bring that in."
    )


def _look_inside(data: bytes, name: str) -> None:
    """Refuse a package that is no workbook, is locked, or unpacks to more than can be meant."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            size = sum(each.file_size for each in package.infolist())
            manifest = (
                package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Invalid(f"“{name}” is a damaged workbook. Ask HQ to send it again.") from error
    if b"encryption-data" in manifest:
        raise _locked(name)
    if size > UNPACKED:
        raise Invalid(
            f"“{name}” unpacks to {size // 1_000_000:,} MB, more than any list of members. "
            "Nothing was read from it."
        )
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise Invalid(f"“{name}” is a packed file, not a table. {SAVE_AS}")
