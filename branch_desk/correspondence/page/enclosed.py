"""What came with letters: opened, saved, dragged out; copies lie in a folder of this user's alone.

The folder goes when the branch is locked or closed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from branch_desk.desk import ask, files
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError, of_system

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from PySide6.QtWidgets import QWidget

    from branch_desk.correspondence.records import Enclosure
    from branch_desk.desk.session import Session

FOLDER = "enclosed"
# What a system would run and not show is saved, never opened.
RUNS = frozenset(
    (
        *(".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".exe", ".hta", ".jar", ".js"),
        *(".jse", ".lnk", ".msi", ".pif", ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vb"),
        *(".vbe", ".vbs", ".wsf", ".html", ".htm", ".svg", ".xhtml"),
    )
)


class Enclosed(QObject):
    """Copies, opens and saves files that came with letters."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._store, self._page = session, session.store, page
        self._folder: TemporaryDirectory[str] | None = None

    def copy(self, enclosure: Enclosure) -> Path | None:
        """Write a copy where nobody else can read it; None where that fails, which is said."""
        if self._folder is None:
            self._folder = files.folder_apart(FOLDER, self._session)
        inner = Path(self._folder.name) / str(enclosure.id)
        path = inner / Path(enclosure.name).name
        try:
            inner.mkdir(exist_ok=True)
            if not path.exists():
                data = self._store.attachment(enclosure.attachment)
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
        except OSError as error:
            self._session.fail(of_system(error, path))
            return None
        except DeskError as error:
            self._session.fail(error)
            return None
        return path

    def open(self, enclosure: Enclosure) -> None:
        """Open it in the system's program for its kind; what would run is only saved."""
        if Path(enclosure.name).suffix.lower() in RUNS:
            self._session.said.emit(
                tr("{name} could do harm when opened; save a copy.", name=enclosure.name)
            )
            self.save(enclosure)
            return
        path = self.copy(enclosure)
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.save(enclosure)

    def save(self, enclosure: Enclosure) -> None:
        """Ask where, and save a copy."""
        start = Path(self._session.remembered.text("folder") or str(Path.home()))

        def write(path: Path) -> None:
            self._session.remembered.keep("folder", str(path.parent))
            self._session.deed(
                lambda: files.write(path, self._store.attachment(enclosure.attachment)),
                lambda _: self._session.said.emit(tr("Saved {name}.", name=path.name)),
            )

        offered = str(start / Path(enclosure.name).name)
        ask.file_to_save(self._page, tr("Save a copy"), offered, tr("All files") + " (*)", write)
