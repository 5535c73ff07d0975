"""What is typed on a screen that stores it as a whole outlives what would take it away."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget

from branch_desk.desk import kit, typed
from branch_desk.desk.forms import Line, Lines
from branch_desk.desk.way_in.held import refused_on
from branch_desk.members import records as members
from branch_desk.members.page import MembersPage
from branch_desk.motions.exchange import Draft
from branch_desk.motions.page import MotionsPage
from branch_desk.motions.page.taking import Came, Taking


@pytest.fixture
def screen(qtbot):
    """A screen with a line and a text, both begun for the user."""
    made = QWidget()
    made.setAccessibleName("Write to 3 members")
    subject, text = Line("Subject"), Lines("The e-mail")
    made.setLayout(kit.column(subject, text))
    subject.start("Welcome")
    text.start("Dear friend")
    typed.hold(made)
    qtbot.addWidget(made)
    made.show()
    made.subject, made.text = subject, text
    return made


def test_only_what_somebody_typed_is_held(screen, qtbot):
    assert typed.begun(screen) == []
    qtbot.keyClicks(screen.subject.edit, "Be ")
    assert typed.begun(screen) == [("Write to 3 members", "Subject", "Be Welcome")]
    secret = QLineEdit(screen)
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    qtbot.keyClicks(secret, "a passphrase")
    assert len(typed.begun(screen)) == 1


def test_a_screen_that_stores_each_field_holds_nothing(screen, qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    other = QLineEdit(around)
    qtbot.keyClicks(other, "searched for")
    assert typed.begun(around) == []


def test_a_lock_holds_it_with_the_screen_it_was_typed_on(screen, qtbot):
    qtbot.keyClicks(screen.subject.edit, "Be ")
    (held,) = refused_on(screen)
    assert (held.name, held.text) == ("Subject", "Be Welcome")
    assert "Write to 3 members" in held.why


def test_a_letter_to_members_is_not_taken_away_by_going_elsewhere(shown, store, qtbot, settled):
    ada = members.add(store, forename="Ada", surname="Okafor", address="1 Mill Lane")
    page = shown(MembersPage)
    page.doing.write()
    settled()
    panel = page._cover
    qtbot.keyClicks(panel.subject.edit, "The summer fair")
    with qtbot.waitSignal(page.session.said) as said:
        page.show_thing(ada)
    assert "is not finished" in said.args[0]
    page.doing.report()
    page.show_thing(0, "report")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page._cover is panel
    assert panel.subject.text() == "The summer fair"
    panel.back_action.trigger()
    box = page.findChild(QMessageBox)
    assert page._cover is panel
    next(each for each in box.buttons() if each.text() == "Throw it away").click()
    assert page._cover is None
    page.doing.report()
    assert page._cover is not None


def test_a_motion_being_taken_in_is_not_taken_away_by_going_elsewhere(shown, qtbot):
    page = shown(MotionsPage)
    taking = Taking(page.session, Came(Draft(title="The clock", text="Mend it.")))
    taking.left.connect(page._uncover)
    page.put_over(taking)
    page.show_thing(0, "open")
    assert page._cover is None
    taking = Taking(page.session, Came(Draft(title="The clock", text="Mend it.")))
    page.put_over(taking)
    title = taking.form.fields["title"].edit
    qtbot.keyClicks(title, "s")
    page.show_thing(0, "open")
    assert page._cover is taking
    with qtbot.assertNotEmitted(taking.left):
        taking.back.click()
    assert page.findChild(QMessageBox) is not None


def test_a_screen_with_nothing_typed_on_it_is_left_without_a_question(screen, qtbot):
    left = []
    typed.leave(screen, lambda: left.append(1))
    assert left == [1]
    assert screen.findChild(QMessageBox) is None
    qtbot.keyClicks(screen.subject.edit, "Be ")
    typed.leave(screen, lambda: left.append(2))
    assert left == [1]
    assert screen.findChild(QMessageBox) is not None


def test_what_waits_out_of_sight_is_held_with_what_stands_there(screen, qtbot):
    typed.wait(screen, [("Notes", "Ask Bryn"), ("Reply", "  ")])
    assert typed.begun(screen) == [("Write to 3 members", "Notes", "Ask Bryn")]
    qtbot.keyClicks(screen.text.edit, "My ")
    assert ("Write to 3 members", "The e-mail", "My Dear friend") in typed.begun(screen)
