"""Is a motion in order, and which rule says so.

A rule the branch has not set is "not set", and what only the chair can say is "ruling"; neither is
guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from branch_desk.branch.rules import Value, threshold
from branch_desk.members.rules import Standing
from branch_desk.motions.rules.votes import BASES
from branch_desk.motions.rules.wording import counted, day_month, long_date, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class MotionKind(Enum):
    """What sort of motion it is; the values are the words of the command line."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"
    NO_CONFIDENCE = "no-confidence"
    RULE_CHANGE = "rule-change"
    PROCEDURAL = "procedural"

    @property
    def words(self) -> str:
        """What such a motion is called, within a sentence."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    MotionKind.ORDINARY: "motion",
    MotionKind.EMERGENCY: "emergency motion",
    MotionKind.NO_CONFIDENCE: "motion of no confidence",
    MotionKind.RULE_CHANGE: "motion to change the rules",
    MotionKind.PROCEDURAL: "procedural motion",
}


class MotionState(Enum):
    """Where a motion stands, from the mover's draft to what became of it."""

    DRAFT = "draft"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RULED_OUT = "ruled-out"
    CARRIED = "carried"
    LOST = "lost"
    REMITTED = "remitted"
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"

    @property
    def words(self) -> str:
        """How it is said: "ruled out of order", "fallen"."""
        return "ruled out of order" if self is MotionState.RULED_OUT else self.value


OPEN = frozenset({MotionState.DRAFT, MotionState.RECEIVED, MotionState.ACCEPTED})
"""The states in which a motion can still come before a meeting."""


class Verdict(Enum):
    """What a rule says of a motion."""

    MET = "met"
    BROKEN = "broken"
    RULING = "ruling"
    NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of a motion: the rule's name, the clause it stands in, and why."""

    rule: str
    clause: str
    verdict: Verdict
    message: str


@dataclass(frozen=True, slots=True)
class Order:
    """A standing order: value None for not set; `is_set` False where the usual one holds."""

    value: Value | None = None
    clause: str = ""
    is_set: bool = True

    @property
    def source(self) -> str:
        """Who asks it, to open a sentence's second half: "clause 7", "the branch's rule"."""
        if self.clause:
            return f"clause {self.clause}" if self.clause[0].isdigit() else self.clause
        return "the branch's rule" if self.is_set else "the usual rule (the branch set none)"


NOT_SET = Order()


@dataclass(frozen=True, slots=True)
class Person:
    """A mover or seconder: by name, and if on the member list, as what and owing since when."""

    name: str
    standing: Standing | None = None
    arrears_pence: int = 0
    arrears_since: date | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need of a motion; `mover` and `seconder` are None where nobody is named."""

    title: str
    text: str
    kind: MotionKind
    mover: Person | None
    seconder: Person | None
    received_on: date | None
    arose_on: date | None


def check(case: Case, meeting_on: date | None, orders: Mapping[str, Order]) -> list[Finding]:
    """Hold a motion against the standing orders for a meeting; one finding for each rule."""
    return [
        _in_writing(case),
        *_moved(case, meeting_on, orders),
        *_seconded(case, meeting_on, orders),
        *_in_time(case, meeting_on, orders),
        *_length(case, orders),
        *_no_confidence(case, orders),
    ]


def in_order(findings: Iterable[Finding]) -> bool | None:
    """Return False if a rule is broken, None if one needs a ruling or is not set, else True."""
    verdicts = {each.verdict for each in findings}
    if Verdict.BROKEN in verdicts:
        return False
    return None if verdicts & {Verdict.RULING, Verdict.NOT_SET} else True


def words(markdown: str) -> int:
    """Count a motion's words: runs with a letter or a figure in them, numbers of lists left out."""
    plain = _LIST_MARK.sub("", markdown)
    return sum(any(map(str.isalnum, run)) for run in plain.split())


_LIST_MARK = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])(?=\s)", re.MULTILINE)


def deadline(meeting_on: date, days: int) -> date:
    """Return the last day on which a motion for a meeting can be received."""
    return meeting_on - timedelta(days=days)


