import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from branch_desk.desk import announce
from branch_desk.desk.toast import UNDO_SECONDS, Toasts
from branch_desk.members import records as members

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def place(qtbot):
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    QLineEdit(made).setFocus()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def toasts(place, session):
    made = Toasts(place, session)
    session.said.connect(made.say)
    session.undoable.connect(made.offer)
    return made


def add(store):
    return members.add(store, forename="Ada", surname="Okafor")


def test_what_was_done_is_said_at_the_foot_and_goes_by_itself(toasts, session, place, qtbot):
    session.said.emit("Backed up.")
    (shown,) = toasts.shown
    assert shown.isVisible()
    assert place.rect().contains(shown.geometry())
    assert shown.geometry().bottom() > place.height() - 40
    assert not shown.undo.isVisible()
    assert 3_000 <= shown._timer.interval() <= 10_000
    shown._timer.setInterval(1)
    shown._timer.start()
    qtbot.waitUntil(lambda: toasts.shown == [])


def test_undo_takes_back_that_change(toasts, session, store, qtbot, settled):
    add(store)
    session.undoable.emit("Added Ada Okafor")
    (shown,) = toasts.shown
    assert shown._timer.interval() >= UNDO_SECONDS * 1000
    qtbot.mouseClick(shown.undo, LEFT)
    settled()
    assert members.counts(store).total == 0
    assert [each.text.text() for each in toasts.shown] == ["Undone: Add a member"]


def test_undo_is_greyed_with_why_once_something_else_was_done(
    toasts, session, store, qtbot, settled
):
    add(store)
    session.undoable.emit("Added Ada Okafor")
    (shown,) = toasts.shown
    members.add(store, forename="Bryn", surname="Howells")
    settled()
    assert not shown.undo.isEnabled()
    assert "Something else" in shown.undo.toolTip()
    store.undo()
    settled()
    assert shown.undo.isEnabled()
    store.undo()
    shown.undo.click()
    assert not shown.undo.isEnabled()
    assert members.counts(store).total == 0


def test_it_stays_under_the_pointer_and_the_focus(toasts, session, store, qtbot, place):
    add(store)
    session.undoable.emit("Added Ada Okafor")
    (shown,) = toasts.shown
    shown.undo.setFocus()
    qtbot.waitUntil(lambda: not shown._timer.isActive())
    place.findChild(QLineEdit).setFocus()
    qtbot.waitUntil(shown._timer.isActive)
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    shown._pointer = QPoint(-1, -1)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Enter))
    qtbot.waitUntil(lambda: not shown._timer.isActive())
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(shown._timer.isActive)


def test_several_stand_over_one_another_and_the_oldest_makes_room(toasts, session, place):
    for number in range(5):
        session.said.emit(f"Number {number}")
    assert [each.text.text() for each in toasts.shown] == ["Number 2", "Number 3", "Number 4"]
    tops = [each.y() for each in toasts.shown]
    assert tops == sorted(tops)
    rects = [each.geometry() for each in toasts.shown]
    assert not rects[0].intersects(rects[1])
    session.said.emit("Number 4")
    assert len(toasts.shown) == 3
    toasts.clear()
    assert toasts.shown == []


def test_a_long_text_is_wrapped_and_stays_inside(toasts, session, place):
    session.said.emit("Backed up and checked: /a/very/long/folder " * 8)
    (shown,) = toasts.shown
    assert place.rect().contains(shown.geometry())
    place.resize(420, 300)
    assert place.rect().contains(shown.geometry())
    assert shown.height() >= shown.text.heightForWidth(shown.text.width())


def test_it_is_read_out_and_can_be_closed(toasts, session, store, qtbot, monkeypatch):
    heard = []
    monkeypatch.setattr(announce.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        announce.QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    session.said.emit("Done.")
    add(store)
    session.undoable.emit("Added Ada Okafor")
    assert heard == ["Done.", "Added Ada Okafor Undo with Ctrl+Z."]
    close = next(
        each
        for each in toasts.shown[0].findChildren(QWidget)
        if each.accessibleName() == "Close this message"
    )
    qtbot.mouseClick(close, LEFT, pos=QPoint(5, 5))
    assert len(toasts.shown) == 1
