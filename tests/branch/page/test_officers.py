"""Officers: appointed, stepping down, and those before them."""

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton

from branch_desk.branch import records
from branch_desk.branch.page.officers import found
from branch_desk.members import records as members


def words(page):
    return [label.text() for label in page.officers.findChildren(QLabel) if label.text()]


def test_nobody_in_office_says_what_to_do(page):
    assert any("Nobody holds an office yet" in each for each in words(page))


def test_an_officer_is_appointed_and_steps_down(page, store, settled, answering, qtbot):
    answering(Office="Chair", Name="Ada Okafor", Since="1 May 2026")
    with qtbot.waitSignal(page.session.undoable) as said:
        page.appoint.trigger()
    settled()
    assert said.args[0] == "Ada Okafor is Chair."
    officer = records.officers(store)[0]
    held = (officer.office, officer.name, officer.since)
    assert held == ("Chair", "Ada Okafor", date(2026, 5, 1))
    assert page.tabs.currentIndex() == 1
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "Steps down…")
    assert button.accessibleName() == "Chair Ada Okafor steps down"
    answering(**{"Last day in office": "13 May 2026"})
    with qtbot.waitSignal(page.session.undoable) as said:
        button.click()
    settled()
    assert said.args[0] == "Ada Okafor stepped down as Chair."
    assert records.officers(store)[0].until == date(2026, 5, 13)
    assert "Ada Okafor, Chair since 1 May 2026 until 13 May 2026" in words(page)
    assert page.officers.past.isVisible()
    page.session.undo()
    settled()
    assert not page.officers.past.isVisible()


def test_a_term_that_ends_before_it_began_is_explained(page, store, answering):
    records.add_officer(store, "Chair", "Ada Okafor", since=date(2026, 5, 1))
    asked = answering(**{"Last day in office": "1 April 2026"})
    page.officers.ask_end(records.officers(store)[0])
    assert "cannot end" in asked[0].notice.text()
    assert records.officers(store)[0].until is None


def test_members_are_found_by_name_for_an_office(store):
    member = members.add(store, surname="Okafor", forename="Ada")
    assert [each[0] for each in found(store, "oka")] == [member]
    assert "Okafor" in found(store, "oka")[0][1]
