"""A backup counts once it was opened and checked; the way back is whole or not at all."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from branch_desk.store import audit, backup, file, lock
from branch_desk.store.backup import FINE
from branch_desk.store.errors import (
    AlreadyExists,
    BadBackup,
    Damaged,
    DiskFull,
    EmptyFile,
    InUse,
    NewerRelease,
    NoPassphrase,
    NotABranchFile,
    NotFound,
    ReadOnlyFolder,
    WrongPassphrase,
    WrongRecoveryKey,
)
from branch_desk.store.lock import FileLock
from branch_desk.store.registry import Migrations

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
NAME = "Highfield 2026-05-14 12.00.branch"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def made(small, folder):
    """A backup of `small`, which still is open."""
    return backup.back_up(small, folder)


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


def add(store, surname):
    with store.change(f"Add {surname}") as change:
        return change.insert("person", surname=surname)


def surnames(store):
    return store.column("SELECT surname FROM person ORDER BY id")


def full(*_):
    raise OSError(28, "No space left on device")


class TestBackingUp:
    def test_it_holds_everything_under_a_dated_name(self, small, folder, opening):
        add(small, "Nowak")
        made = backup.back_up(small, folder)
        assert names_in(folder) == [NAME]
        assert made == folder / NAME
        assert made.stat().st_mode & 0o777 == 0o600
        with opening(made, "correct horse") as copy:
            assert surnames(copy) == ["Okonkwo", "Nowak"]
            assert audit.fingerprint(copy.database) == audit.fingerprint(small.database)

    def test_the_second_of_a_minute_gets_a_number(self, small, folder):
        for _ in range(3):
            backup.back_up(small, folder)
        assert names_in(folder) == [
            "Highfield 2026-05-14 12.00 (2).branch",
            "Highfield 2026-05-14 12.00 (3).branch",
            NAME,
        ]

    def test_a_folder_that_is_not_there_is_not_made(self, small, folder):
        with pytest.raises(NotFound, match="drive has been unplugged"):
            backup.back_up(small, folder / "stick")
        assert names_in(folder) == []

    def test_a_copy_with_rows_missing_is_taken_away_again(self, small, folder, monkeypatch):
        counts = iter([{"person": 2}, {"person": 1}])
        monkeypatch.setattr(backup, "_counts", lambda _: next(counts))
        with pytest.raises(BadBackup, match="did not stand the check: rows are missing"):
            backup.back_up(small, folder)
        assert names_in(folder) == []

    def test_one_whose_log_does_not_add_up_is_taken_away_again(self, small, folder):
        small.database.conn.execute("PRAGMA query_only = OFF")
        small.database.conn.execute("UPDATE person SET surname = 'Forged'")
        with pytest.raises(BadBackup, match="its log: the row 1 of person is not as the log"):
            backup.back_up(small, folder)
        assert names_in(folder) == []

    def test_a_full_disk_leaves_nothing(self, small, folder, monkeypatch):
        monkeypatch.setattr(file, "put_in_place", full)
        with pytest.raises(DiskFull):
            backup.back_up(small, folder)
        assert names_in(folder) == []

    def test_others_may_write_meanwhile_and_it_is_of_one_moment(
        self, small, folder, opening, monkeypatch
    ):
        real = backup._counts

        def write_after(database):
            counts = real(database)
            monkeypatch.setattr(backup, "_counts", real)
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(1) as pool:
                pool.submit(add, small, "Nowak").result()
            return counts

        monkeypatch.setattr(backup, "_counts", write_after)
        made = backup.back_up(small, folder)
        assert surnames(small) == ["Okonkwo", "Nowak"]
        with opening(made, "correct horse") as copy:
            assert surnames(copy) == ["Okonkwo"]


class TestRestoring:
    def test_it_makes_the_file_of_then(self, small, made, tmp_path, opening):
        add(small, "Nowak")
        found = backup.restore(
            made, tmp_path / "Again.branch", "correct horse", small.slices, now=NOW
        )
        assert found.fine
        assert found.integrity == found.log == FINE
        with opening(tmp_path / "Again.branch", "correct horse") as again:
            assert surnames(again) == ["Okonkwo"]
        assert names_in(made.parent) == [made.name]

    def test_the_key_of_the_recovery_sheet_does_it_too(self, small, made, key, tmp_path):
        out = tmp_path / "Again.branch"
        assert backup.restore(made, out, key, small.slices, now=NOW).fine

    def test_a_file_that_is_there_stays_unless_forced(self, small, made, tmp_path, opening, key):
        small.close()
        shutil.copy(small.path, tmp_path / "Mine.branch")
        mine = tmp_path / "Mine.branch"
        with opening(mine, key) as store:
            add(store, "Nowak")
        with pytest.raises(AlreadyExists):
            backup.restore(made, mine, key, small.slices, now=NOW)
        # A crash left a log beside the older file; it must not be read into the restored one.
        mine.with_name("Mine.branch-wal").write_bytes(b"left by a crash")
        backup.restore(made, mine, key, small.slices, now=NOW, force=True)
        with opening(mine, key) as store:
            assert surnames(store) == ["Okonkwo"]

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    def test_if_it_fails_the_older_file_keeps_the_changes_in_its_log(
        self, small, made, tmp_path, opening, key, monkeypatch, step
    ):
        add(small, "Nowak")
        mine = tmp_path / "Mine.branch"
        for ending in ("", "-wal"):  # as a crash leaves them
            shutil.copy(f"{small.path}{ending}", f"{mine}{ending}")
        replace = Path.replace

        def refused(source, target):
            if target == mine:
                raise PermissionError(13, "The file is open elsewhere")
            return replace(source, target)

        if step == "fsync":
            monkeypatch.setattr(file, "put_in_place", full)
        else:
            monkeypatch.setattr(Path, "replace", refused)
        with pytest.raises((DiskFull, ReadOnlyFolder)):
            backup.restore(made, mine, key, small.slices, now=NOW, force=True)
        monkeypatch.undo()
        assert {"Mine.branch", "Mine.branch-wal"} == {
            name for name in names_in(tmp_path) if "Mine" in name
        }
        with opening(mine, key) as store:
            assert surnames(store) == ["Okonkwo", "Nowak"]

    def test_what_an_older_crash_moved_aside_is_not_read_into_the_restored_one(
        self, small, made, tmp_path, opening, key
    ):
        add(small, "Nowak")
        mine = tmp_path / "Mine.branch"
        shutil.copy(small.path, mine)
        shutil.copy(f"{small.path}-wal", tmp_path / ".Mine.branch.4711.new.old-wal")
        (tmp_path / ".Mine.branch.4711.new").write_bytes(b"a finished copy")
        backup.restore(made, mine, key, small.slices, now=NOW, force=True)
        with opening(mine, key) as store:
            assert surnames(store) == ["Okonkwo"]

    def test_over_a_file_that_is_open_it_is_refused(self, small, made, key):
        add(small, "Nowak")
        with pytest.raises(InUse):
            backup.restore(made, small.path, key, small.slices, now=NOW, force=True)
        assert surnames(small) == ["Okonkwo", "Nowak"]

    def test_a_file_that_is_open_is_no_backup(self, small, tmp_path, key):
        with pytest.raises(InUse):
            backup.restore(small.path, tmp_path / "R.branch", key, small.slices, now=NOW)

    def test_what_a_crash_left_beside_it_is_restored_as_well(
        self, small, folder, tmp_path, key, opening
    ):
        add(small, "Nowak")
        for ending in ("", "-wal"):
            shutil.copy(f"{small.path}{ending}", folder / f"Crashed.branch{ending}")
        out = tmp_path / "Again.branch"
        backup.restore(folder / "Crashed.branch", out, key, small.slices, now=NOW)
        with opening(out, key) as again:
            assert surnames(again) == ["Okonkwo", "Nowak"]

    def test_a_backup_on_a_medium_that_cannot_be_written_is_only_read(
        self, small, made, tmp_path, key, monkeypatch
    ):
        real = FileLock.take

        def read_only(path, since):
            if path == made:
                raise backup.ReadOnlyFolder(path)
            return real(path, since)

        monkeypatch.setattr(FileLock, "take", read_only)
        monkeypatch.setattr(os, "access", lambda *_: False)
        out = tmp_path / "Again.branch"
        assert backup.restore(made, out, key, small.slices, now=NOW).fine

    def test_what_is_wrong_with_it_is_said_and_nothing_is_left(self, small, made, tmp_path, key):
        out = tmp_path / "out" / "Again.branch"
        out.parent.mkdir()
        content = made.read_bytes()
        damaged = bytearray(content)
        damaged[len(content) // 2 // 4096 * 4096 + 99] ^= 1
        cases = [
            (b"", key, EmptyFile),
            (b"Dear friends", key, NotABranchFile),
            (content, "correct hoarse", WrongPassphrase),
            (content, type(key)(key.key, b"x" * 16), WrongRecoveryKey),
            (bytes(damaged), key, Damaged),
        ]
        for written, given, failure in cases:
            made.write_bytes(written)
            with pytest.raises(failure) as raised:
                backup.restore(made, out, given, small.slices, now=NOW)
            assert raised.value.path == made
            assert names_in(out.parent) == []

    def test_one_of_a_newer_release_is_refused(self, small, made, tmp_path, key):
        newer = type(small.slices[0])("people", Migrations("people"))
        with pytest.raises(NewerRelease):
            backup.restore(made, tmp_path / "R.branch", key, [newer], now=NOW)

    @pytest.mark.parametrize("step", [(shutil, "copyfile"), (file, "install")])
    def test_a_full_disk_leaves_nothing(self, small, made, tmp_path, monkeypatch, step):
        out = tmp_path / "out" / "Again.branch"
        out.parent.mkdir()
        monkeypatch.setattr(*step, full)
        with pytest.raises(DiskFull):
            backup.restore(made, out, "correct horse", small.slices, now=NOW)
        assert names_in(out.parent) == []


class TestVerifying:
    def test_a_sound_file_is_fine(self, small):
        found = backup.verify(small)
        assert (found.readable, found.integrity, found.log, found.changes) == (True, "ok", "ok", 1)
        assert found.fingerprint == audit.fingerprint(small.database)
        assert found.fine

    def test_an_altered_row_is_in_the_answer(self, small):
        small.database.conn.execute("PRAGMA query_only = OFF")
        small.database.conn.execute("UPDATE person SET surname = 'Forged'")
        found = backup.verify(small)
        assert found.log == "the row 1 of person is not as the log left it"
        assert found.integrity == FINE
        assert not found.fine

    def test_a_dangling_reference_is_in_the_answer(self, small):
        conn = small.database.conn
        conn.execute("PRAGMA query_only = OFF")
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("INSERT INTO note (person) VALUES (77)")
        assert backup.verify(small).integrity == "a row of note names a missing one"

    def test_every_single_flipped_page_is_found(self, closed, key, opening):
        content = closed.read_bytes()
        for page in range(1, len(content) // 4096):
            damaged = bytearray(content)
            damaged[page * 4096 + 2000] ^= 0x10
            closed.write_bytes(damaged)
            try:
                with opening(closed, key) as store:
                    found = backup.verify(store)
            except Damaged:
                continue
            assert not found.fine
            assert f"HMAC verification failed for page {page + 1}" in found.integrity or (
                not found.readable
            )


class TestChangingThePassphrase:
    def test_the_new_one_opens_it_and_the_old_one_does_not(self, small, key, opening):
        add(small, "Nowak")
        new = small.change_passphrase("staple battery")
        assert new == small.key != key
        assert surnames(small) == ["Okonkwo", "Nowak"]
        add(small, "Eze")
        small.undo()
        assert backup.verify(small).fine
        small.close()
        assert names_in(small.path.parent) == [small.path.name]
        for old in ("correct horse", key):
            with pytest.raises((WrongPassphrase, WrongRecoveryKey)):
                opening(small.path, old)
        for current in ("staple battery", new):
            with opening(small.path, current) as store:
                assert surnames(store) == ["Okonkwo", "Nowak"]

    def test_a_backup_keeps_the_old_one(self, small, made, opening):
        small.change_passphrase("staple battery")
        with opening(made, "correct horse") as copy:
            assert surnames(copy) == ["Okonkwo"]

    @pytest.mark.parametrize("where", ["put_in_place", "_before_checking"])
    def test_if_it_fails_the_old_one_still_does(self, small, key, opening, monkeypatch, where):
        if where == "put_in_place":
            monkeypatch.setattr(file, "put_in_place", full)
            failure = DiskFull
        else:
            counts = iter([{"person": 2}, {"person": 1}])
            monkeypatch.setattr(backup, "_counts", lambda _: next(counts))
            failure = BadBackup
        with pytest.raises(failure):
            small.change_passphrase("staple battery")
        assert small.key == key
        add(small, "Nowak")
        small.close()
        with opening(small.path, "correct horse") as store:
            assert surnames(store) == ["Okonkwo", "Nowak"]
        assert names_in(small.path.parent) == [small.path.name]

    def test_an_empty_one_is_refused(self, small, key):
        with pytest.raises(NoPassphrase):
            small.change_passphrase("")
        assert small.key == key

    def test_it_is_not_done_inside_a_change(self, small, key):
        with pytest.raises(RuntimeError, match="inside a change"), small.change("Both"):
            small.change_passphrase("staple battery")
        assert small.key == key

    def test_nobody_else_can_open_it_meanwhile(self, small, monkeypatch, opening):
        real = file.install

        def try_to_open(temporary, path):
            assert lock.beside(path).exists()
            with pytest.raises(InUse):
                opening(path, "correct horse")
            real(temporary, path)

        monkeypatch.setattr(file, "install", try_to_open)
        small.change_passphrase("staple battery")
