"""Who came and how, who sent apologies, and which notice went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from branch_desk.branch import records as branch
from branch_desk.meetings.records.meetings import get
from branch_desk.meetings.rules import Channel, How, Presence, Quorum, quorum_of
from branch_desk.members import records as members
from branch_desk.members.rules import Standing
from branch_desk.store.errors import Conflict, Invalid, Missing

if TYPE_CHECKING:
    from branch_desk.store.store import Store

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at a meeting, or who sent apologies; a visitor has no `member`."""

    id: int
    meeting: int
    member: int | None
    name: str
    presence: Presence
    how: How | None


@dataclass(frozen=True, slots=True)
class Notice:
    """That notice of a meeting went out: when, how, and to how many.

    `attachment` is the proof: the notice as it went, with who was reached.
    """

    id: int
    meeting: int
    sent_on: date
    channel: Channel
    recipients: int | None
    note: str
    attachment: int | None = None


def attendance(store: Store, meeting_id: int) -> list[Attendance]:
    """Return everybody who came or sent apologies, by name."""
    rows = store.rows(
        "SELECT * FROM attendance WHERE meeting = ? ORDER BY name COLLATE NOCASE, id", (meeting_id,)
    )
    return [_attendance(row) for row in rows]


def sign_in(
    store: Store,
    meeting_id: int,
    *,
    member: int | None = None,
    name: str = "",
    how: How = How.HALL,
) -> int:
    """Record that a member, or a visitor by name, is at the meeting; returns the entry's id.

    Somebody who sent apologies and came after all is present.
    """
    return _enter(store, meeting_id, _who(store, member, name), how)


def apologise(store: Store, meeting_id: int, *, member: int | None = None, name: str = "") -> int:
    """Record apologies from a member, or from a visitor by name; returns the entry's id."""
    return _enter(store, meeting_id, _who(store, member, name), None)


def change_attendance(store: Store, attendance_id: int, how: How | None) -> None:
    """Record that somebody entered came another way: in the hall, online, or None for apologies."""
    _there(store, attendance_id)
    presence = Presence.PRESENT if how else Presence.APOLOGIES
    with store.change("Change how somebody attended") as change:
        change.update("attendance", attendance_id, presence=presence, how=how or "")


def _there(store: Store, attendance_id: int) -> None:
    if store.one("SELECT id FROM attendance WHERE id = ?", (attendance_id,)) is None:
        raise Missing(f"There is no entry {attendance_id} in the attendance.")


def strike(store: Store, attendance_id: int) -> None:
    """Take an entry out that was made by mistake."""
    _there(store, attendance_id)
    with store.change("Remove somebody from the attendance") as change:
        change.delete("attendance", attendance_id)


def _who(store: Store, member: int | None, name: str) -> tuple[int | None, str]:
    name = members.get(store, member).name if member is not None else name.strip()
    if not name:
        raise Invalid("Say who: a member, or a visitor's name.")
    return member, name


def _enter(store: Store, meeting_id: int, who: tuple[int | None, str], how: How | None) -> int:
    meeting = get(store, meeting_id)
    member, name = who
    presence = Presence.PRESENT if how else Presence.APOLOGIES
    entered: int | None = store.value(
        "SELECT id FROM attendance WHERE meeting = ? AND member = ?", (meeting_id, member)
    )
    did = "Sign in at" if how else "Take apologies for"
    fields: dict[str, Any] = {"name": name, "presence": presence, "how": how or ""}
    with store.change(f"{did} the {meeting.occasion}") as change:
        if entered is None:
            return change.insert("attendance", meeting=meeting_id, member=member, **fields)
        change.update("attendance", entered, **fields)
        return entered


def quorum(store: Store, meeting_id: int) -> Quorum:
    """Return whether enough members are present under the branch's rule, or that it is not set."""
    orders = {
        each.key: each
        for each in branch.standing_orders(store)
        if each.key in {"quorum.rule", "quorum.base"}
    }
    rule, base = orders["quorum.rule"], str(orders["quorum.base"].value)
    present = [
        each.member
        for each in attendance(store, meeting_id)
        if each.presence is Presence.PRESENT and each.member is not None
    ]
    counted = sum(_counts(each, base) for each in members.many(store, present))
    return quorum_of(
        None if rule.value is None else str(rule.value),
        base,
        base_count=_base(store, base),
        present=counted,
        clause=rule.clause,
    )


def _base(store: Store, base: str) -> int:
    if base == "members":
        return members.counts(store).members
    standing = members.ids(store, standing=Standing.MEMBER)
    behind = members.ids(store, standing=Standing.MEMBER, payment=members.Payment.ARREARS)
    return len(standing) - len(behind)


def _counts(member: members.Member, base: str) -> bool:
    if base == "members":
        return member.current
    return member.standing is Standing.MEMBER and member.payment is not members.Payment.ARREARS


def record_notice(
    store: Store,
    meeting_id: int,
    *,
    sent_on: date,
    channel: Channel = Channel.EMAIL,
    recipients: int | None = None,
    note: str = "",
    proof: bytes = b"",
) -> int:
    """Record that notice of a meeting went out; returns its id.

    `proof` is kept with it: a PDF of the notice as it went and of who was reached.
    """
    meeting = get(store, meeting_id)
    if sent_on > meeting.on:
        raise Conflict("Notice cannot go out after the meeting.")
    if recipients is not None and recipients < 0:
        raise Invalid("A notice cannot go to fewer than nobody.")
    with store.change(f"Record notice of the {meeting.occasion}") as change:
        return change.insert(
            "meeting_notice",
            meeting=meeting_id,
            sent_on=sent_on,
            channel=channel,
            recipients=recipients,
            note=note,
            attachment=change.attach(proof, "Notice as sent.pdf", PDF) if proof else None,
        )


def notices(store: Store, meeting_id: int) -> list[Notice]:
    """Return the notices of a meeting that went out, first one first."""
    rows = store.rows(
        "SELECT * FROM meeting_notice WHERE meeting = ? ORDER BY sent_on, id", (meeting_id,)
    )
    return [
        Notice(
            id=row["id"],
            meeting=row["meeting"],
            sent_on=date.fromisoformat(row["sent_on"]),
            channel=Channel(row["channel"]),
            recipients=row["recipients"],
            note=row["note"],
            attachment=row["attachment"],
        )
        for row in rows
    ]


def _attendance(row: dict[str, Any]) -> Attendance:
    return Attendance(
        id=row["id"],
        meeting=row["meeting"],
        member=row["member"],
        name=row["name"],
        presence=Presence(row["presence"]),
        how=How(row["how"]) if row["how"] else None,
    )
