import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
)

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.desk.way_in.doors import Doors
from branch_desk.desk.way_in.keep_sheet import Sheet
from branch_desk.desk.way_in.new_branch import NewBranch
from branch_desk.desk.way_in.passphrases import Change, Recover
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.desk.window import Window
from branch_desk.store import keys
from branch_desk.store.errors import InUse, WrongPassphrase, WrongRecoveryKey

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SECRET = "correct horse"  # the template's


@pytest.fixture
def window(look, remembered, qtbot):
    made = Window(app.program(), look, remembered)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def desk(window, branch_file, template, qtbot):
    window.show_store(app.open_branch(branch_file, template[1]))
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    for _ in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(
            lambda: (
                window._workers.idle and (window.session is None or window.session.workers.idle)
            ),
            timeout=20_000,
        )


def screen(window):
    return window.stack.currentWidget()


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


# The way in


def test_the_first_run_shows_three_doors(window):
    app.show_way_in(window, None, None)
    doors = screen(window)
    assert isinstance(doors, Doors)
    names = [door.accessibleName() for door in (doors.start_door, doors.open_door, doors.demo_door)]
    assert names == ["Start a branch", "Open a branch", "Look round the demo branch"]


def test_a_branch_is_started_its_sheet_shown_and_it_opens_tomorrow(
    window, tmp_path, qtbot, monkeypatch
):
    app.show_way_in(window, None, None)
    qtbot.mouseClick(screen(window).start_door, LEFT)
    new = screen(window)
    assert isinstance(new, NewBranch)
    qtbot.keyClicks(new.name.edit, "Highfield")
    qtbot.keyClicks(new.first.edit, "short")
    qtbot.keyClicks(new.second.edit, "shirt")
    qtbot.mouseClick(new.go, LEFT)
    assert "at least 8" in new.first.complaint()
    assert new.second.complaint() == "The two are not the same."
    for field in (new.first, new.second):
        field.edit.clear()
        qtbot.keyClicks(field.edit, SECRET)
    target = tmp_path / "Mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(new.go, LEFT)
    qtbot.waitUntil(lambda: isinstance(screen(window), Sheet), timeout=20_000)
    sheet = screen(window)
    key = window.session.store.key.sheet()
    assert all(group in words_of(sheet) for group in key.split())
    qtbot.waitUntil(sheet.preview.print_action.isEnabled, timeout=20_000)
    saved = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    sheet.preview.save_action.trigger()
    assert saved.read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(sheet.go, LEFT)
    settle(window, qtbot)
    assert window.windowTitle() == "Highfield - Branch Desk"
    assert window.workspace.page.name == "Today"
    window.close()
    again = Window(app.program(), window.look, window.remembered)
    qtbot.addWidget(again)
    app.show_way_in(again, None, None)
    unlock = screen(again)
    assert isinstance(unlock, Unlock)
    assert unlock.path == tmp_path / "Mine.branch"
    qtbot.keyClicks(unlock.passphrase.edit, SECRET)
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.workspace is not None, timeout=20_000)
    assert again.windowTitle() == "Highfield - Branch Desk"
    again.close()


def test_a_branch_is_not_started_over_a_file_that_is_there(window, branch_file, qtbot, monkeypatch):
    new = window.way_in.show_new()
    new.name.start("Highfield")
    new.first.start(SECRET)
    new.second.start(SECRET)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(branch_file), ""))
    qtbot.mouseClick(new.go, LEFT)
    assert "There is already a file" in new.notice.text()
    new.make(Path("/proc/none.branch"))
    qtbot.waitUntil(lambda: "none.branch" in new.notice.text(), timeout=20_000)
    assert new.go.isEnabled()


def test_a_wrong_passphrase_is_said_with_a_way_on(window, branch_file, qtbot, monkeypatch):
    app.show_way_in(window, None, None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(branch_file), ""))
    qtbot.mouseClick(screen(window).open_door, LEFT)
    unlock = screen(window)
    qtbot.mouseClick(unlock.go, LEFT)
    assert "Type the passphrase" in unlock.notice.text()
    qtbot.keyClicks(unlock.passphrase.edit, "wrong")
    qtbot.mouseClick(unlock.go, LEFT)
    unlock.unlock()
    qtbot.waitUntil(unlock.go.isEnabled, timeout=20_000)
    assert unlock.notice.text() == str(WrongPassphrase(branch_file))
    assert window.session is None


def test_a_file_in_use_is_refused_in_words(window, store, branch_file, qtbot):
    unlock = window.way_in.show_unlock(branch_file)
    qtbot.keyClicks(unlock.passphrase.edit, SECRET)
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(unlock.go.isEnabled, timeout=20_000)
    assert "already open" in unlock.notice.text()
    assert InUse.next_step in unlock.notice.text()


