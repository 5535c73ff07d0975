"""Bringing in HQ's list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk.console import DAY, JSON, ON, branch_file, emit, say, tell
from branch_desk.members.commands.group import group
from branch_desk.store.errors import Invalid
from branch_desk.store.files import read_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.members.exchange import Entry, Review
    from branch_desk.store.store import Store

SHOWN_OF_EACH = 20
MAP_HELP = "Say what a column means, by its title or letter; may be repeated."


def _mapping(_: click.Context, __: click.Parameter, pairs: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not (equals and column.strip() and field.strip()):
            raise click.BadParameter(f"“{pair}” is not COLUMN=FIELD, as in “Family name=surname”.")
        mapping[column.strip()] = field.strip().lower()
    return mapping


class _MapOption(click.Option):
    """Names the fields in its help, and looks them up only when help is asked for."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from branch_desk.members.exchange.columns import IGNORE, SAYABLE

        self.help = f"{MAP_HELP} FIELD is one of: {', '.join(SAYABLE)}; or {IGNORE}."
        return super().get_help_record(ctx)


@group.command(name="import")
@branch_file
@click.argument("hq_list", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--map",
    "mapping",
    cls=_MapOption,
    multiple=True,
    callback=_mapping,
    metavar="COLUMN=FIELD",
    help=MAP_HELP,
)
@click.option("--as-of", type=DAY, help="The day HQ made the list; today unless given.")
@click.option(
    "--all-missing",
    is_flag=True,
    help="Note who is not on the list even where that is over a fifth of the members.",
)
@click.option("--details", is_flag=True, help="With --json: every person in the review.")
@ON
@JSON
def import_(
    *,
    store: Store,
    hq_list: Path,
    mapping: dict[str, str],
    as_of: date | None,
    on: date,
    dry_run: bool,
    all_missing: bool,
    details: bool,
    as_json: bool,
) -> None:
    """Bring in HQ's list: CSV, TSV, XLSX, XLS or ODS.

    Shows who joined, left, changed, is in doubt or has vanished from the list, then applies it as
    one change that branch-desk undo takes back. Where more than a fifth of the members are missing
    from it, nothing is noted about those: it is probably not the whole list.
    """
    from branch_desk.members import exchange

    del on  # the store was opened as on it
    data = _read(hq_list)
    tell(f"Reading {hq_list.name} …")
    try:
        review = exchange.review(store, data, hq_list.name, mapping=mapping, as_of=as_of)
    except exchange.Unclear as error:
        raise Invalid(f"{error} Or say what it means: --map {error.say}") from error
    if not all_missing:
        review = exchange.Decisions.to_begin(review).applied_to(review)
    if not dry_run:
        exchange.apply(store, review)
    if as_json:
        emit(_review_object(review, applied=not dry_run, details=details), as_json)
    else:
        _say_review(review, applied=not dry_run)


def _read(path: Path) -> bytes:
    return read_whole(path)


def _review_object(review: Review, *, applied: bool, details: bool) -> dict[str, object]:
    shown: dict[str, object] = {
        "rows": review.rows,
        "joined": len(review.joined),
        "left": len(review.left),
        "changed": len(review.changed),
        "conflicting": len(review.conflicting),
        "vanished": len(review.vanished),
        "unchanged": review.unchanged,
        "applied": applied,
        "problems": review.problems,
        "skipped": review.skipped,
        "still_vanished": review.still_vanished,
        "as_of": review.as_of,
        "columns": review.columns,
        "unknown": review.unknown,
        "conflicts": [_entry_object(entry) for entry in review.conflicting],
    }
    if details:
        shown["details"] = [_entry_object(entry) for entry in _entries(review)]
    return shown


def _entries(review: Review) -> list[Entry]:
    return [
        *review.joined,
        *review.left,
        *review.changed,
        *review.conflicting,
        *review.vanished,
    ]


def _entry_object(entry: Entry) -> dict[str, object]:
    return {
        "outcome": entry.outcome,
        "row": entry.row,
        "name": entry.name,
        "number": entry.number,
        "member": entry.member,
        "changes": entry.changes,
        "message": entry.message,
    }


def _say_review(review: Review, *, applied: bool) -> None:
    done = "was brought in" if applied else "would bring in"
    say(f"“{review.name}”, as of {review.as_of.isoformat()}: {review.rows} people.")
    whole = [problem.message for problem in review.problems if problem.row is None]
    for message in whole:
        say(message)
    if review.unknown:
        say(f'To say what one means: --map "{review.unknown[0]}=FIELD" (--help lists them).')
    say(f"It {done}:")
    for heading, entries in (
        ("Joined", review.joined),
        ("Left", review.left),
        ("Changed", review.changed),
        ("Conflicting, left as they are", review.conflicting),
        ("Vanished from the list", review.vanished),
    ):
        say(f"{heading}: {len(entries)}")
        for entry in entries[:SHOWN_OF_EACH]:
            say(f"  {_entry_line(entry)}")
        if len(entries) > SHOWN_OF_EACH:
            say(f"  … and {len(entries) - SHOWN_OF_EACH} more")
    say(f"Unchanged: {review.unchanged}")
    in_rows = [problem for problem in review.problems if problem.row is not None]
    for problem in in_rows[:SHOWN_OF_EACH]:
        column = f", {problem.column}" if problem.column else ""
        tell(f"Row {problem.row}{column}: {problem.message}")
    if len(in_rows) > SHOWN_OF_EACH:
        tell(f"… and {len(in_rows) - SHOWN_OF_EACH} more; all of them with --json.")
    if not applied:
        say("Nothing was changed.")


def _entry_line(entry: Entry) -> str:
    number = f" ({entry.number})" if entry.number else ""
    changes = "; ".join(
        f"{change.field}: {change.before or 'nothing'} → {change.after}" for change in entry.changes
    )
    said = entry.message or changes
    return f"{entry.name}{number}" + (f": {said}" if said else "")
