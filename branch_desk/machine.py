"""What the machine tells the window and the command line alike: the time, and who is there."""

from __future__ import annotations

import getpass
from datetime import datetime

PASSPHRASE_VARIABLE = "BRANCH_DESK_PASSPHRASE"  # noqa: S105 - the variable's name, not a secret


def clock() -> datetime:
    """Return the time now, whatever --on says: the log and the lock keep the machine's time."""
    return datetime.now().astimezone()


def actor() -> str:
    """Return who is at the keyboard, by their account's name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "command line"
