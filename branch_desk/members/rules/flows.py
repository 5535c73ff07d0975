"""Who came and who went between two days, added up from every member's history."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from branch_desk.members.rules.standing import (
    CURRENT,
    LEFT,
    Event,
    EventKind,
    ResignedCounts,
    Standing,
    State,
    after,
    in_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One event that counted: the standing before and after it, under the branch's rule."""

    event: Event
    before: State
    after: State
    left_as: Standing | None
    came_as: str  # "joined", "rejoined", "transferred_in" or ""


def steps(
    events: Iterable[Event], counts: ResignedCounts = ResignedCounts.RECORDED
) -> Iterator[Step]:
    """Walk one person's history, saying at each event who came and who left.

    Every change between counting as a member and not is named exactly once, so that opening plus
    those who came less those who left is closing, whatever the history.
    """
    state, was_in = State(), False
    for event in in_order(events):
        then = after(state, event)
        standing_before, standing_after = state.counted(counts), then.counted(counts)
        before, now = standing_before in CURRENT, standing_after in CURRENT
        came = ""
        if now and not before:
            came = _came_as(event.kind, was_in=was_in)
            was_in = True
        yield Step(event, state, then, standing_after if before and not now else None, came)
        state = then


def _came_as(kind: EventKind, *, was_in: bool) -> str:
    if kind is EventKind.TRANSFERRED_IN:
        return "transferred_in"
    return "rejoined" if was_in or kind is EventKind.REJOINED else "joined"


@dataclass(frozen=True, slots=True)
class Flows:
    """Who came and who went between two days, both included.

    `opening + joined + rejoined + transferred_in - sum(left) == closing`, always. The figures from
    `resignations_said` to `vanished` count what was said, recorded and noticed in those days;
    `backlog` is how many resignations wait for HQ at the end of them.
    """

    start: date
    end: date
    opening: int
    closing: int
    joined: int
    rejoined: int
    transferred_in: int
    left: Mapping[Standing, int]
    resignations_said: int
    resignations_recorded: int
    backlog: int
    payment_stopped: int
    vanished: int


NOTICED = ("resignation_said", "payment_stopped", "vanished")


def _count(step: Step) -> Iterator[str]:
    """Name the figures one step adds to."""
    if step.came_as:
        yield step.came_as
    if step.left_as:
        yield f"left {step.left_as.value}"
    for flag in NOTICED:
        was, now = getattr(step.before.flags, flag), getattr(step.after.flags, flag)
        if now and not was:
            yield flag
        elif was and not now and flag == "resignation_said":
            yield "answered"
    if step.event.kind is EventKind.RESIGNATION_RECORDED and step.after != step.before:
        yield "resignation_recorded"


def flows(
    histories: Iterable[Iterable[Event]],
    spans: Sequence[tuple[date, date]],
    counts: ResignedCounts = ResignedCounts.RECORDED,
) -> list[Flows]:
    """Add up the histories of everybody into the flows of each span, in one walk.

    The spans follow one another without a gap, first day and last day of each included.
    """
    starts = [start for start, _ in spans]
    last = spans[-1][1]
    found = [Counter[str]() for _ in range(len(spans) + 1)]
    for events in histories:
        for step in steps(events, counts):
            if step.event.day > last:
                break
            found[bisect_right(starts, step.event.day)].update(_count(step))
    opening, backlog = _net(found[0]), found[0]["resignation_said"] - found[0]["answered"]
    result = []
    for span, counted in zip(spans, found[1:], strict=True):
        backlog += counted["resignation_said"] - counted["answered"]
        result.append(_flows(span, opening, counted, backlog))
        opening = result[-1].closing
    return result


def _net(counted: Counter[str]) -> int:
    came = counted["joined"] + counted["rejoined"] + counted["transferred_in"]
    return came - sum(counted[f"left {standing.value}"] for standing in LEFT)


def _flows(span: tuple[date, date], opening: int, counted: Counter[str], backlog: int) -> Flows:
    return Flows(
        *span,
        opening,
        opening + _net(counted),
        joined=counted["joined"],
        rejoined=counted["rejoined"],
        transferred_in=counted["transferred_in"],
        left={standing: counted[f"left {standing.value}"] for standing in LEFT},
        resignations_said=counted["resignation_said"],
        resignations_recorded=counted["resignation_recorded"],
        backlog=backlog,
        payment_stopped=counted["payment_stopped"],
        vanished=counted["vanished"],
    )


def months(start: date, end: date) -> list[tuple[date, date]]:
    """Return the months from `start` to `end`, the first and the last cut to those days."""
    spans = []
    while start <= end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        spans.append((start, min(end, following - timedelta(days=1))))
        start = following
    return spans


@dataclass(frozen=True, slots=True)
class Backlog:
    """Resignations said and not recorded by HQ on a day, and how long HQ takes; waits in days.

    `took_` figures are of those HQ did record up to that day. None stands for nobody to measure.
    """

    on: date
    waiting: int
    median_days: float | None
    longest_days: int | None
    recorded: int
    took_median_days: float | None
    took_longest_days: int | None


def backlog(histories: Iterable[Iterable[Event]], on: date) -> Backlog:
    """Measure how long resignations wait for HQ, over everybody's history up to a day."""
    waiting: list[int] = []
    took: list[int] = []
    for events in histories:
        state = State()
        for event in in_order(events):
            if event.day > on:
                break
            said = state.flags.said_on
            state = after(state, event)
            if event.kind is EventKind.RESIGNATION_RECORDED and said:
                took.append((event.day - said).days)
        if state.flags.said_on:
            waiting.append((on - state.flags.said_on).days)
    return Backlog(
        on,
        len(waiting),
        median(waiting) if waiting else None,
        max(waiting, default=None),
        len(took),
        median(took) if took else None,
        max(took, default=None),
    )


def backlog_in_words(waits: Backlog) -> str:
    """Return how many resignations wait for HQ, how long, and how long HQ takes, as sentences."""
    match waits.waiting:
        case 0:
            said = "No resignation waits for HQ."
        case 1:
            said = f"1 resignation waits for HQ, for {_days(waits.longest_days)}."
        case many:
            said = (
                f"{many} resignations wait for HQ: half of them for {_days(waits.median_days)} "
                f"or more, the longest for {_days(waits.longest_days)}."
            )
    if not waits.recorded:
        return said
    said += f" HQ has recorded {waits.recorded} that we knew of before: "
    if waits.recorded == 1:
        return f"{said}it took {_days(waits.took_longest_days)}."
    return said + (
        f"half of them took {_days(waits.took_median_days)} or more, "
        f"the longest {_days(waits.took_longest_days)}."
    )


def _days(days: float | None) -> str:
    return "1 day" if days == 1 else f"{days or 0:g} days"
