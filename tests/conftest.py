"""What every test stands on: a real encrypted branch file at a fixed hour."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from branch_desk.store.store import Store

if TYPE_CHECKING:
    from branch_desk.store.keys import RawKey
    from branch_desk.store.registry import Slice

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
