"""Is a motion in order, and which rule says so; is it carried, and by what arithmetic."""

from branch_desk.motions.rules.order import (
    OPEN,
    Case,
    Finding,
    MotionKind,
    MotionState,
    Order,
    Person,
    Verdict,
    check,
    deadline,
    in_order,
    words,
)
from branch_desk.motions.rules.telling import told
from branch_desk.motions.rules.votes import BASES, MAJORITY, Ballot, Outcome, outcome
from branch_desk.motions.rules.wording import counted, day_month, long_date, opening

__all__ = [
    "BASES",
    "MAJORITY",
    "OPEN",
    "Ballot",
    "Case",
    "Finding",
    "MotionKind",
    "MotionState",
    "Order",
    "Outcome",
    "Person",
    "Verdict",
    "check",
    "counted",
    "day_month",
    "deadline",
    "in_order",
    "long_date",
    "opening",
    "outcome",
    "told",
    "words",
]
