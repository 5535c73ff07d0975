"""A table kept as text: which encoding, which separator, which cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

SEPARATORS = ",\t;|"
SAMPLE = 60
LONGEST_CELL = 100_000
# The older encodings a list may be in, the likeliest first.
OLDER = ("cp1252", "cp1250", "mac_roman", "iso8859_14", "cp1257", "cp1254")
# What a wrong encoding makes of names: signs within words, capitals after small letters.
OUT_OF_PLACE = re.compile(
    r"[^\W\d_][^\w\s\x00-\x7f’‘“”–—…]|[^\w\s\x00-\x7f’‘“”–—…•·£€][^\W\d_]"  # noqa: RUF001 - those marks
    r"|[£€][^\W\d_]|[a-zß-öø-ÿ][À-ÖØ-ÞĄĆĘŁŃŚŹŻŠŽŒŸ]|\ufffd"
)
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 or an older Western encoding.

    Raises `Invalid` where it is no text at all.
    """
    text = _decoded(data, name)
    found = NOT_TEXT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Invalid(
            f"“{name}” is not a table of text: line {line} holds something no text has. "
            "Open it in a spreadsheet program and save it as CSV or XLSX."
        )
    return text


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if b"\0" in data[:2000]:
        even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
        return _strictly(data, "utf-16-le" if odd > even else "utf-16-be", name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid(
            f"“{name}” begins as text in {encoding.upper()} but is damaged further on. "
            "Ask HQ to send it again."
        ) from error


def _western(data: bytes) -> str:
    """Decode what is not UTF-8 by the encoding in which its names come out best."""
    lines = [line for line in data[:2_000_000].splitlines() if not line.isascii()]
    telling = b"\n".join(lines)[:40_000]
    wrongs = {each: _out_of_place(telling, each) for each in OLDER}
    best = min(OLDER, key=lambda each: wrongs[each])
    if wrongs[best]:
        guess = from_bytes(telling, cp_isolation=list(OLDER)).best()
        best = guess.encoding if guess and wrongs.get(guess.encoding, 0) < wrongs[best] else best
    return data.decode(best, "replace")


def _out_of_place(data: bytes, encoding: str) -> int:
    return len(OUT_OF_PLACE.findall(data.decode(encoding, "replace")))


def table(text: str, name: str, score: Callable[[list[list[str]]], int]) -> list[list[str]]:
    """Return the cells of delimited text, by the separator whose first rows score highest.

    Raises `Invalid` where a quotation mark is opened and never closed.
    """
    named = re.match(r"\ufeff?\"?sep=(.)\"?\r?\n", text)
    if named:
        # The line is kept as an empty row, so that row numbers are those a spreadsheet shows.
        return [[], *_cells(text[named.end() :], named[1], name)]
    sample = "".join(text[:400_000].splitlines(keepends=True)[:SAMPLE])
    best = max(SEPARATORS, key=lambda separator: _worth(sample, separator, score))
    return _cells(text, best, name)


def _worth(sample: str, separator: str, score: Callable[[list[list[str]]], int]) -> tuple[int, int]:
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return (-1, 0)
    return score(rows), sum(map(len, rows))


def _cells(text: str, separator: str, name: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise Invalid(
            f"“{name}” cannot be read from row {len(rows) + 1} on: a cell there has no end. "
            'Look for a quotation mark (") that is opened and never closed.'
        ) from error
    return rows
