"""What the window is told from above: its pages, and how a branch file is opened and made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from branch_desk.desk.finding import Findable
    from branch_desk.desk.page import Page
    from branch_desk.desk.session import Session
    from branch_desk.desk.way_in.first_steps import FirstStep
    from branch_desk.store.keys import RawKey
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on the rail; `make` imports and builds its page when it is first shown.

    `takes` are the endings of files that go there wherever on the desk they are dropped.
    """

    name: str
    icon: str
    make: Callable[[Session], Page]
    apart: bool = False
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """How a branch is known on the window: its name and its colour."""

    name: str
    accent: str


@dataclass(frozen=True, slots=True)
class Program:
    """Everything above the desk that the window needs; each call may raise `DeskError`.

    `meeting_day(store, motion)` is the day of the meeting a motion is held against, and
    `last_met(store)` the day of the branch's last meeting.
    `demo(folder)` is the command line that builds the demo branch there as `demo.branch`.
    `badges(store)` counts what needs somebody to act, by page; it is asked off the main thread.
    `findable()` is what the command box finds.
    `restore(backup, path, key)` makes a branch file of a backup, in place of one that is there.
    `kinds()` are the kinds of branch to choose from, with their words, and `first_steps()` what a
    new branch is taken through once its file is made.
    """

    entries: Sequence[Entry]
    open: Callable[[Path, str | RawKey], Store]
    create: Callable[[Path, str, str], Store]
    identity: Callable[[Store], Identity]
    meeting_day: Callable[[Store, int], date | None]
    demo: Callable[[Path], Sequence[str]]
    badges: Callable[[Store], Mapping[str, int]] = field(default=lambda _: {})
    findable: Callable[[], Sequence[Findable]] = field(default=tuple)
    last_met: Callable[[Store], date | None] = lambda _: None
    restore: Callable[[Path, Path, str], object] = lambda *_: None
    kinds: Callable[[], Sequence[tuple[str, str]]] = field(default=tuple)
    first_steps: Callable[[], Sequence[FirstStep]] = field(default=tuple)
    demo_passphrase: str = "demo"  # noqa: S105 -- the demo's is no secret
