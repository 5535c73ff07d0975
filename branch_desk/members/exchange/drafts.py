"""How many people one e-mail goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_HIDDEN = 90
"""Mail providers refuse a message to more people; a draft holds no more."""


def batches(addresses: Sequence[str], most: int = MOST_HIDDEN) -> list[tuple[str, ...]]:
    """Return the addresses in batches, each address once whatever its capitals, in their order."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.strip().casefold(), address.strip())
    once = list(first.values())
    return [tuple(once[start : start + most]) for start in range(0, len(once), most)]
