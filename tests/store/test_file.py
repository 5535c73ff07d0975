"""The file on disk: what is not one is told apart; what is one is brought up to date or left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3

from branch_desk.store import audit, backup, file, keys
from branch_desk.store.errors import (
    AlreadyExists,
    Damaged,
    DiskFull,
    EmptyFile,
    InUse,
    NewerRelease,
    NotABranchFile,
    NotFound,
    PlainDatabase,
    ReadOnlyFile,
    Truncated,
    WrongPassphrase,
    WrongRecoveryKey,
)
from branch_desk.store.keys import RawKey
from branch_desk.store.registry import Migrations

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
RANDOM = bytes.fromhex("8f") + os.urandom(8191)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "Highfield.branch"


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


def surnames(store):
    return store.column("SELECT surname FROM person ORDER BY id")


@pytest.mark.parametrize(
    ("content", "failure", "said"),
    [
        (b"", EmptyFile, "is empty"),
        (b"SQLite format 3\x00" + bytes(4080), PlainDatabase, "unencrypted SQLite database"),
        (b"Dear friends,\n" * 400, NotABranchFile, "but text"),
        ("Łukasz, Zoë; ".encode() * 1000, NotABranchFile, "but text"),
        ("name,ward\n".encode("utf-16"), NotABranchFile, "but text"),
        (b"%PDF-1.7\n" + RANDOM, NotABranchFile, "but a PDF"),
        (b"PK\x03\x04" + RANDOM, NotABranchFile, "but a spreadsheet, a document"),
        (b"\x89PNG" + RANDOM, NotABranchFile, "but a picture"),
        (RANDOM[:-1], Truncated, "is cut short"),
    ],
)
def test_what_is_no_branch_file_is_told_apart_and_left_alone(path, opening, content, failure, said):
    path.write_bytes(content)
    with pytest.raises(failure, match=said):
        opening(path, "correct horse")
    assert path.read_bytes() == content
    assert names_in(path.parent) == [path.name]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Łukasz, Zoë; ".encode() * 4096, "but text"),
        ("name,ward\n".encode("utf-16-le") * 4096, None),
        (b"\xff\xfe" + "Łukasz,ward\n".encode("utf-16-le") * 4096, "but text"),
        (b"%PDF-1.7\n" + RANDOM, "but a PDF"),
        (b"\x1f\x8b\x08" + RANDOM, "but a compressed file"),
    ],
)
@pytest.mark.parametrize("passphrase", [True, False])
def test_something_else_of_whole_pages_is_told_apart_once_no_key_opens_it(
    path, opening, key, content, said, passphrase
):
    content = content[:8192]
    path.write_bytes(content)
    wrong = WrongPassphrase if passphrase else WrongRecoveryKey
    with pytest.raises(NotABranchFile if said else wrong, match=said):
        opening(path, "correct horse" if passphrase else key)
    assert path.read_bytes() == content
    assert names_in(path.parent) == [path.name]


MARKS = [*file._BEGINNINGS, b"\xff\xfe", b"\xfe\xff", b"Dear friends,\nwe"]


@pytest.fixture(params=MARKS, ids=repr)
def salt(request, monkeypatch):
    """The salt every new key gets: one that begins as another kind of file does."""
    salt = request.param + os.urandom(keys.SALT_BYTES - len(request.param))
    monkeypatch.setattr(keys.secrets, "token_bytes", lambda _: salt)
    return salt


class TestASaltThatLooksLikeAnotherKindOfFile:
    """The salt is random, so some day a branch file begins with any of these."""

    def test_the_file_opens_with_its_passphrase_and_its_sheet(self, path, opening, salt):
        opening(path, "correct horse", make=True).close()
        assert path.read_bytes()[:16] == salt
        with opening(path, "correct horse") as store:
            sheet = store.key.sheet()
        opening(path, keys.from_sheet(sheet)).close()

    def test_its_backup_opens_and_is_restored(self, path, tmp_path, opening, salt):
        with opening(path, "correct horse", make=True) as store:
            with store.change("Add") as change:
                change.insert("person", surname="Okonkwo")
            made, slices, key = backup.back_up(store, tmp_path), store.slices, store.key
        assert made.read_bytes()[:16] == salt
        opening(made, "correct horse").close()
        again = tmp_path / "Again.branch"
        assert backup.restore(made, again, key, slices, now=NOW).fine
        with opening(again, key) as store:
            assert surnames(store) == ["Okonkwo"]

    def test_a_file_put_under_another_passphrase_opens_with_that(self, closed, key, opening, salt):
        with opening(closed, key) as store:
            store.change_passphrase("battery staple")
        assert closed.read_bytes()[:16] == salt
        with opening(closed, "battery staple") as store:
            assert surnames(store) == ["Okonkwo"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"Dear friends,\nwe"])
def test_a_wrong_passphrase_is_called_that_whatever_two_bytes_the_file_begins_with(
    path, opening, mark
):
    # A lone half of a pair, which no text in UTF-16 has, in either order of bytes.
    path.write_bytes((mark + b"\xdc\xdc\x9f\x9f" * 3000)[:8192])
    with pytest.raises(WrongPassphrase):
        opening(path, "correct horse")


def test_random_bytes_are_a_wrong_passphrase_or_no_branch_file(path, opening):
    path.write_bytes(RANDOM)
    with pytest.raises(WrongPassphrase, match="it is wrong, or this is not a branch file"):
        opening(path, "correct horse")
    assert path.read_bytes() == RANDOM


def test_a_folder_and_nothing_at_all_are_told_apart(tmp_path, opening):
    with pytest.raises(NotABranchFile, match="but a folder"):
        opening(tmp_path, "x")
    with pytest.raises(NotFound, match="There is no file"):
        opening(tmp_path / "gone.branch", "x")


def test_a_wrong_passphrase_is_refused_and_the_file_can_be_opened_after(closed, opening):
    with pytest.raises(WrongPassphrase):
        opening(closed, "correct hoarse")
    with opening(closed, "correct horse") as store:
        assert surnames(store) == ["Okonkwo"]


def test_a_recovery_key_of_another_file_is_refused(closed, opening, key):
    with pytest.raises(WrongRecoveryKey, match="recovery sheet does not open"):
        opening(closed, RawKey(key.key, b"another file's s"))


def test_the_recovery_sheet_opens_the_file_without_the_passphrase(closed, opening, key):
    with opening(closed, keys.from_sheet(key.sheet())) as store:
        assert surnames(store) == ["Okonkwo"]


def test_another_program_s_encrypted_database_is_refused(path, opening):
    theirs = sqlcipher3.connect(str(path))
    theirs.execute("PRAGMA key = 'correct horse'")
    theirs.execute("CREATE TABLE t (a)")
    theirs.close()
    with pytest.raises(NotABranchFile, match="an encrypted database of another program"):
        opening(path, "correct horse")


def test_a_new_file_is_private_and_refuses_to_take_another_s_place(path, opening):
    with opening(path, "correct horse", make=True) as store:
        assert store.value("PRAGMA application_id") == file.APPLICATION_ID
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(AlreadyExists, match=r"There is already a file “Highfield\.branch”"):
        opening(path, "other", make=True)
    assert path.read_bytes() == before
    assert names_in(path.parent) == [path.name]


def test_a_new_file_in_a_missing_folder_is_refused(tmp_path, opening):
    with pytest.raises(NotFound):
        opening(tmp_path / "gone" / "New.branch", "x", make=True)


def test_making_one_leaves_nothing_behind_if_a_migration_fails(path, opening, people):
    @people()
    def m002_broken(db):
        db.execute("CREATE TABLE broken (")

    with pytest.raises(sqlcipher3.OperationalError, match="incomplete input"):
        opening(path, "correct horse", people, make=True)
    assert names_in(path.parent) == []


def test_no_log_of_an_older_file_of_the_same_name_is_read_into_a_new_one(closed, opening, key):
    """Somebody deleted the file after a crash, but not what lay beside it."""
    store = opening(closed, key)
    with store.change("Second") as change:
        change.insert("person", surname="Nowak")
    log = closed.with_name("Highfield.branch-wal").read_bytes()
    assert log
    store.close()
    closed.unlink()
    closed.with_name("Highfield.branch-wal").write_bytes(log)
    with opening(closed, "another one", make=True) as made:
        assert surnames(made) == []
        assert made.value("PRAGMA integrity_check") == "ok"


def test_a_page_half_written_by_a_crash_is_put_right_from_the_log(closed, opening, key):
    with opening(closed, key) as store:
        with store.change("Second") as change:
            change.insert("person", surname="Nowak")
        log = closed.with_name("Highfield.branch-wal").read_bytes()
        before = closed.read_bytes()
    closed.write_bytes(before + b"half a page")
    closed.with_name("Highfield.branch-wal").write_bytes(log)
    with opening(closed, key) as store:
        assert surnames(store) == ["Okonkwo", "Nowak"]
        assert store.column("PRAGMA integrity_check") == ["ok"]


def killed_while_replaced(closed, opening, key):
    """Lay a file down as it is when its place is about to be taken: its log has another name."""
    with opening(closed, key) as store:
        with store.change("Second") as change:
            change.insert("person", surname="Nowak")
        log = closed.with_name("Highfield.branch-wal").read_bytes()
        before = closed.read_bytes()
    closed.write_bytes(before)
    closed.with_name(".Highfield.branch.4711.new.old-wal").write_bytes(log)


def test_a_log_moved_aside_goes_back_if_a_crash_came_before_the_new_file(closed, opening, key):
    killed_while_replaced(closed, opening, key)
    closed.with_name(".Highfield.branch.4711.new").write_bytes(b"a finished copy")
    with opening(closed, key) as store:
        assert surnames(store) == ["Okonkwo", "Nowak"]
    assert names_in(closed.parent) == [closed.name]


def test_a_log_moved_aside_is_dropped_if_a_crash_came_after_the_new_file(closed, opening, key):
    new = closed.read_bytes()
    killed_while_replaced(closed, opening, key)
    closed.write_bytes(new)
    with opening(closed, key) as store:
        assert surnames(store) == ["Okonkwo"]
    assert names_in(closed.parent) == [closed.name]


def test_what_a_crash_left_of_an_unfinished_copy_is_cleared_away(closed, opening, key):
    for left in (".Highfield.branch.4711.new", ".Highfield.branch.4711.new-wal"):
        closed.with_name(left).write_bytes(b"half a copy")
    closed.with_name(".Highfield.branch.new.txt").write_bytes(b"another's")
    opening(closed, key).close()
    assert names_in(closed.parent) == [".Highfield.branch.new.txt", closed.name]


def test_a_file_cut_off_at_a_page_is_damaged(closed, opening):
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) // 2 // 4096 * 4096])
    with pytest.raises(Damaged, match="is damaged"):
        opening(closed, "correct horse")


def read_everything(store):
    for table in store.column("SELECT name FROM pragma_table_list WHERE type = 'table'"):
        store.rows(f"SELECT * FROM {table}")  # noqa: S608


def test_a_damaged_page_in_the_middle_is_told_when_it_is_read(closed, opening, key):
    with opening(closed, key) as store, store.change("Many") as change:
        change.insert_many("person", ({"surname": f"Kowalska {n}"} for n in range(5000)))
    content = bytearray(closed.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    closed.write_bytes(content)
    with opening(closed, key) as store, pytest.raises(Damaged, match="restore the newest backup"):
        read_everything(store)


def test_two_processes_cannot_have_it_open(small):
    code = """
