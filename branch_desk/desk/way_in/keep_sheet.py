"""The recovery sheet on the screen, to print or save before the desk opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from branch_desk.desk import kit
from branch_desk.desk.preview import Preview
from branch_desk.desk.way_in.screen import Screen

if TYPE_CHECKING:
    from branch_desk.desk.session import Session


class Sheet(Screen):
    """The recovery sheet, to print or save before the desk opens."""

    kept = Signal()

    def __init__(self, session: Session, name: str, *, again: bool = False) -> None:
        older = (
            " The passphrase is changed. Backups made before now still open with the old one and "
            "the old sheet; destroy those you no longer need."
        )
        super().__init__(
            "Your new recovery sheet" if again else "Your recovery sheet",
            "If the passphrase is ever forgotten, only this opens the file. Print it or save it "
            "on a stick, and keep it away from this computer." + (older if again else ""),
            width=760,
        )
        from branch_desk.desk.way_in import sheet

        store = session.store
        grid = QGridLayout()
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(24)
        for down, groups in enumerate(sheet.groups(store.key.sheet())):
            for across, group in enumerate(groups):
                cell = kit.label(group, "code", wrap=False)
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, down, across)
        self.inner.addWidget(kit.box(grid, "card"))
        self.preview = Preview(session, "recovery sheet", large_print=False)
        self.preview.view.hide()
        paper = sheet.document(name, store.path.name, store.key.sheet(), store.today())
        self.preview.show_paper(lambda _: _render(paper), f"Recovery sheet of {name}")
        self.inner.addWidget(self.preview)
        self.go = kit.button("I have kept it: open the desk", does=self.kept.emit)
        self.inner.addLayout(kit.row(None, self.go))


def _render(paper: object) -> bytes:
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.render import render

    if not isinstance(paper, Document):
        raise TypeError("not a paper")
    return render(paper)
