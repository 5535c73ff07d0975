"""The real window on a demo branch made for it, without a display, to take pictures of."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from branch_desk.desk.page import Page
    from branch_desk.desk.window import Window
    from branch_desk.store.store import Store

Shown = TypeVar("Shown", bound="QWidget")
BUILT = date(2026, 5, 14)
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 18, 19, 30, tzinfo=LONDON)
SIZE = 1280, 800
MOST_SECONDS = 60


class Desk:
    """The real window on the demo branch, and the branch itself."""

    def __init__(self, app: QApplication, window: Window, store: Store) -> None:
        self.app, self.window, self.store = app, window, store

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        from PySide6.QtCore import QDeadlineTimer

        deadline = QDeadlineTimer(MOST_SECONDS * 1000)
        while not until():
            if deadline.hasExpired():
                raise SystemExit(f"The window was not ready after {MOST_SECONDS} s.")
            self.app.processEvents()

    def settle(self) -> None:
        """Let the window finish what it has to read, to lay out and to draw."""
        from PySide6.QtCore import QDeadlineTimer

        from branch_desk.desk.preview import PdfView

        session = self.window.session
        if session is None:
            return
        for _ in range(3):
            pause = QDeadlineTimer(400)  # the longest that a page waits before it asks
            self.wait(pause.hasExpired)
            self.wait(lambda: session.workers.idle)
        views = [each for each in self.window.findChildren(PdfView) if each.isVisible()]
        self.wait(lambda: all(each.is_drawn for each in views))

    def page(self, name: str) -> Page:
        """Turn to a page and wait for it."""
        workspace = self.window.workspace
        if workspace is None:
            raise SystemExit("No branch is open.")
        workspace.show_page(name)
        workspace.notice.hide()
        self.settle()
        return workspace.page

    def one(self, kind: type[Shown]) -> Shown:
        """Wait for the one widget of a kind that is shown, and return it."""
        found: list[Shown] = []

        def there() -> bool:
            found[:] = [each for each in self.window.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.wait(there)
        return found[-1]

    def grab(self) -> Image.Image:
        """Take a picture of the window as it is now, without what was said of the acts before."""
        self.settle()
        if self.window.workspace is not None:
            self.window.workspace.toasts.clear()
        focused = self.app.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.app.processEvents()
        picture = self.window.grab().toImage()
        picture = picture.convertToFormat(picture.Format.Format_RGB888)
        size = picture.width(), picture.height()
        line = picture.bytesPerLine()
        return Image.frombytes("RGB", size, bytes(picture.constBits()), "raw", "RGB", line)


@contextmanager
def desk() -> Iterator[Desk]:
    """Build the demo branch in a temporary folder and open it in the window, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = LONDON.key  # hours are shown in the machine's zone
    time.tzset()
    for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="branch-desk-pictures-") as folder:
        os.environ["BRANCH_DESK_SETTINGS"] = folder

        from PySide6.QtWidgets import QApplication

        from branch_desk import app as program
        from branch_desk.demo import story
        from branch_desk.desk.remembered import Remembered
        from branch_desk.desk.theme import Look
        from branch_desk.desk.window import Window
        from branch_desk.slices import SLICES
        from branch_desk.store.store import Store

        path = story.build(Path(folder), seed=1, on=BUILT, progress=print)
        app = QApplication([])
        app.setCursorFlashTime(0)
        remembered = Remembered()
        window = Window(program.program(), Look(app, "light"), remembered)
        window.resize(*SIZE)
        window.show()
        store = Store.open(
            path,
            story.PASSPHRASE,
            SLICES,
            clock=lambda: NOW,
            random=Random(1),  # noqa: S311 -- a picture that can be drawn again, and no secret
            actor="Secretary",
        )
        try:
            yield Desk(app, window, store)
        finally:
            window.close()
            store.close()


def opened(shown: Desk) -> None:
    """Open the branch, unless it is open already."""
    if shown.window.workspace is None:
        shown.window.show_store(shown.store)
        shown.settle()
