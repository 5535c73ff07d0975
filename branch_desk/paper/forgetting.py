"""Letting go of what papers were made of, when the branch they came from is closed."""

from __future__ import annotations

import sys

# What holds words and pictures of a branch; measures of glyphs and looks hold none and stay.
HOLDING = (
    ("branch_desk.paper.gate", ("clean", "parse")),
    ("branch_desk.paper.appended", ("attach",)),
    ("branch_desk.paper.lines", ("broken",)),
    ("branch_desk.paper.labels", ("_fitted",)),
    ("branch_desk.paper.fonts", ("runs", "width")),
    ("branch_desk.paper.pictures", ("picture",)),
)


def forget() -> None:
    """Empty the caches that hold people's names, letters and codes; loads nothing for it."""
    for name, caches in HOLDING:
        module = sys.modules.get(name)
        if module is not None:
            for cache in caches:
                getattr(module, cache).cache_clear()
