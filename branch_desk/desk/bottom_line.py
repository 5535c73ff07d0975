"""The line at the foot: the file, its last backup, long work with Cancel, and the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy

from branch_desk.desk import icons, kit
from branch_desk.desk.actions import plain
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from branch_desk.desk.session import Session


class Elided(QLabel):
    """A label that gives way: it shows as much of its words as there is room for, then "…"."""

    def __init__(self, *, least: int = 6) -> None:
        super().__init__()
        self._whole, self._least = "", least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def whole(self) -> str:
        """Return all of its words."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Say it; what has no room is in the tool tip and for screen readers."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(kit.tip(text))
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))

    def sizeHint(self) -> QSize:
        """Qt's: all of its words."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 4, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Qt's: a few letters."""
        metrics = QFontMetrics(self.font())
        few = metrics.horizontalAdvance(self._whole[: self._least] + "…")
        return QSize(few if self._whole else 0, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: show what there is room for now."""
        super().resizeEvent(event)
        self._fit()


class BottomLine(QFrame):
    """The file, its last backup, long work with Cancel, and the last change with Undo."""

    def __init__(self, session: Session, undo: QAction, back_up: QAction) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self.setAccessibleName(tr("Bottom line"))
        self._session = session
        self._title = ""
        self.file = Elided()
        self.file.show_text(tr("{file}, open", file=session.store.path.name))
        self.file.setToolTip(kit.tip(str(session.store.path)))
        self.lock = QLabel()
        self.backup = kit.button("", role="foot", does=back_up.trigger)
        self.work = Elided()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self.cancel = kit.button(tr("Cancel"), "x", role="foot", does=session.workers.cancel)
        self.change = Elided(least=16)
        self.undo = kit.press(undo, role="foot", text=tr("Undo"))
        undo.changed.connect(self._tell_undo)
        self._undo_action = undo
        parts = (self.lock, self.file, self.backup, None, self.work, self.progress, self.cancel)
        layout = kit.row(*parts, self.change, self.undo, space=8)
        layout.setContentsMargins(12, 2, 8, 2)
        self.setLayout(layout)
        session.workers.started.connect(self._started)
        session.workers.progressed.connect(self._progressed)
        session.workers.ended.connect(self._ended)
        session.waiting.connect(self._waits)
        self.paint_again()
        self._ended()

    def paint_again(self) -> None:
        """Tint the picture in the theme's colours, in the size of the text."""
        sizes = self._session.look.theme.sizes
        side = sizes["small"] + 2
        self.lock.setPixmap(icons.icon("lock-open", "muted").pixmap(QSize(side, side)))
        self.lock.setAccessibleName(tr("Open"))
        self.progress.setFixedWidth(10 * sizes["small"])

    def show_change(self, title: str) -> None:
        """Name the change that Undo takes back; empty where there is none."""
        self.change.show_text(tr("Last change: {title}", title=title) if title else "")
        self.change.setToolTip(kit.tip(title))
        self.undo.setVisible(bool(title))

    def _tell_undo(self) -> None:
        self.undo.setToolTip(kit.tip(plain(self._undo_action.text())))

    def show_backup(self, text: str, *, late: bool) -> None:
        """Say when the file was backed up last; `late` asks for one."""
        self.backup.setText(text)
        self.backup.setAccessibleName(text)
        hint = tr("Back up now: copy the file, whole and checked, onto a stick.")
        self.backup.setToolTip(hint)
        self.backup.setAccessibleDescription(hint)
        if self.backup.property("late") != late:
            self.backup.setProperty("late", late)
            self.backup.style().unpolish(self.backup)
            self.backup.style().polish(self.backup)

    def _started(self, title: str) -> None:
        self._title = title
        self.work.show_text(title)
        self.progress.setRange(0, 0)
        self.work.show()
        self.progress.show()
        self.cancel.setVisible(self._session.workers.can_cancel)

    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if total:
            percent = f"{done * 100 // total} %"
            self.work.show_text(f"{self._title} {percent}")
            self.progress.setAccessibleDescription(percent)

    def _ended(self) -> None:
        for part in (self.work, self.progress, self.cancel):
            part.hide()

    def _waits(self, waits: bool) -> None:  # noqa: FBT001 -- a signal's value
        if waits:
            self._title = tr("Your change waits until this is stored")
            self.work.show_text(self._title)
