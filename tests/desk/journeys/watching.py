"""A watchdog over the main thread: every time the window did not answer for long, and where."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QAbstractEventDispatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

# Machines that run tests are noisy: only where this is set does a stall fail a journey.
VARIABLE = "BRANCH_DESK_STALLS"
STALL = 0.050
LOOKS = 0.005


@dataclass
class Stall:
    """No answer for so many seconds while `doing`; where the window was, from outside in.

    `seconds` leaves out how long the thread stood in line for a processor, which other programs
    had; waiting for a lock, for a disk or for Python itself counts. `busy` is the part of it that
    the thread worked, `clock` what a clock on the wall said.
    """

    seconds: float
    doing: str
    places: list[str] = field(default_factory=list)
    busy: float = 0.0
    clock: float = 0.0


@dataclass(frozen=True)
class Instant:
    """What the clocks say: the wall's, the thread's own work, and its standing in line."""

    clock: float
    busy: float
    in_line: float


class Clocks:
    """The clocks of the thread it is made in; without Linux's, nobody ever stands in line."""

    def __init__(self) -> None:
        self._line = -1
        with contextlib.suppress(OSError):
            self._line = os.open("/proc/thread-self/schedstat", os.O_RDONLY)

    def now(self) -> Instant:
        """Read all three, in seconds."""
        waited = 0 if self._line < 0 else int(os.pread(self._line, 100, 0).split()[1])
        return Instant(time.perf_counter(), time.thread_time(), waited / 1e9)

    def close(self) -> None:
        """Let go of the system's file."""
        if self._line >= 0:
            os.close(self._line)


class Watch:
    """Times every turn of the event loop and every key and click, which arrive outside of it."""

    def __init__(self, least: float = STALL) -> None:
        self.least = least
        self.stalls: list[Stall] = []
        self.doing = ""
        self._began: Instant | None = None
        self._clocks = Clocks()
        self._seen: list[str] = []
        self._over = threading.Event()
        self._main = threading.get_ident()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._awake)
        dispatcher.aboutToBlock.connect(self._ended)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.disconnect(self._awake)
        dispatcher.aboutToBlock.disconnect(self._ended)
        self._over.set()
        self._thread.join()
        self._clocks.close()

    def _awake(self) -> None:
        self._ended()
        self._began, self._seen = self._clocks.now(), []

    def _ended(self) -> None:
        if self._began is not None:
            was, now = self._began, self._clocks.now()
            clock = now.clock - was.clock
            taken = clock - (now.in_line - was.in_line)
            if taken > self.least:
                busy = now.busy - was.busy
                self.stalls.append(Stall(taken, self.doing, self._seen, busy, clock))
        self._began = None

    @contextmanager
    def act(self, doing: str) -> Iterator[None]:
        """Time what a person does, which a test hands to the widgets itself."""
        self._ended()
        self.doing = doing
        self._began, self._seen = self._clocks.now(), []
        try:
            yield
        finally:
            self._ended()

    def _look(self) -> None:
        while not self._over.wait(LOOKS):
            began = self._began
            if (
                began is not None
                and not self._seen
                and time.perf_counter() - began.clock > STALL / 2
            ):
                self._seen = _places(self._main)

    def judge(self) -> None:
        """Fail for a stall, where that was asked for; list it in any case."""
        for stall in self.stalls:
            where = " > ".join(stall.places)
            times = (
                f"{stall.seconds * 1000:.0f} ms ({stall.busy * 1000:.0f} busy,"
                f" {stall.clock * 1000:.0f} by the clock)"
            )
            sys.stdout.write(f"{times} while {stall.doing}: {where}\n")
        if os.environ.get(VARIABLE) and self.stalls:
            raise AssertionError(f"The window did not answer {len(self.stalls)} times.")


def _places(thread: int) -> list[str]:
    """Say where a thread is, from outside in.

    Its frames are let go of at once: one that is held keeps what it holds, such as a painter.
    """
    frame = sys._current_frames().get(thread)
    passed = []
    while frame is not None:
        passed.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return [
        f"{_short(code.co_filename)}:{line} {code.co_name}"
        for code, line in reversed(passed)
        if "branch_desk" in code.co_filename
    ]


def _short(name: str) -> str:
    return name.rpartition("branch_desk/")[2]
