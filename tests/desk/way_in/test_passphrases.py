import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from branch_desk import app
from branch_desk.desk.way_in.keep_sheet import Sheet
from branch_desk.desk.way_in.passphrases import Change, Recover
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.store import keys
from branch_desk.store.errors import WrongPassphrase, WrongRecoveryKey

LEFT = Qt.MouseButton.LeftButton
SECRET = "correct horse"  # the template's


def new_passphrase(asking, text):
    for field in (asking.new.first, asking.new.second):
        field.start(text)


def test_the_recovery_sheet_opens_a_file_whose_passphrase_is_forgotten(
    window, branch_file, template, qtbot, screen, words_of, quiet
):
    unlock = window.way_in.show_unlock(branch_file)
    qtbot.mouseClick(unlock.forgotten, LEFT)
    recover = screen()
    assert isinstance(recover, Recover)
    sheet = template[1].sheet()
    recover.sheet.start("7" + sheet[1:] if sheet[0] != "7" else "8" + sheet[1:])
    qtbot.mouseClick(recover.go, LEFT)
    assert "Group 1 of the recovery key" in recover.sheet.complaint()
    recover.sheet.start(sheet.lower().replace(" ", "-\n"))
    new_passphrase(recover, "short")
    qtbot.mouseClick(recover.go, LEFT)
    assert not recover.sheet.complaint()
    assert "at least 8" in recover.new.first.complaint()
    new_passphrase(recover, "battery staple")
    qtbot.mouseClick(recover.go, LEFT)
    recover.recover()
    qtbot.waitUntil(lambda: isinstance(screen(), Sheet), timeout=20_000)
    shown = screen()
    new = window.session.store.key.sheet()
    assert new != sheet
    assert all(group in words_of(shown) for group in new.split())
    assert "Backups made before now still open with the old one" in words_of(shown)
    quiet()
    shown.without.click()
    qtbot.mouseClick(shown.go, LEFT)
    quiet()
    window.lock()
    with pytest.raises(WrongPassphrase):
        app.open_branch(branch_file, SECRET)
    app.open_branch(branch_file, "battery staple").close()


def test_a_sheet_of_another_file_is_refused_in_words(window, branch_file, qtbot, screen):
    qtbot.mouseClick(window.way_in.show_unlock(branch_file).forgotten, LEFT)
    recover = screen()
    recover.sheet.start(keys.new("another file").sheet())
    new_passphrase(recover, "battery staple")
    qtbot.mouseClick(recover.go, LEFT)
    qtbot.waitUntil(recover.go.isEnabled, timeout=20_000)
    assert recover.notice.text() == str(WrongRecoveryKey(branch_file))
    back = next(each for each in recover.findChildren(QAbstractButton) if each.text() == "Back")
    qtbot.mouseClick(back, LEFT)
    assert isinstance(screen(), Unlock)


def test_the_passphrase_is_changed_from_the_desk(desk, branch_file, qtbot, screen, quiet):
    before = desk.session.store.key.sheet()
    desk.menus.passphrase.trigger()
    change = screen()
    assert isinstance(change, Change)
    assert desk.session is None
    assert not desk.menus.passphrase.isEnabled()
    change.old.start("wrong")
    new_passphrase(change, "battery staple")
    qtbot.mouseClick(change.go, LEFT)
    qtbot.waitUntil(change.go.isEnabled, timeout=20_000)
    assert "not the passphrase" in change.old.complaint()
    change.old.start(SECRET)
    change.new.second.start("battery maple")
    qtbot.mouseClick(change.go, LEFT)
    assert change.new.second.complaint() == "The two are not the same."
    change.new.second.start("battery staple")
    qtbot.mouseClick(change.go, LEFT)
    qtbot.waitUntil(lambda: isinstance(screen(), Sheet), timeout=20_000)
    assert desk.session.store.key.sheet() != before
    quiet()
    screen().without.click()
    qtbot.mouseClick(screen().go, LEFT)
    quiet()
    assert desk.menus.passphrase.isEnabled()
    desk.lock()
    with pytest.raises(WrongPassphrase):
        app.open_branch(branch_file, SECRET)
    app.open_branch(branch_file, "battery staple").close()


def test_leaving_the_passphrase_as_it_is_opens_the_desk_again(
    desk, branch_file, qtbot, screen, quiet
):
    desk.menus.passphrase.trigger()
    qtbot.mouseClick(screen().back, LEFT)
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=20_000)
    quiet()
    desk.lock()
    app.open_branch(branch_file, SECRET).close()


# The desk
