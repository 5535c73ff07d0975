"""The commands of motions: add, list, show, is it in order, and what became of it."""

from __future__ import annotations

import sys
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import click

from branch_desk import console
from branch_desk.console import JSON, ON, Paper, branch_file, emit, say, tell
from branch_desk.members import records as members
from branch_desk.motions import exchange, records
from branch_desk.motions.rules import MotionKind, MotionState, in_order, long_date, opening
from branch_desk.store.errors import Missing
from branch_desk.store.files import read_whole

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.motions.records import Motion
    from branch_desk.motions.rules import Finding, Outcome
    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store

ID = click.argument("motion_id", metavar="ID", type=int)


@click.group(cls=console.Commands)
def group() -> None:
    """Take motions in, see whether they are in order, record what became of them."""


@group.command()
@branch_file
@click.argument("motion", metavar="MOTION.md", type=click.Path(path_type=Path, allow_dash=True))
@ON
@JSON
def add(store: Store, motion: Path, on: date, *, as_json: bool) -> None:
    """Take in a motion from a Markdown or text file, or from standard input (-).

    Front matter: title, kind, mover, seconder, received, arose, addressed_to; then the text;
    `## Reasons` ends it. Without front matter the first line is the title.
    """
    draft = exchange.read(_bytes(motion))
    known = {name: _member(store, name) for name in (draft.mover, draft.seconder)}
    for key in draft.unknown:
        tell(f"The front matter's “{key}” means nothing here and was left out.")
    motion_id = records.add(
        store,
        title=draft.title,
        text=draft.text,
        reasons=draft.reasons,
        kind=draft.kind,
        mover=draft.mover,
        mover_member=known[draft.mover],
        seconder=draft.seconder,
        seconder_member=known[draft.seconder],
        received_on=draft.received or on,
        arose_on=draft.arose,
        addressed_to=draft.addressed_to,
    )
    found = records.get(store, motion_id)
    emit(
        as_json and plain(found),
        as_json,
        f"Motion {found.number}, “{found.title}”, is in as {found.id}.",
    )


def _member(store: Store, name: str) -> int | None:
    """Find who a name is on the member list, and say so where that is not clear."""
    found = records.matching_name(store, name) if name else None
    if name and found is None:
        tell(f"{name} is not one member of the list by that name; motions set can say which.")
    return found


