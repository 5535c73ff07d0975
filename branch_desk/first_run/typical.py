"""Typical sets of standing orders, by the kind of branch; data under `resources/`, no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("party", "union", "society")


@dataclass(frozen=True, slots=True)
class Typical:
    """One set: the kind it is for, its title, a line on it, and rules as a user writes them."""

    kind: str
    title: str
    about: str
    rules: Mapping[str, str]


@cache
def sets() -> tuple[Typical, ...]:
    """Return the sets that are offered, in their order."""
    return tuple(_read(kind) for kind in KINDS)


def _read(kind: str) -> Typical:
    said = tomllib.loads((resource("standing_orders") / f"{kind}.toml").read_text("utf-8"))
    return Typical(kind, said["title"], said["about"], said["rules"])


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of branch there are, each with its word."""
    return [(each.kind, each.title) for each in sets()]
