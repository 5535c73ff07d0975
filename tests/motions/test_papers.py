"""A motion on paper, read back from the PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from branch_desk.branch.records import Branch
from branch_desk.motions.papers import (
    finding_lines,
    motion_paper,
    motion_section,
    result_letter,
    result_words,
)
from branch_desk.motions.records import Ballot, Motion, MotionKind, MotionState, Result
from branch_desk.motions.rules import Finding, Verdict
from branch_desk.paper.blocks import Markdown
from branch_desk.paper.render import render_checked

DETAILS = Branch(name="Highfield branch", hq="National Office")
MOTION = Motion(
    id=1,
    number="2026/07",
    title="Evening buses",
    text="This branch notes the last bus.\n\n1. to ask the council;\n2. to write.",
    reasons="People work **late**.",
    kind=MotionKind.EMERGENCY,
    mover="Aoife O'Brien",
    mover_member=None,
    seconder="",
    seconder_member=None,
    received_on=date(2026, 5, 3),
    arose_on=None,
    addressed_to="Highfield Town Council",
    state=MotionState.RECEIVED,
    ruling="",
    result=None,
)


def changed(**fields) -> Motion:
    values = {name: getattr(MOTION, name) for name in Motion.__dataclass_fields__}
    return Motion(**{**values, **fields})


def text_of(document, **choices) -> str:
    made = render_checked(document, **choices)
    assert made.remarks == ()
    pdf = pypdfium2.PdfDocument(made.pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def flat(text: str) -> str:
    return " ".join(text.split())


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("large", [False, True])
def test_a_motion_is_printed_with_its_people_text_and_reasons_in_order(large):
    text = flat(text_of(motion_paper(MOTION, DETAILS), large_print=large))
    assert in_order(
        text,
        "Motion 2026/07: Evening buses",
        "Aoife O'Brien",
        "to be found at the meeting",
        "Emergency motion",
        "Highfield Town Council",
        "3 May 2026",
        "This branch notes the last bus.",
        "to ask the council;",
        "Reasons",
        "People work late.",
    )


def test_the_lines_of_the_text_are_numbered_and_those_of_the_reasons_are_not():
    numbered = [
        (each.text, each.numbered)
        for each in motion_section(MOTION).blocks
        if isinstance(each, Markdown)
    ]
    assert numbered == [(MOTION.text, True), (MOTION.reasons, False)]


def test_the_paper_opens_with_its_title_and_has_a_bookmark():
    made = render_checked(motion_paper(MOTION, DETAILS))
    with pikepdf.open(BytesIO(made.pdf)) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root] == ["Motion 2026/07: Evening buses"]
        assert len(pdf.pages) == 1


def test_a_motion_without_text_or_reasons_says_so():
    text = flat(text_of(motion_paper(changed(text=" ", reasons="", mover=""), DETAILS)))
    assert "The motion has no text yet." in text
    assert "nobody named yet" in text
    assert "Reasons" not in text


def test_a_ruling_and_a_result_are_printed_with_their_sum():
    result = Result(date(2026, 5, 21), Ballot(31, 12, 4, 47), "2/3", "present")
    motion = changed(state=MotionState.LOST, result=result, ruling="In order: it arose late.")
    text = flat(text_of(motion_paper(motion, DETAILS)))
    assert in_order(text, "The chair's ruling", "In order: it arose late.", "Lost on 21 May 2026.")
    assert "32 were needed" in text


def test_what_became_of_it_is_said_in_words():
    assert result_words(changed(state=MotionState.REMITTED)) == "The motion was remitted."
    shown = Result(date(2026, 5, 21), None, "", "")
    assert result_words(changed(state=MotionState.CARRIED, result=shown)) == (
        "Carried on 21 May 2026, on a show of hands that was not counted."
    )


@pytest.mark.parametrize(
    ("state", "did"), [(MotionState.CARRIED, "carried"), (MotionState.LOST, "rejected")]
)
def test_the_letter_tells_whom_it_is_addressed_to_what_was_decided(state, did):
    votes = Ballot(18, 3) if state is MotionState.CARRIED else Ballot(3, 18)
    result = Result(date(2026, 5, 21), votes, "majority", "voting")
    letter = result_letter(
        changed(state=state, result=result, seconder="Ben Adeyemi"),
        DETAILS,
        "Tomasz Zieliński",
        date(2026, 5, 22),
    )
    text = flat(text_of(letter))
    assert in_order(
        text,
        "Highfield Town Council",
        "22 May 2026",
        f"On 21 May 2026 Highfield branch {did} the motion below.",
        "This branch notes the last bus.",
        "Moved by Aoife O'Brien, seconded by Ben Adeyemi.",
        "Tomasz Zieliński",
    )


def test_the_letter_does_without_what_is_not_known():
    letter = result_letter(
        changed(addressed_to="", mover="", state=MotionState.REMITTED),
        Branch(),
        "",
        date(2026, 5, 22),
    )
    text = flat(text_of(letter))
    assert in_order(text, "HQ", "It was remitted.", "Moved by a member.", "Secretary")


def test_findings_are_said_in_lines_with_their_clause():
    lines = finding_lines(
        [
            Finding("deadline", "7", Verdict.BROKEN, "Late."),
            Finding("mover", "", Verdict.MET, "Fine."),
        ]
    )
    assert lines == ["Deadline (broken, clause 7): Late.", "Mover (met): Fine."]


def test_hostile_text_prints_as_it_was_typed():
    hostile = '<img src="/etc/hostname"> [x](javascript:alert(1)) \u202eevil <b>'
    text = flat(text_of(motion_paper(changed(title=hostile, text=hostile), DETAILS)))
    assert text.count('<img src="/etc/hostname">') == 3
