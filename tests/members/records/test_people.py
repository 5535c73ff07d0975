"""Members read, listed, added and changed in a real branch file."""

from __future__ import annotations

from datetime import date

import pytest

from branch_desk.branch import records as branch
from branch_desk.members import records
from branch_desk.members.records import NewEvent, NewMember, Payment
from branch_desk.members.rules import CURRENT, EventKind, Standing
from branch_desk.store.errors import Conflict, Invalid, Missing

TODAY = date(2026, 5, 14)


@pytest.fixture
def three(store):
    """Gwen, who said she resigns; Zofia on probation; Łukasz, who lapsed."""
    gwen = records.add(
        store,
        surname="ap Rhys",
        forename="Gwen",
        number="0009",
        ward="Abbey",
        email="Gwen@example.org",
        joined_on=date(2020, 1, 2),
        type="Full",
    )
    records.record_event(store, gwen, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 1))
    zofia = records.add(
        store,
        kind=EventKind.PROBATION_STARTED,
        on=date(2026, 4, 1),
        surname="Baran",
        forename="Zofia",
        number="10",
        ward="Mill",
        skills="Sign language, typesetting",
    )
    lukasz = records.add(
        store, surname="Łoś", forename="Łukasz", number="A7", joined_on=date(2024, 6, 30)
    )
    records.record_event(store, lukasz, EventKind.PAYMENT_STOPPED, effective_on=date(2025, 1, 1))
    records.record_event(store, lukasz, EventKind.LAPSED, effective_on=date(2025, 7, 1))
    return gwen, zofia, lukasz


def test_a_member_comes_back_as_they_were_added(store):
    born = date(1990, 2, 3)
    made = records.add(
        store,
        surname=" Okafor ",
        forename="Ada",
        born_on=born,
        payment=Payment.ARREARS,
        arrears_pence=1250,
        extra={"Region": "East"},
        known_as="Addie",
    )
    ada = records.get(store, made)
    assert (ada.name, ada.called, ada.born_on, ada.joined_on) == (
        "Ada Okafor",
        "Addie",
        born,
        TODAY,
    )
    assert (ada.payment, ada.arrears_pence, ada.extra) == (
        Payment.ARREARS,
        1250,
        {"Region": "East"},
    )
    assert ada.current
    assert not ada.under_18(TODAY)
    assert [event.kind for event in records.events(store, made)] == [EventKind.JOINED]


def test_an_applicant_has_not_joined(store):
    made = records.add(store, kind=EventKind.APPLIED, surname="Okafor")
    applicant = records.get(store, made)
    assert (applicant.standing, applicant.joined_on) == (Standing.APPLICANT, None)
    assert not applicant.current


def test_many_gives_the_order_asked_for_and_leaves_out_who_is_gone(store, three):
    gwen, zofia, lukasz = three
    found = records.many(store, [lukasz, 999, gwen, zofia])
    assert [member.id for member in found] == [lukasz, gwen, zofia]


def test_lists_are_in_the_order_asked_for(store, three):
    gwen, zofia, lukasz = three
    assert records.ids(store) == [gwen, zofia, lukasz]
    assert records.ids(store, order="-name") == [lukasz, zofia, gwen]
    assert records.ids(store, order="number") == [zofia, lukasz, gwen]
    assert records.ids(store, order="joined") == [gwen, lukasz, zofia]
    with pytest.raises(Missing, match="cannot be ordered by “shoe size”"):
        records.ids(store, order="shoe size")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"standing": Standing.LAPSED}, ["Łukasz"]),
        ({"standing": CURRENT}, ["Gwen", "Zofia"]),
        ({"ward": "Mill"}, ["Zofia"]),
        ({"type": "Full"}, ["Gwen"]),
        ({"resignation_said": True}, ["Gwen"]),
        ({"payment_stopped": False}, ["Gwen", "Zofia", "Łukasz"]),
        ({"vanished": True}, []),
        ({"joined_from": date(2024, 1, 1)}, ["Zofia", "Łukasz"]),
        ({"joined_to": date(2020, 1, 2)}, ["Gwen"]),
        ({"payment": Payment.STOPPED}, ["Łukasz"]),
        ({"search": "lukasz"}, ["Łukasz"]),
        ({"search": "typesett"}, ["Zofia"]),
        ({"search": "example.org", "ward": "Mill"}, []),
        ({"search": "gwen", "order": "match", "standing": CURRENT}, ["Gwen"]),
    ],
)
def test_filters(store, three, filters, names):
    found = records.many(store, records.ids(store, **filters))
    assert [member.forename for member in found] == names


