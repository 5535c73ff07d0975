"""Carries what the store says of its changes to the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from branch_desk.store.change import Changed
    from branch_desk.store.store import Store


class Changes(QObject):
    """Emits `happened(Changed)` in the main thread, once a change, whoever made it."""

    happened = Signal(object)
    _heard = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self.happened, Qt.ConnectionType.QueuedConnection)
        self._stop = store.listen(self._hear)

    def _hear(self, changed: Changed) -> None:
        self._heard.emit(changed)

    def stop(self) -> None:
        """Listen no more."""
        self._stop()
