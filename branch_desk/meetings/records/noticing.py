"""Sending a notice: whom it goes to, and the proof that it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.meetings.records.attendance import record_notice
from branch_desk.meetings.records.meetings import get
from branch_desk.meetings.rules import Channel, MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import CURRENT, Standing

if TYPE_CHECKING:
    from branch_desk.store.store import Store


def invited(store: Store, meeting_id: int) -> list[int]:
    """Return the members a notice goes to, by name: all who may come, a committee's officers."""
    meeting = get(store, meeting_id)
    everybody = members.ids(store, standing=CURRENT - {Standing.SUSPENDED}, order="name")
    if meeting.kind is not MeetingKind.COMMITTEE:
        return list(everybody)
    officers = {each.member for each in branch.officers(store, meeting.on)}
    return [each for each in everybody if each in officers]


def record_sent(
    store: Store, meeting_id: int, *, by_email: int, by_post: int, unreached: int, proof: bytes
) -> list[int]:
    """Record as one change that a notice went out today by each way it did, with its proof.

    `proof` is a PDF of the notice and of whom it went to. Returns the ids of what was recorded.
    """
    meeting = get(store, meeting_id)
    note = f"{unreached} could not be reached" if unreached else ""
    ways = ((Channel.EMAIL, by_email), (Channel.POST, by_post))
    with store.change(f"Send the notice of the {meeting.occasion}"):
        return [
            record_notice(
                store,
                meeting_id,
                sent_on=store.today(),
                channel=channel,
                recipients=number,
                note=note,
                proof=proof,
            )
            for channel, number in ways
            if number
        ]
