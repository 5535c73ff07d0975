"""One box that goes to anything by its name and does anything: members, motions, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QWidget,
)
from shiboken6 import isValid

from branch_desk.desk import actions, finding, icons, kit, motion
from branch_desk.desk.announce import announce
from branch_desk.desk.command_lines import Line, LinePainter, Lines
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from branch_desk.desk.actions import Command
    from branch_desk.desk.finding import Findable, Found
    from branch_desk.desk.session import Session

TOPIC = "command box"
BEST = 3
MOST_COMMANDS = 12
ROWS_SEEN = 9
WIDTH = 620
SCRIM = QColor(0, 0, 0, 70)


class CommandBox(QWidget):
    """Lies over the window: typing narrows, arrows choose, Enter goes, Esc leaves.

    `commands()` is all that can be done now; `recent()` are the places gone to last, by page and
    id. Things are looked for in the quick lane and the newest question wins.
    """

    left = Signal()

    def __init__(
        self,
        window: QWidget,
        session: Session,
        kinds: Sequence[Findable],
        commands: Callable[[], Sequence[Command]],
        recent: Callable[[], Sequence[tuple[str, int]]],
    ) -> None:
        super().__init__(window)
        self._session, self._kinds = session, tuple(kinds)
        self._ask_commands, self._recent = commands, recent
        self._commands: list[Command] = []
        self._found: list[tuple[Findable, Found]] = []
        self._waits = False
        self._go_when_found = False
        self._before: QWidget | None = None
        self._make()
        window.installEventFilter(self)
        self.hide()

    def _make(self) -> None:
        self.setAccessibleName(tr("Go to anything"))
        self.setProperty("manual", "finding")
        self.edit = QLineEdit()
        self.edit.setObjectName("command_edit")
        self.edit.setPlaceholderText(tr("Go to a member, motion, letter, meeting, leaflet… or do"))
        self.edit.setAccessibleName(tr("Go to or do"))
        self.edit.setAccessibleDescription(tr("Type, choose with the arrow keys, Enter goes there"))
        self.edit.setMaxLength(200)
        self._glass = QAction(icons.icon("search", "muted"), tr("Search"), self.edit)
        self.edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        self.lines = Lines(self)
        self.view = QListView()
        self.view.setObjectName("command_list")
        self.view.setAccessibleName(tr("What matches"))
        self.view.setModel(self.lines)
        self.view.setItemDelegate(LinePainter(self.lines, lambda: self._session.look.theme))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.entered.connect(self.view.setCurrentIndex)
        # The list is emptied by what follows, and is not to be in the midst of its click.
        self.view.clicked.connect(self._clicked, Qt.ConnectionType.QueuedConnection)
        self.nothing = kit.label("", "muted")
        self.box = QFrame(self)
        self.box.setObjectName("command_box")
        inside = kit.column(self.edit, self.view, self.nothing, space=6, margin=8)
        inside.setStretch(1, 1)
        self.box.setLayout(inside)

    def begin(self) -> None:
        """Open it, empty, over the window; what had the focus gets it back in the end."""
        self._before = QApplication.focusWidget()
        self._commands = list(self._ask_commands())
        self._glass.setIcon(icons.icon("search", "muted"))
        self.edit.clear()
        self._typed("")
        self._lay()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        motion.fade_in(self, self._session.look)

    def leave(self) -> None:
        """Close it and give the focus back."""
        if not self.isHidden():
            self._session.workers.forget(TOPIC)
            self.hide()
            self.lines.show(())
            self._found = []
            if self._before is not None and isValid(self._before) and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None
            self.left.emit()

    # What is typed and what is found

    def _typed(self, text: str) -> None:
        text = text.strip()
        self._go_when_found = False
        self._waits = True
        if not text:
            self._found = []
        self._show_lines()
        store, kinds = self._session.store, self._kinds
        places = tuple(self._recent())

        def look() -> list[tuple[Findable, Found]]:
            if text:
                return finding.find(store, kinds, text)
            return finding.still_there(store, kinds, places)

        self._session.workers.quick(
            TOPIC, look, self._show_found, failed=self._session.fail, owner=self
        )

    def _show_found(self, found: list[tuple[Findable, Found]]) -> None:
        self._found, self._waits = found, False
        self._show_lines()
        if self._go_when_found:
            self._do(self.view.currentIndex().row())

    def _show_lines(self) -> None:
        """Put together what is known by now; what was chosen stays chosen while it matches."""
        chosen = self._chosen()
        first = self.view.currentIndex().row() <= 0
        lines = self._lines()
        self.lines.show(lines)
        row = 0
        if chosen is not None and not first:
            row = next((at for at, each in enumerate(lines) if _same(each, chosen)), 0)
        self.view.setCurrentIndex(self.lines.index(row))
        text = self.edit.text().strip()
        nothing = bool(text) and not lines and not self._waits
        self.nothing.setText(tr("Nothing is called “{text}”.", text=text[:60]) if nothing else "")
        self.nothing.setVisible(nothing)
        self.view.setVisible(bool(lines))
        self._lay()
        if not self._waits and self.isVisible():
            self._speak(lines, row)

    def _lines(self) -> list[Line]:
        text = self.edit.text().strip()
        things = [self._thing(kind, found) for kind, found in self._found]
        if not text:
            pages = [each for each in self._commands if each.where == tr("View") and each.keys]
            return [*things, *map(_command, pages)]
        matching = actions.matching(self._commands, text)
        best = [each for rank, each in matching if rank == 0 and each.enabled][:BEST]
        rest = [each for _, each in matching if each not in best][:MOST_COMMANDS]
        return [*map(_command, best), *things, *map(_command, rest)]

    def _thing(self, kind: Findable, found: Found) -> Line:
        def go() -> None:
            self._session.go(kind.page, found.id)

        title = found.title or tr("without a name")
        return Line(title, found.detail, tr(kind.word), kind.icon, "", go)

    def _chosen(self) -> Line | None:
        row = self.view.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def _speak(self, lines: Sequence[Line], row: int) -> None:
        if not lines:
            announce(self.edit, self.nothing.text())
            return
        many = plural(len(lines), "{n} answer", "{n} answers")
        announce(self.edit, f"{many}. {lines[row].spoken}")

    # Hands

    def _step(self, by: int) -> None:
        many = len(self.lines.lines)
        if many:
            row = self.view.currentIndex().row() + by
            row = row % many if abs(by) == 1 else min(max(row, 0), many - 1)
            self.view.setCurrentIndex(self.lines.index(row))
            announce(self.edit, self.lines.lines[row].spoken)

    def _do(self, row: int) -> None:
        if row < 0 and self._waits:
            self._go_when_found = True
            return
        if 0 <= row < len(self.lines.lines) and self.lines.lines[row].enabled:
            line = self.lines.lines[row]
            self.leave()
            line.does()

    def _clicked(self, index: QModelIndex) -> None:
        self._do(index.row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: keys in the box, and the window growing under it."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            return self._key(cast("QKeyEvent", event))
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._lay()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: ROWS_SEEN - 1,
            Qt.Key.Key_PageUp: 1 - ROWS_SEEN,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._do(-1 if self._waits else self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: a click beside the box closes it."""
        if not self.box.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's: dim what lies under it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), SCRIM)
        painter.end()

    def _lay(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        sizes = self._session.look.theme.sizes
        width = min(round(WIDTH * sizes["body"] / 13), self.width() - 2 * sizes["xl"])
        rows = min(len(self.lines.lines), ROWS_SEEN)
        top = max(self.height() // 9, sizes["xl"])
        self.view.setFixedHeight(min(rows * (sizes["row"] + 4) + 4, self.height() - 3 * top))
        height = self.box.sizeHint().height()
        self.box.setGeometry((self.width() - width) // 2, top, width, height)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.view.viewport().update()
        super().changeEvent(event)


def _command(command: Command) -> Line:
    return Line(
        command.title, "", command.where, command.icon, command.keys, command.does, command.enabled
    )


def _same(one: Line, other: Line) -> bool:
    return (one.title, one.detail, one.kind) == (other.title, other.detail, other.kind)
