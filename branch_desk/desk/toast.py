"""What was done, said for a few seconds at the foot of the page, with Undo where it may matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from branch_desk.desk import kit, motion
from branch_desk.desk.announce import announce
from branch_desk.desk.tr import tr
from branch_desk.store import undo

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from branch_desk.desk.session import Session

SECONDS = 4.0
UNDO_SECONDS = 6.0
A_LETTER = 0.045  # seconds to read one
GAP = 8


class Toast(QFrame):
    """One saying; it goes by itself, but not while the pointer or the focus is on it.

    `change` is the id of the change that Undo takes back, None where there is nothing to undo.
    """

    gone = Signal(object)

    def __init__(self, parent: QWidget, session: Session, text: str, change: int | None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self._session, self.change = session, change
        self._pointer = QCursor.pos()
        self._came_from: QWidget | None = None
        self.text = kit.label(text)
        close = kit.button("", "x", role="toast", does=self.leave)
        close.setAccessibleName(tr("Close this message"))
        close.setToolTip(tr("Close this message"))
        self.undo = kit.button(tr("Undo"), "undo-2", role="toast", does=self._undo)
        self.undo.setAccessibleDescription(text)
        inside = kit.row(self.text, self.undo, close, space=8, margin=4)
        inside.setContentsMargins(16, 4, 4, 4)
        inside.setStretch(0, 1)
        self.setLayout(inside)
        self.undo.setVisible(change is not None)  # not before: it would be a window of its own
        least = SECONDS if change is None else UNDO_SECONDS
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(round(1000 * max(least, 2 + A_LETTER * len(text))))
        self._timer.timeout.connect(self.leave)
        self._timer.start()
        for part in (self.undo, close):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
            part.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_went)

    def _focus_went(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and not (old and self.isAncestorOf(old)):
            self._came_from = old

    def leave(self) -> None:
        """Take it away; the focus goes back to where it came from, if it was on it."""
        self._timer.stop()
        back, self._came_from = self._came_from, None
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focusNextChild()
        self.hide()
        self.gone.emit(self)

    def newest(self, change: int | None) -> None:
        """Hear which change Undo would take back now."""
        if self.change is None:
            return
        same = change == self.change
        self.undo.setEnabled(same)
        why = tr("Something else was done since: Edit, Undo goes back step by step.")
        self.undo.setToolTip("" if same else why)
        self.undo.setAccessibleDescription(self.accessibleName() if same else why)

    def _undo(self) -> None:
        found = undo.undoable(self._session.store.database)
        if found is not None and found[0] == self.change:
            self.leave()
            self._session.undo()
        else:
            self.newest(found[0] if found else None)

    def _rest(self) -> None:
        # A pointer that merely rests where the toast came up holds nothing.
        pointed = self.underMouse() and QCursor.pos() != self._pointer
        held = pointed or self.undo.hasFocus()
        if held:
            self._timer.stop()
        elif not self._timer.isActive() and self.isVisible():
            self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Qt's: the pointer comes and goes."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            QTimer.singleShot(0, self, self._rest)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the focus comes to a button and goes."""
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._rest)
        return super().eventFilter(watched, event)


class Toasts(QObject):
    """Lays the sayings over the foot of a place, the newest lowest; nothing there moves.

    One of a kind at a time: what was done takes the place of what was done before, and so does what
    can be undone. Undo that cannot be any more goes as soon as anything new is said.
    """

    def __init__(self, place: QWidget, session: Session) -> None:
        super().__init__(place)
        self._place, self._session = place, session
        self.shown: list[Toast] = []
        place.installEventFilter(self)
        session.changed.connect(self._changed)

    def say(self, text: str) -> None:
        """Say what was done."""
        self._add(text, None)

    def offer(self, text: str) -> None:
        """Say what was done, with Undo beside it while the change it made is the last one.

        A deed that changed nothing is said without Undo.
        """
        self._add(text, self._session.made())

    def clear(self) -> None:
        """Take all of them away."""
        for each in list(self.shown):
            each.leave()

    def _add(self, text: str, change: int | None) -> None:
        for each in list(self.shown):
            if (each.change is None) == (change is None) or each.change != self._newest():
                each.leave()
        made = Toast(self._place, self._session, text, change)
        made.gone.connect(self._gone)
        self.shown.append(made)
        made.show()
        self._changed()
        self._lay()
        motion.fade_in(made, self._session.look)
        announce(made, tr("{text} Undo with Ctrl+Z.", text=text) if change else text)

    def _gone(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
        toast.deleteLater()
        self._lay()

    def _changed(self) -> None:
        if any(each.change is not None for each in self.shown):
            newest = self._newest()
            for each in self.shown:
                each.newest(newest)

    def _newest(self) -> int | None:
        found = undo.undoable(self._session.store.database)
        return found[0] if found else None

    def _lay(self) -> None:
        room: QRect = self._place.rect()
        bottom = room.bottom() - 2 * GAP
        for each in reversed(self.shown):
            widest = min(room.width() - 4 * GAP, 40 * self._session.look.theme.sizes["lead"])
            hint = each.sizeHint().width()
            text = each.text.fontMetrics().horizontalAdvance(each.text.text())
            width = min(widest, max(hint, text + hint - each.text.sizeHint().width() + GAP))
            each.resize(width, max(each.heightForWidth(width), each.minimumSizeHint().height()))
            each.move(room.left() + (room.width() - width) // 2, bottom - each.height())
            bottom -= each.height() + GAP
            each.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the place grows or shrinks."""
        if event.type() == QEvent.Type.Resize:
            self._lay()
        return super().eventFilter(watched, event)
