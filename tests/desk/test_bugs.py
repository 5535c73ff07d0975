import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
)

from branch_desk import app
from branch_desk.desk import bugs
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


# The way in


def test_a_bug_is_reported_without_anybodys_data(qtbot, monkeypatch, tmp_path, capsys):
    def broken(name):
        raise ValueError(f"no {name}")

    try:
        broken("Ada Okafor")
    except ValueError as error:
        text = bugs.report(type(error), error.__traceback__)
    assert "ValueError" in text
    assert "test_bugs.py, line" in text
    assert "Okafor" not in text
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    bugs.catch()
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Okafor" not in said
    monkeypatch.setenv(bugs.WHOLE, "1")
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    assert "Okafor" in capsys.readouterr().err
    told().close()


def told():
    """The box that tells of a bug; there is never more than one."""
    boxes = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QMessageBox) and each.isVisible() and each.objectName() == bugs.BOX
    ]
    assert len(boxes) == 1
    return boxes[0]


def test_a_bug_is_shown_without_stopping_the_program_and_its_report_can_be_saved(
    desk, monkeypatch, tmp_path, choosing, qtbot
):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stderr", None)
    bugs.catch()
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    sys.excepthook(ValueError, ValueError("again"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "Okafor" not in told().detailedText()
    saved = tmp_path / "report.txt"
    choosing(saved)
    save = next(each for each in told().buttons() if each.text() == "Save report…")
    qtbot.mouseClick(save, LEFT)
    assert "ValueError" in saved.read_text("utf-8")


def test_a_report_that_cannot_be_saved_is_asked_for_another_place(
    desk, monkeypatch, tmp_path, choosing, qtbot
):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stderr", None)
    bugs.catch()
    sys.excepthook(ValueError, ValueError(), None)
    choosing(tmp_path / "nowhere" / "report.txt")
    save = next(each for each in told().buttons() if each.text() == "Save report…")
    qtbot.mouseClick(save, LEFT)
    box = QApplication.activeModalWidget()
    assert box.windowTitle() == "Save the report"
    choosing(tmp_path / "report.txt")
    qtbot.mouseClick(next(e for e in box.buttons() if e.text() == "Choose another place…"), LEFT)
    assert (tmp_path / "report.txt").exists()


def test_a_bug_without_any_window_is_shown_all_the_same(qapp, monkeypatch, look):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stderr", None)
    bugs.catch()
    sys.excepthook(ValueError, ValueError(), None)
    told().close()
