"""What became of a motion: rulings, votes, and what was withdrawn."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.motions.records.motions import Result, get
from branch_desk.motions.rules import (
    MAJORITY,
    Ballot,
    MotionKind,
    MotionState,
    Outcome,
    long_date,
    outcome,
)
from branch_desk.store.errors import Conflict, Invalid

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.motions.records.motions import Motion
    from branch_desk.store.store import Store


def set_state(store: Store, motion_id: int, state: MotionState, *, ruling: str = "") -> None:
    """Record where a motion stands short of a vote; `ruling` keeps what the chair ruled and why.

    Carried and lost are recorded by `decide`, so that the day is known.
    """
    motion = get(store, motion_id)
    if state in (MotionState.CARRIED, MotionState.LOST):
        raise Conflict("Say when it was decided: carried and lost are recorded with the vote.")
    if motion.result is not None:
        raise Conflict(f"Motion {motion.number} has a result; reopen it first.")
    with store.change(f"Mark motion {motion.number} {state.value.replace('-', ' ')}") as change:
        change.update("motion", motion_id, state=state, ruling=ruling or motion.ruling)


def set_ruling(store: Store, motion_id: int, ruling: str) -> None:
    """Keep what the chair ruled on a motion, and why."""
    motion = get(store, motion_id)
    with store.change(f"Keep the ruling on motion {motion.number}") as change:
        change.update("motion", motion_id, ruling=ruling.strip())


def withdraw(store: Store, motion_id: int) -> None:
    """Record that the mover has withdrawn it."""
    set_state(store, motion_id, MotionState.WITHDRAWN)


def terms(store: Store, motion: Motion) -> tuple[str, str]:
    """Return the threshold a motion carries with and what it is a share of, as the branch has set.

    Raises `Invalid` for a vote of no confidence where the branch has not set them.
    """
    if motion.kind is not MotionKind.NO_CONFIDENCE:
        return MAJORITY, "voting"
    share = branch.setting(store, "no_confidence.threshold")
    base = branch.setting(store, "no_confidence.base")
    if share is None or base is None:
        raise Invalid(
            "The branch has not set what carries a vote of no confidence. Set "
            "no_confidence.threshold and no_confidence.base in the standing orders first."
        )
    return str(share), str(base)


def decide(
    store: Store,
    motion_id: int,
    *,
    on: date,
    votes_for: int,
    votes_against: int,
    abstentions: int = 0,
    present: int | None = None,
    casting: str = "",
    threshold: str = "",
    base: str = "",
) -> Outcome:
    """Record a counted vote and work out the result; returns it with its sum in words.

    The threshold is the branch's own unless one is given ("2/3" for a change of rules, say).
    """
    motion = _undecided(store, motion_id)
    if not threshold:
        threshold, set_base = terms(store, motion)
        base = base or set_base
    if casting:
        _may_cast(store)
    ballot = Ballot(votes_for, votes_against, abstentions, present, casting)
    found = outcome(ballot, threshold, base or "voting")
    state = MotionState.CARRIED if found.carried else MotionState.LOST
    _record(store, motion, state, Result(on, ballot, threshold, base or "voting"))
    return found


def decide_without_count(store: Store, motion_id: int, *, on: date, carried: bool) -> None:
    """Record a result that nobody counted: carried, or lost, on a show of hands."""
    motion = _undecided(store, motion_id)
    if motion.kind is MotionKind.NO_CONFIDENCE:
        raise Invalid("A vote of no confidence is counted; give the votes for and against.")
    state = MotionState.CARRIED if carried else MotionState.LOST
    _record(store, motion, state, Result(on, None, "", ""))


def reopen(store: Store, motion_id: int) -> None:
    """Take a result back that was entered by mistake; the motion is accepted again."""
    motion = get(store, motion_id)
    if motion.result is None:
        raise Conflict(f"Motion {motion.number} has no result to take back.")
    with store.change(f"Reopen motion {motion.number}") as change:
        change.update(
            "motion",
            motion_id,
            state=MotionState.ACCEPTED,
            decided_on=None,
            votes_for=None,
            votes_against=None,
            abstentions=None,
            present=None,
            casting="",
            threshold="",
            base="",
        )


def result(motion: Motion) -> Outcome | None:
    """Return the sum of a counted vote under the rule it was taken by, None if uncounted."""
    if motion.result is None or motion.result.ballot is None:
        return None
    return outcome(motion.result.ballot, motion.result.threshold, motion.result.base)


def _undecided(store: Store, motion_id: int) -> Motion:
    motion = get(store, motion_id)
    if motion.result is not None:
        raise Conflict(
            f"Motion {motion.number} was decided on {long_date(motion.result.on)}; reopen it first."
        )
    if motion.state in (MotionState.WITHDRAWN, MotionState.FALLEN, MotionState.RULED_OUT):
        raise Conflict(
            f"Motion {motion.number} is {motion.state.words}; there is nothing to vote on."
        )
    return motion


def _may_cast(store: Store) -> None:
    match branch.setting(store, "chair.casting_vote"):
        case "yes":
            return
        case None:
            raise Invalid("The branch has not set whether the chair has a casting vote.")
        case _:
            raise Invalid("In this branch the chair has no casting vote.")


def _record(store: Store, motion: Motion, state: MotionState, result_: Result) -> None:
    ballot = result_.ballot
    counts = asdict(ballot) if ballot else {}
    with store.change(f"Record motion {motion.number} {state.value}") as change:
        change.update(
            "motion",
            motion.id,
            state=state,
            decided_on=result_.on,
            threshold=result_.threshold,
            base=result_.base,
            **counts,
        )
