"""What is due, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from branch_desk.console import JSON, ON, branch_file, emit, facts, say, table
from branch_desk.today import records

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.store.store import Store


@click.command()
@branch_file
@ON
@JSON
def today(store: Store, *, on: date, as_json: bool) -> None:
    """Say what is due: the next meeting, letters, members."""
    found = records.today(store, on)
    if as_json:
        emit({**_fields(found), "to_chase": [each.thread for each in found.to_chase]}, as_json)
        return
    say(f"{found.branch or 'Branch'}, {on:%A} {on.day} {on:%B %Y}")
    _say_meeting(found)
    _say_letters(found)
    _say_owing(found)
    _say_members(found)


def _fields(found: records.Today) -> dict[str, object]:
    return {
        "on": found.on,
        "branch": found.branch,
        "members": found.members,
        "motions_open": found.motions_open,
        "meeting": found.meeting,
        "waiting": found.waiting,
        "owing": found.owing,
        "to_rule": found.to_rule,
        "attention": found.attention,
    }


def _say_meeting(found: records.Today) -> None:
    say()
    meeting = found.meeting
    if meeting is None:
        say("No meeting is called.")
        return
    at = meeting.starts_at
    say(f"{meeting.title}: {at:%A} {at.day} {at:%B %Y, %H:%M}, {meeting.place or 'place not set'}")
    days = {each.what: f"{each.on or ''}  {each.words}".strip() for each in meeting.deadlines}
    motions = f"{meeting.motions_placed} on the agenda, {meeting.motions_waiting} waiting"
    say(facts({**days, "notice": meeting.notice, "motions": motions}))
    for each in meeting.lacks:
        say(f"  {each.words}")


def _say_letters(found: records.Today) -> None:
    say()
    if not found.waiting:
        say("No letter waits for an answer.")
        return
    say(f"Letters waiting for an answer: {len(found.waiting)}, to chase: {len(found.to_chase)}")
    shown = ("thread", "since", "days", "office", "subject", "state")
    longest = found.waiting[: records.NAMED]
    say(table([{name: getattr(each, name) for name in shown} for each in longest]))


def _say_owing(found: records.Today) -> None:
    if found.owing:
        say()
        say(f"Letters we owe an answer: {len(found.owing)}")
        shown = ("thread", "since", "days", "office", "subject")
        longest = found.owing[: records.NAMED]
        say(table([{name: getattr(each, name) for name in shown} for each in longest]))


def _say_members(found: records.Today) -> None:
    say()
    say(f"Members: {found.members}")
    for each in found.attention:
        names = ", ".join(f"{member.name} ({member.id})" for member in each.first)
        more = " …" if each.count > len(each.first) else ""
        say(f"  {each.count} {each.words}: {names}{more}")
