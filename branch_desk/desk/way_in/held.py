"""What was typed and not stored when the desk had to close, kept to be shown once it opens again.

A lock neither waits for a mistyped field to be put right, for the desk would stay open, nor drops
it: the text is held in this process's memory alone, by the file it was typed for, and shown after
the passphrase. It is gone with the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QWidget,
)

from branch_desk.desk import clipboard, kit
from branch_desk.desk.forms import Field
from branch_desk.desk.tr import tr
from branch_desk.desk.typed import begun, edited

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that is nowhere else: the field it stood in, and why it was not stored."""

    name: str
    text: str
    why: str


def refused_on(desk: QWidget) -> list[Typed]:
    """Return what the fields of an open desk were refused, once left, and what is only begun."""
    found = []
    for field in desk.findChildren(Field):
        field.leave()
        if field.refused:
            found.append(Typed(field.name, field.text(), field.complaint()))
    for screen, name, text in begun(desk):
        found.append(Typed(name, text, tr("“{title}” was still open.", title=screen)))
    return found


def typed_in(dialog: QDialog) -> list[Typed]:
    """Return what was typed into a question that has to be closed unanswered."""
    why = tr("“{title}” was still open.", title=dialog.windowTitle())
    return [Typed(name, text, why) for name, text in edited(dialog) if text.strip()]


class HeldTexts(QDialog):
    """Shows after the passphrase what was not stored before the lock, to be copied from here."""

    def __init__(self, parent: QWidget, typed: Sequence[Typed]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Not stored before the desk was closed"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        parts: list[QWidget] = [
            kit.label(self.windowTitle(), "title"),
            kit.label(
                tr(
                    "This was typed and is nowhere else. Copy what you still need; it is dropped "
                    "when this is closed."
                ),
                "muted",
            ),
        ]
        self.texts: list[QPlainTextEdit] = []
        for each in typed:
            shown = QPlainTextEdit(each.text)
            shown.setReadOnly(True)
            shown.setTabChangesFocus(True)
            shown.setAccessibleName(each.name)
            shown.setAccessibleDescription(each.why)
            lines = min(5, each.text.count("\n") + 2)
            shown.setFixedHeight(shown.fontMetrics().lineSpacing() * lines + 16)
            self.texts.append(shown)
            card = kit.box(kit.column(shown, margin=4), "card")
            parts += [kit.label(each.name, "label"), card, kit.label(each.why, "error")]
        inner = QWidget()
        inner.setLayout(kit.column(*parts, None, space=8))
        buttons = QDialogButtonBox()
        self.copy = kit.button(tr("Copy all of it"), does=self._copy)
        close = kit.button(tr("Close"), role="primary", does=self.accept)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.AcceptRole)
        self.setLayout(kit.column(kit.scrolled(inner, at_once=True), buttons, space=12, margin=24))
        close.setFocus()
        self._typed = typed

    def _copy(self) -> None:
        lines = [f"{each.name}: {each.text}" for each in self._typed]
        clipboard.put("\n".join(lines))
