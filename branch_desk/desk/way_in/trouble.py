"""A branch file that cannot be opened: what is wrong with it, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from branch_desk.desk import icons, kit
from branch_desk.desk.tr import mark, tr
from branch_desk.desk.way_in.screen import Screen
from branch_desk.store import errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AGAIN, RESTORE, OTHER, COPY, FORGET = "again", "restore", "other", "copy", "forget"
WORDS = {
    AGAIN: mark("Try again"),
    RESTORE: mark("Restore a backup…"),
    OTHER: mark("Choose another file…"),
    COPY: mark("Copy it to another folder…"),
    FORGET: mark("Take it off the list"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A heading for a kind of trouble, what happens to the file meanwhile, and the ways on."""

    title: str
    calm: str
    ways: tuple[str, ...]


DAMAGED = Way(
    mark("The file is damaged"),
    mark("The damaged file is kept under another name; nothing is thrown away."),
    (RESTORE, AGAIN, OTHER),
)
READ_ONLY = Way(
    mark("The file cannot be written here"),
    mark("The desk writes every change at once, so it does not open what it cannot write."),
    (COPY, AGAIN, OTHER),
)
NOT_OURS = Way(mark("This is not a branch file"), mark("It was left as it is."), (OTHER,))
WAYS: Mapping[type[errors.DeskError], Way] = {
    errors.InUse: Way(
        mark("The branch is open elsewhere"),
        mark("One person at a time works on a branch, so that nobody's work is overwritten."),
        (AGAIN, OTHER),
    ),
    errors.Damaged: DAMAGED,
    errors.Truncated: DAMAGED,
    errors.Unreadable: DAMAGED,
    errors.EmptyFile: Way(
        mark("The file is empty"),
        mark("A backup put in its place brings everything back up to its day."),
        (RESTORE, AGAIN, OTHER),
    ),
    errors.NewerRelease: Way(
        mark("A newer Branch Desk is needed"),
        mark("This release does not know all that is in the file, so it leaves it alone."),
        (AGAIN, OTHER),
    ),
    errors.PlainDatabase: NOT_OURS,
    errors.NotABranchFile: NOT_OURS,
    errors.NotAFile: NOT_OURS,
    errors.ReadOnlyFile: READ_ONLY,
    errors.ReadOnlyFolder: READ_ONLY,
    errors.NoLocking: READ_ONLY,
    errors.NotFound: Way(
        mark("The file is not there"),
        mark("It may have been moved or renamed, or its drive is not plugged in."),
        (OTHER, AGAIN, RESTORE, FORGET),
    ),
    errors.DiskFull: Way(
        mark("The disk is full"),
        mark("Nothing is lost: what was stored before is stored."),
        (AGAIN, OTHER),
    ),
}


def way(error: Exception) -> Way | None:
    """Return what to show for an error; None for one that has no screen of its own."""
    return WAYS.get(type(error)) if isinstance(error, errors.DeskError) else None


class Trouble(Screen):
    """Says what is wrong with a file, and offers each way on as a button; the first is primary."""

    chosen = Signal(str)

    def __init__(self, path: Path, error: Exception, shown: Way) -> None:
        super().__init__(tr(shown.title), width=560)
        self.path = path
        self.said = kit.label(str(error), "lead")
        calm = kit.label(tr(shown.calm), "muted")
        place = kit.label(str(path), "label")
        place.setAccessibleName(tr("The file"))
        picture = QLabel()
        picture.setAccessibleName(tr(shown.title))
        picture.setPixmap(icons.icon("triangle-alert", "warning").pixmap(QSize(28, 28)))
        words = kit.column(self.said, calm, place, space=8)
        told = kit.row(picture, space=16)
        told.addLayout(words, 1)
        self.inner.addWidget(kit.box(_within(told), "card"))
        self.buttons = {}
        rows = [kit.row(space=8), kit.row(space=8)]  # no more than two, or large letters are cut
        for at, each in enumerate(shown.ways):
            made = kit.button(tr(WORDS[each]), role="primary" if not at else "")
            made.clicked.connect(lambda _=False, each=each: self.chosen.emit(each))
            self.buttons[each] = made
            rows[at // 2].addWidget(made)
        for row in rows:
            row.addStretch(1)
            self.inner.addLayout(row)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.inner.addLayout(kit.row(self.back, None))
        self.buttons[shown.ways[0]].setFocus()


def _within(layout: QHBoxLayout) -> QHBoxLayout:
    layout.setContentsMargins(16, 16, 16, 16)
    return layout
