"""Hold the floors of coverage: all of the store and of every slice's rules, 95 % of the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOOR = 95.0


def floor(path: str) -> float:
    """Give the share of lines and branches a file must have run in the tests."""
    room = Path(path).parts
    return 100.0 if room[1] == "store" or "rules" in Path(path).with_suffix("").parts else FLOOR


def main() -> int:
    """Print each file that stands below its floor; 1 where there is one."""
    coverage = (sys.executable, "-m", "coverage")
    report = ROOT / "build/coverage.json"
    report.parent.mkdir(exist_ok=True)
    subprocess.run([*coverage, "json", "-q", "-o", str(report)], cwd=ROOT, check=True)  # noqa: S603
    found = json.loads(report.read_text())
    files = {name.replace("\\", "/"): each for name, each in found["files"].items()}
    below = [
        f"{name}: {each['summary']['percent_covered']:.1f} %, floor {floor(name):.0f} %"
        f"; lines {each['missing_lines']}, branches {each.get('missing_branches', [])}"
        for name, each in files.items()
        if each["summary"]["percent_covered"] < floor(name)
    ]
    total = found["totals"]["percent_covered"]
    print(*below, f"Coverage with branches: {total:.1f} %, {len(below)} files below", sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
