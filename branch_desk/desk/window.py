"""The main window: the way in, the open desk, and the menus over both."""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QWidget,
)

from branch_desk.desk import kit, words
from branch_desk.desk.session import Session
from branch_desk.desk.way_in.way_in import WayIn
from branch_desk.desk.workers import Workers
from branch_desk.desk.workspace import Workspace
from branch_desk.store import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from branch_desk.desk.page import Page
    from branch_desk.desk.program import Program
    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import Look
    from branch_desk.store.store import Store

NAME = "Branch Desk"
LOOKS = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


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
        self._workers = Workers(self, dropped=_close_unwanted)
        self.way_in = WayIn(self, self._workers)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(NAME)
        self.setMinimumSize(QSize(1000, 600))
        self.resize(1280, 800)
        self.restoreGeometry(remembered.bytes("window"))
        self._make_actions()
        self._make_menus()
        self._enable()

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
        self._enable()
        return self.session

    def show_desk(self, session: Session) -> None:
        """Show the pages of the branch the window has taken."""
        self._name()
        self.workspace = Workspace(session, self.program.entries, self.undo_action)
        self.workspace.turned.connect(self._turned)
        self.show_screen(self.workspace)
        self._show_backup()
        self._changed()
        self._enable()
        self.workspace.show_page(self.program.entries[0].name)

    def _name(self) -> None:
        if self.session is not None:
            identity = self.program.identity(self.session.store)
            self.setWindowTitle(f"{identity.name or self.session.store.path.stem} - {NAME}")
            self.look.set_accent(identity.accent)

    def close_session(self) -> list[str]:
        """Close the file and look as before it was opened; returns what could not be stored."""
        taken = self.take_off()
        return [] if taken is None else self.close_taken(*taken)

    def take_off(self) -> tuple[Session, Workspace | None] | None:
        """Take the desk off the window with its branch still open; None where there is none."""
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
                taken[1].setParent(None)
            self.show_screen(QWidget())
            self.page_menu.clear()
            self.page_menu.setTitle("&Page")
            self.setWindowTitle(NAME)
            self.look.set_accent("")
            self.undo_action.setText("&Undo")
            self.redo_action.setText("&Redo")
            self._enable()
        return taken

    def put_on(self, session: Session, workspace: Workspace) -> None:
        """Show a desk again that was taken off."""
        self.session, self.workspace = session, workspace
        self._name()
        self.show_screen(workspace)
        workspace.show()
        self._changed()
        self._enable()
        self._turned(workspace.page)

    def close_taken(self, session: Session, workspace: Workspace | None) -> list[str]:
        """Close the file of a desk that was taken off; returns what could not be stored."""
        if workspace is not None:
            workspace.deleteLater()
        refused = session.close()
        session.deleteLater()
        return refused

    def _may_leave(self) -> bool:
        """Whether the file may be closed: where a field was refused, ask first."""
        complaints = self.workspace.leave() if self.workspace is not None else []
        if not complaints:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            NAME,
            "What was typed here is not stored:\n\n"
            + "\n".join(complaints)
            + "\n\nClose the branch without it?",
            buttons.Close | buttons.Cancel,
            buttons.Cancel,
        )
        return answer == buttons.Close

    # What can be done

    def _make_actions(self) -> None:
        self.new_action = kit.action("&Start a branch…", self.way_in.show_new, keys="Ctrl+Shift+N")
        self.open_action = kit.action("&Open a branch…", self.browse, keys="Ctrl+O")
        self.back_up_action = kit.action("&Back up…", self.back_up, keys="Ctrl+B")
        self.passphrase_action = kit.action("Change &passphrase…", self.way_in.change_passphrase)
        self.lock_action = kit.action("&Lock", self.lock, keys="Ctrl+L")
        self.quit_action = kit.action("&Quit", self.close, keys="Ctrl+Q")
        self.undo_action = kit.action("&Undo", self._undo, keys="Ctrl+Z")
        self.undo_action.setData("undo-2")
        self.redo_action = kit.action("&Redo", self._redo)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.find_action = kit.action("&Find on this page", self._find, keys="Ctrl+F")
        self.about_action = kit.action("&About Branch Desk", self._about)
        self.page_actions = QActionGroup(self)
        for number, entry in enumerate(self.program.entries, start=1):
            made = kit.action(entry.name, self._turner(entry.name), keys=f"Ctrl+{number}")
            made.setCheckable(True)
            self.page_actions.addAction(made)
        self.look_actions = QActionGroup(self)
        for mode, word in LOOKS:
            made = kit.action(word, partial(self._set_look, mode))
            made.setCheckable(True)
            made.setChecked(mode == self.look.mode)
            self.look_actions.addAction(made)

    def _make_menus(self) -> None:
        bar = self.menuBar()
        self.file_menu = self._menu("&File", self.new_action, self.open_action)
        self.recent_menu = QMenu("Open &recent", self)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self.file_menu.addMenu(self.recent_menu)
        self.file_menu.addSeparator()
        self.file_menu.addActions([self.back_up_action, self.passphrase_action, self.lock_action])
        self.file_menu.addMenu(self.way_in.locking.menu())
        self.file_menu.addSeparator()
        self.file_menu.addAction(self.quit_action)
        self._menu("&Edit", self.undo_action, self.redo_action, self.find_action)
        view = self._menu("&View", *self.page_actions.actions())
        view.addSeparator()
        view.addActions(self.look_actions.actions())
        self.page_menu = self._menu("&Page")
        self._menu("&Help", self.about_action)
        bar.setAccessibleName("Menus")
        self._fill_recent()

    def _menu(self, title: str, *actions: QAction) -> QMenu:
        made = QMenu(title, self)
        made.addActions(list(actions))
        self.menuBar().addMenu(made)
        return made

    def _turner(self, name: str) -> Callable[[], None]:
        def turn() -> None:
            if self.workspace is not None:
                self.workspace.show_page(name)

        return turn

    def _enable(self) -> None:
        on_desk = self.workspace is not None
        for made in (self.undo_action, self.redo_action, self.find_action):
            made.setEnabled(on_desk)
        self.page_actions.setEnabled(on_desk)
        self.passphrase_action.setEnabled(on_desk)
        for made in (self.back_up_action, self.lock_action):
            made.setEnabled(self.session is not None)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self.remembered.recent():
            made = self.recent_menu.addAction(path.name)
            made.triggered.connect(lambda _=False, path=path: self.way_in.show_unlock(path))
        self.recent_menu.setEnabled(not self.recent_menu.isEmpty())

    def _turned(self, page: Page) -> None:
        self.page_menu.clear()
        self.page_menu.setTitle(f"&{page.name}")
        self.page_menu.addActions(list(page.actions_of_page()))
        self.page_menu.addSeparator()
        self.page_menu.addActions(list(page.actions_around()))
        self.page_menu.setEnabled(not self.page_menu.isEmpty())
        for entry, made in zip(self.program.entries, self.page_actions.actions(), strict=True):
            made.setChecked(entry.name == page.name)

    def browse(self) -> None:
        """Ask for another branch file."""
        self.way_in.show_doors().browse()

    def lock(self) -> None:
        """Show nothing but the way back in, and close the file."""
        self.way_in.lock()

    def back_up(self) -> None:
        """Ask for a folder and back the branch file up into it."""
        if self.session is None:
            return
        start = self.remembered.text("backup folder")
        folder = QFileDialog.getExistingDirectory(self, "Back up into this folder", start)
        if folder:
            self.back_up_into(folder)

    def back_up_into(self, folder: str) -> None:
        """Back up in the long lane; the copy is opened and checked before it counts."""
        from branch_desk.store import backup

        session = self.session
        if session is None:
            return
        self.remembered.keep("backup folder", folder)

        def done(made: object) -> None:
            self.remembered.keep(self._backup_key(), session.store.today().isoformat())
            session.said.emit(f"Backed up and checked: {made}")
            self._show_backup()

        session.workers.long(
            "Backing up",
            lambda _: backup.back_up(session.store, Path(folder)),
            done,
            failed=session.fail,
            owner=session,
            cancels=False,
        )

    def _backup_key(self) -> str:
        if self.session is None:
            return ""
        return "backup/" + sha256(str(self.session.store.path).encode()).hexdigest()[:16]

    def _show_backup(self) -> None:
        if self.workspace is None or self.session is None:
            return
        last = self.remembered.text(self._backup_key())
        today = self.session.store.today()
        text = "No backup yet"
        if last:
            text = f"Backed up {words.from_today(date.fromisoformat(last), today)}"
        self.workspace.bottom.backup.setText(text)

    def _changed(self) -> None:
        if self.session is None or self.workspace is None:
            return
        database = self.session.store.database
        last, undone = undo.undoable(database), undo.redoable(database)
        self.workspace.bottom.show_change(last[1] if last else "")
        for made, found, word in (
            (self.undo_action, last, "Undo"),
            (self.redo_action, undone, "Redo"),
        ):
            made.setEnabled(found is not None)
            made.setText(f"&{word} “{found[1]}”" if found else f"&{word}")

    def _undo(self) -> None:
        if self.session is not None:
            self.session.undo()

    def _redo(self) -> None:
        if self.session is not None:
            self.session.redo()

    def _find(self) -> None:
        if self.workspace is not None:
            self.workspace.page.find_on_page()

    def _set_look(self, mode: str) -> None:
        self.look.set_mode(mode)
        self.remembered.keep("look", mode)

    def _about(self) -> None:
        from importlib.metadata import version

        QMessageBox.about(
            self,
            "About Branch Desk",
            f"Branch Desk {version('branch-desk')}\n\nThe desk of a volunteer branch secretary. "
            "Free software under the MIT licence; icons by Lucide (ISC), lettering Inter (OFL).",
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: remember how the window stood, close the file."""
        if not self._may_leave():
            event.ignore()
            return
        self.remembered.keep("window", self.saveGeometry())
        self.way_in.end()
        self._workers.stop()
        super().closeEvent(event)
