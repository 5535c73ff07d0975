"""A monkey at the keyboard: whatever is clicked, typed, dropped and resized, the file stays whole.

The same seed does the same; `BRANCH_DESK_MONKEY` takes another, to look for more.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from random import Random

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from branch_desk import app
from branch_desk.demo import story
from branch_desk.store import backup
from branch_desk.store.errors import DeskError
from tests.desk.journeys.hands import type_text

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
KEYS = Qt.Key
WALKING = (
    *(KEYS.Key_Tab, KEYS.Key_Backtab, KEYS.Key_Up, KEYS.Key_Down, KEYS.Key_Left, KEYS.Key_Right),
    *(KEYS.Key_Return, KEYS.Key_Escape, KEYS.Key_Space, KEYS.Key_Home, KEYS.Key_End, KEYS.Key_F2),
    *(KEYS.Key_PageUp, KEYS.Key_PageDown, KEYS.Key_Delete, KEYS.Key_Backspace, KEYS.Key_Menu),
    *(KEYS.Key_F1, KEYS.Key_F6),
)
TEXTS = (
    *("a", "Cadwaladr", "O'Brien-Ŵyn", '=HYPERLINK("x")', "<b>bold</b>", "14 May 2026", "£12.50"),
    *("x" * 200, "31/02/2026", "  ", "12", "not a number", "ann@example.org", "\U0001f600 مرحبا"),
)
SHORTCUTS = (
    *("Z", "Y", "F", "K", "N", "I", "E", "M", "A", "C", "V", "P", "+", "-", "0"),
    *("1", "2", "3", "4", "5", "6", "7"),
)
SIZES = ((1280, 800), (1024, 640), (1000, 600), (1600, 1000), (1100, 900))


class Opened(QObject):
    """Stands in for the system's programs, so that a test opens none."""

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Take an address that would have been opened."""


@pytest.fixture
def opened():
    """Let nothing reach the system's mail program or browser."""
    taker = Opened()
    for scheme in ("file", "mailto", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, taker, "take")
    yield taker
    for scheme in ("file", "mailto", "http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def rubbish(tmp_path):
    """Files of every sort a person may drop, good, odd and broken."""
    folder = tmp_path / "dropped"
    folder.mkdir()
    contents = {
        "list.csv": b"Membership Number,First Name,Surname\n1,Ada,Okafor\n2,Bryn,Howells\n",
        "broken.csv": b"\xff\xfe\x00\x01,,,\n\n\n",
        "empty.csv": b"",
        "letter.eml": b"From: Ann <ann@example.org>\nTo: us@example.org\nSubject: Hello\n\nHello\n",
        "resign.eml": b"From: ann@example.org\nSubject: Leaving\n\nI resign my membership.\n",
        "motion.md": b"---\ntitle: Trees\nmover: Ada\n---\nThis branch wants trees.\n",
        "not a pdf.pdf": b"hello",
        "picture.jpg": b"\xff\xd8\xff\xe0 not a picture",
        "other.xyz": b"?",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


class Monkey:
    """Does one random thing after another to whatever window is in front."""

    def __init__(self, window, qtbot, rubbish, seed: int, folder) -> None:
        self.window, self.qtbot, self.rubbish = window, qtbot, rubbish
        self.random = Random(seed)
        self.folder = folder
        self.did: Counter[str] = Counter()
        self.last: list[str] = []
        # Qt's tool buttons run a loop of their own while their menu is open: nobody else would
        # close it. The desk itself has no such loop.
        self.step, self.stuck = -1, (-1, 0)
        self.nested: Counter[str] = Counter()
        self.way_out = QTimer(window, interval=20)
        self.way_out.timeout.connect(self.leave_loop)
        self.way_out.start()

    def leave_loop(self) -> None:
        """Close a menu or box with a loop of its own, or let go of a drag, that a deed hangs in.

        Qt's own dialogs for files and printers ask with such boxes; that the desk never does is
        proved in tests/test_architecture.py.
        """
        step, times = self.stuck
        self.stuck = (self.step, times + 1 if step == self.step >= 0 else 0)
        if self.stuck[1] < 4:
            return
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        held = popup or modal
        QTest.keyClick(self.window, KEYS.Key_Escape)  # lets go of a drag
        self.nested[type(held).__name__] += 1
        if held is None:
            return
        held.close()

    def play(self, times: int) -> None:
        """Do so many random things."""
        deeds = (
            *((self.click, 40), (self.press, 15), (self.type, 12), (self.walk, 25)),
            *((self.shortcut, 6), (self.drop, 4), (self.resize, 1), (self.wheel, 4)),
            (self.menu, 5),
        )
        names, weights = zip(*deeds, strict=True)
        for number in range(times):
            deed = self.random.choices(names, weights)[0]
            self.did[deed.__name__] += 1
            self.last = [*self.last[-30:], f"{number} {deed.__name__} on {self.target()!r}"]
            self.step = number
            deed()
            self.step = -1
            QApplication.processEvents()
            if number % 20 == 0:
                self.come_back()
            if number % 1000 == 999:
                sys.stdout.write(f"{number + 1} of {times} done, {dict(self.did)}\n")
                sys.stdout.flush()

    def top(self) -> QWidget:
        """The window in front."""
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or QApplication.activeWindow()
            or self.window
        )

    def come_back(self) -> None:
        """Unlock, leave the system's dialogs, and wait for long work now and then."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QFileDialog) and each.isVisible():
                each.close()
        session = self.window.session
        if session is not None:
            self.qtbot.waitUntil(
                lambda: session is not self.window.session or session.workers.idle, timeout=60_000
            )
        elif not self.top().isHidden() and self.top() is self.window:
            self.unlock()

    def unlock(self) -> None:
        """Type the passphrase where one is asked for, else open the file again."""
        secret = [
            each
            for each in self.window.findChildren(QLineEdit)
            if each.isVisible() and each.echoMode() == QLineEdit.EchoMode.Password
        ]
        if len(secret) == 1:
            secret[0].setFocus()
            secret[0].clear()
            QTest.keyClicks(secret[0], story.PASSPHRASE)
            QTest.keyClick(secret[0], KEYS.Key_Return)
            QTest.qWait(1)
            self.qtbot.waitUntil(
                lambda: self.window._workers.idle,
                timeout=20_000,
            )
        else:
            self.window.way_in.show_unlock(self.folder / "demo.branch")

    def widget(self, *kinds: type[QWidget]) -> QWidget | None:
        """Pick something visible at random."""
        found = [
            each
            for each in self.top().findChildren(QWidget)
            if isValid(each) and each.isVisible() and each.isEnabled()
            if isinstance(each, kinds or (QWidget,))
        ]
        return self.random.choice(found) if found else None

    def click(self) -> None:
        """Click a control, or anywhere."""
        widget = self.widget(QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
        if widget is None or self.random.random() < 0.3:
            widget = self.widget(QAbstractItemView) or self.top()
            widget = getattr(widget, "viewport", lambda: widget)()
        if not isValid(widget) or widget.rect().isEmpty():
            return
        at = QPoint(
            self.random.randrange(widget.rect().width()),
            self.random.randrange(widget.rect().height()),
        )
        button = RIGHT if self.random.random() < 0.06 else LEFT
        if self.random.random() < 0.05:
            QTest.mouseDClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, at)
        else:
            QTest.mouseClick(widget, button, Qt.KeyboardModifier.NoModifier, at)

    def target(self) -> QWidget:
        """Whatever has the keyboard."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.top()

    def press(self) -> None:
        """Press one letter."""
        QTest.keyClick(self.target(), self.random.choice("abcdefghij 1234567890/.-"))

    def type(self) -> None:
        """Type or paste something odd."""
        text = self.random.choice(TEXTS)
        if self.random.random() < 0.5:
            QGuiApplication.clipboard().setText(text)
            QTest.keyClick(self.target(), KEYS.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            type_text(self.target(), text[:40])

    def walk(self) -> None:
        """Press a key that goes somewhere."""
        modifier = Qt.KeyboardModifier.NoModifier
        if self.random.random() < 0.15:
            modifier = self.random.choice(
                (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
            )
        QTest.keyClick(self.target(), self.random.choice(WALKING), modifier)

    def shortcut(self) -> None:
        """Press a shortcut of the program."""
        modifier = Qt.KeyboardModifier.ControlModifier
        if self.random.random() < 0.2:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        key = self.random.choice(SHORTCUTS)
        if self.random.random() < 0.02:
            key = "L"
        QTest.keyClick(self.target(), key, modifier)

    def menu(self) -> None:
        """Choose something from the menus, but neither quit nor leave the branch."""
        bar = self.window.menuBar()
        actions = [
            act
            for top in bar.actions()
            if top.menu() is not None
            for act in top.menu().actions()
            if act.isEnabled() and not act.isSeparator() and act.menu() is None
        ]
        menus = self.window.menus
        kept = {menus.quit, menus.open, menus.new, menus.passphrase}
        chosen = [act for act in actions if act not in kept and "demo" not in act.text().lower()]
        if chosen and QApplication.activeModalWidget() is None:
            self.random.choice(chosen).trigger()

    def drop(self) -> None:
        """Drop files on the window."""
        data = QMimeData()
        some = self.random.sample(self.rubbish, self.random.choice((1, 1, 2)))
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in some])
        widget = self.widget()
        if widget is None:
            return
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        at = widget.rect().center()
        enter = QDragEnterEvent(at, copy, data, LEFT, none)
        QApplication.sendEvent(widget, enter)
        if enter.isAccepted():
            QApplication.sendEvent(widget, QDragMoveEvent(at, copy, data, LEFT, none))
            QApplication.sendEvent(widget, QDropEvent(QPointF(at), copy, data, LEFT, none))

    def wheel(self) -> None:
        """Turn the wheel over something."""
        widget = self.widget(QAbstractItemView) or self.top()
        at = QPointF(widget.rect().center())
        event = QWheelEvent(
            at,
            widget.mapToGlobal(at),
            QPoint(),
            QPoint(0, self.random.choice((-240, -120, 120))),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def resize(self) -> None:
        """Make the window another size."""
        self.window.resize(*self.random.choice(SIZES))


def run(window, qtbot, rubbish, tmp_path, monkeypatch, times):
    monkeypatch.chdir(tmp_path)
    seed = int(os.environ.get("BRANCH_DESK_MONKEY", "1"))
    monkey = Monkey(window, qtbot, rubbish, seed, tmp_path)
    try:
        monkey.play(times)
    except BaseException as error:
        error.add_note(f"seed {seed}, last:\n" + "\n".join(monkey.last))
        raise
    finally:
        monkey.way_out.stop()
    monkey.come_back()
    path = tmp_path / "demo.branch"
    for each in QApplication.topLevelWidgets():
        if each is not window and each.isVisible():
            each.close()
    window.way_in.show_doors()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    try:
        store = app.open_branch(path, story.PASSPHRASE)
    except DeskError as error:
        raise AssertionError(f"the file does not open: {error}") from error
    with store:
        found = backup.verify(store)
        assert found.integrity == "ok"
        assert found.log == "ok"


def test_200_random_things_done_to_the_window_harm_nothing(
    window, qtbot, rubbish, opened, tmp_path, monkeypatch
):
    run(window, qtbot, rubbish, tmp_path, monkeypatch, 200)


@pytest.mark.long
def test_20_000_random_things_done_to_the_window_harm_nothing(
    window, qtbot, rubbish, opened, tmp_path, monkeypatch
):
    run(window, qtbot, rubbish, tmp_path, monkeypatch, 20_000)
