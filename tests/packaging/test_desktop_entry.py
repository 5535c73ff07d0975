import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

PACKAGING = Path(__file__).parents[2] / "packaging"
LINUX = PACKAGING / "linux"
PLACES = (
    "applications/branch-desk.desktop",
    "mime/packages/branch-desk.xml",
    "icons/hicolor/scalable/apps/branch-desk.svg",
)


def run(home, *words):
    return subprocess.run(
        [sys.executable, str(PACKAGING / "desktop_entry.py"), *words],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    ).returncode


def test_the_entry_opens_the_file_it_is_given_and_claims_the_type():
    entry = configparser.RawConfigParser()
    entry.optionxform = str
    entry.read_string((LINUX / "branch-desk.desktop").read_text("utf-8"))
    said = entry["Desktop Entry"]
    assert said["Exec"] == "branch-desk %f"
    assert said["Icon"] == said["StartupWMClass"] == "branch-desk"
    kind = (LINUX / "branch-desk.xml").read_text("utf-8")
    assert said["MimeType"] == re.search(r'mime-type type="([^"]+)"', kind)[1] + ";"
    assert '<glob pattern="*.branch"/>' in kind


def test_the_icon_can_be_drawn(qapp):
    picture = QImage(str(LINUX / "branch-desk.svg"))
    assert not picture.isNull()
    assert picture.pixelColor(64, 14).name() == "#1f6f54"


def test_it_is_put_in_its_places_and_taken_away_again(tmp_path):
    assert run(tmp_path) == 0
    assert all((tmp_path / place).is_file() for place in PLACES)
    assert run(tmp_path, "--remove") == 0
    assert not any((tmp_path / place).exists() for place in PLACES)
    assert run(tmp_path, "--nonsense") == 2
