"""The open file: reading anywhere, writing in a change only, nothing lost when it is copied."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlcipher3

from branch_desk.store import backup
from branch_desk.store.errors import Closed, Damaged, DiskFull, Gone, Missing
from branch_desk.store.links import Ref
from branch_desk.store.registry import Migrations, Slice
from branch_desk.store.store import Store

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


def add(store, surname):
    with store.change(f"Add {surname}") as change:
        return change.insert("person", surname=surname)


def surnames(store):
    return store.column("SELECT surname FROM person ORDER BY id")


def add_without_end(store, acknowledged):
    for n in itertools.count():
        add(store, f"{n} " + "x" * 3000)
        acknowledged.append(n)


def half_done(change):
    change.insert("person", surname="Nowak")
    raise ZeroDivisionError


def reopened(store, key, slices):
    return Store.open(store.path, key, slices, clock=store.clock, random=store.random, actor="x")


class TestReading:
    def test_rows_one_column_and_value(self, small):
        add(small, "Nowak")
        assert small.rows("SELECT * FROM person ORDER BY id") == [
            {"id": 1, "surname": "Okonkwo"},
            {"id": 2, "surname": "Nowak"},
        ]
        assert small.one("SELECT * FROM person WHERE id = ?", [2]) == {"id": 2, "surname": "Nowak"}
        assert small.one("SELECT * FROM person WHERE id = :id", {"id": 9}) is None
        assert small.column("SELECT id FROM person ORDER BY id") == [1, 2]
        assert small.value("SELECT count(*) FROM person") == 2
        assert small.value("SELECT id FROM person WHERE id = 9") is None

    def test_every_thread_reads_what_was_committed_and_nothing_sooner(self, small):
        with ThreadPoolExecutor(1) as pool, small.change("Add") as change:
            change.insert("person", surname="Nowak")
            assert surnames(small) == ["Okonkwo", "Nowak"]
            assert pool.submit(surnames, small).result() == ["Okonkwo"]

    def test_a_mistake_in_a_query_is_a_bug_and_not_the_user_s(self, small):
        with pytest.raises(Exception, match="no such table") as raised:
            small.rows("SELECT * FROM nobody")
        assert not isinstance(raised.value, Damaged)

    def test_a_mistake_the_driver_finds_is_raised_as_it_is(self, small):
        with pytest.raises(sqlcipher3.ProgrammingError, match="bindings"):
            small.rows("SELECT ?")

    def test_title_search_links_and_attachments(self, small):
        with small.change("Attach") as change:
            attached = change.attach(b"a letter", "letter.txt", "text/plain")
            change.link(Ref("person", 1), Ref("attachment", attached), "evidence")
        assert small.title(Ref("person", 1)) == "Okonkwo"
        with pytest.raises(Missing, match="no person 9"):
            small.title(Ref("person", 9))
        assert small.search("person", "okon") == [1]
        assert small.matching("person", "okon") == {1}
        assert [each.target for each in small.links_from(Ref("person", 1))] == [
            Ref("attachment", attached)
        ]
        assert [each.source for each in small.links_to(Ref("attachment", attached))] == [
            Ref("person", 1)
        ]
        assert small.attachment(attached) == b"a letter"

    def test_the_time_is_the_clock_s(self, small):
        assert small.now() == datetime(2026, 5, 14, 12, tzinfo=UTC)
        assert small.today() == date(2026, 5, 14)


class TestWriting:
    @pytest.mark.parametrize(
        "sql",
        [
            "INSERT INTO person (surname) VALUES ('Forged')",
            "DELETE FROM person RETURNING id",
            "DROP TABLE note",
        ],
    )
    def test_writing_outside_a_change_raises(self, small, sql):
        for read in (small.rows, small.column, small.value):
            with pytest.raises(RuntimeError, match="only a change may write"):
                read(sql)
        assert surnames(small) == ["Okonkwo"]

    def test_writing_past_the_change_takes_the_change_back(self, small):
        with pytest.raises(RuntimeError, match="only a change may write"), small.change("Both"):
            small.rows("UPDATE person SET surname = 'Forged'")
        assert surnames(small) == ["Okonkwo"]

    def test_an_exception_takes_the_change_back(self, small):
        with pytest.raises(ZeroDivisionError), small.change("Half") as change:
            half_done(change)
        assert surnames(small) == ["Okonkwo"]
        with pytest.raises(RuntimeError, match="only a change may write"):
            small.rows("DELETE FROM person")

    def test_undo_redo_and_listeners(self, small):
        heard = []
        stop = small.listen(heard.append)
        add(small, "Nowak")
        assert small.undo() == "Add Nowak"
        assert surnames(small) == ["Okonkwo"]
        assert small.redo() == "Add Nowak"
        assert surnames(small) == ["Okonkwo", "Nowak"]
        assert [each.tables for each in heard] == [{"person": frozenset({2})}] * 3
        stop()
        add(small, "Eze")
        assert len(heard) == 3

    def test_changes_of_many_threads_come_one_after_another(self, small):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: add(small, f"Member {n}"), range(64)))
        assert len(surnames(small)) == 65
        assert backup.verify(small).fine

    def test_what_the_log_keeps_is_dropped_by_age(self, small):
        assert small.retain(datetime(2030, 1, 1, tzinfo=UTC)) == 1
        assert backup.verify(small).fine


def test_things_may_be_done_as_on_another_day_and_the_log_keeps_the_clock_s(small, key):
    small.close()
    day = date(2026, 3, 1)
    clock = small.clock
    with Store.open(
        small.path, key, small.slices, clock=clock, random=small.random, actor="x", today=day
    ) as store:
        assert store.today() == day
        assert store.moment() == datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        assert store.now() == datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
        add(store, "Nowak")
        assert store.value("SELECT at FROM audit_entry ORDER BY id DESC LIMIT 1").startswith(
            "2026-05-14"
        )


class TestKeepingUp:
    """What follows from the day alone is written when a file is opened, and after undo."""

    @pytest.fixture
    def slices(self, small):
        def keep_up(store):
            ids = store.column("SELECT id FROM person WHERE surname NOT LIKE '%!'")
            with store.upkeep("Upkeep") as change:
                for each in ids:
                    surname = store.value("SELECT surname FROM person WHERE id = ?", [each])
                    change.update("person", each, surname=f"{surname}!")

        return [
            *(replace(each, keep_up=keep_up) for each in small.slices),
            Slice("idle", Migrations("idle")),
        ]

    def test_it_is_done_on_opening_and_after_undo(self, small, key, slices):
        small.close()
        with reopened(small, key, slices) as store:
            assert surnames(store) == ["Okonkwo!"]
            add(store, "Nowak")
            assert store.undo() == "Add Nowak"
            assert surnames(store) == ["Okonkwo!"]


class TestCopyingTheFile:
    """Only the `.branch` file is copied, as people do."""

    def copied(self, store, opening, key):
        copy = store.path.with_name("Copied.branch")
        shutil.copy(store.path, copy)
        with opening(copy, key) as opened:
            return surnames(opened)

    def test_it_holds_everything_once_it_was_quiet(self, closed, key, opening, monkeypatch):
        monkeypatch.setattr(Store, "settle_seconds", 0.001)
        quiet = threading.Event()
        real = Store.checkpoint

        def checkpoint(store):
            through = real(store)
            if through and threading.current_thread() is not threading.main_thread():
                quiet.set()
            return through

        monkeypatch.setattr(Store, "checkpoint", checkpoint)
        with opening(closed, key) as store:
            for n in range(50):
                add(store, f"Member {n}")
            quiet.clear()
            add(store, "Last")
            assert quiet.wait(10)
            assert closed.with_name("Highfield.branch-wal").stat().st_size == 0
            assert len(self.copied(store, opening, key)) == 52

    def test_it_holds_everything_after_close(self, small, opening, key):
        add(small, "Nowak")
        small.close()
        assert names_in(small.path.parent) == [small.path.name]
        assert self.copied(small, opening, key) == ["Okonkwo", "Nowak"]

    def test_a_checkpoint_does_not_wait_for_a_change(self, small):
        with ThreadPoolExecutor(1) as pool, small.change("Long") as change:
            change.insert("person", surname="Nowak")
            assert pool.submit(small._checkpoint_if_idle).result(10) is False

    def test_a_checkpoint_does_not_get_through_while_another_thread_reads(self, small):
        reading, done = threading.Event(), threading.Event()
        add(small, "Nowak")

        def read():
            with small.reading() as database:
                cursor = database.conn.execute(ENDLESS)
                cursor.fetchone()
                rows = database.conn.execute("SELECT * FROM person")
                rows.fetchone()
                reading.set()
                done.wait(10)
                cursor.close()
                rows.close()

        thread = threading.Thread(target=read)
        thread.start()
        assert reading.wait(10)
        small.database.conn.execute("PRAGMA busy_timeout = 0")
        add(small, "Eze")
        assert small.checkpoint() is False
        done.set()
        thread.join()
        assert small.checkpoint() is True

    def test_a_full_disk_at_the_checkpoint_loses_nothing(self, small, key, opening, monkeypatch):
        def full(_):
            raise DiskFull(small.path)

        add(small, "Nowak")
        monkeypatch.setattr(Store, "checkpoint", full)
        assert small._checkpoint_if_idle() is True
        small.close()
        monkeypatch.undo()
        with opening(small.path, key) as store:
            assert surnames(store) == ["Okonkwo", "Nowak"]


class TestClosing:
    def test_it_may_be_done_twice_and_nothing_can_be_read_after(self, small):
        small.close()
        small.close()
        with pytest.raises(Closed, match="Open it again with the passphrase"):
            small.rows("SELECT 1")
        with pytest.raises(Closed), small.change("Late"):
            pass
        with pytest.raises(Closed):
            _ = small.key

    def test_a_query_of_another_thread_is_cut_short(self, small):
        running = threading.Event()

        def read():
            small.database.conn.set_progress_handler(running.set, 1000)
            small.rows(ENDLESS.replace("SELECT i FROM", "SELECT count(i) FROM"))

        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(read)
            assert running.wait(10)
            small.close()
            with pytest.raises(Closed):
                asked.result()

    def test_a_change_that_waits_for_its_turn_is_refused_then(self, small):
        began, waits = threading.Event(), threading.Event()

        def long_change():
            with small.change("Long") as change:
                change.insert("person", surname="Nowak")
                began.set()
                waits.wait(10)

        def late_change():
            waits.set()
            add(small, "Late")

        with ThreadPoolExecutor(3) as pool:
            long = pool.submit(long_change)
            assert began.wait(10)
            late, closing = pool.submit(late_change), pool.submit(small.close)
            closing.result(10)
            assert long.result(10) is None
            with contextlib.suppress(Closed):
                late.result(10)
        with pytest.raises(Closed):
            add(small, "Later")

    def test_no_thread_is_left(self, closed, key, opening):
        before = threading.active_count()
        with opening(closed, key) as store:
            add(store, "Nowak")
        assert threading.active_count() == before

    def test_opening_that_fails_leaves_the_file_free(self, closed, key, opening):
        with pytest.raises(AttributeError):
            opening(closed, key, "not migrations")
        opening(closed, key).close()


class TestFullDisk:
    def filled(self, store):
        """Add people, with long names, until there is no room; how many got in."""
        acknowledged = []
        with pytest.raises(DiskFull, match=r"nothing was changed in “Highfield\.branch”"):
            add_without_end(store, acknowledged)
        return len(acknowledged)

    def sound(self, store, done):
        assert len(surnames(store)) == done + 1
        assert backup.verify(store).fine

    def test_a_quota_of_pages_loses_nothing(self, small, key, opening):
        pages = small.value("PRAGMA page_count")
        small.database.conn.execute(f"PRAGMA max_page_count = {pages + 60}")
        done = self.filled(small)
        assert done > 5
        self.sound(small, done)
        with pytest.raises(DiskFull), small.change("Many") as change:
            change.insert_many("person", ({"surname": "y" * 3000} for _ in range(100)))
        self.sound(small, done)
        small.database.conn.execute("PRAGMA max_page_count = 1000000")
        add(small, "There is room again")
        small.close()
        with opening(small.path, key) as store:
            self.sound(store, done + 1)

    def test_a_full_file_system_loses_nothing(self, closed, key, opening, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk],  # noqa: S607
            check=False,
            capture_output=True,
        )
        if mounted.returncode:
            pytest.skip("mounting a small disk is not permitted here")
        try:
            path, other = disk / "Highfield.branch", disk / "holiday.mp4"
            shutil.copy(closed, path)
            other.write_bytes(bytes(1_000_000))
            with opening(path, key) as store:
                done = self.filled(store)
                assert done > 5
                assert len(surnames(store)) == done + 1
            with opening(path, key) as store:
                assert len(surnames(store)) == done + 1
                with pytest.raises(DiskFull):
                    backup.back_up(store, disk)
                other.unlink()
                add(store, "There is room again")
            assert names_in(disk) == [path.name]
            with opening(path, key) as store:
                self.sound(store, done + 1)
        finally:
            subprocess.run(["umount", disk], check=True)  # noqa: S607

    def test_nothing_is_stored_in_a_file_that_was_taken_away(self, closed, key, opening, tmp_path):
        elsewhere = tmp_path / "Elsewhere.branch"
        with opening(closed, key) as store:
            add(store, "Okafor")
            closed.rename(elsewhere)
            with pytest.raises(Gone, match="Put it back there"):
                add(store, "Lost")
            assert "Lost" not in surnames(store)
            elsewhere.rename(closed)
            add(store, "Howells")
        with opening(closed, key) as store:
            assert {"Okafor", "Howells"} <= set(surnames(store))
