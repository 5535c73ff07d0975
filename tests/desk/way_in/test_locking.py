import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAction, QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.correspondence.page.composer import Composer
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Line, Lines
from branch_desk.desk.way_in.held import HeldTexts
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.paper import forgetting
from branch_desk.store.errors import InUse

LEFT = Qt.MouseButton.LeftButton
SECRET = "correct horse"  # the template's


@pytest.fixture
def unlock(window, qtbot, screen, quiet):
    """Type the passphrase into the locked window."""

    def type_in(passphrase=SECRET):
        shown = screen(Unlock)
        qtbot.keyClicks(shown.passphrase.edit, passphrase)
        qtbot.keyClick(shown.passphrase.edit, Qt.Key.Key_Return)
        if passphrase == SECRET:
            qtbot.waitUntil(lambda: window.workspace is not None, timeout=8_000)
            quiet()

    return type_in


def gone(window):
    """Let Qt take away what was let go."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def everything(window):
    """Every text in every widget and action of the program, seen or not."""
    said = [window.windowTitle(), window.windowIconText(), window.windowFilePath()]
    for root in QApplication.topLevelWidgets():
        for each in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
            said += [each.toolTip()]
            if isinstance(each, QWidget):
                said += [each.accessibleName(), each.accessibleDescription(), each.windowTitle()]
            if isinstance(each, QLabel | QLineEdit | QAbstractButton | QAction):
                said.append(each.text())
            if isinstance(each, QPlainTextEdit):
                said.append(each.toPlainText())
    return "\n".join(said)


def test_a_lock_leaves_nothing_of_the_branch_anywhere_in_the_window(desk, quiet, unlock):
    store = desk.session.store
    branch.set_details(store, name="Highfield Ward", accent="#7A1FA2")
    members.add(store, forename="Ada", surname="Okafor")
    for name in ("Branch", "Members", "Today"):
        desk.workspace.show_page(name)
        quiet()
    desk.workspace.show_page("Members")
    quiet()
    assert "Okafor" in everything(desk) or members.counts(store).total == 1
    QTest.keyClick(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    gone(desk)
    said = everything(desk)
    for secret in ("Highfield Ward", "Okafor", "Add a member"):
        assert secret not in said
    assert desk.windowTitle() == "Branch Desk"
    assert desk.session is None
    assert not desk.menus.lock.isEnabled()
    with pytest.raises(Exception, match="closed"):
        store.value("SELECT 1")
    unlock()
    assert members.counts(desk.session.store).total == 1


@pytest.mark.parametrize("how", ["idle", "sleeping"])
def test_the_desk_locks_by_itself_and_only_where_one_is_open(desk, how, screen):
    getattr(desk.way_in.locking, how).due.emit()
    assert isinstance(screen(), Unlock)
    asked = screen()
    getattr(desk.way_in.locking, how).due.emit()
    assert screen() is asked


def test_a_locked_desk_takes_the_passphrase_at_once(desk):
    desk.lock()
    assert desk.stack.currentWidget().passphrase.isAncestorOf(desk.focusWidget())


def test_what_is_being_typed_is_stored_by_the_lock(desk, qtbot, quiet, template, branch_file):
    field = Line("HQ", lambda text: branch.set_details(desk.session.store, hq=text))
    field.setParent(desk.workspace)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field.edit, "National Office")
    desk.lock()
    with app.open_branch(branch_file, template[1]) as store:
        assert branch.details(store).hq == "National Office"


def test_what_a_field_refused_is_held_and_shown_after_the_passphrase(desk, qtbot, unlock):
    def store_colour(text):
        branch.set_details(desk.session.store, accent=text)

    field = Line("Colour", store_colour)
    field.setParent(desk.workspace)
    field.show()
    field.edit.setText("no colour")
    field.leave()
    assert field.refused
    desk.lock()
    gone(desk)
    assert "no colour" not in everything(desk)
    unlock("wrong")
    qtbot.waitUntil(desk.stack.currentWidget().go.isEnabled, timeout=8_000)
    assert desk.findChildren(HeldTexts) == []
    desk.stack.currentWidget().passphrase.edit.clear()
    unlock()
    (held,) = desk.findChildren(HeldTexts)
    assert [each.toPlainText() for each in held.texts] == ["no colour"]
    assert held.texts[0].accessibleName() == "Colour"
    qtbot.mouseClick(held.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "Colour: no colour"
    held.accept()
    gone(desk)
    desk.lock()
    unlock()
    assert desk.findChildren(HeldTexts) == []


@pytest.mark.parametrize("page", ["Letters", "Motions"])
def test_an_unfinished_letter_is_gone_on_with_after_a_lock(page, desk, quiet, unlock):
    motion = motions.add(desk.session.store, title="Mend the clock", text="Mend it.", mover="Ada")
    desk.workspace.show_page(page)
    quiet()
    if page == "Letters":
        desk.workspace.page.write_new()
    else:
        desk.workspace.page.show_thing(motion)
        desk.workspace.page.tell_mover()
        quiet()
    writes = desk.workspace.findChild(Composer)
    start, title = writes.letter(), writes.accessibleName()
    writes.subject.edit.setText("The roof leaks")
    writes.text.edit.setPlainText("It has rained into the hall since May.")
    desk.lock()
    gone(desk)
    assert "rained" not in everything(desk)
    unlock()
    assert desk.workspace.page.name == page
    again = desk.workspace.findChild(Composer)
    assert again.isVisible()
    assert again.accessibleName() == title
    assert again.letter() == replace(
        start, subject="The roof leaks", text="It has rained into the hall since May."
    )
    assert again.is_busy
    again.left.emit()
    desk.lock()
    gone(desk)
    unlock()
    assert desk.workspace.findChild(Composer) is None


def test_leaving_asks_before_an_unfinished_letter_is_dropped(desk, quiet):
    desk.workspace.show_page("Letters")
    quiet()
    desk.workspace.page.write_new()
    writes = desk.workspace.findChild(Composer)
    writes.subject.edit.setText("The roof leaks")
    assert not desk.close()
    (asked,) = [each for each in desk.findChildren(QDialog) if each.isVisible()]
    said = " ".join(each.text() for each in asked.findChildren(QLabel))
    assert "Write a letter: the letter is not filed." in said
    asked.reject()
    writes.left.emit()
    assert desk.close()


def test_a_question_is_closed_and_what_was_typed_into_it_is_held(desk, qtbot, unlock):
    name, secret = Line("Surname"), Line("Code", secret=True)
    note = Lines("Note")
    asked = Ask(desk.workspace, "Add a member", (name, secret, note), "Add", lambda: None)
    asked.begin()
    qtbot.keyClicks(name.edit, "Okafor")
    qtbot.keyClicks(secret.edit, "1234")
    qtbot.keyClicks(note.edit, "rang at six")
    desk.lock()
    gone(desk)
    assert not [each for each in desk.findChildren(QDialog) if each.isVisible()]
    assert "Okafor" not in everything(desk)
    unlock()
    (held,) = desk.findChildren(HeldTexts)
    assert [each.toPlainText() for each in held.texts] == ["Okafor", "rang at six"]
    assert "“Add a member” was still open" in held.texts[0].accessibleDescription()


def test_a_bug_while_leaving_still_locks(desk, monkeypatch, screen):
    from branch_desk.desk.way_in import locking

    def broken(_):
        raise ValueError("a bug")

    monkeypatch.setattr(locking, "refused_on", broken)
    with pytest.raises(ValueError, match="a bug"):
        desk.lock()
    assert isinstance(screen(), Unlock)
    assert desk.session is None


@pytest.fixture
def long_work(desk):
    """Long work on the desk that lasts until it is let go."""
    begun, go = threading.Event(), threading.Event()
    store = desk.session.store

    def work(_):
        with store.change("A long import") as change:
            begun.set()
            go.wait(20)
            change.insert("officer", office="Chair", name="Ada Okafor")

    desk.session.workers.long("Bringing in", work, lambda _: None, writes=True)
    assert begun.wait(8)
    yield go
    go.set()


def test_long_work_goes_on_behind_the_lock_and_the_file_is_closed_after_it(
    desk, long_work, qtbot, branch_file, template, unlock, quiet
):
    desk.lock()
    gone(desk)
    assert desk.session is None
    assert desk.way_in.behind is not None
    with pytest.raises(InUse):
        app.open_branch(branch_file, template[1])
    long_work.set()
    qtbot.waitUntil(lambda: desk.way_in.behind is None, timeout=8_000)
    with app.open_branch(branch_file, template[1]) as store:
        assert store.value("SELECT name FROM officer") == "Ada Okafor"
    # the screen was made while the branch was open behind it, and opens it all the same
    unlock()
    assert desk.session.store.value("SELECT count(*) FROM officer") == 1


def test_the_passphrase_leads_back_to_work_that_still_runs(desk, long_work, qtbot, unlock, quiet):
    session, workspace = desk.session, desk.workspace
    desk.lock()
    unlock("wrong")
    asked = desk.stack.currentWidget()
    qtbot.waitUntil(asked.go.isEnabled, timeout=8_000)
    assert "does not open" in asked.passphrase.complaint()
    asked.passphrase.edit.clear()
    qtbot.keyClicks(asked.passphrase.edit, SECRET)
    qtbot.keyClick(asked.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.workspace is workspace, timeout=8_000)
    assert desk.session is session
    assert desk.way_in.behind is None
    assert workspace.isVisible()
    long_work.set()
    quiet()
    assert session.store.value("SELECT count(*) FROM officer") == 1


def test_a_change_that_waited_and_was_refused_is_held(desk, long_work, qtbot, unlock):
    store = desk.session.store
    desk.session.deed(lambda: branch.set_details(store, accent="no colour"))
    desk.lock()
    long_work.set()
    qtbot.waitUntil(lambda: desk.way_in.behind is None, timeout=8_000)
    unlock()
    (held,) = desk.findChildren(HeldTexts)
    assert [each.accessibleName() for each in held.texts] == ["A change that waited"]
    assert "no colour" in held.texts[0].toPlainText()


def clip(text, mode=QClipboard.Mode.Clipboard):
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data, mode)


def test_the_clipboard_loses_what_came_from_the_desk(desk, monkeypatch):
    desk.way_in.locking.watch()
    clip("Ada Okafor, 1 High Street")
    QApplication.processEvents()
    desk.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_the_clipboard_keeps_what_another_program_copied_since(desk, monkeypatch):
    desk.way_in.locking.watch()
    clip("Ada Okafor, 1 High Street")
    QApplication.processEvents()
    states = Qt.ApplicationState
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: states.ApplicationInactive)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: False)
    clip("a shopping list")
    QApplication.processEvents()
    desk.lock()
    assert QGuiApplication.clipboard().text() == "a shopping list"


def test_caches_of_words_and_pictures_are_emptied():
    import sys
    from functools import _lru_cache_wrapper

    from branch_desk.leaflets import papers  # noqa: F401 -- loads what holds a leaflet
    from branch_desk.paper import render  # noqa: F401

    named = {(module, cache) for module, caches in forgetting.HOLDING for cache in caches}
    for module, cache in named:
        if module in sys.modules:
            assert isinstance(getattr(sys.modules[module], cache), _lru_cache_wrapper)
    forgetting.forget()
