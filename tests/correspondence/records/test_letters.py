"""Threads and letters in a real branch file."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records
from branch_desk.correspondence.records import Automatic, Direction, Enclosed, State
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

IN, OUT = Direction.IN, Direction.OUT


def add(store, direction=IN, on=date(2026, 1, 5), **fields) -> int:
    fields = {"subject": "The roll", "body": "Text", **fields}
    if "office" not in fields and "party" not in fields:
        fields["office"] = "Membership office"
    return records.add_letter(store, direction=direction, on=on, **fields)


def test_a_letter_comes_back_as_it_was_filed(store):
    letter = records.get(
        store,
        add(store, sender="Clerk", recipient="Us", promised_by=date(2026, 2, 1), notes="Late."),
    )
    assert (letter.direction, letter.on, letter.sender) == (IN, date(2026, 1, 5), "Clerk")
    assert (letter.promised_by, letter.notes, letter.at) == (date(2026, 2, 1), "Late.", None)
    assert records.many(store, [letter.id, 99]) == [letter]


def test_nobody_finds_a_letter_or_thread_that_is_not_there(store):
    with pytest.raises(Missing, match="no letter 7"):
        records.get(store, 7)
    with pytest.raises(Missing, match="no thread 7"):
        records.thread(store, 7)
    with pytest.raises(Missing, match="no thread 7"):
        add(store, thread=7)
    with pytest.raises(Missing, match="no thread 7"):
        records.close_thread(store, 7, date(2026, 1, 1))


def test_a_letter_without_subject_is_called_so(store):
    assert records.get(store, add(store, subject=" \n")).subject == "(no subject)"


def test_the_same_letter_is_filed_once(store):
    first = add(store)
    with pytest.raises(Conflict, match=f"as letter {first}"):
        add(store, body="Text \r\n")
    add(store, on=date(2026, 1, 6))


def test_one_message_id_with_other_words_is_another_letter(store):
    add(store, message_id="<a@x>")
    with pytest.raises(Conflict):
        add(store, message_id="<a@x>", on=date(2026, 2, 2))
    assert add(store, message_id="<a@x>", body="Something else")


def test_an_answer_joins_the_thread_of_what_it_answers(store):
    asked = add(store, OUT, message_id="<q@x>", subject="Question")
    answer = add(store, subject="Something else entirely", references=["<q@x>"], party="z@y")
    assert records.get(store, answer).thread == records.get(store, asked).thread


def test_an_answer_filed_before_its_question_draws_the_question_in(store):
    answer = add(store, subject="Re: Other", references=["<q@x>"])
    asked = add(store, OUT, message_id="<q@x>", subject="Question", office="Elsewhere")
    assert records.get(store, asked).thread == records.get(store, answer).thread


def test_two_threads_that_turn_out_to_be_one_are_joined_with_what_refers_to_them(store):
    last = add(store, message_id="<3@x>", references=["<2@x>"], subject="C", office="C")
    first = add(store, message_id="<1@x>", subject="A", office="A")
    gone = records.get(store, last).thread
    with store.change("Refer") as change:
        change.link(Ref("letter", first), Ref("thread", gone), "item")
    middle = add(store, message_id="<2@x>", references=["<1@x>"], subject="B", office="B")
    threads = {records.get(store, each).thread for each in (first, middle, last)}
    assert len(threads) == 1
    (kept,) = threads
    assert [link.target for link in store.links_from(Ref("letter", first))] == [Ref("thread", kept)]
    with pytest.raises(Missing):
        records.thread(store, ({gone, 1, 2} - threads).pop())
    store.undo()
    assert records.get(store, last).thread == gone


def test_without_references_subject_and_office_decide(store):
    one = records.get(store, add(store, OUT))
    same = records.get(store, add(store, subject="RE: The roll", body="b"))
    other = records.get(store, add(store, body="c", office="Finance"))
    unnamed = records.get(store, add(store, subject="", body="d"))
    assert same.thread == one.thread
    assert other.thread != one.thread
    assert records.get(store, add(store, subject="", body="e")).thread != unnamed.thread


def test_the_same_address_is_the_same_correspondent(store):
    one = records.get(store, add(store, OUT, recipient="Clerk@hq.example", office=""))
    same = records.get(store, add(store, sender="clerk@HQ.example", body="b", office="Clerk"))
    stranger = records.get(store, add(store, sender="x@hq.example", body="c", office="X"))
    assert same.thread == one.thread
    assert stranger.thread != one.thread


def test_all_addresses_of_hq_are_one_correspondent(store):
    branch.set_details(store, hq_email="membership@hq.example")
    one = records.get(store, add(store, OUT, party="membership@hq.example"))
    machine = records.get(store, add(store, party="no-reply@hq.example", body="b"))
    assert machine.thread == one.thread


def test_a_name_beside_the_address_makes_no_difference(store):
    one = records.get(store, add(store, OUT, recipient="Clerk <Clerk@hq.example>", office=""))
    same = records.get(store, add(store, sender="clerk@hq.example", body="b", office="Clerk"))
    assert same.thread == one.thread


def test_an_automatic_reply_that_names_nothing_answers_what_we_wrote_just_before(store):
    asked = records.get(store, add(store, OUT))
    received = {"subject": "We got it", "body": "We have received your email."}
    machine = records.get(store, add(store, on=date(2026, 1, 7), **received))
    assert machine.thread == asked.thread
    later = records.get(store, add(store, on=date(2026, 1, 20), **received))
    assert later.thread != asked.thread
    person = records.get(store, add(store, on=date(2026, 1, 7), subject="Cards", body="Here."))
    assert person.thread != asked.thread


def test_an_automatic_reply_is_not_put_to_one_of_two(store):
    threads = {
        records.get(store, add(store, OUT, subject=subject)).thread for subject in ("A", "B")
    }
    machine = add(store, subject="We got it", body="We have received your email.")
    assert records.get(store, machine).thread not in threads


def test_a_letter_is_moved_to_another_thread_or_its_own(store):
    first, second = add(store), add(store, body="b")
    assert records.move(store, second, None) == 2
    assert [each.id for each in records.letters(store, 1)] == [first]
    assert records.thread(store, 2).subject == "The roll"
    assert records.move(store, second, 1) == 1
    with pytest.raises(Missing, match="no thread 2"):
        records.thread(store, 2)
    store.undo()
    assert records.get(store, second).thread == 2
    assert records.move(store, second, 2) == 2
    with pytest.raises(Missing, match="no letter 9"):
        records.move(store, 9, 1)
    with pytest.raises(Missing, match="no thread 9"):
        records.move(store, first, 9)


def test_letters_of_a_thread_stand_oldest_first(store):
    late = add(store, on=date(2026, 2, 1))
    early = add(store, OUT, body="b")
    assert [each.id for each in records.letters(store, 1)] == [early, late]
    assert records.thread(store, 1).office == "Membership office"


def test_lists_are_ordered_and_narrowed(store):
    asked = add(store, OUT, subject="Branch funds", office="Finance")
    machine = add(store, on=date(2026, 1, 6), body="We have received your email.")
    person = add(store, on=date(2026, 1, 7), body="Here it is: the zebra list.")
    assert records.ids(store) == [person, machine, asked]
    assert records.ids(store, order="oldest") == [asked, machine, person]
    assert records.ids(store, order="subject") == [asked, machine, person]
    assert records.ids(store, direction=OUT) == [asked]
    assert records.ids(store, automatic=True) == [machine]
    assert records.ids(store, automatic=False, thread=2) == [person]
    assert records.ids(store, search="zebra") == [person]
    with pytest.raises(Invalid, match="newest, oldest"):
        records.ids(store, order="dated; DROP TABLE letter")


def test_enclosures_are_kept_with_the_letter(store):
    letter = add(store, enclosed=[Enclosed("Roll.pdf", "application/pdf", b"%PDF")])
    (kept,) = records.enclosures(store, letter)
    assert (kept.name, kept.media_type, kept.size) == ("Roll.pdf", "application/pdf", 4)
    assert store.attachment(kept.attachment) == b"%PDF"


def test_an_enclosure_over_the_limit_is_refused_with_its_letter(store, monkeypatch):
    monkeypatch.setattr(records.add_letter.__module__ + ".MOST_IN_AN_ENCLOSURE", 3)
    with pytest.raises(Invalid, match=r"Roll\.pdf.*over 50 MB"):
        add(store, enclosed=[Enclosed("Roll.pdf", "application/pdf", b"%PDF")])
    assert records.ids(store) == []


def test_a_letter_can_be_evidence(store):
    letter = add(store)
    other = add(store, body="b")
    with store.change("Refer") as change:
        change.link(Ref("letter", other), Ref("letter", letter), "evidence")
    (link,) = store.links_to(Ref("letter", letter), "evidence")
    assert link.source == Ref("letter", other)
    assert store.title(Ref("letter", letter)) == "The roll (2026-01-05)"


# Waiting


def test_an_automatic_reply_never_stops_the_clock_and_a_correction_does(store):
    add(store, OUT)
    machine = add(store, body="We have received your email.", subject="Automatic reply: The roll")
    (wait,) = records.waiting(store, date(2026, 5, 14))
    assert (wait.days, wait.automatic_replies, wait.state) == (129, 1, State.CHASE)
    assert (wait.subject, wait.office, wait.thread) == ("The roll", "Membership office", 1)

    records.correct_automatic(store, machine, automatic=False)
    letter = records.get(store, machine)
    assert (letter.automatic_because, letter.automatic_guess) == ("said by hand", False)
    assert records.waiting(store, date(2026, 5, 14)) == []

    records.correct_automatic(store, machine, automatic=True)
    assert len(records.waiting(store, date(2026, 5, 14))) == 1
    store.undo()
    assert records.waiting(store, date(2026, 5, 14)) == []


def test_the_longest_wait_stands_first(store):
    add(store, OUT, date(2026, 3, 1), subject="Later")
    add(store, OUT, date(2026, 2, 1), subject="Earlier")
    found = records.waiting(store, date(2026, 5, 14))
    assert [each.subject for each in found] == ["Earlier", "Later"]
    assert records.waiting(store, date(2026, 1, 1)) == []


def test_when_to_chase_is_the_branch_s_rule(store):
    add(store, OUT, date(2026, 5, 4))
    assert records.waiting(store, date(2026, 5, 14))[0].state is State.WAITING
    branch.set_setting(store, "letters.chase_days", "10")
    assert records.waiting(store, date(2026, 5, 14))[0].state is State.CHASE


def test_a_promise_is_recorded_and_taken_back(store):
    asked = add(store, OUT)
    reply = add(store, on=date(2026, 1, 9), body="By February.")
    assert records.waiting(store, date(2026, 2, 1)) == []
    records.promise(store, reply, date(2026, 1, 31))
    (wait,) = records.waiting(store, date(2026, 2, 1))
    assert (wait.promised_by, wait.state) == (date(2026, 1, 31), State.PROMISE_BROKEN)
    records.promise(store, reply, None)
    assert records.waiting(store, date(2026, 2, 1)) == []
    with pytest.raises(Conflict, match="this one went out"):
        records.promise(store, asked, date(2026, 2, 1))
    with pytest.raises(Invalid, match="cannot be for"):
        records.promise(store, reply, date(2026, 1, 1))


def test_a_closed_thread_waits_no_more_until_we_write_again(store):
    add(store, OUT)
    records.close_thread(store, 1, date(2026, 2, 1))
    assert records.thread(store, 1).closed_on == date(2026, 2, 1)
    assert records.waiting(store, date(2026, 3, 1)) == []
    assert len(records.waiting(store, date(2026, 1, 20))) == 1
    add(store, OUT, date(2026, 3, 1), body="b")
    assert records.waiting(store, date(2026, 3, 2))[0].since == date(2026, 3, 1)
    records.close_thread(store, 1, None)
    assert records.waiting(store, date(2026, 3, 2))[0].since == date(2026, 1, 5)


def test_a_verdict_given_stands(store):
    letter = add(store, body="We have received your email.", automatic=Automatic(automatic=False))
    assert not records.get(store, letter).automatic


MORNING, EVENING = (datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in (9, 20))


def test_our_answer_without_an_hour_waits_for_one_to_a_mail_of_the_same_day(store):
    """Whichever of the two was filed first."""
    for subject, ways in (("Ours last", (IN, OUT)), ("Theirs last", (OUT, IN))):
        for way in ways:
            add(store, way, subject=subject, body=subject, at=MORNING if way is IN else None)
    found = records.waiting(store, date(2026, 6, 30))
    assert [each.subject for each in found] == ["Ours last", "Theirs last"]
    for thread in (1, 2):
        assert [each.direction for each in records.letters(store, thread)] == [IN, OUT]


def test_an_answer_of_the_same_day_stops_the_clock_where_the_order_is_known(store):
    add(store, OUT, subject="By the hour", at=MORNING)
    add(store, IN, subject="By the hour", body="Yes", at=EVENING)
    add(store, OUT, subject="As written down")
    add(store, IN, subject="As written down", body="Yes")
    assert records.waiting(store, date(2026, 6, 30)) == []
    add(store, OUT, subject="By the hour", body="And?", on=date(2026, 1, 6))
    assert [each.since for each in records.waiting(store, date(2026, 6, 30))] == [date(2026, 1, 6)]
