"""Motions: what was put to the branch, by whom, and what became of it."""

from typing import TYPE_CHECKING

from branch_desk import lazily
from branch_desk.motions.records.schema import SLICE
from branch_desk.motions.rules import OPEN, Ballot, MotionKind, MotionState

if TYPE_CHECKING:
    from branch_desk.motions.records.decisions import (
        decide,
        decide_without_count,
        reopen,
        result,
        set_ruling,
        set_state,
        terms,
        withdraw,
    )
    from branch_desk.motions.records.letters import letter_to_mover, letter_with_result
    from branch_desk.motions.records.motions import (
        Motion,
        MotionDetails,
        MotionFields,
        Result,
        add,
        change_details,
        change_text,
        get,
        ids,
        many,
        remove,
    )
    from branch_desk.motions.records.standing import case, findings, matching_name, orders
else:
    __getattr__ = lazily.parts(
        __name__,
        {
            "decisions": (
                "decide decide_without_count reopen result set_ruling set_state terms withdraw"
            ),
            "letters": "letter_to_mover letter_with_result",
            "motions": (
                "Motion MotionDetails MotionFields Result add change_details change_text get "
                "ids many remove"
            ),
            "standing": "case findings matching_name orders",
        },
    )

__all__ = [
    "OPEN",
    "SLICE",
    "Ballot",
    "Motion",
    "MotionDetails",
    "MotionFields",
    "MotionKind",
    "MotionState",
    "Result",
    "add",
    "case",
    "change_details",
    "change_text",
    "decide",
    "decide_without_count",
    "findings",
    "get",
    "ids",
    "letter_to_mover",
    "letter_with_result",
    "many",
    "matching_name",
    "orders",
    "remove",
    "reopen",
    "result",
    "set_ruling",
    "set_state",
    "terms",
    "withdraw",
]
