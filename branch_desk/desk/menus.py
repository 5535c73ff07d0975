"""The menus over the window: every action that is not a page's own, with its shortcut."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from branch_desk.desk import actions, kit, language
from branch_desk.desk.tr import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from branch_desk.desk.actions import Command
    from branch_desk.desk.page import Page
    from branch_desk.desk.window import Window

LOOKS = (
    ("system", mark("Light or dark as the s&ystem")),
    ("light", mark("Always &light")),
    ("dark", mark("Always &dark")),
)
PERCENTS = (100, 110, 125, 150, 175, 200)


class Menus:
    """Makes the actions and lays them into the menus; knows which of them can be done now."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._make_branch()
        self._make_edit()
        self._make_view()
        self._make_help()
        self._lay()

    def _make_branch(self) -> None:
        window = self._window
        self.new = kit.action(tr("&Start a branch…"), window.start, keys="Ctrl+Shift+N")
        self.open = kit.action(tr("&Open a branch…"), window.browse, keys="Ctrl+O")
        self.back_up = kit.action(tr("&Back up…"), window.backing_up.ask, keys="Ctrl+B")
        self.back_up.setData("file-down")
        self.passphrase = kit.action(tr("Change &passphrase…"), window.change_passphrase)
        self.lock = kit.action(tr("&Lock"), window.lock, keys="Ctrl+L")
        self.lock.setData("lock")
        self.quit = kit.action(tr("&Quit"), window.close, keys="Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make_edit(self) -> None:
        window = self._window
        self.undo = kit.action(tr("&Undo"), window.undo, keys="Ctrl+Z")
        self.undo.setData("undo-2")
        self.redo = kit.action(tr("&Redo"), window.redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.find = kit.action(tr("&Find on this page"), window.find_on_page, keys="Ctrl+F")
        self.find.setData("search")
        self.go = kit.action(tr("&Go to anything…"), window.go_to_anything, keys="Ctrl+K")
        self.go.setData("search")

    def _make_view(self) -> None:
        window = self._window
        self.pages = QActionGroup(window)
        for number, entry in enumerate(window.program.entries, start=1):
            name = f"&{number} {tr(entry.name)}"
            made = kit.action(name, partial(window.show_page, entry.name), keys=f"Ctrl+{number}")
            made.setData(entry.icon)
            made.setCheckable(True)
            self.pages.addAction(made)
        self.looks = _choices(
            window, ((mode, tr(word)) for mode, word in LOOKS), window.look.mode, window.set_look
        )
        self.larger = kit.action(tr("L&arger text"), partial(self._step, 1), keys="Ctrl+Shift+.")
        self.smaller = kit.action(tr("S&maller text"), partial(self._step, -1), keys="Ctrl+Shift+,")
        self.usual = kit.action(
            tr("Text in the system's si&ze"), partial(window.set_percent, 100), keys="Ctrl+Shift+0"
        )
        self.still = kit.action(
            tr("L&ess motion"), lambda: window.set_still(self.still.isChecked())
        )
        self.still.setCheckable(True)
        self.still.setChecked(window.look.less_motion)
        chosen = window.remembered.text("language", language.SYSTEM)
        known = language.available()
        self.languages = _choices(
            window,
            [(language.SYSTEM, tr("As the s&ystem")), *known.items()] if len(known) > 1 else (),
            chosen,
            window.set_language,
        )

    def _make_help(self) -> None:
        window = self._window
        self.manual = kit.action(tr("&Manual"), window.show_manual, keys="F1")
        self.manual.setData("book-open")
        self.keyboard = kit.action(tr("&Keyboard shortcuts"), window.show_keyboard)
        self.keyboard.setData("keyboard")
        self.about = kit.action(tr("&About Branch Desk"), window.about)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    @property
    def bar(self) -> QMenuBar:
        """The menus' bar, asked for each time: Python may lose hold of it while Qt has it still."""
        return self._window.menuBar()

    def _lay(self) -> None:
        window = self._window
        self.bar.setAccessibleName(tr("Menus"))
        file = self._menu(tr("&File"), self.new, self.open)
        self.recent_menu = QMenu(tr("Open &recent"), window)
        self.recent_menu.aboutToShow.connect(self.fill_recent)
        file.addMenu(self.recent_menu)
        file.addSeparator()
        file.addActions([self.back_up, self.passphrase, self.lock])
        file.addMenu(window.way_in.locking.menu())
        file.addAction(window.way_in.demo_door.action)
        file.addSeparator()
        file.addAction(self.quit)
        self._menu(tr("&Edit"), self.undo, self.redo, None, self.find, self.go)
        view = self._menu(tr("&View"), *self.pages.actions(), None, *self.looks.actions(), None)
        view.addActions([self.larger, self.smaller, self.usual, self.still])
        if self.languages.actions():
            spoken = QMenu(tr("Lan&guage"), window)
            spoken.addActions(self.languages.actions())
            view.addSeparator()
            view.addMenu(spoken)
        self.page_menu = self._menu(tr("&Page"))
        # A page may have renamed what it can do since it was turned to.
        self.page_menu.aboutToShow.connect(lambda: give_letters(self.page_menu.actions()))
        self._menu(tr("&Help"), self.manual, self.keyboard, None, self.about)
        for menu in window.findChildren(QMenu):
            give_letters(menu.actions())
        self.fill_recent()

    def _menu(self, title: str, *entries: QAction | None) -> QMenu:
        made = QMenu(title, self._window)
        for each in entries:
            if each is None:
                made.addSeparator()
            else:
                made.addAction(each)
        self.bar.addMenu(made)
        return made

    def fill_recent(self) -> None:
        """List the branch files opened lately."""
        self.recent_menu.clear()
        for number, path in enumerate(self._window.remembered.recent(), start=1):
            name = path.name.replace("&", "&&")
            made = self.recent_menu.addAction(f"&{number} {name}")
            made.setToolTip(kit.tip(str(path)))
            made.triggered.connect(partial(self._window.open_file, path))
        self.recent_menu.setEnabled(not self.recent_menu.isEmpty())

    def _step(self, by: int) -> None:
        now = self._window.look.percent
        if by > 0:
            self._window.set_percent(next((each for each in PERCENTS if each > now), PERCENTS[-1]))
        else:
            smaller = [each for each in PERCENTS if each < now]
            self._window.set_percent(smaller[-1] if smaller else PERCENTS[0])

    def enable(self) -> None:
        """Leave on what can be done with what is open now."""
        window = self._window
        on_desk = window.workspace is not None
        for made in (self.undo, self.redo, self.find, self.go, self.passphrase):
            made.setEnabled(on_desk)
        self.pages.setEnabled(on_desk)
        for made in (self.back_up, self.lock):
            made.setEnabled(window.session is not None)
        window.way_in.demo_door.mark()

    def forget_page(self) -> None:
        """Show no page's actions, and name no change."""
        self.page_menu.clear()
        self.page_menu.setTitle(tr("&Page"))
        self.page_menu.setEnabled(False)
        self.show_changes("", "")

    def show_page(self, page: Page) -> None:
        """Show the actions of the page in front; not of a desk that was taken off meanwhile."""
        workspace = self._window.workspace
        if workspace is None or not workspace.isAncestorOf(page):
            return
        self.page_menu.clear()
        name = tr(page.name)
        letter = free_letter(
            name,
            (plain.text() for plain in self.bar.actions() if plain.menu() is not self.page_menu),
        )
        self.page_menu.setTitle(letter)
        own, around = list(page.actions_of_page()), list(page.actions_around())
        give_letters([*own, *around])
        self.page_menu.addActions(own)
        self.page_menu.addSeparator()
        self.page_menu.addActions(around)
        self.page_menu.setEnabled(not self.page_menu.isEmpty())
        for entry, made in zip(self._window.program.entries, self.pages.actions(), strict=True):
            made.setChecked(entry.name == page.name)

    def show_changes(self, undo: str, redo: str) -> None:
        """Name what Undo and Redo would do; greyed where that is nothing."""
        for made, title, bare, named in (
            (self.undo, undo, tr("&Undo"), tr("&Undo “{title}”", title=undo.replace("&", "&&"))),
            (self.redo, redo, tr("&Redo"), tr("&Redo “{title}”", title=redo.replace("&", "&&"))),
        ):
            made.setEnabled(bool(title))
            made.setText(named if title else bare)

    def commands(self) -> list[Command]:
        """Return what the menus hold beside the page's own, for the command box."""
        return list(actions.of_menus(self.bar, (self.page_menu, self.recent_menu)))


def _choices(
    window: Window,
    choices: Iterable[tuple[str, str]],
    chosen: str,
    choose: Callable[[str], object],
) -> QActionGroup:
    group = QActionGroup(window)
    for key, word in choices:
        made = kit.action(word, partial(choose, key))
        made.setCheckable(True)
        made.setChecked(key == chosen)
        group.addAction(made)
    return group


def letter_of(text: str) -> str:
    """Return the letter that Alt or a menu takes for a text; none where it marks none."""
    at = text.replace("&&", "  ").find("&")
    return text[at + 1 : at + 2].casefold() if at >= 0 else ""


def free_letter(text: str, others: Iterable[str]) -> str:
    """Return a text with a letter marked that none of the others has marked; as it is if none."""
    taken = {letter_of(each) for each in others}
    if letter_of(text) and letter_of(text) not in taken:
        return text
    bare = actions.plain(text)
    starts = [
        at for at, each in enumerate(bare) if each.isalpha() and not bare[at - 1 : at].isalpha()
    ]
    rest = [at for at, each in enumerate(bare) if each.isalpha()]
    for at in (*starts, *rest):
        if bare[at].casefold() not in taken:
            return f"{_kept(bare[:at])}&{_kept(bare[at:])}"
    return _kept(bare)


def _kept(text: str) -> str:
    return text.replace("&", "&&")


def give_letters(entries: Iterable[QAction]) -> None:
    """Mark a letter of its own in each action's text, keeping those that do not clash."""
    given: list[str] = []
    for act in entries:
        if not act.isSeparator():
            text = free_letter(act.text(), given)
            given.append(text)
            if text != act.text():
                act.setText(text)
