"""What every test stands on: a real encrypted branch file at a fixed hour."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from branch_desk.store.store import Store

if TYPE_CHECKING:
    from branch_desk.store.keys import RawKey
    from branch_desk.store.registry import Slice

# How long one random example may take is no promise: a busy machine is slow at times. What fails is
# printed so that it can be tried again.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("unhurried")

# Windows are tried without a screen, and remember nothing outside the test's own folder.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
PASSPHRASE = "correct horse"


def hands() -> dict[str, object]:
    """Who opens a file in a test, and when: the same chance each time."""
    return {"clock": lambda: NOW, "random": Random(1), "actor": "tester"}


def slices() -> tuple[Slice, ...]:
    """Every slice; loaded when first wanted, so that tests of the store need none of them."""
    from branch_desk.slices import SLICES

    return SLICES


def new_store(path: Path) -> Store:
    return Store.create(path, PASSPHRASE, slices(), **hands())


def open_store(path: Path, key: str | RawKey) -> Store:
    return Store.open(path, key, slices(), **hands())


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> tuple[Path, RawKey]:
    """One migrated branch file, made once and copied for each test, and the key it opens with."""
    path = tmp_path_factory.mktemp("template") / "Template.branch"
    with new_store(path) as made:
        return path, made.key


@pytest.fixture
def branch_file(template, tmp_path) -> Path:
    """A fresh branch file that nobody has open; its passphrase is `PASSPHRASE`."""
    return Path(shutil.copy(template[0], tmp_path / "Highfield.branch"))


@pytest.fixture
def store(template, branch_file):
    """A fresh branch file, open; by its raw key, since deriving takes longer than most tests."""
    with open_store(branch_file, template[1]) as opened:
        yield opened


# For pages: imported when first wanted, so that tests of records need no Qt.


@pytest.fixture
def look(qapp):
    """The desk's look on the test's application."""
    from branch_desk.desk.theme import Look

    made = Look(qapp, "light")
    yield made
    made.set_percent(100)  # the application's letters stay as they were for the next test
    qapp.styleHints().colorSchemeChanged.disconnect(made.apply)
    made.deleteLater()


@pytest.fixture
def remembered(tmp_path, monkeypatch):
    """What the desk remembers outside a branch file, in a folder of this test's."""
    from branch_desk.desk.remembered import VARIABLE, Remembered

    monkeypatch.setenv(VARIABLE, str(tmp_path / "settings"))
    return Remembered()


@pytest.fixture
def session(store, look, remembered, qtbot):
    """A branch open on the desk; its workers are ended with the test."""
    from branch_desk.desk.session import Session
    from branch_desk.meetings import records

    made = Session(store, look, remembered, records.day_for_motion)
    yield made
    made.close()


@pytest.fixture
def shown(qtbot, session):
    """Build a page, show it at a size, and wait until it has read what it shows."""

    def show(kind, width=1180, height=740):
        page = kind(session)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.fresh()
        settle(qtbot, session)
        return page

    return show


@pytest.fixture
def settled(qtbot, session):
    """Wait until the lanes have nothing more to answer."""
    return lambda: settle(qtbot, session)


def settle(qtbot, session) -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    qtbot.waitUntil(lambda: session.workers.idle, timeout=20_000)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: session.workers.idle, timeout=20_000)


@pytest.fixture
def answering(monkeypatch, qtbot):
    """Answer the next question a page asks: fill the fields by their names, press the button.

    Returns the questions asked so far. A question that is refused stays open and is given up.
    """
    from PySide6.QtCore import Qt

    from branch_desk.desk.ask import Ask

    asked = []

    def answer(**texts):
        def execute(self):
            asked.append(self)
            self.show()
            for field in self.fields:
                if field.name in texts:
                    field.start(texts[field.name])
            qtbot.mouseClick(self.go, Qt.MouseButton.LeftButton)
            self.hide()
            return self.result()

        monkeypatch.setattr(Ask, "begin", execute)
        return asked

    return answer


@pytest.fixture
def choosing(monkeypatch):
    """Answer the next questions for a file or a folder with these paths."""
    from branch_desk.desk import ask

    def choose(*paths: Path):
        def chosen(dialog, then):
            dialog.deleteLater()
            then(list(paths))

        monkeypatch.setattr(ask, "_choose", chosen)

    return choose
