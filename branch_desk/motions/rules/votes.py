"""Is it carried, and by what arithmetic: exact, and said in words that anyone can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.branch.rules import Threshold, threshold
from branch_desk.motions.rules.wording import counted, opening
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from fractions import Fraction

BASES = {
    "voting": "those voting for or against",
    "present": "those present, abstentions included",
}
MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A count of hands or papers; `present` is None where nobody counted the room.

    Votes and abstentions are not everybody: who kept still was there too.

    `casting` is the chair's casting vote: "for", "against" or none.
    """

    votes_for: int
    votes_against: int
    abstentions: int = 0
    present: int | None = None
    casting: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a vote carried, how many it needed of how many, and the sum in words."""

    carried: bool
    needed: int
    base: int
    arithmetic: str


def outcome(ballot: Ballot, share: str = MAJORITY, base: str = "voting") -> Outcome:
    """Work out a vote exactly, and say the sum.

    Raises `Invalid` for counts that cannot be, or where the share is of those present and nobody
    counted them.
    """
    _possible(ballot)
    carries = threshold(share)
    of, whom = _base(ballot, base)
    said = _said(ballot)
    if ballot.casting:
        return _cast(ballot, carries, base, said, of)
    needed = carries.needed(of)
    carried = ballot.votes_for >= needed
    short = f"{ballot.votes_for} is {needed - ballot.votes_for} short" if not carried else ""
    result = "carried" if carried else f"{short}: lost"
    joint = ": " if carried else "; "
    arithmetic = f"{said}. {_needed(carries, of, whom, needed)}{joint}{result}."
    return Outcome(carried, needed, of, arithmetic)


def _base(ballot: Ballot, base: str) -> tuple[int, str]:
    if base == "voting":
        voting = ballot.votes_for + ballot.votes_against
        return voting, f"the {voting} who voted"
    if ballot.present is None:
        raise Invalid(
            "This vote needs a share of those present, and nobody counted the room. "
            "Give the number present."
        )
    return ballot.present, f"the {ballot.present} present"


def _possible(ballot: Ballot) -> None:
    counts = (ballot.votes_for, ballot.votes_against, ballot.abstentions, ballot.present or 0)
    if min(counts) < 0:
        raise Invalid("A number of votes cannot be below nought.")
    cast = ballot.votes_for + ballot.votes_against + ballot.abstentions
    if ballot.present is not None and ballot.present < cast:
        raise Invalid(
            f"{cast} votes and abstentions are more than the {ballot.present} present; count again."
        )


def _cast(ballot: Ballot, carries: Threshold, base: str, said: str, of: int) -> Outcome:
    if ballot.votes_for != ballot.votes_against:
        raise Invalid("A casting vote is for a tie; these votes are not equal.")
    if str(carries) != MAJORITY or base != "voting":
        raise Invalid(
            "A casting vote settles a simple majority of those voting, not this threshold."
        )
    carried = ballot.casting == "for"
    result = "carried" if carried else "lost"
    return Outcome(
        carried,
        carries.needed(of),
        of,
        f"{said}: equal. By casting vote the chair is {ballot.casting} it: {result}.",
    )


def _said(ballot: Ballot) -> str:
    abstained = counted(ballot.abstentions, "abstention")
    return f"{ballot.votes_for} for, {ballot.votes_against} against, {abstained}"


def _needed(carries: Threshold, of: int, whom: str, needed: int) -> str:
    share = carries.words.removeprefix("more than ").removeprefix("at least ")
    exact = _mixed(carries.share * of)
    than = "more than" if carries.more_than else "at least"
    were = "was" if needed == 1 else "were"
    return f"{opening(share)} of {whom} is {exact}; {than} that carries, so {needed} {were} needed"


def _mixed(number: Fraction) -> str:
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    part = f"{rest}/{number.denominator}"
    return f"{whole} {part}" if whole else part
