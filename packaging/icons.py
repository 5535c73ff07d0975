"""Bring the icons the desk uses from their npm package, with their licence.

Run `python packaging/icons.py` after adding a name; it needs npm. What is not named is deleted.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "lucide-static@1.62.0"
ICONS = [
    "arrow-left",
    "arrow-right",
    "bold",
    "book-open",
    "calendar-check",
    "calendar-days",
    "calendar-plus",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-alert",
    "compass",
    "dices",
    "eye",
    "eye-off",
    "file-down",
    "file-plus",
    "file-text",
    "file-up",
    "folder-open",
    "heading",
    "history",
    "image",
    "italic",
    "keyboard",
    "landmark",
    "link",
    "list",
    "list-ordered",
    "lock",
    "lock-open",
    "mail",
    "mail-plus",
    "newspaper",
    "paperclip",
    "pencil",
    "plus",
    "printer",
    "scroll-text",
    "search",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "upload",
    "user-plus",
    "users",
    "x",
    "zoom-in",
    "zoom-out",
]
FOLDER = Path(__file__).parent.parent / "resources" / "icons"


def main() -> int:
    """Fetch the package, copy what is named, take out what is not."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            package.extractall(folder, filter="data")
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.svg"):
            old.unlink()
        for name in ICONS:
            text = (Path(folder) / "package/icons" / f"{name}.svg").read_text("utf-8")
            (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")
        licence = (Path(folder) / "package/LICENSE").read_text("utf-8")
        (FOLDER / "LICENSE").write_text(licence, encoding="utf-8")
    print(f"{len(ICONS)} icons in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
