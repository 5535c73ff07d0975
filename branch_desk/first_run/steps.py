"""The steps a new branch is taken through once its file is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk.tr import mark
from branch_desk.desk.way_in.first_steps import FirstStep, StepBody

if TYPE_CHECKING:
    from branch_desk.desk.session import Session


def _orders(session: Session, kind: str) -> StepBody:
    from branch_desk.first_run.orders import OrdersBody

    return OrdersBody(session, kind)


def _hq_list(session: Session, kind: str) -> StepBody:
    from branch_desk.first_run.hq_list import ListBody

    return ListBody(session, kind)


def _meeting(session: Session, kind: str) -> StepBody:
    from branch_desk.first_run.meeting import MeetingBody

    return MeetingBody(session, kind)


STEPS = (
    FirstStep(
        mark("Standing orders"),
        mark("Your standing orders"),
        mark(
            "The usual rules to begin with. Change what is different in yours, and empty what you "
            "do not know. Under each stands what holds then: a usual value where there is one; "
            "else the desk says wherever it matters that the rule is not set."
        ),
        _orders,
    ),
    FirstStep(
        mark("HQ's list"),
        mark("The members"),
        mark("Bring in the list that HQ sends, or skip this and add members by hand."),
        _hq_list,
    ),
    FirstStep(
        mark("First meeting"),
        mark("The first meeting"),
        mark("Its agenda is laid out at once with the usual items; everything can be moved."),
        _meeting,
    ),
)
