import shutil

import pytest

from branch_desk.store import undo
from branch_desk.store.errors import Conflict
from branch_desk.store.links import Ref

from .library import behind_the_back, opened, opening, snapshot, verdict


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def add(store, surname):
    with store.change(f"Add {surname}") as change:
        return change.insert("author", surname=surname)


def surnames(store):
    return store.column("SELECT surname FROM author ORDER BY id")


def test_undo_and_redo_go_back_and_forth_and_say_what(library):
    add(library, "Wren")
    with library.change("Rename") as change:
        change.update("author", 1, surname="Finch")
    with library.change("Delete") as change:
        change.delete("author", 1)
    states = [[], ["Wren"], ["Finch"], []]
    titles = ["Add Wren", "Rename", "Delete"]
    for _ in range(2):
        for at in (2, 1, 0):
            assert library.undo() == titles[at]
            assert surnames(library) == states[at]
        with pytest.raises(Conflict, match="There is nothing to undo"):
            library.undo()
        for at in (0, 1, 2):
            assert library.redo() == titles[at]
            assert surnames(library) == states[at + 1]
        with pytest.raises(Conflict, match="There is nothing to redo"):
            library.redo()
    assert verdict(library).ok


def test_a_new_change_clears_what_could_be_done_again(library):
    add(library, "Wren")
    add(library, "Finch")
    library.undo()
    add(library, "Heron")
    with pytest.raises(Conflict, match="nothing to redo"):
        library.redo()
    assert library.undo() == "Add Heron"
    assert library.redo() == "Add Heron"
    assert library.undo() == "Add Heron"
    assert library.undo() == "Add Wren"
    assert library.redo() == "Add Wren"
    assert library.redo() == "Add Heron"
    with pytest.raises(Conflict, match="nothing to redo"):
        library.redo()
    assert surnames(library) == ["Wren", "Heron"]


