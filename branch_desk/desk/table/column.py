"""What one column of a table shows, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


class HasId(Protocol):
    """Anything with a permanent row id."""

    @property
    def id(self) -> int:
        """Return the row id."""
        ...


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: how a row reads in it, its part of the width, and what sorting by it asks for.

    `title` is a constant in `mark("…")`, translated when it is shown, and what the column is
    remembered by. A column with a `sample` is as wide as that text, the others share the rest by
    `share`, never narrower than the text `least` where they have one. One that is `spare` is left
    out where there is no room, one that is `hidden` unless the user chooses it. `order` is the word
    the slice's `ids(order=…)` takes, empty where it cannot be sorted by; `tone` names a colour of
    the theme.
    """

    title: str
    text: Callable[[T], str]
    share: float = 1.0
    sample: str = ""
    spare: bool = False
    numeric: bool = False
    order: str = ""
    tone: Callable[[T], str] | None = None
    hidden: bool = False
    least: str = ""
