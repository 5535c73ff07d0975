"""One branch, open on the desk: its file, its workers and what happens to it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from branch_desk.desk.changes import Changes
from branch_desk.desk.putoff import PutOff
from branch_desk.desk.tr import tr
from branch_desk.desk.workers import Workers
from branch_desk.paper.forgetting import forget
from branch_desk.store import audit, undo
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import Look
    from branch_desk.desk.workers import Progress
    from branch_desk.store.connections import Database
    from branch_desk.store.store import Store

T = TypeVar("T")

# Putting back more rows than this takes longer than a window may stand still.
LARGE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page by name and, on it, one thing by id."""

    page: str
    id: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A deed put off; `do` does it and tells, `work` only does it."""

    do: Callable[[], None]
    work: Callable[[], object]


class Session(QObject):
    """What every page is given. Pages change the branch only through `deed` and `long_deed`.

    `failed(sentence)` is shown above the page, `said(sentence)` for a moment at its foot, and
    `undoable(sentence)` there too with Undo beside it, for what was done at one stroke and may not
    have been meant. `did()` says that a deed went well, so that an older failure is over.
    `waiting(bool)` says that a long change is being written and editing waits.
    """

    failed = Signal(str)
    did = Signal()
    said = Signal(str)
    undoable = Signal(str)
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
        *,
        last_met: Callable[[Store], date | None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self.store, self.look, self.remembered = store, look, remembered
        self._meeting_day, self._last_met = meeting_day, last_met
        self.workers = Workers(self)
        self._changes = Changes(store, self)
        self._changes.happened.connect(self.changed)
        self._put_off: list[_Waiting] = []
        self._made: int | None = None
        self.workers.ended.connect(self._after_long)

    def meeting_day(self, motion_id: int) -> date | None:
        """Return the day a motion is held against; told from above, where meetings are known."""
        return self._meeting_day(self.store, motion_id)

    def last_met(self) -> date | None:
        """Return the day the branch last met, None if never; told from above, in any thread."""
        return self._last_met(self.store)

    def deed(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Change the branch now, or as soon as a long change that is being written is through.

        What cannot be done goes to `failed`, or is shown above the page.
        """
        if self.workers.writing:
            self._put_off.append(_Waiting(lambda: self._do(work, done, failed), work))
            self.waiting.emit(True)  # noqa: FBT003 -- a signal's value
        else:
            self._do(work, done, failed)

    def write(self, work: Callable[[], object]) -> None:
        """Change the branch for a field: raise what is wrong, or `PutOff` where it has to wait."""
        if not self.workers.writing:
            self._noting(work)
            return
        later = PutOff()

        def done(_: object) -> None:
            later.tell(None)

        def failed(error: DeskError) -> None:
            if not later.tell(error):
                self.fail(error)

        self.deed(work, done, failed)
        raise later

    def _do(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[DeskError], None] | None,
    ) -> None:
        try:
            answer = self._noting(work)
        except DeskError as error:
            (failed or self.fail)(error)
            return
        self.did.emit()
        if done is not None:
            done(answer)

    def long_deed(
        self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]
    ) -> None:
        """Change the branch in the long lane; other deeds wait until it is through."""

        def went_well(answer: T) -> None:
            self.did.emit()
            done(answer)

        def noted(progress: Progress) -> T:
            return self._noting(lambda: work(progress))

        self.workers.long(title, noted, went_well, failed=self.fail, writes=True)

    def _noting(self, work: Callable[[], T]) -> T:
        """Do it, and note which change it made, if any."""
        self._made, before = None, undo.undoable(self.store.database)
        answer = work()
        after = undo.undoable(self.store.database)
        if after is not None and (before is None or after[0] > before[0]):
            self._made = after[0]
        return answer

    def made(self) -> int | None:
        """Return the change that the last deed made, once; None where there was nothing to do.

        What Undo is offered for: never for a change that somebody else or an earlier deed made.
        """
        made, self._made = self._made, None
        return made

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
        """Take back the last change, whichever page made it; a large one beside other work."""
        self._step(
            self.store.undo,
            self.undo,
            undo.undoable,
            tr("Undoing…"),
            lambda title: self.said.emit(tr("Undone: {title}", title=title)),
        )

    def redo(self) -> None:
        """Do again what was undone last; a large change beside other work."""
        self._step(
            self.store.redo,
            self.redo,
            undo.redoable,
            tr("Doing it again…"),
            lambda title: self.said.emit(tr("Done again: {title}", title=title)),
        )

    def _step(
        self,
        work: Callable[[], str],
        again: Callable[[], None],
        find: Callable[[Database], tuple[int, str] | None],
        doing: str,
        done: Callable[[str], None],
    ) -> None:
        if self.workers.writing:  # which change is the last is known when that one is through
            self._put_off.append(_Waiting(again, work))
            self.waiting.emit(True)  # noqa: FBT003 -- a signal's value
            return
        found = find(self.store.database)
        entries = audit.many(self.store.database, [found[0]] if found else [])
        if sum(each.rows for each in entries) <= LARGE:
            self.deed(work, done)
            return

        def went_well(title: str) -> None:
            self.did.emit()
            done(title)

        self.workers.long(
            doing, lambda _: work(), went_well, failed=self.fail, writes=True, cancels=False
        )

    def _after_long(self) -> None:
        if self.workers.stopped:
            return  # what was put off is stored by `close`, which tells what could not be
        if self._put_off:
            self.waiting.emit(False)  # noqa: FBT003 -- a signal's value
        put_off, self._put_off = self._put_off, []
        for each in put_off:
            _whatever_happens(each.do)

    def close(self) -> list[str]:
        """End the workers, store what was put off and close the file; its key goes with it.

        Returns why, where something that was put off could not be stored.
        """
        self._changes.stop()
        self.workers.stop()
        refused: list[str] = []
        put_off, self._put_off = self._put_off, []
        for each in put_off:
            try:
                _whatever_happens(each.work)
            except DeskError as error:
                refused.append(str(error))
        self.store.close()
        forget()
        return refused


def _whatever_happens(work: Callable[[], object]) -> None:
    """Do one of several things; a bug in it is shown as one and keeps none of the others back."""
    try:
        work()
    except DeskError:
        raise
    except Exception as error:  # noqa: BLE001 -- shown as a bug, whatever it is
        sys.excepthook(type(error), error, error.__traceback__)
