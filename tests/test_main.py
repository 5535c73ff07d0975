"""`python -m branch_desk` is the command `branch-desk`."""

from __future__ import annotations

import runpy
import sys

import pytest

from branch_desk import start


def test_the_package_run_as_a_program_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["branch-desk", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("branch_desk", run_name="__main__")
    assert ended.value.code == 0
    assert "Run the desk of a branch secretary" in capsys.readouterr().out


def test_the_package_merely_looked_at_runs_nothing():
    assert runpy.run_module("branch_desk.__main__", run_name="looked_at")["main"] is start.main
