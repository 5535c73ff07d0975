"""Letters and reports on paper, read back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from branch_desk.branch import records as branch
from branch_desk.branch.records import Branch
from branch_desk.correspondence import commands, papers, records
from branch_desk.correspondence.records import Direction, State, Waiting
from branch_desk.paper.render import render

ON = date(2026, 5, 14)
DETAILS = Branch(name="Highfield ward", address="The Hall, 3 Long Lane", accent="#1F6F54")
ASKED = date(2025, 10, 5)
WAITS = [
    Waiting(
        1, "The roll", "Membership", ASKED, 221, 4, date(2026, 2, 1), 3, State.PROMISE_BROKEN, ASKED
    ),
    Waiting(2, "Funds", "Finance", date(2026, 1, 5), 129, 1, None, 1, State.CHASE, ASKED),
    Waiting(
        3,
        "The hall",
        "Region",
        date(2026, 4, 28),
        16,
        0,
        date(2026, 6, 1),
        0,
        State.PROMISED,
        ASKED,
    ),
    Waiting(4, "Cards", "Membership", date(2026, 5, 4), 10, 0, None, 0, State.WAITING, ASKED),
]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    return " ".join(" ".join(pages).split())


def fonts_are_embedded(pdf: bytes) -> bool:
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [
            descriptor
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
            for descriptor in [each]
        ]
        return bool(fonts) and all("/FontFile2" in each for each in fonts)


@pytest.mark.parametrize("large_print", [False, True])
def test_the_report_says_who_owes_what_for_how_long(large_print):
    pdf = render(papers.waiting_report(DETAILS, WAITS, ON), large_print=large_print)
    text = text_of(pdf)
    assert "4 letters of Highfield ward wait for an answer" in text
    assert "the oldest since 5 October 2025: 221 days" in text
    assert "4 automatic replies came in that time" in text
    for each in WAITS:
        assert each.subject in text
        assert each.office in text
        assert str(each.days) in text
    assert "promised by 1 Feb 2026, not kept" in text
    assert "promised by 1 Jun 2026" in text
    assert "to be chased" in text
    assert "Membership promised an answer about “The roll” by 1 February 2026." in text
    assert fonts_are_embedded(pdf)


def test_one_letter_and_none_are_said_as_such():
    (one,) = [each for each in WAITS if each.thread == 2]
    text = text_of(render(papers.waiting_report(Branch(), [one], ON)))
    assert "A letter of this branch waits for an answer" in text
    assert "1 automatic reply came in that time" in text
    assert "not kept" not in text
    none = text_of(render(papers.waiting_report(DETAILS, [], ON)))
    assert "No letter of Highfield ward waits for an answer." in none
    assert "How this is counted" not in none


def test_the_same_report_is_the_same_bytes():
    report = papers.waiting_report(DETAILS, WAITS, ON)
    assert render(report) == render(report)


def letter(store, **fields) -> int:
    fields = {"direction": Direction.OUT, "on": ON, "subject": "The roll", "body": "", **fields}
    return records.add_letter(store, **fields)


def test_our_letter_stands_on_the_letterhead_with_the_address_in_the_window(store):
    branch.set_details(store, name="Highfield ward", address="The Hall, 3 Long Lane")
    branch.add_officer(store, "Secretary", "Ann Other")
    sent = letter(
        store,
        recipient="Membership Office, 1 Long Street, Northgate <m@hq.example>",
        body="Please say **who** is on it.\n\n1. Now.\n",
    )
    (paper,) = [each for each in commands.PAPERS if each.name == "letter"]
    pdf = render(paper.make(store, sent, ON))
    text = text_of(pdf)
    for words in (
        "Highfield ward",
        "3 Long Lane",
        "14 May 2026",
        "The roll",
        "Ann Other Secretary",
    ):
        assert words in text
    assert "Please say who is on it." in text
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        left, bottom, _right, top = page.get_charbox(page.search("Membership Office").get_next()[0])
        height = document[0].get_height()
    # The window of a DL envelope: 20 to 110 mm from the left, 45 to 90 mm from the top.
    points = 72 / 25.4
    assert 20 * points <= left <= 110 * points
    assert 45 * points <= height - top <= height - bottom <= 90 * points


@pytest.mark.parametrize(
    ("recipient", "lines"),
    [
        ("Office, 1 Long Street <m@hq.example>", ["Office", "1 Long Street", "m@hq.example"]),
        ("Office\n1 Long Street", ["Office", "1 Long Street"]),
        ("m@hq.example", ["m@hq.example"]),
        ("", [""]),
    ],
)
def test_an_address_is_set_in_lines(store, recipient, lines):
    made = papers.letter(DETAILS, records.get(store, letter(store, recipient=recipient)))
    assert list(made.parts[0].blocks[0].to) == lines


def test_a_letter_that_came_in_is_a_copy_that_says_what_it_is(store):
    came = letter(
        store,
        direction=Direction.IN,
        sender="Office <m@hq.example>",
        body="We have received your email. <img src='/etc/hostname'>",
    )
    text = text_of(render(papers.letter(DETAILS, records.get(store, came))))
    assert "An automatic reply: wording" in text
    assert "Office <m@hq.example>" in text
    assert "<img src='/etc/hostname'>" in text


def test_the_waiting_report_is_printed_from_the_file(store):
    letter(store, on=date(2026, 1, 5), office="Membership")
    (paper,) = [each for each in commands.PAPERS if each.name == "waiting"]
    assert "129" in text_of(render(paper.make(store, None, ON)))
