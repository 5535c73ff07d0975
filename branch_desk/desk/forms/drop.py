"""A place to drop files on, which can be had without a mouse too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms.field import restyle
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


class DropArea(QFrame):
    """Takes files with certain endings, dropped on it or chosen with its button.

    `took(paths)` is given them, in the order they came. What has another ending is not taken, and
    the area says so.
    """

    def __init__(
        self,
        text: str,
        endings: Sequence[str],
        took: Callable[[list[Path]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._endings = tuple(ending.lower() for ending in endings)
        self._took = took
        self._text = text
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self.label = kit.label(text, "muted")
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.choose = kit.button(tr("Choose…"), "folder-open", does=self._ask)
        self.choose.setAccessibleDescription(text)
        self.setFocusProxy(self.choose)
        made = kit.row(self.label, self.choose, margin=12, space=12)
        made.setStretch(0, 1)
        self.setLayout(made)

    def _ask(self) -> None:
        from branch_desk.desk import ask  # which asks with fields

        kinds = " ".join(f"*{ending}" for ending in self._endings)
        ask.files_to_open(self, self._text, "", tr("Files") + f" ({kinds})", self._take)

    def _take(self, paths: list[Path]) -> None:
        self.label.setText(self._text)
        self._took(paths)

    def _dropped(self, event: QDropEvent) -> tuple[list[Path], list[Path]]:
        """Return what is taken, and what is not."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        good = [path for path in paths if path.name.lower().endswith(self._endings)]
        return good, [path for path in paths if path not in good]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: welcome files; those of another kind are told apart when they are dropped."""
        if event.mimeData().hasUrls():
            restyle(self, "over", value=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt's."""
        super().dragLeaveEvent(event)
        restyle(self, "over", value=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: take them."""
        restyle(self, "over", value=False)
        good, others = self._dropped(event)
        if others:
            self.label.setText(
                tr(
                    "{name} was not taken: only {endings} here.",
                    name=others[0].name,
                    endings=", ".join(self._endings),
                )
            )
        if good:
            event.acceptProposedAction()
            self._took(good)
