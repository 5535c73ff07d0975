"""From the doors to the open desk: which screen of the way in is shown, and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk.lock.lock import Lock
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.demo_door import DemoDoor
from branch_desk.desk.way_in.locking import Leaving, Proved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.desk.session import Session
    from branch_desk.desk.way_in.doors import Doors
    from branch_desk.desk.way_in.new_branch import NewBranch
    from branch_desk.desk.way_in.unlock import Unlock
    from branch_desk.desk.window import Window
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store


class WayIn:
    """Shows the screens before the desk in the window; each closes the branch that was open."""

    def __init__(self, window: Window, workers: Workers) -> None:
        self._window, self._workers = window, workers
        self.demo_door = DemoDoor(self, window, workers)
        self.locking = Lock(window, window.remembered)
        self.locking.due.connect(self.lock)
        self._leaving = Leaving(window)

    def show_doors(self) -> Doors:
        """Show the three doors."""
        from branch_desk.desk.way_in.doors import Doors

        self._leaving.leave()
        doors = Doors(self._window.remembered)
        doors.start.connect(self.show_new)
        doors.chosen.connect(self.show_unlock)
        doors.demo.connect(self.demo_door.open)
        self._window.show_screen(doors)
        return doors

    def show_new(self) -> NewBranch:
        """Show the way to a new branch file."""
        from branch_desk.desk.way_in.new_branch import NewBranch

        self._leaving.leave()
        screen = NewBranch(self._window.program, self._workers)
        screen.left.connect(self.show_doors)
        screen.made.connect(self._show_sheet)
        self._window.show_screen(screen)
        return screen

    def show_unlock(self, path: Path, error: Exception | None = None) -> Unlock:
        """Ask for the passphrase of a file; `error` is why it did not open just now."""
        self._leaving.leave()
        return self._ask_passphrase(path, error, locked=False)

    def lock(self) -> None:
        """Take the desk off the window and show the passphrase; nothing where none is open."""
        session = self._window.session
        if session is None:
            return
        path = session.store.path
        try:
            self._leaving.leave(cover=True)
        finally:  # whatever went wrong, the desk is no longer to be seen
            self.locking.clear_clipboard()
            self._ask_passphrase(path, None, locked=True)
            self._window.repaint()  # now, so that no preview of the window shows what was there

    @property
    def behind(self) -> Session | None:
        """The branch that is still open behind the locked window, because long work runs on it."""
        covered = self._leaving.covered
        return None if covered is None else covered.session

    def end(self) -> None:
        """Close whatever is open, on the window or behind it; the program ends."""
        self._leaving.leave()
        self._leaving.end()

    def _ask_passphrase(self, path: Path, error: Exception | None, *, locked: bool) -> Unlock:
        from branch_desk.desk.way_in.unlock import Unlock

        screen = Unlock(
            path, self._opener(path), self._workers, locked=locked, hint=self._hint(path)
        )
        screen.left.connect(self.show_doors)
        screen.opened.connect(self._opened)
        screen.sheet_asked.connect(lambda: self._ask_sheet(path, locked=locked))
        self._window.show_screen(screen)
        if error is not None:
            screen.fail(error)
        return screen

    def _opener(self, path: Path) -> Callable[[str], Store | Proved]:
        """Return what tries a passphrase, off the main thread."""
        program, covered = self._window.program, self._leaving.covered
        if covered is None or covered.session.store.path != path.resolve():
            return lambda passphrase: program.open(path, passphrase)
        return covered.proof()

    def _hint(self, path: Path) -> str:
        if path != self._window.remembered.demo_folder() / "demo.branch":
            return ""
        demo = self._window.program.demo_passphrase
        return tr("The passphrase of the demo branch is “{passphrase}”.", passphrase=demo)

    def _opened(self, opened: Store | Proved) -> None:
        """Show the desk of what the passphrase opened, and what was held for it."""
        if isinstance(opened, Proved):
            self._uncover(opened)
        else:
            self._window.show_store(opened)
            self._leaving.show_held(opened.path)

    def _uncover(self, proved: Proved) -> None:
        """Show the desk again whose work still ran; open it anew where it was closed meanwhile."""
        if self._leaving.uncover():
            self._leaving.show_held(proved.path)
            return
        program = self._window.program
        self._workers.quick(
            "unlock",
            lambda: program.open(proved.path, proved.key),
            self._opened,
            owner=self._window,
        )

    def _ask_sheet(self, path: Path, *, locked: bool) -> None:
        from branch_desk.desk.way_in.passphrases import Recover

        screen = Recover(self._window.program, self._workers, path, locked=locked)
        screen.left.connect(lambda: self._ask_passphrase(path, None, locked=locked))
        screen.recovered.connect(self._show_new_sheet)
        self._window.show_screen(screen)

    def change_passphrase(self) -> None:
        """Close the desk and ask for the old passphrase and the new one; then show the sheet."""
        from branch_desk.desk.way_in.passphrases import Change

        session = self._window.session
        if session is None:
            return
        path, key = session.store.path, session.store.key
        self._leaving.leave()
        screen = Change(self._window.program, self._workers, path, key)
        screen.left.connect(self._window.show_store)
        screen.changed.connect(self._show_new_sheet)
        self._window.show_screen(screen)

    def _show_new_sheet(self, store: Store) -> None:
        self._show_sheet(store, again=True)

    def _show_sheet(self, store: Store, *, again: bool = False) -> None:
        from branch_desk.desk.way_in.keep_sheet import Sheet

        session = self._window.begin(store)
        screen = Sheet(session, self._window.program.identity(store).name, again=again)
        screen.kept.connect(lambda: self._window.show_desk(session))
        self._window.show_screen(screen)
