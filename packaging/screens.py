"""Take a picture of every page and every question of the window, to be looked at one by one.

    python packaging/screens.py [--branch NAME] [--view VIEW] [--part PART] [--only WORD]

Light and dark, at 1280 by 800, at 1024 by 640 and with text at 200 %, on branches of nobody, of one
member with a hostile name, of 400, of 400 with hostile names, and of 100,000; on that of 400 also
every question, the way in, what goes wrong there, and what comes over a page. The pictures go to
`build/screens/`, which is not kept; `--view dark-1280` takes one way of looking, `--only` those
pictures with that word in branch, view or name.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from datetime import date, datetime
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from screens_way_in import WayIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAction, QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from branch_desk.desk.window import Window
    from branch_desk.store.store import Store

OUT = Path("build/screens")
ON = date(2026, 5, 18)
NOW = datetime(2026, 5, 18, 9, 0, tzinfo=ZoneInfo("Europe/London"))
VIEWS = ((1280, 800, 100), (1024, 640, 100), (1280, 800, 200))
LOOKS = ("light", "dark")
PARTS = ("pages", "one", "over", "review", "questions", "way in")
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
            for row_id in store.column(f"SELECT id FROM {table} LIMIT 3"):  # noqa: S608
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

    def wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Let the window work until something holds."""
        from PySide6.QtCore import QDeadlineTimer

        deadline = QDeadlineTimer(MOST_SECONDS * 1000)
        while not until():
            self.app.processEvents()
            if deadline.hasExpired():
                raise SystemExit(f"After {MOST_SECONDS} s: {otherwise}.")

    def settle(self) -> None:
        """Wait until what is shown has been read, laid out and drawn."""
        from PySide6.QtCore import QDeadlineTimer

        calm = QDeadlineTimer(600)  # longer than a page waits before it asks
        self.wait(lambda: calm.hasExpired() and self._idle(), "the window was not ready")

    def _idle(self) -> bool:
        from branch_desk.desk.preview import PdfView

        session = self.window.session
        views = [each for each in self.window.findChildren(PdfView) if each.isVisible()]
        drawn = all(each.is_drawn for each in views)
        return drawn and (session is None or session.workers.idle)

    def wants(self, name: str) -> bool:
        """Whether a picture was asked for."""
        return self.only in f"{self.folder.parent.name}/{self.folder.name}/{name.lower()}"

    def take(self, name: str, over: QWidget | None = None) -> None:
        """Take a picture of the window, with whatever stands over it."""
        if not self.wants(name):
            return
        self.window.activateWindow()
        self.settle()
        picture = self.window.grab()
        if over is not None and over is not self.window:
            from PySide6.QtGui import QColor, QPainter

            shown = over.grab()
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            painter.drawPixmap(picture.rect().center() - shown.rect().center(), shown)
            painter.end()
        self.keep(name, picture)

    def keep(self, name: str, picture: QPixmap) -> None:
        """Write a picture down under its name."""
        if self.wants(name):
            self.folder.mkdir(parents=True, exist_ok=True)
            file = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
            picture.save(str(self.folder / f"{file}.png"))
            self.taken += 1

    def pages(self) -> None:
        """Take every page, and each tab of it."""
        for entry in self.window.program.entries:
            self.window.show_page(entry.name)
            self.take(entry.name)
            self._tabs(entry.name)

    def _tabs(self, page: str) -> None:
        from PySide6.QtWidgets import QTabWidget

        workspace = self.window.workspace
        tabs = [] if workspace is None else workspace.page.findChildren(QTabWidget)
        for each in [tab for tab in tabs if tab.isVisible()]:
            first = each.currentIndex()
            for at in range(each.count()):
                if at != first:
                    each.setCurrentIndex(at)
                    self.take(f"{page}, {each.tabText(at)}")
            each.setCurrentIndex(first)

    def folded(self) -> None:
        """Take the detail of every page that shows it over its list, there is no room beside."""
        from branch_desk.desk.page import ListPage

        for entry in self.window.program.entries:
            self.window.show_page(entry.name)
            self.settle()
            page = self.window.workspace and self.window.workspace.page
            if isinstance(page, ListPage) and not page.right.isVisible():
                page.table.choose_row(0)
                page.open_detail()
                self.take(f"{entry.name}, one")
                self._tabs(f"{entry.name}, one")

    def over_the_pages(self) -> None:
        """Take what comes over any page: the command box, what is said, and the manual."""
        from PySide6.QtWidgets import QLineEdit

        window = self.window
        session, workspace = window.session, window.workspace
        if session is None or workspace is None:
            raise SystemExit("No branch is open.")
        window.show_page("Members")
        window.go_to_anything()
        self.take("command box")
        for edit in window.findChildren(QLineEdit):
            if edit.isVisible() and edit.hasFocus():
                edit.setText("li")
        self.take("command box, typed into")
        window.go_to_anything()
        session.said.emit("31 labels are on their way to the printer.")
        session.undoable.emit("Deleted motion 2026/04.")
        self.take("toasts")
        session.failed.emit("The printer did not answer. Look whether it is switched on.")
        self.take("notice")
        workspace.notice.hide()
        for page in ("index", "keyboard"):
            window.show_manual(page)
            self.settle()
            for shown in self.app.topLevelWidgets():
                if shown.isVisible() and shown is not window:
                    self.keep(f"manual {page}", shown.grab())
                    shown.close()

    def review(self, path: Path) -> None:
        """Take the review of a list from HQ, heap by heap."""
        from pictures_pages import hq_list

        from branch_desk.members.page.review import ReviewPanel

        file = path.with_name("highfield.csv")
        file.write_text(hq_list(), encoding="utf-8", newline="")
        self.window.show_page("Members")
        self.settle()
        page = self.window.workspace and self.window.workspace.page
        if page is None:
            raise SystemExit("No branch is open.")
        page.drop([str(file)])
        self.wait(lambda: bool(self.window.findChildren(ReviewPanel)), "no review was shown")
        (panel,) = self.window.findChildren(ReviewPanel)
        self.settle()
        for number, heap in enumerate(panel.tabs.buttons()):
            if heap.isEnabled():
                panel.show_heap(number)
                self.take(f"review {number}")
        self.window.show_page("Today")

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
        if not self.wants(f"{page} {act.text()}"):
            return
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


