"""Letters of ours, and asking HQ to confirm a resignation that came by e-mail."""

from dataclasses import replace
from datetime import date

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records
from branch_desk.correspondence.rules import Direction
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

TODAY = date(2026, 5, 14)
LETTER = records.Outgoing("Council", "council@example.org", "The clock", "Please mend it.")


@pytest.fixture
def ada(store):
    branch.set_details(store, hq="National Office", hq_email="list@national.example.org")
    return members.add(
        store,
        forename="Ada",
        surname="Okafor",
        email="ada@example.org",
        number="1234",
        joined_on=date(2020, 1, 1),
    )


@pytest.fixture
def leaving(store, ada):
    return came(store, "I am resigning from the party.")


def came(store, body, sender="Ada Okafor <ada@example.org>", subject="Goodbye"):
    letter = records.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 12),
        subject=subject,
        body=body,
        sender=sender,
        office=sender,
    )
    return records.get(store, letter)


def test_a_letter_is_filed_as_sent_today_and_its_clock_runs(store):
    sent = records.get(store, records.send(store, LETTER))
    assert (sent.on, sent.recipient) == (TODAY, "Council <council@example.org>")
    assert (sent.direction, sent.automatic) == (Direction.OUT, False)
    assert [each.thread for each in records.waiting(store, TODAY)] == [sent.thread]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"to": " ", "address": ""}, "whom"),
        ({"subject": " "}, "about"),
        ({"text": "\n"}, "no text"),
    ],
)
def test_what_is_missing_is_said(store, change, says):
    with pytest.raises(Invalid, match=says):
        records.send(store, replace(LETTER, **change))


def test_whom_it_is_to_is_written_as_mail_does():
    assert replace(LETTER, to="").recipient == "council@example.org"
    assert replace(LETTER, address="").recipient == "Council"


def test_an_answer_begins_with_whom_it_is_to_and_needs_none_itself(store):
    letter = came(store, "When will you pay for the hall?", "Hall <hall@example.org>", "The hall")
    start = records.answer_to(store, letter.thread)
    assert (start.to, start.address) == ("Hall <hall@example.org>", "hall@example.org")
    assert (start.subject, start.wants_answer) == ("Re: The hall", False)
    records.send(store, replace(start, text="Tomorrow."))
    assert records.standings(store, TODAY) == records.Standings()
    assert records.answer_to(store, letter.thread).wants_answer


def test_a_chaser_goes_into_the_thread_and_counts_as_one(store):
    first = records.get(store, records.send(store, LETTER))
    start = records.chaser(store, first.thread)
    assert "We wrote to you on 14 May 2026" in start.text
    assert start.address == "council@example.org"
    again = records.get(store, records.send(store, start))
    assert again.thread == first.thread
    assert records.waiting(store, TODAY)[0].chasers == 1


def test_nobody_is_chased_who_owes_nothing(store):
    letter = came(store, "Thank you.", "Hall <hall@example.org>", "The hall")
    with pytest.raises(Conflict, match="nobody to chase"):
        records.chaser(store, letter.thread)


def test_an_address_is_not_taken_from_a_machine(store):
    first = records.get(store, records.send(store, LETTER))
    records.add_letter(
        store,
        direction=Direction.IN,
        on=TODAY,
        subject="Automatic reply: The clock",
        body="We are away.",
        sender="noreply@robots.example.org",
        thread=first.thread,
    )
    assert records.answer_to(store, first.thread).address == "council@example.org"


def test_a_letter_is_tied_to_what_it_is_about(store, ada):
    letter = records.send(store, LETTER)
    records.tie(store, letter, Ref("member", ada))
    assert [each.target for each in store.links_from(Ref("letter", letter))] == [Ref("member", ada)]
    records.untie(store, letter, Ref("member", ada))
    assert store.links_from(Ref("letter", letter)) == []
    with pytest.raises(Missing):
        records.tie(store, 99, Ref("member", ada))


def test_a_resignation_is_guessed_and_whose_it_is(store, ada, leaving):
    found = records.leaving(store, leaving)
    assert found is not None
    assert (found.member, found.name, found.words) == (ada, "Ada Okafor", "i am resigning")
    assert not found.recorded


def test_the_name_tells_where_the_address_does_not(store, ada):
    letter = came(store, "I resign.", "Ada Okafor <other@example.com>")
    found = records.leaving(store, letter)
    assert found is not None
    assert found.member == ada
    stranger = records.leaving(store, came(store, "I resign.", "Someone <x@example.com>", "Hm"))
    assert stranger is not None
    assert stranger.member is None
    assert records.writer(store, came(store, "Hello.", "", "Nobody")) is None


@pytest.mark.parametrize("sender", ["Office <list@national.example.org>", "a@national.example.org"])
def test_hq_does_not_resign(store, ada, sender):
    assert records.leaving(store, came(store, "I am resigning.", sender)) is None
    assert records.threads_leaving(store) == set()


def test_a_machine_and_a_letter_of_ours_do_not_resign(store, ada):
    assert records.leaving(store, came(store, "I resign.", subject="Out of office")) is None
    ours = records.get(store, records.send(store, replace(LETTER, text="I resign.")))
    assert records.leaving(store, ours) is None
    with pytest.raises(Invalid, match="went out"):
        records.record_resignation(store, ours.id, ada)


def test_one_click_says_it_is_no_resignation(store, leaving):
    assert records.threads_leaving(store) == {leaving.thread}
    records.say_stays(store, leaving.id)
    assert records.leaving(store, records.get(store, leaving.id)) is None
    assert records.threads_leaving(store) == set()


def test_a_resignation_is_recorded_with_its_letter_and_hq_is_asked(store, ada, leaving):
    event = records.record_resignation(store, leaving.id, ada)
    kept = next(each for each in members.events(store, ada) if each.id == event)
    assert (kept.kind, kept.said_on) == (EventKind.RESIGNATION_SAID, leaving.on)
    assert kept.evidence == (Ref("letter", leaving.id),)
    assert records.threads_leaving(store) == set()
    found = records.leaving(store, leaving)
    assert found is not None
    assert (found.recorded, found.confirmed, found.asked) == (True, False, None)
    start = records.ask_to_confirm(store, [ada])
    assert (start.to, start.address) == ("National Office", "list@national.example.org")
    assert "Ada Okafor (membership number 1234) told us on 12 May 2026" in start.text
    asked = records.send(store, start)
    found = records.leaving(store, leaving)
    assert found is not None
    assert found.asked == asked
    assert [each.asked for each in records.unconfirmed(store)] == [asked]
    assert len(records.waiting(store, TODAY)) == 1


def test_what_hq_recorded_needs_no_asking(store, ada, leaving):
    records.record_resignation(store, leaving.id, ada)
    members.record_event(store, ada, EventKind.RESIGNATION_RECORDED, hq_recorded_on=TODAY)
    found = records.leaving(store, leaving)
    assert found is not None
    assert found.confirmed
    assert records.unconfirmed(store) == []
    with pytest.raises(Invalid, match="HQ has recorded"):
        records.ask_to_confirm(store, [ada])


def test_hq_without_a_name_is_hq(store, leaving, ada):
    branch.set_details(store, hq="")
    records.record_resignation(store, leaving.id, ada)
    assert records.ask_to_confirm(store, [ada]).to == "HQ"


def test_evidence_is_not_deleted(store, ada, leaving):
    records.record_resignation(store, leaving.id, ada)
    with pytest.raises(Conflict, match="refers to it"):
        records.remove(store, leaving.id)
    with pytest.raises(Missing):
        records.remove(store, 99)
