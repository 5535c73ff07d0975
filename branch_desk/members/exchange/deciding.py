"""What somebody decided on a review: entries and fields refused, doubts settled.

Nothing here writes. `Decisions.applied_to` returns the review that is left, which `apply` carries
out as it carries out any other.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from branch_desk.members import records
from branch_desk.members.exchange.compare import FieldChange, Outcome, yes_or_no
from branch_desk.members.exchange.reviewing import Entry, planner
from branch_desk.members.rules import EventKind
from branch_desk.store.errors import Invalid, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from branch_desk.members.exchange.reviewing import Review
    from branch_desk.members.records import NewEvent
    from branch_desk.store.store import Store

FIELD_OF_EVENT = {
    EventKind.RETURNED: "vanished",
    EventKind.VANISHED: "vanished",
    EventKind.PAYMENT_STOPPED: "payment",
    EventKind.PAYMENT_RESUMED: "payment",
}
HEAPS = (Outcome.JOINED, Outcome.LEFT, Outcome.CHANGED, Outcome.CONFLICTING, Outcome.VANISHED)
NUMBER_OF_ANOTHER = "Number on HQ's list"


def field_of_event(event: NewEvent) -> str:
    """Return the field that an event belongs to, as people see it."""
    if event.corrects is not None:
        return "joined_on"
    return FIELD_OF_EVENT.get(event.kind, "standing")


def parts(entry: Entry) -> tuple[FieldChange, ...]:
    """Return everything an entry would change, field by field, each once.

    For somebody new that is all HQ's list says of them; what happened to them is a "standing".
    """
    found = list(entry.changes)
    if entry.member is None:
        found.extend(_of_somebody_new(entry))
    told = {each.field for each in found}
    for event in entry.events:
        name = field_of_event(event)
        if name not in told:
            told.add(name)
            found.append(FieldChange(name, "", event.kind.value))
    return tuple(found)


def _of_somebody_new(entry: Entry) -> Iterable[FieldChange]:
    for name, value in (entry.details or {}).items():
        if name == "extra" and isinstance(value, dict):
            yield from (FieldChange(title, "", text) for title, text in value.items())
        else:
            yield FieldChange(name, "", as_read(name, value))
    for channel, given in (entry.consents or {}).items():
        yield FieldChange(f"consent_{channel.value}", "", yes_or_no(given))


def as_read(name: str, value: object) -> str:
    """Return a detail as the changes of an entry write it."""
    if name == "arrears_pence":
        return f"{int(str(value)) / 100:.2f}"
    return str(getattr(value, "value", value))


def without(entry: Entry, refused: Iterable[str]) -> Entry | None:
    """Return an entry without some of its fields; None where nothing of it is left."""
    names = set(refused)
    if not names:
        return entry
    details = {name: value for name, value in (entry.details or {}).items() if name not in names}
    if isinstance(extra := details.get("extra"), dict):
        details["extra"] = _kept_extra(extra, entry.kept or {}, names)
        if details["extra"] == (entry.kept or {}):
            del details["extra"]
    left = replace(
        entry,
        changes=tuple(each for each in entry.changes if each.field not in names),
        details=details,
        events=tuple(each for each in entry.events if field_of_event(each) not in names),
        consents={
            channel: given
            for channel, given in (entry.consents or {}).items()
            if f"consent_{channel.value}" not in names
        },
    )
    if left.member is None:
        return left if left.events else None
    if not (left.details or left.events or left.consents):
        return None
    return left


def _kept_extra(
    news: Mapping[str, str], kept: Mapping[str, str], refused: set[str]
) -> dict[str, str]:
    whole = {title: text for title, text in news.items() if title not in refused}
    return whole | {title: kept[title] for title in refused if title in kept}


def settle(store: Store, review: Review, entry: Entry, member: int | None) -> Entry:
    """Return what an entry in doubt means once it is said who it is: one of ours, or None, new.

    Reads only. Raises `Missing` for a member who is gone, `Invalid` where nothing can follow.
    """
    line = entry.line
    if line is None:
        raise Invalid("Only what is in doubt is settled.")
    row = None
    if member is not None:
        row = next(iter(records.as_stored(store, [member])), None)
        if row is None:
            raise Missing(f"There is no member with the id {member}.")
    plan = planner(store, review.as_of, [(line, row)], first=False, sure=True).plan(line, row)
    if plan.doubt:
        raise Invalid(plan.doubt)
    if row is None:
        _without_taken_number(store, plan.details)
    return replace(
        entry,
        outcome=plan.outcome,
        member=member,
        changes=tuple(plan.changes),
        details=plan.details,
        events=tuple(plan.events),
        consents=plan.consents,
        kept=records.extra_of(row) if row else None,
    )


def _without_taken_number(store: Store, details: dict[str, object]) -> None:
    """Keep a number that is somebody else's beside our fields, and not as a second one's."""
    number = str(details.get("number") or "")
    if number and records.has_number(store, number):
        del details["number"]
        extra = details.get("extra")
        details["extra"] = (extra if isinstance(extra, dict) else {}) | {NUMBER_OF_ANOTHER: number}


@dataclass(slots=True)
class Decisions:
    """What was decided on a review so far: entries refused, fields refused, doubts settled.

    Entries are named by their `key`. Whatever nobody decided is accepted; a doubt is left alone.
    """

    refused: set[int] = field(default_factory=set)
    refused_fields: dict[int, set[str]] = field(default_factory=dict)
    settled: dict[int, Entry] = field(default_factory=dict)

    @classmethod
    def to_begin(cls, review: Review) -> Self:
        """Return what stands before anybody decides: of a short list, nobody has vanished."""
        made = cls()
        if review.is_short:
            made.refuse(review.vanished)
        return made

    def takes(self, entry: Entry) -> bool:
        """Whether anything of an entry is to be done."""
        doubt = entry.outcome is Outcome.CONFLICTING and entry.key not in self.settled
        return entry.key not in self.refused and not doubt

    def takes_field(self, entry: Entry, name: str) -> bool:
        """Whether one field of an entry is to be HQ's."""
        return self.takes(entry) and name not in self.refused_fields.get(entry.key, ())

    def accept(self, entries: Iterable[Entry]) -> None:
        """Take entries whole."""
        for entry in entries:
            self.refused.discard(entry.key)
            self.refused_fields.pop(entry.key, None)

    def refuse(self, entries: Iterable[Entry]) -> None:
        """Take nothing of some entries; ours stays as it is. A doubt is left alone anyway."""
        self.refused.update(entry.key for entry in entries if self.takes(entry))

    def choose_field(self, entry: Entry, name: str, *, theirs: bool) -> None:
        """Take HQ's value of one field, or keep ours; with the last one refused the entry is."""
        if entry.key in self.refused:
            self.refused.discard(entry.key)
            self.refused_fields[entry.key] = {each.field for each in self._parts(entry)}
        names = self.refused_fields.setdefault(entry.key, set())
        (names.discard if theirs else names.add)(name)
        if all(each.field in names for each in self._parts(entry)):
            del self.refused_fields[entry.key]
            self.refused.add(entry.key)
        elif not names:
            del self.refused_fields[entry.key]

    def carried(self, store: Store, before: Review, review: Review) -> Decisions:
        """Return what still applies of them where a list was read another way; reads only.

        A row or member whose entry is of the same heap as before is decided as before.
        """
        known = {(each.key, each.outcome) for each in _entries(before)}
        made = Decisions.to_begin(review)
        for entry in _entries(review):
            if (entry.key, entry.outcome) not in known:
                continue
            if entry.key in self.settled:
                with suppress(Invalid, Missing):  # as it is read now it can no longer be that one
                    member = self.settled[entry.key].member
                    made.settled[entry.key] = settle(store, review, entry, member)
            (made.refused.add if entry.key in self.refused else made.refused.discard)(entry.key)
            names = {each.field for each in parts(made.now(entry))}
            still = self.refused_fields.get(entry.key, set()) & names
            if still == names and still:
                made.refused.add(entry.key)
            elif still:
                made.refused_fields[entry.key] = still
        return made

    def now(self, entry: Entry) -> Entry:
        """Return an entry as it is settled, or as it came."""
        return self.settled.get(entry.key, entry)

    def _parts(self, entry: Entry) -> tuple[FieldChange, ...]:
        return parts(self.now(entry))

    def settle(self, entry: Entry, settled: Entry | None) -> None:
        """Say what a doubt comes to; None leaves it in doubt."""
        self.refused.discard(entry.key)
        self.refused_fields.pop(entry.key, None)
        if settled is None:
            self.settled.pop(entry.key, None)
        else:
            self.settled[entry.key] = settled

    def applied_to(self, review: Review) -> Review:
        """Return what is left of a review; raises `Invalid` where two rows came to one member."""
        heaps: dict[Outcome, list[Entry]] = {outcome: [] for outcome in HEAPS}
        unchanged = review.unchanged
        for outcome in HEAPS:
            for entry in getattr(review, outcome.value):
                left = self._left_of(entry)
                if left is None:
                    continue
                if left.outcome is Outcome.UNCHANGED:
                    unchanged += 1
                else:
                    heaps[left.outcome].append(left)
        _each_once(heaps)
        return replace(
            review,
            unchanged=unchanged,
            joined=tuple(heaps[Outcome.JOINED]),
            left=tuple(heaps[Outcome.LEFT]),
            changed=tuple(heaps[Outcome.CHANGED]),
            conflicting=tuple(heaps[Outcome.CONFLICTING]),
            vanished=tuple(heaps[Outcome.VANISHED]),
        )

    def _left_of(self, entry: Entry) -> Entry | None:
        if entry.outcome is Outcome.CONFLICTING and entry.key not in self.settled:
            return entry
        if entry.key in self.refused:
            return entry if entry.outcome is Outcome.CONFLICTING else None
        return without(self.now(entry), self.refused_fields.get(entry.key, ()))


def _entries(review: Review) -> Iterator[Entry]:
    for outcome in HEAPS:
        yield from getattr(review, outcome.value)


def _each_once(heaps: Mapping[Outcome, Iterable[Entry]]) -> None:
    """Raise `Invalid` where two rows were both said to be one of ours."""
    seen: dict[int, Entry] = {}
    for outcome in (Outcome.JOINED, Outcome.LEFT, Outcome.CHANGED):
        for entry in heaps[outcome]:
            if entry.member is None:
                continue
            other = seen.setdefault(entry.member, entry)
            if other is not entry:
                raise Invalid(
                    f"Rows {other.row} and {entry.row} are both taken to be the same member, "
                    f"{other.name}. Leave one of them as it is, or add it as somebody new."
                )
