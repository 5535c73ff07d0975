import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.store import audit
from branch_desk.store.chain import START, fingerprint_of
from branch_desk.store.links import Ref

from .library import NOW, behind_the_back, opened, opening, template, verdict

LATER = NOW + timedelta(days=400)


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def busy(store):
    """A log with every kind of entry that leaves rows, and one of totals."""
    with store.change("Add") as change:
        change.insert_many("author", [{"surname": each} for each in ("Wren", "Finch", "Heron")])
        book = change.insert("book", author=1, title="Nests", price=1.5, cover=b"\x00\xff")
        change.link(Ref("author", 1), Ref("book", book), "wrote")
    with store.change("Rename") as change:
        change.update("author", 2, surname="Łoś", phone="1")
    with store.change("Delete") as change:
        change.delete("author", 3)
    store.undo()
    store.redo()
    with store.sealed("Open") as batch:
        batch.insert_many("vote", [{"code": str(each)} for each in range(5)])
    with store.change("Forget Wren") as change:
        change.update("author", 1, surname="", forename="")
        change.erase("author", [1])
    with store.change("Add a loan") as change:
        change.insert("loan", book=book, reader="Ada")


def tables_and_columns():
    for column in ("id", "at", "actor", "title", "kind", "of", "totals", "first_row", "row_count"):
        yield "audit_entry", column
    yield "audit_entry", "rows_digest"
    yield "audit_entry", "digest"
    for column in (
        "id",
        "entry",
        "table_name",
        "row_id",
        "salt",
        "before",
        "after",
        "digest",
    ):
        yield "audit_row", column
    for table, columns in {
        "author": ("surname", "forename", "phone"),
        "book": ("author", "title", "price", "cover"),
        "loan": ("book", "reader"),
        "link": ("from_kind", "from_id", "to_kind", "to_id", "role"),
    }.items():
        for column in columns:
            yield table, column


@pytest.fixture(scope="module")
def lively(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("lively")) as store:
        busy(store)
        yield store


def test_an_untouched_log_adds_up(lively):
    found = verdict(lively)
    assert found.problems == ()
    assert found.ok
    assert found.changes == 8
    assert found.fingerprint == audit.fingerprint(lively.database)


