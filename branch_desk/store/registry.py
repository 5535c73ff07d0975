"""What a slice tells the store about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from branch_desk.store.change import Change
    from branch_desk.store.links import Ref
    from branch_desk.store.store import Store


# One migration: changes tables and rows through sqlite-utils, and through nothing else.
Step: TypeAlias = "Callable[[Database], None]"


class Migrations:
    """A named set of migrations, in the order they are written.

    Handed over to sqlite-utils' own class when one of them is due; its name stays in the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: dict[str, Step] = {}

    def __call__(self) -> Callable[[Step], Step]:
        """Add the function below as the next migration, under its own name."""

        def add(step: Step) -> Step:
            if step.__name__ in self.steps:
                raise ValueError(f"{self.name} has a migration {step.__name__} already")
            self.steps[step.__name__] = step
            return step

        return add


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be linked to, searched and opened.

    `title` is an SQL expression over `table`; `searched` are text columns of `table`, the first of
    them the one whose beginnings come first among the answers; `restricted` kinds are shown only to
    those who must see them. `holdings` says what the kind holds on a person, for an access request:
    a mapping of plain words to what is held. `erase` forgets a person, inside a change given to it.
    """

    name: str
    table: str
    title: str
    searched: tuple[str, ...] = ()
    restricted: bool = False
    holdings: Callable[[Store, Ref], Iterable[Mapping[str, object]]] | None = None
    erase: Callable[[Store, Change, Ref], None] | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice's tables and kinds; `sealed` tables are written only through `Store.sealed`.

    `keep_up` brings up to today, in `Store.upkeep`, what follows from rows and the day alone.
    """

    name: str
    migrations: Migrations
    kinds: tuple[Kind, ...] = ()
    sealed: tuple[str, ...] = ()
    keep_up: Callable[[Store], object] | None = None


class Registry:
    """Every kind of every slice, by its name and by its table."""

    def __init__(self, slices: Iterable[Slice]) -> None:
        self.slices = tuple(slices)
        self.kinds = {kind.name: kind for each in self.slices for kind in each.kinds}
        self.sealed = frozenset(table for each in self.slices for table in each.sealed)
        self._of_table: dict[str, list[Kind]] = {}
        for kind in self.kinds.values():
            self._of_table.setdefault(kind.table, []).append(kind)

    def kind(self, name: str) -> Kind:
        """Return the kind of that name; a LookupError if no slice registers it."""
        try:
            return self.kinds[name]
        except KeyError:
            raise LookupError(f"no slice registers the kind {name!r}") from None

    def of_table(self, table: str) -> tuple[Kind, ...]:
        """Return the kinds whose things are rows of a table, as registered."""
        return tuple(self._of_table.get(table, ()))

    def called(self, table: str) -> str:
        """Return what people call a row of a table: by its kind's name, or the table's."""
        kinds = self.of_table(table)
        return (kinds[0].name if kinds else table).replace("_", " ")
