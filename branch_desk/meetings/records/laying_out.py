"""Laying out an agenda: the standing items, and what is due under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.correspondence import records as correspondence
from branch_desk.meetings.records.agenda import (
    add_item,
    agenda,
    place_letter,
    place_motion,
    placed_at,
)
from branch_desk.meetings.records.meetings import get, ids, many
from branch_desk.meetings.records.minuted import open_actions
from branch_desk.meetings.rules import TAKES_LETTERS, TAKES_MOTIONS, ItemKind, standing_items
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionKind, MotionState, Verdict
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from branch_desk.meetings.records.agenda import AgendaItem
    from branch_desk.meetings.records.meetings import Meeting
    from branch_desk.meetings.records.minuted import MinuteEntry
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What was put on an agenda; `left_out` are motions that came too late for it, and why."""

    items: tuple[int, ...]
    motions: tuple[int, ...]
    threads: tuple[int, ...]
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Placeable:
    """What may still go on an agenda: by id, each kind in the order it is offered.

    `late` are motions that came after the deadline, with the reason; `carried_over` the motions and
    threads that the last meeting had before it and did not finish; `actions` those still to be
    done from earlier meetings.
    """

    motions: tuple[int, ...]
    late: tuple[tuple[int, str], ...]
    threads: tuple[int, ...]
    carried_over: tuple[Ref, ...]
    actions: tuple[MinuteEntry, ...]


def placeable(store: Store, meeting_id: int) -> Placeable:
    """Return what may still be placed on an agenda, whatever the kind of meeting."""
    meeting = get(store, meeting_id)
    due, late = _motions(store, meeting)
    threads = _threads(store, meeting)
    before = _unfinished(store, meeting)
    titles = {each.title for each in agenda(store, meeting_id)}
    return Placeable(
        motions=tuple(each for each in due if Ref("motion", each) not in before),
        late=tuple(late),
        threads=tuple(each for each in threads if Ref("thread", each) not in before),
        carried_over=tuple(before),
        actions=tuple(each for each in open_actions(store, meeting_id) if each.text not in titles),
    )


def _unfinished(store: Store, meeting: Meeting) -> list[Ref]:
    """Return what the meeting before this one took up and left open, and this one has not yet."""
    earlier = ids(store, until=meeting.starts_at)
    if not earlier:
        return []
    here = {each for item in agenda(store, meeting.id) for each in _under(item)}
    there = [each for item in agenda(store, earlier[0]) for each in _under(item)]
    waiting = {each.thread for each in correspondence.waiting(store, store.today())}
    placed = [each.id for each in there if each.kind == "motion"]
    undecided = {each.id for each in motions.many(store, placed) if each.state in motions.OPEN}
    still = {"motion": undecided, "thread": waiting}
    return [each for each in there if each not in here and each.id in still[each.kind]]


def _under(item: AgendaItem) -> list[Ref]:
    placed = [Ref("motion", each) for each in item.motions]
    return [*placed, *(Ref("thread", each) for each in item.threads)]


def lay_out(store: Store, meeting_id: int) -> LaidOut:
    """Give a meeting its standing items if it has none, and place what is due; one undo step.

    Motions received and not placed at a coming meeting go under the motions, those that came after
    the deadline are left out; letters that wait for an answer go under correspondence. A special
    meeting gets only what it was called for, a committee no motions. Doing it again adds only what
    has come since.
    """
    meeting = get(store, meeting_id)
    with store.change(f"Lay out the {meeting.occasion}"):
        items = _standing(store, meeting)
        due, late = _motions(store, meeting) if meeting.kind in TAKES_MOTIONS else ([], [])
        threads = _threads(store, meeting) if meeting.kind in TAKES_LETTERS else []
        if due:
            under = item_for(store, meeting_id, ItemKind.MOTIONS, "Motions")
            for motion_id in due:
                place_motion(store, under, motion_id)
        if threads:
            under = item_for(store, meeting_id, ItemKind.CORRESPONDENCE, "Correspondence")
            for thread_id in threads:
                place_letter(store, under, Ref("thread", thread_id))
    return LaidOut(tuple(items), tuple(due), tuple(threads), tuple(late))


def _standing(store: Store, meeting: Meeting) -> list[int]:
    if agenda(store, meeting.id):
        return []
    return [
        add_item(store, meeting.id, each.title, kind=each.kind, minutes=each.minutes)
        for each in standing_items(meeting.kind)
    ]


def item_for(store: Store, meeting_id: int, kind: ItemKind, title: str) -> int:
    """Return the first item of a kind on an agenda, put there under a title if there is none."""
    items = agenda(store, meeting_id)
    for each in items:
        if each.kind is kind:
            return each.id
    last = [each.id for each in items if each.kind is ItemKind.NEXT_MEETING]
    return add_item(store, meeting_id, title, kind=kind, before=last[0] if last else None)


def _motions(store: Store, meeting: Meeting) -> tuple[list[int], list[tuple[int, str]]]:
    due, late = [], []
    waiting = [
        *motions.ids(store, order="-number", state=MotionState.RECEIVED),
        *motions.ids(store, order="-number", state=MotionState.ACCEPTED),
    ]
    for motion in motions.many(store, sorted(waiting)):
        if _is_placed(store, motion.id, meeting):
            continue
        reason = _too_late(store, motion, meeting)
        if reason:
            late.append((motion.id, reason))
        else:
            due.append(motion.id)
    return due, late


def _is_placed(store: Store, motion_id: int, meeting: Meeting) -> bool:
    """Whether it is on this agenda, or on another that is still to come."""
    at = many(store, placed_at(store, Ref("motion", motion_id)))
    return any(each.id == meeting.id or each.starts_at >= store.moment() for each in at)


def _too_late(store: Store, motion: motions.Motion, meeting: Meeting) -> str:
    if motion.state is MotionState.ACCEPTED or motion.kind is MotionKind.EMERGENCY:
        return ""
    for finding in motions.findings(store, motion.id, meeting.on):
        if finding.rule == "deadline" and finding.verdict is Verdict.BROKEN:
            return finding.message
    return ""


def _threads(store: Store, meeting: Meeting) -> list[int]:
    here = {thread for each in agenda(store, meeting.id) for thread in each.threads}
    waiting = correspondence.waiting(store, store.today())
    return [each.thread for each in waiting if each.thread not in here]
