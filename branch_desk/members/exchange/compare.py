"""What one row of HQ's list means for one person: which fields change and what has happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from branch_desk.members import rules
from branch_desk.members.exchange.addresses import contained, in_one_line, replaces
from branch_desk.members.exchange.match import bare, figures
from branch_desk.members.names import fold
from branch_desk.members.records import NewEvent, Payment, dated
from branch_desk.members.rules import CURRENT, LEAVING, EventKind, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from branch_desk.members.exchange.lines import Line
    from branch_desk.members.exchange.words import Leaving
    from branch_desk.members.records import Channel

Row = dict[str, Any]
IN = frozenset(standing.value for standing in CURRENT)
NAMES = frozenset({"surname", "forename", "known_as"})
COMES_BACK = frozenset({Standing.LAPSED.value, Standing.TRANSFERRED.value})


class Outcome(Enum):
    """What a row of HQ's list, or somebody missing from it, comes to."""

    JOINED = "joined"
    LEFT = "left"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    VANISHED = "vanished"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as people read them."""

    field: str
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """What applying one row would write, and why not where there is a `doubt`."""

    outcome: Outcome
    details: dict[str, object] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    consents: dict[Channel, bool] = field(default_factory=dict)
    notice: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans rows of a list made on a day; `first` is whether the branch has nobody yet.

    `histories` has those of everybody for whom `needs_history` says so. `sure` is whether somebody
    has said who the row is, so that a member HQ lists and we have as gone is a member again.
    """

    on: date
    first: bool
    histories: Mapping[int, Sequence[rules.Event]]
    consents: Mapping[tuple[int, str], bool]
    sure: bool = False

    def plan(self, line: Line, row: Row | None) -> Plan:
        """Plan what a row means for the one of ours it is, or for somebody new."""
        if row is None:
            return self._new(line)
        plan = Plan(Outcome.UNCHANGED)
        if line.left is not None:
            self._leaves(line, line.left, row, plan)
        else:
            self._stays(line, row, plan)
        if plan.doubt:
            return plan
        self._compare(line, row, plan)
        if plan.outcome is Outcome.UNCHANGED and (plan.changes or plan.events):
            plan.outcome = Outcome.CHANGED
        return plan

    def _new(self, line: Line) -> Plan:
        plan = Plan(Outcome.JOINED, dict(line.details), consents=line.consents)
        if line.extra:
            plan.details["extra"] = line.extra
        joined = line.details.get("joined_on")
        came = NewEvent(EventKind.JOINED)
        if isinstance(joined, date):
            came = dated(EventKind.JOINED, joined)
        elif not self.first and line.left is None:
            # Nobody knows since when the first list's people are members, but a newcomer is new.
            came = dated(EventKind.JOINED, self.on)
        if line.stays in {EventKind.APPLIED, EventKind.PROBATION_STARTED}:
            came = NewEvent(line.stays, effective_on=came.effective_on)
        plan.events.append(came)
        if line.stays is EventKind.SUSPENDED:
            plan.events.append(dated(EventKind.SUSPENDED, self.on, _quoting(line)))
        if line.left is not None:
            plan.outcome = Outcome.LEFT
            plan.events.append(self._leaving(line, line.left.kind))
        elif line.details.get("payment") is Payment.STOPPED:
            plan.events.append(dated(EventKind.PAYMENT_STOPPED, self.on, FROM_LIST))
        return plan

    def _leaving(self, line: Line, kind: EventKind, *, today: bool = False) -> NewEvent:
        day = self.on if today else line.left_on or self.on
        return dated(kind, day, _quoting(line))

    def _leaves(self, line: Line, leaving: Leaving, row: Row, plan: Plan) -> None:
        """HQ's list marks one of ours as having left."""
        kind = leaving.kind
        if leaving.guessed and row["resignation_said"]:
            kind = EventKind.RESIGNATION_RECORDED
        was = row["standing"]
        if was not in IN and was != Standing.APPLICANT.value:
            if LEAVING[kind].value != was and not leaving.guessed:
                plan.notice = f"HQ's list says {LEAVING[kind].value}; we have {line.name} as {was}."
            return
        event = self._leaving(line, kind)
        history = self.histories.get(row["id"], ())
        said_on = rules.state_on(history, self.on).flags.said_on
        if kind is EventKind.RESIGNATION_RECORDED and said_on and event.bare().day <= said_on:
            # HQ gives the day the member left off; it recorded that only after it was told.
            event = replace(event, hq_recorded_on=self.on)
        if rules.standing_on([*history, event.bare()], self.on)[0] is not LEAVING[kind]:
            # HQ's date lies before they last joined, so it can only be of an earlier leaving.
            event = self._leaving(line, kind, today=True)
        plan.events.append(event)
        plan.outcome = Outcome.LEFT
        plan.changes.append(FieldChange("standing", was, LEAVING[kind].value))

    def _stays(self, line: Line, row: Row, plan: Plan) -> None:
        """HQ's list has one of ours as a member, or as somebody on the way to be one."""
        was = row["standing"]
        if was not in IN and was != Standing.APPLICANT.value:
            self._comes_back(line, row, plan)
            return
        if row["vanished"]:
            plan.events.append(dated(EventKind.RETURNED, self.on, FROM_LIST))
            plan.changes.append(FieldChange("vanished", "yes", "no"))
        if was == Standing.APPLICANT.value and line.stays is not EventKind.APPLIED:
            self._admitted(line, plan)
        if line.stays is EventKind.SUSPENDED and was != Standing.SUSPENDED.value:
            plan.events.append(dated(EventKind.SUSPENDED, self.on, _quoting(line)))
            plan.changes.append(FieldChange("standing", was, Standing.SUSPENDED.value))
        self._pays(line, row, plan)

    def _admitted(self, line: Line, plan: Plan) -> None:
        kind = line.stays if line.stays is EventKind.PROBATION_STARTED else EventKind.JOINED
        joined = line.details.get("joined_on")
        plan.events.append(dated(kind, joined if isinstance(joined, date) else self.on, FROM_LIST))
        plan.outcome = Outcome.JOINED

    def _comes_back(self, line: Line, row: Row, plan: Plan) -> None:
        """HQ lists somebody whom we have as having left."""
        events = rules.in_order(self.histories.get(row["id"], ()))
        left_on = max((e.day for e in events if e.kind in LEAVING), default=date.min)
        joined = line.details.get("joined_on")
        again = isinstance(joined, date) and joined > left_on
        final = row["standing"] in {Standing.DIED.value, Standing.EXPELLED.value}
        if self.sure and row["standing"] != Standing.DIED.value:
            day = joined if isinstance(joined, date) and again else self.on
            plan.events.append(dated(EventKind.REJOINED, day, FROM_LIST))
            plan.outcome = Outcome.JOINED
            return
        if not final and (again or (row["standing"] in COMES_BACK and self.on > left_on)):
            day = joined if isinstance(joined, date) and again else self.on
            plan.events.append(dated(EventKind.REJOINED, day, FROM_LIST))
            plan.outcome = Outcome.JOINED
            return
        since = "" if left_on == date.min else f" since {left_on.isoformat()}"
        plan.doubt = (
            f"HQ lists {line.name or row['surname']} as a member; "
            f"we have {row['standing']}{since}. Record what is right on their page."
        )

    def _pays(self, line: Line, row: Row, plan: Plan) -> None:
        payment = line.details.get("payment")
        if payment is Payment.STOPPED and not row["payment_stopped"]:
            plan.events.append(dated(EventKind.PAYMENT_STOPPED, self.on, FROM_LIST))
        elif payment is Payment.PAID and row["payment_stopped"]:
            plan.events.append(dated(EventKind.PAYMENT_RESUMED, self.on, FROM_LIST))

    def _compare(self, line: Line, row: Row, plan: Plan) -> None:
        """Put down each field HQ fills in otherwise than we have it; its blanks say nothing."""
        for name, value in line.details.items():
            after, before = _stored(value), row[name]
            if after == before or _alike(name, str(after), str(before or "")):
                continue
            if name == "address" and not _replaces(line, str(before or ""), plan):
                continue
            plan.details[name] = value
            plan.changes.append(FieldChange(name, _shown(name, before), _shown(name, after)))
            if name == "joined_on" and isinstance(value, date):
                plan.events.extend(self._joined_then(row, value))
        if line.extra:
            self._compare_extra(line, row, plan)
        for channel, given in line.consents.items():
            before = self.consents.get((row["id"], channel.value))
            if before is not given:
                plan.consents[channel] = given
                plan.changes.append(
                    FieldChange(f"consent_{channel.value}", yes_or_no(before), yes_or_no(given))
                )

    def _compare_extra(self, line: Line, row: Row, plan: Plan) -> None:
        kept: dict[str, str] = json.loads(row["extra"])
        news = {title: text for title, text in line.extra.items() if kept.get(title) != text}
        if news:
            plan.details["extra"] = kept | news
            plan.changes.extend(
                FieldChange(title, in_one_line(kept.get(title, "")), in_one_line(text))
                for title, text in news.items()
            )

    def _joined_then(self, row: Row, joined: date) -> list[NewEvent]:
        """Correct the event by which somebody joined, where HQ now dates it otherwise."""
        before = row["joined_on"]
        old = date.fromisoformat(before) if before else date.min
        for event in rules.in_order(self.histories.get(row["id"], ())):
            if event.kind is EventKind.JOINED and event.day == old:
                return [
                    NewEvent(
                        EventKind.JOINED, effective_on=joined, note=FROM_LIST, corrects=event.id
                    )
                ]
        return []


