"""Work off the main thread, in two lanes: `quick` (the newest wins) and `long` (one at a time)."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# What ends within this is waited for; for anything longer the window goes on answering. A search
# or a preview that is no longer wanted cannot be stopped, and is mostly through sooner.
SOON_S = 0.15
QUICK_S = 1.0
LOOK_AGAIN_MS = 50


class Cancelled(Exception):
    """The user no longer wants the answer; raised inside the work by `Progress`."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work, from asked for to answered."""

    topic: str
    work: Callable[[], object]
    done: Callable[[object], None]
    failed: Callable[[Exception], None] | None
    owner: QObject | None
    writes: bool = False
    cancels: bool = True
    unwanted: threading.Event = field(default_factory=threading.Event)
    answer: object = None
    error: Exception | None = None


def _of_any(done: Callable[[T], None]) -> Callable[[object], None]:
    """Forget the type of an answer while it travels; the job keeps question and answer together."""
    return cast("Callable[[object], None]", done)


class Progress:
    """What long work tells while it runs; it raises `Cancelled` when told to stop."""

    def __init__(self, job_unwanted: threading.Event, tell: Callable[[int, int], None]) -> None:
        self._unwanted, self._tell = job_unwanted, tell

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done; a total of 0 is "not known"."""
        if self._unwanted.is_set():
            raise Cancelled
        self._tell(done, total)


class _Lane:
    """One thread that takes jobs in turn; a newer job of the same topic replaces a waiting one.

    It holds no job longer than it works on it: a passphrase may be in there.
    """

    def __init__(
        self, name: str, answered: Callable[[Job], None], drop: Callable[[Job], None]
    ) -> None:
        self._jobs: dict[str, Job] = {}
        self._wake = threading.Condition()
        self._stopping = False
        self._working = False
        self._answered, self._drop = answered, drop
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = False

    def put(self, job: Job) -> None:
        with self._wake:
            if older := self._jobs.pop(job.topic, None):
                self._give_up(older)
            self._jobs[job.topic] = job
            if not self._started:
                self._started = True
                self._thread.start()
            self._wake.notify_all()

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._jobs.clear()
            self._wake.notify_all()
        if self._started:
            self._thread.join()

    def quiet(self, seconds: float) -> bool:
        """Forget what waits; whether nothing is worked on, after so long at the most."""
        with self._wake:
            self._jobs.clear()
            return self._wake.wait_for(lambda: not self._working, seconds)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._working = False
                self._wake.notify_all()
                while not self._jobs and not self._stopping:
                    self._wake.wait()
                if self._stopping:
                    return
                job = self._jobs.pop(next(iter(self._jobs)))
                self._working = True
            if job.unwanted.is_set():
                self._give_up(job)
            else:
                self._do(job)
            del job

    def _give_up(self, job: Job) -> None:
        job.error = Cancelled()
        self._answered(job)

    def _do(self, job: Job) -> None:
        try:
            job.answer = job.work()
        except Exception as error:  # noqa: BLE001 -- carried to the main thread, whatever it is
            job.error = error
        if job.unwanted.is_set() and not job.writes:
            self._drop(job)  # here, so that the next job finds it gone
        self._answered(job)


class Workers(QObject):
    """The two lanes of one open branch; answers come back in the main thread, unwanted ones never.

    `started(title)`, `progressed(done, total)` and `ended()` tell of the long lane. `dropped` is
    given each answer that nobody wants any more; it may be called in either thread.
    """

    started = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    _answered = Signal(object)

    def __init__(
        self, parent: QObject | None = None, dropped: Callable[[object], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._dropped = dropped
        self._unanswered: set[Job] = set()
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._newest: dict[str, Job] = {}
        self._waiting: list[tuple[str, Job]] = []
        self._running: Job | None = None
        self._quick = _Lane("quick", self._answered.emit, self._drop)
        self._long = _Lane("long", self._answered.emit, self._drop)
        self._stopped = False
        self._title = ""
        self._look: QTimer | None = None

    @property
    def stopped(self) -> bool:
        """Whether nothing is taken or answered any more."""
        return self._stopped

    @property
    def title(self) -> str:
        """What the long lane is at; empty where it is at nothing."""
        return self._title if self._running is not None else ""

    @property
    def busy(self) -> bool:
        """Whether the long lane has work."""
        return self._running is not None

    @property
    def writing(self) -> bool:
        """Whether the long lane is changing the branch at this moment."""
        return self._running is not None and self._running.writes

    @property
    def can_cancel(self) -> bool:
        """Whether Cancel stops the long work that runs."""
        return self._running is not None and self._running.cancels

    @property
    def idle(self) -> bool:
        """Whether every question that is still wanted has been answered."""
        return not self._newest and self._running is None and not self._waiting

    def quick(
        self,
        topic: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Answer soon; asking again under the same topic makes the earlier question unwanted."""
        if self._stopped:
            return
        job = Job(topic, work, _of_any(done), failed, owner)
        if older := self._newest.get(topic):
            older.unwanted.set()
        self._newest[topic] = job
        self._unanswered.add(job)
        self._quick.put(job)

    def long(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        writes: bool = False,
        cancels: bool = True,
    ) -> None:
        """Do one long piece of work after another, with progress and Cancel in the bottom line.

        Work that `writes` is answered whenever it was not stopped in time, for then it stands. Work
        that never calls its progress says that it has no Cancel.
        """
        unwanted = threading.Event()
        progress = Progress(unwanted, self.progressed.emit)
        job = Job(title, lambda: work(progress), _of_any(done), failed, owner)
        job.writes, job.cancels, job.unwanted = writes, cancels, unwanted
        self._waiting.append((title, job))
        self._next()

    def forget(self, topic: str) -> None:
        """No longer want the answer to a quick question."""
        if job := self._newest.pop(topic, None):
            job.unwanted.set()

    def cancel(self) -> None:
        """Stop the long work that runs; its transaction takes back what it had written."""
        if self._running and self._running.cancels:
            self._running.unwanted.set()

    def wind_down(self, then: Callable[[], object]) -> bool:
        """Take nothing new, cancel what runs, and call `then` once nothing is worked on.

        Returns whether that was at once; work that cannot be cancelled is let finish, and the
        window answers meanwhile. Nothing answers after this.
        """
        self._give_up_all()
        if self._long.quiet(SOON_S) and self._quick.quiet(QUICK_S):
            then()
            return True
        # Whoever closes the branch first takes this object with it, and its children.
        look = self._look = QTimer(interval=LOOK_AGAIN_MS)

        def again() -> None:
            if self._long.quiet(0) and self._quick.quiet(0):
                look.stop()
                then()

        look.timeout.connect(again)
        look.start()
        return False

    def _give_up_all(self) -> None:
        self._stopped = True
        self._waiting.clear()
        if self._running:
            self._running.unwanted.set()
        for job in self._newest.values():
            job.unwanted.set()

    def stop(self) -> None:
        """End both lanes and wait for them; nothing answers after this."""
        self._give_up_all()
        self._quick.stop()
        self._long.stop()
        for job in self._unanswered:
            self._drop(job)
        self._unanswered.clear()
        self._newest.clear()
        self._running = None

    def _next(self) -> None:
        if self._running is None and self._waiting and not self._stopped:
            self._title, self._running = self._waiting.pop(0)
            self.started.emit(self._title)
            self._long.put(self._running)

    @Slot(object)
    def _answer(self, job: Job) -> None:
        self._unanswered.discard(job)
        if job is self._running:
            self._running = None
            self.ended.emit()
            stopped = job.unwanted.is_set() and not job.writes
            wanted = not stopped and not isinstance(job.error, Cancelled)
        else:
            wanted = not job.unwanted.is_set()
            if self._newest.get(job.topic) is job:
                del self._newest[job.topic]
        self._next()
        if wanted and not self._stopped and (job.owner is None or isValid(job.owner)):
            self._deliver(job)
        else:
            self._drop(job)

    def _drop(self, job: Job) -> None:
        answer, job.answer = job.answer, None
        if self._dropped is not None and answer is not None:
            self._dropped(answer)

    def _deliver(self, job: Job) -> None:
        if job.error is None:
            job.done(job.answer)
        elif job.failed is not None:
            job.failed(job.error)
        else:
            raise job.error
