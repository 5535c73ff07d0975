"""The list of what each page can do says what the pages say."""

import importlib.util
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from branch_desk.desk.actions import FILE
from branch_desk.resources import resource

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "commands.py"


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("commands_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_is_that_of_the_pages(script, session):
    made = script.written(script.listed(session))
    assert resource(FILE).read_text("utf-8") == made, "run `make commands`"


def test_every_command_has_a_name_and_every_shortcut_can_be_typed(script, session):
    for page, commands in script.listed(session).items():
        names = [name for name, _ in commands]
        assert all(names), page
        assert len(names) == len(set(names)), page
        assert all(QKeySequence(keys).count() == 1 for _, keys in commands if keys), page