def test_what_was_opened_lately_is_offered(desk, branch_file, qtbot):
    doors = desk.way_in.show_doors()
    assert branch_file.name in [
        each.text().split("   ")[0] for each in doors.findChildren(QAbstractButton)
    ]
    desk.menus.fill_recent()
    assert [each.text() for each in desk.menus.recent_menu.actions()] == [branch_file.name]
    desk.menus.recent_menu.actions()[0].trigger()
    assert isinstance(screen(desk), Unlock)


def test_the_demo_is_built_in_a_process_of_its_own_and_opened(
    window, qtbot, monkeypatch, branch_file
):
    import dataclasses

    copy = f"import shutil, sys; shutil.copy({str(branch_file)!r}, sys.argv[1] + '/demo.branch')"
    window.program = dataclasses.replace(
        window.program,
        demo=lambda folder: [sys.executable, "-c", copy, str(folder)],
        demo_passphrase=SECRET,
    )
    doors = window.way_in.show_doors()
    qtbot.mouseClick(doors.demo_door, LEFT)
    assert doors.progress.isVisible()
    assert not doors.demo_door.isEnabled()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    doors = window.way_in.show_doors()
    qtbot.mouseClick(doors.demo_door, LEFT)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('The disk is full.')"], "The disk is full."),
        (["/no/such/program"], "could not be built"),
    ],
)
def test_a_demo_that_cannot_be_built_says_why(window, qtbot, command, said):
    import dataclasses

    window.program = dataclasses.replace(window.program, demo=lambda _: command)
    doors = window.way_in.show_doors()
    qtbot.mouseClick(doors.demo_door, LEFT)
    qtbot.waitUntil(lambda: said in doors.notice.text(), timeout=30_000)
    assert doors.demo_door.isEnabled()


def test_the_demos_passphrase_is_no_secret(window, tmp_path):
    unlock = window.way_in.show_unlock(window.remembered.demo_folder() / "demo.branch")
    assert "“demo”" in words_of(unlock)
    assert app.demo_command(tmp_path)[1:3] == ["-m", "branch_desk"]


def new_passphrase(screen, text):
    for field in (screen.first, screen.second):
        field.start(text)


def test_the_recovery_sheet_opens_a_file_whose_passphrase_is_forgotten(
    window, branch_file, template, qtbot
):
    unlock = window.way_in.show_unlock(branch_file)
    qtbot.mouseClick(unlock.forgotten, LEFT)
    recover = screen(window)
    assert isinstance(recover, Recover)
    sheet = template[1].sheet()
    recover.sheet.start("7" + sheet[1:] if sheet[0] != "7" else "8" + sheet[1:])
    qtbot.mouseClick(recover.go, LEFT)
    assert "Group 1 of the recovery key" in recover.sheet.complaint()
    recover.sheet.start(sheet.lower().replace(" ", "-\n"))
    new_passphrase(recover, "short")
    qtbot.mouseClick(recover.go, LEFT)
    assert not recover.sheet.complaint()
    assert "at least 8" in recover.first.complaint()
    new_passphrase(recover, "battery staple")
    qtbot.mouseClick(recover.go, LEFT)
    recover.recover()
    qtbot.waitUntil(lambda: isinstance(screen(window), Sheet), timeout=20_000)
    shown = screen(window)
    new = window.session.store.key.sheet()
    assert new != sheet
    assert all(group in words_of(shown) for group in new.split())
    assert "Backups made before now still open with the old one" in words_of(shown)
    settle(window, qtbot)
    qtbot.mouseClick(shown.go, LEFT)
    settle(window, qtbot)
    window.lock()
    with pytest.raises(WrongPassphrase):
        app.open_branch(branch_file, SECRET)
    app.open_branch(branch_file, "battery staple").close()


def test_a_sheet_of_another_file_is_refused_in_words(window, branch_file, qtbot):
    qtbot.mouseClick(window.way_in.show_unlock(branch_file).forgotten, LEFT)
    recover = screen(window)
    recover.sheet.start(keys.new("another file").sheet())
    new_passphrase(recover, "battery staple")
    qtbot.mouseClick(recover.go, LEFT)
    qtbot.waitUntil(recover.go.isEnabled, timeout=20_000)
    assert recover.notice.text() == str(WrongRecoveryKey(branch_file))
    back = next(each for each in recover.findChildren(QAbstractButton) if each.text() == "Back")
    qtbot.mouseClick(back, LEFT)
    assert isinstance(screen(window), Unlock)


def test_the_passphrase_is_changed_from_the_desk(desk, branch_file, qtbot):
    before = desk.session.store.key.sheet()
    desk.menus.passphrase.trigger()
    change = screen(desk)
    assert isinstance(change, Change)
    assert desk.session is None
    assert not desk.menus.passphrase.isEnabled()
    change.old.start("wrong")
    new_passphrase(change, "battery staple")
    qtbot.mouseClick(change.go, LEFT)
    qtbot.waitUntil(change.go.isEnabled, timeout=20_000)
    assert "not the passphrase" in change.old.complaint()
    change.old.start(SECRET)
    change.second.start("battery maple")
    qtbot.mouseClick(change.go, LEFT)
    assert change.second.complaint() == "The two are not the same."
    change.second.start("battery staple")
    qtbot.mouseClick(change.go, LEFT)
    qtbot.waitUntil(lambda: isinstance(screen(desk), Sheet), timeout=20_000)
    assert desk.session.store.key.sheet() != before
    settle(desk, qtbot)
    qtbot.mouseClick(screen(desk).go, LEFT)
    settle(desk, qtbot)
    assert desk.menus.passphrase.isEnabled()
    desk.lock()
    with pytest.raises(WrongPassphrase):
        app.open_branch(branch_file, SECRET)
    app.open_branch(branch_file, "battery staple").close()


