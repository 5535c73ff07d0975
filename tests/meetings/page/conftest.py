from datetime import date, datetime

import pytest
from pypdfium2 import PdfDocument

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.page import MeetingsPage
from branch_desk.meetings.rules import LONDON, MeetingKind
from branch_desk.members import records as members
from branch_desk.motions import records as motions


@pytest.fixture
def meeting(store):
    return records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 6, 4, 19, 30, tzinfo=LONDON),
        place="Hall",
    )


@pytest.fixture
def motion(store):
    return motions.add(
        store, title="The clock", text="Mend it.", mover="Ada", received_on=date(2026, 5, 1)
    )


@pytest.fixture
def letter(store):
    made = letters.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 1),
        subject="The list",
        body="Please.",
        recipient="Office",
        office="Office",
    )
    return letters.get(store, made).thread


@pytest.fixture
def page(meeting, shown):
    return shown(MeetingsPage, 1300, 800)


@pytest.fixture
def agenda(page, settled):
    """The agenda of the meeting, laid out and shown."""
    page.panel.agenda.lay_out.trigger()
    settled()
    return page.panel.agenda


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "accounts.pdf"
    made = PdfDocument.new()
    made.new_page(595, 842)
    made.save(path)
    return path


@pytest.fixture
def titles(store, meeting):
    return lambda: [item.title for item in records.agenda(store, meeting)]


@pytest.fixture
def people(store):
    branch.set_setting(store, "quorum.rule", "2")
    names = (("Ada", "Okafor"), ("Bryn", "Okafor"), ("Ciara", "Byrne"))
    return [
        members.add(store, forename=forename, surname=surname, on=date(2020, 1, 1))
        for forename, surname in names
    ]


@pytest.fixture
def settled(settled):
    """Wait for the answer, for the change it leads to, and for what is then read again."""

    def wait():
        settled()
        settled()

    return wait
