"""The main window: the way in or the open desk, and what the menus over both do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from branch_desk.desk import clipboard
from branch_desk.desk.backing_up import BackingUp
from branch_desk.desk.closing import Closing
from branch_desk.desk.menus import Menus
from branch_desk.desk.session import Session
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in.way_in import WayIn
from branch_desk.desk.workers import Workers
from branch_desk.desk.workspace import PAGE, Workspace
from branch_desk.store import undo

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from branch_desk.desk.command_box import CommandBox
    from branch_desk.desk.manual.window import Manual
    from branch_desk.desk.page import Page
    from branch_desk.desk.program import Program
    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import Look
    from branch_desk.store.store import Store

NAME = "Branch Desk"
DAY_MS = 60_000
LEAST = QSize(1000, 600)


def _close_unwanted(answer: object) -> None:
    """Close a branch that was opened for a screen that is gone; its lock goes with it."""
    from branch_desk.store.store import Store

    if isinstance(answer, Store):
        answer.close()


class Window(QMainWindow):
    """Shows one branch at a time, or the doors. Nothing of a branch is in it while it is locked."""

    def __init__(self, program: Program, look: Look, remembered: Remembered) -> None:
        super().__init__()
        self.program, self.look, self.remembered = program, look, remembered
        self.session: Session | None = None
        self.workspace: Workspace | None = None
        self._box: CommandBox | None = None
        self._manual: Manual | None = None
        self._day: date | None = None
        self._sure = self._in_close = False
        self._workers = Workers(self, dropped=_close_unwanted)
        self.way_in = WayIn(self, self._workers)
        self.backing_up = BackingUp(self)
        self.closing = Closing(self)
        look.less_motion = remembered.text("motion") == "less"
        look.set_percent(_percent(remembered.text("text size")))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(NAME)
        self.setMinimumSize(LEAST)
        self.menus = Menus(self)
        self._come_back()
        self.menus.enable()
        self._midnight = QTimer(self, interval=DAY_MS)
        self._midnight.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._midnight.timeout.connect(self.look_at_day)

    def _come_back(self) -> None:
        """Stand where the window stood; on a screen that is there."""
        self.resize(1280, 800)
        self.restoreGeometry(self.remembered.bytes("window"))
        places = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if places and not any(place.intersects(self.frameGeometry()) for place in places):
            self.move(places[0].topLeft())

    # What is shown

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen alone; the one before it is let go, and the first field has the keys."""
        while (old := self.stack.widget(0)) is not None:
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        # What the screen chose while it was made is forgotten when it gets a window.
        chosen = screen.focusWidget()
        self.stack.addWidget(screen)
        if chosen is not None:
            chosen.setFocus()

    def show_store(self, store: Store) -> None:
        """Show an open branch."""
        self.show_desk(self.begin(store))

    def begin(self, store: Store) -> Session:
        """Take an open file for the window's; it can be locked and backed up from now on."""
        self.close_session()
        day = self.program.meeting_day
        self.session = Session(
            store, self.look, self.remembered, day, self, last_met=self.program.last_met
        )
        self.session.changed.connect(self._changed)
        self.session.identified.connect(self._name)
        self.remembered.opened(store.path)
        self.menus.enable()
        return self.session

    def show_desk(self, session: Session) -> None:
        """Show the pages of the branch the window has taken, the one that was in front last."""
        self._name()
        menus = self.menus
        self.workspace = Workspace(session, self.program, menus.undo, menus.back_up)
        self.workspace.turned.connect(self._turned)
        self.show_screen(self.workspace)
        self._on_desk(session)
        self.workspace.show_page(self.remembered.text(PAGE))

    def _on_desk(self, session: Session) -> None:
        self.backing_up.show()
        self.menus.enable()
        self._changed()
        self._day = session.store.today()
        self._midnight.start()

    def _name(self) -> None:
        if self.session is not None:
            identity = self.program.identity(self.session.store)
            self.setWindowTitle(f"{identity.name or self.session.store.path.stem} - {NAME}")
            self.look.set_accent(identity.accent)

    def close_session(self) -> list[str]:
        """Close the file and look as before it was opened; returns what could not be stored."""
        taken = self.take_off()
        return [] if taken is None else self.close_taken(*taken)

    def take_off(self, *, apart: bool = False) -> tuple[Session, Workspace | None] | None:
        """Take the desk off the window with its branch still open; None where there is none.

        With `apart` it is no part of the window any more, for the while that it stays open; that
        paints all of it anew, which nobody waits for where it is closed at once.
        """
        if self.session is None:
            return None
        taken = self.session, self.workspace
        try:
            if self.workspace is not None:
                self.workspace.leave()
        finally:
            self.session = self.workspace = None
            if taken[1] is not None:
                self.stack.removeWidget(taken[1])
                taken[1].hide()
                if apart:
                    taken[1].setParent(None)
            if self._box is not None:
                self._box.hide()
                self._box.deleteLater()
                self._box = None
            self._midnight.stop()
            self.show_screen(QWidget())
            self.setWindowTitle(NAME)
            self.menus.forget_page()
            self.menus.enable()
            if not self._sure:  # nobody sees a window that closes: it need not be painted anew
                QTimer.singleShot(0, self, self._paint_plain)
        return taken

    def _paint_plain(self) -> None:
        """Take the desk's own colour, once the pages of the branch are gone and need no paint."""
        if self.session is None:
            self.look.set_accent("")

    def put_on(self, session: Session, workspace: Workspace) -> None:
        """Show a desk again that was taken off."""
        self.session, self.workspace = session, workspace
        self._name()
        self.show_screen(workspace)
        workspace.show()
        self._on_desk(session)
        self._turned(workspace.page)

    def close_taken(self, session: Session, workspace: Workspace | None) -> list[str]:
        """Close the file of a desk that was taken off; returns what could not be stored."""
        if workspace is not None:
            workspace.deleteLater()
        refused = session.close()
        session.deleteLater()
        return refused

    def show_page(self, name: str) -> None:
        """Turn to a page of the open desk."""
        if self.workspace is not None:
            self.workspace.show_page(name)

    def _turned(self, page: Page) -> None:
        self.menus.show_page(page)
        if self._box is not None:
            self._box.leave()

    def _changed(self) -> None:
        if self.session is None or self.workspace is None:
            return
        database = self.session.store.database
        last, undone = undo.undoable(database), undo.redoable(database)
        self.workspace.bottom.show_change(last[1] if last else "")
        self.menus.show_changes(last[1] if last else "", undone[1] if undone else "")

    # What the menus do

    def start(self) -> None:
        """Leave the open branch and start a new one."""
        self.closing.leave(self.way_in.show_new)

    def browse(self) -> None:
        """Leave the open branch and ask for another file."""
        self.closing.leave(lambda: self.way_in.show_doors().browse())

    def open_file(self, path: Path) -> None:
        """Leave the open branch and ask for the passphrase of another."""
        self.closing.leave(lambda: self.way_in.show_unlock(path))

    def change_passphrase(self) -> None:
        """Ask for the old passphrase and a new one; nothing else runs meanwhile."""
        if self.session is None:
            return
        if self.session.workers.busy:
            text = tr("“{title}” is to be through first.", title=self.session.workers.title)
            self.session.failed.emit(text)
        else:
            self.closing.ask_first(self.way_in.change_passphrase)

    def lock(self) -> None:
        """Show nothing but the way back in, and close the file."""
        self.way_in.lock()

    def undo(self) -> None:
        """Take back the last change."""
        if self.session is not None:
            self.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.session is not None:
            self.session.redo()

    def find_on_page(self) -> None:
        """Put the cursor into the page's search box."""
        if self.workspace is not None:
            self.workspace.page.find_on_page()

    def go_to_anything(self) -> None:
        """Open the command box, or close it again."""
        if self.session is None or self.workspace is None:
            return
        if self._box is None:
            from branch_desk.desk.command_box import CommandBox

            workspace, menus = self.workspace, self.menus
            self._box = CommandBox(
                self,
                self.session,
                self.program.findable(),
                lambda: [*workspace.commands(), *menus.commands()],
                lambda: workspace.recent,
            )
        if self._box.isVisible():
            self._box.leave()
        else:
            self._box.begin()

    def set_look(self, mode: str) -> None:
        """Be light or dark, or as the system."""
        self.look.set_mode(mode)
        self.remembered.keep("look", mode)

    def set_percent(self, percent: int) -> None:
        """Make text larger than the system's, or as large."""
        self.look.set_percent(percent)
        self.remembered.keep("text size", str(self.look.percent))
        if self.session is not None:
            self.session.said.emit(tr("Text at {n} %", n=self.look.percent))

    def set_still(self, still: bool) -> None:  # noqa: FBT001 -- a menu's tick
        """Fade nothing, or only where the system asks for it."""
        self.look.less_motion = still
        self.remembered.keep("motion", "less" if still else "")

    def set_language(self, code: str) -> None:
        """Speak another language, from the next start on."""
        self.remembered.keep("language", code)
        if self.session is not None:
            self.session.said.emit(tr("Branch Desk speaks it when it is started again."))

    def show_manual(self, page: str = "") -> None:
        """Open the manual at a page; at that of what has the focus, unless one is named."""
        if self._manual is None:
            from branch_desk.desk.manual.window import Manual

            self._manual = Manual(self.look, self.remembered)
        name, _, heading = (page or self._manual_page()).partition("#")
        self._manual.open_at(name, heading)
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    def _manual_page(self) -> str:
        """Return the page named by the nearest thing around the focus that has one."""
        widget = self.focusWidget() or self.stack.currentWidget()
        while widget is not None:
            if isinstance(named := widget.property("manual"), str):
                return named
            widget = widget.parentWidget()
        if self.workspace is None:
            return "start"
        page = self.workspace.page
        return str(page.property("manual") or page.name.lower())

    def show_keyboard(self) -> None:
        """Open the manual at its page of shortcuts."""
        self.show_manual("keyboard")

    def about(self) -> None:
        """Say which release this is, and under which licences."""
        from importlib.metadata import version

        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self)
        box.setWindowTitle(tr("About Branch Desk"))
        box.setText(f"{NAME} {version('branch-desk')}")
        box.setInformativeText(
            tr(
                "The desk of a volunteer branch secretary. Free software under the MIT licence; "
                "icons by Lucide (ISC), lettering Inter (OFL)."
            )
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # Time passes, and the window goes

    def look_at_day(self) -> None:
        """Bring everything up to the day, if another has begun since it was last looked at."""
        session, workspace = self.session, self.workspace
        if session is None or workspace is None or session.store.today() == self._day:
            return
        self._day = session.store.today()
        store = session.store

        def done(_: None) -> None:
            workspace.turn_day()
            self.backing_up.show()

        session.long_deed(tr("Turning to the new day"), lambda _: store.keep_up(), done)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: after a sleep the day may be another one."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_at_day()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: remember how the window stood, close the file once nothing runs any more."""
        if not self._sure:
            self._in_close = True
            self.closing.leave(self._may_close, behind=True)
            self._in_close = False
        if not self._sure:
            event.ignore()
            return
        self.remembered.keep("window", self.saveGeometry())
        if self._manual is not None:
            self._manual.close()
        clipboard.forget()  # Qt may crash at its end over what is still on the clipboard
        self.way_in.end()
        self._workers.stop()
        super().closeEvent(event)

    def _may_close(self) -> None:
        self._sure = True
        if not self._in_close:
            self.close()


def _percent(text: str) -> int:
    return int(text) if text.isdecimal() else 100
