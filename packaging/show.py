"""Open the demo branch in the window where there is a screen, else say that there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def has_screen() -> bool:
    """Tell whether a window could be shown to somebody."""
    return sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def main(path: str) -> int:
    """Open the window and wait until it is closed."""
    if not has_screen():
        print("There is no screen here, so the window stays shut. It opens with:")
        print(f"  .venv/bin/branch-desk {path}")
        return 0
    command = Path(sys.executable).with_name("branch-desk")
    known = {**os.environ, "BRANCH_DESK_PASSPHRASE": "demo"}
    return subprocess.run([str(command), path], env=known, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
