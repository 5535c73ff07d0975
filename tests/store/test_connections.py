"""A connection a thread, each with the file's settings, all closed at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlcipher3

from branch_desk.store.connections import Connections, connect
from branch_desk.store.errors import Closed


@pytest.fixture
def connections(closed, key):
    opened = Connections(closed, key)
    yield opened
    opened.close()


def in_another_thread(deed):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(deed).result()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("query_only", 1),
        ("cipher_log_level", "NONE"),
        ("cipher_page_size", "4096"),
        ("kdf_iter", "256000"),
        ("cipher_hmac_algorithm", "HMAC_SHA512"),
    ],
)
def test_every_connection_has_the_settings(connections, setting, value):
    row = connections.database.conn.execute(f"PRAGMA {setting}").fetchone()
    assert row == (value,)


def test_a_thread_keeps_its_connection_and_shares_it_with_no_other(connections):
    mine = connections.database
    assert connections.database is mine
    assert in_another_thread(lambda: connections.database) is not mine


def test_the_connection_of_an_ended_thread_is_closed_when_the_next_one_opens(connections):
    theirs = in_another_thread(lambda: connections.database)
    assert connections.database.conn.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(sqlcipher3.ProgrammingError, match="closed database"):
        theirs.conn.execute("SELECT 1")


def test_closing_closes_every_thread_s_connection_and_drops_the_key(connections):
    mine = connections.database
    asked, done = threading.Event(), threading.Event()
    theirs = []

    def work():
        theirs.append(connections.database)
        asked.set()
        done.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    asked.wait(10)
    connections.close()
    done.set()
    thread.join()
    for each in (mine, *theirs):
        with pytest.raises(sqlcipher3.ProgrammingError, match="closed database"):
            each.conn.execute("SELECT 1")
    with pytest.raises(Closed):
        _ = connections.key
    with pytest.raises(Closed, match=r"“Highfield\.branch” is closed"), connections.using():
        pass


def test_closing_interrupts_a_long_query_and_waits_for_its_thread_to_let_go(connections):
    running, ended = threading.Event(), []
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    )

    def work():
        with connections.using() as database:
            database.conn.set_progress_handler(running.set, 1000)
            try:
                database.conn.execute(endless).fetchone()
            except sqlcipher3.OperationalError as error:
                ended.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    assert running.wait(10)
    connections.close()
    assert ended == ["interrupted"]
    thread.join()


def test_one_who_comes_to_read_while_it_is_closed_is_told_so(connections):
    """The thread has its connection already, and waits for it while it is closed."""
    _ = connections.database
    mine = connections._mine()
    real = connections._mine

    def closed_meanwhile():
        connections.close()
        return mine

    connections._mine = closed_meanwhile
    with pytest.raises(Closed, match=r"“Highfield\.branch” is closed"), connections.using():
        pytest.fail("a closed connection was given out")
    connections._mine = real


def test_it_can_be_opened_again_with_the_new_key(connections, key):
    connections.close()
    connections.reopen(key)
    with connections.using() as database:
        assert database.conn.execute("SELECT count(*) FROM person").fetchone() == (1,)


def test_a_wrong_key_leaves_nothing_open(tmp_path, closed, key):
    wrong = type(key)(b"0" * 32, key.salt)
    with pytest.raises(sqlcipher3.DatabaseError, match="file is not a database"):
        connect(closed, wrong)
    assert [each.name for each in tmp_path.iterdir()] == ["Highfield.branch"]


def test_what_fails_inside_a_transaction_takes_back_its_own_part_or_all(connections):
    database = connections.database
    database.execute("PRAGMA query_only = OFF")
    database.execute("CREATE TEMP TABLE kept (number INTEGER UNIQUE)")

    def put(number):
        database.execute("INSERT INTO kept VALUES (?)", [number])

    def kept():
        return [number for (number,) in database.execute("SELECT number FROM kept")]

    def put_in_one(*numbers):
        with database.atomic():
            for number in numbers:
                put(number)

    def end_it_all():
        with database.atomic(), database.atomic():
            put(4)
            database.execute("INSERT OR ROLLBACK INTO kept VALUES (1)")

    with database.atomic():
        put(1)
        with pytest.raises(sqlcipher3.IntegrityError):
            put_in_one(2, 1)
        put(3)
    assert kept() == [1, 3]
    with pytest.raises(sqlcipher3.IntegrityError):
        end_it_all()
    assert kept() == [1, 3]