import sys
from pathlib import Path
from random import Random
from datetime import UTC, datetime
from branch_desk.store.errors import InUse
from branch_desk.store.store import Store
try:
    Store.open(Path(sys.argv[1]), "correct horse", (), random=Random(1), actor="other",
               clock=lambda: datetime.now(UTC))
except InUse as error:
    print(error)
"""
    said = subprocess.run(
        [sys.executable, "-c", code, small.path], capture_output=True, text=True, check=True
    )
    assert "is already open, by" in said.stdout
    assert "since 12:00 on 14 May 2026. Close it there first." in said.stdout


def test_a_link_to_a_file_is_the_same_file(small, tmp_path, opening):
    link = tmp_path / "elsewhere" / "Link.branch"
    link.parent.mkdir()
    link.symlink_to(small.path)
    with pytest.raises(InUse, match=r"“Highfield\.branch”"):
        opening(link, "correct horse")
    assert names_in(link.parent) == ["Link.branch"]


class TestBringingUpToDate:
    """A file of the first release, opened by one that knows more."""

    def test_what_is_new_runs_and_the_file_is_copied_aside_first(
        self, closed, key, opening, people
    ):
        @people()
        def m002_ward(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT NOT NULL DEFAULT 'Mill'")

        with opening(closed, key, people) as store:
            assert store.rows("SELECT * FROM person") == [
                {"id": 1, "surname": "Okonkwo", "ward": "Mill"}
            ]
            assert audit.verify(store.database, store.registry).ok
            assert store.search("person", "okon") == [1]
        aside = closed.with_name("Highfield before update 2026-05-14 12.00.00.branch")
        assert names_in(closed.parent) == sorted([closed.name, aside.name])
        with opening(aside, key) as before:
            assert before.rows("SELECT * FROM person") == [{"id": 1, "surname": "Okonkwo"}]

    def test_opening_again_runs_nothing_and_copies_nothing(self, closed, key, opening, people):
        @people()
        def m002_ward(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT")

        opening(closed, key, people).close()
        names = names_in(closed.parent)
        opening(closed, key, people).close()
        assert names_in(closed.parent) == names

    def test_an_older_release_refuses_it_then(self, closed, key, opening, people):
        @people()
        def m002_ward(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT")

        opening(closed, key, people).close()
        before = closed.read_bytes()
        with pytest.raises(NewerRelease, match="newer release of Branch Desk") as raised:
            opening(closed, key)
        assert "Install the newest release" in str(raised.value)
        assert closed.read_bytes() == before

    def test_a_set_that_nobody_knows_is_a_newer_release_too(self, closed, key, opening):
        with pytest.raises(NewerRelease):
            opening(closed, key, Migrations("people of another kind"))

    def test_a_failing_one_leaves_the_file_as_it_was(self, closed, key, opening, people):
        @people()
        def m002_first(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT")
            db.execute("UPDATE person SET surname = 'Nobody'")

        @people()
        def m003_then(db):
            raise ZeroDivisionError

        before = closed.read_bytes()
        with pytest.raises(ZeroDivisionError):
            opening(closed, key, people)
        assert closed.read_bytes() == before
        with opening(closed, key) as store:
            assert surnames(store) == ["Okonkwo"]

    def test_one_that_leaves_references_dangling_is_taken_back(self, closed, key, opening, people):
        @people()
        def m002_forgets_the_notes(db):
            db.execute("DELETE FROM person")

        with pytest.raises(RuntimeError, match="1 rows that name a missing one"):
            opening(closed, key, people)
        with opening(closed, key) as store:
            assert surnames(store) == ["Okonkwo"]

    def test_a_transformed_parent_keeps_its_children_its_rows_and_its_triggers(
        self, closed, key, opening, people
    ):
        @people()
        def m002_trigger(db):
            db.execute(
                "CREATE TRIGGER no_blank BEFORE INSERT ON person WHEN NEW.surname = ''"
                " BEGIN SELECT raise(ABORT, 'blank'); END"
            )
            db.execute(
                "CREATE TRIGGER unwanted AFTER INSERT ON person BEGIN DELETE FROM person; END"
            )
            db.execute("CREATE TRIGGER of_note AFTER INSERT ON note BEGIN SELECT 1; END")

        @people()
        def m003_transform(db):
            assert "no_blank" in [each.name for each in db.triggers]
            db["person"].transform(types={"surname": str}, defaults={"surname": "?"})
            db.execute('DROP TRIGGER IF EXISTS "unwanted"')

        @people()
        def m004_drop(db):
            db.execute("DROP TABLE note")

        with opening(closed, key, people) as store:
            assert surnames(store) == ["Okonkwo"]
            assert store.column("SELECT name FROM sqlite_master WHERE type = 'trigger'") == [
                "no_blank"
            ]
            assert store.value("PRAGMA foreign_keys") == 1

    def test_rows_it_changes_are_logged_found_by_search_and_cannot_be_undone_past(
        self, closed, key, opening, people
    ):
        @people()
        def m002_capitals(db):
            db.execute("UPDATE person SET surname = 'MACDONALD'")

        with opening(closed, key, people) as store:
            assert store.search("person", "macdonald") == [1]
            assert store.search("person", "okonkwo") == []
            assert audit.verify(store.database, store.registry).ok
            newest = audit.entries(store.database, 1)[0]
            assert newest.title == "Bring the file up to date"

    def test_a_log_that_did_not_add_up_before_is_not_made_to_by_it(
        self, closed, key, opening, people
    ):
        with opening(closed, key) as store:
            store.database.conn.execute("PRAGMA query_only = OFF")
            store.database.conn.execute("UPDATE person SET surname = 'Forged'")

        @people()
        def m002_ward(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT")

        with opening(closed, key, people) as store:
            newest = audit.entries(store.database, 1)[0]
            assert newest.title == "Bring the file up to date; the log did not add up before"

    def test_rows_that_a_new_file_begins_with_are_in_its_log(self, path, opening, people):
        @people()
        def m002_first_person(db):
            db.execute("INSERT INTO person (surname) VALUES ('Okonkwo')")

        with opening(path, "correct horse", people, make=True) as store:
            assert audit.verify(store.database, store.registry).ok
            assert store.search("person", "okonkwo") == [1]

    def test_without_room_for_the_copy_nothing_runs(
        self, closed, key, opening, people, monkeypatch
    ):
        @people()
        def m002_ward(db):
            db.execute("ALTER TABLE person ADD COLUMN ward TEXT")

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(file, "put_in_place", full)
        before = closed.read_bytes()
        with pytest.raises(DiskFull):
            opening(closed, key, people)
        assert closed.read_bytes() == before
        assert names_in(closed.parent) == [closed.name]


def test_a_file_that_may_not_be_written_says_so(closed, opening, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ReadOnlyFile, match="is read-only"):
        opening(closed, "correct horse")


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from random import Random
from datetime import UTC, datetime
from branch_desk.store import backup, files
from branch_desk.store.errors import DeskError
from branch_desk.store.store import Store
if os.getuid() == 0:
    os.setgroups([])
    os.setuid(65534)
hands = dict(clock=lambda: datetime.now(UTC), random=Random(1), actor="other")
folder = Path(sys.argv[1])
for deed in (
    lambda: Store.open(folder / "Highfield.branch", "correct horse", (), **hands),
    lambda: Store.create(folder / "New.branch", "correct horse", (), **hands),
    lambda: files.write_whole(folder / "list.csv", b"x"),
    lambda: Store.open(folder / "open" / "Locked.branch", "correct horse", (), **hands),
    lambda: Store.open(folder / "open" / "Hidden.branch", "correct horse", (), **hands),
):
    try:
        deed()
    except DeskError as error:
        print(error.code)
"""


def test_what_an_ordinary_user_may_not_write_or_read_is_said(closed):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "open").mkdir()
        for name, mode in {"Highfield": 0o666, "open/Locked": 0o444, "open/Hidden": 0o000}.items():
            copy = folder / f"{name}.branch"
            copy.write_bytes(closed.read_bytes())
            copy.chmod(mode)
        (folder / "open").chmod(0o777)
        folder.chmod(0o555)
        said = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, folder],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
        assert said.stdout.split() == [
            "read-only-folder",
            "read-only-folder",
            "read-only-folder",
            "read-only-file",
            "unreadable",
        ], said.stderr
