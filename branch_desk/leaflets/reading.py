"""Reading what people wrote by hand: a TOML table into a frozen dataclass, or a sentence."""

from __future__ import annotations

import dataclasses
import difflib
import math
import re
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


Record = TypeVar("Record", bound=_Dataclass)


def by(check: Callable[[object, str], object]) -> dict[str, object]:
    """Return the metadata of a dataclass's field that `record` fills, checked by `check`."""
    return {"check": check}


def record(cls: type[Record], table: object, where: str) -> Record:
    """Fill a dataclass whose fields' metadata come from `by` from a table; raises `Invalid`."""
    if not isinstance(table, dict):
        raise Invalid(f"{where} must be a table of keys and values.")
    known = {each.name: each for each in dataclasses.fields(cls)}
    for key in table:
        if key not in known:
            raise Invalid(f"{where} has a key “{key}” that is not known.{meant(str(key), known)}")
    values: dict[str, object] = {}
    for name, each in known.items():
        if name in table:
            values[name] = each.metadata["check"](table[name], f"{where}, “{name}”")
        elif each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
            raise Invalid(f"{where} has no “{name}”, which it needs.")
    return cls(**values)


def meant(word: str, known: Mapping[str, object]) -> str:
    """Return a sentence that offers the nearest known word, or lists the few there are."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Is “{near[0]}” meant?" if near else f" Known are: {', '.join(known)}."


def words(value: object, where: str) -> str:
    """Take text of any length, its ends trimmed."""
    if not isinstance(value, str):
        raise Invalid(f"{where} must be text in quotation marks.")
    return value.strip()


def name(value: object, where: str) -> str:
    """Take a name: small letters, digits and hyphens."""
    found = words(value, where)
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", found):
        raise Invalid(f"{where} must be a name of small letters, digits and hyphens.")
    return found


def flag(value: object, where: str) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise Invalid(f"{where} must be true or false, without quotation marks.")
    return value


def colour(value: object, where: str) -> str:
    """Take a colour written #RRGGBB."""
    found = words(value, where)
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", found):
        raise Invalid(f"{where} must be a colour written as #RRGGBB, such as #1F6F54.")
    return found.upper()


def number(least: float, most: float) -> Callable[[object, str], float]:
    """Take a number within bounds."""

    def check(value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise Invalid(f"{where} must be a number.")
        if not least <= value <= most:
            raise Invalid(f"{where} must lie between {least:g} and {most:g}; it is {value:g}.")
        return float(value)

    return check


def whole(least: int, most: int) -> Callable[[object, str], int]:
    """Take a whole number within bounds."""

    def check(value: object, where: str) -> int:
        found = number(least, most)(value, where)
        if found != int(found):
            raise Invalid(f"{where} must be a whole number.")
        return int(found)

    return check


def choice(*allowed: str) -> Callable[[object, str], str]:
    """Take one of a few words."""

    def check(value: object, where: str) -> str:
        if value not in allowed:
            raise Invalid(f"{where} must be one of {', '.join(allowed)}; it is “{value}”.")
        return str(value)

    return check


def several(
    each: Callable[[object, str], object], *, least: int = 0, most: int = 99
) -> Callable[[object, str], tuple[object, ...]]:
    """Take a list, each part of it checked."""

    def check(value: object, where: str) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Invalid(f"{where} must be a list.")
        if not least <= len(value) <= most:
            raise Invalid(f"{where} must have {least} to {most} parts; it has {len(value)}.")
        return tuple(each(part, f"{where} {n}") for n, part in enumerate(value, 1))

    return check


def table(cls: type[_Dataclass]) -> Callable[[object, str], object]:
    """Take a table that fills a dataclass."""
    return lambda value, where: record(cls, value, where)


def tables(cls: type[_Dataclass]) -> Callable[[object, str], dict[str, object]]:
    """Take a table of named tables, each filling a dataclass."""

    def check(value: object, where: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise Invalid(f"{where} must be a table of named tables.")
        return {
            name(key, where): record(cls, part, f"{where}, “{key}”") for key, part in value.items()
        }

    return check
