"""What is refused on a review is not done, what is settled is, and all the rest as it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.members import records
from branch_desk.members.exchange import Decisions, apply, parts, review, settle, without
from branch_desk.members.records import Channel
from branch_desk.members.rules import EventKind, Standing
from branch_desk.store.errors import Invalid, Missing
from tests.members.exchange.test_review import (
    ADA,
    GWEN,
    TITLES,
    ZOFIA,
    bring_in,
    by_number,
    changed,
    everything,
    figures,
    table,
)

NOBODY = ["0099", "Nobody", "Nia", "SY23 9ZZ", "nia@example.org", "01/01/2020", "Active"]


@pytest.fixture
def branch(store):
    """Gwen, Ada and Nia, from HQ's list of a month ago."""
    bring_in(store, GWEN, ADA, NOBODY, as_of=date(2026, 4, 14))
    return store


def reviewed(branch):
    """A list in which Gwen changed, Ada left, Zofia joined and Nia is missing."""
    rows = (changed(changed(GWEN, 4, "hq@example.org"), 3, "LL55 2AA"), changed(ADA, 6, "Resigned"))
    return review(branch, table(*rows, ZOFIA), "list.csv")


@pytest.fixture
def made(branch):
    return reviewed(branch)


def entries(made):
    return [*made.joined, *made.left, *made.changed, *made.conflicting, *made.vanished]


def test_every_entry_has_a_name_of_its_own(made):
    keys = [entry.key for entry in entries(made)]
    assert len(keys) == len(set(keys)) == 4


def test_nothing_decided_is_everything_accepted(made):
    assert Decisions().applied_to(made) == made


def test_all_refused_changes_nobody(branch, made):
    before = everything(branch)[:3]
    decisions = Decisions()
    decisions.refuse(entries(made))
    left = decisions.applied_to(made)
    assert left.quiet
    apply(branch, left)
    assert everything(branch)[:3] == before


def test_one_refused_is_left_as_it_is_and_can_be_taken_after_all(branch, made):
    decisions = Decisions()
    decisions.refuse(made.left)
    assert figures(decisions.applied_to(made)) == {"joined": 1, "changed": 1, "vanished": 1}
    decisions.accept(made.left)
    assert figures(decisions.applied_to(made)) == figures(made)


def test_a_refused_field_stays_ours_and_the_others_become_hqs(branch, made):
    entry = made.changed[0]
    decisions = Decisions()
    decisions.choose_field(entry, "postcode", theirs=False)
    assert not decisions.takes_field(entry, "postcode")
    assert decisions.takes_field(entry, "email")
    apply(branch, decisions.applied_to(made))
    gwen = by_number(branch)["0012"]
    assert (gwen.postcode, gwen.email) == ("SY23 1AB", "hq@example.org")


def test_with_its_last_field_refused_the_entry_is_and_one_taken_brings_that_one_back(made):
    entry = made.changed[0]
    decisions = Decisions()
    for name in ("postcode", "email"):
        decisions.choose_field(entry, name, theirs=False)
    assert not decisions.takes(entry)
    assert figures(decisions.applied_to(made)) == {"joined": 1, "left": 1, "vanished": 1}
    decisions.choose_field(entry, "email", theirs=True)
    left = decisions.applied_to(made).changed[0]
    assert left.details == {"email": "hq@example.org"}


