"""Adding members, and recording what happens to them: the deeds that keep standings right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.members import rules
from branch_desk.members.records.history import NewEvent, dated, histories
from branch_desk.members.records.people import BATCH, TEXTS, checked, free_number, get, sort_name
from branch_desk.members.rules import ENTERING, EventKind
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be added, with the events that make their standing."""

    details: Mapping[str, object]
    events: Sequence[NewEvent] = field(default_factory=tuple)


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


def _clock_day(store: Store) -> date:
    """Return the day a standing is kept for: the clock's, whatever day a deed is done as on.

    Kept for a day to come, it would be taken for today's; `many_on` looks ahead instead.
    """
    return store.clock().date()


def settle(store: Store, change: Change, member_ids: Iterable[int]) -> None:
    """Work out the standing of some members afresh, after their events changed."""
    today = _clock_day(store)
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
        (_clock_day(store).isoformat(),),
    )
    if due:
        with store.upkeep("Bring standings up to today") as change:
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
        now, today = store.now(), _clock_day(store)
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


NO_FLAGS: dict[str, Any] = {
    "resignation_said": False,
    "payment_stopped": False,
    "vanished": False,
    "changes_on": None,
}
BLANK: dict[str, Any] = dict.fromkeys(sorted(TEXTS), "") | {
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
    row.update(_first_standing(person.events, today))
    return row


def _first_standing(events: Sequence[NewEvent], today: date) -> dict[str, Any]:
    """Return what `worked_out` says of somebody new, at once where they only came in."""
    bare = [event.bare() for event in events]
    if len(bare) == 1 and bare[0].kind in ENTERING and bare[0].day <= today:
        return NO_FLAGS | {"standing": ENTERING[bare[0].kind]}
    return worked_out(bare, today)


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
    new = NewEvent(kind, said_on, effective_on, hq_recorded_on, note.strip())
    if not (said_on or effective_on or hq_recorded_on):
        new = dated(kind, store.today(), note.strip())
    return record(store, member_id, new, evidence)


def record(store: Store, member_id: int, new: NewEvent, evidence: Ref | None = None) -> int:
    """Record an event, in place of the one it corrects if any; returns its id.

    A corrected event stays in the history and no longer counts. Raises `Missing` for no such member
    or event, `Conflict` where it contradicts what is recorded or the other was corrected before.
    """
    member = get(store, member_id)
    history = histories(store, [member_id])[member_id]
    if new.corrects is not None:
        history = _without(history, new.corrects, member.name)
    if new.kind is EventKind.STRUCK_OUT:
        if new.corrects is None:
            raise Invalid("Say which event is to be struck out.")
    else:
        day = new.bare().day
        why_not = rules.objection(history, new.kind, store.today() if day == date.min else day)
        if why_not:
            raise Conflict(f"{member.name} {why_not}")
    with store.change(f"Record an event: {_words(new.kind)}") as change:
        event = change.insert("member_event", **new.fields(member_id, store.now()))
        if evidence is not None:
            change.link(Ref("member_event", event), evidence, "evidence")
        _follow(change, member_id, new)
        settle(store, change, [member_id])
    return event


def _without(history: Sequence[rules.Event], event_id: int, name: str) -> list[rules.Event]:
    """Return a history as it would be without one event, which must be there to be corrected."""
    event = next((each for each in history if each.id == event_id), None)
    if event is None:
        raise Missing(f"{name} has no event with the id {event_id}.")
    if event.kind is EventKind.STRUCK_OUT:
        raise Conflict("What struck an event out is not corrected itself; record the event again.")
    if any(each.corrects == event_id for each in history):
        raise Conflict("That event was corrected before; correct the one that took its place.")
    struck = rules.Event(EventKind.STRUCK_OUT, corrects=event_id)
    return [*history, struck]


def _words(kind: EventKind) -> str:
    return kind.value.replace("-", " ")


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
    if store.value("SELECT id FROM member_event WHERE id = ?", (event_id,)) is None:
        raise Missing(f"There is no event with the id {event_id}.")
    with store.change("Add evidence") as change:
        change.link(Ref("member_event", event_id), evidence, "evidence")


def due(store: Store) -> int:
    """Return how many members have an event whose day has come since it was entered."""
    number: int = store.value(
        "SELECT count(*) FROM member WHERE changes_on IS NOT NULL AND changes_on <= ?",
        (_clock_day(store).isoformat(),),
    )
    return number
