"""What the desk put on the clipboard, so that a lock can take it off again and nothing else."""

from __future__ import annotations

import hashlib
import secrets

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication

MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Copied(QObject):
    """Remembers by a salted digest what was copied or selected while the desk was in front.

    A clipboard program may take over what was copied, so owning the clipboard is not asked alone;
    what another program copied since is left alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._clipboard = QGuiApplication.clipboard()
        self._salt = secrets.token_bytes(16)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self._clipboard.changed.connect(self._heard)

    def _heard(self, mode: QClipboard.Mode) -> None:
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if active or self._owned(mode):
            self._ours[mode] = self._digest(mode)
        else:
            self._ours.pop(mode, None)

    def _owned(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.ownsSelection()
        return mode is QClipboard.Mode.Clipboard and self._clipboard.ownsClipboard()

    def _digest(self, mode: QClipboard.Mode) -> bytes:
        """Return a digest of the text alone: what takes a copy over may drop its other forms."""
        return hashlib.sha256(self._salt + self._clipboard.text(mode).encode()).digest()

    def clear(self) -> None:
        """Take off the clipboard and the selection whatever came from the desk."""
        for mode in MODES:
            known = self._ours.pop(mode, None)
            if self._owned(mode) or (known is not None and known == self._digest(mode)):
                self._clipboard.clear(mode)
