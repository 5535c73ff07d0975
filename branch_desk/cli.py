"""The command line: gathers each slice's commands, and loads one only when it is asked for."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from random import SystemRandom
from typing import TYPE_CHECKING

import click

from branch_desk import console, machine
from branch_desk.store.errors import AlreadyExists, Missing, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from branch_desk.console import Paper
    from branch_desk.store.backup import Verification
    from branch_desk.store.store import Store

COMMANDS = {
    "demo": "branch_desk.cli:demo",
    "new": "branch_desk.cli:new",
    "branch": "branch_desk.branch.commands:group",
    "today": "branch_desk.today.commands:today",
    "members": "branch_desk.members.commands:group",
    "motions": "branch_desk.motions.commands:group",
    "meetings": "branch_desk.meetings.commands:group",
    "letters": "branch_desk.correspondence.commands:group",
    "leaflets": "branch_desk.leaflets.commands:group",
    "papers": "branch_desk.cli:papers",
    "undo": "branch_desk.cli:undo",
    "redo": "branch_desk.cli:redo",
    "log": "branch_desk.cli:log",
    "backup": "branch_desk.cli:backup",
    "restore": "branch_desk.cli:restore",
    "verify": "branch_desk.cli:verify",
    "passphrase": "branch_desk.cli:passphrase",
    "recover": "branch_desk.cli:recover",
}
PAPERS = tuple(
    f"branch_desk.{slice_}.commands:PAPERS"
    for slice_ in ("branch", "members", "correspondence", "motions", "meetings")
)


class Desk(console.Commands):
    """The first word is a command if one has that name, else a file whose window opens."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order a newcomer needs them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None where no command has that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = resolve_name(COMMANDS[cmd_name])
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command's name as the file to open."""
        first = args[0]
        if first in COMMANDS or first.startswith("-"):
            return super().resolve_command(ctx, args)
        if not Path(first).exists():
            near = difflib.get_close_matches(first, COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See branch-desk --help."
            ctx.fail(f"There is no command and no file “{console.clean(first)}”.{hint}")
        return "window", window, args


@click.group(
    cls=Desk,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="branch-desk", prog_name="branch-desk")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run the desk of a branch secretary.

    Without a command it opens the window: branch-desk My.branch. Every command but demo, new and
    restore takes the branch file first. The passphrase is asked for, or read from
    --passphrase-file or from the variable BRANCH_DESK_PASSPHRASE.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(window, file=None)


@click.command(hidden=True)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def window(ctx: click.Context, file: Path | None) -> None:
    """Open the window."""
    from branch_desk import app

    ctx.exit(app.main(file))


# The file as a whole

NEW_PASSPHRASE_FILE = click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the new passphrase from the first line of this file.",
)


@click.command()
@console.FILE
@click.option("--name", required=True, help="What the branch is called.")
@NEW_PASSPHRASE_FILE
@console.ON
@console.JSON
def new(
    *, file: Path, name: str, new_passphrase_file: Path | None, on: date, as_json: bool
) -> None:
    """Make a new branch file and show its recovery sheet."""
    from branch_desk.branch import records
    from branch_desk.store.store import Store

    if file.exists():
        raise AlreadyExists(file.absolute())
    secret = console.passphrase(new_passphrase_file, new=True)
    with Store.create(
        file,
        secret,
        console.slices(),
        clock=machine.clock,
        random=SystemRandom(),
        actor=machine.actor(),
        today=on,
    ) as store:
        records.set_details(store, name=name)
        sheet = store.key.sheet()
    console.emit({"file": file, "name": name, "recovery": sheet}, as_json, _sheet(file, sheet))


