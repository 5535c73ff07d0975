"""From one cell of a list to the value of a field, or to a sentence on what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import phonenumbers
from dateutil import parser as dateparser
from email_validator import EmailNotValidError, validate_email

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(3_654, 73_051)  # 1910 to 2100, as a spreadsheet counts days
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.+Z-]*)?")
BRITISH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: +\d{1,2}:\d{2}(?::\d{2})?)?")
MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "nil", "null", "unknown", "not known"})  # noqa: RUF001
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the wide signs count as well
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9_+-]|\.(?=[A-Za-z0-9_+-])){0,63}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
LONG = 100


class Unreadable(Exception):
    """A cell that cannot be what its column says; its text is a sentence for people."""


def plain(cell: object, *, lines: bool = False) -> str:
    """Return a cell as clean text: nothing unseen, single spaces, an apostrophe guard taken off.

    `lines` keeps line ends, as addresses and notes have them.
    """
    if not isinstance(cell, str):
        return _unwritten(cell)
    text = cell
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != "'":
        return text.strip()
    if FORMULA.match(text):
        text = text[1:]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if lines and ("\n" in text or "\r" in text):
        kept = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line for line in (_line(each) for each in kept) if line)
    return _line(text)


def _unwritten(cell: object) -> str:
    """Return a cell that a workbook keeps as a number, a date or a truth as people write it."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if not (cell.hour or cell.minute):
            return cell.date().isoformat()
        case _:
            return str(cell)


def _line(text: str) -> str:
    return " ".join(UNSEEN.sub(" ", text).split()) if not text.isalnum() else text


