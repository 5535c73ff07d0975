import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from branch_desk import app
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.store.errors import WrongPassphrase

LEFT = Qt.MouseButton.LeftButton
SECRET = "correct horse"  # the template's


def test_a_wrong_passphrase_is_said_under_it_with_a_way_on(window, branch_file, qtbot, screen):
    unlock = window.way_in.show_unlock(branch_file)
    qtbot.mouseClick(unlock.go, LEFT)
    assert "Type the passphrase" in unlock.passphrase.complaint()
    qtbot.keyClicks(unlock.passphrase.edit, "wrong")
    qtbot.mouseClick(unlock.go, LEFT)
    unlock.unlock()
    qtbot.waitUntil(unlock.go.isEnabled, timeout=20_000)
    assert unlock.passphrase.complaint() == str(WrongPassphrase(branch_file))
    assert unlock.passphrase.edit.selectedText()
    assert window.session is None
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Escape)
    assert not isinstance(screen(), Unlock)


def test_what_is_typed_at_once_reaches_the_first_field_of_each_screen(window, branch_file):
    new = window.way_in.show_new()
    assert new.name.isAncestorOf(window.focusWidget())
    unlock = window.way_in.show_unlock(branch_file)
    assert unlock.passphrase.isAncestorOf(window.focusWidget())


def test_leaving_the_passphrase_midway_locks_nobody_out(window, branch_file, qtbot, screen):
    window.way_in.show_unlock(branch_file)
    first = screen()
    first.passphrase.edit.setText(SECRET)
    first.unlock()
    window.way_in.show_doors()
    second = window.way_in.show_unlock(branch_file)
    second.passphrase.edit.setText(SECRET)
    second.unlock()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert QApplication.overrideCursor() is None


def test_the_passphrase_is_shown_only_while_its_eye_is_open(window, branch_file, qtbot):
    secret = window.way_in.show_unlock(branch_file).passphrase
    modes = QLineEdit.EchoMode
    assert secret.edit.echoMode() is modes.Password
    assert secret.showing.text() == "Show the passphrase"
    qtbot.keyClick(secret.edit, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert secret.edit.echoMode() is modes.Normal
    assert secret.showing.text() == "Hide the passphrase"
    secret.showing.trigger()
    assert secret.edit.echoMode() is modes.Password


def test_caps_lock_is_said_as_soon_as_it_shows(window, branch_file, qtbot):
    secret = window.way_in.show_unlock(branch_file).passphrase
    qtbot.keyClick(secret.edit, "C")  # a capital without Shift
    assert secret.warning() == "Caps Lock seems to be on."
    qtbot.keyClick(secret.edit, "c")
    assert secret.warning() == ""
    qtbot.keyClick(secret.edit, "C", Qt.KeyboardModifier.ShiftModifier)
    assert secret.warning() == ""
    qtbot.keyClick(secret.edit, "C")
    qtbot.keyClick(secret.edit, Qt.Key.Key_CapsLock)
    assert secret.warning() == ""


@pytest.mark.parametrize("locked", [False, True])
def test_the_file_is_named_only_where_it_is_not_locked(desk, branch_file, words_of, locked, screen):
    if locked:
        desk.lock()
    else:
        desk.way_in.show_unlock(branch_file)
    shown = screen(Unlock)
    assert (branch_file.name in words_of(shown)) is not locked
    shown.escaped()
    assert isinstance(screen(), Unlock) is locked


def test_a_bug_on_the_way_in_is_no_trouble_of_the_file(window, branch_file):
    asking = window.way_in.show_unlock(branch_file)
    with pytest.raises(ValueError, match="ours"):
        window.way_in._troubled(branch_file, ValueError("ours"), asking)


def test_the_program_opens_the_file_it_is_given(window, branch_file, screen):
    app.show_way_in(window, branch_file, None)
    assert screen(Unlock).path == branch_file
