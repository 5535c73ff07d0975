"""A window with a field in it, and somewhere else to go."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget


@pytest.fixture
def kept():
    return []


@pytest.fixture
def beside(qtbot):
    """A window with a field, and something else to go to."""

    windows = []

    def make(field):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(field)
        other = QLineEdit()
        column.addWidget(other)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return other

    yield make
    windows.clear()
