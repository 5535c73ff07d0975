"""Make `.venv`, install what the lock file names, and say in words what the machine lacks.

Runs on a bare Python 3.11 to 3.14, before anything is installed: the standard library only.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LOCKS = {"run": ROOT / "packaging/lock.txt", "dev": ROOT / "packaging/lock-dev.txt"}

# The Debian package that brings each library Qt loads and its wheel leaves out.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


def stop(sentence: str) -> None:
    """End with one sentence for whoever typed `make`."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def run(*words: str) -> None:
    """Run one step; a failure has already said why."""
    if subprocess.run(words, cwd=ROOT, check=False).returncode:  # noqa: S603 -- our own words
        stop("The set-up stopped at the step above; mend it and run the same command again.")


def make_venv() -> None:
    """Make the environment, unless a usable one is there."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        found = ".".join(map(str, sys.version_info[:2]))
        stop(f"Branch Desk needs Python 3.11 to 3.14; this is {found}. Try: make PYTHON=python3.11")
    if importlib.util.find_spec("ensurepip") is None:
        stop("Python's venv module is missing. Install it: sudo apt-get install python3-venv")
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", str(VENV))


def install(level: str) -> None:
    """Install the locked packages, then the project itself as it stands here."""
    pip = (str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--no-deps", "-r", str(LOCKS[level]))
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def check_qt() -> None:
    """Load Qt's widgets and name the package of any system library that is missing."""
    probe = "import PySide6.QtWidgets, PySide6.QtPrintSupport, PySide6.QtSvg"
    tried = subprocess.run(  # noqa: S603 -- our own words
        [str(PYTHON), "-c", probe], capture_output=True, text=True, check=False
    )
    if tried.returncode == 0:
        return
    missing = re.search(r"(lib[\w.+-]+\.so[.\d]*)", tried.stderr)
    if missing is None:
        stop("Qt could not be loaded: " + (tried.stderr.strip().splitlines() or ["no reason"])[-1])
        return
    packages = " ".join(sorted({QT_LIBRARIES.get(missing[1], ""), *QT_LIBRARIES.values()} - {""}))
    stop(
        f"Qt needs the system library {missing[1]}, which is not installed. "
        f"Install what Qt needs: sudo apt-get install {packages}"
    )


def main(level: str) -> None:
    """Set up for running the program ("run") or for working on it ("dev")."""
    make_venv()
    print(f"Setting up in .venv ({level}); the first time takes a minute or two.", flush=True)
    install(level)
    check_qt()
    for stamp in ("run", "dev") if level == "dev" else ("run",):
        (VENV / stamp).touch()


if __name__ == "__main__":
    main(sys.argv[1])