def test_leaving_the_passphrase_as_it_is_opens_the_desk_again(desk, branch_file, qtbot):
    desk.menus.passphrase.trigger()
    qtbot.mouseClick(screen(desk).back, LEFT)
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=20_000)
    settle(desk, qtbot)
    desk.lock()
    app.open_branch(branch_file, SECRET).close()


# The desk


def test_leaving_the_passphrase_midway_locks_nobody_out(window, branch_file, qtbot):
    window.way_in.show_unlock(branch_file)
    first = screen(window)
    first.passphrase.edit.setText(SECRET)
    first.unlock()
    window.way_in.show_doors()
    second = window.way_in.show_unlock(branch_file)
    second.passphrase.edit.setText(SECRET)
    second.unlock()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert QApplication.overrideCursor() is None


# The process


def run_app(code, *words, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


PAINT = (
    "import sys; from pathlib import Path; from branch_desk import app;"
    "path = Path(sys.argv[1]) if len(sys.argv) > 1 else None;"
    "code = app.main(path, painted=lambda: print('painted'));"
    "heavy = {'reportlab', 'pikepdf', 'PIL', 'pypdfium2'} & set(sys.modules);"
    "print(code, sorted(heavy))"
)


def test_the_program_paints_the_first_page_and_loads_nothing_heavy(branch_file, tmp_path):
    done = run_app(
        PAINT,
        str(branch_file),
        BRANCH_DESK_PASSPHRASE=SECRET,
        BRANCH_DESK_SETTINGS=str(tmp_path / "settings"),
    )
    assert done.stdout.split("\n")[:2] == ["painted", "0 []"], done.stderr
    assert done.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""


def test_the_program_asks_for_a_passphrase_it_was_not_given(branch_file, tmp_path):
    done = run_app(
        PAINT,
        str(branch_file),
        BRANCH_DESK_PASSPHRASE="wrong",
        BRANCH_DESK_SETTINGS=str(tmp_path / "s"),
    )
    assert done.stdout.split("\n")[:2] == ["painted", "0 []"], done.stderr


@pytest.fixture
def program(monkeypatch, tmp_path, qapp):
    """Run the program in this process, as often as a test likes, and put back what it changes."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("BRANCH_DESK_SETTINGS", str(tmp_path / "settings"))
    before = sys.getswitchinterval()

    def run(*paths, **words):
        painted = []
        assert app.main(*paths, painted=lambda: painted.append(1), **words) == 0
        assert painted == [1]

    yield run
    sys.setswitchinterval(before)
    gc.enable()
    gc.unfreeze()


@pytest.mark.parametrize("secret", [SECRET, "wrong", None])
def test_the_program_opens_on_a_file_with_or_without_its_passphrase(program, branch_file, secret):
    program(branch_file, passphrase=secret)
    assert gc.isenabled()


def test_the_program_opens_on_the_doors_and_then_on_the_last_file(program, branch_file):
    program()
    program(branch_file, passphrase=SECRET)
    program()


def test_a_file_that_cannot_be_made_into_a_branch_is_left_closed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("no")

    monkeypatch.setattr(branch, "set_details", refuse)
    path = tmp_path / "New.branch"
    with pytest.raises(RuntimeError, match="no"):
        app.create_branch(path, SECRET, "Highfield")
    app.open_branch(path, SECRET).close()


def test_the_demo_is_not_asked_for_twice(desk):
    assert desk.session is not None
    desk.way_in.demo_door.open()
    assert desk.way_in.demo_door.building is None


def test_what_is_typed_at_once_reaches_the_first_field_of_each_screen(window, branch_file):
    new = window.way_in.show_new()
    assert new.name.isAncestorOf(window.focusWidget())
    unlock = window.way_in.show_unlock(branch_file)
    assert unlock.passphrase.isAncestorOf(window.focusWidget())


def test_a_locked_desk_takes_the_passphrase_at_once(desk):
    desk.lock()
    assert desk.stack.currentWidget().passphrase.isAncestorOf(desk.focusWidget())


def test_a_demo_that_is_built_after_the_doors_were_left_disturbs_nobody(desk, tmp_path):
    session = desk.session
    desk.way_in.demo_door._built(tmp_path / "demo.branch")
    desk.way_in.demo_door._refused("The disk is full.")
    assert desk.session is session