def test_every_part_of_an_entry_is_shown_once(made):
    assert [each.field for each in parts(made.left[0])] == ["standing"]
    assert [each.field for each in parts(made.vanished[0])] == ["vanished"]
    shown = [each.field for each in parts(made.joined[0])]
    assert sorted(shown) == sorted(
        ["number", "surname", "forename", "postcode", "email", "joined_on", "standing"]
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_refused_only_the_rest_is_done_and_undo_restores_everything(branch, data):
    made = reviewed(branch)
    decisions = Decisions()
    for entry in entries(made):
        names = [each.field for each in parts(entry)]
        for name in data.draw(st.lists(st.sampled_from(names), unique=True)):
            if name not in {"surname", "forename"}:
                decisions.choose_field(entry, name, theirs=False)
        if data.draw(st.booleans()):
            decisions.refuse([entry])
        elif data.draw(st.booleans()):
            decisions.accept([entry])
    before = everything(branch)
    ours = by_number(branch)
    apply(branch, decisions.applied_to(made))
    now = {member.id: member for member in records.many(branch, records.ids(branch))}
    for entry in entries(made):
        if entry.member is None:
            there = any(member.surname == "Baran" for member in now.values())
            assert there is (decisions.takes(entry) and decisions.takes_field(entry, "standing"))
            continue
        after, old = now[entry.member], ours[entry.number]
        for change in parts(entry):
            same = getattr(after, change.field) == getattr(old, change.field)
            assert same is not decisions.takes_field(entry, change.field), change
    branch.undo()
    assert everything(branch) == before


def test_a_column_of_hqs_own_can_be_refused_and_the_one_known_before_stays(branch):
    titles = [*TITLES, "Shirt", "Shoe"]
    bring_in(branch, [*GWEN, "M", "41"], [*ADA, "", ""], [*NOBODY, "", ""], titles=titles)
    rows = ([*GWEN, "XL", "42"], [*ADA, "L", ""], [*NOBODY, "", ""])
    made = review(branch, table(*rows, titles=titles), "list.csv")
    decisions = Decisions()
    gwen, ada = made.changed
    decisions.choose_field(gwen, "Shirt", theirs=False)
    decisions.choose_field(ada, "Shirt", theirs=False)
    apply(branch, decisions.applied_to(made))
    assert by_number(branch)["0012"].extra == {"Shirt": "M", "Shoe": "42"}
    assert by_number(branch)["0013"].extra == {}


def test_a_consent_can_be_refused(branch):
    titles = [*TITLES, "Email consent"]
    made = review(branch, table([*GWEN, "yes"], titles=titles), "list.csv")
    entry = made.changed[0]
    assert without(entry, ["consent_email"]) is None
    kept = without(entry, ["surname"])
    assert kept is not None
    assert kept.consents == {Channel.EMAIL: True}


def test_a_corrected_joining_date_goes_with_its_event(branch):
    made = review(branch, table(changed(GWEN, 5, "01/03/2018"), ADA, NOBODY), "list.csv")
    assert made.changed[0].events
    assert without(made.changed[0], ["joined_on"]) is None


def test_all_that_a_list_says_of_somebody_new_is_shown_as_it_is_read(branch):
    titles = [*TITLES, "Arrears", "Email consent", "Shirt"]
    made = review(branch, table([*ZOFIA, "12.5", "yes", "XL"], titles=titles), "list.csv")
    shown = {each.field: each.after for each in parts(made.joined[0])}
    assert (shown["arrears_pence"], shown["Shirt"]) == ("12.50", "XL")
    assert shown["consent_email"] == "yes"


def test_with_a_column_of_hqs_own_refused_the_rest_of_the_row_is_still_taken(branch):
    titles = [*TITLES, "Shirt"]
    bring_in(branch, [*GWEN, "M"], titles=titles)
    row = [*changed(GWEN, 4, "hq@example.org"), "XL"]
    left = without(review(branch, table(row, titles=titles), "l.csv").changed[0], ["Shirt"])
    assert left is not None
    assert left.details == {"email": "hq@example.org"}


def test_a_refused_field_taken_after_all_is_as_if_nothing_was_decided(made):
    decisions = Decisions()
    decisions.choose_field(made.changed[0], "postcode", theirs=False)
    decisions.choose_field(made.changed[0], "postcode", theirs=True)
    assert decisions == Decisions()
    assert decisions.applied_to(made) == made


def test_read_another_way_only_what_is_still_there_is_decided_as_before(branch, made):
    decisions = Decisions()
    decisions.choose_field(made.changed[0], "postcode", theirs=False)
    assert decisions.carried(branch, made, made).refused_fields == decisions.refused_fields
    moved = (changed(GWEN, 3, "LL55 2AA"), changed(ADA, 4, "ada@hq.example"), ZOFIA, NOBODY)
    again = review(branch, table(*moved), "list.csv")
    gwen, ada = again.changed
    carried = decisions.carried(branch, made, again)
    assert (carried.takes(gwen), carried.takes(ada)) == (False, True)
    assert carried.refused_fields == {}


# Doubts


@pytest.fixture
def doubt(branch):
    """A row with Gwen's number and another name."""
    other = ["0012", "Quill", "Tomos", "LL55 2AA", "tomos@example.org", "01/02/2024", "Active"]
    return review(branch, table(other, ADA, NOBODY), "list.csv")


def test_a_doubt_is_left_alone_unless_it_is_settled(branch, doubt):
    before = everything(branch)[:3]
    decisions = Decisions()
    assert not decisions.takes(doubt.conflicting[0])
    apply(branch, decisions.applied_to(doubt))
    assert everything(branch)[:3] == before


def test_a_doubt_settled_as_one_of_ours_takes_hqs_words_field_by_field(branch, doubt):
    entry = doubt.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, doubt, entry, entry.candidates[0]))
    decisions.choose_field(entry, "email", theirs=False)
    apply(branch, decisions.applied_to(doubt))
    member = by_number(branch)["0012"]
    assert (member.name, member.email) == ("Tomos Quill", "gwen@example.org")