def main(words: list[str]) -> int:
    """Take the pictures that were asked for; returns the exit code."""
    reader = argparse.ArgumentParser(description="Take a picture of every screen.")
    reader.add_argument("--only", default="", help="branches or screens with this in their name")
    reader.add_argument("--branch", default="", choices=["", *BRANCHES])
    reader.add_argument("--view", default="", help="those that begin so: light, dark-1024")
    reader.add_argument("--part", default="", choices=["", *PARTS])
    reader.add_argument("--out", default=str(OUT), help="the folder the pictures go to")
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
            for mode, (width, height, percent) in product(LOOKS, VIEWS):
                view = f"{mode}-{width}x{height}-{percent}"
                if not view.startswith(given.view):
                    continue
                look.set_mode(mode)
                window = Window(program.program(), look, Remembered())
                window.set_percent(percent)
                window.resize(width, height)
                window.show()
                camera = Camera(app, window, Path(given.out) / name / view, given.only)
                window.show_store(_opened(path))
                parts: dict[str, Callable[[], None]] = {
                    "pages": camera.pages,
                    "one": camera.folded,
                }
                if name == "400":
                    parts["over"] = camera.over_the_pages
                    parts["review"] = partial(camera.review, path)
                    parts["questions"] = camera.questions
                    parts["way in"] = WayIn(camera, path, partial(_opened, path), NOW).take
                for part, take in parts.items():
                    if given.part in {"", part}:
                        take()
                window.close()
                print(f"{view} of {name}: {camera.taken} pictures", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
