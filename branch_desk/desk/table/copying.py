"""Rows as text for the clipboard: a line a row, a tab between the cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from branch_desk.desk.table.column import Column, HasId
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T", bound=HasId)

# No clipboard is asked to carry more; what is left out is said.
MOST = 20_000
# What a spreadsheet would run when it is pasted; a telephone number or a sum below nothing is none.
_FORMULA = re.compile(r"[=@]|[+\-](?![\d\s().]*$)")
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")


def as_text(columns: Sequence[Column[T]], rows: Iterable[T]) -> str:
    """Return rows as lines; more than one are for a spreadsheet: with titles, without formulas."""
    lines = [[_BREAKS.sub(" ", column.text(row)) for column in columns] for row in rows]
    if len(lines) > 1:
        lines = [[_harmless(cell) for cell in line] for line in lines]
        lines.insert(0, [tr(column.title) for column in columns])
    return "\n".join("\t".join(line) for line in lines)


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
