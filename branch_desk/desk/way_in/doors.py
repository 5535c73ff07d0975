"""The first screen: start a branch, open one, look round the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
)

from branch_desk.desk import icons, kit
from branch_desk.desk.way_in.screen import Screen

if TYPE_CHECKING:
    from branch_desk.desk.remembered import Remembered

FILES = "Branch files (*.branch);;All files (*)"


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
