"""Storing what is said of a leaflet: its texts, its details and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.desk import ask, files
from branch_desk.desk.tr import tr
from branch_desk.leaflets import layouts, records
from branch_desk.leaflets.page.board import refusal
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.page.detail import LeafletDetail
    from branch_desk.leaflets.records import Leaflet


class Keeping:
    """Stores what the fields and the boxes of one leaflet are left with."""

    def __init__(self, panel: LeafletDetail, session: Session) -> None:
        self._panel, self._session = panel, session

    def _change(self, **fields: object) -> None:
        leaflet_id = self._panel.leaflet_id
        if leaflet_id is not None:
            self._session.write(lambda: records.change(self._session.store, leaflet_id, **fields))

    def text(self, name: str) -> Callable[[str], None]:
        """Return what stores one text; the first headline names a leaflet that has no name yet."""

        def store(text: str) -> None:
            leaflet = self._panel.leaflet
            fields: dict[str, object] = {"texts": {name: text}}
            if leaflet is not None and name == "headline" and text.strip() and _unnamed(leaflet):
                fields["title"] = " ".join(text.split())
            self._change(**fields)
            self._panel.typed.pop(name, None)

        return store

    def detail(self, key: str) -> Callable[[str], None]:
        """Return what stores one field of the leaflet."""
        return lambda text: self._change(**{key: text})

    def layout(self, name: str) -> None:
        """Lay the leaflet out in another way; what has no place there is named, and undone."""
        leaflet = self._panel.leaflet
        if leaflet is None or name == leaflet.layout:
            return
        layout = layouts.load(name)
        known = {each.name for each in layout.fields}
        lost = [
            layouts.load(leaflet.layout).field(key).label
            for key, text in leaflet.texts.items()
            if text and key not in known
        ]
        self._panel.sheet.close_box()
        self._change(layout=name)
        said = tr("Laid out as “{layout}”.", layout=tr(layout.title))
        if lost:
            said += " " + tr("It has no place for: {fields}.", fields=", ".join(lost))
        self._session.undoable.emit(said)

    def election(self, text: str) -> None:
        """Store whether it is election material."""
        self._change(election_material={"yes": True, "no": False}.get(text))

    def copies(self, text: str) -> None:
        """Store how many copies are wanted."""
        plain = text.strip().replace(",", "")
        if plain and not plain.isdecimal():
            raise Invalid(tr("“{text}” is not a number of copies.", text=text.strip()))
        self._change(copies=int(plain or 0))

    def of_picture(self, what: str) -> Callable[[str], None]:
        """Return what stores one thing that is said of the picture."""

        def store(text: str) -> None:
            leaflet_id, leaflet = self._panel.leaflet_id, self._panel.leaflet
            if leaflet_id is None or leaflet is None or leaflet.picture is None:
                return
            picture = records.get(self._session.store, leaflet_id).picture
            if picture is None:
                return
            said = {"alt": picture.alt, "credit": picture.credit, what: text}
            self._session.write(
                lambda: records.describe_picture(
                    self._session.store, leaflet_id, focus=picture.focus, **said
                )
            )

        return store

    def browse(self) -> None:
        """Ask for a picture."""
        start = self._session.remembered.text("folder") or str(Path.home())
        kinds = tr("Pictures (*.jpg *.jpeg *.png)")
        ask.file_to_open(self._panel, tr("Choose a picture"), start, kinds, self.set_picture)

    def take(self, paths: list[str]) -> None:
        """Take a dropped picture, or say why it cannot be one."""
        why = refusal(paths)
        leaflet = self._panel.leaflet
        if not why and leaflet and layouts.load(leaflet.layout).picture == "none":
            why = tr("This layout has no place for a picture. Choose another layout for it.")
        if why:
            self._session.failed.emit(why)
        else:
            self.set_picture(Path(paths[0]))

    def set_picture(self, file: Path) -> None:
        """Put a picture on the leaflet, in the long lane: a large one takes a while to read."""
        leaflet_id, store = self._panel.leaflet_id, self._session.store
        if leaflet_id is None:
            return
        self._session.remembered.keep("folder", str(file.parent))
        self._session.long_deed(
            tr("Reading {name}", name=file.name),
            lambda _: records.set_picture(store, leaflet_id, files.read(file), file.name),
            lambda _: self._panel.show_tab(1),
        )

    def remove_picture(self) -> None:
        """Take the picture off; Undo puts it back."""
        leaflet_id = self._panel.leaflet_id
        if leaflet_id is not None:
            self._session.deed(
                lambda: records.remove_picture(self._session.store, leaflet_id),
                lambda _: self._session.undoable.emit(tr("The picture is off the leaflet.")),
            )


def _unnamed(leaflet: Leaflet) -> bool:
    """Whether a leaflet still has the name it was begun with."""
    return leaflet.title == tr(layouts.load(leaflet.layout).title)
