"""From starting the process to the painted Today page, against a bare window with a table."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from branch_desk.demo.story import PASSPHRASE, build

pytestmark = [pytest.mark.bench, pytest.mark.long]
MEMBERS = 100_000
OURS = """
import sys
from pathlib import Path
from branch_desk import app
sys.exit(app.main(Path(sys.argv[1]), passphrase=sys.argv[2], painted=lambda: print("painted")))
"""
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

class Table(QTableWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted")
        QTimer.singleShot(0, window.close)

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Table(40, 8))
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    return build(folder, members=MEMBERS, seed=1, on=date(2026, 5, 14), progress=lambda _: None)


def start(tmp_path, *words):
    """Run a program to its end, its modules compiled before as they are once it is installed."""
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    home["PYTHONPYCACHEPREFIX"] = str(tmp_path / "compiled")
    environment = {**os.environ, **home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "painted" in done.stdout, done.stderr


def test_from_nothing_to_the_painted_today_page_on_100_000_members(crowd, tmp_path, compare):
    compare(
        f"Start to the painted Today page, {MEMBERS:,} members, against a bare window with a table",
        lambda: start(tmp_path, OURS, str(crowd), PASSPHRASE),
        lambda: start(tmp_path, BARE),
        goal=2.5,
        rounds=9,
    )
