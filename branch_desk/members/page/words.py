"""How the members' terms read on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.members.rules import EventKind, Standing

if TYPE_CHECKING:
    from branch_desk.members.records import Member

STANDINGS = {
    Standing.APPLICANT: "Applicant",
    Standing.PROBATION: "On probation",
    Standing.MEMBER: "Member",
    Standing.SUSPENDED: "Suspended",
    Standing.RESIGNED: "Resigned",
    Standing.LAPSED: "Lapsed",
    Standing.TRANSFERRED: "Transferred",
    Standing.EXPELLED: "Expelled",
    Standing.DIED: "Died",
}

EVENTS = {
    EventKind.RESIGNATION_SAID: "Said they resign",
    EventKind.RESIGNATION_RECORDED: "Resignation recorded by HQ",
    EventKind.RESIGNATION_WITHDRAWN: "Withdrew the resignation",
    EventKind.PAYMENT_STOPPED: "Stopped paying",
    EventKind.PAYMENT_RESUMED: "Pays again",
    EventKind.JOINED: "Joined",
    EventKind.APPLIED: "Applied to join",
    EventKind.PROBATION_STARTED: "Probation started",
    EventKind.ADMITTED: "Admitted as a member",
    EventKind.LAPSED: "Lapsed",
    EventKind.REJOINED: "Joined again",
    EventKind.TRANSFERRED_IN: "Transferred in",
    EventKind.TRANSFERRED_OUT: "Transferred out",
    EventKind.SUSPENDED: "Suspended",
    EventKind.REINSTATED: "Reinstated",
    EventKind.EXPELLED: "Expelled",
    EventKind.VANISHED: "No longer on HQ's list",
    EventKind.RETURNED: "Back on HQ's list",
    EventKind.DIED: "Died",
}


def event(kind: EventKind) -> str:
    """Name an event for people."""
    return EVENTS.get(kind, kind.value.replace("-", " ").capitalize())


def flags(member: Member) -> list[str]:
    """Name what needs attention beside a member's standing."""
    found = []
    if member.resignation_said:
        found.append("said they resign")
    if member.payment_stopped:
        found.append("stopped paying")
    if member.vanished:
        found.append("not on HQ's list")
    return found


def standing(member: Member) -> str:
    """Write the standing with its flags: "Member · stopped paying"."""
    return " · ".join([STANDINGS[member.standing], *flags(member)])
