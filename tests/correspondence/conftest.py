"""Running the commands about letters on a real branch file."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from branch_desk.correspondence.commands import group


@pytest.fixture
def run(branch_file, monkeypatch):
    """Run a command of letters on the branch file: `run("list", "--json")`."""
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")

    def _run(command: str, *words: object):
        return CliRunner().invoke(
            group, [command, str(branch_file), *(str(word) for word in words)]
        )

    return _run
