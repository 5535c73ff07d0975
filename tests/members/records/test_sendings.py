"""Sending something to people: who can be reached how, and what was sent to whom."""

from datetime import date

import pytest

from branch_desk.members import records
from branch_desk.members.records import Channel, SendingKind
from branch_desk.members.rules import Way
from branch_desk.store.errors import Invalid

BRYN = {
    "forename": "Bryn",
    "surname": "Howells",
    "address": "1 Mill Lane,\nMoy",
    "postcode": "HF1 1AA",
}


@pytest.fixture
def people(store):
    return [
        records.add(store, forename="Ada", surname="Okafor", email="ada@example.org"),
        records.add(store, **BRYN),
        records.add(store, forename="Ciara", surname="Byrne", email="c@example.org"),
    ]


def names(heap):
    return [each.name for each in heap]


def test_people_fall_into_three_heaps(store, people):
    records.set_consent(store, people[0], Channel.EMAIL, given=True)
    found = records.reached(store, [*people, 99])
    assert names(found.by_email) == ["Ada Okafor"]
    assert [(each.name, each.at) for each in found.by_post] == [
        ("Bryn Howells", "1 Mill Lane, Moy, HF1 1AA")
    ]
    assert [(each.name, each.why) for each in found.unreached] == [
        ("Ciara Byrne", "Was never asked about e-mail, no postal address.")
    ]
    assert found.unasked == 1


def test_the_latest_decision_counts(store, people):
    records.set_consent(store, people[0], Channel.EMAIL, given=True, on=date(2026, 1, 1))
    records.set_consent(store, people[0], Channel.EMAIL, given=False, on=date(2026, 2, 1))
    assert names(records.reached(store, people).by_email) == []


def test_those_never_asked_can_be_taken_in(store, people):
    found = records.reached(store, people, unasked=True)
    assert names(found.by_email) == ["Ada Okafor", "Ciara Byrne"]


def test_nobody_is_written_to_twice(store, people):
    found = records.reached(store, [people[1], people[1]])
    assert len(found.by_post) == 1


def test_what_was_sent_is_kept_and_undone(store, people):
    kept = records.keep_sending(
        store, SendingKind.WELCOME, " Welcome ", by_email=[people[0]], by_post=[people[1]]
    )
    found = records.sendings(store, people[1])[0]
    assert (found.id, found.subject, found.sent_on, found.way) == (
        kept, "Welcome", date(2026, 5, 14), Way.POST,
    )  # fmt: skip
    assert records.welcomed(store, people) == set(people[:2])
    records.keep_sending(store, SendingKind.MESSAGE, "Cake", by_email=[people[2]])
    assert people[2] not in records.welcomed(store, people)
    store.undo()
    store.undo()
    assert records.sendings(store, people[1]) == []


def test_what_went_to_nobody_is_not_recorded(store):
    with pytest.raises(Invalid, match="nobody"):
        records.keep_sending(store, SendingKind.MESSAGE, "Cake")
