"""The commands of leaflets: add, list, show, check, print."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk import console
from branch_desk.console import (
    FORCE,
    JSON,
    ON,
    Paper,
    branch_file,
    emit,
    plain,
    say,
    tell,
    write_file,
)
from branch_desk.leaflets import exchange, layouts, records
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.leaflets.records import Leaflet
    from branch_desk.leaflets.rules import Finding
    from branch_desk.store.store import Store

ID = click.argument("leaflet_id", metavar="ID", type=int)
PAPERS: tuple[Paper, ...] = ()
"""None: a leaflet is no paper of the kit; `leaflets print` makes it."""


@click.group(cls=console.Commands)
def group() -> None:
    """Make leaflets that look designed, check them, and print them here or at a print shop."""


@group.command()
@branch_file
@click.argument("leaflet", metavar="LEAFLET.toml", type=click.Path(path_type=Path))
@ON
@JSON
def add(store: Store, leaflet: Path, on: date, *, as_json: bool) -> None:
    """Add a leaflet from a description: layout, texts, picture, imprint."""
    del on
    leaflet_id = exchange.add(store, exchange.read(leaflet))
    found = records.get(store, leaflet_id)
    emit(shown(found), as_json, f"Leaflet {leaflet_id}, “{found.title}”, is in.")
    if not as_json:
        _tell_findings(store, leaflet_id)


@group.command(name="list")
@branch_file
@click.argument("search", required=False, default="")
@click.option("--layout", help="Only those of this layout.")
@click.option(
    "--order", default="newest", show_default=True, help=f"One of {', '.join(records.ORDERS)}."
)
@JSON
def list_(store: Store, search: str, layout: str | None, order: str, *, as_json: bool) -> None:
    """List the leaflets, newest first."""
    ids = records.ids(store, search=search, layout=layout, order=order)
    rows = [shown(each) for each in records.many(store, ids)]
    columns = ("id", "title", "layout", "copies", "made_on")
    emit(rows if as_json else [{name: row[name] for name in columns} for row in rows], as_json)


@group.command()
@branch_file
@ID
@JSON
def show(store: Store, leaflet_id: int, *, as_json: bool) -> None:
    """Show what a leaflet says, and what is to see to before it is printed."""
    found = records.get(store, leaflet_id)
    if as_json:
        findings = [told(each) for each in _findings(store, leaflet_id)]
        emit({**shown(found), "findings": findings}, as_json)
        return
    labels = {each.name: each.label for each in layouts.load(found.layout).fields}
    facts = {
        name: value for name, value in shown(found).items() if name not in ("texts", "picture")
    }
    texts = {labels.get(name, name): text for name, text in found.texts.items()}
    picture = {"picture": found.picture.name} if found.picture else {}
    say(console.facts({**facts, **texts, **picture}))
    _tell_findings(store, leaflet_id)


@group.command()
@branch_file
@ID
@JSON
def check(store: Store, leaflet_id: int, *, as_json: bool) -> None:
    """Check a leaflet: does it fit, is the imprint whole, is the picture sharp enough."""
    found = _findings(store, leaflet_id)
    text = "\n".join(map(_sentence, found)) or "Nothing to see to: the leaflet can be printed."
    emit([told(each) for each in found], as_json, text)


@group.command(name="print")
@branch_file
@ID
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write: .pdf, or .png for a phone.",
)
@click.option(
    "--for",
    "use",
    type=click.Choice(["home", "printer"]),
    default="home",
    show_default=True,
    help="home: several on an A4, to cut. printer: one with bleed, in a press's inks.",
)
@click.option("--marks", is_flag=True, help="With --for printer: cut marks round the leaflet.")
@FORCE
def print_(
    store: Store, leaflet_id: int, output: Path, use: str, *, marks: bool, force: bool
) -> None:
    """Write a leaflet as a PDF for home or a print shop, or as a PNG for a phone."""
    from branch_desk.leaflets import papers

    if marks and use != "printer":
        raise click.UsageError("Cut marks are for the print shop: use --marks with --for printer.")
    material = records.material(store, leaflet_id)
    match output.suffix.lower():
        case ".png" if use == "home":
            data = papers.phone(material)
        case ".pdf":
            data = papers.shop(material, marks=marks) if use == "printer" else papers.home(material)
        case _:
            raise Invalid(f"{output.name} must end in .pdf, or for a phone in .png.")
    write_file(output, data, force)
    tell(f"Wrote {output}.")


@group.command(name="layouts")
@JSON
def layouts_(*, as_json: bool) -> None:
    """List the layouts and the texts each takes."""
    rows = [
        {
            "name": each.name,
            "title": each.title,
            "about": each.about,
            "texts": [field.name for field in each.fields],
        }
        for each in layouts.every()
    ]
    text = "\n\n".join(_about(each) for each in layouts.every())
    emit(rows, as_json, None if as_json else text)


def shown(leaflet: Leaflet) -> dict[str, object]:
    """Return a leaflet as JSON has it."""
    return {each.name: plain(getattr(leaflet, each.name)) for each in fields(leaflet)}


def told(finding: Finding) -> dict[str, object]:
    """Return a finding as JSON has it."""
    return {each.name: plain(getattr(finding, each.name)) for each in fields(finding)}


def _findings(store: Store, leaflet_id: int) -> list[Finding]:
    from branch_desk.leaflets import papers

    return papers.check(records.material(store, leaflet_id))


def _tell_findings(store: Store, leaflet_id: int) -> None:
    for each in _findings(store, leaflet_id):
        tell(_sentence(each))


def _sentence(finding: Finding) -> str:
    return f"{finding.severity.value.capitalize():<5}  {finding.where}: {finding.message}"


def _about(layout: layouts.Layout) -> str:
    texts = "\n".join(
        f"  {field.name:<10} {field.label}{' (needed)' if field.required else ''}"
        for field in layout.fields
    )
    return f"{layout.name}: {layout.title}\n  {layout.about}\n{texts}"
