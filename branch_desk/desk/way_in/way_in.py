"""From the doors to the open desk: which screen of the way in is shown, and what follows it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.desk.lock.lock import Lock
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.demo_door import DemoDoor, is_demo
from branch_desk.desk.way_in.drops import BranchDrops
from branch_desk.desk.way_in.first_steps import Progressed
from branch_desk.desk.way_in.locking import Leaving, Proved
from branch_desk.store import file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.desk.session import Session
    from branch_desk.desk.way_in.assistant import Assistant
    from branch_desk.desk.way_in.doors import Doors
    from branch_desk.desk.way_in.restore import Restore
    from branch_desk.desk.way_in.starting import Naming
    from branch_desk.desk.way_in.trouble import Trouble
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
        self._assistant: Assistant | None = None
        self.drops = BranchDrops(window)
        self.drops.dropped.connect(window.open_file)

    # The doors and what is behind them

    def show_doors(self) -> Doors:
        """Show the three doors."""
        from branch_desk.desk.way_in.doors import Doors

        self._leaving.leave()
        doors = Doors(self._window.remembered)
        doors.start.connect(self.show_new)
        doors.chosen.connect(self.show_unlock)
        doors.demo.connect(self.demo_door.open)
        doors.demo_again.connect(self.demo_door.ask_again)
        self._window.show_screen(doors)
        return doors

    def show_new(self) -> Naming:
        """Begin the assistant that starts a branch."""
        self._leaving.leave()
        return self._new_assistant().begin()

    def _new_assistant(self) -> Assistant:
        from branch_desk.desk.way_in.assistant import Assistant

        # Kept here: a signal does not keep alive whom it calls.
        self._assistant = Assistant(self._window, self._workers, self.show_doors)
        return self._assistant

    def show_store(self, store: Store) -> None:
        """Show an open branch: its desk, or the assistant where that was not through with it."""
        session = self._window.begin(store)
        if Progressed(self._window.remembered).at(store.path) is None:
            self._window.show_desk(session)
        else:
            self._new_assistant().resume(session)
        self._leaving.show_held(store.path)

    # The passphrase

    def show_unlock(self, path: Path, error: Exception | None = None) -> Unlock | Trouble:
        """Ask for the passphrase of a file; `error` is why it did not open just now.

        The file itself is looked at meanwhile: what nobody can open is not asked a passphrase for.
        """
        self._leaving.leave()
        asking = self._ask_passphrase(path, locked=False)
        if error is not None:
            return self._troubled(path, error, asking)
        if self._covered_at(path):
            return asking

        def failed(found: Exception) -> None:
            self._troubled(path, found, asking)

        def fine(_: None) -> None:
            """Go on asking."""

        look = partial(file.told_apart, path)
        self._workers.quick("look at the file", look, fine, failed=failed, owner=asking)
        return asking

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
            self._ask_passphrase(path, locked=True)
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

    def _ask_passphrase(self, path: Path, *, locked: bool) -> Unlock:
        from branch_desk.desk.way_in.unlock import Unlock

        opener, hint = self._opener(path), self._hint(path)
        screen = Unlock(path, opener, self._workers, locked=locked, hint=hint)
        screen.left.connect(self.show_doors)
        screen.opened.connect(self._opened)
        screen.troubled.connect(lambda error: self._troubled(path, error, screen))
        screen.sheet_asked.connect(lambda: self._ask_sheet(path, locked=locked))
        self._window.show_screen(screen)
        return screen

    def _covered_at(self, path: Path) -> bool:
        return self.behind is not None and self.behind.store.path == path.resolve()

    def _opener(self, path: Path) -> Callable[[str], Store | Proved]:
        """Return what tries a passphrase, off the main thread."""
        program, covered = self._window.program, self._leaving.covered
        if covered is None or not self._covered_at(path):
            return lambda passphrase: program.open(path, passphrase)
        return covered.proof()

    def _hint(self, path: Path) -> str:
        if not is_demo(path):
            return ""
        demo = self._window.program.demo_passphrase
        return tr("The passphrase of the demo branch is “{passphrase}”.", passphrase=demo)

    def _opened(self, opened: Store | Proved) -> None:
        """Show the desk of what the passphrase opened, and what was held for it."""
        if isinstance(opened, Proved):
            self._uncover(opened)
        else:
            self.show_store(opened)

    def _uncover(self, proved: Proved) -> None:
        """Show the desk again whose work still ran; open it anew where it was closed meanwhile."""
        if self._leaving.uncover():
            self._leaving.show_held(proved.path)
            return
        program = self._window.program

        def work() -> Store:
            return program.open(proved.path, proved.key)

        def failed(error: Exception) -> None:
            self._troubled(proved.path, error, self._ask_passphrase(proved.path, locked=True))

        self._workers.quick("unlock", work, self._opened, failed=failed, owner=self._window)

    def _ask_sheet(self, path: Path, *, locked: bool) -> None:
        from branch_desk.desk.way_in.passphrases import Recover

        screen = Recover(self._window.program, self._workers, path, locked=locked)
        screen.left.connect(lambda: self._ask_passphrase(path, locked=locked))
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
        screen.kept.connect(self.show_store)
        screen.changed.connect(self._show_new_sheet)
        self._window.show_screen(screen)

    def _show_new_sheet(self, store: Store) -> None:
        from branch_desk.desk.way_in.keep_sheet import Sheet

        session = self._window.begin(store)
        screen = Sheet(session, self._window.program.identity(store).name, again=True)
        screen.kept.connect(lambda _: self._window.show_desk(session))
        self._window.show_screen(screen)

    # What cannot be opened

    def _troubled(self, path: Path, error: Exception, asking: Unlock) -> Unlock | Trouble:
        """Show what is wrong with a file and the ways on, or on its own screen a wrong word."""
        from branch_desk.desk.way_in.trouble import Trouble, way

        found = way(error)
        if found is None:
            asking.fail(error)
            return asking
        screen = Trouble(path, error, found)
        screen.left.connect(self.show_doors)
        screen.chosen.connect(lambda each: self._go_on(path, each))
        self._window.show_screen(screen)
        return screen

    def _go_on(self, path: Path, way: str) -> None:
        """Take one of the ways on from a file that did not open."""
        from branch_desk.desk.way_in import trouble

        if way == trouble.AGAIN:
            self.show_unlock(path)
        elif way == trouble.RESTORE:
            self.show_restore(path)
        elif way == trouble.OTHER:
            self.show_doors().browse()
        elif way == trouble.COPY:
            from branch_desk.desk import ask

            ask.folder(
                self._window,
                tr("Copy it to this folder"),
                str(path.parent),
                lambda folder: self._copy(path, folder),
            )
        else:
            self._window.remembered.forget(path)
            self.show_doors()

    def _copy(self, path: Path, folder: Path) -> None:
        from branch_desk.desk.way_in.restore import copied

        def done(copy: Path) -> None:
            self.show_unlock(copy)

        def failed(error: Exception) -> None:
            self.show_doors().fail(error)

        work = partial(copied, path, folder)
        self._workers.quick("copy the file", work, done, failed=failed, owner=self._window)

    def show_restore(self, path: Path) -> Restore:
        """Ask for the backup that is to take a file's place."""
        from branch_desk.desk.way_in.restore import Restore

        screen = Restore(self._window.program, self._workers, path)
        screen.left.connect(self.show_doors)
        screen.restored.connect(self._restored)
        self._window.show_screen(screen)
        return screen

    def _restored(self, store: Store, said: str) -> None:
        self.show_store(store)
        if self._window.session is not None:
            self._window.session.said.emit(said)
