"""The real main window with no branch open, and one with a fresh branch on its desk."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from branch_desk import app
from branch_desk.desk.window import Window


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
def desk(window, branch_file, template, quiet):
    window.show_store(app.open_branch(branch_file, template[1]))
    quiet()
    return window


@pytest.fixture
def quiet(window, qtbot):
    """Wait until nothing more is to be answered, on the desk or before it."""

    def wait():
        for _ in range(2):
            QApplication.processEvents()
            qtbot.waitUntil(
                lambda: (
                    window._workers.idle and (window.session is None or window.session.workers.idle)
                ),
                timeout=8_000,
            )

    return wait


@pytest.fixture
def screen(window, qtbot):
    """The screen that is shown; or wait until one of a kind is."""

    def shown(kind=None):
        if kind is not None:
            qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), kind), timeout=8_000)
        return window.stack.currentWidget()

    return shown


@pytest.fixture
def words_of():
    """What a widget says, in its labels that are seen."""
    return lambda widget: " ".join(
        each.text() for each in widget.findChildren(QLabel) if each.isVisible()
    )
