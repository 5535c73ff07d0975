"""Render the pictures of README and manual afresh, from a demo branch built for it.

    .venv/bin/python packaging/pictures.py [NAME…]

Screens are the real window, drawn without a display at 1280 by 800; papers are pages of the real
PDFs. Day, hour and seed are fixed. With names, only those pictures are written.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    from branch_desk.desk.page import Page
    from branch_desk.desk.window import Window
    from branch_desk.store.store import Store

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "manual" / "pictures"
BUILT = date(2026, 5, 14)
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 18, 19, 30, tzinfo=LONDON)
SIZE = 1280, 800
PAGE_WIDTH = 720  # px
LEAFLET_WIDTH = 520  # px
LEAFLETS = {"flyer", "card"}
LARGEST = 200_000  # bytes; the tests allow a quarter more
MOST_SECONDS = 60
AGENDA = 2  # the pack's page, from 0, on which the agenda stands
LEFT = 1  # the heap of a review that shows who left

LATE_MOTION = """---
title: Bicycle stands at the community centre
mover: {mover}
received: 2026-05-18
---
This branch asks the town council for twelve bicycle stands at the community centre.

## Reasons

Members who cycle to meetings have nowhere to lock their bicycles.
"""


def main(names: list[str]) -> int:
    """Render every picture, or those named; fails where a name is unknown or one is too large."""
    pictures: dict[str, Callable[[Desk], Image.Image]] = {**SCREENS, **PAPERS}
    unknown = [each for each in names if each not in pictures]
    if unknown:
        print(f"There is no picture {', '.join(unknown)}. There are: {', '.join(pictures)}.")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with desk() as shown:
        for name, draw in pictures.items():
            if not names or name in names:
                data = packed(draw(shown), whole=name in LEAFLETS)
                (FOLDER / f"{name}.png").write_bytes(data)
                print(f"{name}.png: {len(data) // 1000} kB")
                if len(data) > LARGEST:
                    raise SystemExit(f"{name}.png is over {LARGEST // 1000} kB.")
    return 0


def packed(picture: Image.Image, *, whole: bool = False) -> bytes:
    """Return a PNG: of 256 colours, which is all that a screen has, or `whole` for a drawing."""
    out = BytesIO()
    made = picture.convert("RGB")
    if not whole:
        made = made.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


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

    def grab(self) -> Image.Image:
        """Take a picture of the window as it is now."""
        self.settle()
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


# Screens


def doors(shown: Desk) -> Image.Image:
    """Draw the three doors of a first run."""
    shown.window.way_in.show_doors()
    return shown.grab()


def opened(shown: Desk) -> None:
    """Open the branch, unless it is open already."""
    if shown.window.workspace is None:
        shown.window.show_store(shown.store)
        shown.settle()


def today(shown: Desk) -> Image.Image:
    """Draw what is due."""
    opened(shown)
    shown.page("Today")
    return shown.grab()


def members(shown: Desk) -> Image.Image:
    """Draw a member who said they resign, among those who did."""
    from branch_desk.members import records
    from branch_desk.members.rules import CURRENT

    opened(shown)
    page = shown.page("Members")
    said = records.ids(shown.store, resignation_said=True, standing=CURRENT, order="name")
    page.show_thing(0, "said")
    shown.settle()
    page.show_thing(said[0])
    return shown.grab()


def review(shown: Desk) -> Image.Image:
    """Draw what HQ's next list would change, before it is applied."""
    opened(shown)
    path = shown.store.path.with_name("highfield-2026-05-18.csv")
    path.write_text(hq_list(), encoding="utf-8", newline="")
    page = shown.page("Members")
    page.show_thing(0, "all")
    page.read_list(path)
    shown.settle()
    page.whole.currentWidget().show_heap(LEFT)
    picture = shown.grab()
    page.uncover()
    return picture


def hq_list() -> str:
    """Return HQ's list of the day, on which something happened to some of those listed."""
    from branch_desk.demo import people, story

    def rows(number: int, seed: int) -> list[dict[str, str]]:
        cast = people.people(number, Random(seed), BUILT, story._autumn(BUILT))  # noqa: S311, SLF001
        listed = people.listing(cast, NOW.date()).decode("utf-8-sig")
        return [each for each in csv.DictReader(StringIO(listed)) if each["Status"] == "Active"]

    found, strangers = rows(400, 1), rows(30, 2)[:5]
    for number, each in enumerate(strangers, 1):
        found.append({**each, "Membership No": f"040310{number}", "Date Joined": "11/05/2026"})
    for each in found[12:90:9]:
        each.update({"Status": "Resigned", "Date Left": "12/05/2026"})
    for each in found[95:160:11]:
        each["Post Code"] = "HF3 8QT"
    del found[200], found[230]
    out = StringIO(newline="")
    writer = csv.DictWriter(out, people.TITLES)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def motions(shown: Desk) -> Image.Image:
    """Draw a motion that came too late and has no seconder, with what the rules say."""
    from branch_desk.motions import records

    opened(shown)
    page = shown.page("Motions")
    movers = [each.mover for each in records.many(shown.store, records.ids(shown.store))]
    mover = next(each for each in movers if records.matching_name(shown.store, each) is not None)
    path = shown.store.path.with_name("motion.md")
    path.write_text(LATE_MOTION.format(mover=mover), encoding="utf-8")
    page.drop([str(path)])
    picture = shown.grab()
    shown.store.undo()
    return picture


