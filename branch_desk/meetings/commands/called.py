"""Calling meetings, listing and showing them, and the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from branch_desk import console
from branch_desk.branch import records as branch
from branch_desk.console import FORCE, JSON, branch_file, emit, say
from branch_desk.meetings import exchange, records
from branch_desk.meetings.commands.group import ID, Moment, group, item_as_json
from branch_desk.meetings.records import MeetingKind
from branch_desk.meetings.rules import dates, notice_given
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from branch_desk.meetings.records import AgendaItem, Meeting
    from branch_desk.store.store import Store


@group.command()
@branch_file
@click.option("--on", "starts_at", type=Moment(), required=True, help="When: 2026-05-21T19:30.")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in MeetingKind]),
    default="ordinary",
    show_default=True,
)
@click.option("--title", default="", help="What it is called, if not by its kind.")
@click.option("--place", default="", help="The hall and its address.")
@click.option("--online", default="", help="The link or number to join by.")
@click.option("--notes", default="", help="What the secretary notes about it.")
@JSON
def add(
    store: Store,
    *,
    starts_at: datetime,
    kind: str,
    title: str,
    place: str,
    online: str,
    notes: str,
    as_json: bool,
) -> None:
    """Call a meeting."""
    made = records.add(
        store,
        kind=MeetingKind(kind),
        starts_at=starts_at,
        title=title,
        place=place,
        online_at=online,
        notes=notes,
    )
    meeting = records.get(store, made)
    emit(
        meeting,
        as_json,
        f"{meeting.title} on {meeting.starts_at:%a %-d %b %Y %H:%M} is meeting {made}.",
    )


@group.command(name="set")
@branch_file
@ID
@click.option("--on", "starts_at", type=Moment(), help="When: 2026-05-21T19:30.")
@click.option("--kind", type=click.Choice([each.value for each in MeetingKind]))
@click.option("--title", help="What it is called.")
@click.option("--place", help="The hall and its address.")
@click.option("--online", "online_at", help="The link or number to join by.")
@click.option("--notes", help="What the secretary notes about it.")
@JSON
def set_(store: Store, *, meeting_id: int, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - click's
    """Change when, where or what sort of meeting it is; what is not named stays."""
    fields = {name: value for name, value in said.items() if value is not None}
    if not fields:
        raise click.UsageError("Say what to change; see meetings set --help.")
    if "kind" in fields:
        fields["kind"] = MeetingKind(fields["kind"])
    records.change_details(store, meeting_id, **fields)
    meeting = records.get(store, meeting_id)
    emit(meeting, as_json, f"{meeting.title} is changed.")


@group.command(name="list")
@branch_file
@click.argument("search", default="")
@click.option("--kind", type=click.Choice([each.value for each in MeetingKind]))
@JSON
def list_(store: Store, search: str, kind: str | None, *, as_json: bool) -> None:
    """List meetings, latest first."""
    wanted = MeetingKind(kind) if kind else None
    found = records.many(store, records.ids(store, search=search, kind=wanted))
    emit(found if as_json else [_row(each) for each in found], as_json)


def _row(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "kind": meeting.kind.value,
        "when": f"{meeting.starts_at:%a %-d %b %Y %H:%M}",
        "where": meeting.place or meeting.online_at,
        "minutes": meeting.minutes_state.value,
    }


@group.command()
@branch_file
@ID
@JSON
def show(store: Store, meeting_id: int, *, as_json: bool) -> None:
    """Show a meeting: when and where, its agenda, notice, quorum and who came."""
    meeting = records.get(store, meeting_id)
    items = records.agenda(store, meeting_id)
    due = dates(meeting.kind, meeting.on, branch.settings(store))
    sent = records.notices(store, meeting_id)
    there = records.attendance(store, meeting_id)
    quorum = records.quorum(store, meeting_id)
    if as_json:
        whole = {name: getattr(meeting, name) for name in meeting.__dataclass_fields__}
        agenda = [item_as_json(store, each) for each in items]
        emit(
            {**whole, "agenda": agenda, "dates": due, "notices": sent}
            | {"attendance": there, "quorum": quorum},
            as_json,
        )
        return
    emit(_row(meeting), as_json)
    days = [each.sent_on for each in sent]
    say()
    say(notice_given(days, meeting.on, due.notice_due, store.today()))
    say(quorum.message)
    say()
    say("Agenda")
    emit([_line(store, number, each) for number, each in enumerate(items, 1)], as_json)


def _line(store: Store, number: int, item: AgendaItem) -> dict[str, object]:
    placed = [store.title(Ref("motion", each)) for each in item.motions]
    placed += [store.title(Ref("letter", each)) for each in item.letters]
    placed += [store.title(Ref("thread", each)) for each in item.threads]
    placed += [each.title for each in records.documents(store, item.id)]
    return {
        "no": number,
        "item": item.id,
        "title": item.title,
        "minutes": item.minutes,
        "holds": "; ".join(placed),
    }


@group.command()
@branch_file
@click.argument("out", metavar="OUT.ics", type=click.Path(path_type=Path))
@FORCE
@JSON
def calendar(store: Store, out: Path, *, force: bool, as_json: bool) -> None:
    """Write the meetings as a calendar file that any calendar reads."""
    meetings = records.many(store, records.ids(store, order="starts"))
    data = exchange.calendar(
        [(each, _lasts(store, each)) for each in meetings],
        branch=branch.details(store).name,
        now=store.now(),
    )
    console.write_file(out, data, force)
    emit({"file": out, "meetings": len(meetings)}, as_json, f"Wrote {len(meetings)} to {out}.")


def _lasts(store: Store, meeting: Meeting) -> timedelta:
    minutes = [each.minutes for each in records.agenda(store, meeting.id)]
    known = [each for each in minutes if each is not None]
    return timedelta(minutes=sum(known)) if sum(known) else exchange.USUAL_LENGTH
