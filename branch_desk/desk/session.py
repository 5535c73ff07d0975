"""One branch, open on the desk: its file, its workers and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from branch_desk.desk.changes import Changes
from branch_desk.desk.workers import Workers
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import Look
    from branch_desk.desk.workers import Progress
    from branch_desk.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page by name and, on it, one thing by id."""

    page: str
    id: int | None = None
    what: str = ""


class Session(QObject):
    """What every page is given. Pages change the branch only through `deed` and `long_deed`.

    `failed(sentence)` and `said(sentence)` are shown above the page; `waiting(bool)` says that a
    long change is being written and editing waits.
    """

    failed = Signal(str)
    said = Signal(str)
    waiting = Signal(bool)
    went = Signal(object)
    identified = Signal()
    changed = Signal(object)

    def __init__(
        self,
        store: Store,
        look: Look,
        remembered: Remembered,
        meeting_day: Callable[[Store, int], date | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store, self.look, self.remembered = store, look, remembered
        self._meeting_day = meeting_day
        self.workers = Workers(self)
        self._changes = Changes(store, self)
        self._changes.happened.connect(self.changed)
        self._writing = False
        self._put_off: list[Callable[[], None]] = []
        self.workers.ended.connect(self._after_long)

    def meeting_day(self, motion_id: int) -> date | None:
        """Return the day a motion is held against; told from above, where meetings are known."""
        return self._meeting_day(self.store, motion_id)

    def deed(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Change the branch now, or as soon as a long change that is being written is through.

        What cannot be done goes to `failed`, or is shown above the page.
        """
        if self._writing:
            self._put_off.append(lambda: self._do(work, done, failed))
            self.waiting.emit(True)  # noqa: FBT003 -- a signal's value
        else:
            self._do(work, done, failed)

    def write(self, work: Callable[[], object]) -> None:
        """Change the branch for a field: raise what is wrong, or put it off as `deed` does."""
        if self._writing:
            self.deed(work)
        else:
            work()

    def _do(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[DeskError], None] | None,
    ) -> None:
        try:
            answer = work()
        except DeskError as error:
            (failed or self.fail)(error)
            return
        if done is not None:
            done(answer)

    def long_deed(
        self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]
    ) -> None:
        """Change the branch in the long lane; other deeds wait until it is through."""

        def begin(progress: Progress) -> T:
            return work(progress)

        self._writing = True
        self.workers.long(title, begin, done, failed=self.fail)

    def fail(self, error: Exception) -> None:
        """Show a failure that is the user's to mend; raise one that is ours."""
        if not isinstance(error, DeskError):
            raise error
        self.failed.emit(str(error))

    def go(self, page: str, row_id: int | None = None, what: str = "") -> None:
        """Go to a page and a thing on it."""
        self.went.emit(Place(page, row_id, what))

    def identify(self) -> None:
        """Say that the branch's name or colour may be another now."""
        self.identified.emit()

    def undo(self) -> None:
        """Take back the last change, whichever page made it."""
        self.deed(self.store.undo, lambda title: self.said.emit(f"Undone: {title}"))

    def redo(self) -> None:
        """Do again what was undone last."""
        self.deed(self.store.redo, lambda title: self.said.emit(f"Done again: {title}"))

    def _after_long(self) -> None:
        if self._writing and not self.workers.busy:
            self._writing = False
            self.waiting.emit(False)  # noqa: FBT003 -- a signal's value
            put_off, self._put_off = self._put_off, []
            for each in put_off:
                each()

    def close(self) -> None:
        """End the workers and close the file; its key goes with it."""
        self._changes.stop()
        self.workers.stop()
        self.store.close()
