"""Tell this user's desktop of the program: its menu entry, the type of branch files, its icon.

Run `python packaging/desktop_entry.py`, once `branch-desk` is on the path; a double click on a
`.branch` file then opens it. `--remove` takes everything away again. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

HERE = Path(__file__).resolve().parent / "linux"
PLACES = {
    "branch-desk.desktop": "applications",
    "branch-desk.xml": "mime/packages",
    "branch-desk.svg": "icons/hicolor/scalable/apps",
}
# What reads them, and where; a desktop without one reads the folders itself.
READERS = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def share() -> Path:
    """Return the folder of this user's own additions to the system."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def install(target: Path) -> None:
    """Copy everything to its place."""
    for name, place in PLACES.items():
        folder = target / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((HERE / name).read_bytes())


def remove(target: Path) -> None:
    """Take everything away again."""
    for name, place in PLACES.items():
        (target / place / name).unlink(missing_ok=True)


def tell(target: Path) -> None:
    """Let the desktop read what changed."""
    for program, place in READERS:
        found = which(program)
        if found and (target / place).is_dir():
            subprocess.run([found, str(target / place)], check=False)  # noqa: S603


def main(words: list[str]) -> int:
    """Install, or with `--remove` remove."""
    target = share()
    if words == ["--remove"]:
        remove(target)
    elif words:
        print(__doc__)
        return 2
    else:
        install(target)
    tell(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
