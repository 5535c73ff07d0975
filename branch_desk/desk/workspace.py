"""The open desk: the rail, the pages built when first shown, what is said over them, the foot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch_desk.desk import actions, kit
from branch_desk.desk.announce import announce
from branch_desk.desk.bottom_line import BottomLine
from branch_desk.desk.dropping import PageDrops
from branch_desk.desk.forms import Field
from branch_desk.desk.rail import Rail
from branch_desk.desk.tr import tr
from branch_desk.desk.typed import begun
from branch_desk.store.change import Changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction, QKeyEvent

    from branch_desk.desk.actions import Command
    from branch_desk.desk.page import Page, Unfinished
    from branch_desk.desk.program import Program
    from branch_desk.desk.session import Place, Session
    from branch_desk.desk.toast import Toasts

BADGES_MS = 400
COMES_MS = 1_500
RECENT = 8
PAGE = "page"


class Workspace(QWidget):
    """Everything that shows the branch; taken away whole when the desk is locked."""

    turned = Signal(object)  # the page that is now in front

    def __init__(self, session: Session, program: Program, undo: QAction, back_up: QAction) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self._program = program
        self._entries = {entry.name: entry for entry in program.entries}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._toasts: Toasts | None = None
        self._coming: Coming | None = None
        self.recent: list[tuple[str, int]] = []
        self.rail = Rail(program.entries, session.look)
        self.stack = QStackedWidget()
        self.notice = NoticeOver(self.stack)
        self.bottom = BottomLine(session, undo, back_up)
        upper = kit.row(self.rail, self.stack, space=0)
        upper.setStretch(1, 1)
        outer = kit.column(space=0)
        outer.addLayout(upper, 1)
        outer.addWidget(self.bottom)
        self.setLayout(outer)
        self._count_later = QTimer(self, singleShot=True, interval=BADGES_MS)
        self._count_later.timeout.connect(self._count)
        self.drops = PageDrops(self, program.entries)
        self.rail.chosen.connect(self._turn)
        session.failed.connect(self._failed)
        session.did.connect(self.notice.hide)
        session.said.connect(self._say)
        session.undoable.connect(self._offer)
        session.went.connect(self._go)
        session.changed.connect(self._count_later.start)
        session.look.changed.connect(self._paint_again)
        session.look.resized.connect(self._build_again)
        self._count_later.start()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[self._current]

    @property
    def toasts(self) -> Toasts:
        """What is said at the foot of the page; made when first something is."""
        if self._toasts is None:
            from branch_desk.desk.toast import Toasts

            self._toasts = Toasts(self.stack, self.session)
        return self._toasts

    def show_page(self, name: str) -> None:
        """Turn to a page and put the keyboard there; to the first if there is none of that name."""
        before = self._current
        self.rail.choose(name if name in self._entries else next(iter(self._entries)))
        if self._current != before:
            self.page.take_keyboard()

    def leave(self) -> list[str]:
        """Store whatever is being typed, before the file is closed; returns what was refused."""
        refused = []
        for field in self.findChildren(Field):
            field.leave()
            if field.refused:
                refused.append(f"{field.name}: {field.complaint()}")
        open_still = dict.fromkeys(screen for screen, _, _ in begun(self))
        refused += [tr("“{title}” is not finished.", title=screen) for screen in open_still]
        return [*refused, *(each.said for each in self.unfinished().values())]

    def unfinished(self) -> dict[str, Unfinished]:
        """Return what is being made and stored nowhere, by the page it is made on."""
        found = {name: page.unfinished() for name, page in self._pages.items()}
        return {name: each for name, each in found.items() if each is not None}

    def take_up(self, left: Mapping[str, Unfinished]) -> None:
        """Turn to what was not finished when the desk was locked, and go on with it."""
        for name, each in left.items():
            self.show_page(name)
            self.page.take_up(each.what)

    # What can be done, for the command box

    def commands(self) -> list[Command]:
        """Return what the pages can do, those in front first, those not built yet too."""
        names = sorted(self._entries, key=lambda name: name != self._current)
        return [each for name in names for each in self._commands_of(name)]

    def _commands_of(self, name: str) -> list[Command]:
        icon = self._entries[name].icon
        page = self._pages.get(name)
        if page is None:
            return actions.of_unbuilt(name, icon, self.do)
        own = [*page.actions_of_page()]
        if name == self._current:
            own += page.actions_around()
        told = [actions.of_action(act, tr(name), icon) for act in own]
        made = {each.title: each for each in reversed(told)}
        return [
            actions.Command(
                each.title,
                each.where,
                each.keys,
                each.icon,
                partial(self.do, name, each.title),
                each.enabled or name != self._current,
            )
            for each in reversed(made.values())
        ]

    def do(self, name: str, title: str) -> None:
        """Turn to a page and do what is called so there, once what it needs has been read."""
        self.show_page(name)
        for act in (*self.page.actions_of_page(), *self.page.actions_around()):
            if actions.plain(act.text()) == title:
                self._wait_no_more()
                self._coming = Coming(self, act)
                return
        self.session.said.emit(tr("“{title}” is not to be done here now.", title=title))

    def _wait_no_more(self) -> None:
        coming, self._coming = self._coming, None
        if coming is not None:
            coming.stop()

    # Turning

    def _turn(self, name: str) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._entries[name].make(self.session)
            self.stack.addWidget(page)
        self._current = name
        self._wait_no_more()
        self.notice.hide()
        self.stack.setCurrentWidget(page)
        self.session.remembered.keep(PAGE, name)
        page.fresh()
        self.turned.emit(page)

    def _go(self, place: Place) -> None:
        self.show_page(place.page)
        if place.id is not None:
            self.page.show_thing(place.id, place.what)
            if place.id and not place.what:
                self._remember((place.page, place.id))

    def _remember(self, place: tuple[str, int]) -> None:
        others = [each for each in self.recent if each != place]
        self.recent = [place, *others][:RECENT]

    def turn_day(self) -> None:
        """Read everything again by the new day, as if all of it had changed."""
        tables = {table for page in self._pages.values() for table in page.tables}
        self.session.changed.emit(Changed(0, dict.fromkeys(tables)))

    def _build_again(self) -> None:
        """Make the pages anew, in the size that text has now; not where a field would lose text."""
        if not self.isVisible() or self.leave():  # taken off the window: its file may be closed
            return
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self._turn(self._current)

    def _say(self, text: str) -> None:
        self.notice.hide()
        self.toasts.say(text)

    def _offer(self, text: str) -> None:
        self.notice.hide()
        self.toasts.offer(text)

    def _failed(self, text: str) -> None:
        if self._toasts is not None:
            self._toasts.clear()  # what was done before is over, and would lie over it
        self.notice.show_text(text)
        announce(self.notice, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Esc that nothing on the page wants closes what is said of a failure."""
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.hide()
        else:
            super().keyPressEvent(event)

    def _count(self) -> None:
        store, badges = self.session.store, self._program.badges
        self.session.workers.quick(
            "badges",
            lambda: badges(store),
            self.rail.show_badges,
            failed=self.session.fail,
            owner=self.rail,
        )

    def _paint_again(self) -> None:
        self.rail.paint_again()
        self.bottom.paint_again()
        kit.paint_again(self)