def absent(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text.casefold() in NOTHING


def day(cell: object, *, past: date | None = None) -> date | None:
    """Return a cell as a day, British order first; None for an empty one; raises `Unreadable`.

    Two-figure years that would lie after `past` are taken to be of the century before.
    """
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool():
            raise Unreadable("is not a date")
        case int() | float():
            return _serial(cell)
    text = plain(cell)
    if absent(text):
        return None
    return _written(text, past)


def _serial(number: float) -> date:
    if int(number) not in SERIALS:
        raise Unreadable("is a number that is no date")
    return EXCEL_EPOCH + timedelta(days=int(number))


@lru_cache(maxsize=50_000)
def _written(text: str, past: date | None) -> date:
    if text.isdecimal() and len(text) == 5:
        return _serial(int(text))
    iso = ISO.fullmatch(text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    british = BRITISH.fullmatch(text)
    if british:
        year = _century(int(british[3]), len(british[3]), past)
        return _date(year, int(british[2]), int(british[1]))
    if MONTH.search(text):
        return _in_words(text, past)
    raise Unreadable("is not a date; write it as 14/05/2026 or 2026-05-14")


def _century(year: int, figures: int, past: date | None) -> int:
    if figures == 4:
        return year
    limit = past.year if past else 2069
    return 2000 + year if 2000 + year <= limit else 1900 + year


def _date(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Unreadable("is a day there is none of; British dates are day, month, year") from None


def _in_words(text: str, past: date | None) -> date:
    """Read “14 May 2026”; what it leaves open must not be filled in from today."""
    try:
        first, second = (
            dateparser.parse(text, dayfirst=True, default=default).date()
            for default in (datetime(1904, 1, 1), datetime(1908, 12, 28))  # noqa: DTZ001 - only days
        )
    except (ValueError, OverflowError, TypeError):
        raise Unreadable("is not a date; write it as 14/05/2026 or 2026-05-14") from None
    if first != second:
        raise Unreadable("is not a whole date; it needs day, month and year")
    if past and first > past and not re.search(r"\d{4}", text):
        return _date(first.year - 100, first.month, first.day)
    return first


def pence(cell: object) -> int | None:
    """Return a sum of money in pence, None for an empty cell; a sum in hand is 0 owed."""
    if isinstance(cell, bool):
        raise Unreadable("is not a sum of money")
    if isinstance(cell, int | float):
        return _pence(str(cell))
    text = plain(cell)
    return None if absent(text) else _pence(text)


@lru_cache(maxsize=5_000)
def _pence(text: str) -> int:
    bare = text.replace("£", "").replace("GBP", "").replace(" ", "")
    negative = bare.startswith(("-", "(")) or bare.upper().endswith(("-", "CR"))
    bare = bare.upper().strip("-()").removesuffix("CR").removesuffix("DR")
    if bare.endswith("P") and bare[:-1].isdecimal():
        return 0 if negative else int(bare[:-1])
    if not re.fullmatch(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?", bare) or not re.search(r"\d", bare):
        raise Unreadable("is not a sum of money; write it as 12.50")
    try:
        sum_in_pence = Decimal(bare.replace(",", "")) * 100
    except InvalidOperation:
        raise Unreadable("is not a sum of money; write it as 12.50") from None
    if sum_in_pence != sum_in_pence.to_integral_value() or sum_in_pence > 10**9:
        raise Unreadable("is not a sum in whole pence that anybody owes")
    return 0 if negative else int(sum_in_pence)


@lru_cache(maxsize=20_000)
def _grouped(start: str, length: int) -> tuple[tuple[int, ...], bool] | None:
    """Return how British numbers beginning so are grouped, and whether such a number can be."""
    try:
        number = phonenumbers.parse(start.ljust(length, "2"), "GB")
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return tuple(map(len, written.split(" "))), phonenumbers.is_possible_number(number)


def phone(cell: object) -> tuple[str, str]:
    """Return a telephone number as people write it, and what is odd about it (or nothing)."""
    text = plain(cell)
    if absent(text):
        return "", ""
    figures = re.sub(r"[\s()./-]", "", text)
    if figures.startswith(("+44", "0044")):
        figures = "0" + figures.removeprefix("+").removeprefix("00")[2:].removeprefix("0")
    if figures.isdecimal() and len(figures) in {9, 10} and figures[0] in "1237":
        figures = "0" + figures  # a spreadsheet took it for a number
    if figures.isdecimal() and figures.startswith("0") and 10 <= len(figures) <= 11:
        return _british(figures)
    return _abroad(text)


def _british(figures: str) -> tuple[str, str]:
    # Mobile numbers are told apart by five figures, others by up to seven.
    shape = _grouped(figures[: 5 if figures.startswith("07") else 7], len(figures))
    if shape is None or sum(shape[0]) != len(figures):
        return figures, "does not look like a telephone number"
    parts, place = [], 0
    for width in shape[0]:
        parts.append(figures[place : place + width])
        place += width
    return " ".join(parts), "" if shape[1] else "does not look like a telephone number"


@lru_cache(maxsize=20_000)
def _abroad(text: str) -> tuple[str, str]:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return text, "does not look like a telephone number"
    if not phonenumbers.is_possible_number(number):
        return text, "does not look like a telephone number"
    form = phonenumbers.PhoneNumberFormat
    style = form.NATIONAL if number.country_code == 44 else form.INTERNATIONAL
    return phonenumbers.format_number(number, style), ""


def email(cell: object) -> tuple[str, str]:
    """Return an e-mail address, and what is odd about it (or nothing); no network is asked."""
    text = plain(cell).removeprefix("mailto:").strip("<>;, ")
    if absent(text) or PLAIN_EMAIL.fullmatch(text):
        return ("" if absent(text) else text), ""
    try:
        return validate_email(text, check_deliverability=False).normalized, ""
    except EmailNotValidError:
        return text, "does not look like an e-mail address"


def postcode(cell: object) -> tuple[str, str]:
    """Return a postcode in capitals with its space, and what is odd about it (or nothing)."""
    text = plain(cell)
    if absent(text):
        return "", ""
    found = POSTCODE.fullmatch(text.upper())
    if found:
        return f"{found[1]} {found[2]}", ""
    return text.upper(), "is not a British postcode"


YES = frozenset({"yes", "y", "true", "1", "opted in", "opt in", "in", "given", "agreed", "ok", "x"})
NO = frozenset({"no", "n", "false", "0", "opted out", "opt out", "out", "refused", "withdrawn"})


def agreed(cell: object) -> bool | None:
    """Return whether a cell says yes or no; None where it is empty; raises `Unreadable`."""
    word = plain(cell).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    if absent(word):
        return None
    raise Unreadable("is neither yes nor no")