def test_who_said_they_resign_is_resigned_where_that_is_the_branch_rule(store, three):
    gwen, zofia, _ = three
    assert records.get(store, gwen).standing is Standing.MEMBER
    assert records.counts(store).members == 2
    branch.set_setting(store, "members.resigned_counts", "said")
    assert records.get(store, gwen).standing is Standing.RESIGNED
    assert records.ids(store, standing=Standing.RESIGNED) == [gwen]
    assert records.ids(store, standing=CURRENT) == [zofia]
    counts = records.counts(store)
    assert (counts.members, counts.total, counts.resignation_said) == (1, 3, 1)
    assert counts.by_standing[Standing.RESIGNED] == 1


def test_counts_agree_with_the_lists(store, three):
    counts = records.counts(store)
    for standing in Standing:
        assert counts.by_standing[standing] == len(records.ids(store, standing=standing))
    assert (counts.resignation_said, counts.payment_stopped, counts.vanished) == (1, 0, 0)


def test_an_email_address_is_found_whatever_its_capitals(store, three):
    assert records.matching_email(store, " gwen@EXAMPLE.org") == [three[0]]
    assert records.matching_email(store, "") == []


def test_values_in_use(store, three):
    assert records.values_of(store, "ward") == ["Abbey", "Mill"]
    with pytest.raises(Missing):
        records.values_of(store, "notes")


def test_changing_a_detail_leaves_the_others(store, three):
    records.change_details(store, three[0], surname="Zimmer", phone="020 7946 0018")
    gwen = records.get(store, three[0])
    assert (gwen.name, gwen.phone, gwen.ward) == ("Gwen Zimmer", "020 7946 0018", "Abbey")
    assert records.ids(store)[-1] == three[0]
    store.undo()
    assert records.get(store, three[0]).surname == "ap Rhys"


@pytest.mark.parametrize(
    ("details", "error", "words"),
    [
        ({"number": "10"}, Conflict, "Zofia Baran has the number 10 already"),
        ({"shoe_size": 9}, Missing, "no field “shoe_size”"),
        ({"born_on": "yesterday"}, Invalid, "not a date for born_on"),
        ({"arrears_pence": -1}, Invalid, "whole pence"),
        ({"payment": "gold"}, Invalid, "not a state of payment"),
        ({"extra": "text"}, Invalid, "by its column's title"),
        ({"surname": "", "forename": ""}, Invalid, "needs a name"),
        ({"surname": None, "forename": " "}, Invalid, "needs a name"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(
    store, three, details, error, words
):
    before = records.as_stored(store)
    with pytest.raises(error, match=words):
        records.change_details(store, three[0], **details)
    assert records.as_stored(store) == before


def test_nobody_is_added_without_a_name_or_with_a_number_taken(store, three):
    with pytest.raises(Invalid, match="needs a name"):
        records.add(store, number="77")
    with pytest.raises(Conflict, match="has the number 0009 already"):
        records.add(store, surname="Okafor", number="0009")
    with pytest.raises(Invalid, match="add them as joined"):
        records.add(store, kind=EventKind.LAPSED, surname="Okafor")
    with pytest.raises(Invalid, match="event to begin with"):
        records.add_many(store, [NewMember({"surname": "Okafor"})])
    assert records.counts(store).total == 3


def test_there_is_no_such_member(store):
    with pytest.raises(Missing, match="no member with the id 7"):
        records.get(store, 7)


def test_adding_many_is_one_change_that_undo_takes_back(store):
    people = [
        NewMember({"surname": f"Okafor {place}"}, (NewEvent(EventKind.JOINED),))
        for place in range(20_001)
    ]
    ids = records.add_many(store, people)
    assert len(set(ids)) == records.counts(store).members == 20_001
    store.undo()
    assert records.counts(store).total == 0


def test_each_order_and_filter_goes_through_an_index(store, three):
    for where, order in (
        ("1", "sort_name, id"),
        ("1", "length(number), number, id"),
        ("1", "joined_on, id"),
        ("ward = 'Mill'", "sort_name, id"),
        ("type = 'Full'", "sort_name, id"),
        ("resignation_said = 1", "sort_name, id"),
        ("payment_stopped = 1", "sort_name, id"),
        ("vanished = 1", "sort_name, id"),
        ("standing IN ('lapsed')", "sort_name, id"),
    ):
        plan = store.rows(
            f"EXPLAIN QUERY PLAN SELECT id FROM member WHERE {where} ORDER BY {order}"  # noqa: S608 - ours
        )
        said = " / ".join(row["detail"] for row in plan)
        assert "USING" in said, said
        assert "TEMP B-TREE FOR ORDER" not in said, said