def test_a_doubt_settled_as_somebody_new_is_added_without_the_number_of_another(branch, doubt):
    entry = doubt.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, doubt, entry, None))
    left = decisions.applied_to(doubt)
    assert (figures(left)["joined"], left.conflicting) == (1, ())
    apply(branch, left)
    added = next(m for m in records.many(branch, records.ids(branch)) if m.surname == "Quill")
    assert (added.number, added.extra) == ("", {"Number on HQ's list": "0012"})
    assert by_number(branch)["0012"].name == "Gwen ap Rhys"


def test_a_settled_doubt_can_be_left_in_doubt_again(branch, doubt):
    entry = doubt.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, doubt, entry, None))
    decisions.settle(entry, None)
    assert decisions.applied_to(doubt) == doubt


def test_a_settled_doubt_can_be_refused(branch, doubt):
    entry = doubt.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, doubt, entry, entry.candidates[0]))
    decisions.refuse([entry])
    assert decisions.applied_to(doubt) == doubt


def test_two_rows_cannot_be_the_same_member(branch):
    rows = (GWEN, changed(GWEN, 2, "Gwenllian"), ADA, NOBODY)
    made = review(branch, table(*rows), "list.csv")
    decisions = Decisions()
    gwen = by_number(branch)["0012"].id
    second = made.conflicting[1]
    decisions.settle(second, settle(branch, made, second, gwen))
    assert len(decisions.applied_to(made).changed) == 1
    moved = [*changed(GWEN, 3, "LL55 2AA")]
    made = review(branch, table(moved, changed(GWEN, 2, "Gwenllian"), ADA), "list.csv")
    for entry in made.conflicting:
        decisions.settle(entry, settle(branch, made, entry, gwen))
    with pytest.raises(Invalid, match="Rows 2 and 3 are both taken to be the same member"):
        decisions.applied_to(made)


def test_who_left_by_our_books_and_is_listed_again_is_a_member_once_that_is_said(branch):
    ada = by_number(branch)["0013"].id
    records.record_event(branch, ada, EventKind.EXPELLED, effective_on=date(2026, 5, 1))
    made = review(branch, table(GWEN, ADA, NOBODY), "list.csv")
    entry = made.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, made, entry, ada))
    apply(branch, decisions.applied_to(made))
    assert records.get(branch, ada).standing is Standing.MEMBER


def test_the_dead_stay_dead(branch):
    ada = by_number(branch)["0013"].id
    records.record_event(branch, ada, EventKind.DIED, effective_on=date(2026, 5, 1))
    made = review(branch, table(GWEN, ADA, NOBODY), "list.csv")
    with pytest.raises(Invalid, match="we have died"):
        settle(branch, made, made.conflicting[0], ada)


def test_only_a_doubt_is_settled_and_only_as_somebody_there(branch, made, doubt):
    with pytest.raises(Invalid, match="in doubt"):
        settle(branch, made, made.joined[0], None)
    with pytest.raises(Missing, match="no member"):
        settle(branch, doubt, doubt.conflicting[0], 9999)


def test_a_row_that_says_what_we_have_counts_as_unchanged_once_settled(branch):
    made = review(branch, table(GWEN, changed(GWEN, 2, "Gwenllian"), ADA, NOBODY), "list.csv")
    entry = made.conflicting[0]
    decisions = Decisions()
    decisions.settle(entry, settle(branch, made, entry, by_number(branch)["0012"].id))
    assert decisions.applied_to(made).unchanged == made.unchanged + 1


def test_a_review_tells_how_far_it_has_come(branch):
    told = []
    review(branch, table(GWEN, ADA), "l.csv", told=lambda done, total: told.append((done, total)))
    assert told[:2] == [(0, 0), (0, 6)]


def test_the_columns_of_a_list_are_there_with_samples_and_what_they_mean(branch):
    titles = [*TITLES, "Shirt"]
    made = review(branch, table([*GWEN, "M"], [*ADA, "XL"], titles=titles), "list.csv")
    first, *_, last = made.strip
    assert (first.letter, first.field, first.samples) == ("A", "number", ("0012", "0013"))
    assert (last.title, last.field, last.samples) == ("Shirt", "", ("M", "XL"))
    again = review(
        branch, table([*GWEN, "M"], titles=titles), "list.csv", mapping={last.letter: "notes"}
    )
    assert again.strip[-1].field == "notes"
