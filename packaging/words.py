"""Bring the words passphrases are drawn from out of their Python package.

Run `python packaging/words.py`; the list's own licence stands beside it in `resources/words/`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "xkcdpass==1.30.0"
INSIDE = "xkcdpass/static/eff-long"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "words" / "eff-long.txt"


def main() -> int:
    """Fetch the package and copy the one list."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "-d",
            folder,
            PACKAGE,
        ]
        subprocess.run(command, check=True)  # noqa: S603
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as package:
            words = package.read(INSIDE)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(words)
    print(f"{len(words.split()):,} words in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
