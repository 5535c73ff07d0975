"""How far reading or applying a list has come, told every so many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Tell: TypeAlias = "Callable[[int, int], object]"

T = TypeVar("T")
EVERY = 256


def silent(done: int, total: int) -> None:
    """Tell nobody."""


class Steps:
    """Counts steps over several goings-through, `total` in all; a total of 0 is "not known"."""

    def __init__(self, told: Tell, total: int) -> None:
        self._told, self.total, self._done = told, total, 0

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Give the things one after another, telling every so many."""
        for thing in things:
            if self._done % EVERY == 0:
                self._told(min(self._done, self.total), self.total)
            self._done += 1
            yield thing
