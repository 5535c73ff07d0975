"""The real main window on the demo branch, on Monday 18 May 2026."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from shiboken6 import isValid

from branch_desk import app, machine
from branch_desk.demo import story
from branch_desk.slices import SLICES
from branch_desk.store.store import Store

ON = date(2026, 5, 18)
NOW = datetime(2026, 5, 18, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo branch, built once, and the key it opens with."""
    folder = tmp_path_factory.mktemp("demo")
    path = story.build(folder, seed=1, on=ON, progress=lambda _: None)
    with Store.open(
        path, story.PASSPHRASE, SLICES, clock=lambda: NOW, random=Random(1), actor="Secretary"
    ) as store:
        return path, store.key


@pytest.fixture
def window(demo, look, remembered, qtbot, tmp_path, monkeypatch):
    """The main window on a copy of the demo branch, with the Today page in front."""
    from branch_desk.desk.window import Window

    monkeypatch.setattr(machine, "clock", lambda: NOW)
    app.warm().answer()  # as the program does once its first page is shown
    made = Window(app.program(), look, remembered)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_store(app.open_branch(shutil.copy(demo[0], tmp_path / "demo.branch"), demo[1]))
    yield made
    if isValid(made):
        made.close()
    qtbot.waitUntil(lambda: not isValid(made) or not made.isVisible(), timeout=20_000)
