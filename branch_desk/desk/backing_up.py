"""Backups from the window: into a folder, checked, and a word when the last one is long ago."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.remembered import key_of
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.window import Window

LATE_DAYS = 14
FOLDER = "backup folder"


def last_backup(remembered: Remembered, path: Path, today: date) -> tuple[str, bool]:
    """Say when a file was backed up last from here, and whether that is too long ago.

    Before the first backup the days count from when the file was first opened here.
    """
    first = _day(remembered.text(key_of("first opened", path)))
    last = _day(remembered.text(key_of("backup", path)))
    if last is not None:
        days = (today - last).days
        if days >= LATE_DAYS:
            return plural(days, "{n} day without a backup", "{n} days without a backup"), True
        return tr("Backed up {when}", when=words.from_today(last, today)), False
    if first is None:
        remembered.keep(key_of("first opened", path), today.isoformat())
        return tr("No backup yet"), False
    return tr("No backup yet"), (today - first).days >= LATE_DAYS


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class BackingUp:
    """Asks where to, and copies in the long lane."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def ask(self) -> None:
        """Ask for a folder and back the branch file up into it."""
        from branch_desk.desk import ask

        if self._window.session is not None:
            start = self._window.remembered.text(FOLDER)
            ask.folder(self._window, tr("Back up into this folder"), start, self.into)

    def into(self, folder: Path) -> None:
        """Back up in the long lane; the copy is opened and checked before it counts."""
        from branch_desk.store import backup

        session = self._window.session
        if session is None:
            return
        store, remembered = session.store, self._window.remembered
        remembered.keep(FOLDER, str(folder))

        def done(made: object) -> None:
            remembered.keep(key_of("backup", store.path), store.today().isoformat())
            session.said.emit(tr("Backed up and checked: {file}", file=made))
            self.show()

        session.workers.long(
            tr("Backing up"),
            lambda _: backup.back_up(store, folder),
            done,
            failed=session.fail,
            owner=session,
            cancels=False,
        )

    def show(self) -> None:
        """Show in the bottom line when the last one was made."""
        window = self._window
        if window.session is not None and window.workspace is not None:
            store = window.session.store
            text, late = last_backup(window.remembered, store.path, store.today())
            window.workspace.bottom.show_backup(text, late=late)
