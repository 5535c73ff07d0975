"""The details: stored one by one, with reasons, and a colour that can be read."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from branch_desk.branch import records


def test_details_are_stored_one_by_one(page, store, settled):
    fields = page.details.fields
    fields["name"].edit.setText("Highfield")
    fields["name"].leave()
    fields["address"].edit.setPlainText("1 High Street\nHighfield")
    fields["address"].leave()
    settled()
    details = records.details(store)
    assert (details.name, details.address) == ("Highfield", "1 High Street\nHighfield")


def test_what_cannot_be_stored_says_why(page, store):
    fields = page.details.fields
    fields["email"].edit.setText("nobody")
    fields["email"].leave()
    assert fields["email"].complaint()
    fields["accent"].edit.setText("green")
    fields["accent"].leave()
    assert fields["accent"].complaint()
    assert records.details(store).email == ""


def test_a_pale_colour_is_shown_as_it_will_be_used(page):
    page.details.accent.typed.emit("#FFD21F")
    assert page.details.contrast.text().startswith("Too pale to be read on paper, so #")
    darker = page.details.sample.used
    page.details.accent.typed.emit("#FFD2")
    assert page.details.sample.used == darker, "half a colour changes nothing"
    page.details.accent.typed.emit("#123456")
    assert page.details.contrast.text().startswith("Reads well: ")
    image = page.details.sample.grab().toImage()
    assert image.pixelColor(image.width() - 8, 8) == QColor("#123456")


def test_the_colour_is_picked_and_the_window_told(page, store, settled, qtbot):
    page.pick.trigger()
    dialog = page.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#7A1FA2"))
    assert page.details.sample.used == "#7A1FA2"
    with qtbot.waitSignal(page.session.undoable), qtbot.waitSignal(page.session.identified):
        dialog.accept()
        settled()
    assert records.details(store).accent == "#7A1FA2"
    assert page.details.accent.text() == "#7A1FA2"


def test_a_colour_thought_better_of_leaves_the_one_before(page, qtbot):
    page.pick.trigger()
    dialog = page.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#7A1FA2"))
    dialog.reject()
    assert page.details.sample.used == "#1F6F54"