def altered(value, draw):
    """Another value of the same type, one bit, digit or letter away."""
    match value:
        case None:
            return None
        case bytes() if value:
            at, bit = draw(st.integers(0, len(value) - 1)), draw(st.integers(0, 7))
            return value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :]
        case str() if value:
            at = draw(st.integers(0, len(value) - 1))
            return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        case int():
            return value + draw(st.sampled_from([-1, 1, 1000]))
        case float():
            return value + 0.25
    return value + b"x" if isinstance(value, bytes) else value + "x"


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), where=st.sampled_from(list(tables_and_columns())))
def test_any_byte_altered_in_the_log_or_in_a_row_it_keeps_is_found(lively, data, where):
    table, column = where
    rows = lively.rows(f"SELECT id, {column} AS value FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608
    if not rows:
        return
    row = data.draw(st.sampled_from(rows))
    other = altered(row["value"], data.draw)
    _execute(lively, "PRAGMA foreign_keys = OFF")
    _execute(lively, "BEGIN")
    try:
        _execute(lively, "PRAGMA ignore_check_constraints = ON")
        done = _execute(
            lively,
            f"UPDATE OR IGNORE {table} SET {column} = ? WHERE id = ?",  # noqa: S608
            [other, row["id"]],
        ).rowcount
        if done:
            assert not verdict(lively).ok, (table, column, row, other)
    finally:
        _execute(lively, "ROLLBACK")
        _execute(lively, "PRAGMA ignore_check_constraints = OFF")
        _execute(lively, "PRAGMA foreign_keys = ON")
    assert verdict(lively).ok


def _execute(store, sql, params=()):
    connection = store.database.conn
    connection.execute("PRAGMA query_only = OFF")
    try:
        return connection.execute(sql, params)
    finally:
        connection.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM audit_entry WHERE id = 2", "entry 3 of the log does not follow"),
        ("DELETE FROM audit_entry WHERE id = 1", "entry 2 of the log does not follow"),
        ("DELETE FROM audit_row WHERE id = 2", "the row about author 3 was moved"),
        ("DELETE FROM audit_entry WHERE id = 8", "rows that belong to no entry"),
        (
            (
                "INSERT INTO audit_row (id, entry, table_name, row_id, digest)"
                " VALUES (900, 8, 'author', 1, x'00')"
            ),
            "rows that belong to no entry",
        ),
        (
            "UPDATE audit_row SET salt = NULL, before = NULL, after = NULL WHERE entry = 2",
            "entry 2 of the log: the row about author 2 has lost its images without an erasure",
        ),
        ("UPDATE audit_row SET after = '{}' WHERE salt IS NULL", "has lost its images without"),
        ("UPDATE audit_row SET after = '{}' WHERE entry = 2", "the row about author 2 was altered"),
        ("UPDATE audit_entry SET title = 'x' WHERE id = 3", "entry 3 of the log was altered"),
        ("UPDATE audit_row SET digest = x'00' WHERE entry = 8", "its rows are not those"),
        ("UPDATE author SET surname = 'x' WHERE id = 2", "the row 2 of author is not as the log"),
        ("DELETE FROM author WHERE id = 2", "the row 2 of author is gone"),
        ("DELETE FROM loan", "the row 1 of loan is gone"),
        ("INSERT INTO author (id, surname) VALUES (0, 'x')", "the row 0 of author is there"),
        ("INSERT INTO author (id, surname) VALUES (90, 'x')", "the row 90 of author is there"),
        ("INSERT INTO review (book) VALUES (1)", "the row 1 of review is there and the log"),
    ],
)
def test_what_was_done_behind_the_back_is_named(library, damage, problem):
    busy(library)
    behind_the_back(library, damage)
    assert any(problem in each for each in verdict(library).problems), verdict(library)


def test_two_entries_exchanged_are_found(library):
    busy(library)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        behind_the_back(library, "UPDATE audit_entry SET id = ? WHERE id = ?", [new, old])
    assert not verdict(library).ok


def test_a_sealed_table_is_not_for_the_log_to_watch(library):
    busy(library)
    behind_the_back(library, "UPDATE vote SET choice = 'x'")
    assert verdict(library).ok


def test_each_row_has_a_salt_of_its_own_and_a_digest_of_what_it_keeps(library):
    busy(library)
    rows = library.rows("SELECT * FROM audit_row WHERE salt IS NOT NULL")
    salts = [row["salt"] for row in rows]
    assert len(set(salts)) == len(salts)
    assert {len(each) for each in salts} == {16}
    for row in rows:
        body = '{"after":%s,"before":%s,"id":%d,"table":"%s"}' % (  # noqa: UP031
            row["after"] or "null",
            row["before"] or "null",
            row["row_id"],
            row["table_name"],
        )
        assert row["digest"] == sha256(row["salt"] + body.encode()).digest()


def test_images_are_canonical_json_and_blobs_in_them_digests(library):
    busy(library)
    image = library.value("SELECT after FROM audit_row WHERE table_name = 'book'")
    digest = sha256(b"\x00\xff").hexdigest()
    assert image == (
        '{"attachment":null,"author":1,"cover":{"sha256":"%s"},"id":1,"price":1.5,'  # noqa: UP031
        '"scan":null,"second_attachment":null,"sequel_of":null,"shelf":null,"title":"Nests"}'
        % digest
    )
    assert '"surname":"Łoś"' in library.value(
        "SELECT after FROM audit_row WHERE table_name = 'author' AND entry = 2"
    )


