"""What every screen before the desk is made of: a column with room for what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent


class Trail(QFrame):
    """The steps of the assistant in a row: a tick before what is done, a dot before what is not.

    `skipped` are the places of those that were gone past.
    """

    def __init__(self, names: Sequence[str], at: int, skipped: Collection[int] = ()) -> None:
        super().__init__()
        self.setAccessibleName(
            tr("Step {at} of {all}: {name}", at=at + 1, all=len(names), name=names[at])
        )
        row = kit.row(space=16)
        for number, name in enumerate(names):
            done = f"· {name}" if number in skipped else f"✓ {name}"
            text = done if number < at else f"{number + 1}  {name}"
            made: QLabel = kit.label(text, "heading" if number == at else "muted", wrap=False)
            row.addWidget(made)
        row.addStretch(1)
        self.setLayout(row)


class Screen(QWidget):
    """One screen before the desk: a column in the middle of the window; Esc leaves it."""

    left = Signal()

    def __init__(
        self, title: str, text: str = "", *, width: int = 460, trail: Trail | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("doors")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.notice = kit.Notice()
        self.inner = kit.column(space=12)
        if trail is not None:
            self.inner.addWidget(trail)
        self.inner.addWidget(kit.label(title, "display"))
        self.lead = kit.label(text, "lead")
        if not text:  # made visible before it has a place, it would be a window of its own
            self.lead.hide()
        self.inner.addWidget(self.lead)
        self.inner.addWidget(self.notice)
        self.middle = QWidget()
        self.middle.setLayout(self.inner)
        self.set_width(width)
        self.middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        across = kit.row(None, self.middle, None, margin=24)
        across.setStretchFactor(self.middle, 20)
        down = QVBoxLayout()
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        holder.setLayout(down)
        self.setLayout(kit.column(kit.scrolled(holder, at_once=True)))
        self.escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self.escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.escape.activated.connect(self.escaped)

    def set_width(self, width: int) -> None:
        """Be as wide in letters whatever their size; the width is for the usual 13 pixels."""
        self.middle.setMaximumWidth(round(width * max(1.0, self.fontMetrics().height() / 16)))

    def escaped(self) -> None:
        """Leave the screen, as its way back does."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter presses the button that has the focus, as the space bar does."""
        focused = self.focusWidget()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and isinstance(focused, QPushButton) and focused.isEnabled():
            focused.click()
        else:
            super().keyPressEvent(event)

    def fail(self, error: Exception) -> None:
        """Say what stood in the way; raise what is our own fault."""
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text(str(error))
