"""Locking the open desk: what is taken off the screen, and what goes on behind it.

The desk leaves the window at once, whatever it was doing: dialogs and menus close, the window is
painted without it, the clipboard loses what came from it. The file is closed and its key dropped
with that, except while long work runs: an import that took ten minutes is not thrown away because
nobody touched the keys meanwhile. Then the branch stays open behind the locked window, and is
closed as soon as the work is through.

Nothing asks before a lock. What a field refused, or what stood in a question, is held in memory
(`held`) and shown after the passphrase; what a page was in the middle of is gone on with there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.held import HeldTexts, Typed, refused_on, typed_in
from branch_desk.store import keys
from branch_desk.store.errors import WrongPassphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.desk.page import Unfinished
    from branch_desk.desk.session import Session
    from branch_desk.desk.window import Window
    from branch_desk.desk.workspace import Workspace
    from branch_desk.store.keys import RawKey


@dataclass(frozen=True, slots=True)
class Proved:
    """A passphrase was right for a file that is open already."""

    path: Path
    key: RawKey


@dataclass(frozen=True, slots=True)
class Covered:
    """A branch that is still open behind the locked window, because long work runs on it."""

    session: Session
    workspace: Workspace

    def proof(self) -> Callable[[str], Proved]:
        """Return what tries a passphrase on it, raising `WrongPassphrase`; derives a key."""
        path, key = self.session.store.path, self.session.store.key

        def prove(passphrase: str) -> Proved:
            if keys.derive(path, passphrase) != key:
                raise WrongPassphrase(path)
            return Proved(path, key)

        return prove


class Leaving:
    """Takes the branch off the window, and keeps what would otherwise be lost with it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._held: dict[Path, list[Typed]] = {}
        self._unfinished: dict[Path, dict[str, Unfinished]] = {}
        self.covered: Covered | None = None

    def leave(self, *, cover: bool = False) -> None:
        """Close the open branch if there is one; with `cover`, not before its work is through."""
        session, workspace = self._window.session, self._window.workspace
        if session is None:
            return
        path = session.store.path
        try:
            self._hold(path, self._close_dialogs())
            if workspace is not None:
                self._hold(path, refused_on(workspace))
                self._unfinished[path] = workspace.unfinished()
        finally:
            self._take_off(path, cover=cover)

    def _take_off(self, path: Path, *, cover: bool) -> None:
        now = self._window.session
        stays = cover and now is not None and now.workers.busy
        taken = self._window.take_off(apart=stays)
        if taken is None:
            return
        session, workspace = taken
        if stays and workspace is not None:
            self.covered = Covered(session, workspace)
            session.workers.ended.connect(self._soon)
            session.failed.connect(self._failed_behind)
        else:
            self._close(path, session, workspace)

    def _close_dialogs(self) -> list[Typed]:
        """Close every window but the main one; what was typed into them is not lost."""
        typed = []
        for each in QApplication.topLevelWidgets():
            if each is self._window or not each.isVisible():
                continue
            if isinstance(each, QDialog):
                typed += typed_in(each)
            each.close()
        return typed

    def _hold(self, path: Path, typed: list[Typed]) -> None:
        if typed:
            self._held.setdefault(path, []).extend(typed)

    def _failed_behind(self, why: str) -> None:
        """Keep why something failed that waited behind the lock: nobody saw it said."""
        if self.covered is not None:
            path = self.covered.session.store.path
            self._hold(path, [Typed(tr("A change that waited"), why, tr("It was not stored."))])

    def _close(self, path: Path, session: Session, workspace: Workspace | None) -> None:
        refused = self._window.close_taken(session, workspace)
        why = tr("It waited for long work, and could then not be stored.")
        self._hold(path, [Typed(tr("A change that waited"), each, why) for each in refused])

    def _soon(self) -> None:
        """Look again once the work has been answered, and whatever waited behind it has begun."""
        QTimer.singleShot(0, self._close_when_through)

    def _close_when_through(self) -> None:
        covered = self.covered
        if covered is not None and not covered.session.workers.busy:
            self.end()

    def end(self) -> None:
        """Close what is open behind the locked window."""
        covered, self.covered = self.covered, None
        if covered is not None:
            self._close_dialogs()  # the work's answer may have opened one
            path = covered.session.store.path
            known = self._held.get(path, [])
            late = [each for each in refused_on(covered.workspace) if each not in known]
            self._hold(path, late)
            self._close(path, covered.session, covered.workspace)

    def uncover(self) -> bool:
        """Show the desk again whose work still ran; False where it was closed meanwhile."""
        covered, self.covered = self.covered, None
        if covered is None:
            return False
        covered.session.workers.ended.disconnect(self._soon)
        covered.session.failed.disconnect(self._failed_behind)
        self._unfinished.clear()  # it stands on the desk as it was left
        self._window.put_on(covered.session, covered.workspace)
        return True

    def show_held(self, path: Path) -> HeldTexts | None:
        """Go on with what was not finished; show once what was held for a file, over its desk."""
        if self._window.workspace is not None:
            self._window.workspace.take_up(self._unfinished.pop(path, {}))
        typed = self._held.pop(path, None)
        if not typed:
            return None
        shown = HeldTexts(self._window, typed)
        shown.open()
        return shown
