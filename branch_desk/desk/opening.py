"""Opens a branch file beside other work: the key is derived while Qt is still being loaded.

Knows no Qt, so that it can begin before Qt is there.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from branch_desk.store.keys import RawKey


@dataclass(slots=True)
class _Found:
    key: RawKey | None = None
    error: Exception | None = None


class Deriving:
    """Derives the key of a file in a thread; `key` waits for it and raises what went wrong."""

    def __init__(self, path: Path, passphrase: str, derive: Callable[[Path, str], RawKey]) -> None:
        self._found = _Found()
        self._thread = threading.Thread(
            target=self._run, args=(path, passphrase, derive), name="key", daemon=True
        )
        self._thread.start()

    def _run(self, path: Path, passphrase: str, derive: Callable[[Path, str], RawKey]) -> None:
        try:
            self._found.key = derive(path, passphrase)
        except Exception as error:  # noqa: BLE001 -- raised again where it is waited for
            self._found.error = error

    def key(self) -> RawKey:
        """Return the key once it is there."""
        self._thread.join()
        if self._found.error is not None:
            raise self._found.error
        if self._found.key is None:
            raise RuntimeError("the key's thread ended without an answer")
        return self._found.key
