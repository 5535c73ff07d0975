"""What happened to members, and the standing that follows from it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from branch_desk.members import rules
from branch_desk.members.records.people import (
    BATCH,
    many,
    resigned_counts,
)
from branch_desk.members.rules import EventKind, Standing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from branch_desk.members.records.people import Member
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """One thing that happened to a member, with what shows it."""

    id: int
    member: int
    kind: EventKind
    said_on: date | None
    effective_on: date | None
    hq_recorded_on: date | None
    entered_at: datetime
    note: str
    corrects: int | None
    evidence: tuple[Ref, ...]

    @property
    def day(self) -> date:
        """The day it counts from; `date.min` where that is not known."""
        return self.bare().day

    def bare(self) -> rules.Event:
        """Return what the rules look at."""
        return rules.Event(
            self.kind, self.said_on, self.effective_on, self.hq_recorded_on, self.id, self.corrects
        )


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be recorded; without any date it counts from always."""

    kind: EventKind
    said_on: date | None = None
    effective_on: date | None = None
    hq_recorded_on: date | None = None
    note: str = ""
    corrects: int | None = None

    def bare(self) -> rules.Event:
        """Return what the rules look at."""
        return rules.Event(
            self.kind, self.said_on, self.effective_on, self.hq_recorded_on, corrects=self.corrects
        )

    def fields(self, member: int, entered_at: datetime) -> dict[str, Any]:
        """Return the row to be stored."""
        return {
            "member": member,
            "kind": self.kind,
            "said_on": self.said_on,
            "effective_on": self.effective_on,
            "hq_recorded_on": self.hq_recorded_on,
            "entered_at": entered_at,
            "corrects": self.corrects,
            "note": self.note,
        }


def dated(kind: EventKind, day: date, note: str = "") -> NewEvent:
    """Return an event with its day where that kind keeps it: said, recorded by HQ, or in effect."""
    if kind in {EventKind.RESIGNATION_SAID, EventKind.RESIGNATION_WITHDRAWN}:
        return NewEvent(kind, said_on=day, note=note)
    if kind is EventKind.RESIGNATION_RECORDED:
        return NewEvent(kind, effective_on=day, hq_recorded_on=day, note=note)
    return NewEvent(kind, effective_on=day, note=note)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def bare(row: Mapping[str, Any]) -> rules.Event:
    """Return what the rules look at in a row of member_event."""
    return rules.Event(
        EventKind(row["kind"]),
        _day(row["said_on"]),
        _day(row["effective_on"]),
        _day(row["hq_recorded_on"]),
        row["id"],
        row["corrects"],
    )


def events(store: Store, member_id: int) -> list[MemberEvent]:
    """Return a member's history, oldest first, corrected events among it."""
    rows = store.rows("SELECT * FROM member_event WHERE member = ?", (member_id,))
    evidence: dict[int, list[Ref]] = defaultdict(list)
    for row in rows:
        for link in store.links_from(Ref("member_event", row["id"]), "evidence"):
            evidence[row["id"]].append(link.target)
    found = [
        MemberEvent(
            id=row["id"],
            member=row["member"],
            kind=EventKind(row["kind"]),
            said_on=_day(row["said_on"]),
            effective_on=_day(row["effective_on"]),
            hq_recorded_on=_day(row["hq_recorded_on"]),
            entered_at=datetime.fromisoformat(row["entered_at"]),
            note=row["note"],
            corrects=row["corrects"],
            evidence=tuple(evidence[row["id"]]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda event: (event.day, rules.RANK[event.kind], event.id))


def histories(store: Store, member_ids: Iterable[int]) -> dict[int, list[rules.Event]]:
    """Return the events of some members by id, without evidence and notes."""
    wanted = list(member_ids)
    found: dict[int, list[rules.Event]] = {each: [] for each in wanted}
    for start in range(0, len(wanted), BATCH):
        for row in store.rows(
            "SELECT * FROM member_event WHERE member IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted[start : start + BATCH]),),
        ):
            found[row["member"]].append(bare(row))
    return found


def standing_of(
    store: Store, member_ids: Iterable[int], on: date
) -> dict[int, tuple[Standing, rules.Flags]]:
    """Return the standing and flags of some members on any day, from their events."""
    counts = resigned_counts(store)
    return {
        member: rules.standing_on(history, on, counts)
        for member, history in histories(store, member_ids).items()
    }


def many_on(store: Store, member_ids: Sequence[int], on: date) -> list[Member]:
    """Return members in the order of their ids, standing and flags as at the end of any day."""
    then = standing_of(store, member_ids, on)
    return [
        replace(
            member,
            standing=then[member.id][0],
            resignation_said=then[member.id][1].resignation_said,
            payment_stopped=then[member.id][1].payment_stopped,
            vanished=then[member.id][1].vanished,
        )
        for member in many(store, member_ids)
    ]
