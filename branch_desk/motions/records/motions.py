"""The motions themselves: reading, listing, adding and changing them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from branch_desk.motions.rules import Ballot, MotionKind, MotionState, long_date
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Result:
    """What the meeting decided: `ballot` is None where nobody counted (carried on a show of hands).

    `threshold` and `base` are the rule the vote was taken under, kept as it stood on the day.
    """

    on: date
    ballot: Ballot | None
    threshold: str
    base: str


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion; `text` and `reasons` are Markdown, `mover_member` is the member if known.

    `ruling` is what the chair ruled and why; `result` is None until it was voted on.
    """

    id: int
    number: str
    title: str
    text: str
    reasons: str
    kind: MotionKind
    mover: str
    mover_member: int | None
    seconder: str
    seconder_member: int | None
    received_on: date | None
    arose_on: date | None
    addressed_to: str
    state: MotionState
    ruling: str
    result: Result | None


def get(store: Store, motion_id: int) -> Motion:
    """Return one motion; raises `Missing`."""
    row = store.one("SELECT * FROM motion WHERE id = ?", (motion_id,))
    if row is None:
        raise Missing(f"There is no motion {motion_id}.")
    return _motion(row)


def many(store: Store, motion_ids: Iterable[int]) -> list[Motion]:
    """Return motions in the order of their ids, in one query; ids nobody has are left out."""
    rows = store.rows(
        "SELECT motion.* FROM json_each(?) AS wanted JOIN motion ON motion.id = wanted.value "
        "ORDER BY wanted.key",
        (json.dumps(list(motion_ids)),),
    )
    return [_motion(row) for row in rows]


def ids(
    store: Store,
    *,
    search: str = "",
    order: str = "number",
    state: MotionState | None = None,
    kind: MotionKind | None = None,
    member: int | None = None,
) -> list[int]:
    """Return the ids of motions, newest number first, or by `order`.

    `order` is number, title, received, state, mover or kind; a "-" before it turns it round.
    `member` keeps those that this member moved or seconded.
    """
    found = store.column(
        """
        SELECT id FROM motion
        WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind)
          AND (:member IS NULL OR mover_member = :member OR seconder_member = :member)
        ORDER BY CASE :order WHEN 'title' THEN title COLLATE NOCASE
                             WHEN 'mover' THEN mover COLLATE NOCASE
                             WHEN 'state' THEN state WHEN 'kind' THEN kind
                             WHEN 'received' THEN coalesce(received_on, '') END,
                 year DESC, serial DESC
        """,
        {
            "state": state and state.value,
            "kind": kind and kind.value,
            "member": member,
            "order": order.removeprefix("-"),
        },
    )
    if order.startswith("-"):
        found.reverse()
    if not search.strip():
        return found
    hits = set(store.search("motion", search))
    return [each for each in found if each in hits]


class MotionDetails(TypedDict, total=False):
    """What of a motion may be said beside its title and text."""

    reasons: str
    kind: MotionKind
    mover: str
    mover_member: int | None
    seconder: str
    seconder_member: int | None
    received_on: date | None
    arose_on: date | None
    addressed_to: str


class MotionFields(MotionDetails, total=False):
    """What of a motion may be changed."""

    title: str
    text: str


def add(
    store: Store,
    *,
    title: str,
    text: str,
    state: MotionState | None = None,
    **fields: Unpack[MotionDetails],
) -> int:
    """Take a motion in and give it the year's next number; returns its id.

    It is "received" if `received_on` is given, else a draft.
    """
    if not title.strip():
        raise Invalid("A motion needs a title.")
    values: dict[str, Any] = {"kind": MotionKind.ORDINARY, **fields}
    received_on = fields.get("received_on")
    year = (received_on or store.today()).year
    with store.change("Add a motion") as change:
        serial = store.value(
            "SELECT coalesce(max(serial), 0) + 1 FROM motion WHERE year = ?", (year,)
        )
        return change.insert(
            "motion",
            year=year,
            serial=serial,
            title=title.strip(),
            text=text,
            state=state or (MotionState.RECEIVED if received_on else MotionState.DRAFT),
            **values,
        )


def change_details(store: Store, motion_id: int, **fields: Unpack[MotionFields]) -> None:
    """Change what a motion says or who moves it; raises `Conflict` once it was voted on."""
    motion = get(store, motion_id)
    if motion.result is not None:
        raise Conflict(
            f"Motion {motion.number} was decided on {long_date(motion.result.on)}; "
            "what was voted on stays as it was. Reopen it if the result was entered by mistake."
        )
    if "title" in fields and not fields["title"].strip():
        raise Invalid("A motion needs a title.")
    if fields:
        with store.change(f"Change motion {motion.number}") as change:
            change.update("motion", motion_id, **fields)


def remove(store: Store, motion_id: int) -> None:
    """Take a motion that was taken in by mistake out again; raises `Conflict` once it was voted on.

    It goes from any agenda it was placed on, and letters about it stay.
    """
    motion = get(store, motion_id)
    if motion.result is not None:
        raise Conflict(
            f"Motion {motion.number} was decided on {long_date(motion.result.on)} and stays. "
            "Take the result back first if it was entered by mistake."
        )
    ref = Ref("motion", motion_id)
    with store.change(f"Delete motion {motion.number}") as change:
        for link in (*store.links_to(ref), *store.links_from(ref)):
            change.unlink(link.source, link.target, link.role)
        change.delete("motion", motion_id)


def change_text(store: Store, motion_id: int, text: str, reasons: str | None = None) -> None:
    """Replace a motion's text, and its reasons where given."""
    if reasons is None:
        change_details(store, motion_id, text=text)
    else:
        change_details(store, motion_id, text=text, reasons=reasons)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _motion(row: dict[str, Any]) -> Motion:
    return Motion(
        id=row["id"],
        number=f"{row['year']}/{row['serial']:02d}",
        title=row["title"],
        text=row["text"],
        reasons=row["reasons"],
        kind=MotionKind(row["kind"]),
        mover=row["mover"],
        mover_member=row["mover_member"],
        seconder=row["seconder"],
        seconder_member=row["seconder_member"],
        received_on=_date(row["received_on"]),
        arose_on=_date(row["arose_on"]),
        addressed_to=row["addressed_to"],
        state=MotionState(row["state"]),
        ruling=row["ruling"],
        result=_result(row),
    )


def _result(row: dict[str, Any]) -> Result | None:
    decided_on = _date(row["decided_on"])
    if decided_on is None:
        return None
    counted = row["votes_for"] is not None
    ballot = (
        Ballot(
            row["votes_for"],
            row["votes_against"],
            row["abstentions"] or 0,
            row["present"],
            row["casting"],
        )
        if counted
        else None
    )
    return Result(decided_on, ballot, row["threshold"], row["base"])
