"""The recovery sheet: the one paper that opens the file when the passphrase is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.tr import tr
from branch_desk.paper.blocks import Brand, Document, Facts, Note, Section, Table, Text
from branch_desk.paper.blocks import Column as PaperColumn

if TYPE_CHECKING:
    from datetime import date


def groups(key: str) -> list[list[str]]:
    """Return the key's groups in rows of four, as they are shown and printed."""
    each = key.split()
    return [each[at : at + 4] for at in range(0, len(each), 4)]


def document(branch: str, file: str, key: str, made: date) -> Document:
    """Lay out the recovery sheet of a file."""
    rows = [
        [f"{number * 4 + 1} to {number * 4 + 4}", *four] for number, four in enumerate(groups(key))
    ]
    columns = [PaperColumn("Groups", 0.8), *(PaperColumn(f"{number}.", 1.3) for number in "abcd")]
    blocks = (
        Text(
            "Whoever holds this sheet can open the branch file without its passphrase. If the "
            "passphrase is forgotten, there is no other way in.",
            style="lead",
        ),
        Facts((("Branch", branch), ("File", file), ("Made on", words.day(made)))),
        Table(columns, rows, row_height=12),
        Note(
            "Keep it with the branch's papers, away from the computer: in a locked drawer, or "
            "with the chair. Changing the passphrase makes a new sheet; this one then opens only "
            "older backups.",
            title=tr("Where to keep it"),
        ),
    )
    return Document(
        title=tr("Recovery sheet"), brand=Brand(branch), parts=(Section("Recovery sheet", blocks),)
    )
