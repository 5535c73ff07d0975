"""A small window that asks for what something new needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from branch_desk.desk import kit
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from branch_desk.desk.forms import Field


class Ask(QDialog):
    """A few fields asked for at once; what is wrong is said, and nothing typed is lost."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        fields: Sequence[Field],
        verb: str,
        deed: Callable[[], object],
        *,
        text: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._deed = deed
        self.answer: object = None
        self.notice = kit.Notice()
        self.fields = tuple(fields)
        parts: list[QWidget] = [kit.label(title, "title")]
        if text:
            parts.append(kit.label(text, "muted"))
        buttons = QDialogButtonBox()
        self.go = kit.button(verb, role="primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = kit.button("Cancel")
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(kit.column(*parts, *fields, self.notice, buttons, space=12, margin=24))
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        try:
            self.answer = self._deed()
        except DeskError as error:
            self.notice.show_text(str(error))
            return
        self.accept()
