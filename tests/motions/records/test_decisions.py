"""What became of a motion, and under which rule."""

from __future__ import annotations

from datetime import date

import pytest

from branch_desk.branch import records as branch
from branch_desk.motions import records
from branch_desk.motions.records import Ballot, MotionKind, MotionState
from branch_desk.store.errors import Conflict, Invalid

DAY = date(2026, 5, 21)


@pytest.fixture
def motion(store) -> int:
    return records.add(store, title="Buses", text="x", received_on=date(2026, 5, 1))


@pytest.fixture
def no_confidence(store) -> int:
    return records.add(
        store,
        title="No confidence in the chair",
        text="x",
        kind=MotionKind.NO_CONFIDENCE,
        received_on=date(2026, 5, 1),
    )


def test_a_counted_vote_is_kept_with_the_rule_it_was_taken_under(store, motion):
    found = records.decide(
        store, motion, on=DAY, votes_for=18, votes_against=3, abstentions=2, present=25
    )
    kept = records.get(store, motion)
    assert found.carried
    assert kept.state is MotionState.CARRIED
    assert kept.result.ballot == Ballot(18, 3, 2, 25)
    assert (kept.result.on, kept.result.threshold, kept.result.base) == (DAY, "majority", "voting")
    assert records.result(kept) == found


def test_no_confidence_is_decided_by_the_branchs_threshold_and_base(store, no_confidence):
    with pytest.raises(Invalid, match="has not set what carries"):
        records.decide(store, no_confidence, on=DAY, votes_for=31, votes_against=12)
    branch.set_setting(store, "no_confidence.threshold", "2/3")
    branch.set_setting(store, "no_confidence.base", "present")
    found = records.decide(
        store, no_confidence, on=DAY, votes_for=31, votes_against=12, abstentions=4, present=47
    )
    assert not found.carried
    assert (found.needed, found.base) == (32, 47)
    assert records.get(store, no_confidence).state is MotionState.LOST


def test_a_result_stands_by_its_own_rule_when_the_branch_changes_it(store, no_confidence):
    branch.set_setting(store, "no_confidence.threshold", "majority")
    branch.set_setting(store, "no_confidence.base", "voting")
    records.decide(store, no_confidence, on=DAY, votes_for=31, votes_against=12)
    branch.set_setting(store, "no_confidence.threshold", "3/4")
    assert records.result(records.get(store, no_confidence)).carried


def test_a_threshold_can_be_given_for_one_vote(store, motion):
    found = records.decide(
        store, motion, on=DAY, votes_for=6, votes_against=4, threshold="2/3", base="voting"
    )
    assert not found.carried
    assert records.get(store, motion).result.threshold == "2/3"


def test_a_casting_vote_needs_a_rule_that_gives_one(store, motion):
    vote = {"on": DAY, "votes_for": 5, "votes_against": 5, "casting": "for"}
    with pytest.raises(Invalid, match="has not set"):
        records.decide(store, motion, **vote)
    branch.set_setting(store, "chair.casting_vote", "no")
    with pytest.raises(Invalid, match="has no casting vote"):
        records.decide(store, motion, **vote)
    branch.set_setting(store, "chair.casting_vote", "yes")
    assert records.decide(store, motion, **vote).carried
    assert records.get(store, motion).result.ballot.casting == "for"


def test_counts_that_cannot_be_change_nothing(store, motion):
    with pytest.raises(Invalid):
        records.decide(store, motion, on=DAY, votes_for=5, votes_against=5, present=3)
    assert records.get(store, motion).state is MotionState.RECEIVED


@pytest.mark.parametrize(
    ("carried", "state"), [(True, MotionState.CARRIED), (False, MotionState.LOST)]
)
def test_a_show_of_hands_nobody_counted_is_kept_as_that(store, motion, carried, state):
    records.decide_without_count(store, motion, on=DAY, carried=carried)
    kept = records.get(store, motion)
    assert kept.state is state
    assert kept.result.ballot is None
    assert records.result(kept) is None


def test_a_vote_of_no_confidence_is_always_counted(store, no_confidence):
    with pytest.raises(Invalid, match="is counted"):
        records.decide_without_count(store, no_confidence, on=DAY, carried=True)


def test_nothing_is_decided_twice_and_a_mistake_can_be_taken_back(store, motion):
    assert records.result(records.get(store, motion)) is None
    with pytest.raises(Conflict, match="no result"):
        records.reopen(store, motion)
    records.decide(store, motion, on=DAY, votes_for=5, votes_against=1)
    with pytest.raises(Conflict, match="reopen it first"):
        records.decide(store, motion, on=DAY, votes_for=1, votes_against=5)
    with pytest.raises(Conflict, match="reopen it first"):
        records.set_state(store, motion, MotionState.REMITTED)
    records.reopen(store, motion)
    kept = records.get(store, motion)
    assert (kept.state, kept.result) == (MotionState.ACCEPTED, None)


@pytest.mark.parametrize("state", [MotionState.CARRIED, MotionState.LOST])
def test_carried_and_lost_are_recorded_with_their_day(store, motion, state):
    with pytest.raises(Conflict, match="recorded with the vote"):
        records.set_state(store, motion, state)


@pytest.mark.parametrize(
    "state", [MotionState.WITHDRAWN, MotionState.FALLEN, MotionState.RULED_OUT]
)
def test_what_is_withdrawn_fallen_or_ruled_out_is_not_voted_on(store, motion, state):
    records.set_state(store, motion, state, ruling="Clause 7.")
    assert records.get(store, motion).ruling == "Clause 7."
    with pytest.raises(Conflict, match=state.words):
        records.decide(store, motion, on=DAY, votes_for=1, votes_against=0)


def test_a_mover_withdraws(store, motion):
    records.withdraw(store, motion)
    assert records.get(store, motion).state is MotionState.WITHDRAWN
    store.undo()
    assert records.get(store, motion).state is MotionState.RECEIVED
