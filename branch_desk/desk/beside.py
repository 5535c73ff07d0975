"""Work begun beside other work: the key is derived, the first page read, while Qt is loaded.

Knows no Qt, so that it can begin before Qt is there.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Beside(Generic[T]):
    """Does one piece of work in a thread of its own, begun at once."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._answers: list[T] = []
        self._errors: list[Exception] = []
        self._thread = threading.Thread(target=self._run, args=(work,), name="beside", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._answers.append(work())
        except Exception as error:  # noqa: BLE001 -- raised again where it is waited for
            self._errors.append(error)

    def answer(self) -> T:
        """Wait for the answer; raises what went wrong."""
        self._thread.join()
        for error in self._errors:
            raise error
        return self._answers[0]
