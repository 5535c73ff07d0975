"""The agenda: laid out, added to, and what is placed and appended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from branch_desk.console import JSON, ON, branch_file, emit, say
from branch_desk.meetings import exchange, records
from branch_desk.meetings.commands.group import ID, group, item_as_json, read_bytes
from branch_desk.meetings.records import ItemKind
from branch_desk.store.errors import Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from datetime import date

    from branch_desk.store.store import Store


@group.command(name="lay-out")
@branch_file
@ID
@ON
@JSON
def lay_out(store: Store, meeting_id: int, on: date, *, as_json: bool) -> None:
    """Give a meeting its standing items, and place the motions and letters that are due."""
    del on  # the store was opened as on it
    done = records.lay_out(store, meeting_id)
    if as_json:
        emit(done, as_json)
        return
    say(
        f"{len(done.items)} items, {len(done.motions)} motions and {len(done.threads)} letters "
        "were put on the agenda."
    )
    for motion_id, reason in done.left_out:
        say(f"Left out: {store.title(Ref('motion', motion_id))}. {reason}")


@group.command()
@branch_file
@ID
@click.argument("title")
@click.option("--kind", type=click.Choice([each.value for each in ItemKind]), default="business")
@click.option("--minutes", type=click.IntRange(0, 1440), help="The time allowed for it.")
@click.option("--notes", default="", help="What stands under it, in Markdown.")
@click.option("--before", type=int, help="The item to put it before.")
@JSON
def item(
    store: Store,
    *,
    meeting_id: int,
    title: str,
    kind: str,
    minutes: int | None,
    notes: str,
    before: int | None,
    as_json: bool,
) -> None:
    """Put an item on the agenda, last or before another."""
    made = records.add_item(
        store,
        meeting_id,
        title,
        kind=ItemKind(kind),
        minutes=minutes,
        notes=notes,
        before=before,
    )
    emit(records.item(store, made), as_json, f"“{title}” is item {made}.")


@group.command()
@branch_file
@ID
@click.option("--motion", "motions", type=int, multiple=True, help="A motion's id.")
@click.option("--letter", "letters", type=int, multiple=True, help="A letter's id.")
@click.option("--thread", "threads", type=int, multiple=True, help="A thread of letters.")
@click.option("--item", "item_id", type=int, help="The item to put them under.")
@JSON
def place(
    store: Store,
    *,
    meeting_id: int,
    motions: tuple[int, ...],
    letters: tuple[int, ...],
    threads: tuple[int, ...],
    item_id: int | None,
    as_json: bool,
) -> None:
    """Put motions and letters under an agenda item; without --item, under the usual one."""
    if not motions and not letters and not threads:
        raise click.UsageError("Say what to place: --motion, --letter or --thread with an id.")
    with store.change("Place on the agenda"):
        for motion_id in motions:
            under = _under(store, meeting_id, item_id, ItemKind.MOTIONS, "Motions")
            records.place_motion(store, under, motion_id)
        for kind, ids in (("letter", letters), ("thread", threads)):
            for each in ids:
                under = _under(
                    store, meeting_id, item_id, ItemKind.CORRESPONDENCE, "Correspondence"
                )
                records.place_letter(store, under, Ref(kind, each))
    emit(
        [item_as_json(store, each) for each in records.agenda(store, meeting_id)],
        as_json,
        "Placed.",
    )


def _under(store: Store, meeting_id: int, item_id: int | None, kind: ItemKind, title: str) -> int:
    if item_id is None:
        return records.item_for(store, meeting_id, kind, title)
    if records.item(store, item_id).meeting != meeting_id:
        raise Missing(f"Meeting {meeting_id} has no item {item_id} on its agenda.")
    return item_id


@group.command()
@branch_file
@ID
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What it is called in the pack, if not by its name.")
@click.option("--item", "item_id", type=int, help="The item it belongs to.")
@JSON
def attach(
    store: Store,
    *,
    meeting_id: int,
    pdf: Path,
    title: str,
    item_id: int | None,
    as_json: bool,
) -> None:
    """Append a PDF to an agenda item, to be bound into the pack."""
    data = read_bytes(pdf)
    pages = exchange.pages(data, pdf.name)
    with store.change("Append a document"):
        under = _under(store, meeting_id, item_id, ItemKind.DOCUMENT, "Documents")
        made = records.append_document(
            store, under, title=title or pdf.stem, data=data, name=pdf.name, pages=pages
        )
    emit(
        {"id": made, "item": under, "title": title or pdf.stem, "pages": pages},
        as_json,
        f"Appended {pdf.name}, {pages} pages.",
    )
