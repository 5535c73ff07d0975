"""One paper over the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch_desk.desk import kit
from branch_desk.desk.preview.preview import Preview
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session


class PaperCover(QWidget):
    """One paper over the whole page, with a way back."""

    left = Signal()

    def __init__(
        self,
        session: Session,
        name: str,
        make: Callable[[bool], bytes],
        mail: Callable[[], Draft] | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.preview = Preview(session, "paper over the page")
        self.back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        self.back.setShortcut("Alt+Left")
        layout = kit.column(kit.row(self.back, kit.label(name, "heading"), None), self.preview)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.preview.show_paper(make, name, mail=mail)