def test_an_erasure_leaves_nothing_of_the_row_and_the_chain_still_adds_up(library):
    with library.change("Add") as change:
        change.insert("author", surname="Secretname", phone="07700 900123")
    with library.change("Rename") as change:
        change.update("author", 1, forename="Otherwise")
    before = library.column("SELECT digest FROM audit_entry ORDER BY id")
    with library.change("Forget") as change:
        change.update("author", 1, surname="", forename="", phone=None)
        change.erase("author", [1, 77])
    assert verdict(library).ok
    assert library.column("SELECT digest FROM audit_entry ORDER BY id")[:2] == before
    for table in ("audit_row", "author", "search_author_data", "content"):
        assert "ecretname" not in repr(library.rows(f"SELECT * FROM {table}"))  # noqa: S608
        assert "therwise" not in repr(library.rows(f"SELECT * FROM {table}"))  # noqa: S608
    assert library.search("author", "secretname") == []
    newest = library.one("SELECT * FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert (newest["kind"], newest["title"], newest["row_count"]) == ("erasure", "Forget", 2)
    behind_the_back(library, "UPDATE author SET surname = 'x'")
    assert not verdict(library).ok


def test_a_row_written_again_after_an_erasure_is_watched_again(library):
    busy(library)
    with library.change("Come back") as change:
        change.update("author", 1, surname="Wren")
    assert verdict(library).ok
    behind_the_back(
        library,
        "UPDATE audit_row SET salt = NULL, before = NULL, after = NULL"
        " WHERE id = (SELECT max(id) FROM audit_row)",
    )
    assert any("without an erasure" in each for each in verdict(library).problems)


def test_a_row_forged_under_the_id_of_one_deleted_before_a_retention_is_found(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        busy(store)
    with opening(path, key, clock=lambda: LATER) as store:
        store.retain(LATER)
        assert verdict(store).ok
        behind_the_back(store, "INSERT INTO author (id, surname) VALUES (3, 'Forged')")
        assert verdict(store).problems == (
            "the row 3 of author is there and the log does not say so",
        )


def test_an_erasure_lets_nothing_be_forgotten_but_the_rows_it_names(library):
    busy(library)
    with library.change("Forget Wren, tell Finch") as change:
        change.erase("author", [1])
        change.update("author", 2, phone="2")
    (told,) = audit.entries(library.database, limit=1)
    assert (told.kind, told.totals) == ("erasure", '{"author":[1]}')
    assert verdict(library).ok
    behind_the_back(
        library,
        "UPDATE audit_row SET salt = NULL, before = NULL, after = NULL"
        " WHERE table_name = 'author' AND row_id = 2 AND entry < ?",
        [told.id],
    )
    assert verdict(library).problems == tuple(
        f"entry {entry} of the log: the row about author 2 has lost its images without an erasure"
        for entry in (1, 2)
    )


@pytest.mark.parametrize("totals", [None, "", "[", "[1]", '{"author":1}', '{"author":[[1]]}'])
def test_an_erasure_whose_list_was_tampered_with_is_a_problem_and_no_crash(library, totals):
    busy(library)
    behind_the_back(library, "UPDATE audit_entry SET totals = ? WHERE kind = 'erasure'", [totals])
    problems = verdict(library).problems
    assert any("author 1 has lost its images without" in each for each in problems)
    assert any(each.startswith("entry 7 of the log was altered") for each in problems)


def test_the_fingerprint_is_short_and_another_after_each_change(library):
    seen = {audit.fingerprint(library.database)}
    assert seen == {fingerprint_of(START)}
    for surname in ("Wren", "Finch"):
        with library.change("Add") as change:
            change.insert("author", surname=surname)
        seen.add(audit.fingerprint(library.database))
    assert len(seen) == 3
    assert all(re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){5}", each) for each in seen)


def test_the_log_can_be_read_newest_first_and_by_pages(library):
    busy(library)
    entries = audit.entries(library.database)
    assert [(each.id, each.kind, each.title, each.of, each.rows) for each in entries] == [
        (8, "change", "Add a loan", None, 1),
        (7, "erasure", "Forget Wren", None, 1),
        (6, "sealed", "Open", None, 0),
        (5, "redo", "Delete", 3, 1),
        (4, "undo", "Delete", 3, 1),
        (3, "change", "Delete", None, 1),
        (2, "change", "Rename", None, 1),
        (1, "change", "Add", None, 5),
    ]
    assert {(each.at, each.actor) for each in entries if each.kind != "sealed"} == {(NOW, "tester")}
    assert audit.entries(library.database, limit=2, before=8) == entries[1:3]


def test_the_history_of_one_row_can_be_read_oldest_first(library):
    busy(library)
    steps = audit.history(library.database, "author", 2)
    assert [(step.entry.title, step.kept) for step in steps] == [("Add", True), ("Rename", True)]
    assert steps[0].before is None
    assert steps[0].after == steps[1].before
    erased = audit.history(library.database, "author", 1)
    assert [step.kept for step in erased] == [False, True]


def test_retention_drops_old_images_and_live_rows_stay_watched(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        busy(store)
        assert store.retain(NOW) == 0
    with opening(path, key, clock=lambda: LATER) as store:
        with store.change("New") as change:
            change.insert("author", surname="Crane")
        assert store.retain(LATER - timedelta(days=1)) == 8
        assert store.value("SELECT count(*) FROM audit_row WHERE entry <= 8 AND salt NOTNULL") == 0
        assert verdict(store).ok
        assert store.retain(LATER - timedelta(days=1)) == 0
        assert store.undo() == "New"
        with pytest.raises(Exception, match="erased from the log"):
            store.undo()
        behind_the_back(store, "UPDATE loan SET reader = 'x'")
        assert verdict(store).problems == ("the row 1 of loan is not as the log left it",)


def test_images_newer_than_the_retention_may_not_be_missing(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        busy(store)
    with opening(path, key, clock=lambda: LATER) as store:
        store.retain(LATER)
        with store.change("New") as change:
            change.insert("author", surname="Crane")
        behind_the_back(store, "UPDATE audit_row SET salt = NULL, after = NULL WHERE entry = 10")
        assert any("without an erasure" in each for each in verdict(store).problems)


def test_what_migrations_write_is_taken_into_the_log_and_not_undone_past(library):
    busy(library)
    behind_the_back(library, "UPDATE author SET born = '1970-01-01'")
    behind_the_back(library, "INSERT INTO review (book, body) VALUES (1, 'Good')")
    behind_the_back(library, "DELETE FROM loan")
    assert not verdict(library).ok
    audit.settle(library._writer, "Brought up to a newer release")
    assert verdict(library).ok
    (entry,) = audit.entries(library.database, limit=1)
    assert (entry.kind, entry.title, entry.rows) == (
        "release",
        "Brought up to a newer release",
        4,
    )
    with pytest.raises(Exception, match="nothing to undo"):
        library.undo()
    with library.change("After") as change:
        change.update("review", 1, body="Bad")
    assert library.undo() == "After"


def test_times_in_the_log_are_utc(tmp_path):
    east = datetime.fromisoformat("2026-07-01T01:30:00+05:30")
    with opening(*_copy(tmp_path), clock=lambda: east) as store:
        with store.change("Add") as change:
            change.insert("author", surname="Wren")
        (entry,) = audit.entries(store.database)
        assert entry.at == datetime(2026, 6, 30, 20, 0, tzinfo=UTC)
        assert entry.at.utcoffset() == timedelta(0)


def _copy(folder):
    path, key = template()
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return copy, key


def test_entries_are_found_by_their_ids_newest_first(lively):
    ids = audit.ids(lively.database)
    assert ids == [each.id for each in audit.entries(lively.database)]
    assert [each.id for each in audit.many(lively.database, [ids[2], -1, ids[0]])] == [
        ids[2],
        ids[0],
    ]
