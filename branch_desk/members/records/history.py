"""What happened to members, and the standing that follows from it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from branch_desk.members import rules
from branch_desk.members.records.people import (
    BATCH,
    checked,
    free_number,
    get,
    resigned_counts,
    sort_name,
)
from branch_desk.members.rules import ENTERING, EventKind, Standing
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from branch_desk.store.change import Change
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


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be added, with the events that make their standing."""

    details: Mapping[str, object]
    events: Sequence[NewEvent] = field(default_factory=tuple)


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


def worked_out(history: Sequence[rules.Event], on: date) -> dict[str, Any]:
    """Return the columns of a member that follow from their events, as on a day."""
    standing, flags = rules.standing_on(history, on)
    return {
        "standing": standing,
        "resignation_said": flags.resignation_said,
        "payment_stopped": flags.payment_stopped,
        "vanished": flags.vanished,
        "changes_on": rules.changes_on(history, on),
    }


def settle(store: Store, change: Change, member_ids: Iterable[int]) -> None:
    """Work out the standing of some members afresh, after their events changed."""
    today = store.today()
    change.update_many(
        "member",
        [
            {"id": member, **worked_out(history, today)}
            for member, history in histories(store, member_ids).items()
        ],
    )


def keep_up(store: Store) -> int:
    """Let events count whose day has come since they were entered; returns how many changed."""
    due: list[int] = store.column(
        "SELECT id FROM member WHERE changes_on IS NOT NULL AND changes_on <= ?",
        (store.today().isoformat(),),
    )
    if due:
        with store.change("Bring standings up to today") as change:
            settle(store, change, due)
    return len(due)


def add(
    store: Store,
    *,
    kind: EventKind = EventKind.JOINED,
    on: date | None = None,
    joined_on: date | None = None,
    note: str = "",
    evidence: Ref | None = None,
    **details: object,
) -> int:
    """Add somebody who applied, joined or came from elsewhere, on `on` or today; returns the id.

    Raises `Invalid` without a name, `Conflict` where the number is somebody else's.
    """
    if kind not in ENTERING:
        raise Invalid(f"Nobody begins with “{kind.value}”; add them as joined or applied first.")
    day = on or joined_on or store.today()
    details["joined_on"] = joined_on if kind is EventKind.APPLIED else joined_on or day
    free_number(store, str(details.get("number", "")).strip())
    with store.change("Add a member") as change:
        person = NewMember(details, (dated(kind, day, note),))
        member = add_many(store, [person])[0]
        if evidence is not None:
            event = store.value("SELECT id FROM member_event WHERE member = ?", (member,))
            change.link(Ref("member_event", event), evidence, "evidence")
    return member


def add_many(store: Store, people: Iterable[NewMember]) -> list[int]:
    """Add many at once, each with their events; returns their ids in order.

    Raises `Invalid` where one has no name or no events.
    """
    added: list[int] = []
    with store.change("Add members") as change:
        now, today = store.now(), store.today()
        for batch in _batches(people):
            rows = [_row(person, today) for person in batch]
            ids = change.insert_many("member", rows)
            change.insert_many(
                "member_event",
                [
                    event.fields(member, now)
                    for member, person in zip(ids, batch, strict=True)
                    for event in person.events
                ],
            )
            added.extend(ids)
    return added


def _batches(people: Iterable[NewMember]) -> Iterator[list[NewMember]]:
    batch: list[NewMember] = []
    for person in people:
        batch.append(person)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


TEXTS = (
    "number surname forename known_as title pronouns email phone mobile address postcode ward"
    " polling_district type pays_by skills offers access_needs notes"
)
BLANK: dict[str, Any] = dict.fromkeys(TEXTS.split(), "") | {
    "born_on": None,
    "joined_on": None,
    "payment": "unknown",
    "arrears_pence": 0,
    "arrears_since": None,
    "extra": "{}",
}


def _row(person: NewMember, today: date) -> dict[str, Any]:
    row: dict[str, Any] = BLANK | checked(person.details)
    if not (row["surname"] or row["forename"]):
        raise Invalid("A member needs a name.")
    if not person.events:
        raise Invalid("A member needs an event to begin with, such as “joined”.")
    row["sort_name"] = sort_name(row["surname"], row["forename"])
    row.update(worked_out([event.bare() for event in person.events], today))
    return row


