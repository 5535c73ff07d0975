"""What is odd about a vote, said before it is stored: it may stand, but not without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.tr import plural, tr
from branch_desk.meetings import records
from branch_desk.meetings.records import Presence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.meetings.rules import Quorum
    from branch_desk.motions.rules import Ballot
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Room:
    """Who is at a meeting: the day, the members signed in, everybody's names, and the quorum."""

    on: date
    voters: int
    names: tuple[str, ...]
    quorum: Quorum


def room(store: Store, meeting_id: int) -> Room:
    """Read who is at a meeting; of many members the quorum takes its time: off the main thread."""
    there = [
        each for each in records.attendance(store, meeting_id) if each.presence is Presence.PRESENT
    ]
    return Room(
        records.get(store, meeting_id).on,
        sum(each.member is not None for each in there),
        tuple(each.name for each in there),
        records.quorum(store, meeting_id),
    )


def odd(ballot: Ballot | None, there: Room, today: date) -> Sequence[str]:
    """Return what does not fit: a meeting still to come, more votes than people, no quorum."""
    said = []
    if there.on > today:
        said.append(tr("the meeting is not until {day}", day=words.day(there.on)))
    votes = 0
    if ballot is not None:
        votes = ballot.votes_for + ballot.votes_against + ballot.abstentions
    if not there.voters:
        said.append(tr("nobody is signed in"))
    elif votes > there.voters:
        signed_in = plural(there.voters, "{n} member is signed in", "{n} members are signed in")
        said.append(tr("{votes} voted, but {signed_in}", votes=votes, signed_in=signed_in))
    quorum = there.quorum
    if quorum.reached is False:
        said.append(
            tr(
                "not quorate ({present} of {needed}): subject to ratification",
                present=quorum.present,
                needed=quorum.needed,
            )
        )
    return said
