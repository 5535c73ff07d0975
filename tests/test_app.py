import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
)

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.desk.window import Window

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SECRET = "correct horse"  # the template's


@pytest.fixture
def window(look, remembered, qtbot):
    made = Window(app.program(), look, remembered)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def desk(window, branch_file, template, qtbot):
    window.show_store(app.open_branch(branch_file, template[1]))
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    for _ in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(
            lambda: (
                window._workers.idle and (window.session is None or window.session.workers.idle)
            ),
            timeout=20_000,
        )


def screen(window):
    return window.stack.currentWidget()


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


# The process


def run_app(code, *words, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


PAINT = (
    "import sys; from pathlib import Path; from branch_desk import app;"
    "path = Path(sys.argv[1]) if len(sys.argv) > 1 else None;"
    "code = app.main(path, painted=lambda: print('painted'));"
    "heavy = {'reportlab', 'pikepdf', 'PIL', 'pypdfium2'} & set(sys.modules);"
    "print(code, sorted(heavy))"
)


def test_the_program_paints_the_first_page_and_loads_nothing_heavy(branch_file, tmp_path):
    done = run_app(
        PAINT,
        str(branch_file),
        BRANCH_DESK_PASSPHRASE=SECRET,
        BRANCH_DESK_SETTINGS=str(tmp_path / "settings"),
    )
    assert done.stdout.split("\n")[:2] == ["painted", "0 []"], done.stderr
    assert done.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""


def test_the_program_asks_for_a_passphrase_it_was_not_given(branch_file, tmp_path):
    done = run_app(
        PAINT,
        str(branch_file),
        BRANCH_DESK_PASSPHRASE="wrong",
        BRANCH_DESK_SETTINGS=str(tmp_path / "s"),
    )
    assert done.stdout.split("\n")[:2] == ["painted", "0 []"], done.stderr


@pytest.fixture
def program(monkeypatch, tmp_path, qapp):
    """Run the program in this process, as often as a test likes, and put back what it changes."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("BRANCH_DESK_SETTINGS", str(tmp_path / "settings"))
    before = sys.getswitchinterval()

    def run(*paths, **words):
        painted = []
        assert app.main(*paths, painted=lambda: painted.append(1), **words) == 0
        assert painted == [1]

    yield run
    sys.setswitchinterval(before)
    gc.enable()
    gc.unfreeze()


@pytest.mark.parametrize("secret", [SECRET, "wrong", None])
def test_the_program_opens_on_a_file_with_or_without_its_passphrase(program, branch_file, secret):
    program(branch_file, passphrase=secret)
    assert gc.isenabled()


def test_the_program_opens_on_the_doors_and_then_on_the_last_file(program, branch_file):
    program()
    program(branch_file, passphrase=SECRET)
    program()


def test_a_file_that_cannot_be_made_into_a_branch_is_left_closed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("no")

    monkeypatch.setattr(branch, "set_details", refuse)
    path = tmp_path / "New.branch"
    with pytest.raises(RuntimeError, match="no"):
        app.create_branch(path, SECRET, "Highfield")
    app.open_branch(path, SECRET).close()


def test_a_locked_desk_takes_the_passphrase_at_once(desk):
    desk.lock()
    assert desk.stack.currentWidget().passphrase.isAncestorOf(desk.focusWidget())


def test_what_the_other_pages_are_made_of_is_loaded_beside_the_first():
    code = (
        "import sys; from branch_desk import app\n"
        "app.warm().answer()\n"
        "pages = [place.partition(':')[0] for *_, place in app.PAGES]\n"
        "print([page for page in pages if page not in sys.modules])\n"
        "print([each for each in ('reportlab', 'pikepdf', 'PIL') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
