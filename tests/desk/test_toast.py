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


def added(session, name="Ada Okafor"):
    """Add somebody as a page does, and say so."""
    forename, surname = name.split()
    session.deed(
        lambda: members.add(session.store, forename=forename, surname=surname),
        lambda _: session.undoable.emit(f"Added {name}"),
    )


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
    added(session)
    (shown,) = toasts.shown
    assert shown._timer.interval() >= UNDO_SECONDS * 1000
    qtbot.mouseClick(shown.undo, LEFT)
    settled()
    assert members.counts(store).total == 0
    assert [each.text.text() for each in toasts.shown] == ["Undone: Add a member"]


def test_undo_is_greyed_with_why_once_something_else_was_done(
    toasts, session, store, qtbot, settled
):
    added(session)
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
    added(session)
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


def test_the_newest_of_a_kind_takes_the_place_of_the_one_before(toasts, session, place):
    added(session)
    for number in range(3):
        session.said.emit(f"Number {number}")
    assert [each.text.text() for each in toasts.shown] == ["Added Ada Okafor", "Number 2"]
    above, below = (each.geometry() for each in toasts.shown)
    assert above.bottom() < below.top()
    added(session, "Bryn Howells")
    assert [each.text.text() for each in toasts.shown] == ["Added Bryn Howells"]
    toasts.clear()
    assert toasts.shown == []


def test_what_cannot_be_undone_any_more_goes_when_something_is_said(toasts, session, settled):
    added(session)
    session.undo()
    settled()
    assert [each.text.text() for each in toasts.shown] == ["Undone: Add a member"]


def test_a_deed_that_changed_nothing_offers_no_undo_of_another(toasts, session, store, settled):
    add(store)
    session.deed(lambda: None, lambda _: session.undoable.emit("Nothing was there to do"))
    (shown,) = toasts.shown
    assert shown.change is None
    assert not shown.undo.isVisible()
    added(session, "Bryn Howells")
    assert toasts.shown[0].change is not None
    session.undoable.emit("Said again, with no deed between")
    assert toasts.shown[-1].change is None
    assert members.counts(store).total == 2


def test_a_long_deed_offers_undo_of_its_own_change_only(toasts, session, store, qtbot, settled):
    add(store)
    for work, offered in ((lambda: None, False), (lambda: add(store), True)):
        toasts.clear()
        session.long_deed(
            "Adding", lambda _, do=work: do(), lambda _: session.undoable.emit("Added")
        )
        qtbot.waitUntil(lambda: bool(toasts.shown))
        assert (toasts.shown[0].change is not None) is offered
    settled()


def test_undo_leaves_the_keyboard_where_it_was(toasts, session, place, qtbot, settled):
    line = place.findChild(QLineEdit)
    for by_key in (False, True):
        added(session)
        (shown,) = [each for each in toasts.shown if each.change is not None]
        if by_key:
            shown.undo.setFocus(Qt.FocusReason.TabFocusReason)
            qtbot.keyClick(shown.undo, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(shown.undo, LEFT)
        settled()
        assert QApplication.focusWidget() is line


def test_undo_that_is_over_can_still_be_read(toasts, session, store, look, qtbot, settled):
    added(session)
    (shown,) = toasts.shown
    add(store)
    settled()
    assert not shown.undo.isEnabled()
    qtbot.waitUntil(lambda: shown.graphicsEffect() is None)
    ground = shown.grab().toImage().pixelColor(shown.undo.geometry().topLeft() + QPoint(3, 9))
    assert ground.name() == look.theme.colour("text").name()


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
    added(session)
    assert heard == ["Done.", "Added Ada Okafor Undo with Ctrl+Z."]
    close = next(
        each
        for each in toasts.shown[0].findChildren(QWidget)
        if each.accessibleName() == "Close this message"
    )
    qtbot.mouseClick(close, LEFT, pos=QPoint(5, 5))
    assert toasts.shown == []
