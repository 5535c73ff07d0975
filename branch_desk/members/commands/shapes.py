"""A member and what happened to them, as the commands print it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from branch_desk.console import emit, plain
from branch_desk.members import records

if TYPE_CHECKING:
    from branch_desk.members.records import Member
    from branch_desk.store.store import Store

FLAGS = ("resignation_said", "payment_stopped", "vanished")


def member_object(member: Member, on: date) -> dict[str, object]:
    """Return a member as --json prints one; `phone` is whichever number there is to ring."""
    shown = plain(member)
    if not isinstance(shown, dict):  # pragma: no cover - a record is always an object
        raise TypeError
    return {
        **shown,
        "name": member.name,
        "phone": member.phone or member.mobile,
        "under_18": member.under_18(on),
    }


def member_line(member: Member, on: date) -> dict[str, object]:
    """Return a member as a line of a list for people."""
    flags = [flag.replace("_", " ") for flag in FLAGS if getattr(member, flag)]
    if member.under_18(on):
        flags.append("under 18")
    return {
        "id": member.id,
        "number": member.number,
        "name": member.name,
        "standing": member.standing.value,
        "joined": member.joined_on,
        "ward": member.ward,
        "postcode": member.postcode,
        "but": ", ".join(flags),
    }


def event_object(event: records.MemberEvent) -> dict[str, object]:
    """Return an event as --json prints one."""
    return {
        "id": event.id,
        "kind": event.kind,
        "said_on": event.said_on,
        "effective_on": event.effective_on,
        "hq_recorded_on": event.hq_recorded_on,
        "entered_at": event.entered_at,
        "evidence": [{"kind": ref.kind, "id": ref.id} for ref in event.evidence],
        "note": event.note,
        "corrects": event.corrects,
    }


def event_line(event: records.MemberEvent) -> dict[str, object]:
    """Return an event as a line of a history for people."""
    return {
        "id": event.id,
        "on": None if event.day == date.min else event.day,
        "what": event.kind.value.replace("-", " "),
        "note": event.note,
        "corrects": event.corrects or "",
        "evidence": ", ".join(f"{ref.kind} {ref.id}" for ref in event.evidence),
    }


def consent_object(consent: records.Consent) -> dict[str, object]:
    """Return a decision on a channel as both print it."""
    return {
        "channel": consent.channel,
        "given": consent.given,
        "on": consent.decided_on,
        "wording": consent.wording,
    }


def emit_member(store: Store, member_id: int, on: date, *, as_json: bool) -> None:
    """Print a member after a change to them."""
    member = records.many_on(store, [member_id], on)[0]
    text = f"{member.name} (id {member.id}): {member.standing.value}"
    emit(member_object(member, on), as_json, text)
