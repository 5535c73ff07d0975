import os
import shutil

import pytest
from PySide6.QtCore import Qt

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.desk.way_in import restore, trouble
from branch_desk.desk.way_in.doors import Doors
from branch_desk.desk.way_in.restore import Restore
from branch_desk.desk.way_in.trouble import Trouble
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.store import backup, errors

LEFT = Qt.MouseButton.LeftButton
SECRET = "correct horse"  # the template's


def words_in(shown):
    return [button.text() for button in shown.buttons.values()]


def test_a_file_in_use_says_by_whom_and_since_when_and_can_be_tried_again(
    window, store, branch_file, qtbot, screen
):
    unlock = window.way_in.show_unlock(branch_file)
    qtbot.keyClicks(unlock.passphrase.edit, SECRET)
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Return)
    shown = screen(Trouble)
    assert "already open, by" in shown.said.text()
    assert "since 12:00 on 14 May 2026" in shown.said.text()
    assert shown.accessibleName() == "The branch is open elsewhere"
    assert words_in(shown)[0] == "Try again"
    assert shown.buttons[trouble.AGAIN].hasFocus()
    store.close()
    qtbot.mouseClick(shown.buttons[trouble.AGAIN], LEFT)
    again = screen(Unlock)
    qtbot.keyClicks(again.passphrase.edit, SECRET)
    qtbot.keyClick(again.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=8_000)


WHOLE = {
    "empty": (b"", "The file is empty", "Restore a backup…"),
    "cut short": (os.urandom(5000) + b"\x00\xff", "The file is damaged", "Restore a backup…"),
    "text": (b"Dear Ada", "This is not a branch file", "Choose another file…"),
    "plain": (b"SQLite format 3\x00" + b"\0" * 4080, "This is not a branch file", "Choose another"),
    "missing": (None, "The file is not there", "Choose another file…"),
}


@pytest.mark.parametrize("found", WHOLE)
def test_what_no_passphrase_opens_is_said_before_one_is_asked_for(
    window, tmp_path, screen, found, choosing, qtbot, branch_file
):
    data, title, first = WHOLE[found]
    path = tmp_path / "Broken.branch"
    if data is not None:
        path.write_bytes(data)
    window.way_in.show_unlock(path)
    shown = screen(Trouble)
    assert shown.accessibleName() == title
    assert words_in(shown)[0].startswith(first)
    shown.escaped()
    assert isinstance(screen(), Doors)
    window.way_in.show_unlock(path)
    choosing(branch_file)
    qtbot.mouseClick(screen(Trouble).buttons[trouble.OTHER], LEFT)
    assert screen(Unlock).path == branch_file


def test_every_failure_of_a_file_has_a_screen_and_a_wrong_word_has_none(tmp_path):
    for kind in errors.FileError.__subclasses__():
        facts = {} if kind is errors.InUse else {"found": "text", "why": "broken"}
        made = kind(tmp_path / "x.branch", **facts)
        own = (errors.WrongPassphrase, errors.WrongRecoveryKey, errors.AlreadyExists)
        later = (errors.BadBackup, errors.Closed, errors.Gone)
        assert (trouble.way(made) is None) == isinstance(made, (*own, *later)), kind
    assert trouble.way(ValueError("ours")) is None


@pytest.mark.parametrize(
    "error", [errors.NewerRelease, errors.DiskFull, errors.ReadOnlyFolder, errors.Damaged]
)
def test_a_file_that_did_not_open_from_outside_is_shown_with_its_ways(
    window, branch_file, screen, error
):
    app.show_way_in(window, branch_file, error(branch_file))
    shown = screen()
    assert isinstance(shown, Trouble)
    assert shown.said.text() == str(error(branch_file))


def test_a_missing_file_is_taken_off_the_list(desk, branch_file, screen, qtbot):
    desk.way_in.show_doors()
    branch_file.unlink()
    desk.way_in.show_unlock(branch_file)
    qtbot.mouseClick(screen(Trouble).buttons[trouble.FORGET], LEFT)
    assert isinstance(screen(), Doors)
    assert desk.remembered.listed() == []


