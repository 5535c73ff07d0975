"""The command `branch-desk`: the window at once where no more is asked for, else a command."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Open the window where no more is asked for, and load the command line only for the rest."""
    words = sys.argv[1:]
    if not _window_alone(words):
        from branch_desk import cli

        cli.main()
        return
    try:
        from branch_desk import app

        code = app.main(Path(words[0]) if words else None)
    except Exception as error:  # noqa: BLE001 - the last resort, told as the command line tells it
        from branch_desk import console

        code = console.failed(error, as_json=False)
    sys.exit(code)


def _window_alone(words: list[str]) -> bool:
    """Whether there is nothing but a branch file, or nothing; no shell asks for completions."""
    if "_BRANCH_DESK_COMPLETE" in os.environ:
        return False
    return not words or (
        len(words) == 1 and words[0].endswith(".branch") and Path(words[0]).exists()
    )