FROM_LIST = "From HQ's list"


def needs_history(line: Line, row: Row) -> bool:
    """Whether planning a row looks at what happened to the person before."""
    joined = line.details.get("joined_on")
    return (
        line.left is not None
        or (row["standing"] not in IN)
        or (isinstance(joined, date) and joined.isoformat() != row["joined_on"])
    )


def _quoting(line: Line) -> str:
    said = "; ".join(part for part in (line.status, line.reason) if part)
    return f"{FROM_LIST}: “{said}”" if said else FROM_LIST


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _alike(name: str, after: str, before: str) -> bool:
    """Whether two spellings of a field say the same."""
    if name in NAMES:
        return after.isupper() and fold(after) == fold(before) and not before.isupper()
    if name == "number":
        # A spreadsheet drops leading zeros; only gaining them back is news.
        return bare(after) == bare(before) and len(after) <= len(before)
    same = SAME.get(name)
    return same is not None and same(after) == same(before)


SAME: Mapping[str, Callable[[str], str]] = {
    "email": str.casefold,
    "phone": lambda text: figures(text) or text,
    "mobile": lambda text: figures(text) or text,
    "postcode": lambda text: text.replace(" ", "").upper(),
}


def _replaces(line: Line, ours: str, plan: Plan) -> bool:
    """Whether HQ's address is put in the place of ours; where one in doubt is not, it is said."""
    theirs = line.text("address")
    if ours and contained(theirs, ours):
        return False
    if replaces(theirs, ours, first_line=line.first_line):
        return True
    said = (
        f"HQ's list has the address “{in_one_line(theirs)}”, which says less than ours, "
        f"“{in_one_line(ours)}”. Ours was kept; if they have moved, change it on their page."
    )
    plan.notice = f"{plan.notice} {said}".strip()
    return False


def _shown(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "arrears_pence":
        return f"{int(str(value)) / 100:.2f}"
    return in_one_line(str(value))


def yes_or_no(given: bool | None) -> str:  # noqa: FBT001 - a value to show
    """Return a decision as the changes of an entry write it; empty where there is none."""
    return "" if given is None else "yes" if given else "no"