def _in_writing(case: Case) -> Finding:
    if case.text.strip():
        return Finding("in writing", "", Verdict.MET, f"“{case.title}” is in writing.")
    return Finding("in writing", "", Verdict.BROKEN, "The motion has no text yet.")


def _moved(case: Case, on: date | None, orders: Mapping[str, Order]) -> Iterator[Finding]:
    if case.mover is None:
        yield Finding("mover", "", Verdict.BROKEN, "Nobody is named as mover.")
    else:
        yield _person("mover", "moves", case.mover, on, orders)


def _seconded(case: Case, on: date | None, orders: Mapping[str, Order]) -> Iterator[Finding]:
    order = orders.get("motion.seconder", NOT_SET)
    if case.seconder is not None:
        if case.mover and _same(case.mover, case.seconder):
            yield Finding(
                "seconder",
                order.clause,
                Verdict.BROKEN,
                f"{case.mover.name} cannot both move and second it.",
            )
        else:
            yield _person("seconder", "seconds", case.seconder, on, orders)
        return
    source = opening(order.source)
    match order.value:
        case None:
            verdict, message = (
                Verdict.NOT_SET,
                "The branch has not set whether a motion needs a seconder.",
            )
        case "none":
            verdict, message = Verdict.MET, f"{source} asks for no seconder."
        case "writing":
            verdict = Verdict.BROKEN
            message = f"Nobody is named as seconder; {order.source} asks for one in writing."
        case _:
            verdict = Verdict.MET
            message = (
                "No seconder is named yet; one is asked for at the meeting, or the motion falls."
            )
    yield Finding("seconder", order.clause, verdict, message)


def _same(one: Person, other: Person) -> bool:
    if one.member is not None and other.member is not None:
        return one.member == other.member
    return one.name.casefold().split() == other.name.casefold().split()


def _person(
    rule: str, does: str, person: Person, on: date | None, orders: Mapping[str, Order]
) -> Finding:
    order = orders.get("vote.arrears_months", NOT_SET)
    match person.standing:
        case None:
            verdict = Verdict.RULING
            message = (
                f"{person.name} {does} it, but is not matched to the member list: "
                "say which member it is, or the chair rules."
            )
        case Standing.MEMBER:
            return _paid_up(rule, does, person, on, order)
        case Standing.PROBATION:
            verdict = Verdict.RULING
            message = f"{person.name} {does} it and is still on probation: the chair rules."
        case standing:
            verdict = Verdict.BROKEN
            message = f"{person.name} {does} it, but {_NOT_A_MEMBER[standing]}."
    return Finding(rule, "", verdict, message)


_NOT_A_MEMBER = {
    Standing.APPLICANT: "has applied and is not a member yet",
    Standing.SUSPENDED: "is suspended",
    Standing.RESIGNED: "has resigned",
    Standing.LAPSED: "has lapsed",
    Standing.TRANSFERRED: "has transferred to another branch",
    Standing.EXPELLED: "has been expelled",
    Standing.DIED: "has died",
}


def _paid_up(rule: str, does: str, person: Person, on: date | None, order: Order) -> Finding:
    member = f"{person.name} {does} it and is a member"
    if not person.arrears_pence or order.value is None:
        return Finding(rule, "", Verdict.MET, f"{member}.")
    owes = f"£{person.arrears_pence // 100}.{person.arrears_pence % 100:02d}"
    if person.arrears_since is None or on is None:
        message = f"{member}, but owes {owes}, since when is not known: the chair rules."
        return Finding(rule, order.clause, Verdict.RULING, message)
    months = _months(person.arrears_since, on)
    behind = f"{owes} for {counted(months, 'month')}"
    if months >= int(order.value):
        message = f"{member}, but owes {behind}; {order.source} stops at {order.value}."
        return Finding(rule, order.clause, Verdict.BROKEN, message)
    return Finding(
        rule, order.clause, Verdict.MET, f"{member}, owing {behind}; {order.source} allows that."
    )


def _months(start: date, end: date) -> int:
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0, whole - (end.day < start.day))