def _sheet(file: Path, sheet: str) -> str:
    groups = sheet.split()
    lines = [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
    return (
        f"{file} is ready. Copy out its recovery sheet and keep it away from the computer:\n"
        f"it opens the file without the passphrase, and nothing else does.\n\n" + "\n".join(lines)
    )


@click.command()
@console.branch_file
@console.JSON
def undo(store: Store, *, as_json: bool) -> None:
    """Undo the last change that still stands."""
    title = store.undo()
    console.emit({"undone": title}, as_json, f"Undone: {title}")


@click.command()
@console.branch_file
@console.JSON
def redo(store: Store, *, as_json: bool) -> None:
    """Do the last undone change again."""
    title = store.redo()
    console.emit({"redone": title}, as_json, f"Done again: {title}")


@click.command()
@console.branch_file
@click.option("--verify", "check", is_flag=True, help="Check that the whole log adds up.")
@click.option("--limit", type=click.IntRange(1), help="Only the newest entries.")
@console.JSON
@click.pass_context
def log(ctx: click.Context, store: Store, *, check: bool, limit: int | None, as_json: bool) -> None:
    """Show the log of changes, newest first, or --verify that it still adds up."""
    from branch_desk.store import audit, backup

    if check:
        _emit_verification(ctx, backup.verify(store), as_json=as_json)
        return
    entries = audit.entries(store.database, limit)
    if as_json:
        console.emit(entries, as_json)
    else:
        console.say(
            console.table(
                [
                    {
                        "id": each.id,
                        "when": f"{each.at.astimezone():%Y-%m-%d %H:%M}",
                        "who": each.actor,
                        "what": each.title
                        if each.kind == "change"
                        else f"{each.kind}: {each.title}",
                        "rows": each.rows,
                    }
                    for each in entries
                ]
            )
        )


@click.command()
@console.branch_file
@click.argument("directory", type=click.Path(path_type=Path))
@console.ON
@console.JSON
def backup(store: Store, *, directory: Path, on: date, as_json: bool) -> None:
    """Copy the branch file into a directory, under a dated name, and check the copy."""
    from branch_desk.store.backup import back_up

    del on
    copy = back_up(store, directory)
    console.emit({"backup": copy}, as_json, f"Backed up to {copy}, and checked.")


@click.command()
@click.argument("source", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@console.PASSPHRASE_FILE
@console.FORCE
@console.JSON
@click.pass_context
def restore(
    ctx: click.Context,
    *,
    source: Path,
    out: Path,
    passphrase_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a branch file of a backup, once the backup has stood its check."""
    from branch_desk.store import backup

    if not source.exists():
        raise NotFound(source.absolute())
    if out.exists() and not force:
        raise AlreadyExists(out.absolute())
    secret = console.passphrase(passphrase_file)
    found = backup.restore(source, out, secret, console.slices(), now=machine.clock(), force=force)
    console.tell(f"Restored {out}.")
    _emit_verification(ctx, found, as_json=as_json)


@click.command()
@console.branch_file
@console.JSON
@click.pass_context
def verify(ctx: click.Context, store: Store, *, as_json: bool) -> None:
    """Read every page of the file and check the whole of its log."""
    from branch_desk.store import backup

    _emit_verification(ctx, backup.verify(store), as_json=as_json)


def _emit_verification(ctx: click.Context, found: Verification, *, as_json: bool) -> None:
    console.emit(found, as_json)
    if not found.fine:
        ctx.exit(1)


@click.command()
@console.branch_file
@NEW_PASSPHRASE_FILE
@console.JSON
def passphrase(store: Store, *, new_passphrase_file: Path | None, as_json: bool) -> None:
    """Change the passphrase and show the new recovery sheet; older backups keep the old one."""
    secret = console.passphrase(new_passphrase_file, new=True, variable=False)
    key = store.change_passphrase(secret)
    console.tell("Backups made before now still open with the old passphrase.")
    sheet = key.sheet()
    console.emit({"file": store.path, "recovery": sheet}, as_json, _sheet(store.path, sheet))


@click.command()
@console.FILE
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the recovery sheet from this file instead of asking (- for standard input).",
)
@NEW_PASSPHRASE_FILE
@console.JSON
def recover(
    *, file: Path, sheet: Path | None, new_passphrase_file: Path | None, as_json: bool
) -> None:
    """Open a file with its recovery sheet and give it a new passphrase."""
    from branch_desk.store import keys

    if not file.exists():
        raise NotFound(file.absolute())
    words = console.whole_text(sheet) if sheet else console.ask("Recovery sheet")
    key = keys.from_sheet(words)
    with console.open_store(file, key=key) as store:
        secret = console.passphrase(new_passphrase_file, new=True, variable=False)
        made = store.change_passphrase(secret).sheet()
    console.emit({"file": file, "recovery": made}, as_json, _sheet(file, made))


# Papers and the demo


def all_papers() -> dict[str, Paper]:
    """Return every paper of every slice by name."""
    found: dict[str, Paper] = {}
    for where in PAPERS:
        of_slice: Iterable[Paper] = resolve_name(where)
        found |= {paper.name: paper for paper in of_slice}
    return found


def find_paper(name: str) -> Paper:
    """Return the paper of a name; raises `Missing` with the names there are."""
    known = all_papers()
    if name not in known:
        raise Missing(f"There is no paper “{name}”. There are: {', '.join(sorted(known))}.")
    return known[name]


@click.command()
@click.argument("name")
@console.branch_file
@click.argument("number", required=False, type=int, metavar="[ID]")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The PDF to write."
)
@click.option("--large-print", is_flag=True, help="Lay it out afresh at 18 point.")
@click.option("--duplex", is_flag=True, help="For both sides: motions start on right-hand pages.")
@console.FORCE
@console.ON
@console.JSON
def papers(
    store: Store,
    *,
    name: str,
    number: int | None,
    output: Path,
    large_print: bool,
    duplex: bool,
    force: bool,
    on: date,
    as_json: bool,
) -> None:
    """Print a paper as a PDF: papers pack My.branch 3 -o pack.pdf."""
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.render import render

    paper = find_paper(name)
    if paper.takes_id and number is None:
        raise click.UsageError(f"The paper {name} needs an id: papers {name} FILE ID -o OUT.pdf")
    if output.exists() and not force:
        raise AlreadyExists(output.absolute())
    made = paper.make(store, number, on)
    if duplex and isinstance(made, Document):
        made = replace(made, duplex=True)
    pdf = render(made, large_print=large_print)
    console.write_file(output, pdf, force)
    console.emit({"paper": name, "file": output, "bytes": len(pdf)}, as_json, f"Wrote {output}.")


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--members", type=click.IntRange(1), default=400, show_default=True, help="How many people."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same people."
)
@console.ON
@console.FORCE
@console.JSON
def demo(*, directory: Path, members: int, seed: int, on: date, force: bool, as_json: bool) -> None:
    """Build a fictional branch to try things on, and print its papers (passphrase: demo)."""
    from branch_desk.demo import printing, story

    target = directory / "demo.branch"
    if target.exists() and not force:
        raise AlreadyExists(target.absolute())
    path = story.build(directory, members=members, seed=seed, on=on, progress=console.tell)
    with console.open_store(path, key=story.PASSPHRASE) as store:
        printing.print_papers(store, directory, all_papers().values(), on, console.tell)
    console.emit(
        {"file": path, "papers": directory / "papers"},
        as_json,
        f"The demo branch is {path} (passphrase: demo), its papers are in {directory / 'papers'}.",
    )
