"""Clocks that machines cannot stop, and telling machines from people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.correspondence.rules import (
    Automatic,
    Direction,
    Exchange,
    State,
    address_domain,
    address_in,
    automatic,
    clock,
    digest_of,
    own_words,
    subject_key,
)

IN, OUT = Direction.IN, Direction.OUT
START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def sent(day: int, **more) -> Exchange:
    return Exchange(OUT, on(day), **more)


def came(day: int, **more) -> Exchange:
    return Exchange(IN, on(day), **more)


# The clock


def test_the_clock_starts_with_our_first_unanswered_letter():
    found = clock([came(0), sent(2), sent(9)], on(12), 28)
    assert (found.since, found.days, found.chasers, found.last_sent) == (on(2), 10, 1, on(9))
    assert found.state is State.WAITING


def test_an_answer_by_a_person_stops_it_and_our_next_letter_starts_it_afresh():
    assert clock([sent(0), came(3)], on(9), 28) is None
    assert clock([sent(0), came(3), sent(5)], on(9), 28).since == on(5)


def test_an_automatic_reply_never_stops_it():
    found = clock([sent(0), came(0, automatic=True), came(1, automatic=True)], on(40), 28)
    assert (found.days, found.automatic_replies, found.state) == (40, 2, State.CHASE)


def test_nothing_is_owed_where_we_asked_nothing():
    assert clock([], on(1), 28) is None
    assert clock([came(0), came(1, automatic=True)], on(5), 28) is None
    assert clock([sent(0, wants_answer=False)], on(5), 28) is None
    assert clock([sent(0, automatic=True)], on(5), 28) is None


def test_a_letter_for_information_does_not_chase():
    assert clock([sent(0), sent(3, wants_answer=False)], on(5), 28).chasers == 0


def test_a_promise_keeps_the_clock_running_and_is_held_against_its_day():
    letters = [sent(0), came(2, promised_by=on(20))]
    assert clock(letters, on(20), 7).state is State.PROMISED
    assert clock(letters, on(21), 7).state is State.PROMISE_BROKEN
    assert clock(letters, on(21), 7).promised_by == on(20)
    assert clock([*letters, came(22)], on(30), 7) is None


def test_a_promise_out_of_the_blue_is_owed_from_its_day():
    found = clock([came(1, promised_by=on(10))], on(12), 28)
    assert (found.since, found.state, found.chasers) == (on(1), State.PROMISE_BROKEN, 0)
    assert clock([came(1, promised_by=on(10), automatic=True)], on(12), 28) is None


def test_a_promise_in_an_automatic_reply_counts_as_one():
    found = clock([sent(0), came(0, automatic=True, promised_by=on(5))], on(6), 28)
    assert (found.automatic_replies, found.state) == (1, State.PROMISE_BROKEN)


def test_chasing_counts_from_our_last_letter():
    letters = [sent(0), sent(20)]
    assert clock(letters, on(47), 28).state is State.WAITING
    assert clock(letters, on(48), 28).state is State.CHASE


def test_letters_after_the_day_do_not_count():
    assert clock([sent(0), came(5)], on(4), 28).days == 4


EXCHANGES = st.lists(
    st.builds(
        Exchange,
        direction=st.sampled_from(Direction),
        on=st.integers(0, 300).map(on),
        automatic=st.booleans(),
        wants_answer=st.booleans(),
        promised_by=st.none() | st.integers(0, 400).map(on),
    ),
    max_size=12,
).map(lambda letters: sorted(letters, key=lambda each: each.on))


@given(EXCHANGES, st.integers(0, 400))
def test_a_wait_is_never_negative_and_begins_with_a_letter(letters, day):
    found = clock(letters, on(day), 28)
    if found:
        assert found.days == (on(day) - found.since).days >= 0
        assert found.since in {each.on for each in letters}
        assert found.chasers < sum(each.direction is OUT for each in letters) + 1


@given(EXCHANGES, st.integers(0, 400), st.integers(0, 300))
def test_one_more_automatic_reply_never_changes_how_long_we_wait(letters, day, when):
    more = [*letters, came(when, automatic=True)]
    more.sort(key=lambda each: each.on)
    before, after = clock(letters, on(day), 28), clock(more, on(day), 28)
    assert (before is None) == (after is None)
    if before:
        assert (after.since, after.days, after.chasers) == (
            before.since,
            before.days,
            before.chasers,
        )


# Automatic replies


@pytest.mark.parametrize(
    ("headers", "because", "guess"),
    [
        ({"auto-submitted": ["auto-replied"]}, "header Auto-Submitted: auto-replied", False),
        (
            {"auto-submitted": ["auto-generated; type=x"]},
            "header Auto-Submitted: auto-generated",
            False,
        ),
        ({"x-autoreply": ["yes"]}, "header X-Autoreply: yes", False),
        ({"x-autorespond": ["Roll"]}, "header X-Autorespond: roll", False),
        ({"precedence": ["auto_reply"]}, "header Precedence: auto_reply", False),
        ({"precedence": ["Bulk"]}, "header Precedence: bulk", True),
        ({"precedence": ["junk"]}, "header Precedence: junk", True),
        ({"return-path": ["<>"]}, "header Return-Path is empty", True),
    ],
)
def test_headers_of_machines(headers, because, guess):
    assert automatic(headers, "Roll", "Hello", IN) == Automatic(
        automatic=True, because=because, guess=guess
    )
    assert automatic(headers, "Roll", "Hello", OUT).automatic


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"auto-submitted": ["no"]},
        {"auto-submitted": [""]},
        {"x-autoreply": ["no"]},
        {"precedence": ["list"]},
        {"return-path": ["<clerk@hq.example>"]},
    ],
)
def test_headers_of_people(headers):
    assert automatic(headers, "Roll", "Here it is.", IN) == Automatic(automatic=False)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: The roll",
        "Auto-reply: The roll",
        "AUTO: The roll",
        "Out of Office: Re: The roll",
        "Out of the office until Monday",
        "Ateb awtomatig: Y gofrestr",
        "Undeliverable: The roll",
        "Delivery Status Notification (Failure)",
        "Your enquiry has been received [#4471]",
        "Acknowledgement of your email",
    ],
)
def test_subjects_of_machines_are_a_guess(subject):
    found = automatic({}, subject, "", IN)
    assert found.automatic
    assert found.guess
    assert found.because.startswith("subject “")
    assert found.because.endswith("(a guess)")


@pytest.mark.parametrize(
    "body",
    [
        "We have received your email. We will respond when the backlog clears.",
        """Thank you for contacting the membership office. Due to a high volume of resignations we
        are very busy. We aim to reply within 20 working days.""",
        "This is an automated response. Please do not reply to this email.",
        "I am currently out of the office with no access to email.",
        "Hello, I\N{RIGHT SINGLE QUOTATION MARK}m on annual leave until 4 May.\n\nRegards",
        "This mailbox is not monitored.",
        "We\N{RIGHT SINGLE QUOTATION MARK}ve received your message.",
        "Your message has been received. Your reference number is 5567.",
        "THANK YOU FOR YOUR EMAIL. We will get back to you as soon as we can.",
    ],
)
def test_wordings_of_machines_are_a_guess(body):
    found = automatic({}, "Re: The roll", body, IN)
    assert (found.automatic, found.guess) == (True, True)
    assert found.because.startswith("wording “")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: The roll", "Dear Ann,\n\nThe roll is attached. 212 members are entitled to vote."),
        (
            "Re: Automatic reply: The roll",
            "I only got your automatic reply. When will you answer?",
        ),
        ("Out of office hours: who locks the hall?", "I can, on Tuesdays."),
        (
            "Re: The roll",
            """Thank you for your email. I have looked into each of the four cases you raise and
            find that two were recorded twice; both have been put right. The third resigned on
            4 March and the fourth was never a member of your branch, as her address lies in the
            next ward. I enclose the corrected roll.""",
        ),
        (
            "Re: The roll",
            "The roll is enclosed.\n\nOn Mon, 5 Jan, Ann wrote:\n> This is an automated response",
        ),
        ("", ""),
    ],
)
def test_people_are_taken_for_people(subject, body):
    assert not automatic({}, subject, body, IN).automatic


def test_our_own_letters_are_not_judged_by_wording():
    assert not automatic({}, "Automatic reply: x", "We have received your email.", OUT).automatic


@given(st.text(), st.text(max_size=2000), st.sampled_from(Direction))
def test_any_letter_can_be_judged(subject, body, direction):
    found = automatic({}, subject, body, direction)
    assert found.automatic == bool(found.because)


def test_own_words_are_those_above_the_quotation():
    assert own_words("Yes.\n\n> No?") == "Yes.\n\n"
    assert own_words("Yes.\n-----Original Message-----\nNo?") == "Yes.\n"
    assert own_words("> only a quotation") == "> only a quotation"


# Threads


@pytest.mark.parametrize(
    "subject",
    [
        "The roll",
        "Re: The roll",
        "RE: re: Fwd: The  roll",
        "AW: SV: the roll",
        "Automatic reply: The roll",
        "Re[2]: The roll",
        "[External] Re: The roll",
        "Out of office: The roll",
    ],
)
def test_subjects_are_compared_without_what_programs_put_before(subject):
    assert subject_key(subject) == "the roll"


@given(st.text())
def test_a_subject_key_is_its_own_key(subject):
    key = subject_key(subject)
    assert subject_key("Re: " + subject) == key
    assert subject_key("") == ""


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Clerk <Clerk@HQ.example>", "clerk@hq.example"),
        (" Clerk@HQ.example ", "clerk@hq.example"),
        ("The Clerk, 1 Long Street", "the clerk, 1 long street"),
        ("", ""),
    ],
)
def test_the_address_in_what_stands_as_sender(said, address):
    assert address_in(said) == address


def test_domain_of_an_address():
    assert address_domain("Clerk@HQ.example ") == "hq.example"
    assert address_domain("no address") == ""


def test_a_digest_knows_a_letter_again_and_no_other():
    one = digest_of(IN, START, "a@b.example", "Roll", "Hello\r\n there")
    assert one == digest_of(IN, START, "A@B.example", "roll", "Hello there \n")
    others = {
        digest_of(OUT, START, "a@b.example", "Roll", "Hello there"),
        digest_of(IN, on(1), "a@b.example", "Roll", "Hello there"),
        digest_of(IN, None, "a@b.example", "Roll", "Hello there"),
        digest_of(IN, START, "c@b.example", "Roll", "Hello there"),
        digest_of(IN, START, "a@b.example", "Rolls", "Hello there"),
        digest_of(IN, START, "a@b.example", "Roll", "Hello"),
    }
    assert len(others | {one}) == 7