class NoticeOver(kit.Notice):
    """What went wrong, over the foot of the page until it is closed, by Esc too.

    Nothing under it moves; the page's name, its search and its buttons stay in sight.
    """

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        place.installEventFilter(self)

    def show_text(self, text: str, role: str = "notice") -> None:
        """Say it, over whatever page is in front."""
        super().show_text(text, role)
        self._lay()

    def _lay(self) -> None:
        place = self.parentWidget()
        if place is not None:
            width = max(place.width() - 48, 200)
            layout = self.layout()
            high = 0 if layout is None else layout.totalHeightForWidth(width)
            high = max(high, self.fontMetrics().height() + 16)
            self.setGeometry(24, max(place.height() - high - 8, 8), width, high)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the page grows, or another comes in front."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded} and self.isVisible():
            self._lay()
        return super().eventFilter(watched, event)


class Coming(QObject):
    """Waits for an action to be possible on a page that was only just turned to, then does it."""

    def __init__(self, workspace: Workspace, act: QAction) -> None:
        super().__init__(workspace)
        self._workspace, self._act = workspace, act
        self._give_up = QTimer(self, singleShot=True, interval=COMES_MS)
        self._give_up.timeout.connect(self._in_vain)
        if act.isEnabled():
            act.trigger()
        else:
            act.enabledChanged.connect(self._enabled)
            self._give_up.start()

    def stop(self) -> None:
        """Wait no more: something else was asked for."""
        self._give_up.stop()
        self.deleteLater()

    def _enabled(self, on: bool) -> None:  # noqa: FBT001 -- a signal's value
        if on and self._give_up.isActive():
            self._give_up.stop()
            QTimer.singleShot(0, self._act, self._act.trigger)

    def _in_vain(self) -> None:
        title = actions.plain(self._act.text())
        text = tr("“{title}” needs something chosen on this page first.", title=title)
        self._workspace.session.said.emit(text)
