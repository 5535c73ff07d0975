"""A branch with a meeting worth printing, and how to read a PDF back."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.records import ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.motions.records import MotionKind
from branch_desk.paper.render import render_checked

ON = date(2026, 5, 14)


class Read:
    """A paper rendered and read back: its pages' text, its bookmarks, its size."""

    def __init__(self, document, **choices):
        made = render_checked(document, **choices)
        self.remarks = made.remarks
        pdf = pypdfium2.PdfDocument(made.pdf)
        self.pages = [
            " ".join(page.get_textpage().get_text_range().replace("\ufffe", "-").split())
            for page in pdf
        ]
        pdf.close()
        with pikepdf.open(BytesIO(made.pdf)) as opened, opened.open_outline() as outline:
            self.bookmarks = [each.title for each in outline.root]
            self.title = str(opened.docinfo.get("/Title"))
        self.bytes = made.pdf

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def page_of(self, words: str) -> int:
        """The number of the first page after the contents that holds these words."""
        return next(n for n, text in enumerate(self.pages, 1) if n > 2 and words in text)

    def holds_in_order(self, *parts: str) -> bool:
        at = 0
        for part in parts:
            at = self.text.find(part, at)
            if at < 0:
                raise AssertionError(f"“{part}” is not there, or not in its place: {self.text}")
            at += len(part)
        return True


def small_pdf(pages: int) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    data = BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.fixture
def meeting(store) -> int:
    branch.set_details(
        store, name="Highfield branch", hq="National Office", email="desk@highfield.example"
    )
    branch.add_officer(store, "Chair", "Nerys Pugh")
    branch.add_officer(store, "Secretary", "Tomasz Zieliński")
    branch.set_setting(store, "quorum.rule", "2", clause="4.2")
    branch.set_setting(store, "motion.deadline_days", "14", clause="7")
    branch.set_setting(store, "meeting.closing_time", "21:30")
    people = [
        members.add(
            store, forename=name, surname=surname, number=f"10{n}", joined_on=date(2024, 1, 1)
        )
        for n, (name, surname) in enumerate(
            [("Gwen", "Llewellyn"), ("Ben", "Adeyemi"), ("Aoife", "O'Brien"), ("Farida", "Begum")]
        )
    ]
    members.record_event(store, people[3], EventKind.RESIGNATION_SAID, said_on=date(2026, 4, 20))
    previous = records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 4, 16, 19, 30, tzinfo=LONDON)
    )
    records.set_minutes(store, previous, "## 1. Welcome\n\nNerys Pugh took the **chair**.")
    made = records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 5, 21, 19, 30, tzinfo=LONDON),
        place="Highfield Hall, 4 Church Street",
        online_at="https://meet.example/highfield",
    )
    for title, kind, text in (
        ("Evening buses", MotionKind.ORDINARY, "This branch asks for later buses."),
        ("No confidence in the area chair", MotionKind.NO_CONFIDENCE, "This branch has none."),
    ):
        motions.add(
            store,
            title=title,
            text=text,
            reasons="Many people work late." if kind is MotionKind.ORDINARY else "",
            kind=kind,
            mover="Gwen Llewellyn",
            mover_member=people[0],
            seconder="Ben Adeyemi",
            seconder_member=people[1],
            received_on=date(2026, 5, 1),
        )
    correspondence.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 20),
        subject="Membership figures",
        body="Please answer.",
        recipient="Membership Office",
        office="Membership Office",
    )
    correspondence.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 4, 21),
        subject="Automatic reply: Membership figures",
        body="We have received your email and will come back to you.",
        sender="Membership Office",
        office="Membership Office",
    )
    records.lay_out(store, made)
    report = records.item_for(store, made, ItemKind.REPORT, "Reports")
    records.change_item(store, report, notes="The balance is **£1,204.50**.")
    records.append_document(
        store, report, title="Budget for 2026", data=small_pdf(2), name="b.pdf", pages=2
    )
    return made
