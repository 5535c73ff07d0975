"""Resolve the two lock files: hashed requirements, with no address of an index in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Tried with this program: newer ones are let in by hand, after the tests and a look.
TESTED = ("pyside6-essentials==6.11.3",)


def resolve(extra: str, lock: Path) -> None:
    """Write one lock file for every Python and system the project supports."""
    subprocess.run(  # noqa: S603 -- the words are this script's own
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--no-emit-find-links", "--constraints", "-"),
            *("--extra", extra, "--no-emit-package", "branch-desk"),
            *("--output-file", str(lock), "pyproject.toml"),
        ],
        input="\n".join(TESTED).encode(),
        cwd=ROOT,
        check=True,
    )


if __name__ == "__main__":
    resolve("setup", ROOT / "packaging/lock.txt")
    resolve("dev", ROOT / "packaging/lock-dev.txt")
