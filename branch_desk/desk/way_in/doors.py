"""The first screen: start a branch, open one, look round the demo."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QSizePolicy

from branch_desk.desk import ask, icons, kit, words
from branch_desk.desk.tr import mark, tr
from branch_desk.desk.way_in.screen import Screen

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from branch_desk.desk.remembered import Remembered

FILES = mark("Branch files (*.branch);;All files (*)")
MOST = 5


class Door(QPushButton):
    """A large button: a picture, what it does, and one line on what happens then."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "door")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(False)
        picture = QLabel()
        picture.setAccessibleName(title)
        picture.setPixmap(icons.icon(icon, "accent_text").pixmap(QSize(28, 28)))
        told = kit.column(kit.label(title, "heading"), kit.label(text, "muted"), space=2)
        layout = kit.row(picture, told, space=16, margin=16)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter opens a door too, not the space bar alone; the arrows walk along them."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)


class Recent(QFrame):
    """A file that was opened lately: its name, its folder, when, and a way to take it off."""

    chosen = Signal(object)
    taken_off = Signal(object)

    def __init__(self, path: Path, opened: datetime | None) -> None:
        super().__init__()
        self.path = path
        self.opener = kit.button(path.name.replace("&", "&&"), "file-text", role="row")
        self.folder = kit.label(str(path.parent), "label", wrap=False)
        self.folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.folder.setToolTip(kit.tip(str(path.parent)))
        there = path.exists()
        self.when = kit.label(
            _when(opened) if there else tr("not there any more"), "label", wrap=False
        )
        self.opener.setEnabled(there)
        self.opener.setAccessibleName(path.name)
        self.opener.setAccessibleDescription(f"{path.parent}, {self.when.text()}")
        self.opener.clicked.connect(lambda *_: self.chosen.emit(path))
        self.off = kit.button("", "x", role="quiet", does=lambda: self.taken_off.emit(path))
        self.off.setAccessibleName(tr("Take {name} off the list", name=path.name))
        self.off.setToolTip(tr("Take it off the list; the file stays where it is"))
        layout = kit.row(self.opener, self.folder, self.when, self.off, space=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: as much of the folder as there is room for."""
        super().resizeEvent(event)
        metrics, middle = self.folder.fontMetrics(), Qt.TextElideMode.ElideMiddle
        room = self.folder.width()
        self.folder.setText(metrics.elidedText(str(self.path.parent), middle, room))


def _when(opened: datetime | None) -> str:
    if opened is None:
        return ""
    today = datetime.now(UTC).astimezone().date()
    return words.from_today(opened.astimezone().date(), today)


class Doors(Screen):
    """Start a branch, open a branch, look round the demo branch."""

    start = Signal()
    chosen = Signal(object)
    demo = Signal()
    demo_again = Signal()

    def __init__(self, remembered: Remembered) -> None:
        super().__init__(
            "Branch Desk",
            tr(
                "Members, motions, meetings, letters and leaflets of your branch, in one "
                "encrypted file on this computer."
            ),
            width=560,
        )
        self.start_door = Door(
            "plus",
            tr("Start a branch"),
            tr("Name it, choose a passphrase, and bring in HQ's list."),
        )
        self.open_door = Door(
            "folder-open",
            tr("Open a branch"),
            tr("A .branch file on this computer; you can also drop it here."),
        )
        self.demo_door = Door(
            "compass",
            tr("Look round the demo branch"),
            tr("A made-up branch of 400 members. Change anything; nobody is real."),
        )
        self.start_door.clicked.connect(self.start)
        self.open_door.clicked.connect(self.browse)
        self.demo_door.clicked.connect(self.demo)
        self.remembered = remembered
        for door in (self.start_door, self.open_door, self.demo_door):
            self.inner.addWidget(door)
        self.again = kit.button(
            tr("Throw the demo away and start again"), role="quiet", does=self.demo_again.emit
        )
        if not (remembered.demo_folder() / "demo.branch").exists():
            self.again.hide()
        self.inner.addLayout(kit.row(None, self.again))
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Building the demo branch"))
        self.progress.hide()
        self.waiting = kit.label("", "muted")
        self.inner.addWidget(self.progress)
        self.inner.addWidget(self.waiting)
        self.recent = kit.column(space=2)
        self.inner.addLayout(self.recent)
        self.show_recent()
        self.start_door.setFocus()

    def show_recent(self) -> None:
        """List what was opened lately."""
        kit.clear(self.recent)
        listed = self.remembered.listed()[:MOST]
        if listed:
            self.recent.addWidget(kit.label(tr("Opened lately"), "heading"))
        for path in listed:
            row = Recent(path, self.remembered.opened_at(path))
            row.chosen.connect(self.chosen)
            row.taken_off.connect(partial(self.take_off))
            self.recent.addWidget(row)

    def take_off(self, path: Path) -> None:
        """Take a file off the list; the file itself stays."""
        self.remembered.forget(path)
        self.show_recent()
        self.open_door.setFocus()

    def browse(self) -> None:
        """Ask for a branch file."""
        recent = self.remembered.recent()
        start = str(recent[0].parent if recent else Path.home())
        ask.file_to_open(self, tr("Open a branch"), start, tr(FILES), self.chosen.emit)

    def wait(self, text: str) -> None:
        """Say that something is being done; empty when it is over."""
        self.waiting.setText(text)
        self.progress.setVisible(bool(text))
        for door in (self.start_door, self.open_door, self.demo_door, self.again):
            door.setEnabled(not text)