def record_event(
    store: Store,
    member_id: int,
    kind: EventKind,
    *,
    said_on: date | None = None,
    effective_on: date | None = None,
    hq_recorded_on: date | None = None,
    note: str = "",
    evidence: Ref | None = None,
) -> int:
    """Record what happened to a member, today where no date is given; returns the event's id.

    Raises `Missing` for no such member, `Conflict` where it contradicts what is recorded.
    """
    member = get(store, member_id)
    if kind is EventKind.STRUCK_OUT:
        raise Invalid("Striking an event out needs the event; use the correction for that.")
    new = NewEvent(kind, said_on, effective_on, hq_recorded_on, note.strip())
    if not (said_on or effective_on or hq_recorded_on):
        new = dated(kind, store.today(), note.strip())
    history = histories(store, [member_id])[member_id]
    day = new.bare().day
    why_not = rules.objection(history, kind, store.today() if day == date.min else day)
    if why_not:
        raise Conflict(f"{member.name} {why_not}")
    with store.change(f"{_title(kind)}: {member.name}") as change:
        event = change.insert("member_event", **new.fields(member_id, store.now()))
        if evidence is not None:
            change.link(Ref("member_event", event), evidence, "evidence")
        _follow(change, member_id, new)
        settle(store, change, [member_id])
    return event


def _title(kind: EventKind) -> str:
    return kind.value.replace("-", " ").capitalize()


def _follow(change: Change, member_id: int, new: NewEvent) -> None:
    """Keep the payment state in step with what was said of it."""
    if new.kind is EventKind.PAYMENT_STOPPED:
        change.update("member", member_id, payment="stopped")
    elif new.kind is EventKind.PAYMENT_RESUMED:
        change.update("member", member_id, payment="paid")


def record_events(store: Store, entries: Iterable[tuple[int, NewEvent]]) -> list[int]:
    """Record many events at once, as (member, event); returns their ids in order.

    They are taken as they come: what makes no sense in a history counts for nothing in it.
    """
    pairs = list(entries)
    with store.change("Record events") as change:
        now = store.now()
        made = change.insert_many(
            "member_event", [event.fields(member, now) for member, event in pairs]
        )
        settle(store, change, dict.fromkeys(member for member, _ in pairs))
    return made


def add_evidence(store: Store, event_id: int, evidence: Ref) -> None:
    """Say what shows that an event happened; raises `Missing` for no such event."""
    _event(store, event_id)
    with store.change("Add evidence") as change:
        change.link(Ref("member_event", event_id), evidence, "evidence")


def _event(store: Store, event_id: int) -> dict[str, Any]:
    row = store.one("SELECT * FROM member_event WHERE id = ?", (event_id,))
    if row is None:
        raise Missing(f"There is no event with the id {event_id}.")
    return row


def correct(store: Store, event_id: int, new: NewEvent | None, *, note: str = "") -> int:
    """Put another event in place of a wrong one, or, with None, strike it out; returns the new id.

    The wrong one stays in the history and no longer counts. Raises `Missing` for no such event,
    `Conflict` where it was corrected before.
    """
    row = _event(store, event_id)
    if row["kind"] == EventKind.STRUCK_OUT.value:
        raise Conflict("A correction that struck an event out is not itself corrected; undo it.")
    if store.value("SELECT id FROM member_event WHERE corrects = ?", (event_id,)) is not None:
        raise Conflict("That event was corrected before; correct the one that took its place.")
    put = new or NewEvent(EventKind.STRUCK_OUT, effective_on=store.today(), note=note)
    with store.change("Correct an event") as change:
        fields = replace(put, corrects=event_id).fields(row["member"], store.now())
        made = change.insert("member_event", **fields)
        settle(store, change, [row["member"]])
    return made


def standing_of(
    store: Store, member_ids: Iterable[int], on: date
) -> dict[int, tuple[Standing, rules.Flags]]:
    """Return the standing and flags of some members on any day, from their events."""
    counts = resigned_counts(store)
    return {
        member: rules.standing_on(history, on, counts)
        for member, history in histories(store, member_ids).items()
    }