def test_it_survives_closing_the_file(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        add(store, "Wren")
        add(store, "Finch")
        store.undo()
    with opening(path, key) as store:
        assert store.redo() == "Add Finch"
    with opening(path, key) as store:
        assert store.undo() == "Add Finch"
        assert store.undo() == "Add Wren"
        assert surnames(store) == []


def test_undo_and_redo_are_changes_that_listeners_hear_of(library):
    heard = []
    library.listen(heard.append)
    made = add(library, "Wren")
    library.undo()
    library.redo()
    assert [each.tables for each in heard] == [{"author": {made}}] * 3
    assert [each.change_id for each in heard] == [1, 2, 3]


def test_if_a_row_has_changed_since_everything_is_refused_and_the_row_named(library):
    with library.change("Add two") as change:
        change.insert("author", surname="Wren", forename="Ada")
        change.insert("author", surname="Finch", forename="Bo")
    behind_the_back(library, "UPDATE author SET forename = 'Cy' WHERE id = 2")
    with pytest.raises(Conflict, match="“Add two” cannot be undone: “Cy Finch” has changed since"):
        library.undo()
    behind_the_back(library, "DELETE FROM author WHERE id = 2")
    with pytest.raises(Conflict, match="author 2 has changed since"):
        library.undo()
    behind_the_back(library, "INSERT INTO author (id, surname, forename) VALUES (2, 'Finch', 'Bo')")
    assert library.undo() == "Add two"
    assert surnames(library) == []


def test_a_table_without_a_kind_is_named_by_its_own_name(library):
    with library.change("Lend") as change:
        change.insert("loan", reader="Wren")
    behind_the_back(library, "UPDATE loan SET reader = 'Finch'")
    with pytest.raises(Conflict, match="loan 1 has changed since"):
        library.undo()


def test_redo_is_refused_when_a_row_has_changed_since(library):
    add(library, "Wren")
    library.undo()
    behind_the_back(library, "INSERT INTO author (id, surname, forename) VALUES (1, 'W', 'X')")
    with pytest.raises(Conflict, match="“Add Wren” cannot be done again: “X W” has changed since"):
        library.redo()


def test_unique_columns_that_were_swapped_are_swapped_back(library):
    with library.change("Add") as change:
        change.insert("book", title="A", shelf=1)
        change.insert("book", title="B", shelf=2)
    with library.change("Swap") as change:
        change.update("book", 1, shelf=None)
        change.update("book", 2, shelf=1)
        change.update("book", 1, shelf=2)
    library.undo()
    assert library.column("SELECT shelf FROM book ORDER BY id") == [1, 2]
    library.redo()
    assert library.column("SELECT shelf FROM book ORDER BY id") == [2, 1]


def test_taking_back_a_row_does_not_take_along_what_names_it(library):
    """With foreign keys on, putting an author back would first delete the books."""
    author = add(library, "Wren")
    with library.change("Add a book") as change:
        change.insert("book", author=author, title="Nests")
    with library.change("Rename") as change:
        change.update("author", author, surname="Finch")
    library.undo()
    assert surnames(library) == ["Wren"]
    assert library.column("SELECT author FROM book") == [author]
    assert library.value("PRAGMA foreign_keys") == 1


def test_a_row_that_others_still_need_is_not_taken_back(library):
    author = add(library, "Wren")
    behind_the_back(library, "INSERT INTO book (id, author, title) VALUES (9, ?, 'N')", [author])
    with pytest.raises(Conflict, match="“Add Wren” cannot be undone: book 9 still needs it"):
        library.undo()
    assert surnames(library) == ["Wren"]


def test_a_row_does_not_come_back_without_what_it_names(library):
    author = add(library, "Wren")
    with library.change("Add a book") as change:
        change.insert("book", author=author, title="Nests")
    with library.change("Delete a book") as change:
        change.delete("book", 1)
    behind_the_back(library, "DELETE FROM author")
    with pytest.raises(Conflict, match="“Delete a book” cannot be undone: book 1 still needs it"):
        library.undo()
    assert library.value("SELECT count(*) FROM book") == 0


def test_every_kind_of_value_comes_back_as_it_was(library):
    cover = bytes(range(256)) * 10
    with library.change("Add") as change:
        change.insert("book", title="Łódź „\n\x00”", shelf=-(2**62), price=0.1, cover=cover)
        change.insert("book", title="", price=1e300, cover=b"")
        change.insert("book", title="💡")
    before = snapshot(library)
    with library.change("Change") as change:
        change.update("book", 1, title="x", shelf=None, price=None, cover=None)
        change.update("book", 2, cover=b"other")
        change.delete("book", 3)
    after = snapshot(library)
    library.undo()
    assert snapshot(library) == before
    library.redo()
    assert snapshot(library) == after
    library.undo()
    assert verdict(library).ok


def test_the_search_follows(library):
    with library.change("Add") as change:
        change.insert("author", surname="Wren")
    with library.change("Rename") as change:
        change.update("author", 1, surname="Finch")
    library.undo()
    assert (library.search("author", "wren"), library.search("author", "finch")) == ([1], [])
    library.redo()
    assert (library.search("author", "wren"), library.search("author", "finch")) == ([], [1])
    library.undo()
    library.undo()
    assert library.search("author", "wren") == []


def test_an_import_of_thousands_is_one_step(library):
    add(library, "Finch")
    with library.change("Bring in the list") as change:
        change.insert_many("author", ({"surname": f"Wren{n}"} for n in range(3000)))
        change.update("author", 1, surname="Heron")
    assert library.undo() == "Bring in the list"
    assert surnames(library) == ["Finch"]
    assert library.search("author", "wren") == []
    assert library.search("author", "finch") == [1]
    library.redo()
    assert len(library.search("author", "wren")) == 3000
    assert verdict(library).ok


def test_links_and_attachments_go_and_come_back(library):
    with library.change("Add") as change:
        author = change.insert("author", surname="Wren")
        scan = change.attach(b"a scan", "scan.txt", "text/plain")
        change.link(Ref("author", author), Ref("attachment", scan), "portrait")
    library.undo()
    assert library.value("SELECT count(*) FROM attachment") == 0
    assert library.value("SELECT count(*) FROM link") == 0
    library.redo()
    assert library.attachment(scan) == b"a scan"


def test_what_was_erased_is_not_undone(library):
    with library.change("Add two") as change:
        ids = change.insert_many("author", [{"surname": "Wren"}, {"surname": "Finch"}])
    with library.change("Forget Wren") as change:
        change.delete("author", ids[0])
        change.erase("author", ids[:1])
    with pytest.raises(Conflict, match="“Add two” cannot be undone: what it needs was erased"):
        library.undo()
    assert surnames(library) == ["Finch"]


def test_a_change_of_the_same_row_after_an_erasure_can_be_undone(library):
    add(library, "Wren")
    with library.change("Forget Wren") as change:
        change.update("author", 1, surname="Erased")
        change.erase("author", [1])
    with library.change("Rename") as change:
        change.update("author", 1, surname="Still erased")
    assert library.undo() == "Rename"
    assert surnames(library) == ["Erased"]
    assert verdict(library).ok


def test_what_could_be_undone_or_done_again_can_be_asked(library):
    assert undo.undoable(library.database) is None
    assert undo.redoable(library.database) is None
    add(library, "Wren")
    assert undo.undoable(library.database) == (1, "Add Wren")
    library.undo()
    assert undo.undoable(library.database) is None
    assert undo.redoable(library.database) == (1, "Add Wren")


def test_a_file_copied_before_is_undone_from_its_own_log(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        add(store, "Wren")
    copy = tmp_path / "Copy.branch"
    shutil.copy(path, copy)
    with opening(path, key) as store:
        add(store, "Finch")
    with opening(copy, key) as store:
        assert store.undo() == "Add Wren"


def kept_up(store, said):
    """Write the same into every author, as what follows from the day alone would be."""
    with store.upkeep("Upkeep") as change:
        for each in store.column("SELECT id FROM author"):
            change.update("author", each, phone=said)


def test_upkeep_is_no_step_and_makes_room_for_those_there_are(library):
    add(library, "Wren")
    kept_up(library, "1")
    add(library, "Finch")
    kept_up(library, "2")
    assert library.undo() == "Add Finch"
    assert library.rows("SELECT surname, phone FROM author") == [{"surname": "Wren", "phone": "1"}]
    assert library.undo() == "Add Wren"
    assert surnames(library) == []
    kept_up(library, "3")
    assert library.redo() == "Add Wren"
    assert library.redo() == "Add Finch"
    assert library.column("SELECT phone FROM author") == ["2", "2"]
    with pytest.raises(Conflict, match="nothing to redo"):
        library.redo()
    assert verdict(library).ok


def test_where_undo_is_refused_the_upkeep_above_it_stays(library):
    add(library, "Wren")
    kept_up(library, "1")
    behind_the_back(library, "UPDATE author SET forename = 'Jenny'")
    with pytest.raises(Conflict, match="changed since"):
        library.undo()
    assert library.value("SELECT phone FROM author") == "1"
    assert library.value("SELECT count(*) FROM audit_entry") == 2


def test_upkeep_of_nothing_leaves_no_entry(library):
    kept_up(library, "1")
    assert library.value("SELECT count(*) FROM audit_entry") == 0
