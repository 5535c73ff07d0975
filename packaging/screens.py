"""Take a picture of every page and every question of the window, to be looked at one by one.

    python packaging/screens.py [--only WORD]

Light and dark, at 1280×800, at 1024×640 and with text at 200 %, on branches of nobody, of one
member with a hostile name, of 400, of 400 with hostile names, and of 100,000. The pictures go to
`build/screens/`, which is not kept; `--only` takes the branches or screens with that word in their
name.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QApplication, QWidget

    from branch_desk.desk.window import Window
    from branch_desk.store.store import Store

OUT = Path("build/screens")
ON = date(2026, 5, 18)
NOW = datetime(2026, 5, 18, 9, 0, tzinfo=ZoneInfo("Europe/London"))
VIEWS = ((1280, 800, 100), (1024, 640, 100), (1280, 800, 200))
LOOKS = ("light", "dark")
MOST_SECONDS = 60
HOSTILE = (
    ("Siân Ffion", "O'Brien-Ŵyn"),
    ('=HYPERLINK("x")', "<b>bold</b>"),
    ("A" * 100, "B" * 100),
    ("Robert'); DROP TABLE member;--", "\u202eesrever"),
    ("مريم", "الخوري"),
    ("", "Only-a-surname"),
)


def nobody(folder: Path) -> Path:
    """Make a branch with nothing in it but its name."""
    return _made(folder, lambda _: None)


def one(folder: Path) -> Path:
    """Make a branch of one member, whose name is 200 letters long."""
    from branch_desk.members import records

    return _made(folder, lambda store: records.add(store, forename="A" * 100, surname="B" * 100))


def demo(members: int) -> Callable[[Path], Path]:
    """Build the demo branch with so many members."""

    def make(folder: Path) -> Path:
        from branch_desk.demo import story

        return story.build(folder, members=members, seed=1, on=ON, progress=print)

    return make


def hostile(folder: Path) -> Path:
    """Build the demo branch and give everybody a name that breaks careless programs."""
    from branch_desk.members import records

    path = demo(400)(folder)
    with _opened(path) as store, store.change("Names that are hard to show") as change:
        for number, row_id in enumerate(records.ids(store)):
            forename, surname = HOSTILE[number % len(HOSTILE)]
            change.update("member", row_id, forename=forename, surname=surname)
        for table in ("motion", "thread", "meeting", "leaflet"):
            column = "subject" if table == "thread" else "title"
            for (row_id,) in store.rows(f"SELECT id FROM {table} LIMIT 3"):  # noqa: S608
                change.update(table, row_id, **{column: f"<b>bold</b> {'W' * 180} =1+1"})
    return path


BRANCHES: dict[str, Callable[[Path], Path]] = {
    "nobody": nobody,
    "one": one,
    "400": demo(400),
    "hostile": hostile,
    "100000": demo(100_000),
}


def _made(folder: Path, fill: Callable[[Store], object]) -> Path:
    from branch_desk import app
    from branch_desk.demo import story

    path = folder / "Highfield.branch"
    with app.create_branch(path, story.PASSPHRASE, "Highfield") as store:
        fill(store)
    return path


def _opened(path: Path) -> Store:
    from branch_desk.demo import story
    from branch_desk.slices import SLICES
    from branch_desk.store.store import Store

    return Store.open(
        path,
        story.PASSPHRASE,
        SLICES,
        clock=lambda: NOW,
        random=Random(1),  # noqa: S311 -- no secret
        actor="Secretary",
    )


class Camera:
    """Turns the window to each screen and takes its picture."""

    def __init__(self, app: QApplication, window: Window, folder: Path, only: str) -> None:
        self.app, self.window, self.folder, self.only = app, window, folder, only
        self.taken = 0

    def settle(self) -> None:
        """Wait until what is shown has been read, laid out and drawn."""
        from PySide6.QtCore import QDeadlineTimer

        deadline = QDeadlineTimer(MOST_SECONDS * 1000)
        calm = QDeadlineTimer(450)  # the longest that a page waits before it asks
        while not calm.hasExpired() or not self._idle():
            self.app.processEvents()
            if deadline.hasExpired():
                raise SystemExit(f"The window was not ready after {MOST_SECONDS} s.")

    def _idle(self) -> bool:
        session = self.window.session
        return session is None or session.workers.idle

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, with whatever stands over it."""
        if self.only and self.only not in f"{self.folder}/{name}":
            return
        self.settle()
        picture = self.window.grab()
        if widget is not None and widget is not self.window:
            from PySide6.QtGui import QColor, QPainter

            over = widget.grab()
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            painter.drawPixmap(picture.rect().center() - over.rect().center(), over)
            painter.end()
        self.folder.mkdir(parents=True, exist_ok=True)
        picture.save(str(self.folder / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.png"))
        self.taken += 1

    def pages(self) -> None:
        """Take every page."""
        for entry in self.window.program.entries:
            self.window.show_page(entry.name)
            self.take(entry.name)

    def questions(self) -> None:
        """Take what every entry of every page's menu opens, and the command box."""
        for entry in self.window.program.entries:
            self.window.show_page(entry.name)
            self.settle()
            for act in self._asking():
                self._question(entry.name, act)

    def _asking(self) -> Iterator[QAction]:
        workspace = self.window.workspace
        if workspace is not None:
            for act in [*workspace.page.actions_of_page(), *workspace.page.actions_around()]:
                if act.text().endswith("…") and act.isEnabled():
                    yield act

    def _question(self, page: str, act: QAction) -> None:
        act.trigger()
        self.settle()
        self.take(f"{page} {act.text()}", self.app.activeModalWidget())
        while (modal := self.app.activeModalWidget()) is not None:
            modal.close()
            self.app.processEvents()
        self.window.show_page("Today")
        self.window.show_page(page)
        page_shown = self.window.workspace and self.window.workspace.page
        if page_shown is not None and hasattr(page_shown, "uncover"):
            page_shown.uncover()

    def way_in(self) -> None:
        """Take the doors and the screens behind them."""
        self.window.lock()
        self.take("Locked")
        self.window.close_session()
        path = self.window.remembered.recent()[0]
        self.window.open_file(path)
        self.take("Unlock")
        self.window.start()
        self.take("Start a branch")


def main(words: list[str]) -> int:
    """Take the pictures that were asked for; returns the exit code."""
    reader = argparse.ArgumentParser(description="Take a picture of every screen.")
    reader.add_argument("--only", default="", help="branches or screens with this in their name")
    reader.add_argument("--branch", default="", choices=["", *BRANCHES])
    given = reader.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="branch-desk-screens-") as folder:
        os.environ["BRANCH_DESK_SETTINGS"] = folder
        from PySide6.QtWidgets import QApplication

        from branch_desk import app as program
        from branch_desk import machine
        from branch_desk.desk.remembered import Remembered
        from branch_desk.desk.theme import Look
        from branch_desk.desk.window import Window

        machine.clock = lambda: NOW
        app = QApplication([])
        look = Look(app, "light")
        for name, make in BRANCHES.items():
            if given.branch and name != given.branch:
                continue
            place = Path(folder) / name
            place.mkdir()
            path = make(place)
            for mode in LOOKS:
                for width, height, percent in VIEWS:
                    look.set_mode(mode)
                    look.set_percent(percent)
                    window = Window(program.program(), look, Remembered())
                    window.resize(width, height)
                    window.show()
                    view = OUT / name / f"{mode}-{width}x{height}-{percent}"
                    camera = Camera(app, window, view, given.only)
                    window.show_store(_opened(path))
                    camera.pages()
                    if name == "400":
                        camera.questions()
                        camera.way_in()
                    window.close()
                    print(f"{view}: {camera.taken} pictures", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
