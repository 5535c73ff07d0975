"""What is installed from a wheel is the whole program, with everything it needs beside its code."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(*words, **more) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target), cwd=ROOT)
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_carries_fonts_icons_layouts_and_manual(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("fonts", "icons", "layouts", "theme", "demo", "manual"):
        assert any(name.startswith(f"branch_desk/_resources/{folder}/") for name in names), folder
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_installed_wheel_builds_the_demo_branch_and_prints_its_papers(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = "import branch_desk, sys; sys.path[:] = [p for p in sys.path if p]; "
    code += "print(branch_desk.__file__); from branch_desk.cli import main; main()"
    # The wheel's copy stands before the checkout's on the path, from a folder apart from both.
    environment = {**os.environ, "PYTHONPATH": str(site), "BRANCH_DESK_PASSPHRASE": ""}
    words = (sys.executable, "-c", code, "demo", "out", "--members", "40", "--on", "2026-05-14")
    said = run(*words, cwd=tmp_path, env=environment)
    assert said.splitlines()[0] == str(site / "branch_desk" / "__init__.py")
    assert (tmp_path / "out" / "demo.branch").stat().st_size > 4096
    assert len(list((tmp_path / "out" / "papers").glob("*.pdf"))) >= 8
