import threading
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from branch_desk.store import audit
from branch_desk.store.change import ALL, MANY
from branch_desk.store.errors import Missing
from branch_desk.store.links import Link, Ref

from .library import NOW, opened, snapshot, verdict


class Name(StrEnum):
    WREN = "Wren"


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def log(store):
    return store.rows("SELECT id, title, kind, row_count FROM audit_entry ORDER BY id")


def test_rows_go_in_with_what_the_table_adds_and_come_out_as_they_are_stored(library):
    with library.change("Add an author") as change:
        made = change.insert("author", surname=Name.WREN, born=date(1970, 1, 2))
    assert library.rows("SELECT * FROM author") == [
        {"id": made, "surname": "Wren", "forename": "Anon", "phone": None, "born": "1970-01-02"}
    ]


def test_a_row_of_nothing_but_defaults_goes_in(library):
    with library.change("Lend") as change:
        made = change.insert("loan")
    assert library.one("SELECT * FROM loan") == {"id": made, "book": None, "reader": None}


def test_many_rows_get_ids_in_their_order_and_one_entry(library):
    with library.change("Bring in authors") as change:
        ids = change.insert_many("author", ({"surname": f"W{n}"} for n in range(2500)))
        assert change.insert_many("author", []) == []
    assert library.column("SELECT surname FROM author ORDER BY id") == [
        f"W{n}" for n in range(2500)
    ]
    assert ids == library.column("SELECT id FROM author ORDER BY id")
    assert [(each["title"], each["row_count"]) for each in log(library)] == [
        ("Bring in authors", 2500)
    ]


def test_an_id_is_never_given_to_a_second_row(library):
    with library.change("One") as change:
        first = change.insert("author", surname="Wren")
        change.delete("author", first)
        second = change.insert("author", surname="Finch")
    with library.change("Two") as change:
        change.delete("author", second)
    with library.change("Three") as change:
        third = change.insert("author", surname="Heron")
        chosen = change.insert("author", id=40, surname="Crane")
        after = change.insert("author", surname="Stork")
    assert first < second < third < chosen < after
    assert chosen == 40


def test_a_chosen_id_may_be_below_those_in_use(library):
    with library.change("Two") as change:
        change.insert("author", id=9, surname="Wren")
        change.insert("author", surname="Finch", id=3)
        assert change.insert("author", surname="Heron") == 10


