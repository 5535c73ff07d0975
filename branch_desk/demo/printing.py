"""The papers of the demo branch, printed into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.correspondence import records as letters
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.motions import records as motions
from branch_desk.store.errors import Missing
from branch_desk.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from branch_desk.console import Paper
    from branch_desk.store.store import Store


def print_papers(
    store: Store,
    directory: Path,
    papers: Iterable[Paper],
    on: date,
    progress: Callable[[str], None],
) -> None:
    """Print every paper into `directory/papers`, ordinary and in large print, and the leaflets.

    What a print shop and a phone get is no paper to be filed and goes into `directory/leaflets`. A
    paper there is nothing for on that day is named to `progress` and left out.
    """
    from branch_desk.paper.render import render

    coming = meetings.next_meeting(store, store.moment())
    chosen = {
        "meetings": coming.id if coming else None,
        "motions": motions.ids(store)[-1],
        "correspondence": letters.ids(store, direction=letters.Direction.OUT)[0],
    }
    for paper in papers:
        slice_ = paper.make.__module__.split(".")[1]
        try:
            document = paper.make(store, chosen.get(slice_) if paper.takes_id else None, on)
        except Missing as nothing:
            progress(f"No {paper.name}: {nothing}")
            continue
        _write(directory / "papers" / f"{paper.name}.pdf", render(document))
        _write(
            directory / "papers" / f"{paper.name}-large-print.pdf",
            render(document, large_print=True),
        )
    _print_leaflets(store, directory)


def _print_leaflets(store: Store, directory: Path) -> None:
    from branch_desk.leaflets import papers

    for leaflet in leaflets.many(store, leaflets.ids(store)):
        material = leaflets.material(store, leaflet.id)
        name, apart = leaflet.layout, directory / "leaflets"
        _write(directory / "papers" / f"{name}.pdf", papers.home(material))
        _write(apart / f"{name}-print-shop.pdf", papers.shop(material, marks=True))
        _write(apart / f"{name}-phone.png", papers.phone(material))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data, force=True)
