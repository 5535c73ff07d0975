"""The commands about letters: in, out, who owes us an answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk import console
from branch_desk.branch import records as branch
from branch_desk.console import JSON, ON, Paper, branch_file, emit, report, say, tell
from branch_desk.correspondence import records
from branch_desk.correspondence.rules import Direction
from branch_desk.store.errors import Invalid
from branch_desk.store.files import read_whole

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.correspondence.exchange import Imported
    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store


@click.group(cls=console.Commands)
def group() -> None:
    """Letters in and out, and who owes an answer."""


@group.command(name="import")
@branch_file
@click.argument("mail", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--direction", type=click.Choice(["in", "out"]), help="What they all are.")
@click.option("--office", default="", help="The office they are from or to.")
@ON
@JSON
@click.pass_context
def import_(
    ctx: click.Context,
    store: Store,
    *,
    mail: tuple[Path, ...],
    direction: str | None,
    office: str,
    on: date,
    as_json: bool,
) -> None:
    """Bring in e-mail: EML and MBOX files, Maildirs, folders of EML.

    A mail that is there already is not filed twice. One that cannot be read is named, the others
    are filed all the same, and the command ends with 1.
    """
    from branch_desk.correspondence import exchange

    del on  # the store's clock has it
    found = exchange.bring_in(
        store, mail, direction=Direction(direction) if direction else None, office=office
    )
    _emit_imported(store, found, as_json=as_json)
    if found.problems:
        ctx.exit(1)


def _emit_imported(store: Store, found: Imported, *, as_json: bool) -> None:
    filed = records.many(store, found.letters)
    if as_json:
        notes = [{"letter": each.id, "note": each.notes} for each in filed if each.notes]
        counts = {"imported": len(filed), "duplicates": found.duplicates}
        emit(
            {**counts, "letters": found.letters, "problems": found.problems, "notes": notes},
            as_json,
        )
    else:
        emit([_shown(each) for each in filed], as_json)
        say(f"{len(filed)} filed, {found.duplicates} filed before, {len(found.problems)} not read.")
        for each in filed:
            for note in each.notes.splitlines():
                tell(f"Letter {each.id}: {note}")
    for problem in found.problems:
        refused = Invalid(f"{problem.file}: {problem.message}")
        report(refused.code, str(refused), as_json=as_json)


@group.command()
@branch_file
@click.argument("letter", type=click.Path(path_type=Path))
@click.option(
    "--thread", type=int, help="The thread it belongs to, where its subject does not say."
)
@JSON
def add(store: Store, *, letter: Path, thread: int | None, as_json: bool) -> None:
    """Add a letter written in Markdown.

    It begins with a head between two lines of three dashes: subject, date, direction (in or out),
    from, to, office, and where they apply promised_by, automatic and wants_answer. Then the text.
    """
    from branch_desk.correspondence import exchange

    data = read_whole(letter)
    try:
        written = exchange.read_written(data)
    except Invalid as error:
        raise Invalid(f"{letter.name}: {error}") from error
    filed = records.get(store, exchange.file_written(store, written, thread=thread))
    emit(
        as_object(filed) if as_json else {}, as_json, f"Letter {filed.id} in thread {filed.thread}."
    )


def as_object(letter: records.Letter) -> dict[str, object]:
    """Return a letter as `letters list --json` prints it."""
    return {
        "id": letter.id,
        "thread": letter.thread,
        "direction": letter.direction,
        "on": letter.on,
        "from": letter.sender,
        "to": letter.recipient,
        "subject": letter.subject,
        "office": letter.office,
        "automatic": letter.automatic,
        "automatic_because": letter.automatic_because,
        "automatic_guess": letter.automatic_guess,
        "promised_by": letter.promised_by,
    }


def _shown(letter: records.Letter) -> dict[str, object]:
    other = letter.sender if letter.direction is Direction.IN else letter.recipient
    return {
        "id": letter.id,
        "on": letter.on,
        "way": letter.direction,
        "from_or_to": letter.office or other,
        "subject": letter.subject,
        "thread": letter.thread,
        "automatic": letter.automatic_because if letter.automatic else "",
    }


@group.command(name="list")
@branch_file
@click.argument("search", required=False, default="")
@click.option("--direction", type=click.Choice(["in", "out"]), help="Only those in, or out.")
@click.option("--thread", type=int, help="Only those of a thread.")
@click.option(
    "--automatic/--by-people", default=None, help="Only automatic replies, or only the others."
)
@JSON
def list_(
    store: Store,
    *,
    search: str,
    direction: str | None,
    thread: int | None,
    automatic: bool | None,
    as_json: bool,
) -> None:
    """List letters, newest first."""
    ids = records.ids(
        store,
        search=search,
        direction=Direction(direction) if direction else None,
        thread=thread,
        automatic=automatic,
    )
    letters = records.many(store, ids)
    emit([(as_object if as_json else _shown)(each) for each in letters], as_json)


@group.command()
@branch_file
@click.argument("letter", type=int)
@JSON
def show(store: Store, *, letter: int, as_json: bool) -> None:
    """Show a letter with its text and what came with it."""
    found = records.get(store, letter)
    enclosed = records.enclosures(store, letter)
    if as_json:
        more = {"body": found.body, "notes": found.notes, "enclosures": enclosed}
        emit({**as_object(found), **more}, as_json)
        return
    facts = {
        "from": found.sender,
        "to": found.recipient,
        "on": found.on,
        "subject": found.subject,
        "thread": found.thread,
        "automatic": found.automatic_because if found.automatic else "no",
        "enclosed": ", ".join(each.name for each in enclosed),
        "notes": found.notes,
    }
    say(console.facts({name: value for name, value in facts.items() if value}))
    say()
    say(found.body)


@group.command()
@branch_file
@ON
@JSON
def waiting(store: Store, *, on: date, as_json: bool) -> None:
    """Say who owes us an answer, for how long."""
    found = records.waiting(store, on)
    if as_json:
        emit(found, as_json)
        return
    shown = ("thread", "since", "days", "office", "subject", "chasers", "promised_by", "state")
    emit([{name: getattr(each, name) for name in shown} for each in found], as_json)


@group.command()
@branch_file
@click.argument("letter", type=int)
@click.option("--yes/--no", "is_automatic", default=True, help="Whether a machine wrote it.")
@JSON
def automatic(store: Store, *, letter: int, is_automatic: bool, as_json: bool) -> None:
    """Correct whether a letter is an automatic reply."""
    records.correct_automatic(store, letter, automatic=is_automatic)
    what = "an automatic reply" if is_automatic else "written by a person"
    emit(as_object(records.get(store, letter)), as_json, f"Letter {letter} is {what}.")


@group.command()
@branch_file
@click.argument("letter", type=int)
@click.argument("by", type=console.DAY, required=False)
@JSON
def promise(store: Store, *, letter: int, by: date | None, as_json: bool) -> None:
    """Record by when a letter promises an answer; without a day, take it back."""
    records.promise(store, letter, by)
    said = f"promises an answer by {by}" if by else "promises no day"
    emit(as_object(records.get(store, letter)), as_json, f"Letter {letter} {said}.")


@group.command()
@branch_file
@click.argument("thread", type=int)
@click.option("--again", is_flag=True, help="Open it again.")
@ON
@JSON
def close(store: Store, *, thread: int, again: bool, on: date, as_json: bool) -> None:
    """Say that a thread needs no answer any more."""
    records.close_thread(store, thread, None if again else on)
    state = "open again" if again else f"closed on {on}"
    emit(records.thread(store, thread), as_json, f"Thread {thread} is {state}.")


@group.command()
@branch_file
@click.argument("letter", type=int)
@click.argument("thread", type=int, required=False)
@JSON
def move(store: Store, *, letter: int, thread: int | None, as_json: bool) -> None:
    """Put a letter into another thread, or into one of its own."""
    into = records.move(store, letter, thread)
    emit(as_object(records.get(store, letter)), as_json, f"Letter {letter} is in thread {into}.")


# Papers


def _waiting(store: Store, _: int | None, on: date) -> Document:
    from branch_desk.correspondence import papers

    return papers.waiting_report(branch.details(store), records.waiting(store, on), on)


def _letter(store: Store, letter: int | None, on: date) -> Document:
    from branch_desk.correspondence import papers

    found = records.get(store, letter or 0)
    secretary = [
        f"{each.name}\n{each.office}"
        for each in branch.officers(store, on)
        if "secretary" in each.office.casefold()
    ]
    return papers.letter(branch.details(store), found, signed_by=next(iter(secretary), ""))


PAPERS = (
    Paper("waiting", takes_id=False, make=_waiting, title="Letters waiting for an answer"),
    Paper("letter", takes_id=True, make=_letter, title="Letter"),
)