def test_update_changes_only_what_is_named(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren", phone="1")
    with library.change("Change") as change:
        change.update("author", made, phone=None, born=date(1970, 1, 2))
    assert library.one("SELECT * FROM author") == {
        "id": made,
        "surname": "Wren",
        "forename": "Anon",
        "phone": None,
        "born": "1970-01-02",
    }


def test_update_many_changes_each_row_by_its_id_wherever_the_id_stands(library):
    with library.change("Add") as change:
        ids = change.insert_many("author", [{"surname": "Wren"}] * 1500)
    with library.change("Change") as change:
        change.update_many("author", ({"phone": str(each), "id": each} for each in ids))
        change.update_many("author", [])
    assert library.column("SELECT phone FROM author ORDER BY id") == [str(each) for each in ids]


def test_what_is_not_there_cannot_be_changed_or_deleted(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
    for deed in (
        lambda change: change.update("author", 77, phone="1"),
        lambda change: change.update("author", 77),
        lambda change: change.update_many(
            "author", [{"id": made, "phone": "1"}, {"id": 77, "phone": "1"}]
        ),
        lambda change: change.delete("author", 77),
    ):
        with (
            pytest.raises(Missing, match=r"There is no author 77 any more\."),
            library.change("Change") as change,
        ):
            deed(change)
    assert library.value("SELECT phone FROM author") is None
    with (
        pytest.raises(Missing, match="There is no review 5 any more"),
        library.change("x") as change,
    ):
        change.delete("review", 5)


def test_a_row_deleted_in_this_change_cannot_be_changed_again(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
        change.delete("author", made)
        with pytest.raises(Missing):
            change.update("author", made, phone="1")


def test_an_exception_takes_everything_back(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
    before, entries = snapshot(library), log(library)

    def failing():
        with library.change("Much") as change:
            change.update("author", made, surname="Finch")
            change.insert("book", author=made, title="Nests")
            change.link(Ref("author", made), Ref("book", 1), "wrote")
            change.attach(b"x", "x.txt", "text/plain")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    assert snapshot(library) == before
    assert log(library) == entries
    assert library.search("author", "finch") == []


def test_a_change_that_comes_to_nothing_leaves_no_entry(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
    heard = []
    library.listen(heard.append)
    with library.change("Look"):
        pass
    with library.change("Same again") as change:
        change.update("author", made, surname="Wren")
        change.update("author", made)
    with library.change("There and back") as change:
        change.delete("author", change.insert("author", surname="Finch"))
        change.update("author", made, surname="Heron")
        change.update("author", made, surname="Wren")
    assert len(log(library)) == 1
    assert heard == []


def test_a_change_inside_a_change_joins_it(library):
    heard = []
    library.listen(heard.append)
    with library.change("Outer") as outer:
        outer.insert("author", surname="Wren")
        with library.change("Inner") as inner:
            assert inner is outer
            inner.insert("author", surname="Finch")
        assert heard == []
    assert [each["title"] for each in log(library)] == ["Outer"]
    assert len(heard) == 1
    assert library.undo() == "Outer"
    assert library.rows("SELECT * FROM author") == []


def test_an_inner_change_that_fails_is_taken_back_alone_if_the_outer_goes_on(library):
    with library.change("Outer") as outer:
        kept = outer.insert("author", surname="Wren")
        for surname in ("Finch", "Heron"):
            with suppress(LookupError), library.change("Inner") as inner:
                inner.update("author", kept, surname=surname)
                inner.insert("author", surname=surname)
                inner.insert("author", wings=2)
        outer.insert("author", surname="Crane")
    assert library.column("SELECT surname FROM author ORDER BY id") == ["Wren", "Crane"]
    assert library.search("author", "heron") == []
    assert library.undo() == "Outer"
    assert library.redo() == "Outer"
    assert library.search("author", "crane") != []


def test_an_inner_change_that_fails_erases_nothing(library):
    with library.change("Add") as change:
        first, second = (change.insert("author", surname=each) for each in ("Wren", "Finch"))
    with library.change("Outer") as outer:
        outer.update("author", second, phone="1")
        with suppress(LookupError), library.change("Inner") as inner:
            inner.erase("author", [first])
            inner.delete("author", first)
            raise LookupError
    assert [each["kind"] for each in log(library)] == ["change", "change"]
    steps = audit.history(library.database, "author", first)
    assert [step.kept for step in steps] == [True]
    assert library.undo() == "Outer"
    assert library.undo() == "Add"


def test_what_the_outer_change_erases_is_erased_although_an_inner_one_failed(library):
    with library.change("Add") as change:
        first, second = (change.insert("author", surname=each) for each in ("Wren", "Finch"))
    with library.change("Outer") as outer:
        outer.erase("author", [first])
        with suppress(LookupError), library.change("Inner") as inner:
            inner.erase("author", [second])
            raise LookupError
    kept = [
        [step.kept for step in audit.history(library.database, "author", each)]
        for each in (first, second)
    ]
    assert kept == [[False, True], [True]]


def test_after_its_block_a_change_writes_no_more(library):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
    for deed in (
        lambda: change.insert("author", surname="Finch"),
        lambda: change.update("author", made, surname="Finch"),
        lambda: change.delete("author", made),
        lambda: change.link(Ref("author", made), Ref("author", made), "x"),
        lambda: change.attach(b"", "x", "text/plain"),
        lambda: change.erase("author", [made]),
    ):
        with pytest.raises(RuntimeError, match="outside a change"):
            deed()
    assert library.column("SELECT surname FROM author") == ["Wren"]


def test_once_the_transaction_is_lost_a_change_writes_no_more(library):
    def losing():
        with library.change("Outer") as change:
            with suppress(LookupError), library.change("Inner"):
                library.database.conn.execute("ROLLBACK")  # as SQLite does on a full disk
                raise LookupError
            change.insert("author", surname="Wren")

    with pytest.raises(RuntimeError, match="nothing can be written"):
        losing()
    assert library.rows("SELECT * FROM author") == []


def test_nothing_writes_outside_a_change(library):
    with pytest.raises(RuntimeError, match="only a change may write"):
        library.rows("INSERT INTO author (surname) VALUES ('Wren')")
    with library.change("Add") as change:
        change.insert("author", surname="Finch")
    with pytest.raises(RuntimeError, match="only a change may write"):
        library.rows("DELETE FROM author")
    assert library.column("SELECT surname FROM author") == ["Finch"]


@pytest.mark.parametrize(
    "table", ["nest", "author; DROP TABLE author", 'author"', "audit_entry", "audit_row", "content"]
)
def test_only_known_tables_are_written(library, table):
    with library.change("x") as change:
        for deed in (
            lambda: change.insert(table, surname="x"),
            lambda: change.update(table, 1, surname="x"),
            lambda: change.delete(table, 1),
            lambda: change.erase(table, [1]),
        ):
            with pytest.raises(LookupError, match="no table"):
                deed()


@pytest.mark.parametrize("column", ["wings", "surname) VALUES ('x'); --", 'surname" = 1 --'])
def test_only_known_columns_are_written(library, column):
    with library.change("Add") as change:
        made = change.insert("author", surname="Wren")
        with pytest.raises(LookupError, match="no column"):
            change.insert("author", **{column: "x"})
        with pytest.raises(LookupError, match="no column"):
            change.update("author", made, **{column: "x"})
    assert library.column("SELECT surname FROM author") == ["Wren"]


def test_rows_written_together_must_have_the_same_fields(library):
    with library.change("Add") as change:
        with pytest.raises(LookupError, match="same fields"):
            change.insert_many("author", [{"surname": "A"}, {"surname": "B", "phone": "1"}])
        with pytest.raises(KeyError):
            change.insert_many("author", [{"surname": "A"}, {"phone": "1"}])


def test_sealed_tables_are_not_written_by_a_change(library):
    with library.change("x") as change:
        for deed in (
            lambda: change.insert("vote", code="a"),
            lambda: change.update("vote", 1, code="a"),
            lambda: change.delete("vote", 1),
        ):
            with pytest.raises(RuntimeError, match="sealed"):
                deed()


def test_a_time_without_a_zone_is_refused(library):
    with pytest.raises(ValueError, match="without a zone"), library.change("x") as change:
        change.insert("author", surname="W", born=datetime(2026, 1, 1))  # noqa: DTZ001
    with library.change("x") as change:
        change.insert("author", surname="W", born=datetime(2026, 1, 1, tzinfo=UTC))
    assert library.value("SELECT born FROM author") == "2026-01-01T00:00:00+00:00"


def test_listeners_hear_once_after_the_commit_which_rows_of_which_tables(library):
    heard = []

    def listener(changed):
        heard.append((changed, threading.get_ident(), library.value("SELECT count(*) FROM author")))

    stop = library.listen(listener)
    with library.change("Add") as change:
        first = change.insert("author", surname="Wren")
        book = change.insert("book", author=first, title="Nests")
        change.insert("author", surname="Finch")
        change.link(Ref("author", first), Ref("book", book), "wrote")
    ((changed, thread, count),) = heard
    assert changed.change_id == library.value("SELECT max(id) FROM audit_entry")
    assert changed.tables == {"author": {1, 2}, "book": {1}, "link": {1}}
    assert (thread, count) == (threading.get_ident(), 2)
    stop()
    with library.change("Add") as change:
        change.insert("author", surname="Heron")
    assert len(heard) == 1


def test_listeners_are_told_all_when_very_many_rows_changed(library):
    heard = []
    library.listen(heard.append)
    with library.change("Add") as change:
        change.insert_many("author", ({"surname": "W"} for _ in range(MANY + 1)))
        change.insert("book", title="Nests")
    assert heard[0].tables == {"author": ALL, "book": {1}}


def test_a_listener_may_make_a_change_of_its_own(library):
    def listener(changed):
        if "loan" not in changed.tables:
            with library.change("Answer") as change:
                change.insert("loan", reader="A")

    library.listen(listener)
    with library.change("Add") as change:
        change.insert("author", surname="Wren")
    assert [each["title"] for each in log(library)] == ["Add", "Answer"]


def test_another_thread_waits_until_a_change_is_over(library):
    begun = threading.Event()
    done = []

    def other():
        begun.set()
        with library.change("Second") as change:
            done.append(library.column("SELECT surname FROM author"))
            change.insert("author", surname="Finch")

    thread = threading.Thread(target=other)
    with library.change("First") as change:
        thread.start()
        begun.wait()
        change.insert("author", surname="Wren")
        assert done == []
    thread.join()
    assert done == [["Wren"]]
    assert [each["title"] for each in log(library)] == ["First", "Second"]


def test_deleting_takes_along_what_foreign_keys_take_and_undo_brings_it_back(library):
    with library.change("Add") as change:
        author = change.insert("author", surname="Wren")
        book = change.insert("book", author=author, title="Nests")
        sequel = change.insert("book", sequel_of=book, title="More nests")
        change.update("book", book, sequel_of=sequel)
        change.insert("loan", book=book, reader="Finch")
        change.link(Ref("author", author), Ref("book", book), "wrote")
        change.link(Ref("book", sequel), Ref("author", author), "by")
    before = snapshot(library)
    with library.change("Delete") as change:
        change.delete("author", author)
    assert library.value("SELECT count(*) FROM book") == 0
    assert library.rows("SELECT book, reader FROM loan") == [{"book": None, "reader": "Finch"}]
    assert library.value("SELECT count(*) FROM link") == 0
    assert verdict(library).ok
    library.undo()
    assert snapshot(library) == before


def test_deleting_many_may_name_a_row_twice_and_a_row_with_what_it_takes_along(library):
    with library.change("Add") as change:
        book = change.insert("book", title="Nests")
        sequel = change.insert("book", sequel_of=book, title="More nests")
    with library.change("Delete") as change:
        change.delete_many("book", [book, sequel, book])
    assert library.value("SELECT count(*) FROM book") == 0


def test_links_go_both_ways_once_and_can_be_taken_back(library):
    author, book = Ref("author", 1), Ref("book", 2)
    with library.change("Link") as change:
        change.link(author, book, "wrote")
        change.link(author, book, "wrote")
        change.link(author, book, "read")
    assert library.links_from(author) == [Link(author, book, "wrote"), Link(author, book, "read")]
    assert library.links_to(book, "read") == [Link(author, book, "read")]
    with library.change("Unlink") as change:
        change.unlink(author, book, "wrote")
        change.unlink(author, book, "never was")
    assert library.links_from(author, "wrote") == []


def test_the_store_cannot_do_its_own_kinds_of_change_inside_a_change(library):
    with library.change("Outer") as change:
        change.insert("author", surname="Wren")
        for deed in (library.undo, library.redo, lambda: library.retain(NOW)):
            with pytest.raises(RuntimeError, match="cannot be done inside a change"):
                deed()
    assert library.column("SELECT surname FROM author") == ["Wren"]
