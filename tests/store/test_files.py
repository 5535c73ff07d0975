"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from branch_desk.store import files
from branch_desk.store.errors import AlreadyExists, DiskFull, NotFound


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_file_is_written_and_nothing_else_is_left(tmp_path):
    files.write_whole(tmp_path / "pack.pdf", b"all of it")
    assert (tmp_path / "pack.pdf").read_bytes() == b"all of it"
    assert names_in(tmp_path) == ["pack.pdf"]


def test_one_that_is_there_stays_unless_forced(tmp_path):
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"older")
    with pytest.raises(AlreadyExists, match=r"already a file “pack\.pdf”"):
        files.write_whole(path, b"newer")
    assert path.read_bytes() == b"older"
    files.write_whole(path, b"newer", force=True)
    assert path.read_bytes() == b"newer"


def test_the_older_one_stays_if_the_disk_fills(tmp_path, monkeypatch):
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"older")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        files.write_whole(path, b"newer", force=True)
    assert path.read_bytes() == b"older"
    assert names_in(tmp_path) == ["pack.pdf"]


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(NotFound):
        files.write_whole(tmp_path / "gone" / "pack.pdf", b"x")


def test_where_a_folder_cannot_be_made_safe_the_file_still_is(tmp_path, monkeypatch):
    """Windows does not open folders."""
    real = os.open

    def refuse(path, *args, **kwargs):
        if Path(path) == tmp_path:
            raise PermissionError
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    files.write_whole(tmp_path / "pack.pdf", b"all of it")
    assert (tmp_path / "pack.pdf").read_bytes() == b"all of it"