def _in_time(case: Case, meeting_on: date | None, orders: Mapping[str, Order]) -> Iterator[Finding]:
    order = orders.get("motion.deadline_days", NOT_SET)
    emergency = case.kind is MotionKind.EMERGENCY
    if case.kind is MotionKind.PROCEDURAL:
        message = "A procedural motion is moved at the meeting and needs no notice."
        yield Finding("deadline", order.clause, Verdict.MET, message)
    elif meeting_on is None or case.received_on is None or order.value is None:
        message = _cannot_time(case, meeting_on)
        yield Finding("deadline", order.clause, Verdict.NOT_SET, message)
    else:
        closes = deadline(meeting_on, int(order.value))
        late = case.received_on > closes
        if late and emergency:
            yield _emergency(case, closes, order)
        else:
            yield _on_time(case.received_on, meeting_on, closes, order)


def _cannot_time(case: Case, meeting_on: date | None) -> str:
    if case.received_on is None:
        return "Say when it was received; the deadline is counted from that day."
    if meeting_on is None:
        return "No meeting is chosen; the deadline is counted back from its day."
    return "The branch has not set how long before a meeting motions close."


def _on_time(received_on: date, meeting_on: date, closes: date, order: Order) -> Finding:
    days = (meeting_on - received_on).days
    asks = f"{order.source} asks for {order.value}"
    if received_on <= closes:
        message = (
            f"Received {long_date(received_on)}, {counted(days, 'day')} before the meeting; {asks}."
        )
        return Finding("deadline", order.clause, Verdict.MET, message)
    if days < 0:
        message = (
            f"Received {long_date(received_on)}, after the meeting of {long_date(meeting_on)}."
        )
    else:
        message = (
            f"Received {long_date(received_on)}, {_before(days)}; {asks}. "
            f"An emergency if it arose after {day_month(closes)}: the chair rules."
        )
    return Finding("deadline", order.clause, Verdict.BROKEN, message)


def _emergency(case: Case, closes: date, order: Order) -> Finding:
    closed = f"motions closed on {long_date(closes)}"
    if case.arose_on is None:
        verdict = Verdict.RULING
        message = (
            f"Say when it arose: {closed}, and an emergency arises after that. The chair rules."
        )
    elif case.arose_on > closes:
        verdict = Verdict.RULING
        message = (
            f"Arose {long_date(case.arose_on)}, and {closed}: "
            "the chair rules whether it is an emergency."
        )
    else:
        verdict = Verdict.BROKEN
        message = f"Arose {long_date(case.arose_on)}, but {closed}: it could have come in time."
    return Finding("emergency", order.clause, verdict, message)


def _length(case: Case, orders: Mapping[str, Order]) -> Iterator[Finding]:
    order = orders.get("motion.word_limit", NOT_SET)
    count = words(case.text)
    if order.value is None:
        message = f"It has {counted(count, 'word')}; the branch has not set a limit."
        yield Finding("word limit", order.clause, Verdict.NOT_SET, message)
        return
    over = count - int(order.value)
    message = (
        f"It has {counted(count, 'word')} without its reasons; {order.source} allows {order.value}."
    )
    if over > 0:
        message += f" Take out {over}."
    verdict = Verdict.BROKEN if over > 0 else Verdict.MET
    yield Finding("word limit", order.clause, verdict, message)


def _no_confidence(case: Case, orders: Mapping[str, Order]) -> Iterator[Finding]:
    if case.kind is not MotionKind.NO_CONFIDENCE:
        return
    share, base = (orders.get(f"no_confidence.{each}", NOT_SET) for each in ("threshold", "base"))
    clause = share.clause or base.clause
    if share.value is None or base.value is None:
        missing = [
            words_
            for words_, order in (("what share carries it", share), ("what it is a share of", base))
            if order.value is None
        ]
        message = f"The branch has not set {' and '.join(missing)}; settle it before the vote."
        yield Finding("threshold", clause, Verdict.NOT_SET, message)
        return
    carries = threshold(str(share.value)).words
    message = f"Carries with {carries} of {BASES[str(base.value)]}."
    if orders.get("no_confidence.secret", NOT_SET).value == "yes":
        message += " The vote is a secret ballot."
    yield Finding("threshold", clause, Verdict.MET, message)


def _before(days: int) -> str:
    return f"{counted(days, 'day')} before the meeting" if days else "on the day of the meeting"
