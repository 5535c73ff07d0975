"""The first two steps of a new branch: its name, kind and place; then its passphrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal

from branch_desk.desk import ask, files, kit
from branch_desk.desk.forms import Choice
from branch_desk.desk.tr import mark, tr
from branch_desk.desk.way_in.answers import Answer
from branch_desk.desk.way_in.new_passphrase import NewPassphrase
from branch_desk.desk.way_in.screen import Screen, Trail
from branch_desk.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.program import Program
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store

FILES = mark("Branch files (*.branch);;All files (*)")
ENDING = ".branch"


def usual_folder() -> Path:
    """Return the user's documents, or their home where there is no such folder."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    found = [Path(each) for each in places if Path(each).is_dir()]
    return found[0] if found else Path.home()


@dataclass(slots=True)
class Plan:
    """What was said of a branch before its file exists."""

    name: str = ""
    kind: str = ""
    chosen: Path | None = None
    folder: Path = field(default_factory=usual_folder)

    @property
    def path(self) -> Path:
        """Where the file is to be made: where it was said, or under its name in the folder."""
        return self.chosen or self.folder / files.file_name(self.name or tr("Branch"), ENDING)


class Naming(Screen):
    """What the branch is called, what kind it is, and where its file is kept."""

    named = Signal(object)

    def __init__(
        self, plan: Plan, kinds: Sequence[tuple[str, str]], trail: Trail | None = None
    ) -> None:
        super().__init__(
            tr("Start a branch"),
            tr("Five short steps, about five minutes. Everything is kept in one encrypted file."),
            width=560,
            trail=trail,
        )
        self.plan = plan
        self.name = Answer(tr("Name of the branch"))
        self.name.start(plan.name)
        self.kind = Choice(
            tr("What kind of branch it is"),
            [(key, tr(word)) for key, word in kinds],
            hint=tr("The usual rules of its kind are proposed in step 3; nothing else follows."),
        )
        if not kinds:
            self.kind.hide()
        self.kind.start(plan.kind or (kinds[0][0] if kinds else ""))
        self.place = kit.label("", "muted")
        self.place.setAccessibleName(tr("Where the file is kept"))
        self.elsewhere = kit.button(tr("Keep it somewhere else…"), "folder-open", does=self.choose)
        self.go = kit.button(tr("Next: its passphrase"), role="primary", does=self.next)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.name.typed.connect(self._follow)
        self.name.edit.returnPressed.connect(self.go.click)
        for part in (self.name, self.kind, kit.label(tr("Its file"), "label"), self.place):
            self.inner.addWidget(part)
        self.inner.addLayout(kit.row(self.elsewhere, None))
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self._follow(plan.name)
        self.name.setFocus()

    def _follow(self, name: str) -> None:
        self.plan.name = name.strip()
        if self.plan.name:
            self.name.complain("")
        self.place.setText(str(self.plan.path))

    def choose(self) -> None:
        """Ask for another place."""
        ask.file_to_save(
            self, tr("Keep the branch file"), str(self.plan.path), tr(FILES), self.keep_at
        )

    def keep_at(self, path: Path) -> None:
        """Keep the file there."""
        self.plan.chosen = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        self._follow(self.name.text())

    def next(self) -> None:
        """Go on if the branch has a name and its file a place."""
        self.notice.hide()
        self.plan.kind = self.kind.text()
        self.name.complain("" if self.plan.name else tr("A branch needs a name."))
        if not self.plan.name:
            self.name.setFocus()
        elif self.plan.path.exists():
            self.name.complain(
                tr("There is already a file of this name there; take another name or place.")
            )
        elif not self.plan.path.parent.is_dir():
            self.fail(NotFound(self.plan.path.parent))
        else:
            self.named.emit(self.plan)


class Securing(Screen):
    """The new branch's passphrase; with it the file is made."""

    made = Signal(object)

    def __init__(
        self, plan: Plan, program: Program, workers: Workers, trail: Trail | None = None
    ) -> None:
        super().__init__(
            tr("Choose a passphrase"),
            tr(
                "Only it opens the file of {name}. It cannot be sent to you again; the recovery "
                "sheet that comes next is the only other way in.",
                name=plan.name,
            ),
            width=560,
            trail=trail,
        )
        self._plan, self._program, self._workers = plan, program, workers
        self.new = NewPassphrase(workers)
        self.new.know(plan.name, *plan.name.split())
        self.go = kit.button(tr("Make the file"), "lock", role="primary", does=self.make)
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.new.entered.connect(self.make)
        self.inner.addWidget(self.new)
        self.inner.addLayout(kit.row(self.back, None, self.go))
        self.new.first.setFocus()

    def make(self) -> None:
        """Make the file; the key is derived off the main thread."""
        if not self.go.isEnabled() or not self.new.is_complete():
            return
        path, name, passphrase = self._plan.path, self._plan.name, self.new.text()
        self.notice.hide()
        self._wait(waits=True)
        self._workers.quick(
            "make",
            lambda: self._program.create(path, passphrase, name),
            self._made,
            failed=self._failed,
            owner=self,
        )

    def _wait(self, *, waits: bool) -> None:
        self.go.setEnabled(not waits)
        self.back.setEnabled(not waits)

    def _made(self, store: Store) -> None:
        self.new.start("")
        self.made.emit(store)

    def _failed(self, error: Exception) -> None:
        self._wait(waits=False)
        self.fail(error)

    def escaped(self) -> None:
        """Go back, unless the file is being made."""
        if self.back.isEnabled():
            self.left.emit()
