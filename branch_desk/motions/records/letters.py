"""The letters a motion makes: to its mover, whether it is in order; to HQ, what was resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence.records import Outgoing
from branch_desk.correspondence.records import offices as offices_written_to
from branch_desk.members import records as members
from branch_desk.motions.records.decisions import result
from branch_desk.motions.records.motions import get
from branch_desk.motions.records.standing import findings
from branch_desk.motions.rules import MotionState, long_date, told
from branch_desk.store.errors import Conflict, Invalid
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.motions.records.motions import Motion
    from branch_desk.store.store import Store


def letter_to_mover(store: Store, motion_id: int, meeting_on: date | None) -> Outgoing:
    """Begin the letter that tells a motion's mover whether it is in order, and why.

    Raises `Invalid` where nobody is named as mover.
    """
    motion = get(store, motion_id)
    if not motion.mover.strip():
        raise Invalid("Nobody is named as mover; say who moves the motion first.")
    address, about = "", [Ref("motion", motion_id)]
    name = motion.mover
    if motion.mover_member is not None:
        member = members.get(store, motion.mover_member)
        address, name = member.email, member.name
        about.append(Ref("member", member.id))
    found = findings(store, motion_id, meeting_on)
    return Outgoing(
        to=name,
        address=address,
        subject=f"Your motion {motion.number}: {motion.title}",
        text=f"Dear {name},\n\n{told(motion.number, motion.title, found, meeting_on)}",
        wants_answer=False,
        about=tuple(about),
    )


def letter_with_result(store: Store, motion_id: int) -> Outgoing:
    """Begin the letter that tells HQ, or to whom the motion is addressed, what was resolved.

    Raises `Conflict` where the motion was not voted on.
    """
    motion = get(store, motion_id)
    if motion.result is None:
        raise Conflict(f"Motion {motion.number} was not voted on, so there is no result to send.")
    details = branch.details(store)
    to = motion.addressed_to or details.hq or "HQ"
    return Outgoing(
        to=to,
        address=_address(store, to, details.hq, details.hq_email),
        subject=f"Result of motion {motion.number}: {motion.title}",
        text=_resolved(motion, details.name or "the branch"),
        about=(Ref("motion", motion_id),),
    )


def _address(store: Store, to: str, hq: str, hq_email: str) -> str:
    if to in {hq, "HQ"}:
        return hq_email
    known = {office.casefold(): address for office, address in offices_written_to(store)}
    return known.get(to.casefold(), "")


def _resolved(motion: Motion, name: str) -> str:
    decided = motion.result
    counted = result(motion)
    did = "carried" if motion.state is MotionState.CARRIED else "rejected"
    day = long_date(decided.on) if decided else ""
    parts = ["Dear colleague,", f"On {day} {name} {did} the motion below."]
    if counted is not None:
        parts.append(counted.arithmetic)
    by = f"Moved by {motion.mover or 'a member'}"
    by += f", seconded by {motion.seconder}." if motion.seconder else "."
    quoted = "\n".join(f"> {line}".rstrip() for line in motion.text.strip().split("\n"))
    parts += [
        f"**{motion.title}**",
        quoted,
        by,
        "Please confirm that you have received this, and say by when we may expect an answer.",
    ]
    return "\n\n".join(parts)
