import dataclasses
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from branch_desk import app
from branch_desk.desk.way_in.doors import Doors, Recent
from branch_desk.desk.way_in.drops import branch_file as dragged
from branch_desk.desk.way_in.starting import Naming
from branch_desk.desk.way_in.unlock import Unlock

LEFT = Qt.MouseButton.LeftButton
SECRET = "correct horse"  # the template's


def rows(doors):
    return [each for each in doors.findChildren(Recent) if each.isVisible()]


def test_the_first_run_shows_three_doors(window, screen):
    app.show_way_in(window, None, None)
    doors = screen()
    assert isinstance(doors, Doors)
    names = [door.accessibleName() for door in (doors.start_door, doors.open_door, doors.demo_door)]
    assert names == ["Start a branch", "Open a branch", "Look round the demo branch"]
    assert doors.start_door.hasFocus()
    assert not doors.again.isVisible()
    assert rows(doors) == []


def test_the_doors_are_walked_along_and_opened_by_keys(window, qtbot, screen):
    doors = window.way_in.show_doors()
    qtbot.keyClick(doors.start_door, Qt.Key.Key_Down)
    assert doors.open_door.hasFocus()
    qtbot.keyClick(doors.open_door, Qt.Key.Key_Up)
    assert doors.start_door.hasFocus()
    qtbot.keyClick(doors.start_door, Qt.Key.Key_Return)
    assert isinstance(screen(), Naming)


def test_what_was_opened_lately_is_offered_with_its_folder_and_day(
    desk, branch_file, screen, qtbot
):
    doors = desk.way_in.show_doors()
    (row,) = rows(doors)
    assert row.opener.text() == branch_file.name
    assert row.folder.toolTip() == str(branch_file.parent)
    assert row.when.text() == "today"
    qtbot.mouseClick(row.opener, LEFT)
    assert isinstance(screen(), Unlock)
    assert screen().path == branch_file


def test_a_file_that_is_gone_is_said_and_can_be_taken_off_the_list(desk, branch_file, qtbot):
    desk.way_in.show_doors()
    branch_file.unlink()
    doors = desk.way_in.show_doors()
    (row,) = rows(doors)
    assert row.when.text() == "not there any more"
    assert not row.opener.isEnabled()
    qtbot.mouseClick(row.off, LEFT)
    QApplication.processEvents()
    assert rows(doors) == []
    assert desk.remembered.listed() == []
    assert desk.remembered.opened_at(branch_file) is None


def test_another_file_is_asked_for(window, branch_file, choosing, qtbot, screen):
    choosing(branch_file)
    qtbot.mouseClick(window.way_in.show_doors().open_door, LEFT)
    assert isinstance(screen(), Unlock)
    assert screen().path == branch_file


def drop_on(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    given = (QPoint(10, 10), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enters = QDragEnterEvent(*given)
    QApplication.sendEvent(window, enters)
    if not enters.isAccepted():
        return False
    drop = QDropEvent(*given)
    QApplication.sendEvent(window, drop)
    return drop.isAccepted()


def test_a_branch_file_dropped_on_the_window_is_opened_and_nothing_else_is(
    desk, branch_file, tmp_path, screen
):
    other = tmp_path / "Other.branch"
    other.write_bytes(branch_file.read_bytes())
    assert not drop_on(desk, tmp_path / "list.csv")
    assert desk.session is not None
    assert drop_on(desk, other)
    assert screen(Unlock).path == other
    assert desk.session is None
    assert dragged(QMimeData()) is None


@pytest.fixture
def quick_demo(window, branch_file):
    copy = f"import shutil, sys; shutil.copy({str(branch_file)!r}, sys.argv[1] + '/demo.branch')"
    window.program = dataclasses.replace(
        window.program,
        demo=lambda folder: [sys.executable, "-c", copy, str(folder)],
        demo_passphrase=SECRET,
    )


def test_the_demo_is_built_in_a_process_of_its_own_and_said_to_be_one(
    window, qtbot, quick_demo, quiet
):
    doors = window.way_in.show_doors()
    qtbot.mouseClick(doors.demo_door, LEFT)
    assert doors.progress.isVisible()
    assert not doors.demo_door.isEnabled()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    quiet()
    assert window.way_in.demo_door.sign.isVisible()
    assert "nobody in it is real" in window.way_in.demo_door.sign.text()
    assert window.way_in.demo_door.action.isVisible()
    doors = window.way_in.show_doors()
    assert not window.way_in.demo_door.sign.isVisible()
    assert not window.way_in.demo_door.action.isVisible()
    qtbot.mouseClick(doors.demo_door, LEFT)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    quiet()


def test_the_demo_is_thrown_away_from_its_own_window_and_built_afresh(
    window, qtbot, quick_demo, quiet, screen
):
    file = window.remembered.demo_folder() / "demo.branch"
    file.parent.mkdir(parents=True)
    window.way_in.demo_door.again()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    quiet()
    with window.session.store.change("Mark it") as change:
        change.insert("officer", office="Chair", name="Ada Okafor")
    window.way_in.demo_door.action.trigger()
    box = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    go = next(each for each in box.buttons() if each.text() != "Cancel")
    qtbot.mouseClick(go, LEFT)
    assert isinstance(screen(), Doors)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    quiet()
    assert window.session.store.value("SELECT count(*) FROM officer") == 0


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('The disk is full.')"], "The disk is full."),
        (["/no/such/program"], "could not be built"),
    ],
)
def test_a_demo_that_cannot_be_built_says_why(window, qtbot, command, said):
    window.program = dataclasses.replace(window.program, demo=lambda _: command)
    doors = window.way_in.show_doors()
    qtbot.mouseClick(doors.demo_door, LEFT)
    qtbot.waitUntil(lambda: said in doors.notice.text(), timeout=30_000)
    assert doors.demo_door.isEnabled()


def test_the_demos_passphrase_is_no_secret(window, tmp_path, words_of):
    unlock = window.way_in.show_unlock(window.remembered.demo_folder() / "demo.branch")
    assert "“demo”" in words_of(unlock)
    assert app.demo_command(tmp_path)[1:3] == ["-m", "branch_desk"]


def test_the_demo_is_not_asked_for_twice(desk):
    desk.way_in.demo_door.open()
    assert desk.way_in.demo_door.building is None
    assert desk.session is not None


def test_a_demo_that_is_built_after_the_doors_were_left_disturbs_nobody(desk, tmp_path):
    session = desk.session
    desk.way_in.demo_door._built(tmp_path / "demo.branch")
    desk.way_in.demo_door._refused("The disk is full.")
    assert desk.session is session
