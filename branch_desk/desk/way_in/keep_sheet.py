"""The recovery sheet on the screen, to print or save before the desk opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton

from branch_desk.desk import kit
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.screen import Screen, Trail

if TYPE_CHECKING:
    from branch_desk.desk.session import Session


class Sheet(Screen):
    """The recovery sheet; going on needs it printed or saved, or a tick that says otherwise.

    The desk says under it what became of it. `kept` is emitted with that sentence, empty where
    the user went on without.
    """

    kept = Signal(str)

    def __init__(
        self,
        session: Session,
        name: str,
        *,
        again: bool = False,
        trail: Trail | None = None,
    ) -> None:
        text = tr(
            "If the passphrase is ever forgotten, only this opens the file. Print it or save it "
            "on a stick, and keep it away from this computer."
        )
        if again:
            text += " " + tr(
                "The passphrase is changed. Backups made before now still open with the old one "
                "and the old sheet; destroy those you no longer need."
            )
        title = tr("Your new recovery sheet") if again else tr("Your recovery sheet")
        super().__init__(title, text, width=760, trail=trail)
        self.setProperty("manual", "recovery-sheet#the-recovery-sheet")
        from branch_desk.desk.way_in import sheet

        self._said = ""
        store = session.store
        grid = QGridLayout()
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(24)
        for down, groups in enumerate(sheet.groups(store.key.sheet())):
            for across, group in enumerate(groups):
                cell = kit.label(group, "code", wrap=False)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                cell.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                grid.addWidget(cell, down, across)
        self.inner.addWidget(kit.box(grid, "card"))
        self.preview = Preview(session, "recovery sheet", large_print=False, mails=False)
        self.preview.view.hide()
        self.preview.pages.hide()
        self.preview.zoom.setFixedSize(0, 0)  # a wide preview shows it again
        for each in self.preview.findChildren(QPushButton):  # one page needs no search
            each.setHidden(each.accessibleName() == self.preview.find_action.text())
        paper = sheet.document(name, store.path.name, store.key.sheet(), store.today())
        self.preview.show_paper(lambda _: _render(paper), tr("Recovery sheet of {name}", name=name))
        self.inner.addWidget(self.preview)
        self.without = QCheckBox(
            tr("I go on without it and know that a forgotten passphrase then loses everything")
        )
        self.without.toggled.connect(self._enable)
        self.inner.addWidget(self.without)
        self.go = kit.button(tr("Go on"), role="primary", does=self._go_on)
        self.inner.addLayout(kit.row(None, self.go))
        self.preview.ready.connect(self._begin)
        session.said.connect(self._done)
        session.failed.connect(self.notice.show_text)
        self._enable()

    def _begin(self) -> None:
        """Lead to saving once there is something to save, where nobody went elsewhere since."""
        if self.focusWidget() is None and not self._said:
            for each in self.preview.findChildren(QPushButton):
                if each.accessibleName() == self.preview.save_action.text().replace("&", ""):
                    each.setFocus()

    def _done(self, said: str) -> None:
        """Hear from the preview that the sheet was printed or saved."""
        self._said = said
        self.notice.show_text(said, "said")
        self.without.setChecked(False)
        self.without.hide()
        self._enable()
        self.go.setFocus()

    def _enable(self) -> None:
        self.go.setEnabled(bool(self._said) or self.without.isChecked())

    def _go_on(self) -> None:
        self.kept.emit(self._said)

    def escaped(self) -> None:
        """Stay: the sheet is not left by a slip of the finger."""


def _render(paper: object) -> bytes:
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.render import render

    if not isinstance(paper, Document):
        raise TypeError("not a paper")
    return render(paper)
