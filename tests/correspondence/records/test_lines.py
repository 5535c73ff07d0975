"""Threads as a list, and who owes whom an answer in them."""

from datetime import date

import pytest

from branch_desk.correspondence import records
from branch_desk.correspondence.rules import Direction
from branch_desk.store.errors import Conflict, Invalid


def letter(store, subject, office, on, direction=Direction.OUT, **more):
    other = f"{office} <{office.lower()}@example.org>"
    incoming = direction is Direction.IN
    return records.add_letter(
        store,
        direction=direction,
        on=on,
        subject=subject,
        body=more.pop("body", f"About {subject}."),
        sender=other if incoming else "us@example.org",
        recipient="us@example.org" if incoming else other,
        office=office,
        **more,
    )


@pytest.fixture
def threads(store):
    first = letter(store, "The list", "Office", date(2026, 4, 1))
    letter(store, "The clock", "Council", date(2026, 5, 1), Direction.IN)
    letter(store, "A bench", "Abbey", date(2026, 3, 1))
    letter(
        store,
        "Automatic reply: The list",
        "Office",
        date(2026, 4, 2),
        Direction.IN,
        thread=records.get(store, first).thread,
    )
    return store


def subjects(store, **asked):
    return [
        each.subject for each in records.thread_lines(store, records.thread_ids(store, **asked))
    ]


def test_threads_come_newest_first_and_in_any_order(threads):
    assert subjects(threads) == ["The clock", "The list", "A bench"]
    assert subjects(threads, order="-newest") == ["A bench", "The list", "The clock"]
    assert subjects(threads, order="subject") == ["A bench", "The clock", "The list"]
    assert subjects(threads, order="office") == ["A bench", "The clock", "The list"]
    assert subjects(threads, order="letters")[0] == "The list"
    with pytest.raises(Invalid, match="colour"):
        records.thread_ids(threads, order="colour")


def test_a_search_finds_the_words_of_letters_and_threads(threads):
    assert subjects(threads, search="council") == ["The clock"]
    assert subjects(threads, search="bench") == ["A bench"]
    assert subjects(threads, search="nobody") == []


def test_a_line_counts_letters_and_machines(threads):
    line = records.thread_lines(threads, records.thread_ids(threads, search="list"))[0]
    assert (line.letters, line.automatic, line.last) == (2, 1, date(2026, 4, 2))
    assert records.threads_with_automatic(threads) == {line.id}
    assert records.thread_lines(threads, [999]) == []


def test_closed_threads_are_known(threads):
    thread = records.thread_ids(threads)[0]
    records.close_thread(threads, thread, date(2026, 5, 14))
    assert records.closed_threads(threads) == {thread}


def test_offices_are_those_written_with_the_latest_first(threads):
    assert records.offices(threads) == [
        ("Council", "council@example.org"),
        ("Office", "office@example.org"),
        ("Abbey", "abbey@example.org"),
    ]


def test_an_office_keeps_the_address_that_is_known(store):
    letter(store, "One", "Office", date(2026, 4, 1))
    records.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 5, 1),
        subject="Two",
        body="On paper.",
        recipient="Office",
        office="Office",
    )
    assert records.offices(store) == [("Office", "office@example.org")]


def test_who_owes_whom_is_known_of_every_thread(threads):
    found = records.standings(threads, date(2026, 5, 14))
    assert [(each.subject, each.days) for each in found.waiting] == [
        ("A bench", 74),
        ("The list", 43),
    ]
    assert [(each.subject, each.days) for each in found.owing] == [("The clock", 13)]


def test_we_may_need_not_answer_or_owe_one_after_all(threads):
    clock = records.ids(threads, search="clock")[0]
    records.want_answer(threads, clock, asks=False)
    assert records.standings(threads, date(2026, 5, 14)).owing == ()
    records.want_answer(threads, clock, asks=True)
    assert len(records.standings(threads, date(2026, 5, 14)).owing) == 1
    ours = records.ids(threads, search="bench")[0]
    with pytest.raises(Conflict, match="went out"):
        records.want_answer(threads, ours, asks=True)


def test_needing_no_answer_settles_all_since_our_last(store):
    first = letter(store, "The clock", "Council", date(2026, 5, 1), Direction.IN)
    thread = records.get(store, first).thread
    letter(store, "The clock", "Council", date(2026, 5, 2), thread=thread, wants_answer=False)
    for day in (3, 4):
        on, body = date(2026, 5, day), f"{day}"
        last = letter(store, "Clock", "Council", on, Direction.IN, thread=thread, body=body)
    records.want_answer(store, last, asks=False)
    assert [each.asks for each in records.letters(store, thread)] == [None, None, False, False]
    assert records.standings(store, date(2026, 5, 14)).owing == ()


def test_a_letter_filed_by_mistake_is_taken_out_and_comes_back(threads):
    lost = records.ids(threads, search="bench")[0]
    thread = records.get(threads, lost).thread
    records.remove(threads, lost)
    assert thread not in records.thread_ids(threads)
    threads.undo()
    assert thread in records.thread_ids(threads)
