"""What happened to a member, newest first: recorded, sent and agreed, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk import words as desk_words
from branch_desk.desk.tr import tr
from branch_desk.members import records
from branch_desk.members.page import words
from branch_desk.members.rules import EventKind, Way
from branch_desk.store.errors import Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from branch_desk.desk.session import Session
    from branch_desk.members.records import Consent, MemberEvent, Sending
    from branch_desk.store.store import Store

PAGES = {
    "letter": "Letters",
    "thread": "Letters",
    "motion": "Motions",
    "meeting": "Meetings",
    "leaflet": "Leaflets",
    "officer": "Branch",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """Something elsewhere on the desk, by what it is and what it is called."""

    ref: Ref
    title: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    on: date
    what: str
    days: str = ""
    note: str = ""
    evidence: tuple[Linked, ...] = ()
    event: MemberEvent | None = None
    struck: bool = False


def moments(store: Store, member_id: int) -> list[Moment]:
    """Return everything known to have happened with a member, the newest first."""
    found = [*_events(store, records.events(store, member_id))][::-1]
    found += [_sent(each) for each in records.sendings(store, member_id)][::-1]
    found += [_agreed(each) for each in records.consents(store, member_id)]
    return sorted(found, key=lambda moment: moment.on, reverse=True)


def _events(store: Store, events: Sequence[MemberEvent]) -> Iterator[Moment]:
    corrected = {event.corrects for event in events}
    for event in events:
        if event.kind is EventKind.STRUCK_OUT:
            continue
        yield Moment(
            event.day,
            words.event(event.kind),
            _days(event),
            event.note,
            tuple(linked(store, each) for each in event.evidence),
            event,
            event.id in corrected,
        )


def linked(store: Store, ref: Ref, role: str = "") -> Linked:
    """Return what a reference leads to; what is gone is said to be."""
    try:
        return Linked(ref, store.title(ref), role)
    except Missing:
        return Linked(ref, tr("no longer there"), role)


def _days(event: MemberEvent) -> str:
    days = []
    if event.said_on:
        days.append(tr("said {day}", day=desk_words.short_day(event.said_on)))
    if event.effective_on and event.effective_on != event.hq_recorded_on:
        days.append(tr("in effect {day}", day=desk_words.short_day(event.effective_on)))
    if event.hq_recorded_on:
        days.append(tr("recorded by HQ {day}", day=desk_words.short_day(event.hq_recorded_on)))
    return ", ".join(days) or tr("on a day not known")


def _sent(each: Sending) -> Moment:
    by = tr("sent by e-mail") if each.way is Way.EMAIL else tr("sent by post")
    return Moment(
        each.sent_on, tr("“{subject}”", subject=each.subject), f"{by} {_short(each.sent_on)}"
    )


def _agreed(each: Consent) -> Moment:
    channel = words.field(f"consent_{each.channel.value}")
    decided = tr("agreed") if each.given else tr("refused")
    return Moment(
        each.decided_on,
        f"{channel}: {decided}",
        _short(each.decided_on),
        each.wording,
    )


def _short(day: date) -> str:
    return desk_words.short_day(day)


def linked_to(store: Store, member_id: int) -> list[Linked]:
    """Return what elsewhere refers to a member, and what they refer to."""
    me = Ref("member", member_id)
    found = {
        **{link.target: link.role for link in store.links_from(me)},
        **{link.source: link.role for link in store.links_to(me)},
    }
    return [linked(store, ref, role) for ref, role in found.items() if ref.kind in PAGES]


class Timeline(QWidget):
    """Shows a member's moments; `correct(event)` asks for one to be put right."""

    correct = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName(tr("What happened"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.lines)

    def show_moments(self, found: Sequence[Moment]) -> None:
        """Show another member's, or the same one's afresh."""
        kit.clear(self.lines)
        for moment in found:
            self.lines.addWidget(self._line(moment))
        if not found:
            self.lines.addWidget(kit.label(tr("Nothing is recorded yet."), "muted"))

    def _line(self, moment: Moment) -> QFrame:
        what = kit.label(moment.what)
        when = kit.label(moment.days, "muted")
        if moment.struck:
            font = what.font()
            font.setStrikeOut(True)
            what.setFont(font)
            when.setText(tr("{days} · corrected", days=moment.days))
        texts = kit.column(what, when, space=1)
        if moment.note:
            texts.addWidget(kit.label(moment.note, "muted"))
        for each in moment.evidence:
            texts.addLayout(self.leading(each))
        line: QHBoxLayout = kit.row(space=12)
        mark = kit.label("●" if moment.event else "○", "label", wrap=False)
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.addWidget(mark)
        line.addLayout(texts, 1)
        event = moment.event
        if event is not None and not moment.struck:
            put_right = kit.button(
                tr("Correct…"), role="quiet", does=lambda: self.correct.emit(event)
            )
            put_right.setAccessibleDescription(f"{moment.what}, {moment.days}")
            line.addWidget(put_right, 0, Qt.AlignmentFlag.AlignTop)
        return kit.box(line)

    def leading(self, each: Linked) -> QHBoxLayout:
        """Return a line that leads to something elsewhere."""
        made = kit.button(each.title, "link", role="quiet")
        page = PAGES.get(each.ref.kind)
        made.setEnabled(page is not None)
        if page is not None:
            made.clicked.connect(lambda: self._session.go(page, each.ref.id, each.ref.kind))
        return kit.row(made, None)
