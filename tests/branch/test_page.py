from datetime import date

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QLabel, QPushButton

from branch_desk.branch import records
from branch_desk.branch.page import BranchPage


@pytest.fixture
def page(shown):
    return shown(BranchPage)


def test_details_are_stored_one_by_one(page, store, settled, qtbot):
    page.fields["name"].edit.setText("Highfield")
    page.fields["name"].leave()
    page.fields["address"].edit.setPlainText("1 High Street\nHighfield")
    page.fields["address"].leave()
    settled()
    details = records.details(store)
    assert (details.name, details.address) == ("Highfield", "1 High Street\nHighfield")


def test_what_cannot_be_stored_says_why(page, store):
    page.fields["email"].edit.setText("nobody")
    page.fields["email"].leave()
    assert page.fields["email"].complaint()
    page.fields["accent"].edit.setText("green")
    page.fields["accent"].leave()
    assert page.fields["accent"].complaint()
    assert records.details(store).email == ""


def test_the_colour_is_picked_and_the_window_told(page, store, settled, monkeypatch, qtbot):
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#7A1FA2"))
    with qtbot.waitSignal(page.session.identified):
        page.pick.trigger()
    settled()
    assert records.details(store).accent == "#7A1FA2"
    assert page.fields["accent"].text() == "#7A1FA2"


def test_an_officer_is_appointed_and_leaves_office(page, store, settled, answering):
    answering(Office="Chair", Name="Ada Okafor", Since="1 May 2026")
    page.appoint.trigger()
    settled()
    officer = records.officers(store)[0]
    assert (officer.office, officer.name, officer.since) == (
        "Chair",
        "Ada Okafor",
        date(2026, 5, 1),
    )
    assert page.summary.text().startswith("1 officer")
    end = next(each for each in page.findChildren(QPushButton) if each.text() == "Term ended today")
    end.click()
    settled()
    assert records.officers(store)[0].until == date(2026, 5, 14)
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "until 14 May 2026" in words


def test_a_standing_order_is_set_and_cleared(page, store, settled):
    words = page.orders["quorum.rule"]
    assert words.edit.placeholderText() == "not set"
    words.edit.setText("greater of 10 and 5%")
    words.leave()
    settled()
    assert records.setting(store, "quorum.rule") == "greater of 10 and 5%"
    words.edit.setText("")
    words.leave()
    settled()
    assert records.setting(store, "quorum.rule") is None


def test_a_standing_order_that_makes_no_sense_says_why(page, store):
    field = page.orders["motion.deadline_days"]
    assert "unless set" in field.edit.placeholderText()
    field.edit.setText("a fortnight")
    field.leave()
    assert field.complaint()
    assert records.setting(store, "motion.deadline_days") == 14


def test_a_choice_of_the_standing_orders_is_picked(page, store, settled):
    field = page.orders["chair.casting_vote"]
    field.combo.setCurrentIndex(field.combo.findData("yes"))
    field.leave()
    settled()
    assert records.setting(store, "chair.casting_vote") == "yes"


def test_undo_shows_what_stood_there_before(page, store, settled):
    page.fields["hq"].edit.setText("National Office")
    page.fields["hq"].leave()
    settled()
    page.session.undo()
    settled()
    assert page.fields["hq"].text() == ""
