import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from branch_desk.desk.lock.idle import Idle
from branch_desk.desk.lock.lock import CHOICES, KEY, USUAL, Lock


class Hands:
    """A clock that stands still until it is told otherwise."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Hands()


@pytest.fixture
def typed_into(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_any_touch_counts_and_their_absence_is_due(clock, typed_into):
    idle, due = Idle(10, clock), []
    idle.due.connect(lambda: due.append(clock.now))
    idle.listen(typed_into.windowHandle())
    clock.now += 9 * 60
    QTest.mouseMove(typed_into.windowHandle())
    QApplication.processEvents()
    clock.now += 9 * 60
    QTest.keyClick(typed_into.windowHandle(), "a")
    idle.look()
    assert due == []
    clock.now += 10 * 60
    idle.look()
    assert len(due) == 1


def test_a_touch_after_too_long_finds_the_desk_locked_and_does_nothing_on_it(clock, typed_into):
    idle, due = Idle(10, clock), []
    idle.due.connect(lambda: due.append(1))
    idle.listen(typed_into.windowHandle())
    typed_into.setFocus()
    clock.now += 3600  # asleep, say
    QTest.keyClick(typed_into.windowHandle(), "x")
    assert due == [1]
    assert typed_into.text() == ""


def test_it_looks_by_itself_when_the_time_is_over(clock, qtbot):
    idle = Idle(2, clock)
    idle.listen(None)
    assert 0 < idle._timer.remainingTime() <= 120_000
    clock.now += 119.999
    idle.look()
    with qtbot.waitSignal(idle.due, timeout=8_000):
        clock.now += 1
    assert idle._timer.isActive()


def test_never_is_never(clock):
    idle, due = Idle(0, clock), []
    idle.due.connect(lambda: due.append(1))
    idle.listen(None)
    assert not idle._timer.isActive()
    clock.now += 1e9
    idle.look()
    assert due == []
    assert not idle.eventFilter(idle, QEvent(QEvent.Type.KeyPress))


def test_how_long_is_chosen_from_a_menu_and_remembered(remembered, qtbot, typed_into):
    lock = Lock(typed_into, remembered)
    assert lock.idle.minutes == USUAL
    menu = lock.menu()
    assert [each.isChecked() for each in menu.actions()] == [each == USUAL for each in CHOICES]
    menu.actions()[0].trigger()
    assert lock.idle.minutes == 2
    assert Lock(typed_into, remembered).idle.minutes == 2
    remembered.keep(KEY, "7")
    assert Lock(typed_into, remembered).idle.minutes == USUAL
    lock.clear_clipboard()  # nothing is watched yet, so nothing was copied
