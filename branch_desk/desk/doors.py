"""The way in: three doors on the first run, a new branch, the recovery sheet, the passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import icons, kit
from branch_desk.desk.forms import Line
from branch_desk.desk.preview import Preview
from branch_desk.store.errors import AlreadyExists, DeskError, Invalid

if TYPE_CHECKING:
    from branch_desk.desk.program import Program
    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store

LEAST_PASSPHRASE = 8
FILES = "Branch files (*.branch);;All files (*)"


def agree(first: Line, second: Line) -> bool:
    """Say under two fields for a new passphrase what is wrong with it; whether nothing is."""
    short = len(first.text()) < LEAST_PASSPHRASE
    first.complain(f"Take at least {LEAST_PASSPHRASE} characters." if short else "")
    same = first.text() == second.text()
    second.complain("" if same else "The two are not the same.")
    return same and not short


class Screen(QWidget):
    """One screen before the desk: a narrow column in the middle of the window."""

    def __init__(self, title: str, text: str = "", *, width: int = 460) -> None:
        super().__init__()
        self.setObjectName("doors")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.notice = kit.Notice()
        self.inner = kit.column(kit.label(title, "display"), space=12)
        if text:
            self.inner.addWidget(kit.label(text, "lead"))
        self.inner.addWidget(self.notice)
        middle = QWidget()
        middle.setLayout(self.inner)
        middle.setMaximumWidth(width)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        across = kit.row(None, middle, None, margin=24)
        across.setStretchFactor(middle, 20)
        down = QVBoxLayout()
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        holder.setLayout(down)
        self.setLayout(kit.column(kit.scrolled(holder)))

    def fail(self, error: Exception) -> None:
        """Say what stood in the way; raise what is our own fault."""
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text(str(error))


class Door(QPushButton):
    """A large button: a picture, what it does, and one line on what happens then."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "door")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(False)
        picture = QLabel()
        picture.setPixmap(icons.icon(icon, "accent_text").pixmap(QSize(28, 28)))
        words = kit.column(kit.label(title, "heading"), kit.label(text, "muted"), space=2)
        layout = kit.row(picture, words, space=16, margin=16)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Qt's: as tall as the words need."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Qt's: nothing is cut."""
        return self.sizeHint()


class Doors(Screen):
    """Start a branch, open a branch, look round the demo branch."""

    start = Signal()
    chosen = Signal(object)
    demo = Signal()

    def __init__(self, remembered: Remembered) -> None:
        super().__init__(
            "Branch Desk",
            "Members, motions, meetings, letters and leaflets of your branch, in one encrypted "
            "file on this computer.",
            width=560,
        )
        self.start_door = Door(
            "plus", "Start a branch", "Name it, choose a passphrase, and bring in HQ's list."
        )
        self.open_door = Door("folder-open", "Open a branch", "A .branch file on this computer.")
        self.demo_door = Door(
            "compass",
            "Look round the demo branch",
            "A made-up branch of 400 members. Change anything; nobody is real.",
        )
        self.start_door.clicked.connect(self.start)
        self.open_door.clicked.connect(self.browse)
        self.demo_door.clicked.connect(self.demo)
        self.remembered = remembered
        for door in (self.start_door, self.open_door, self.demo_door):
            self.inner.addWidget(door)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Building the demo branch")
        self.progress.hide()
        self.waiting = kit.label("", "muted")
        self.inner.addWidget(self.progress)
        self.inner.addWidget(self.waiting)
        recent = remembered.recent()
        if recent:
            self.inner.addWidget(kit.label("Opened lately", "heading"))
        for path in recent[:5]:
            opener = kit.button(f"{path.name}   {path.parent}", "file-text", role="row")
            opener.clicked.connect(lambda _=False, path=path: self.chosen.emit(path))
            self.inner.addWidget(opener)
        self.start_door.setFocus()

    def browse(self) -> None:
        """Ask for a branch file."""
        recent = self.remembered.recent()
        start = str(recent[0].parent if recent else Path.home())
        path, _ = QFileDialog.getOpenFileName(self, "Open a branch", start, FILES)
        if path:
            self.chosen.emit(Path(path))

    def wait(self, text: str) -> None:
        """Say that something is being done; empty when it is over."""
        self.waiting.setText(text)
        self.progress.setVisible(bool(text))
        for door in (self.start_door, self.open_door, self.demo_door):
            door.setEnabled(not text)


class NewBranch(Screen):
    """A branch's name and its passphrase, twice."""

    made = Signal(object)
    left = Signal()

    def __init__(self, program: Program, workers: Workers) -> None:
        super().__init__(
            "Start a branch",
            "Everything is kept in one file that only your passphrase opens.",
        )
        self._program, self._workers = program, workers
        self.name = Line("Name of the branch")
        self.first = Line(
            "Passphrase",
            secret=True,
            hint="Several words you can remember and others cannot guess. It cannot be sent to "
            "you again; the recovery sheet that comes next is the only other way in.",
        )
        self.second = Line("The passphrase once more", secret=True)
        self.go = kit.button("Choose where to keep it…", role="primary", does=self.choose)
        back = kit.button("Back", "chevron-left", role="quiet", does=self.left.emit)
        for field in (self.name, self.first, self.second):
            field.edit.returnPressed.connect(self.go.click)
            self.inner.addWidget(field)
        self.inner.addLayout(kit.row(back, None, self.go))
        self.name.setFocus()

    def is_complete(self) -> bool:
        """Say under each field what is missing; whether nothing is."""
        name = "" if self.name.text().strip() else "A branch needs a name."
        self.name.complain(name)
        return agree(self.first, self.second) and not name

    def choose(self) -> None:
        """Ask for the place of the file, then make it."""
        if not self.is_complete():
            return
        offered = str(Path.home() / f"{self.name.text().strip().replace('/', ' ')}.branch")
        path, _ = QFileDialog.getSaveFileName(self, "Keep the branch file", offered, FILES)
        if path:
            self.make(Path(path))

    def make(self, path: Path) -> None:
        """Make the file; the key is derived off the main thread."""
        path = path if path.suffix == ".branch" else path.with_name(path.name + ".branch")
        if path.exists():
            self.fail(AlreadyExists(path))
            return
        name, passphrase = self.name.text().strip(), self.first.text()
        self.go.setEnabled(False)
        self._workers.quick(
            "make",
            lambda: self._program.create(path, passphrase, name),
            self._made,
            failed=self._failed,
            owner=self,
        )

    def _made(self, store: Store) -> None:
        self.first.start("")
        self.second.start("")
        self.made.emit(store)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.fail(error)


