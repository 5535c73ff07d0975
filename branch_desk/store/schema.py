"""The tables of an open branch file, as the file itself describes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.store.connections import Database

# Tables of the store that no change may write by name.
PRIVATE = frozenset(("audit_entry", "audit_row", "content", "search_index", "_sqlite_migrations"))


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: `column` of `table` names a row of `parent` by its id."""

    table: str
    column: str
    parent: str
    on_delete: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in alphabetical order, what it names and what names it."""

    name: str
    columns: tuple[str, ...]
    id_at: int
    has_blobs: bool
    references: tuple[Reference, ...]
    referenced: tuple[Reference, ...]

    @property
    def select(self) -> str:
        """The beginning of a query for whole rows, columns in alphabetical order."""
        return sql("SELECT {columns} FROM {table} ", columns=self.columns, table=self.name)

    @property
    def attachments(self) -> tuple[str, ...]:
        """The columns that hold the id of an attachment: a foreign key, or so called."""
        keys = {each.column for each in self.references if each.parent == "attachment"}
        return tuple(
            name
            for name in self.columns
            if name in keys or name == "attachment" or name.endswith("_attachment")
        )


def quoted(name: str) -> str:
    """Return an identifier as SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def sql(template: str, /, **names: str | Iterable[str]) -> str:
    """Return a statement with identifiers put in for `{name}`, each quoted, several with commas."""
    return template.format_map(
        {
            name: quoted(given) if isinstance(given, str) else ", ".join(map(quoted, given))
            for name, given in names.items()
        }
    )


class Schema:
    """Every ordinary table of a file at one moment; `version` tells whether it still holds."""

    def __init__(self, database: Database) -> None:
        self.version = version(database)
        execute = database.conn.execute
        names = [
            name
            for (name,) in execute(
                "SELECT name FROM pragma_table_list"
                " WHERE schema = 'main' AND type = 'table' ORDER BY name"
            )
            if name not in PRIVATE and not name.startswith("sqlite_")
        ]
        references = [
            Reference(name, column, parent, on_delete)
            for name in names
            for column, parent, on_delete in execute(
                'SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?)', [name]
            )
        ]
        self.tables = {
            name: _table(
                name,
                execute("SELECT name, type FROM pragma_table_info(?)", [name]),
                references,
            )
            for name in names
        }

    def table(self, name: str) -> Table:
        """Return a table by its name; a LookupError if it is none a change may write."""
        try:
            return self.tables[name]
        except KeyError:
            raise LookupError(f"no table {name!r} that a change may write") from None


def version(database: Database) -> int:
    """Return a number that is another one as soon as any table has changed its shape."""
    return int(database.conn.execute("PRAGMA schema_version").fetchone()[0])


def _table(name: str, columns: Iterable[tuple[str, str]], references: list[Reference]) -> Table:
    types = dict(sorted(columns))
    if "id" not in types:
        raise LookupError(f"the table {name!r} has no id")
    return Table(
        name=name,
        columns=tuple(types),
        id_at=tuple(types).index("id"),
        has_blobs=bool({"BLOB", "ANY", ""} & {each.upper() for each in types.values()}),
        references=tuple(each for each in references if each.table == name),
        referenced=tuple(each for each in references if each.parent == name),
    )
