"""The steps of a new branch that follow its passphrase; what is in them is told from above.

Each is done with the branch file open, so nothing done is lost if the program ends in the middle:
the desk remembers, outside the file, at which step it was, and goes on there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit
from branch_desk.desk.remembered import key_of
from branch_desk.desk.tr import mark, tr
from branch_desk.desk.way_in.screen import Screen, Trail

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.session import Session

BEFORE = (mark("Name"), mark("Passphrase"))


class StepBody(QWidget):
    """What a step asks for; `go` does it and emits `finished` with what was done, in a sentence.

    `verb` is the word on the button that goes; `ready` says whether it can be pressed.
    """

    finished = Signal(str)
    ready = Signal(bool)
    widened = Signal(int)  # it needs another width from now on
    verb = ""
    is_ready = True
    wide = 640

    def go(self) -> None:
        """Do what was asked for."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: its word in the row, its title, a line on it, and what makes its body.

    `make(session, kind)` gets the kind of branch as it was chosen in the first step, or nothing.
    """

    name: str
    title: str
    text: str
    make: Callable[[Session, str], StepBody]


def trail(steps: Sequence[FirstStep], at: int, skipped: Collection[int] = ()) -> Trail:
    """Return the row of all steps with the one at a place as the present one."""
    return Trail([tr(each) for each in (*BEFORE, *(step.name for step in steps))], at, skipped)


class StepScreen(Screen):
    """One step of the new branch: its body, Back, Skip, and the button that does it."""

    done = Signal(str)
    skipped = Signal()

    def __init__(
        self, session: Session, step: FirstStep, kind: str, done: Sequence[str], row: Trail
    ) -> None:
        self.body = step.make(session, kind)
        super().__init__(tr(step.title), tr(step.text), width=self.body.wide, trail=row)
        self.go = kit.button(tr(self.body.verb), role="primary", does=self.body.go)
        self.go.setEnabled(self.body.is_ready)
        self.skip = kit.button(tr("Skip this step"), role="quiet", does=self.skipped.emit)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.before = kit.label("\n".join(done), "muted")
        if not done:
            self.before.hide()
        self.inner.addWidget(self.before)
        self.inner.addWidget(self.body)
        self.inner.addLayout(kit.row(self.back, None, self.skip, self.go))
        self.body.finished.connect(self.done)
        self.body.ready.connect(self.go.setEnabled)
        self.body.widened.connect(self._widen)
        session.failed.connect(self.notice.show_text)
        self.body.setFocus()

    def _widen(self, width: int) -> None:
        """Leave the body the room: what it is about is known by now."""
        self.set_width(width)
        self.lead.hide()
        self.before.hide()

    def escaped(self) -> None:
        """Skip the step: the branch is there already, and everything can be done later."""
        self.skipped.emit()


class Progressed:
    """Remembers outside the branch file how far the assistant had come with it."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered

    def at(self, path: Path) -> int | None:
        """Return which step of those told from above is next; None where it is through."""
        kept = self._remembered.text(key_of("first steps", path))
        return int(kept) if kept.isdecimal() else None

    def keep(self, path: Path, at: int | None) -> None:
        """Remember which step is next, or that there is none."""
        self._remembered.keep(key_of("first steps", path), "" if at is None else str(at))
