"""What stands under a list: how many are shown and selected; and what a list without rows says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.table import Picked


class Foot(QWidget):
    """One line: "9 of 412 shown", "412 selected", Clear; away where there is nothing to say."""

    def __init__(self, clear: Callable[[], object]) -> None:
        super().__init__()
        self.shown = kit.label("", "label", wrap=False)
        self.selected = kit.label("", "label", wrap=False)
        self.clear = kit.button(tr("Clear"), role="quiet", does=clear)
        self.clear.setAccessibleName(tr("Clear the selection"))
        self.setLayout(kit.row(self.shown, None, self.selected, self.clear))
        self.hide()

    def say(self, shown: int | None, total: int | None, picked: Picked) -> None:
        """Say how many are shown (None: all of them), of how many, and how many are selected."""
        many = picked.every or picked.count > 1
        if shown is None:
            text = ""
        elif total is None:
            text = tr("{shown} shown", shown=f"{shown:,}")
        else:
            text = tr("{shown} of {total} shown", shown=f"{shown:,}", total=f"{total:,}")
        self.shown.setText(text)
        said = tr("All {n} selected") if picked.every else tr("{n} selected")
        self.selected.setText(said.format(n=f"{picked.count:,}"))
        self.selected.setVisible(many)
        self.clear.setVisible(many)
        self.setVisible(many or bool(text))


class Nothing(QWidget):
    """A list in which nothing was found, with the way to see everything again."""

    def __init__(self, everything: Callable[[], object]) -> None:
        super().__init__()
        self.words = kit.label("", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.everything = kit.button(tr("Show everything"), role="quiet", does=everything)
        row = kit.row(None, self.everything, None)
        self.setLayout(kit.column(None, self.words, row, None, space=8, margin=16))

    def say(self, search: str, word: str) -> None:
        """Say what was searched for and under which filter; both may be empty."""
        if search and word:
            text = tr("Nothing under “{filter}” matches “{search}”.", filter=word, search=search)
        elif search:
            text = tr("Nothing here matches “{search}”.", search=search)
        else:
            text = tr("Nobody and nothing under “{filter}”.", filter=word)
        self.words.setText(text)
