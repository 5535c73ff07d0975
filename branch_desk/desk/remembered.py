"""What the desk remembers outside any branch file: recent files and how the window was left."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST = 8
VARIABLE = "BRANCH_DESK_SETTINGS"
# Everything that is kept outside branch files, by the beginning of its key, and what it holds.
# None of it comes from inside a branch: a lock and a lost passphrase would not cover it.
KEPT = {
    "recent": "paths of the branch files opened last",
    "opened/": "when a file was opened last",
    "first opened/": "the day a file was first opened here",
    "first steps/": "at which step of the assistant a new branch is",
    "backup/": "the day a file was backed up last",
    "window": "how the window stood",
    "manual": "how the manual's window stood",
    "page": "the page that was in front",
    "split/": "how a page's list and detail share the room",
    "alone/": "whether a page shows its detail alone",
    "filter/": "which of a page's filters was chosen",
    "table/": "columns of a table: which, how wide, in which order",
    "look": "light, dark, or as the system",
    "text size": "how large the text is",
    "motion": "whether less moves",
    "language": "the language of the desk",
    "lock/": "after how many minutes the desk locks by itself",
    "folder": "where a file was chosen or saved last",
    "backup folder": "where backups go",
    "label sheet": "the sheet of labels used last",
    "begun/": "whether the first steps on the Today page were put away",
}
# What is kept of one branch file, under a digest of its path.
OF_A_FILE = ("opened", "first opened", "first steps", "backup")


def key_of(what: str, path: Path) -> str:
    """Return the key of something that is kept of one branch file."""
    return f"{what}/{sha256(str(path).encode()).hexdigest()[:16]}"


class Remembered:
    """An ini file in the user's settings folder; of a branch it holds the file's path only."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or _folder()
        path = str(self.folder / "desk.ini")
        self._settings = QSettings(path, QSettings.Format.IniFormat)

    def listed(self) -> list[Path]:
        """Return the branch files opened last, newest first, still there or not."""
        found = self._settings.value("recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [*map(Path, names)]

    def recent(self) -> list[Path]:
        """Return the branch files opened last, newest first, those that are still there."""
        return [path for path in self.listed() if path.exists()]

    def opened(self, path: Path) -> None:
        """Put a file first among the recent ones, as opened now."""
        path = path.absolute()
        others = [each for each in self.listed() if each != path]
        self._settings.setValue("recent", [str(each) for each in [path, *others][:MOST]])
        self.keep(key_of("opened", path), datetime.now(UTC).isoformat(timespec="minutes"))

    def opened_at(self, path: Path) -> datetime | None:
        """Return when a file was opened last, None where that is not known."""
        try:
            return datetime.fromisoformat(self.text(key_of("opened", path)))
        except ValueError:
            return None

    def forget(self, path: Path) -> None:
        """Take a file off the recent ones, with all that is remembered of it."""
        others = [each for each in self.listed() if each != path]
        self._settings.setValue("recent", [str(each) for each in others])
        for of in OF_A_FILE:
            self._settings.remove(key_of(of, path))

    def demo_folder(self) -> Path:
        """Return where the demo branch lies."""
        given = os.environ.get(VARIABLE)
        if given:
            return Path(given) / "demo"
        from platformdirs import user_data_path

        return user_data_path("branch-desk", appauthor=False) / "demo"

    def bytes(self, key: str) -> QByteArray:
        """Return how a window or a split was left; empty if never."""
        found = self._settings.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def text(self, key: str, default: str = "") -> str:
        """Return a remembered word."""
        found = self._settings.value(key, default)
        return found if isinstance(found, str) else default

    def keep(self, key: str, value: QByteArray | str) -> None:
        """Remember how a window or a split is left, or a word."""
        self._settings.setValue(key, value)


def _folder() -> Path:
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path("branch-desk", appauthor=False)
