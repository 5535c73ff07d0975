"""Packages whose parts are loaded when first asked for give all they promise."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from branch_desk import lazily
from branch_desk.correspondence import records as correspondence
from branch_desk.desk import forms, page
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions


def parts(package):
    return iter_modules(package.__path__)


@pytest.mark.parametrize("package", [forms, page, correspondence, meetings, members, motions])
def test_every_name_a_package_promises_is_there(package):
    modules = {
        each.name: import_module(f"{package.__name__}.{each.name}") for each in parts(package)
    }
    for name in package.__all__:
        assert getattr(package, name) is not modules.get(name, ...), "a module is in its place"


def test_what_it_does_not_have_is_said():
    found = lazily.parts("branch_desk", {"machine": "clock"})
    with pytest.raises(AttributeError, match="has no attribute 'clocks'"):
        found("clocks")


def test_a_part_is_not_loaded_before_it_is_asked_for():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from branch_desk.meetings import records\n"
                "print('branch_desk.meetings.records.pack' in sys.modules)\n"
                "records.pack_data\n"
                "print('branch_desk.meetings.records.pack' in sys.modules)"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]
