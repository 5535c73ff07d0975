"""The members' papers, read back as PDF."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from branch_desk.branch.records import Branch
from branch_desk.members import papers, records, rules
from branch_desk.members.rules import CURRENT, EventKind
from branch_desk.paper.labels import SHEET_14, SHEET_21, Label, Labels, draw
from branch_desk.paper.render import render

TODAY = date(2026, 5, 14)
HIGHFIELD = Branch(name="Highfield", email="post@example.org")


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.fixture
def gwen(store):
    made = records.add(
        store,
        number="0012",
        surname="ap Rhys",
        forename="Gwen",
        known_as="Wen",
        title="Ms",
        address="Flat 2\n12 High Street, Oldtown",
        postcode="SY23 1AB",
        ward="Mill",
        joined_on=date(2026, 5, 1),
        born_on=date(2010, 1, 1),
    )
    records.record_event(store, made, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 4))
    records.record_event(store, made, EventKind.PAYMENT_STOPPED)
    records.record_event(store, made, EventKind.VANISHED)
    return records.get(store, made)


def test_the_report_states_its_own_sum_and_keeps_the_flags_apart(store, gwen):
    records.add(store, surname="Okafor", joined_on=date(2025, 1, 1))
    lapsed = records.add(store, surname="Baran", joined_on=date(2025, 1, 1))
    records.record_event(store, lapsed, EventKind.LAPSED, effective_on=date(2026, 3, 1))
    spans = rules.months(date(2026, 1, 1), TODAY)
    document = papers.members_report(
        HIGHFIELD,
        records.flows(store, date(2026, 1, 1), TODAY),
        records.flows_by(store, spans),
        records.counts(store),
        records.backlog(store, TODAY),
    )
    text = " ".join(" ".join(pages(render(document))).split())
    assert "2 members on 14 May 2026, as many as at the start." in text
    assert "1 resignation waits for HQ, for 10 days." in text
    assert "Say they resign 1 now, not recorded by HQ yet" in text
    assert "Jan 2026 0 0 2" in text
    large = " ".join(pages(render(document, large_print=True)))
    assert "Month by month" in large


@pytest.mark.parametrize(
    ("opening", "closing", "words"),
    [
        (3, 1, "1 member on 14 May 2026, 2 fewer than on 1 May 2026."),
        (1, 1_002, "1,002 members on 14 May 2026, 1,001 more than on 1 May 2026."),
    ],
)
def test_the_report_opens_with_how_many_more_or_fewer(opening, closing, words):
    left = dict.fromkeys(rules.LEFT, 0)
    flows = rules.Flows(date(2026, 5, 1), TODAY, opening, closing, 0, 0, 0, left, 0, 0, 0, 0, 0)
    waits = rules.backlog([], TODAY)
    counts = records.Counts(dict.fromkeys(rules.Standing, 0), 0, 0, 0)
    document = papers.members_report(HIGHFIELD, flows, [flows], counts, waits)
    assert document.parts[0].blocks[0].text == words


def test_the_list_names_current_members_only_with_what_a_chair_must_know(store, gwen):
    gone = records.add(store, surname="Quill", forename="Tomos", joined_on=date(2020, 1, 1))
    records.record_event(store, gone, EventKind.LAPSED)
    new = records.add(store, kind=EventKind.PROBATION_STARTED, surname="Baran")
    people = records.many(store, records.ids(store))
    text = " ".join(" ".join(pages(render(papers.member_list(HIGHFIELD, people, TODAY)))).split())
    assert "2 members on 14 May 2026." in text
    assert "says they resign, stopped paying, not on HQ's list, under 18" in text
    assert "probation" in text
    assert "Quill" not in text
    assert new


def test_a_list_of_nobody_says_so():
    text = " ".join(pages(render(papers.member_list(HIGHFIELD, [], TODAY))))
    assert "There is nobody to list." in text


def test_each_newcomer_has_a_letter_on_their_own_page(store, gwen):
    other = records.add(store, surname="Okafor", forename="Ada", joined_on=TODAY)
    people = [gwen, records.get(store, other)]
    pdf = render(papers.welcome_letters(HIGHFIELD, people, TODAY, "Tomos Quill"))
    first, second = pages(pdf)
    assert "Ms Gwen ap Rhys\r\nFlat 2\r\n12 High Street\r\nOldtown\r\nSY23 1AB" in first
    assert "Dear Wen," in first
    assert "joining on 1 May 2026" in first
    assert "Dear Ada," in second
    assert "Tomos Quill" in second


def test_labels_stand_where_the_sheet_has_them(store, gwen):
    made = papers.address_labels(HIGHFIELD, [gwen] * 22, SHEET_21, TODAY)
    document = pypdfium2.PdfDocument(draw(made))
    assert len(document) == 2
    assert len(document[1].get_textpage().get_text_range().split("SY23 1AB")) == 2
    page = document[0].get_textpage()
    left, bottom, right, top = page.get_charbox(0)
    mm = 72 / 25.4
    assert SHEET_21.left * mm < left < right < (SHEET_21.left + SHEET_21.width) * mm
    height = 297 * mm
    assert height - (SHEET_21.top + SHEET_21.height) * mm < bottom < top < height - 15.1 * mm
    document.close()


def test_labels_go_on_where_a_used_sheet_ends(gwen):
    made = Labels("Labels", papers.brand(HIGHFIELD), [Label(("Ada", "Oldtown"))] * 3, SHEET_14, 12)
    assert [page.count("Ada") for page in pages(draw(made))] == [2, 1]


def test_a_line_too_long_for_a_label_is_set_smaller_then_cut():
    labels = [Label(("Ada Okafor " * 20, "Oldtown")), Label(("", " "))]
    brand = papers.brand(HIGHFIELD)
    (page,) = pages(draw(Labels("Labels", brand, labels)))
    assert "…" in page
    assert draw(Labels("", brand, [])).startswith(b"%PDF")


def test_the_largest_label_fills_more_of_its_room(gwen):
    made = papers.address_labels(HIGHFIELD, [gwen], SHEET_21, TODAY)

    def first_height(pdf: bytes) -> float:
        document = pypdfium2.PdfDocument(pdf)
        _, bottom, _, top = document[0].get_textpage().get_charbox(0)
        document.close()
        return float(top - bottom)

    assert first_height(draw(made, large_print=True)) > first_height(draw(made))


def test_members_without_an_address_get_no_label(store):
    plain = records.get(store, records.add(store, surname="Okafor"))
    assert papers.address_labels(HIGHFIELD, [plain], SHEET_21, TODAY).labels == []
    assert plain.standing in CURRENT
