"""What the branch prints about itself, and the brand on every other paper."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from branch_desk.branch import rules
from branch_desk.paper.blocks import (
    Brand,
    Column,
    Document,
    Facts,
    Heading,
    Section,
    Table,
    Text,
    Together,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.branch.records import Branch, Officer, StandingOrder
    from branch_desk.paper.blocks import Block


def brand(details: Branch) -> Brand:
    """Return whose paper it is, as every paper carries it."""
    return Brand(
        branch=details.name or "Branch",
        accent=details.accent,
        hq=details.hq,
        address=details.address,
        email=details.email,
    )


def signature(closing: str, *lines: str) -> Together:
    """Return how a letter ends: its closing words, room to sign by hand, and who signs."""
    signed = "\n".join(line for line in lines if line)
    return Together([Text(f"{closing}\n\n\n\n{signed}" if signed else closing)])


def standing_orders_sheet(
    details: Branch, orders: Sequence[StandingOrder], in_office: Sequence[Officer], on: date
) -> Document:
    """Return the standing orders as set: every rule, what holds and the clause it comes from."""
    day = f"{on.day} {on:%B %Y}"
    blocks: list[Block] = [
        Text(
            f"The rules Branch Desk works by for {details.name or 'this branch'}, as they stood on "
            f"{day}. Where nothing is set, Branch Desk says so and does not guess.",
            style="lead",
        )
    ]
    for group, members in groupby(orders, lambda each: rules.SETTINGS[each.key].group):
        blocks += [Heading(group), _orders_table(list(members))]
    if in_office:
        held = Facts([(each.office, _in_office(each)) for each in in_office])
        blocks.append(Together([Heading("Officers"), held]))
    return Document(
        title="Standing orders as set",
        brand=brand(details),
        parts=[Section("Standing orders as set", blocks, head=f"As of {day}")],
        subject="Standing orders",
    )


def _orders_table(orders: Sequence[StandingOrder]) -> Table:
    return Table(
        columns=[Column("Rule", 3.2), Column("What holds", 2.8), Column("Clause", 1.2)],
        rows=[[each.title, _holds(each), each.clause] for each in orders],
    )


def _holds(order: StandingOrder) -> str:
    usual = not order.is_set and order.value is not None
    return f"{order.words} (the usual, not set)" if usual else order.words


def _in_office(officer: Officer) -> str:
    since = f", since {officer.since.day} {officer.since:%B %Y}" if officer.since else ""
    return officer.name + since
