"""F1 opens the manual where it tells of what has the focus; every such place is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from branch_desk import app
from branch_desk.desk.ask import Ask
from branch_desk.desk.manual import pages

CODE = Path(app.__file__).parent
NAMED = sorted(
    {
        found
        for path in CODE.rglob("*.py")
        for found in re.findall(r'setProperty\("manual", "([^"]+)"\)', path.read_text("utf-8"))
    }
)


def headings(name):
    text = pages.page(name).text
    return {pages.slug(each) for each in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def test_there_are_places_to_look_at():
    assert len(NAMED) >= 15


@pytest.mark.parametrize("place", [*NAMED, *(name.lower() for name, *_ in app.PAGES)])
def test_every_place_that_is_named_is_in_the_manual(place):
    name, _, heading = place.partition("#")
    assert pages.page(name).name == name
    assert not heading or heading in headings(name)


def test_at_the_door_it_opens_at_signing_in(window, qtbot):
    window.show_page("Meetings")
    page = window.workspace.page
    qtbot.waitUntil(lambda: page.table.current_id() is not None)
    page.panel.turn(2)
    page.panel.door.search.setFocus()
    qtbot.waitUntil(lambda: window.focusWidget() is page.panel.door.search)
    window.show_manual()
    assert window._manual.reader.name == "meetings"
    assert window._manual._visited[-1] == ("meetings", "attendance")


def test_a_question_has_it_too_and_stays_open(window, qtbot):
    window.show_page("Members")
    qtbot.waitUntil(lambda: window.session.workers.idle)
    window.workspace.page.ask_member()
    asked = window.findChild(Ask)
    qtbot.waitUntil(asked.isActiveWindow)
    qtbot.keyClick(asked, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window._manual is not None)
    assert window._manual.reader.name == "members"
    assert asked.isVisible()
    asked.reject()
