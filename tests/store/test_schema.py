import sqlite3

import pytest
import sqlite_utils

from branch_desk.store.schema import Reference, Schema, quoted, sql, version


@pytest.fixture
def database():
    made = sqlite_utils.Database(memory=True, execute_plugins=False)
    made.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, b TEXT, a BLOB) STRICT")
    made.execute(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, scan INTEGER REFERENCES attachment (id),"
        " parent INTEGER REFERENCES parent (id) ON DELETE CASCADE, attachment INTEGER,"
        " old_attachment INTEGER, twice INTEGER GENERATED ALWAYS AS (id * 2)) STRICT"
    )
    made.execute("CREATE TABLE attachment (id INTEGER PRIMARY KEY) STRICT")
    made.execute("CREATE TABLE audit_row (id INTEGER PRIMARY KEY) STRICT")
    made.execute("CREATE VIRTUAL TABLE search_parent USING fts5(text)")
    made.execute("CREATE VIEW everyone AS SELECT * FROM parent")
    yield made
    made.close()


def test_only_ordinary_tables_can_be_written(database):
    schema = Schema(database)
    assert set(schema.tables) == {"attachment", "child", "parent"}
    for name in ("audit_row", "search_parent", "search_parent_data", "everyone", "x"):
        with pytest.raises(LookupError, match="no table"):
            schema.table(name)


def test_a_table_tells_its_columns_in_order_without_generated_ones(database):
    parent, child = (Schema(database).table(name) for name in ("parent", "child"))
    assert (parent.columns, parent.id_at, parent.has_blobs) == (("a", "b", "id"), 2, True)
    assert child.columns == ("attachment", "id", "old_attachment", "parent", "scan")
    assert not child.has_blobs
    assert parent.select == 'SELECT "a", "b", "id" FROM "parent" '


def test_a_table_tells_what_it_names_and_what_names_it(database):
    schema = Schema(database)
    reference = Reference("child", "parent", "parent", "CASCADE")
    assert schema.table("parent").referenced == (reference,)
    assert set(schema.table("child").references) == {
        reference,
        Reference("child", "scan", "attachment", "NO ACTION"),
    }
    assert schema.table("child").attachments == ("attachment", "old_attachment", "scan")
    assert schema.table("parent").attachments == ()


def test_a_table_without_an_id_is_refused(database):
    database.execute("CREATE TABLE odd (name TEXT PRIMARY KEY) STRICT")
    with pytest.raises(LookupError, match="'odd' has no id"):
        Schema(database)


def test_the_version_changes_with_any_table(database):
    schema = Schema(database)
    assert schema.version == version(database)
    database.execute("ALTER TABLE parent ADD COLUMN c TEXT")
    assert schema.version != version(database)


def test_names_are_quoted_whatever_is_in_them():
    assert quoted('a"; DROP TABLE b') == '"a""; DROP TABLE b"'
    assert sql("SELECT {x} FROM {t}", x=("a", 'b"'), t="c") == 'SELECT "a", "b""" FROM "c"'
    with sqlite3.connect(":memory:") as connection:
        name = 'odd "name" {x}'
        connection.execute(sql("CREATE TABLE {table} (id)", table=name))
        assert connection.execute("SELECT name FROM sqlite_master").fetchone() == (name,)
    connection.close()
