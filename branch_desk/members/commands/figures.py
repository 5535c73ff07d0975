"""The figures: who came, who went, and how long HQ takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from branch_desk.console import DAY, JSON, ON, branch_file, emit, say
from branch_desk.members import records, rules
from branch_desk.members.commands.group import group
from branch_desk.members.commands.papers import months_before
from branch_desk.members.rules import Standing
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from branch_desk.store.store import Store


@group.command()
@branch_file
@click.option("--from", "start", type=DAY, help="The first day; eleven months ago unless given.")
@click.option("--to", "end", type=DAY, help="The last day; today unless given.")
@ON
@JSON
def report(store: Store, start: date | None, end: date | None, on: date, *, as_json: bool) -> None:
    """Show who came and who went, by month, and how long HQ takes to record a resignation."""
    last = end or on
    first = start or months_before(last, 11)
    if last < first:
        raise Invalid(f"The report would end ({last}) before it starts ({first}).")
    total = records.flows(store, first, last)
    months = records.flows_by(store, rules.months(first, last))
    waits = records.backlog(store, last)
    if as_json:
        emit(_report_object(total, months, waits), as_json)
        return
    emit(_flows_line(total), as_json)
    say()
    emit([_month_line(month) for month in months], as_json)
    say()
    say(rules.backlog_in_words(waits))


def _flows_object(flows: rules.Flows) -> dict[str, object]:
    return {
        "from": flows.start,
        "to": flows.end,
        "opening": flows.opening,
        "closing": flows.closing,
        "joined": flows.joined,
        "rejoined": flows.rejoined,
        "transferred_in": flows.transferred_in,
        "left": {standing.value: number for standing, number in flows.left.items()},
        "resignations_said": flows.resignations_said,
        "resignations_recorded": flows.resignations_recorded,
        "backlog": flows.backlog,
        "payment_stopped": flows.payment_stopped,
        "vanished": flows.vanished,
    }


def _report_object(
    total: rules.Flows, months: Sequence[rules.Flows], waits: rules.Backlog
) -> Mapping[str, object]:
    return {
        **_flows_object(total),
        "months": [_flows_object(month) for month in months],
        "backlog_median_days": waits.median_days,
        "backlog_longest_days": waits.longest_days,
        "hq_takes_median_days": waits.took_median_days,
        "hq_takes_longest_days": waits.took_longest_days,
    }


def _flows_line(flows: rules.Flows) -> dict[str, object]:
    shown = _flows_object(flows)
    shown["left"] = ", ".join(f"{each.value} {number}" for each, number in flows.left.items())
    return shown


def _month_line(flows: rules.Flows) -> dict[str, object]:
    return {
        "month": f"{flows.start:%b %Y}",
        "opening": flows.opening,
        "came": flows.joined + flows.rejoined + flows.transferred_in,
        "left": sum(flows.left.values()),
        "closing": flows.closing,
        "said": flows.resignations_said,
        "recorded": flows.resignations_recorded,
        "stopped paying": flows.payment_stopped,
        "lapsed": flows.left[Standing.LAPSED],
        "vanished": flows.vanished,
    }