def test_a_file_that_cannot_be_written_is_copied_to_where_it_can(
    window, branch_file, tmp_path, screen, qtbot, choosing
):
    home = tmp_path / "home"
    home.mkdir()
    window.way_in.show_unlock(branch_file, errors.ReadOnlyFolder(branch_file))
    choosing(home)
    qtbot.mouseClick(screen(Trouble).buttons[trouble.COPY], LEFT)
    assert screen(Unlock).path == home / branch_file.name
    app.open_branch(home / branch_file.name, SECRET).close()
    window.way_in.show_unlock(branch_file, errors.ReadOnlyFolder(branch_file))
    qtbot.mouseClick(screen(Trouble).buttons[trouble.COPY], LEFT)
    assert "already a file" in screen(Doors).notice.text() or qtbot.waitUntil(
        lambda: "already a file" in screen().notice.text(), timeout=8_000
    )


@pytest.fixture
def backed_up(branch_file, template, tmp_path):
    """A backup of a branch named Highfield, whose own file is damaged since."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with app.open_branch(branch_file, template[1]) as store:
        branch.set_details(store, name="Highfield")
        made = backup.back_up(store, folder)
    with branch_file.open("r+b") as file:
        file.truncate(8192)
        file.seek(4096)
        file.write(os.urandom(4096))
    return made


def test_a_backup_takes_the_place_of_a_damaged_file_which_is_kept(
    window, branch_file, backed_up, qtbot, screen, choosing, quiet
):
    broken = branch_file.read_bytes()
    window.way_in.show_unlock(branch_file, errors.Damaged(branch_file))
    qtbot.mouseClick(screen(Trouble).buttons[trouble.RESTORE], LEFT)
    asking = screen()
    assert isinstance(asking, Restore)
    assert not asking.go.isEnabled()
    asking.restore()
    choosing(backed_up)
    qtbot.mouseClick(asking.choose, LEFT)
    assert asking.named.text() == str(backed_up)
    qtbot.keyClicks(asking.passphrase.edit, "wrong")
    qtbot.mouseClick(asking.go, LEFT)
    asking.escaped()
    assert screen() is asking
    qtbot.waitUntil(asking.go.isEnabled, timeout=8_000)
    assert "does not open the backup" in asking.passphrase.complaint()
    assert branch_file.read_bytes() == broken
    asking.passphrase.edit.clear()
    qtbot.keyClicks(asking.passphrase.edit, SECRET)
    qtbot.keyClick(asking.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=8_000)
    quiet()
    assert branch.details(window.session.store).name == "Highfield"
    assert branch_file.with_name("Highfield damaged.branch").read_bytes() == broken


def test_a_backup_that_is_itself_broken_changes_nothing(
    window, branch_file, backed_up, qtbot, tmp_path, screen
):
    broken = branch_file.read_bytes()
    backed_up.write_bytes(b"")
    asking = window.way_in.show_restore(branch_file)
    asking.take(backed_up)
    qtbot.keyClicks(asking.passphrase.edit, SECRET)
    qtbot.mouseClick(asking.go, LEFT)
    qtbot.waitUntil(lambda: "is empty" in asking.notice.text(), timeout=8_000)
    assert branch_file.read_bytes() == broken
    assert list(branch_file.parent.glob("* damaged*")) == []
    asking.escaped()
    assert isinstance(screen(), Doors)


def test_what_is_set_aside_takes_its_last_changes_with_it_and_comes_back(tmp_path):
    path, log = tmp_path / "A.branch", tmp_path / "A.branch-wal"
    assert restore.set_aside(path) is None
    shutil.copyfile(__file__, tmp_path / "A damaged.branch")
    path.write_bytes(b"1")
    log.write_bytes(b"2")

    def fail():
        assert not path.exists()
        assert not log.exists()
        assert (tmp_path / "A damaged 2.branch").exists()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        restore.restored(path, fail)
    assert (path.read_bytes(), log.read_bytes()) == (b"1", b"2")
