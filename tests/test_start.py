"""A window does not wait for the commands; all else goes through them."""

from __future__ import annotations

import sys

import pytest

from branch_desk import app, cli, start


@pytest.fixture
def opened(monkeypatch):
    """What the window was opened on; it is closed at once."""
    files = []

    def main(file=None):
        files.append(file)
        return 3

    monkeypatch.setattr(app, "main", main)
    return files


def run(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["branch-desk", *words])
    with pytest.raises(SystemExit) as ended:
        start.main()
    return ended.value.code


def test_a_branch_file_alone_or_nothing_opens_the_window_without_the_command_line(
    opened, monkeypatch, tmp_path
):
    file = tmp_path / "Highfield.branch"
    file.touch()
    monkeypatch.setattr(cli, "main", lambda: pytest.fail("the command line was loaded"))
    assert run(monkeypatch) == 3
    assert run(monkeypatch, str(file)) == 3
    assert opened == [None, file]


def test_another_file_one_that_is_not_there_and_more_words_go_through_the_command_line(
    opened, monkeypatch, tmp_path, capsys
):
    file = tmp_path / "list.csv"
    file.touch()
    assert run(monkeypatch, str(file)) == 3
    assert opened == [file]
    assert run(monkeypatch, str(tmp_path / "Gone.branch")) == 2
    assert "There is no command and no file" in capsys.readouterr().err


def test_a_shell_that_asks_for_completions_gets_no_window(opened, monkeypatch):
    monkeypatch.setenv("_BRANCH_DESK_COMPLETE", "bash_source")
    assert run(monkeypatch) == 0
    assert opened == []


def test_a_failure_of_the_window_is_told_as_the_command_line_tells_it(monkeypatch, capsys):
    def fail(_):
        raise ZeroDivisionError

    monkeypatch.setattr(app, "main", fail)
    assert run(monkeypatch) == 1
    assert "Traceback" not in capsys.readouterr().err
