"""The real pages of a paper beside what is being edited, and all that can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.preview.bars import FindBar, PageBox, ZoomBox
from branch_desk.desk.preview.flow import SPACE, Flow
from branch_desk.desk.preview.outlets import Outlets, Paper
from branch_desk.desk.preview.sheets import PAGE, WIDTH, Zoom
from branch_desk.desk.preview.view import PdfView
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session

SETTLE_MS = 40
BOTH_SIDES = "duplex"


class Preview(QWidget):
    """A live preview: `show_paper` lays a paper out in the quick lane, the newest wins.

    `make(large_print)` returns the PDF's bytes; it runs off the main thread and may read the store.
    `final`, where given, makes what is printed, saved and mailed, if that is finer than what is
    shown. A paper that fails says why in one sentence and leaves the last good one greyed.
    `choices` are more tick boxes, by key and word: `chosen` holds the keys that are ticked, which
    `make` may read, and a change lays the paper out afresh. "duplex" prints on both sides.
    """

    ready = Signal()

    def __init__(
        self,
        session: Session,
        topic: str,
        *,
        large_print: bool = True,
        choices: Sequence[tuple[str, str]] = (),
        mails: bool = True,
    ) -> None:
        super().__init__()
        self.setProperty("manual", "printing#papers")
        self._session, self._topic = session, topic
        self._make: Callable[[bool], bytes] | None = None
        self._final: Callable[[], bytes] | None = None
        self._mail: Callable[[], Draft] | None = None
        self._name = tr("Paper")
        self.chosen: frozenset[str] = frozenset()
        self.view = PdfView(session, topic)
        self.notice = kit.Notice()
        self.search = FindBar(session, self.view, topic)
        self.pages, self.zoom = PageBox(self.view), ZoomBox(self.view)
        self.large = QCheckBox(tr("Large print"))
        self.large.setToolTip(tr("Lay the paper out afresh at 18 point"))
        if not large_print:  # shown before it has a place it would be a window of its own
            self.large.hide()
        self.large.toggled.connect(self._begin)
        self.choices = {key: self._choice(key, word) for key, word in choices}
        self.outlets = Outlets(session, self)
        self._make_actions(mails=mails)
        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._begin)

    # What it is made of

    def _choice(self, key: str, word: str) -> QCheckBox:
        made = QCheckBox(tr(word))
        made.toggled.connect(lambda: self._chose(key))
        return made

    def _chose(self, key: str) -> None:
        self.chosen = frozenset(key for key, box in self.choices.items() if box.isChecked())
        if key != BOTH_SIDES:
            self._begin()

    def _act(
        self, text: str, does: Callable[[], object], keys: str = "", icon: str = ""
    ) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda *_: does())
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setData(icon)
        made.setEnabled(False)
        self.addAction(made)
        return made

    def _make_actions(self, *, mails: bool) -> None:
        view = self.view
        self.print_action = self._act(tr("Print…"), self.print_paper, "Ctrl+P", "printer")
        self.save_action = self._act(tr("Save PDF…"), self.save_pdf, "Ctrl+Shift+S", "file-down")
        self.mail_action = self._act(tr("E-mail…"), self.mail_paper, "Ctrl+Shift+E", "mail")
        self.draft_action = self._act(tr("Save the draft…"), self.save_draft)
        self.find_action = self._act(
            tr("Search in the paper"), self.search.begin, "Ctrl+Shift+F", "search"
        )
        larger = self._act(tr("Zoom in"), lambda: view.step_zoom(1), "Ctrl++", "zoom-in")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        smaller = self._act(tr("Zoom out"), lambda: view.step_zoom(-1), "Ctrl+-", "zoom-out")
        wide = self._act(tr("Fit width"), lambda: view.set_zoom(Zoom(WIDTH)), "Ctrl+0")
        whole = self._act(tr("Fit page"), lambda: view.set_zoom(Zoom(PAGE)))
        copy = self._act(tr("Copy the text of the page"), view.copy)
        self._outward = [self.print_action, self.save_action]
        if mails:
            self._outward += [self.mail_action, self.draft_action]
        else:
            self.mail_action.setVisible(False)
            self.draft_action.setVisible(False)
        self._around = [self.find_action, larger, smaller, wide, whole, copy]
        view.addActions([*self._outward, *self._around])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _lay_out(self) -> None:
        self._finds = kit.press(self.find_action, role="quiet", text=" ")
        self._finds.setText("")
        self._finds.setAccessibleName(self.find_action.text())
        tools = Flow(self.pages, self.zoom)
        tools.push()
        tools.addWidget(self._finds)
        self.bar = Flow(self.large, *self.choices.values())
        self.bar.push()
        acts = [self.mail_action] if self.mail_action in self._outward else []
        self._words = {kit.press(act): act.text() for act in (*acts, self.save_action)}
        self._prints = kit.press(self.print_action, role="primary")
        for each in (*self._words, self._prints):
            self.bar.addWidget(each)
        self.top: QHBoxLayout = kit.row()
        layout = kit.column()
        layout.addLayout(self.top)
        layout.addWidget(self.notice)
        layout.addLayout(tools)
        layout.addWidget(self.search)
        layout.addWidget(self.view, 1)
        layout.addLayout(self.bar)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: where it is narrow, one line of tools and one of buttons, the lesser by picture.

        How large the pages are is then chosen by keys or from the menu.
        """
        super().resizeEvent(event)
        tools = (self.pages, self.zoom, self._finds)
        room = self.width() - sum(each.sizeHint().width() + SPACE for each in tools)
        self.zoom.setVisible(room >= -SPACE)
        for each, words in self._words.items():
            each.setText(words)
        buttons = (*self._words, self._prints)
        room = self.width() - sum(each.sizeHint().width() + SPACE for each in buttons)
        for each, words in self._words.items():
            each.setText(words if room >= -SPACE else "")

    @property
    def actions_of_preview(self) -> Sequence[QAction]:
        """The preview's actions, for the page's menu."""
        return (*self._outward, *self._around)

    # What it shows

    def show_paper(
        self,
        make: Callable[[bool], bytes],
        name: str,
        final: Callable[[], bytes] | None = None,
        mail: Callable[[], Draft] | None = None,
    ) -> None:
        """Lay a paper out soon; `name` is offered when it is saved.

        `mail` drafts the message it goes with, when E-mail… is pressed.
        """
        if name != self._name:
            self._show_pdf(None)
        self._make, self._name, self._final, self._mail = make, name, final, mail
        self._settle.start()

    def show_nothing(self) -> None:
        """Show no paper."""
        self._make = self._final = self._mail = None
        self._settle.stop()
        self._session.workers.forget(self._topic)
        self._show_pdf(None)

    def _show_pdf(self, pdf: Pdf | None) -> None:
        self.notice.hide()
        self.view.show_pdf(pdf)
        self.pages.show_count()
        self.search.look_again()
        for act in self.actions_of_preview:
            act.setEnabled(pdf is not None)

    def _begin(self) -> None:
        make, large = self._make, self.large.isChecked()
        if make is not None:
            self._session.workers.quick(
                self._topic,
                lambda: Pdf(make(large)),
                self._show,
                failed=self._failed,
                owner=self,
            )

    def _show(self, pdf: Pdf) -> None:
        self._show_pdf(pdf)
        self.ready.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text(str(error))
        self.view.show_as_old()
        for act in self._outward:
            act.setEnabled(False)

    # What is done with it

    def _paper(self) -> Paper | None:
        shown = self.view.pdf
        if shown is None:
            return None
        return Paper(self._name, shown, self._final, self.view.page)

    def print_paper(self) -> None:
        """Ask the system which printer and how, then print in the long lane."""
        if paper := self._paper():
            self.outlets.print(paper, both_sides=BOTH_SIDES in self.chosen)

    def save_pdf(self) -> None:
        """Ask where, and write the PDF whole or not at all."""
        if paper := self._paper():
            self.outlets.save(paper)

    def mail_paper(self) -> None:
        """Open a draft with the paper attached in the system's mail program."""
        if paper := self._paper():
            self.outlets.mail(paper, self._mail)

    def save_draft(self) -> None:
        """Ask where, and write the draft as a file any mail program opens."""
        if paper := self._paper():
            self.outlets.save_draft(paper, self._mail)
