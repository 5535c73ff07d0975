"""What the desk remembers outside any branch file: recent files and how the window was left."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST = 8
VARIABLE = "BRANCH_DESK_SETTINGS"


class Remembered:
    """An ini file in the user's settings folder; of a branch it holds the file's path only."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or _folder()
        path = str(self.folder / "desk.ini")
        self._settings = QSettings(path, QSettings.Format.IniFormat)

    def recent(self) -> list[Path]:
        """Return the branch files opened last, newest first, those that are still there."""
        found = self._settings.value("recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [path for path in map(Path, names) if path.exists()]

    def opened(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        path = path.absolute()
        others = [each for each in self.recent() if each != path]
        self._settings.setValue("recent", [str(each) for each in [path, *others][:MOST]])

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
