"""The window as a program: starts Qt, opens a branch file, and hangs the pages on the rail."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from random import SystemRandom
from typing import TYPE_CHECKING

from branch_desk import machine
from branch_desk.desk.beside import Beside
from branch_desk.store import keys
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from branch_desk.desk.finding import Findable
    from branch_desk.desk.page import Page
    from branch_desk.desk.program import Identity, Program
    from branch_desk.desk.session import Session
    from branch_desk.desk.way_in.first_steps import FirstStep
    from branch_desk.desk.window import Window
    from branch_desk.store.keys import RawKey
    from branch_desk.store.store import Store
    from branch_desk.today.records import Today

# Name on the rail, icon, where its page lives; Ballots come with their slice.
PAGES = (
    ("Today", "calendar-check", "branch_desk.today.page:TodayPage"),
    ("Members", "users", "branch_desk.members.page:MembersPage"),
    ("Meetings", "calendar-days", "branch_desk.meetings.page:MeetingsPage"),
    ("Motions", "scroll-text", "branch_desk.motions.page:MotionsPage"),
    ("Letters", "mail", "branch_desk.correspondence.page:LettersPage"),
    ("Leaflets", "newspaper", "branch_desk.leaflets.page:LeafletsPage"),
    ("Branch", "landmark", "branch_desk.branch.page:BranchPage"),
)
# What goes to a page wherever on the desk it is dropped; the page itself may take more.
TAKES = {
    "Members": (".csv", ".tsv", ".xlsx", ".xls", ".ods"),
    "Letters": (".eml", ".msg", ".mbox"),
    "Motions": (".md", ".markdown"),
}
NEEDED = ("branch_desk.slices", "branch_desk.store.store", "branch_desk.today.records")
# Long work must not keep the window waiting for the interpreter: 1.1 ms instead of 16.
SWITCH_SECONDS = 1e-4
# How many meetings back the last one is looked for that was the branch's and not a committee's.
LOOKED_BACK = 20
# Once the first page has been up for so long, the others are loaded beside whatever is done.
WARM_MS = 400


def main(
    path: Path | None = None,
    *,
    passphrase: str | None = None,
    painted: Callable[[], object] | None = None,
) -> int:
    """Open the window, on a branch file if one is given; returns the exit code.

    The passphrase may come from the environment, as on the command line. `painted` is called once
    the first page has been painted, and the window then closes: for timings.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()  # nothing made while starting is garbage; looking for it costs a tenth
    secret = passphrase or os.environ.get(machine.PASSPHRASE_VARIABLE, "")
    store, error = opened(path, secret)
    # PySide6 looks through the loaded modules when it comes up, and ends the program where another
    # thread loads one meanwhile. From here on the rest of Qt is loaded, while the page is read.
    from PySide6.QtCore import QTimer

    ahead = read_ahead(store) if store is not None else None
    from PySide6.QtWidgets import QApplication

    from branch_desk.desk import bugs, language
    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import FUSION, Look
    from branch_desk.desk.window import Window

    app = QApplication.instance() or QApplication([*sys.argv[:1], *FUSION])
    if not isinstance(app, QApplication):
        raise TypeError("Qt runs without windows in this process")
    app.setApplicationName("branch-desk")
    app.setApplicationDisplayName("Branch Desk")
    app.setDesktopFileName("branch-desk")
    bugs.catch()
    remembered = Remembered()
    language.install(app, remembered.text("language", language.SYSTEM))
    accent = identity(store).accent if store else ""
    percent = remembered.text("text size")
    look = Look(
        app,
        remembered.text("look", "system"),
        accent,
        int(percent) if percent.isdecimal() else 100,
    )
    window = Window(program(ahead), look, remembered)
    if store is not None:
        window.show_store(store)
    else:
        show_way_in(window, path, error)
    if painted is not None:
        bugs.when_painted(window, painted)
    window.show()
    QTimer.singleShot(0, collect_again)
    QTimer.singleShot(WARM_MS, warm)
    QTimer.singleShot(0, window.way_in.locking.watch)
    return app.exec()


def collect_again() -> None:
    """Look for garbage again, but not in what is there for good."""
    gc.freeze()
    gc.enable()


def warm() -> Beside[None]:
    """Load what the other pages are made of, one by one, so that none is waited for when opened.

    Before that, take away what desks that crashed left for other programs to open.
    """
    from branch_desk.desk import files

    def load() -> None:
        files.sweep(Path(tempfile.gettempdir()))
        for _, _, place in PAGES:
            import_module(place.partition(":")[0])

    return Beside(load)


def opened(path: Path | None, passphrase: str) -> tuple[Store | None, DeskError | None]:
    """Return the branch file, open, if its passphrase is at hand; else what stood in the way."""
    if path is None or not passphrase:
        return None, None
    key = Beside(partial(keys.derive, path, passphrase))
    for module in NEEDED:  # loaded while the key is derived
        import_module(module)
    try:
        return open_branch(path, key.answer()), None
    except DeskError as error:
        return None, error


