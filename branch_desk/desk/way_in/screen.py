"""What every screen before the desk is made of: a narrow column with room for what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.store.errors import DeskError


class Screen(QWidget):
    """One screen before the desk: a narrow column in the middle of the window."""

    def __init__(self, title: str, text: str = "", *, width: int = 460) -> None:
        super().__init__()
        self.setObjectName("doors")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.notice = kit.Notice()
        self.inner = kit.column(kit.label(title, "display"), space=12)
        if text:
            self.inner.addWidget(kit.label(text, "lead"))
        self.inner.addWidget(self.notice)
        middle = QWidget()
        middle.setLayout(self.inner)
        middle.setMaximumWidth(width)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        across = kit.row(None, middle, None, margin=24)
        across.setStretchFactor(middle, 20)
        down = QVBoxLayout()
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        holder.setLayout(down)
        self.setLayout(kit.column(kit.scrolled(holder)))

    def fail(self, error: Exception) -> None:
        """Say what stood in the way; raise what is our own fault."""
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text(str(error))