class Sheet(Screen):
    """The recovery sheet, to print or save before the desk opens."""

    kept = Signal()

    def __init__(self, session: Session, name: str, *, again: bool = False) -> None:
        older = (
            " The passphrase is changed. Backups made before now still open with the old one and "
            "the old sheet; destroy those you no longer need."
        )
        super().__init__(
            "Your new recovery sheet" if again else "Your recovery sheet",
            "If the passphrase is ever forgotten, only this opens the file. Print it or save it "
            "on a stick, and keep it away from this computer." + (older if again else ""),
            width=760,
        )
        from branch_desk.desk import sheet

        store = session.store
        grid = QGridLayout()
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(24)
        for down, groups in enumerate(sheet.groups(store.key.sheet())):
            for across, group in enumerate(groups):
                cell = kit.label(group, "code", wrap=False)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, down, across)
        self.inner.addWidget(kit.box(grid, "card"))
        self.preview = Preview(session, "recovery sheet", large_print=False)
        self.preview.view.hide()
        paper = sheet.document(name, store.path.name, store.key.sheet(), store.today())
        self.preview.show_paper(lambda _: _render(paper), f"Recovery sheet of {name}")
        self.inner.addWidget(self.preview)
        self.go = kit.button("I have kept it: open the desk", does=self.kept.emit)
        self.inner.addLayout(kit.row(None, self.go))


def _render(paper: object) -> bytes:
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.render import render

    if not isinstance(paper, Document):
        raise TypeError("not a paper")
    return render(paper)


class Unlock(Screen):
    """The passphrase of a file; `name` is left out after a lock, when nothing may be shown."""

    opened = Signal(object)
    left = Signal()
    sheet_asked = Signal()

    def __init__(self, program: Program, workers: Workers, path: Path, *, locked: bool) -> None:
        title = "Locked" if locked else "Open a branch"
        text = "The branch is closed, and nothing of it is shown." if locked else path.name
        super().__init__(title, text)
        self._program, self._workers, self.path = program, workers, path
        hint = ""
        if path.name == "demo.branch" and not locked:
            hint = f"The passphrase of the demo branch is “{program.demo_passphrase}”."
        self.passphrase = Line("Passphrase", secret=True, hint=hint)
        self.passphrase.edit.returnPressed.connect(self.unlock)
        self.go = kit.button("Open", "lock", role="primary", does=self.unlock)
        other = kit.button("Another branch", "chevron-left", role="quiet", does=self.left.emit)
        self.caps = kit.label("", "label")
        self.inner.addWidget(self.passphrase)
        self.inner.addLayout(kit.row(other, None, self.go))
        self.forgotten = kit.button(
            "Open with the recovery sheet…", role="quiet", does=self.sheet_asked.emit
        )
        self.inner.addLayout(kit.row(self.forgotten, None))
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Derive the key off the main thread and open the file."""
        if not self.go.isEnabled():
            return
        passphrase = self.passphrase.text()
        if not passphrase:
            self.fail(Invalid("Type the passphrase of this branch."))
            return
        self.notice.hide()
        self.go.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._workers.quick(
            "unlock",
            lambda: self._program.open(self.path, passphrase),
            self._opened,
            failed=self._failed,
            owner=self,
        )

    def _opened(self, store: Store) -> None:
        self.passphrase.start("")
        self.opened.emit(store)

    def _failed(self, error: Exception) -> None:
        self.unsetCursor()
        self.go.setEnabled(True)
        self.passphrase.edit.selectAll()
        self.passphrase.setFocus()
        self.fail(error)


class DemoBuilding(QProcess):
    """Builds the demo branch in a process of its own, so that the window goes on answering."""

    built = Signal(object)
    refused = Signal(str)

    def __init__(self, program: Program, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = folder / "demo.branch"
        command = [*program.demo(folder)]
        self.setProgram(command[0])
        self.setArguments(command[1:])
        self.finished.connect(self._finished)
        self.errorOccurred.connect(self._broken)

    def _finished(self, code: int) -> None:
        if code == 0 and self._file.exists():
            self.built.emit(self._file)
        else:
            said = bytes(self.readAllStandardError().data()).decode(errors="replace").strip()
            self.refused.emit(said.splitlines()[-1] if said else "The demo could not be built.")

    def _broken(self) -> None:
        if self.state() == QProcess.ProcessState.NotRunning:
            self.refused.emit(f"The demo could not be built: {self.errorString()}.")
