"""A small slice of its own, so that tests of the store know no other."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from branch_desk.store.registry import Kind, Migrations, Slice
from branch_desk.store.store import Store

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def people_migrations():
    migrations = Migrations("people")

    @migrations()
    def m001_start(db):
        db.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, surname TEXT NOT NULL) STRICT")
        db.execute(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT,"
            " person INTEGER NOT NULL REFERENCES person (id)) STRICT"
        )

    return migrations


def people_slice(migrations):
    return Slice("people", migrations, (Kind("person", "person", "surname", ("surname",)),))


@pytest.fixture
def people():
    """The migrations of the small slice; a test may add to them."""
    return people_migrations()


@pytest.fixture
def opening():
    """Open a file with the small slice, or make one: `opening(path, key, migrations)`."""

    def opened(path, key, migrations=None, *, make=False):
        return (Store.create if make else Store.open)(
            path,
            key,
            [people_slice(migrations or people_migrations())],
            clock=lambda: NOW,
            random=Random(1),
            actor="tester",
        )

    return opened


@pytest.fixture(scope="session")
def small_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "Template.branch"
    with Store.create(
        path,
        "correct horse",
        [people_slice(people_migrations())],
        clock=lambda: NOW,
        random=Random(1),
        actor="tester",
    ) as made:
        with made.change("First") as change:
            person = change.insert("person", surname="Okonkwo")
            change.insert("note", person=person, body="Came by on Friday")
        return path, made.key


@pytest.fixture
def key(small_template):
    """The raw key of `closed` and `small`; their passphrase is "correct horse"."""
    return small_template[1]


@pytest.fixture
def closed(small_template, tmp_path):
    """A branch file with one person, which nobody has open."""
    return Path(shutil.copy(small_template[0], tmp_path / "Highfield.branch"))


@pytest.fixture
def small(closed, key, opening):
    """The same, open."""
    with opening(closed, key) as store:
        yield store
