"""Who came, which notice went out, and the minutes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk.branch import records as branch
from branch_desk.console import JSON, ON, branch_file, emit
from branch_desk.meetings import records
from branch_desk.meetings.commands.group import ID, group, read_text
from branch_desk.meetings.records import Channel, How
from branch_desk.meetings.rules import dates, notice_given

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.store.store import Store


@group.command(name="sign-in")
@branch_file
@ID
@click.option("--member", type=int, help="The member's id.")
@click.option("--name", default="", help="A visitor's name.")
@click.option("--online", is_flag=True, help="They attend online.")
@JSON
def sign_in(
    store: Store, meeting_id: int, *, member: int | None, name: str, online: bool, as_json: bool
) -> None:
    """Record that somebody is at the meeting, and say whether it is quorate."""
    how = How.ONLINE if online else How.HALL
    records.sign_in(store, meeting_id, member=member, name=name, how=how)
    quorum = records.quorum(store, meeting_id)
    emit(quorum, as_json, quorum.message)


@group.command()
@branch_file
@ID
@click.option("--member", type=int, help="The member's id.")
@click.option("--name", default="", help="A visitor's name.")
@JSON
def apologies(
    store: Store, meeting_id: int, *, member: int | None, name: str, as_json: bool
) -> None:
    """Record apologies."""
    made = records.apologise(store, meeting_id, member=member, name=name)
    emit({"id": made}, as_json, "Recorded.")


@group.command()
@branch_file
@ID
@click.option(
    "--by", type=click.Choice([each.value for each in Channel]), default="email", show_default=True
)
@click.option("--recipients", type=click.IntRange(min=0), help="To how many.")
@click.option("--note", default="", help="Anything to remember of it.")
@ON
@JSON
def notice(
    store: Store,
    *,
    meeting_id: int,
    by: str,
    recipients: int | None,
    note: str,
    on: date,
    as_json: bool,
) -> None:
    """Record that notice of a meeting went out."""
    channel = Channel(by)
    made = records.record_notice(
        store, meeting_id, sent_on=on, channel=channel, recipients=recipients, note=note
    )
    meeting = records.get(store, meeting_id)
    due = dates(meeting.kind, meeting.on, branch.settings(store)).notice_due
    sent = [each.sent_on for each in records.notices(store, meeting_id)]
    emit({"id": made}, as_json, notice_given(sent, meeting.on, due, store.today()))


@group.command()
@branch_file
@ID
@click.argument("text", metavar="[MINUTES.md]", required=False, type=click.Path(path_type=Path))
@click.option("--agree", is_flag=True, help="The meeting of --on agreed them.")
@ON
@JSON
def minutes(
    store: Store, meeting_id: int, *, text: Path | None, agree: bool, on: date, as_json: bool
) -> None:
    """Keep the minutes of a meeting, or record that they were agreed."""
    if text is None and not agree:
        raise click.UsageError("Give the minutes as a file, or --agree.")
    with store.change("Keep minutes"):
        if text is not None:
            records.set_minutes(store, meeting_id, read_text(text))
        if agree:
            records.agree_minutes(store, meeting_id, on)
    meeting = records.get(store, meeting_id)
    emit(meeting, as_json, f"The minutes of {meeting.title} are {meeting.minutes_state.value}.")
