"""Is a motion carried: exact sums, said so that anyone can check them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.motions.rules import Ballot, outcome
from branch_desk.store.errors import Invalid

COUNT = st.integers(0, 500)


@given(COUNT, COUNT, COUNT)
def test_a_simple_majority_is_more_for_than_against_and_abstentions_do_not_matter(
    votes_for, against, abstentions
):
    found = outcome(Ballot(votes_for, against, abstentions))
    assert found.carried == (votes_for > against)
    assert found.base == votes_for + against


@given(COUNT, COUNT, COUNT, COUNT)
def test_two_thirds_of_those_present_counts_everybody_in_the_room(
    votes_for, against, abstentions, silent
):
    present = votes_for + against + abstentions + silent
    found = outcome(Ballot(votes_for, against, abstentions, present), "2/3", "present")
    assert found.base == present
    assert found.carried == (votes_for > 0 and Fraction(votes_for, present) >= Fraction(2, 3))


@given(COUNT, COUNT, COUNT, st.sampled_from(["majority", "2/3", "3/5", "more than 3/4"]))
def test_one_vote_fewer_than_needed_is_lost(votes_for, against, abstentions, share):
    present = votes_for + against + abstentions
    found = outcome(Ballot(votes_for, against, abstentions, present), share, "present")
    assert found.carried == (votes_for >= found.needed)
    assert found.arithmetic.endswith(": carried." if found.carried else ": lost.")


def test_the_sum_is_printed_with_its_parts():
    found = outcome(Ballot(31, 12, 4, 47), "2/3", "present")
    assert found.arithmetic == (
        "31 for, 12 against, 4 abstentions. Two thirds of the 47 present is 31 1/3; "
        "at least that carries, so 32 were needed; 31 is 1 short: lost."
    )
    assert outcome(Ballot(18, 3, 1)).arithmetic == (
        "18 for, 3 against, 1 abstention. Half of the 21 who voted is 10 1/2; "
        "more than that carries, so 11 were needed: carried."
    )


def test_votes_and_abstentions_are_never_taken_for_all_who_were_present():
    with pytest.raises(Invalid, match="nobody counted the room"):
        outcome(Ballot(20, 5, 5), "2/3", "present")
    assert outcome(Ballot(20, 5, 5), "2/3", "voting").carried


def test_a_share_of_less_than_one_vote_is_said_as_a_fraction():
    found = outcome(Ballot(1, 0))
    assert "Half of the 1 who voted is 1/2; more than that carries, so 1 was needed" in (
        found.arithmetic
    )


def test_a_vote_nobody_gave_is_lost():
    assert outcome(Ballot(0, 0)).carried is False


@pytest.mark.parametrize(("casting", "carried"), [("for", True), ("against", False)])
def test_a_casting_vote_settles_a_tie(casting, carried):
    found = outcome(Ballot(9, 9, 2, casting=casting))
    assert found.carried is carried
    assert "equal" in found.arithmetic


@pytest.mark.parametrize(
    ("ballot", "share", "base"),
    [
        (Ballot(9, 8, casting="for"), "majority", "voting"),
        (Ballot(9, 9, casting="for"), "2/3", "voting"),
        (Ballot(9, 9, present=18, casting="for"), "majority", "present"),
        (Ballot(9, 8, 2, present=18), "majority", "voting"),
        (Ballot(-1, 8), "majority", "voting"),
        (Ballot(1, 8, present=-1), "majority", "voting"),
    ],
)
def test_counts_that_cannot_be_are_refused(ballot, share, base):
    with pytest.raises(Invalid):
        outcome(ballot, share, base)
