"""Adding a member, changing one, and recording what happened to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from branch_desk.console import DAY, JSON, ON, branch_file, emit
from branch_desk.members import records, rules
from branch_desk.members.commands.group import group
from branch_desk.members.commands.shapes import FLAGS, emit_member, event_object
from branch_desk.members.rules import EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.store.store import Store


def _settings(_: click.Context, __: click.Parameter, pairs: Sequence[str]) -> dict[str, object]:
    from branch_desk.members.exchange import field_value

    values: dict[str, object] = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        field = field.strip().replace("-", "_").lower()
        if not equals or field not in records.DETAILS or field == "extra":
            known = ", ".join(name for name in records.DETAILS if name != "extra")
            raise click.BadParameter(f"“{pair}” is not FIELD=VALUE. Fields: {known}.")
        values[field] = field_value(field, value)
    return values


SETTINGS = click.argument("values", nargs=-1, metavar="FIELD=VALUE…", callback=_settings)


@group.command()
@branch_file
@SETTINGS
@click.option(
    "--as",
    "kind",
    type=click.Choice([kind.value for kind in rules.ENTERING]),
    default=EventKind.JOINED.value,
    show_default=True,
    help="How they came.",
)
@click.option("--note", default="", help="Anything to remember of it.")
@ON
@JSON
def add(
    store: Store, values: dict[str, Any], kind: str, note: str, on: date, *, as_json: bool
) -> None:
    """Add a member: members add My.branch surname=Okafor forename=Ada joined_on=2026-05-14.

    Arrears (arrears_pence) are given in pounds: 12.50.
    """
    joined = values.pop("joined_on", None)
    made = records.add(
        store, kind=EventKind(kind), on=joined or on, joined_on=joined, note=note, **values
    )
    emit_member(store, made, on, as_json=as_json)


@group.command(name="set")
@branch_file
@click.argument("member_id", metavar="ID", type=int)
@SETTINGS
@ON
@JSON
def set_(store: Store, member_id: int, values: dict[str, Any], on: date, *, as_json: bool) -> None:
    """Change details of a member: members set My.branch 7 email=ada@example.org phone=."""
    records.change_details(store, member_id, **values)
    emit_member(store, member_id, on, as_json=as_json)


@group.command()
@branch_file
@click.argument("member_id", metavar="ID", type=int)
@click.argument("kind", type=click.Choice([kind.value for kind in EventKind]))
@click.option("--on", type=DAY, help="The day it was said, or took effect; today unless given.")
@click.option("--effective", type=DAY, help="The day it takes effect, where it was said before.")
@click.option("--hq-recorded", type=DAY, help="The day HQ recorded it.")
@click.option("--note", default="", help="Anything to remember of it.")
@click.option("--corrects", type=int, metavar="EVENT", help="The event this takes the place of.")
@JSON
def event(
    *,
    store: Store,
    member_id: int,
    kind: str,
    on: date | None,
    effective: date | None,
    hq_recorded: date | None,
    note: str,
    corrects: int | None,
    as_json: bool,
) -> None:
    """Record what happened to a member, as in: members event My.branch 7 resignation-said.

    struck-out takes the event named by --corrects out without putting another in its place.
    """
    new = records.dated(EventKind(kind), on or effective or hq_recorded or store.today(), note)
    new = replace(
        new,
        effective_on=effective or new.effective_on,
        hq_recorded_on=hq_recorded or new.hq_recorded_on,
    )
    made = records.record(store, member_id, replace(new, corrects=corrects))
    recorded = next(each for each in records.events(store, member_id) if each.id == made)
    member = records.get(store, member_id)
    emit(
        {
            **event_object(recorded),
            "member": member_id,
            "standing": member.standing,
            **{flag: getattr(member, flag) for flag in FLAGS},
        },
        as_json,
        f"{member.name}: {recorded.kind.value.replace('-', ' ')}, event {made}. "
        f"Standing: {member.standing.value}.",
    )
