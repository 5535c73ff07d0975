"""The way out of a branch: nothing typed is dropped unasked, and nothing that runs freezes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.desk.window import Window
    from branch_desk.desk.workspace import Workspace


class Closing:
    """Leads out of the open branch, and then on to wherever the user wanted to go."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._then: Callable[[], object] | None = None
        self._taken: tuple[Session, Workspace | None] | None = None
        self._left = 0

    def leave(self, then: Callable[[], object], *, behind: bool = False) -> None:
        """End what runs and call `then`; at once where nothing stands in the way.

        What a field refused is asked about first. Where something runs that must be let finish, a
        screen that shows nothing of the branch says so until it has. With `behind`, the same for a
        branch that is open behind the locked window.
        """
        self.ask_first(lambda: self._go(then, behind=behind))

    def ask_first(self, then: Callable[[], object]) -> None:
        """Store what is being typed; ask before what a field refused is dropped."""
        workspace = self._window.workspace
        complaints = workspace.leave() if workspace is not None else []
        if not complaints:
            then()
            return
        # Here and below: classes of Qt's that no start needs; each takes time to make.
        from branch_desk.desk import ask

        ask.confirm(
            self._window,
            tr("Not stored"),
            tr("What was typed here is not stored:") + "\n\n" + "\n".join(complaints),
            tr("Close without it"),
            then,
        )

    def _go(self, then: Callable[[], object], *, behind: bool) -> None:
        waits, self._then = self._then is not None, then
        if waits:
            return
        window = self._window
        covered = window.way_in.behind if behind else None
        sessions = [each for each in (window.session, covered) if each is not None]
        title = next((each.workers.title for each in sessions if each.workers.title), "")
        self._left = len(sessions)
        for each in sessions:
            each.workers.wind_down(self._one_less)
        if self._left:
            self._taken = window.take_off(apart=True)
            window.show_screen(Waiting(title))
        elif not sessions:
            self._arrived()

    def _one_less(self) -> None:
        self._left -= 1
        if not self._left:
            self._arrived()

    def _arrived(self) -> None:
        then, self._then = self._then, None
        taken, self._taken = self._taken, None
        refused = [] if taken is None else self._window.close_taken(*taken)
        if then is None:
            return
        if refused:
            self._tell(tr("Not stored:") + " " + " ".join(refused), then)
        else:
            then()

    def _tell(self, text: str, then: Callable[[], object]) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle(tr("Not stored"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(lambda _: then())
        box.open()


class Waiting(QWidget):
    """Says what is let finish before the branch is closed."""

    def __init__(self, title: str) -> None:
        from PySide6.QtWidgets import QProgressBar

        super().__init__()
        self.setObjectName("doors")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = kit.label(tr("Closing the branch…"), "title", wrap=False)
        text = tr("What still runs is finished first; the branch is closed after it.")
        if title:
            text = tr("“{title}” is finished first; the branch is closed after it.", title=title)
        self.setAccessibleName(text)
        self.said = kit.label(text, "lead", wrap=False)
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setTextVisible(False)
        progress.setAccessibleName(tr("Progress"))
        inner = kit.column(None, heading, self.said, progress, None, space=12)
        self.setLayout(kit.row(None, kit.box(inner), None, margin=24))
