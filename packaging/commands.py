"""Write the list of what every page can do, for the command box: `resources/commands.json`.

    .venv/bin/python packaging/commands.py

The box names the commands of pages that were not built yet without building them. A test holds the
list against the pages; run this after an action was added, renamed or given another shortcut.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session

TARGET = Path(__file__).resolve().parent.parent / "resources" / "commands.json"


def main() -> int:
    """Build every page on an empty branch and write down what it can do."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.session import Session
    from branch_desk.desk.theme import Look
    from branch_desk.slices import SLICES
    from branch_desk.store.store import Store

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Empty.branch"
        now = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
        store = Store.create(
            path, "no secret", SLICES, clock=lambda: now, random=SystemRandom(), actor="desk"
        )
        session = Session(store, Look(app), Remembered(Path(folder)), lambda *_: None)
        made = listed(session)
        session.close()
    TARGET.write_text(written(made), encoding="utf-8")
    print(f"{sum(map(len, made.values()))} commands of {len(made)} pages in {TARGET}")
    return 0


def listed(session: Session) -> dict[str, list[tuple[str, str]]]:
    """Return name and shortcut of every action of every page, by the page's name."""
    from branch_desk import app

    found = {}
    for entry in app.program().entries:
        page = entry.make(session)
        told = [_told(act) for act in page.actions_of_page()]
        found[entry.name] = [
            each for at, each in enumerate(told) if each[0] not in _names(told[:at])
        ]
        page.deleteLater()
    return found


def _names(told: Sequence[tuple[str, str]]) -> set[str]:
    return {name for name, _ in told}


def _told(act: QAction) -> tuple[str, str]:
    from branch_desk.desk.actions import plain

    return plain(act.text()), act.shortcut().toString()


def written(made: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Return the file's text: a line for each command, so that a change is read at a glance."""
    pages = []
    for name, commands in made.items():
        lines = ",\n".join(f"    {json.dumps(each, ensure_ascii=False)}" for each in commands)
        pages.append(f"  {json.dumps(name)}: [\n{lines}\n  ]")
    return "{\n" + ",\n".join(pages) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
