"""One heap of a review as rows: who, what HQ's list says, and what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.desk.table import Column
from branch_desk.desk.tr import mark, tr
from branch_desk.members.page import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.members.exchange import Decisions, Entry, Review

HEAPS = (
    (mark("Joined"), mark("New to the branch; they are added.")),
    (mark("Left"), mark("HQ marks them as having left; that is recorded.")),
    (mark("Changed"), mark("Details differ; HQ's are taken.")),
    (mark("Conflicting"), mark("In doubt; they are left as they are unless you say who it is.")),
    (mark("Vanished"), mark("Ours, but not on this list; that is noted, nobody is taken out.")),
)
DOUBTS, VANISHED = 3, 4
TO_LOOK_AT = (mark("To look at"), mark("What the list has that somebody should look at."))
TAKEN, REFUSED, IN_PART, LEFT = (
    mark("Yes"),
    mark("Refused"),
    mark("In part"),
    mark("Left as it is"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a heap, by its place in it."""

    id: int
    row: str
    name: str
    number: str
    says: str
    take: str = ""


COLUMNS: tuple[Column[Found], ...] = (
    Column(
        mark("Will be taken"),
        lambda found: tr(found.take) if found.take else "",
        sample="Left as it is",
        tone=lambda found: "muted" if found.take in {REFUSED, LEFT} else "text",
    ),
    Column(mark("Name"), lambda found: found.name, 2.0),
    Column(mark("What HQ's list says"), lambda found: found.says, 4.0),
    Column(mark("Number"), lambda found: found.number, sample="00000000", spare=True, numeric=True),
    Column(mark("Row"), lambda found: found.row, sample="00000", spare=True, numeric=True),
)


def heaps(review: Review) -> tuple[Sequence[Entry], ...]:
    """Return the heaps in the order of `HEAPS`."""
    return (review.joined, review.left, review.changed, review.conflicting, review.vanished)


def said(entry: Entry) -> str:
    """Say in one line what an entry would change, or why it is in doubt; nothing twice."""
    from branch_desk.members.exchange.compare import FROM_LIST
    from branch_desk.members.exchange.deciding import field_of_event

    if entry.message and not (entry.changes or entry.events):
        return entry.message
    changed = {each.field: each for each in entry.changes}
    told = []
    for event in entry.events:
        if event.corrects is not None:
            continue
        changed.pop(field_of_event(event) if field_of_event(event) != "payment" else "", None)
        noted = event.note if event.note and event.note != FROM_LIST else ""
        told.append(words.event_on(event.kind, event.bare().day, noted))
    told.extend(words.change(each.field, each.before, each.after) for each in changed.values())
    return "; ".join(told)


def taken(entry: Entry, decisions: Decisions) -> str:
    """Say what is decided on an entry."""
    if not decisions.takes(entry):
        return REFUSED if entry.key in decisions.refused else LEFT
    return IN_PART if decisions.refused_fields.get(entry.key) else TAKEN


def found(place: int, entry: Entry, decisions: Decisions) -> Found:
    """Return an entry's line."""
    now = decisions.now(entry)
    return Found(
        place,
        str(entry.row or ""),
        entry.name,
        entry.number,
        said(now),
        taken(entry, decisions),
    )
