"""Letters typed in a table: which row begins with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.store.search import folded

if TYPE_CHECKING:
    from collections.abc import Callable

# So many rows are looked at one by one; a longer list is halved, which asks that it is in order.
FEW = 512


def row_beginning(
    typed: str, count: int, text_at: Callable[[int], str], start: int, *, falling: bool = False
) -> int:
    """Return the first row from `start` on, and round again, whose text begins so; else -1.

    In more than `FEW` rows it is found by halving, in a list ordered by that text, by at most two
    looks for each doubling; what is found is looked at, so a list in another order gives -1.
    """
    wanted = folded(typed)
    if not wanted or not count:
        return -1
    if count <= FEW:
        around = (*range(start, count), *range(start))
        return next((row for row in around if folded(text_at(row)).startswith(wanted)), -1)
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        text = folded(text_at(middle))
        before = not text.startswith(wanted) and (text > wanted if falling else text < wanted)
        low, high = (middle + 1, high) if before else (low, middle)
    return low if low < count and folded(text_at(low)).startswith(wanted) else -1
