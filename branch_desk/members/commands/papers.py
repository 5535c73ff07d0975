"""The members' papers, by the names that branch-desk papers knows them by."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk import console
from branch_desk.branch import records as branch
from branch_desk.console import DAY, FORCE, JSON, ON, Paper, branch_file, emit
from branch_desk.members import records, rules
from branch_desk.members.commands.group import group
from branch_desk.members.commands.lists import WHERE, chosen
from branch_desk.store.errors import Missing

if TYPE_CHECKING:
    from branch_desk.members.records import Member
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.labels import Labels
    from branch_desk.store.store import Store

NEWCOMERS = timedelta(days=31)


def months_before(day: date, months: int) -> date:
    """Return the first day of the month some months before a day's."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(max(year, 1), month + 1, 1)


def _members_report(store: Store, _: int | None, on: date) -> Document:
    from branch_desk.members import papers

    start = months_before(on, 11)
    spans = rules.months(start, on)
    return papers.members_report(
        branch.details(store),
        records.flows(store, start, on),
        records.flows_by(store, spans),
        records.counts(store),
        records.backlog(store, on),
    )


def _member_list(store: Store, _: int | None, on: date) -> Document:
    from branch_desk.members import papers

    ids = records.ids(store, standing=rules.CURRENT)
    return papers.member_list(branch.details(store), records.many_on(store, ids, on), on)


def _secretary(store: Store, on: date) -> str:
    offices = branch.officers(store, on)
    return next((each.name for each in offices if "secretary" in each.office.lower()), "")


def _newcomers(store: Store, member_id: int | None, since: date, on: date) -> list[Member]:
    if member_id is not None:
        return [records.get(store, member_id)]
    found = records.ids(
        store, standing=rules.CURRENT, joined_from=since, joined_to=on, order="joined"
    )
    if not found:
        raise Missing(
            f"Nobody joined from {since.isoformat()} to {on.isoformat()}, so there is nobody to "
            "welcome. Name somebody by id, or an earlier day."
        )
    return records.many(store, found)


def _welcome(store: Store, member_id: int | None, on: date) -> Document:
    from branch_desk.members import papers

    people = _newcomers(store, member_id, on - NEWCOMERS, on)
    return papers.welcome_letters(branch.details(store), people, on, _secretary(store, on))


def _labels(store: Store, _: int | None, on: date) -> Labels:
    from branch_desk.members import papers
    from branch_desk.paper.labels import SHEET_21

    people = records.many(store, records.ids(store, standing=rules.CURRENT))
    return papers.address_labels(branch.details(store), people, SHEET_21, on)


PAPERS = (
    Paper("members-report", takes_id=False, make=_members_report, title="Membership report"),
    Paper("members-list", takes_id=False, make=_member_list, title="Member list"),
    Paper("welcome", takes_id=False, make=_welcome, title="Letters of welcome"),
    Paper("labels", takes_id=False, make=_labels, title="Address labels"),
)

OUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The PDF to write.",
)


@group.command()
@branch_file
@OUT
@click.argument("search", nargs=-1)
@WHERE
@click.option(
    "--sheet",
    type=click.Choice(["21", "14"]),
    default="21",
    show_default=True,
    help="How many labels a sheet has: 21 of 63.5 × 38.1 mm, or 14 of 99.1 × 38.1 mm.",  # noqa: RUF001 - a times sign
)
@click.option("--used", type=click.IntRange(0), default=0, help="Labels of the first sheet gone.")
@click.option("--large-print", is_flag=True, help="Set each as large as it can be.")
@FORCE
@ON
@JSON
def labels(
    *,
    store: Store,
    output: Path,
    search: tuple[str, ...],
    wheres: tuple[str, ...],
    sheet: str,
    used: int,
    large_print: bool,
    force: bool,
    on: date,
    as_json: bool,
) -> None:
    """Print address labels: of all members, of those a SEARCH finds or for whom --where holds."""
    from dataclasses import replace

    from branch_desk.members import papers
    from branch_desk.paper import labels as kit

    people = chosen(store, " ".join(search), wheres or ("standing=current",), "name", on)
    made = papers.address_labels(
        branch.details(store), people, kit.SHEET_14 if sheet == "14" else kit.SHEET_21, on
    )
    pdf = kit.draw(replace(made, used=used), large_print=large_print)
    console.write_file(output, pdf, force)
    without = len(people) - len(made.labels)
    emit(
        {"file": output, "labels": len(made.labels), "without_address": without},
        as_json,
        f"Wrote {len(made.labels)} labels to {output}."
        + (f" {without} have no address." if without else ""),
    )


@group.command()
@branch_file
@OUT
@click.option("--since", type=DAY, required=True, help="Those who joined on or after this day.")
@click.option("--large-print", is_flag=True, help="Lay it out anew in large type.")
@FORCE
@ON
@JSON
def welcome(
    *,
    store: Store,
    output: Path,
    since: date,
    large_print: bool,
    force: bool,
    on: date,
    as_json: bool,
) -> None:
    """Print a letter of welcome for each who joined since a day, the last meeting's for one."""
    from branch_desk.members import papers
    from branch_desk.paper.render import render

    people = _newcomers(store, None, since, on)
    made = papers.welcome_letters(branch.details(store), people, on, _secretary(store, on))
    console.write_file(output, render(made, large_print=large_print), force)
    emit(
        {"file": output, "letters": len(people)},
        as_json,
        f"Wrote {len(people)} letters of welcome to {output}.",
    )
