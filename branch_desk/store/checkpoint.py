"""The write-ahead log is emptied into the branch file soon after the last change.

Copying only the `.branch` file would otherwise lose what was acknowledged.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Checkpoints:
    """Calls `checkpoint` once no change has come for `settle` seconds, from a thread of its own.

    The thread lives only while something is waiting to be written. `checkpoint` says whether
    it got through; if not, it is tried again after another `settle` seconds.
    """

    def __init__(self, checkpoint: Callable[[], bool], settle: float) -> None:
        self._checkpoint = checkpoint
        self._settle = settle
        self._due = 0.0
        self._stopped = False
        self._state = threading.Condition()
        self._thread: threading.Thread | None = None

    def changed(self) -> None:
        """Put the next checkpoint off to `settle` seconds from now."""
        with self._state:
            self._due = time.monotonic() + self._settle
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(
                    target=self._run, name="branch file checkpoint", daemon=True
                )
                self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it; the caller makes the last checkpoint itself."""
        with self._state:
            self._stopped = True
            self._state.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while self._wait_until_due():
            if self._checkpoint():
                with self._state:
                    if time.monotonic() >= self._due:
                        self._thread = None
                        return
            else:
                self.changed()

    def _wait_until_due(self) -> bool:
        """Wait for quiet; whether there is anything left to do."""
        with self._state:
            while not self._stopped:
                left = self._due - time.monotonic()
                if left <= 0:
                    return True
                self._state.wait(left)
            return False
