"""The assistant that starts a branch: five steps, each of which can be gone back to or skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.first_steps import Progressed, StepScreen, trail
from branch_desk.desk.way_in.keep_sheet import Sheet
from branch_desk.desk.way_in.starting import Naming, Plan, Securing

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.desk.window import Window
    from branch_desk.desk.workers import Workers
    from branch_desk.store.store import Store


class Assistant:
    """Shows one step after another in the window, and the desk at the end; `left` ends it early."""

    def __init__(self, window: Window, workers: Workers, left: Callable[[], object]) -> None:
        self._window, self._workers, self._left = window, workers, left
        self._steps = window.program.first_steps()
        self._progressed = Progressed(window.remembered)
        self._plan = Plan()
        self._done: list[str] = []
        self._skipped: set[int] = set()
        self._without = "· " + tr("The recovery sheet was neither printed nor saved.")

    def begin(self) -> Naming:
        """Ask for the name; what was typed before going back is still there."""
        screen = Naming(self._plan, self._window.program.kinds(), trail(self._steps, 0))
        screen.left.connect(self._left)
        screen.named.connect(self._secure)
        self._window.show_screen(screen)
        return screen

    def _secure(self) -> None:
        program = self._window.program
        screen = Securing(self._plan, program, self._workers, trail(self._steps, 1))
        screen.left.connect(self.begin)
        screen.made.connect(self._made)
        self._window.show_screen(screen)

    def _made(self, store: Store) -> None:
        session = self._window.begin(store)
        self._progressed.keep(store.path, 0)
        self._done = ["✓ " + tr("The file is made: {path}", path=store.path)]
        self._show_sheet(session)

    def _show_sheet(self, session: Session) -> None:
        screen = Sheet(
            session, self._window.program.identity(session.store).name, trail=trail(self._steps, 1)
        )
        screen.kept.connect(lambda said: self._kept(session, said))
        self._window.show_screen(screen)

    def _kept(self, session: Session, said: str) -> None:
        self._say(f"✓ {said}" if said else self._without)
        self.go_on(session, 0)

    def resume(self, session: Session) -> None:
        """Go on where the program ended in the middle."""
        at = self._progressed.at(session.store.path) or 0
        self._done = ["✓ " + tr("The file is made: {path}", path=session.store.path)]
        self.go_on(session, at)

    def go_on(self, session: Session, at: int) -> None:
        """Show a step by its place, or the desk after the last."""
        if at >= len(self._steps):
            self._finish(session)
            return
        self._progressed.keep(session.store.path, at)
        step = self._steps[at]
        row = trail(self._steps, at + 2, self._skipped)
        screen = StepScreen(session, step, self._plan.kind, self._done, row)
        screen.done.connect(lambda said: self._went(session, at, said))
        screen.skipped.connect(lambda: self._skip(session, at))
        screen.left.connect(lambda: self._go_back(session, at))
        self._window.show_screen(screen)

    def _skip(self, session: Session, at: int) -> None:
        self._skipped.add(at + 2)
        self.go_on(session, at + 1)

    def _went(self, session: Session, at: int, said: str) -> None:
        self._skipped.discard(at + 2)
        self._say(f"✓ {said}")
        self.go_on(session, at + 1)

    def _go_back(self, session: Session, at: int) -> None:
        if at:
            self.go_on(session, at - 1)
        else:
            self._show_sheet(session)

    def _say(self, said: str) -> None:
        if said not in self._done:
            self._done.append(said)

    def _finish(self, session: Session) -> None:
        self._progressed.keep(session.store.path, None)
        self._window.show_desk(session)
        session.said.emit(tr("Your branch is ready. Everything said here can be changed later."))
