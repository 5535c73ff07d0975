"""What stands on each card of the Today page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.correspondence.rules import State
from branch_desk.desk import kit, words
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.today.page.parts import INDENT, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QFrame, QWidget

    from branch_desk.correspondence.records import Owing, Waiting
    from branch_desk.desk.session import Session
    from branch_desk.today.records import Attention, Lately, Named, NextMeeting, Ruling, Step
    from branch_desk.today.rules import Deadline

SHOWN = 5
OWED = 3
FILTERS = {
    "resignation-said": "said",
    "payment-stopped": "stopped",
    "vanished": "vanished",
    "joined": "joined",
}
STATES = {
    State.WAITING: mark("waiting"),
    State.CHASE: mark("chase them"),
    State.PROMISED: mark("an answer is promised"),
    State.PROMISE_BROKEN: mark("promise not kept"),
}
LATE = frozenset({State.CHASE, State.PROMISE_BROKEN})
STEPS = {
    "members": ("users", mark("Bring in HQ's list of members"), "Members"),
    "branch": (
        "landmark",
        mark("Say who the branch is and what its standing orders say"),
        "Branch",
    ),
    "meeting": ("calendar-plus", mark("Call the first meeting"), "Meetings"),
    "letter": ("mail-plus", mark("File a letter or an e-mail"), "Letters"),
}
PAGES = {
    "member": "Members",
    "motion": "Motions",
    "meeting": "Meetings",
    "thread": "Letters",
    "leaflet": "Leaflets",
    "branch": "Branch",
}


def steps(session: Session, found: Sequence[Step]) -> Iterator[QWidget]:
    """Show where a new branch begins, ticked off as it is done."""
    yield kit.label(tr("In any order; Ctrl+Z takes back whatever was done last."), "muted")
    for each in found:
        icon, text, page = STEPS[each.key]
        if each.done:
            yield _ticked(tr(text))
            continue
        step = kit.button(tr(text), icon, role="row")
        step.clicked.connect(lambda _=False, page=page: session.go(page))
        yield step


def _ticked(text: str) -> QWidget:
    made = kit.button(text, "check", role="row")
    made.setAccessibleDescription(tr("Done"))
    made.setToolTip(tr("Done"))
    made.setEnabled(False)
    return made


def meeting(session: Session, found: NextMeeting | None) -> Iterator[QWidget]:
    """Show the next meeting, its countdown, and what its papers lack."""
    if found is None:
        yield kit.label(tr("No meeting is called yet."), "muted")
        call = kit.button(tr("Call a meeting…"), "calendar-plus", role="link")
        call.clicked.connect(lambda: session.go("Meetings", 0, "call"))
        yield kit.box(kit.row(call, None))
        return
    yield line(found.title, _goer(session, "Meetings", found.id))
    at = (words.moment(found.starts_at), found.place)
    yield kit.label(" · ".join(part for part in at if part), "muted")
    for each in found.deadlines:
        yield _deadline(each)
    yield kit.label(_papers(found), "label")
    for lack in found.lacks:
        yield line(lack.words, _goer(session, "Meetings", lack.meeting, lack.part))
    see = kit.button(tr("Agenda and pack"), "list-ordered", role="link")
    see.clicked.connect(lambda: session.go("Meetings", found.id, "agenda"))
    yield kit.box(kit.row(see, None))


def _papers(found: NextMeeting) -> str:
    placed = plural(found.motions_placed, "{n} motion on the agenda", "{n} motions on the agenda")
    if not found.lacks:
        return tr("Its papers are ready: {placed}.", placed=placed)
    return tr("Its papers still lack this; {placed}:", placed=placed)


def _deadline(found: Deadline) -> QFrame:
    soon = not found.done and found.days is not None and 0 <= found.days <= 3
    role = "error" if found.late else "warning" if soon else "muted"
    what = kit.label(found.what)
    what.setIndent(INDENT)
    made = kit.row(what, space=12)
    if found.on is not None:
        made.addWidget(kit.label(words.day(found.on), "muted", wrap=False))
    distance = kit.label(found.words, role, wrap=False)
    distance.setMinimumWidth(distance.fontMetrics().horizontalAdvance("10 days overdue"))
    distance.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.addWidget(distance)
    return kit.box(made)


def rulings(session: Session, found: Sequence[Ruling]) -> Iterator[QWidget]:
    """Show the motions that wait for a ruling."""
    for each in found[:SHOWN]:
        came = tr("came {day}", day=words.short_day(each.received_on)) if each.received_on else ""
        yield line(f"{each.number} {each.title}", _goer(session, "Motions", each.id), came)
    yield from _rest(len(found), SHOWN, lambda: session.go("Motions"))


def letters(
    session: Session, waiting: Sequence[Waiting], owing: Sequence[Owing]
) -> Iterator[QWidget]:
    """Show the letters that wait longest, and those that wait for us."""
    if not waiting:
        yield kit.label(tr("Nobody owes the branch an answer."), "muted")
    for each in waiting[:SHOWN]:
        yield _waiting(session, each)
    yield from _rest(len(waiting), SHOWN, lambda: session.go("Letters", 0, "waiting"))
    if owing:
        yield kit.label(tr("We owe an answer"), "label")
    for owed in owing[:OWED]:
        yield line(
            f"{owed.subject} · {owed.office}" if owed.office else owed.subject,
            _goer(session, "Letters", owed.thread),
            plural(owed.days, "{n} day", "{n} days"),
        )
    yield from _rest(len(owing), OWED, lambda: session.go("Letters", 0, "owing"))


def _waiting(session: Session, each: Waiting) -> QFrame:
    days = plural(each.days, "{n} day", "{n} days")
    said = tr("{days}, {state}", days=days, state=tr(STATES[each.state]))
    if each.promised_by:
        said = tr("{said} for {day}", said=said, day=words.short_day(each.promised_by))
    subject = f"{each.subject} · {each.office}" if each.office else each.subject
    role = "warning" if each.state in LATE else "muted"
    return line(subject, _goer(session, "Letters", each.thread), said, role)


def _rest(count: int, shown: int, does: Callable[[], object]) -> Iterator[QWidget]:
    if count > shown:
        rest = kit.button(tr("All {n} of them", n=f"{count:,}"), role="link", does=does)
        yield kit.box(kit.row(rest, None))


def people(
    session: Session, found: Sequence[Attention], longest: Named | None
) -> Iterator[QWidget]:
    """Show whom to look after, and why; of those who resign who has waited longest, once known."""
    if not found:
        yield kit.label(tr("Nobody just now."), "muted")
    for each in found:
        what = FILTERS.get(each.reason, "all")
        yield line(f"{each.count:,} {each.words}", _goer(session, "Members", 0, what))
        if each.reason == "resignation-said" and longest and longest.days is not None:
            days = plural(longest.days, "waits longest, {n} day", "waits longest, {n} days")
            yield line(longest.name, _goer(session, "Members", longest.id), days, "warning")
        else:
            yield _names(each)


def _names(each: Attention) -> QWidget:
    named = ", ".join(person.name for person in each.first[:3])
    more = each.count - len(each.first[:3])
    text = tr("{names} and {n} more", names=named, n=f"{more:,}") if more else named
    label = kit.label(text, "label")
    label.setContentsMargins(0, 0, 0, 4)
    return label


def lately(session: Session, found: Sequence[Lately]) -> Iterator[QWidget]:
    """Show what changed lately, the newest first."""
    if not found:
        yield kit.label(tr("Nothing has been changed yet."), "muted")
    zone = session.store.clock().tzinfo
    for each in found:
        at = each.at.astimezone(zone)
        text = f"{each.title} · {each.thing}" if each.thing else each.title
        when = words.from_today(at.date(), session.store.today())
        page = PAGES.get(each.kind)
        if page is None:
            yield kit.box(kit.row(kit.label(text), kit.label(when, "muted", wrap=False), space=12))
        else:
            yield line(text, _goer(session, page, each.id), when)


def _goer(session: Session, page: str, row_id: int | None, what: str = "") -> Callable[[], None]:
    return lambda: session.go(page, row_id, what)
