"""A change of a field that has to wait for a long change to be through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable


class PutOff(DeskError):
    """Raised to a field instead of an answer: its change is neither stored nor refused yet.

    The field sets `hears`, which is told in the end: None where it is stored, else the reason. It
    returns whether the field still shows what the change was about.
    """

    def __init__(self) -> None:
        super().__init__("This waits until the long change is stored.")
        self.hears: Callable[[DeskError | None], bool] | None = None

    def tell(self, error: DeskError | None) -> bool:
        """Say how it went; returns whether anybody took it in."""
        return self.hears is not None and self.hears(error)
