"""Letting go of what papers were made of, when the branch they came from is closed."""

from __future__ import annotations

import sys

PAPERS = ("branch_desk.paper.", "branch_desk.leaflets.")


def forget() -> None:
    """Empty every bounded cache of papers and leaflets: names, letters, codes and pictures are in them.

    What is kept without bound is the same for every branch (fonts, tables) and stays. Only what has
    been loaded is looked at; nothing is loaded for it.
    """
    for name, module in [*sys.modules.items()]:
        if name.startswith(PAPERS):
            for kept in [*vars(module).values()]:
                parameters = getattr(kept, "cache_parameters", None)
                if parameters is not None and parameters()["maxsize"] is not None:
                    kept.cache_clear()
