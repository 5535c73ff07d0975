"""The branch's own commands: its details, officers and standing orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from branch_desk import console
from branch_desk.branch import records, rules
from branch_desk.console import JSON, ON, Paper, branch_file, emit, say, tell
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store


@click.group(cls=console.Commands)
def group() -> None:
    """Say who we are: details, officers, standing orders."""


@group.command()
@branch_file
@ON
@JSON
def show(store: Store, on: date, *, as_json: bool) -> None:
    """Show details, officers and standing orders."""
    details = records.details(store)
    in_office = records.officers(store, on)
    orders = records.standing_orders(store)
    if as_json:
        emit(
            {
                **_plain(details),
                "officers": in_office,
                "standing_orders": {each.key: each.value for each in orders},
                "set": [each.key for each in orders if each.is_set],
                "clauses": {each.key: each.clause for each in orders if each.clause},
            },
            as_json,
        )
        return
    emit(_plain(details), as_json)
    say()
    say("Officers")
    emit([_officer(each) for each in in_office], as_json)
    say()
    say("Standing orders")
    emit([_order(each) for each in orders], as_json)


def _plain(details: records.Branch) -> dict[str, str]:
    return {name: getattr(details, name) for name in records.DETAILS}


def _officer(officer: records.Officer) -> dict[str, object]:
    return {
        "id": officer.id,
        "office": officer.office,
        "name": officer.name,
        "since": officer.since,
        "until": officer.until,
    }


def _order(order: records.StandingOrder) -> dict[str, object]:
    usual = "" if order.is_set or order.value is None else " (the usual)"
    return {
        "key": order.key,
        "rule": order.title,
        "holds": order.words + usual,
        "clause": order.clause,
    }


@group.command(name="set")
@branch_file
@click.argument("key")
@click.argument("value", nargs=-1, required=True)
@click.option("--clause", help="The clause of the rule book it comes from, such as 12.3.")
@JSON
def set_(
    store: Store, key: str, value: tuple[str, ...], clause: str | None, *, as_json: bool
) -> None:
    """Set a detail or a standing order.

    Details: name, hq, hq_email, address, email, accent, printer, promoter, on_behalf_of. The
    standing orders and their keys are listed by branch show.
    """
    text = " ".join(value)
    if key in records.DETAILS:
        if clause is not None:
            raise Invalid("A clause belongs to a standing order, not to a detail of the branch.")
        records.set_details(store, **{key: text})
        holds: object = getattr(records.details(store), key)
        emit({"key": key, "value": holds}, as_json, f"{key}: {holds}")
        return
    records.set_setting(store, key, text, clause=clause)
    _emit_setting(store, key, as_json=as_json)


@group.command()
@branch_file
@click.argument("key")
@JSON
def unset(store: Store, key: str, *, as_json: bool) -> None:
    """Clear a standing order.

    Its usual value holds again where it has one, else it is not set.
    """
    records.unset_setting(store, key)
    _emit_setting(store, key, as_json=as_json)


def _emit_setting(store: Store, key: str, *, as_json: bool) -> None:
    value = records.setting(store, key)
    words = rules.in_words(rules.known(key), value)
    clause = records.clause(store, key)
    emit(
        {"key": key, "value": value, "clause": clause},
        as_json,
        f"{rules.known(key).title}: {words}" + (f" (clause {clause})" if clause else ""),
    )


@group.command()
@branch_file
@click.argument("office")
@click.argument("name")
@click.option("--since", type=console.DAY, help="The first day in office.")
@click.option("--until", type=console.DAY, help="The last day in office.")
@click.option("--member", type=int, help="The member's id.")
@JSON
def appoint(
    store: Store,
    *,
    office: str,
    name: str,
    since: date | None,
    until: date | None,
    member: int | None,
    as_json: bool,
) -> None:
    """Put somebody into an office."""
    made = records.add_officer(store, office, name, member=member, since=since, until=until)
    emit({"id": made}, as_json, f"{name} is {office} (term {made}).")


@group.command(name="end-term")
@branch_file
@click.argument("term", type=int)
@ON
@JSON
def end_term(store: Store, term: int, on: date, *, as_json: bool) -> None:
    """Say that a term of office ended."""
    records.end_office(store, term, on)
    ended = records.officer(store, term)
    emit(ended, as_json, f"{ended.name} was {ended.office} until {on}.")


@group.command()
@branch_file
@click.option("--all", "everyone", is_flag=True, help="Everyone who ever was, too.")
@ON
@JSON
def officers(store: Store, on: date, *, everyone: bool, as_json: bool) -> None:
    """List who is in office."""
    found = records.officers(store, None if everyone else on)
    emit(found if as_json else [_officer(each) for each in found], as_json)
    if not found:
        tell("Nobody is in office; appoint somebody with: branch-desk branch appoint")


def _settings(store: Store, _: int | None, on: date) -> Document:
    from branch_desk.branch import papers

    return papers.standing_orders_sheet(
        records.details(store), records.standing_orders(store), records.officers(store, on), on
    )


PAPERS = (Paper("settings", takes_id=False, make=_settings, title="Standing orders as set"),)