def read_ahead(store: Store) -> Beside[Today]:
    """Begin to read what the first page shows."""
    from branch_desk.today import records

    return Beside(partial(records.today, store))


def show_way_in(window: Window, path: Path | None, error: DeskError | None) -> None:
    """Ask for the passphrase of the file or of the last one used, else show the doors."""
    recent = window.remembered.recent()
    if path is not None:
        window.way_in.show_unlock(path, error)
    elif recent:
        window.way_in.show_unlock(recent[0])
    else:
        window.way_in.show_doors()


def program(ahead: Beside[Today] | None = None) -> Program:
    """Tell the window what it needs from above; `ahead` is what the first page shows at first."""
    from branch_desk.desk.program import Entry, Program

    def make(place: str, session: Session) -> Page:
        page: type[Page] = resolve_name(place)
        return page(session)

    entries = [Entry(PAGES[0][0], PAGES[0][1], FirstPage(ahead))]
    for name, icon, place in PAGES[1:]:
        takes = TAKES.get(name, ())
        entries.append(Entry(name, icon, partial(make, place), name == "Branch", takes))
    doing = (open_branch, create_branch, identity, meeting_day, demo_command)
    return Program(
        entries,
        *doing,
        last_met=last_met,
        badges=badges,
        findable=findable,
        restore=restore_backup,
        kinds=kinds,
        first_steps=first_steps,
    )


class FirstPage:
    """Makes the Today page, the first time of what was read ahead."""

    def __init__(self, ahead: Beside[Today] | None) -> None:
        self._ahead = ahead

    def __call__(self, session: Session) -> Page:
        """Make the page."""
        from branch_desk.today.page import TodayPage

        ahead, self._ahead = self._ahead, None
        return TodayPage(session, ahead.answer() if ahead else None)


def open_branch(path: Path, key: str | RawKey) -> Store:
    """Open a branch file for the window."""
    from branch_desk.slices import SLICES
    from branch_desk.store.store import Store

    clock, actor = machine.clock, machine.actor()
    return Store.open(path, key, SLICES, clock=clock, random=SystemRandom(), actor=actor)


def create_branch(path: Path, passphrase: str, name: str) -> Store:
    """Make a branch file and write the branch's name into it; undo does not take that away."""
    from branch_desk.branch import records
    from branch_desk.slices import SLICES
    from branch_desk.store.store import Store

    clock, actor = machine.clock, machine.actor()
    store = Store.create(path, passphrase, SLICES, clock=clock, random=SystemRandom(), actor=actor)
    try:
        with store.upkeep("Start the branch"):
            records.set_details(store, name=name)
    except BaseException:
        store.close()
        raise
    return store


def identity(store: Store) -> Identity:
    """Return the branch's name and colour for the window."""
    from branch_desk.branch import records
    from branch_desk.desk.program import Identity

    details = records.details(store)
    return Identity(details.name, details.accent)


def meeting_day(store: Store, motion_id: int) -> date | None:
    """Return the day of the meeting a motion is held against: placed at, else the next one."""
    from branch_desk.meetings import records

    return records.day_for_motion(store, motion_id)


def last_met(store: Store) -> date | None:
    """Return the day of the last meeting before today that was not a committee's."""
    from datetime import datetime, time

    from branch_desk.meetings import records
    from branch_desk.meetings.rules import MeetingKind

    morning = datetime.combine(store.today(), time.min, store.clock().tzinfo)
    for each in records.many(store, records.ids(store, until=morning)[:LOOKED_BACK]):
        if each.kind is not MeetingKind.COMMITTEE:
            return each.on
    return None


def badges(store: Store) -> Mapping[str, int]:
    """Return how much on each page needs somebody to act."""
    from branch_desk.today.badges import badges

    return badges(store)


def findable() -> Sequence[Findable]:
    """Return what the command box finds."""
    from branch_desk.today import places

    return places.kinds()


def restore_backup(backup: Path, path: Path, key: str) -> None:
    """Make a branch file of a backup, in place of an empty one or of none."""
    from branch_desk.slices import SLICES
    from branch_desk.store import backup as backups

    backups.restore(backup, path, key, SLICES, now=machine.clock(), force=True)


def kinds() -> Sequence[tuple[str, str]]:
    """Return the kinds of branch there are."""
    from branch_desk.first_run import typical

    return typical.kinds()


def first_steps() -> Sequence[FirstStep]:
    """Return what a new branch is taken through."""
    from branch_desk.first_run.steps import STEPS

    return STEPS


def demo_command(folder: Path) -> Sequence[str]:
    """Return the command line that builds the demo branch in a folder."""
    return [sys.executable, "-m", "branch_desk", "demo", str(folder), "--force"]
