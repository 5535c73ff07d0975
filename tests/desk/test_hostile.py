"""Names are read as they stand everywhere: Qt takes them for markup unless told otherwise."""

from contextlib import suppress

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget

from branch_desk.branch import records as branch
from branch_desk.desk import ask, kit
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.store.errors import Conflict

PAGES = ("Today", "Members", "Meetings", "Motions", "Letters", "Leaflets", "Branch")
EVIL = '<b>Bold</b> <img src="file:///etc/passwd"> O\'Brien & Sons'


def settle(window, qtbot):
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.session.workers.idle, timeout=20_000)


def is_markup(text: str) -> bool:
    """Whether a text that came from a file would be drawn as markup."""
    return "<b>Bold" in text or "<img" in text


def interpreted(root: QWidget) -> list[str]:
    """Everything under a window that would draw a name as markup."""
    found = []
    for each in [root, *root.findChildren(QWidget)]:
        if is_markup(each.toolTip()):
            found.append(f"tool tip of {type(each).__name__}: {each.toolTip()}")
        plain = Qt.TextFormat.PlainText
        if isinstance(each, QLabel) and is_markup(each.text()) and each.textFormat() != plain:
            found.append(f"label in {type(each.parent()).__name__}: {each.text()}")
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            found += _tips(each)
    return found


def _tips(view: QAbstractItemView) -> list[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    return [
        f"tool tip of a cell in {type(view).__name__}: {tip}"
        for row in range(min(model.rowCount(), 400))
        for column in range(columns)
        if is_markup(tip := str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""))
    ]


@pytest.fixture
def hostile(window, qtbot):
    """The demo branch with names that nobody has, in every place a name is shown."""
    store = window.session.store
    settle(window, qtbot)
    branch.set_details(store, name=EVIL)
    for member in members.ids(store)[:12]:
        members.change_details(store, member, surname=EVIL, forename=EVIL)
    for each in motions.ids(store):
        with suppress(Conflict):  # what was voted on stays as it was
            motions.change_details(store, each, title=EVIL)
    for each in meetings.ids(store):
        meetings.change_details(store, each, place=EVIL)
        for item in meetings.agenda(store, each)[:6]:
            meetings.change_item(store, item.id, title=EVIL)
    settle(window, qtbot)
    return window


@pytest.mark.parametrize("page", PAGES)
def test_no_page_takes_a_name_for_markup(hostile, qtbot, page):
    hostile.show_page(page)
    settle(hostile, qtbot)
    for tabs in hostile.stack.findChildren(QWidget):
        if tabs.metaObject().className() == "QTabBar" and tabs.isVisible():
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                settle(hostile, qtbot)
                assert interpreted(hostile) == []
    assert interpreted(hostile) == []


def test_nothing_said_takes_a_name_for_markup(hostile, qtbot):
    session = hostile.session
    session.said.emit(EVIL)
    session.undoable.emit(EVIL)
    session.failed.emit(EVIL)
    ask.confirm(hostile, EVIL, EVIL, EVIL, lambda: None)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert interpreted(box) == []
    box.close()
    hostile.go_to_anything()
    qtbot.keyClicks(QApplication.focusWidget(), "Bold")
    settle(hostile, qtbot)
    assert interpreted(hostile) == []


def test_a_tool_tip_shows_markup_as_it_was_written():
    assert "<b>" not in kit.tip(EVIL)
    assert "&lt;b&gt;" in kit.tip(EVIL)
    assert kit.tip("Ada Okafor") == "Ada Okafor"
    act = QAction(EVIL)
    assert not is_markup(kit.press(act).toolTip())
