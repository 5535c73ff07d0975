"""The power goes in the middle of work: what was ticked as stored is there afterwards."""

import shutil
import signal
import subprocess
import sys

import pytest

from branch_desk import app
from branch_desk.members import records
from branch_desk.store import backup

TYPING = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from branch_desk import app
from branch_desk.desk.forms import Line
from branch_desk.desk.remembered import Remembered
from branch_desk.desk.theme import Look
from branch_desk.desk.window import Window
from pathlib import Path

qt = QApplication(sys.argv)
window = Window(app.program(), Look(qt, "light"), Remembered())
window.show()
window.show_store(app.open_branch(Path(sys.argv[1]), "demo"))
window.show_page("Members")
QTest.qWait(400)
page = window.workspace.page
line = next(f for f in page.findChildren(Line) if f.isVisible() and f.name == "Surname")
line.stored.connect(lambda text: print("ticked", page.table.current_id(), text, flush=True))
for number in range(10_000):
    line.edit.setFocus()
    line.edit.selectAll()
    QTest.keyClicks(line.edit, f"Killed{number}")
    line.leave()
    QApplication.processEvents()
"""


@pytest.mark.parametrize("times", [1, 7])
def test_what_was_ticked_before_the_program_was_killed_is_in_the_file(demo, tmp_path, times):
    path = shutil.copy(demo[0], tmp_path / "demo.branch")
    window = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", "BRANCH_DESK_SETTINGS": str(tmp_path / "set")},
    )
    ticked = [window.stdout.readline() for _ in range(times)]
    window.send_signal(signal.SIGKILL)
    rest, _ = window.communicate()
    ticked += rest.splitlines()
    _, member, text = [line for line in ticked if line.startswith("ticked")][-1].split()
    with app.open_branch(path, demo[1]) as store:
        kept = records.get(store, int(member)).surname
        assert int(kept.removeprefix("Killed")) >= int(text.removeprefix("Killed"))
        found = backup.verify(store)
        assert (found.integrity, found.log) == ("ok", "ok")
