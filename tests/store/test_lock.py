"""One process owns a file; who it is and since when is said, and death gives it free."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from branch_desk.store import lock
from branch_desk.store.errors import InUse, NoLocking, NotFound, Unreadable
from branch_desk.store.lock import FileLock

SINCE = datetime(2026, 5, 14, 12, 4, tzinfo=UTC)
HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from branch_desk.store.lock import FileLock
held = FileLock.take(Path(sys.argv[1]), datetime(2026, 5, 14, 9, 30, tzinfo=UTC))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "Highfield.branch"


@pytest.fixture
def holder(path):
    """Another process that has the lock on `path`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_another_process_is_told_who_has_it_and_since_when(path, holder):
    before = lock.beside(path).read_text()
    with pytest.raises(InUse) as raised:
        FileLock.take(path, SINCE)
    assert raised.value.who == json.loads(before)["who"]
    assert raised.value.since == datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
    assert "since 09:30 on 14 May 2026" in str(raised.value)
    assert lock.beside(path).read_text() == before


def test_the_death_of_its_holder_gives_it_free(path, holder):
    holder.kill()
    holder.wait()
    assert "09:30" in lock.beside(path).read_text()
    held = FileLock.take(path, SINCE)
    assert json.loads(lock.beside(path).read_text())["since"] == SINCE.isoformat()
    held.release()


def test_the_same_process_cannot_take_it_twice_but_again_after_release(path):
    first = FileLock.take(path, SINCE)
    assert first.held
    with pytest.raises(InUse):
        FileLock.take(path, SINCE)
    first.release()
    first.release()
    assert not first.held
    assert not lock.beside(path).exists()
    FileLock.take(path, SINCE).release()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"who": "sam"}', '{"who": "sam", "since": 3}'])
def test_a_holder_that_cannot_be_read_is_said_to_be_elsewhere(path, text):
    held = FileLock.take(path, SINCE)
    lock.beside(path).write_text(text)
    with pytest.raises(InUse, match="is already open elsewhere"):
        FileLock.take(path, SINCE)
    held.release()


def test_a_link_in_the_place_of_the_lock_is_refused_and_what_it_names_is_left_alone(path):
    other = path.with_name("other.txt")
    other.write_text("left alone")
    lock.beside(path).symlink_to(other)
    with pytest.raises(NoLocking, match="is a link"):
        FileLock.take(path, SINCE)
    assert other.read_text() == "left alone"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NotFound):
        FileLock.take(tmp_path / "gone" / "Highfield.branch", SINCE)


def test_a_user_without_a_name_is_somebody(path, monkeypatch):
    def nameless():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    held = FileLock.take(path, SINCE)
    with pytest.raises(InUse, match="by somebody on"):
        FileLock.take(path, SINCE)
    held.release()


def test_a_file_system_without_locks_is_refused(path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_hold", refuse)
    with pytest.raises(NoLocking, match="has no locks"):
        FileLock.take(path, SINCE)


def test_a_lock_file_removed_while_it_was_being_taken_is_taken_afresh(path, monkeypatch):
    """Its last holder removes it after we opened it: others would find another file."""
    real, removed = lock._hold, []

    def remove_first(file):
        if not removed:
            removed.append(lock.beside(path).unlink())
        real(file)

    monkeypatch.setattr(lock, "_hold", remove_first)
    held = FileLock.take(path, SINCE)
    with pytest.raises(InUse):
        FileLock.take(path, SINCE)
    held.release()


def test_a_full_or_failing_disk_leaves_no_lock_behind(path, monkeypatch):
    def fail(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(lock, "_holder", fail)
    with pytest.raises(Unreadable):
        FileLock.take(path, SINCE)
    monkeypatch.undo()
    FileLock.take(path, SINCE).release()