def letters(shown: Desk) -> Image.Image:
    """Draw a thread with an automatic reply that did not stop the clock."""
    from branch_desk.correspondence import records

    opened(shown)
    page = shown.page("Letters")
    waits = records.waiting(shown.store, NOW.date())
    chosen = max(waits, key=lambda each: (each.automatic_replies, each.days))
    page.show_thing(chosen.thread)
    return shown.grab()


def meeting(shown: Desk) -> Image.Image:
    """Draw the next meeting's agenda with the pack beside it."""
    opened(shown)
    page = shown.page("Meetings")
    page.panel.preview.view.go_to(AGENDA)
    return shown.grab()


def leaflets(shown: Desk) -> Image.Image:
    """Draw the flyer beside what it says."""
    from branch_desk.leaflets import records

    opened(shown)
    page = shown.page("Leaflets")
    page.show_thing(records.ids(shown.store, order="title")[0])
    return shown.grab()


def branch(shown: Desk) -> Image.Image:
    """Draw the branch's own page."""
    opened(shown)
    shown.page("Branch")
    return shown.grab()


SCREENS: dict[str, Callable[[Desk], Image.Image]] = {
    "doors": doors,
    "today": today,
    "members": members,
    "hq-list": review,
    "motions": motions,
    "letters": letters,
    "meeting": meeting,
    "leaflets": leaflets,
    "branch": branch,
}


# Papers


def sheet(pdf: bytes, index: int = 0, *, width: int = PAGE_WIDTH) -> Image.Image:
    """Return a page as a picture so many pixels wide, with a hairline round it."""
    from PIL import ImageOps

    from branch_desk.paper import preview

    wide, _ = preview.page_size(pdf, index)
    picture = preview.image(pdf, index, width / wide)
    return ImageOps.expand(picture, border=1, fill="#C9CED6")


def coming(store: Store) -> int:
    """Return the next meeting."""
    from branch_desk.meetings import records

    found = records.next_meeting(store, NOW - timedelta(days=1))
    if found is None:
        raise SystemExit("The demo branch has no meeting to come.")
    return found.id


def meeting_paper(store: Store, name: str) -> bytes:
    """Lay out a paper of the next meeting."""
    from branch_desk.meetings.page.papers import pdf

    return pdf(store, coming(store), name, large_print=False)


def pack_cover(shown: Desk) -> Image.Image:
    """Draw the agenda pack's cover."""
    return sheet(meeting_paper(shown.store, "pack"))


def pack_motion(shown: Desk) -> Image.Image:
    """Draw the page of the pack on which the first motion stands whole."""
    from branch_desk.paper import preview

    pdf = meeting_paper(shown.store, "pack")
    pages = preview.texts(pdf)
    return sheet(pdf, next(at for at, text in enumerate(pages) if "Moved by" in text))


def notice(shown: Desk) -> Image.Image:
    """Draw the notice of the meeting."""
    return sheet(meeting_paper(shown.store, "notice"))


def flyer(shown: Desk) -> Image.Image:
    """Draw the event flyer."""
    return leaflet(shown.store, "event-flyer-a5")


def card(shown: Desk) -> Image.Image:
    """Draw the card for those who were out."""
    return leaflet(shown.store, "sorry-we-missed-you-a6")


def leaflet(store: Store, layout: str) -> Image.Image:
    """Draw the leaflet of a layout as it looks once it is cut."""
    from branch_desk.leaflets import papers, records

    chosen = next(each for each in records.ids(store) if records.get(store, each).layout == layout)
    return sheet(papers.preview(records.material(store, chosen)), width=LEAFLET_WIDTH)


PAPERS: dict[str, Callable[[Desk], Image.Image]] = {
    "pack-cover": pack_cover,
    "pack-motion": pack_motion,
    "notice": notice,
    "flyer": flyer,
    "card": card,
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
