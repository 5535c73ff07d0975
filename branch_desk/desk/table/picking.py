"""What is selected in a table: some rows, or all that match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Picked:
    """The selected rows. `every` says that all that match are meant: a question, not a list.

    `count` is for people. `ids()` answers in the table's order; where `every` is meant it asks the
    page's own question again and may read the file, so call it inside the deed or in a lane.
    """

    count: int
    every: bool
    find: Callable[[], Sequence[int]]

    def ids(self) -> list[int]:
        """Return the ids that are meant, in the order shown."""
        return list(self.find())


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of rows (first, last) in order, none touching another."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def spans_of(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return the spans that some rows make."""
    return merged((row, row) for row in rows)
