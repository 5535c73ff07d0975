"""A review carried out: all of it in one change, which one undo takes back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from branch_desk.members import records
from branch_desk.members.exchange.telling import Steps, silent
from branch_desk.members.records import NewMember
from branch_desk.store.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.members.exchange.reviewing import Entry, Review
    from branch_desk.members.exchange.telling import Tell
    from branch_desk.store.change import Change
    from branch_desk.store.store import Store

KEPT_UP_TO = 50_000_000
WORDING = "As HQ's list has it"


def apply(store: Store, review: Review, told: Tell = silent) -> int:
    """Change what a review says, and keep the list it came from; returns the kept list's id.

    Raises `Conflict` where members changed since the review was made; then nothing is done.
    `told(done, total)` follows the people as they are gone through; what it raises stops it all.
    """
    with store.change(f"Bring in HQ's list of {review.as_of.day} {review.as_of:%B %Y}") as change:
        if records.seen(store) != review.seen:
            raise Conflict(
                "The members were changed since this list was looked at. "
                "Look at it afresh, then apply."
            )
        touched = [*review.joined, *review.left, *review.changed, *review.vanished]
        steps = Steps(told, 3 * len(touched))
        new = [entry for entry in touched if entry.member is None]
        known = [entry for entry in touched if entry.member is not None]
        made = records.add_many(
            store,
            (NewMember(entry.details or {}, entry.events) for entry in steps.over(new)),
        )
        _change_details(store, change, steps.over(known))
        records.record_events(
            store,
            [
                (entry.member, event)
                for entry in steps.over(known)
                if entry.member
                for event in entry.events
            ],
        )
        _consents(store, review, [*zip(made, new, strict=True), *_with_ids(known)])
        kept = _keep(store, change, review)
        told(steps.total, steps.total)
        return kept


def _with_ids(entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    return [(entry.member, entry) for entry in entries if entry.member is not None]


def _change_details(store: Store, change: Change, entries: Iterable[Entry]) -> None:
    by_fields: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    named = [(member, entry) for member, entry in _with_ids(entries) if entry.details]
    names = records.names(store, [member for member, _ in named])
    for member, entry in named:
        details = records.checked(entry.details or {})
        row: dict[str, object] = {"id": member, **details}
        if "surname" in details or "forename" in details:
            surname, forename = names[member]
            row["sort_name"] = records.sort_name(
                str(details.get("surname", surname)), str(details.get("forename", forename))
            )
        by_fields[tuple(row)].append(row)
    for rows in by_fields.values():
        change.update_many("member", rows)


def _consents(store: Store, review: Review, entries: Iterable[tuple[int, Entry]]) -> None:
    records.set_consents(
        store,
        [
            records.Consent(0, member, channel, given, review.as_of, WORDING)
            for member, entry in entries
            for channel, given in (entry.consents or {}).items()
        ],
    )


def _keep(store: Store, change: Change, review: Review) -> int:
    attachment = None
    if len(review.data) <= KEPT_UP_TO:
        attachment = change.attach(review.data, review.name, "application/octet-stream")
    return change.insert(
        "hq_list",
        name=review.name,
        digest=review.digest,
        as_of=review.as_of,
        received_at=store.now(),
        attachment=attachment,
        rows=review.rows,
        joined=len(review.joined),
        departed=len(review.left),
        changed=len(review.changed),
        conflicting=len(review.conflicting),
        vanished=len(review.vanished),
        unchanged=review.unchanged,
        problems=len(review.problems),
    )
