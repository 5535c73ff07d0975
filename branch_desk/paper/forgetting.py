"""Letting go of what papers were made of, when the branch they came from is closed."""

from __future__ import annotations

import sys
from typing import Protocol, TypeVar

# What holds words and pictures of a branch; measures of glyphs and looks hold none and stay.
HOLDING = (
    ("branch_desk.paper.gate", ("clean", "parse")),
    ("branch_desk.paper.appended", ("attach",)),
    ("branch_desk.paper.lines", ("broken",)),
    ("branch_desk.paper.labels", ("_fitted",)),
    ("branch_desk.paper.fonts", ("runs", "width")),
    ("branch_desk.paper.pictures", ("picture",)),
    ("branch_desk.paper.shaping", ("shaped",)),
)


class _Cache(Protocol):
    def cache_clear(self) -> None: ...


Cache = TypeVar("Cache", bound=_Cache)
_also: list[_Cache] = []


def let_go(cache: Cache) -> Cache:
    """Have a cache emptied too when a branch is closed; for the slices above, as a decorator."""
    _also.append(cache)
    return cache


def forget() -> None:
    """Empty the caches that hold people's names, letters and codes; loads nothing for it."""
    for name, caches in HOLDING:
        module = sys.modules.get(name)
        if module is not None:
            for each in caches:
                getattr(module, each).cache_clear()
    for cache in _also:
        cache.cache_clear()
