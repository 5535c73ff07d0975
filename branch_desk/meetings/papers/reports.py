"""The reports a pack carries: letters in and out, and how many members there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.correspondence.rules import Direction
from branch_desk.meetings.papers.wording import short_date
from branch_desk.members.rules import LEFT
from branch_desk.motions.rules import counted, long_date
from branch_desk.paper.blocks import Chart, Column, Facts, Heading, Section, Table, Text

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.correspondence.records import Letter, Waiting
    from branch_desk.meetings.records import Correspondence, Membership
    from branch_desk.members.rules import Flows
    from branch_desk.paper.blocks import Block

MOST_LETTERS = 60
MONTHS_LISTED = 6


def correspondence_section(report: Correspondence, on: date) -> Section:
    """Set who owes the branch an answer, the longest wait first, and what came and went."""
    blocks: list[Block] = [Heading("Waiting for an answer")]
    if report.waiting:
        blocks.append(
            Table(
                [
                    Column("Subject", 3.7),
                    Column("Owed by", 2.2),
                    Column("Since", 1.7),
                    Column("Days", 0.7, numeric=True),
                    Column("Chased", 1.0, numeric=True),
                    Column("Promised by", 1.7),
                ],
                [_waits(each) for each in report.waiting],
            )
        )
        blocks.append(Text(_oldest(report.waiting), "quiet"))
    else:
        blocks.append(Text("Nobody owes the branch an answer."))
    blocks.append(Heading(f"Letters since {long_date(report.since)}"))
    if report.letters:
        blocks.append(
            Table(
                [
                    Column("Date", 1.5),
                    Column("In or out", 1.0),
                    Column("From or to", 3.2),
                    Column("Subject", 4.4),
                ],
                [_letter(each) for each in report.letters[-MOST_LETTERS:]],
            )
        )
        if len(report.letters) > MOST_LETTERS:
            rest = len(report.letters) - MOST_LETTERS
            blocks.append(Text(f"{counted(rest, 'earlier letter')} not listed.", "quiet"))
    else:
        blocks.append(Text(f"No letters came or went up to {long_date(on)}."))
    return Section("Correspondence report", blocks)


def _waits(each: Waiting) -> list[str]:
    return [
        each.subject,
        each.office,
        short_date(each.since),
        str(each.days),
        str(each.chasers),
        short_date(each.promised_by) if each.promised_by else "no promise",
    ]


def _oldest(waiting: tuple[Waiting, ...]) -> str:
    longest = max(each.days for each in waiting)
    automatic = sum(each.automatic_replies for each in waiting)
    said = f"The longest wait is {counted(longest, 'day')}."
    if automatic:
        said += f" {counted(automatic, 'automatic reply').replace('replys', 'replies')} came; "
        said += "an automatic reply is no answer and stops no clock."
    return said


def _letter(letter: Letter) -> list[str]:
    came = letter.direction is Direction.IN
    subject = letter.subject
    if letter.automatic and not subject.casefold().startswith("automatic reply"):
        subject += " (automatic reply)"
    return [
        short_date(letter.on),
        "in" if came else "out",
        _person(letter.sender if came else letter.recipient),
        subject,
    ]


def _person(given: str) -> str:
    """Return a name without the address in brackets that may follow it."""
    name, _, rest = given.partition("<")
    return name.strip() or rest.strip("> ")


def membership_section(report: Membership, accent: str) -> Section:
    """Set how many members there are, who came and went, and how long HQ takes."""
    blocks: list[Block] = [
        Facts(_counts(report)),
        Heading(f"Since {long_date(report.since)}"),
        Facts(_sum(report.flows)),
    ]
    told = _backlog(report)
    if told:
        blocks.append(Text(told))
    if any(each.opening or each.closing for each in report.by_month):
        blocks += [Heading("The last twelve months"), _chart(report, accent), _months(report)]
    return Section("Membership report", blocks)


def _counts(report: Membership) -> list[tuple[str, str]]:
    counts = report.counts
    return [
        ("Members", f"{counts.members:,}"),
        ("Said they resign", f"{counts.resignation_said:,}, not recorded by HQ yet"),
        ("Stopped paying", f"{counts.payment_stopped:,}, and will lapse in time"),
        ("Off HQ's list", f"{counts.vanished:,}, with no reason known"),
    ]


def _sum(flows: Flows) -> list[tuple[str, str]]:
    came = (
        ("Joined", flows.joined),
        ("Rejoined", flows.rejoined),
        ("Transferred in", flows.transferred_in),
    )
    facts = [("At the start", f"{flows.opening:,}")]
    facts += [(name, f"{number:,} more") for name, number in came if number]
    facts += [
        (each.value.capitalize(), f"{flows.left[each]:,} fewer")
        for each in LEFT
        if flows.left.get(each)
    ]
    return [*facts, (long_date(flows.end), f"{flows.closing:,}")]


def _backlog(report: Membership) -> str:
    backlog, said = report.backlog, []
    if backlog.waiting:
        verb = "waits" if backlog.waiting == 1 else "wait"
        said.append(
            f"{counted(backlog.waiting, 'resignation')} {verb} for HQ to record "
            f"{'it' if backlog.waiting == 1 else 'them'}, the longest for "
            f"{counted(backlog.longest_days or 0, 'day')}."
        )
    if backlog.took_median_days is not None:
        days = counted(round(backlog.took_median_days), "day")
        said.append(f"HQ has recorded {backlog.recorded:,}; half of them took {days} or longer.")
    return " ".join(said)


def _chart(report: Membership, accent: str) -> Chart:
    from branch_desk.paper.charts import Series, line_over_time

    months = report.by_month
    closing = [(each.end, float(each.closing)) for each in months]
    said = [(each.end, float(each.backlog)) for each in months]
    alt = (
        f"Members at the end of each month: {months[0].closing} in {months[0].end:%B %Y}, "
        f"{months[-1].closing} in {months[-1].end:%B %Y}. Resignations waiting for HQ: "
        f"{months[0].backlog} and {months[-1].backlog}."
    )
    lines = [Series("Members", closing), Series("Waiting for HQ", said)]
    drawing = partial(line_over_time, lines, accent=accent, height=150)
    return Chart(drawing, alt, "Members, and resignations that HQ has not recorded yet")


def _months(report: Membership) -> Table:
    return Table(
        [
            Column("Month", 2.0),
            Column("Joined", 1.0, numeric=True),
            Column("Left", 1.0, numeric=True),
            Column("Said they resign", 1.6, numeric=True),
            Column("HQ recorded", 1.4, numeric=True),
            Column("Members", 1.2, numeric=True),
        ],
        [_month(each) for each in report.by_month[-MONTHS_LISTED:]],
    )


def _month(flows: Flows) -> list[str]:
    return [
        f"{flows.end:%B %Y}",
        str(flows.joined + flows.rejoined + flows.transferred_in),
        str(sum(flows.left.values())),
        str(flows.resignations_said),
        str(flows.resignations_recorded),
        f"{flows.closing:,}",
    ]
