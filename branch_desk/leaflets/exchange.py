"""A leaflet described in a TOML file: its layout, texts, picture and imprint.

title = "Save our library"
layout = "event-flyer-a5"
election_material = false
copies = 600

[texts]
headline = "Save our library: come and have your say"
points = ["Hear the figures", "Put your questions"]

[picture]
file = "library.jpg"          # beside the description or in a folder below it
alt = "A library at dusk"
credit = "A. Painter"
focus = [0.5, 0.6]            # what must stay in view: across, then down

[imprint]                     # only where it is not the branch's own
printer = "Example Press Ltd, Unit 4, Mill Lane, Highfield HF2 3CD"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from dataclasses import field as item
from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.leaflets import layouts, reading, records
from branch_desk.leaflets.reading import by, words
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.store.store import Store

LARGEST = 1_000_000
LARGEST_PICTURE = 50_000_000


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The picture as the description names it."""

    file: str = item(metadata=by(words))
    alt: str = item(metadata=by(words), default="")
    credit: str = item(metadata=by(words), default="")
    focus: tuple[float, ...] = item(
        metadata=by(reading.several(reading.number(0, 1), least=2, most=2)), default=(0.5, 0.5)
    )


@dataclass(frozen=True, slots=True)
class ImprintLines:
    """The lines of an imprint that differ from the branch's own, each a name and an address."""

    printer: str = item(metadata=by(words), default="")
    promoter: str = item(metadata=by(words), default="")
    on_behalf_of: str = item(metadata=by(words), default="")


def _texts(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Invalid(f"{where} must be a table of texts by their names.")
    return value


def _never(_: object, where: str) -> None:
    raise Invalid(f"{where}: a picture is named in [picture], it does not stand in the file.")


@dataclass(frozen=True, slots=True)
class Description:
    """A leaflet as its file describes it; `data` is the picture's bytes."""

    title: str = item(metadata=by(words))
    layout: str = item(metadata=by(words))
    texts: Mapping[str, object] = item(metadata=by(_texts))
    election_material: bool | None = item(metadata=by(reading.flag), default=None)
    copies: int = item(metadata=by(reading.whole(0, 10_000_000)), default=0)
    lang: str = item(metadata=by(words), default="en-GB")
    accent: str = item(metadata=by(words), default="")
    picture: PictureFile | None = item(metadata=by(reading.table(PictureFile)), default=None)
    imprint: ImprintLines = item(metadata=by(reading.table(ImprintLines)), default=ImprintLines())
    data: bytes | None = item(default=None, repr=False, metadata=by(_never))


def read(path: Path) -> Description:
    """Read a description and its picture; raises `Invalid` saying what is wrong and where."""
    found = reading.record(Description, _table(path), path.name)
    layouts.load(found.layout).texts(found.texts)
    if found.picture is None:
        return found
    return _with_picture(found, path, found.picture.file)


def add(store: Store, description: Description) -> int:
    """Add the leaflet a description tells of, picture and all, as one change; returns its id."""
    with store.change("Add leaflet"):
        leaflet = records.add(
            store,
            title=description.title,
            layout=description.layout,
            texts=layouts.load(description.layout).texts(description.texts),
            election_material=description.election_material,
            copies=description.copies,
            lang=description.lang,
            accent=description.accent,
            printer=description.imprint.printer,
            promoter=description.imprint.promoter,
            on_behalf_of=description.imprint.on_behalf_of,
        )
        picture = description.picture
        if picture is not None and description.data is not None:
            records.set_picture(
                store,
                leaflet,
                description.data,
                Path(picture.file).name,
                alt=picture.alt,
                credit=picture.credit,
                focus=(picture.focus[0], picture.focus[1]),
            )
    return leaflet


def _table(path: Path) -> dict[str, object]:
    data = _bytes(path, LARGEST, "a description of a leaflet")
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise Invalid(f"“{path.name}” is not text in UTF-8. Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid(f"“{path.name}” is not a TOML file that can be read: {error}.") from error


def _with_picture(found: Description, path: Path, name: str) -> Description:
    """Read the picture, which must lie in the description's own folder or below it."""
    folder = path.resolve().parent
    try:
        file = (folder / name).resolve()
        inside = file.is_relative_to(folder)
    except (OSError, ValueError) as error:
        raise Invalid(f"{path.name}, “picture”, “file”: “{name}” is no file's name.") from error
    if not inside:
        raise Invalid(
            f"{path.name}, “picture”, “file”: “{name}” is outside the folder of {path.name}. "
            "Put the picture beside it."
        )
    return replace(found, data=_bytes(file, LARGEST_PICTURE, "a picture"))


def _bytes(path: Path, most: int, what: str) -> bytes:
    """Read a file of no more than so many bytes; raises `Invalid`."""
    try:
        if not path.is_file():
            raise Invalid(f"There is no file “{path.name}” to read {what} from.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Invalid(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if len(data) > most:
        raise Invalid(f"“{path.name}” is larger than {most // 1_000_000} MB, too large for {what}.")
    return data
