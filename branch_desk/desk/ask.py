"""Small windows that ask: what something new needs, which file, whether it is meant.

None of them stops the program: each opens over the window, and what follows is called when it is
answered. A window that is locked takes its questions down with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QMessageBox,
    QScrollArea,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.forms.field import breakable
from branch_desk.desk.forms.form import jump
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from branch_desk.desk.forms import Field
    from branch_desk.desk.session import Session

WIDE = 46
"""So many figures fit side by side into a question."""


class _Body(QScrollArea):
    """As high as what it holds, and scrolled where there is no room for that."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        held.setObjectName("holder")
        self._held = held
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        """Qt's: the height its texts take at its width."""
        held = self._held
        wide = max(self.width() if self.isVisible() else 0, self.minimumSizeHint().width())
        high = held.heightForWidth(wide) if held.hasHeightForWidth() else held.sizeHint().height()
        return QSize(wide, high + 2)

    def minimumSizeHint(self) -> QSize:
        """Qt's: never narrower than what it holds, with the scroll bar beside it."""
        bar = self.verticalScrollBar().sizeHint().width()
        wide = self._held.minimumSizeHint().width() + bar
        lines = 4 * self.fontMetrics().lineSpacing()
        return QSize(max(wide, self.fontMetrics().horizontalAdvance("0" * WIDE)), lines)


class Ask(QDialog):
    """A few fields asked for at once; what is wrong is said, and nothing typed is lost.

    `begin` opens it; `deed` is done when the button is pressed and `done` given its answer. With a
    `session` the deed waits its turn while long work is being stored. Enter presses the button,
    from a text of several lines Ctrl+Enter does; Escape closes without asking. A field that cannot
    be read keeps the question open and is gone to.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        fields: Sequence[Field],
        verb: str,
        deed: Callable[[], object],
        *,
        text: str = "",
        session: Session | None = None,
        done: Callable[[object], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._deed, self._session, self._then = deed, session, done
        self.answer: object = None
        self.notice = kit.Notice()
        self.fields = tuple(fields)
        parts: list[QWidget] = [kit.label(breakable(title), "title")]
        if text:
            parts.append(kit.label(breakable(text), "muted"))
        held = QWidget()
        held.setLayout(kit.column(*parts, *fields, None, space=12))
        self.body = _Body(held)
        buttons = QDialogButtonBox()
        self.go = kit.button(verb, role="primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = kit.button(tr("Cancel"))
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go.click)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._open_manual)
        layout = kit.column(self.body, self.notice, buttons, space=12, margin=24)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Open it over the window; returns at once."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()

    def _open_manual(self) -> None:
        """Open the manual where it tells of what is under the question, which stays open."""
        from branch_desk.desk.window import Window

        under = self.parentWidget()
        window = None if under is None else under.window()
        if isinstance(window, Window):
            window.show_manual()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: stay within the screen, however much is asked."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        room = self.screen().availableGeometry().size()
        most = QSize(round(room.width() * 0.96), round(room.height() * 0.94))
        self.setMaximumSize(most)
        self.resize(self.sizeHint().boundedTo(most))

    def _accept(self) -> None:
        wrong = [field for field in self.fields if not field.stands()]
        if wrong:
            jump(wrong[0])
            return
        if self._session is not None:
            waits = self._session.workers.writing
            self.go.setEnabled(not waits)
            if waits:
                self.notice.show_text(tr("This waits until the long work is stored."), "said")
            self._session.deed(self._deed, self._done, self._failed)
            return
        try:
            answer = self._deed()
        except DeskError as error:
            self._failed(error)
            return
        self._done(answer)

    def _done(self, answer: object) -> None:
        self.answer = answer
        self.accept()
        if self._then is not None:
            self._then(answer)

    def _failed(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.notice.show_text(breakable(str(error)))
        if self.isVisible():
            self._fit()


def file_to_open(
    parent: QWidget | None, title: str, start: str, kinds: str, then: Callable[[Path], object]
) -> None:
    """Ask for one file; `kinds` is Qt's filter, such as "PDF (*.pdf)"."""
    dialog = QFileDialog(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _choose(dialog, lambda paths: then(paths[0]))


def files_to_open(
    parent: QWidget | None, title: str, start: str, kinds: str, then: Callable[[list[Path]], object]
) -> None:
    """Ask for one file or several."""
    dialog = QFileDialog(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    _choose(dialog, then)


def file_to_save(
    parent: QWidget | None, title: str, offered: str, kinds: str, then: Callable[[Path], object]
) -> None:
    """Ask where to save; replacing a file is asked about by the dialog."""
    dialog = QFileDialog(parent, title, str(Path(offered).parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(Path(offered).name)
    _choose(dialog, lambda paths: then(paths[0]))


def folder(parent: QWidget | None, title: str, start: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _choose(dialog, lambda paths: then(paths[0]))


def _choose(dialog: QFileDialog, then: Callable[[list[Path]], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def confirm(
    parent: QWidget | None, title: str, text: str, verb: str, then: Callable[[], object]
) -> QMessageBox:
    """Ask before what cannot be undone; `verb` is on the button, Cancel is the default."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    go = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.buttonClicked.connect(lambda pressed: then() if pressed is go else None)
    box.open()
    return box