def _bytes(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(exchange.MOST_BYTES + 1)
    return read_whole(path)


@group.command(name="list")
@branch_file
@click.argument("search", default="")
@click.option("--state", type=click.Choice([each.value for each in MotionState]))
@click.option("--kind", type=click.Choice([each.value for each in MotionKind]))
@JSON
def list_(store: Store, search: str, state: str | None, kind: str | None, *, as_json: bool) -> None:
    """List motions, newest first."""
    found = records.many(
        store,
        records.ids(
            store,
            search=search,
            state=MotionState(state) if state else None,
            kind=MotionKind(kind) if kind else None,
        ),
    )
    if as_json:
        emit([plain(each) for each in found], as_json)
        return
    emit([_row(each) for each in found], as_json)


@group.command()
@branch_file
@ID
@JSON
def show(store: Store, motion_id: int, *, as_json: bool) -> None:
    """Show a motion whole."""
    motion = records.get(store, motion_id)
    if as_json:
        emit(plain(motion), as_json)
        return
    whole = {**plain(motion), "text": "", "reasons": "", "result": ""}
    emit({key: value for key, value in whole.items() if value not in ("", None)}, as_json)
    for head, text in (("", motion.text), ("Reasons", motion.reasons)):
        if text:
            say()
            say(f"{head}\n\n{text}" if head else text)
    counted = records.result(motion)
    if counted:
        say()
        say(counted.arithmetic)


@group.command(name="set")
@branch_file
@ID
@click.option("--title", help="What it is called.")
@click.option("--kind", type=click.Choice([each.value for each in MotionKind]))
@click.option("--mover", help="The mover's name.")
@click.option("--mover-member", type=int, help="The mover's id on the member list.")
@click.option("--seconder", help="The seconder's name.")
@click.option("--seconder-member", type=int, help="The seconder's id on the member list.")
@click.option("--received", "received_on", type=console.DAY, help="The day it came.")
@click.option("--arose", "arose_on", type=console.DAY, help="The day an emergency arose.")
@click.option("--addressed-to", help="To whom it goes if carried.")
@JSON
def set_(store: Store, *, motion_id: int, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - click's
    """Change what is said of a motion beside its text; what is not named stays."""
    fields = {name: value for name, value in said.items() if value is not None}
    if not fields:
        raise click.UsageError("Say what to change; see motions set --help.")
    if "kind" in fields:
        fields["kind"] = MotionKind(fields["kind"])
    for role in ("mover", "seconder"):
        known = fields.get(f"{role}_member")
        if known is not None:
            fields.setdefault(role, members.get(store, known).name)
        elif role in fields:
            fields[f"{role}_member"] = _member(store, fields[role])
    records.change_details(store, motion_id, **fields)
    motion = records.get(store, motion_id)
    emit(as_json and plain(motion), as_json, f"Motion {motion.number} is changed.")


@group.command()
@branch_file
@ID
@click.option(
    "--meeting", "meeting_id", type=int, metavar="M", help="Measure against this meeting."
)
@JSON
def check(store: Store, motion_id: int, meeting_id: int | None, *, as_json: bool) -> None:
    """Say whether a motion is in order, and which rule says so.

    It is measured against the meeting given, else the one it is placed at, else the next one.
    """
    motion = records.get(store, motion_id)
    findings = records.findings(store, motion_id, _meeting_on(store, motion_id, meeting_id))
    verdict = in_order(findings)
    if as_json:
        emit({"id": motion_id, "in_order": verdict, "findings": findings}, as_json)
        return
    say(f"Motion {motion.number}, “{motion.title}”: {_verdict(verdict)}.")
    for each in findings:
        say(f"  {_line(each)}")


def _meeting_on(store: Store, motion_id: int, meeting_id: int | None) -> date | None:
    """Find the day to measure against.

    Meetings stand above motions in the layers; they are looked up by name, as commands are.
    """
    meetings = resolve_name("branch_desk.meetings.records")
    found: date | None = meetings.day_for_motion(store, motion_id, meeting_id)
    return found


def _verdict(verdict: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return {True: "in order", False: "not in order", None: "cannot be said yet"}[verdict]


def _line(finding: Finding) -> str:
    clause = f", clause {finding.clause}" if finding.clause else ""
    return f"{opening(finding.verdict.value)} ({finding.rule}{clause}): {finding.message}"


@group.command()
@branch_file
@ID
@click.option("--for", "votes_for", type=click.IntRange(min=0), required=True, help="Votes for.")
@click.option("--against", type=click.IntRange(min=0), required=True, help="Votes against.")
@click.option(
    "--abstentions",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many abstained.",
)
@click.option("--present", type=click.IntRange(min=0), help="How many were in the room.")
@click.option("--casting", type=click.Choice(["for", "against"]), help="The chair's casting vote.")
@click.option("--threshold", default="", help="What carries it, if not the branch's own: 2/3.")
@ON
@JSON
def decide(
    store: Store,
    *,
    motion_id: int,
    votes_for: int,
    against: int,
    abstentions: int,
    present: int | None,
    casting: str | None,
    threshold: str,
    on: date,
    as_json: bool,
) -> None:
    """Record a counted vote and say whether the motion is carried, with the sum."""
    found = records.decide(
        store,
        motion_id,
        on=on,
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstentions,
        present=present,
        casting=casting or "",
        threshold=threshold,
    )
    emit({"id": motion_id, **_outcome(found)}, as_json, found.arithmetic)


def _outcome(found: Outcome) -> dict[str, object]:
    """Give an outcome's figures under their own names."""
    return {
        "carried": found.carried,
        "needed": found.needed,
        "of": found.base,
        "arithmetic": found.arithmetic,
    }


@group.command()
@branch_file
@ID
@click.argument(
    "state",
    type=click.Choice(["received", "accepted", "ruled-out", "remitted", "withdrawn", "fallen"]),
)
@click.option("--ruling", default="", help="What the chair ruled, and why.")
@JSON
def mark(store: Store, motion_id: int, state: str, ruling: str, *, as_json: bool) -> None:
    """Record where a motion stands short of a vote: accepted, ruled out, withdrawn, fallen."""
    records.set_state(store, motion_id, MotionState(state), ruling=ruling)
    motion = records.get(store, motion_id)
    emit(as_json and plain(motion), as_json, f"Motion {motion.number} is {motion.state.words}.")


def plain(motion: Motion) -> dict[str, object]:
    """Return a motion as JSON has it, its result with the sum in words."""
    counted = records.result(motion)
    fields = motion.__dataclass_fields__
    found: dict[str, object] = {name: getattr(motion, name) for name in fields}
    if motion.result is not None:
        found["result"] = {
            "on": motion.result.on,
            "ballot": motion.result.ballot,
            "threshold": motion.result.threshold,
            "base": motion.result.base,
            "arithmetic": counted.arithmetic if counted else "",
        }
    return found


def _row(motion: Motion) -> dict[str, object]:
    return {
        "id": motion.id,
        "number": motion.number,
        "title": motion.title,
        "kind": motion.kind.value,
        "mover": motion.mover,
        "received": long_date(motion.received_on) if motion.received_on else "",
        "state": motion.state.words,
    }


def _motion_paper(store: Store, motion_id: int | None, on: date) -> Document:
    from branch_desk.branch.records import details
    from branch_desk.motions.papers import motion_paper

    del on
    return motion_paper(records.get(store, _needed(motion_id)), details(store))


def _result_letter(store: Store, motion_id: int | None, on: date) -> Document:
    from branch_desk.branch.records import details, officers
    from branch_desk.motions.papers import result_letter

    motion = records.get(store, _needed(motion_id))
    held = [each.name for each in officers(store, on) if each.office.casefold() == "secretary"]
    return result_letter(motion, details(store), held[0] if held else "", on)


def _needed(motion_id: int | None) -> int:
    if motion_id is None:
        raise Missing("Say which motion: give its id.")
    return motion_id


PAPERS = (
    Paper("motion", takes_id=True, make=_motion_paper, title="A motion with numbered lines"),
    Paper("result-letter", takes_id=True, make=_result_letter, title="The letter with a result"),
)
