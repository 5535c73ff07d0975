import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
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
    monkeypatch.setattr(QMessageBox, "exec", lambda _: 0)
    monkeypatch.setattr(
        QMessageBox,
        "clickedButton",
        lambda self: next(each for each in self.buttons() if each.text() == "Save report…"),
    )
    saved = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    bugs.catch()
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    assert "ValueError" in saved.read_text("utf-8")
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Okafor" not in said
    monkeypatch.setenv(bugs.WHOLE, "1")
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    assert "Okafor" in capsys.readouterr().err
    assert QPoint(0, 0) == QPoint()


def test_a_bug_is_shown_where_nothing_can_be_printed_and_needs_no_report(desk, monkeypatch):
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.detailedText()))
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda _: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stderr", None)
    bugs.catch()
    sys.excepthook(ValueError, ValueError("no Ada Okafor"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(shown) == 1
    assert "Okafor" not in shown[0]
