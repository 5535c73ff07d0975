"""Listing, showing and exporting members."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from branch_desk import console
from branch_desk.console import DAY, FORCE, JSON, ON, branch_file, emit, say
from branch_desk.members import records, rules
from branch_desk.members.commands.group import group
from branch_desk.members.commands.shapes import (
    FLAGS,
    consent_object,
    event_line,
    event_object,
    member_line,
    member_object,
)
from branch_desk.members.rules import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from branch_desk.members.records import Member
    from branch_desk.store.store import Store

TEXT_FILTERS = ("ward", "polling_district", "type")
WHERE = click.option(
    "--where",
    "wheres",
    multiple=True,
    metavar="FIELD=VALUE",
    help=(
        "Only those for whom it holds; may be repeated. Fields: standing (several with commas, or "
        "current), ward, polling_district, type, payment, payment_stopped, resignation_said, "
        "vanished, joined_from, joined_to."
    ),
)
ORDER = click.option(
    "--order",
    default="name",
    show_default=True,
    help=f"One of {', '.join(records.ORDERS)}; with - in front the other way round.",
)


def _truth(field: str, word: str) -> bool:
    if word.lower() in {"yes", "true", "1", "y"}:
        return True
    if word.lower() in {"no", "false", "0", "n"}:
        return False
    raise click.UsageError(f"--where {field} is yes or no, not “{word}”.")


def _standings(words: str) -> set[Standing]:
    found: set[Standing] = set()
    for word in words.split(","):
        if word.strip() == "current":
            found |= rules.CURRENT
            continue
        try:
            found.add(Standing(word.strip().lower()))
        except ValueError:
            known = ", ".join(standing.value for standing in Standing)
            raise click.UsageError(
                f"There is no standing “{word.strip()}”. Say current, or one of {known}."
            ) from None
    return found


def _filters(wheres: Iterable[str]) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for where in wheres:
        field, equals, value = where.partition("=")
        field = field.strip().replace("-", "_")
        if not equals:
            raise click.UsageError(f"“{where}” is not FIELD=VALUE, as in standing=lapsed.")
        filters[field] = _filter(field, value.strip())
    return filters


def _filter(field: str, value: str) -> object:
    if field == "standing":
        return _standings(value)
    if field in FLAGS:
        return _truth(field, value)
    if field in {"joined_from", "joined_to"}:
        return DAY.convert(value, None, None)
    if field == "payment":
        return records.payment(value)
    if field in TEXT_FILTERS:
        return value
    raise click.UsageError(f"Members cannot be chosen by “{field}”; see --help for what they can.")


def chosen(store: Store, search: str, wheres: Iterable[str], order: str, on: date) -> list[Member]:
    """Return the members who match, with their standing as on a day."""
    filters = _filters(wheres)
    if on == datetime.now().astimezone().date() and not records.due(store):
        return records.many(store, records.ids(store, search=search, order=order, **filters))
    by_day = {name: filters.pop(name) for name in ("standing", *FLAGS) if name in filters}
    found = records.ids(store, search=search, order=order, **filters)
    return [
        member
        for member in records.many_on(store, found, on)
        if all(_holds(member, name, wanted) for name, wanted in by_day.items())
    ]


def _holds(member: Member, name: str, wanted: Any) -> bool:  # noqa: ANN401 - a set or a bool
    value = getattr(member, name)
    return value in wanted if name == "standing" else value is wanted


@group.command(name="list")
@branch_file
@click.argument("search", nargs=-1)
@WHERE
@ORDER
@ON
@JSON
def list_(
    store: Store,
    search: tuple[str, ...],
    wheres: tuple[str, ...],
    order: str,
    on: date,
    *,
    as_json: bool,
) -> None:
    """List members, all or those a SEARCH finds."""
    found = chosen(store, " ".join(search), wheres, order, on)
    if as_json:
        emit((member_object(member, on) for member in found), as_json)
    else:
        emit([member_line(member, on) for member in found], as_json)


@group.command()
@branch_file
@click.argument("member_id", metavar="ID", type=int)
@ON
@JSON
def show(store: Store, member_id: int, on: date, *, as_json: bool) -> None:
    """Show one member with everything that happened to them."""
    records.get(store, member_id)
    member = records.many_on(store, [member_id], on)[0]
    happened = records.events(store, member_id)
    agreed = records.consents(store, member_id)
    shown = {
        **member_object(member, on),
        "events": [event_object(event) for event in happened],
        "consents": [consent_object(each) for each in agreed],
    }
    if as_json:
        emit(shown, as_json)
        return
    emit({name: value for name, value in shown.items() if _worth_saying(name, value)}, as_json)
    say()
    emit([event_line(event) for event in happened], as_json)
    if agreed:
        say()
        emit([consent_object(each) for each in agreed], as_json)


def _worth_saying(name: str, value: object) -> bool:
    return name not in {"events", "consents", "name"} and value not in ("", None, {}, False)


@group.command()
@branch_file
@click.argument("output", metavar="OUT.csv", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("search", nargs=-1)
@WHERE
@ORDER
@FORCE
@ON
@JSON
def export(
    *,
    store: Store,
    output: Path,
    search: tuple[str, ...],
    wheres: tuple[str, ...],
    order: str,
    on: date,
    force: bool,
    as_json: bool,
) -> None:
    """Write members to a CSV file that spreadsheets open and members import takes back."""
    from branch_desk.members import exchange

    found = chosen(store, " ".join(search), wheres, order, on)
    console.write_file(output, exchange.export_csv(found), force)
    emit(
        {"file": output, "members": len(found)},
        as_json,
        f"Wrote {len(found)} members to {output}.",
    )
