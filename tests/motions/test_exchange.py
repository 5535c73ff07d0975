"""MOTION.md and pasted text: what is read, what is refused, and what comes back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.motions.exchange import MOST_BYTES, Draft, read, read_mail, write
from branch_desk.motions.rules import MotionKind
from branch_desk.store.errors import Invalid

WHOLE = """---
title: "Evening buses: later, please"  # as given
kind: no confidence
mover: Aoife O'Brien
Seconded by: 'Siân ''Shan'' Llewellyn'
received: 3 May 2026
arose: 29/4/2026
addressed-to: Highfield
  Town Council
colour: red
---

This branch **asks** for later buses.

1. On weekdays.

## Reasons

People work late.
"""


def test_a_whole_motion_is_read():
    assert read(WHOLE.encode()) == Draft(
        title="Evening buses: later, please",
        text="This branch **asks** for later buses.\n\n1. On weekdays.",
        reasons="People work late.",
        kind=MotionKind.NO_CONFIDENCE,
        mover="Aoife O'Brien",
        seconder="Siân 'Shan' Llewellyn",
        received=date(2026, 5, 3),
        arose=date(2026, 4, 29),
        addressed_to="Highfield Town Council",
        unknown=("colour",),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_common_encoding_and_line_end_gives_the_same_motion(encoding, ends):
    assert read(WHOLE.replace("\n", ends).encode(encoding)) == read(WHOLE)


def test_pasted_text_has_its_title_first_and_its_people_on_lines_of_their_own():
    pasted = """
Motion: Keep the library open

Proposed by: Ben Adeyemi
**Seconder: Farida Begum**

This branch notes: nothing.
Mover: is a word in this text that comes too late to count: it stays only if first.

**Reasons:**
It is used.
"""
    found = read(pasted)
    assert found.title == "Keep the library open"
    assert (found.mover, found.seconder) == ("Ben Adeyemi", "Farida Begum")
    assert found.text.startswith("This branch notes: nothing.\nMover: is a word")
    assert found.reasons == "It is used."
    assert found.kind is MotionKind.ORDINARY


def test_a_heading_gives_the_title_where_the_front_matter_does_not():
    assert read("---\nmover: A\n---\n# Buses #\n\nText.") == Draft(
        title="Buses", text="Text.", mover="A"
    )


def test_reasons_may_be_a_heading_of_any_level_in_any_case():
    for heading in ("# REASONS", "###### Reasons ##", "  ## reasons:", "**Reason**"):
        assert read(f"T\n\nText\n\n{heading}\n\nWhy").reasons == "Why"
    assert read("T\n\nReasons are given below.").reasons == ""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"---\ntitle: T\n", "never closed"),
        (b"---\ntitle: T\ntitle: U\n---\n", "“title” twice"),
        (b"---\nproposer: T\nmover: U\n---\nx", "“mover” twice"),
        (b"---\njust words\n---\nx", "Line 2"),
        (b'---\ntitle: "T\n---\nx', "quotation marks of “title”"),
        (b'---\ntitle: "T" x\n---\nx', "quotation marks of “title”"),
        (b"---\ntitle: T\nkind: secret\n---\nx", "not a kind of motion"),
        (b"---\ntitle: T\nreceived: soon\n---\nx", "not a date for “received”"),
        (b"---\ntitle: T\nreceived: 2026-02-30\n---\nx", "not a date for “received”"),
        (b"---\nmover: A\n---\n", "no title"),
        (b"---\nmover: A\n---\n## Reasons\n\nx", "no title"),
        (b"---\ntitle: " + b"x" * 301 + b"\n---\n", "301 characters"),
        (b"---\ntitle: T\nmover: " + b"x" * 201 + b"\n---\n", "201 characters"),
        (b"PK\x03\x04\0\0", "not text"),
        (b"\xff\xfe\x00", "known encoding"),
        (b"T\n\x81\x8d", "known encoding"),
        (b"x" * (MOST_BYTES + 1), "at most"),
        ("x" * (MOST_BYTES + 1), "at most"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(source, says):
    with pytest.raises(Invalid, match=says):
        read(source)


def test_controls_and_marks_of_direction_do_not_come_in():
    found = read("T\x07itle\x1b[31m\n\nText\x00\x08 here\tand")
    assert found.title == "Title[31m"
    assert found.text == "Text here\tand"


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_anything_at_all_is_read_or_refused_and_never_a_crash(source):
    with suppress(Invalid):
        assert read(source).title


@given(st.text(alphabet=st.sampled_from("-:#'\" \n\\abKind title mover.[]*"), max_size=200))
def test_broken_front_matter_is_read_or_refused(body):
    with suppress(Invalid):
        assert read(f"---\n{body}\n---\nText").title


LINE = st.text(
    alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1
).map(lambda text: text[:60])


DRAFT = st.builds(
    Draft,
    title=LINE,
    text=st.lists(LINE.filter(lambda line: "reason" not in line.casefold())).map("\n\n".join),
    reasons=LINE,
    kind=st.sampled_from(MotionKind),
    mover=LINE,
    received=st.none() | st.dates(date(1000, 1, 1)),
    addressed_to=LINE,
)


@given(DRAFT)
def test_what_is_written_reads_back_the_same(draft):
    assert read(write(draft)) == draft


def mail(body, subject="Motion: Mend the clock", **more):
    heads = {
        "From": "Ada Okafor <ada@example.org>",
        "Subject": subject,
        "Date": "Fri, 08 May 2026 10:00:00 +0100",
        **more,
    }
    return "".join(f"{key}: {value}\n" for key, value in heads.items()).encode() + (
        f"\n{body}".encode()
    )


def test_a_motion_in_an_email_has_its_subject_as_title_and_its_sender_as_mover():
    draft = read_mail(mail("Dear secretary,\n\nThis branch asks the council to mend the clock.\n"))
    assert draft.title == "Mend the clock"
    assert draft.text == "This branch asks the council to mend the clock."
    assert draft.mover == "Ada Okafor"
    assert draft.received == date(2026, 5, 8)


def test_a_title_in_the_email_itself_counts_more_and_so_do_its_people():
    draft = read_mail(
        mail("A bench\nMover: Bryn Howells\n\nThis branch wants one.", "Re: next meeting")
    )
    assert (draft.title, draft.mover) == ("A bench", "Bryn Howells")
    assert draft.text == "This branch wants one."
    headed = read_mail(mail("# Please, a bench.\n\nHere.", "Hello"))
    assert headed.title == "Please, a bench."


def test_an_email_without_a_subject_is_a_motion():
    assert read_mail(mail("I move that we mend it.", "Fwd: Motion - ")).title == "Motion"
