"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from branch_desk.store import files
from branch_desk.store.errors import (
    AlreadyExists,
    DiskFull,
    Invalid,
    NotAFile,
    NotFound,
    Unreadable,
)


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


def test_what_is_no_ordinary_file_or_too_large_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, why in ((tmp_path, "a folder"), ("pipe", "a device"), ("/dev/zero", "a device")):
        with pytest.raises(NotAFile, match=f"it is {why}, not a file"):
            files.read_whole(tmp_path / path)
    with pytest.raises(NotFound):
        files.read_whole(tmp_path / "none")
    (tmp_path / "list.csv").write_bytes(b"x" * 11)
    assert files.read_whole(tmp_path / "list.csv", most=11) == b"x" * 11
    with pytest.raises(Invalid, match=r"“list\.csv” is over 0 MB"):
        files.read_whole(tmp_path / "list.csv", most=10)


def test_links_in_a_circle_are_named(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(Unreadable, match="its links lead in a circle"):
        files.resolved(tmp_path / "a")
    (tmp_path / "c").symlink_to(tmp_path / "here")
    assert files.resolved(tmp_path / "c") == (tmp_path / "here").resolve()
