"""No name can be found as plain bytes in anything that is on the disk."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

NAMES = ("Brzęczyszczykiewicz", "Wolstenholme-Okereke", "Llewelyn Gwynfryn")
FORMS = [
    form for name in NAMES for form in (name.encode(), name.encode("utf-16-le"), name[1:9].encode())
]


def on_the_disk(*folders):
    """Every file in the folders, and every one this process has open, deleted ones too."""
    for folder in folders:
        for each in Path(folder).rglob("*"):
            if each.is_file():
                # A checkpoint in its own thread may take one away just now.
                with contextlib.suppress(FileNotFoundError):
                    yield each.name, each.read_bytes()
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            target = str(each.readlink())
            if any(target.startswith(str(folder)) for folder in folders):
                yield target, each.read_bytes()


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux's list of open files")
def test_no_name_is_in_file_log_lock_or_temporary_files_even_while_writing(
    small, temporary, tmp_path
):
    seen = set()

    def none_to_be_found():
        for name, content in on_the_disk(tmp_path, temporary):
            seen.add(name)
            for form in FORMS:
                assert form not in content, f"{form!r} in {name}"

    small.database.conn.execute("PRAGMA cache_size = 20")
    with small.change("Many") as change:
        rows = ({"surname": f"{NAMES[n % 3]} {n}", "id": n} for n in range(10, 12_000))
        change.insert_many("person", rows)
        change.attach(" ".join(NAMES).encode() * 20_000, f"{NAMES[0]}.txt", "text/plain")
        # A sort that is far larger than the page cache.
        with small.reading() as database:
            sort = database.conn.execute(
                "SELECT a.surname || b.id FROM person a, person b WHERE b.id < 30 ORDER BY 1 DESC"
            )
            assert sort.fetchone()[0].startswith(NAMES[1])
            none_to_be_found()
            sort.close()
        # Pages not yet committed are on the disk already.
        assert (tmp_path / "Highfield.branch-wal").stat().st_size > 200_000
        none_to_be_found()
    none_to_be_found()
    small.undo()
    none_to_be_found()
    small.checkpoint()
    none_to_be_found()
    small.change_passphrase("another one")
    small.close()
    none_to_be_found()
    assert {"Highfield.branch", "Highfield.branch-wal", ".Highfield.branch.lock"} <= seen
