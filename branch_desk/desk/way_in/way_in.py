"""From the doors to the open desk: which screen of the way in is shown, and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk.way_in.demo_door import DemoDoor

if TYPE_CHECKING:
    from pathlib import Path

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

    def show_doors(self) -> Doors:
        """Show the three doors."""
        from branch_desk.desk.way_in.doors import Doors

        self._window.close_session()
        doors = Doors(self._window.remembered)
        doors.start.connect(self.show_new)
        doors.chosen.connect(self.show_unlock)
        doors.demo.connect(self.demo_door.open)
        self._window.show_screen(doors)
        return doors

    def show_new(self) -> NewBranch:
        """Show the way to a new branch file."""
        from branch_desk.desk.way_in.new_branch import NewBranch

        self._window.close_session()
        screen = NewBranch(self._window.program, self._workers)
        screen.left.connect(self.show_doors)
        screen.made.connect(self._show_sheet)
        self._window.show_screen(screen)
        return screen

    def show_unlock(self, path: Path, error: Exception | None = None) -> Unlock:
        """Ask for the passphrase of a file; `error` is why it did not open just now."""
        self._window.close_session()
        return self._ask_passphrase(path, error, locked=False)

    def show_locked(self, path: Path) -> Unlock:
        """Ask for the passphrase of the branch that was locked; nothing of it is shown."""
        self._window.close_session()
        return self._ask_passphrase(path, None, locked=True)

    def _ask_passphrase(self, path: Path, error: Exception | None, *, locked: bool) -> Unlock:
        from branch_desk.desk.way_in.unlock import Unlock

        screen = Unlock(self._window.program, self._workers, path, locked=locked)
        screen.left.connect(self.show_doors)
        screen.opened.connect(self._window.show_store)
        screen.sheet_asked.connect(lambda: self._ask_sheet(path, locked=locked))
        self._window.show_screen(screen)
        if error is not None:
            screen.fail(error)
        return screen

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
        self._window.close_session()
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
