"""Leaflets: what each says, which layout carries it, its picture and its imprint."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from branch_desk.branch import records as branch
from branch_desk.branch.rules import accent as accent_colour
from branch_desk.leaflets import pictures
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.registry import Kind, Migrations, Slice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from branch_desk.leaflets.layouts import Layout
    from branch_desk.leaflets.rules import Imprint
    from branch_desk.store.store import Store

migrations = Migrations("leaflets")


@migrations()
def m001_start(db: Database) -> None:
    """Make the table of leaflets."""
    db.execute(
        """CREATE TABLE leaflet (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL CHECK (title <> ''),
            layout TEXT NOT NULL,
            election_material INTEGER CHECK (election_material IN (0, 1)),
            copies INTEGER NOT NULL CHECK (copies >= 0),
            lang TEXT NOT NULL,
            accent TEXT NOT NULL,
            texts TEXT NOT NULL CHECK (json_valid(texts)),
            wording TEXT NOT NULL,
            picture_attachment INTEGER,
            picture_name TEXT NOT NULL,
            picture_width INTEGER NOT NULL,
            picture_height INTEGER NOT NULL,
            picture_alt TEXT NOT NULL,
            picture_credit TEXT NOT NULL,
            focus_x REAL NOT NULL CHECK (focus_x BETWEEN 0 AND 1),
            focus_y REAL NOT NULL CHECK (focus_y BETWEEN 0 AND 1),
            printer TEXT NOT NULL,
            promoter TEXT NOT NULL,
            on_behalf_of TEXT NOT NULL,
            made_on TEXT NOT NULL
        ) STRICT"""
    )
    db.execute("CREATE INDEX leaflet_by_title ON leaflet (title COLLATE NOCASE, id)")
    db.execute("CREATE INDEX leaflet_by_day ON leaflet (made_on, id)")
    db.execute("CREATE INDEX leaflet_by_layout ON leaflet (layout, id)")


SLICE = Slice(
    "leaflets",
    migrations,
    kinds=(Kind("leaflet", "leaflet", title="title", searched=("title", "wording")),),
)

ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "newest": "made_on DESC, id DESC",
        "oldest": "made_on, id",
        "title": "title COLLATE NOCASE, id",
        "layout": "layout, title COLLATE NOCASE, id",
        "copies": "copies DESC, id",
    }
)
"""The orders a list of leaflets can stand in."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A leaflet's one picture; `focus` must stay in view, as parts of width and height."""

    attachment: int
    name: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One leaflet: `texts` by the layout's field names, lists as lines.

    `election_material` is None until someone has answered; an empty accent or imprint line means
    the branch's own.
    """

    id: int
    title: str
    layout: str
    election_material: bool | None
    copies: int
    texts: Mapping[str, str]
    made_on: date
    lang: str = "en-GB"
    accent: str = ""
    picture: Picture | None = None
    printer: str = ""
    promoter: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """All that a leaflet is drawn and checked from, so that papers need not ask the store."""

    leaflet: Leaflet
    layout: Layout
    branch: str
    accent: str
    imprint: Imprint
    picture: bytes | None = field(default=None, repr=False)


def _layout(name: str) -> Layout:
    from branch_desk.leaflets import layouts  # the window opens without any layout

    return layouts.load(name)


def get(store: Store, leaflet_id: int) -> Leaflet:
    """Return one leaflet; raises `Missing`."""
    row = store.one("SELECT * FROM leaflet WHERE id = ?", (leaflet_id,))
    if row is None:
        raise Missing(f"There is no leaflet {leaflet_id}. `leaflets list` shows those there are.")
    return _leaflet(row)


def many(store: Store, leaflet_ids: Sequence[int]) -> list[Leaflet]:
    """Return leaflets in the order of their ids; those that are gone are left out."""
    rows = store.rows(
        "SELECT * FROM leaflet WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(leaflet_ids)),),
    )
    found = {row["id"]: _leaflet(row) for row in rows}
    return [found[leaflet_id] for leaflet_id in leaflet_ids if leaflet_id in found]


def ids(
    store: Store, *, search: str = "", order: str = "newest", layout: str | None = None
) -> list[int]:
    """Return the ids of leaflets, newest first unless told; `search` is words in title or texts."""
    if order not in ORDERS:
        raise Invalid(f"Leaflets cannot be sorted by “{order}”. Choose one of {', '.join(ORDERS)}.")
    where, params = ["1"], list[Any]()
    if search.strip():
        where.append("id IN (SELECT value FROM json_each(?))")
        params.append(json.dumps(store.search("leaflet", search)))
    if layout is not None:
        where.append("layout = ?")
        params.append(layout)
    sql = f"SELECT id FROM leaflet WHERE {' AND '.join(where)} ORDER BY {ORDERS[order]}"  # noqa: S608 -- fixed fragments, values bound
    return [int(leaflet_id) for leaflet_id in store.column(sql, params)]


def material(store: Store, leaflet_id: int) -> Material:
    """Gather all that a leaflet is drawn and checked from; raises `Missing`."""
    from branch_desk.leaflets.rules import Imprint, Party  # only a leaflet being drawn needs them

    leaflet = get(store, leaflet_id)
    details = branch.details(store)
    return Material(
        leaflet=leaflet,
        layout=_layout(leaflet.layout),
        branch=details.name,
        accent=leaflet.accent or details.accent,
        imprint=Imprint(
            printer=Party.read(leaflet.printer or details.printer),
            promoter=Party.read(leaflet.promoter or details.promoter),
            on_behalf_of=Party.read(leaflet.on_behalf_of or details.on_behalf_of),
        ),
        picture=store.attachment(leaflet.picture.attachment) if leaflet.picture else None,
    )


def add(
    store: Store,
    *,
    title: str,
    layout: str,
    texts: Mapping[str, str] | None = None,
    election_material: bool | None = None,
    copies: int = 0,
    lang: str = "en-GB",
    accent: str = "",
    printer: str = "",
    promoter: str = "",
    on_behalf_of: str = "",
) -> int:
    """Add a leaflet and return its id; raises `Invalid`, or `Missing` for its layout."""
    fields = _checked(
        {
            "title": title,
            "layout": layout,
            "texts": texts or {},
            "election_material": election_material,
            "copies": copies,
            "lang": lang,
            "accent": accent,
            "printer": printer,
            "promoter": promoter,
            "on_behalf_of": on_behalf_of,
        },
        layout,
    )
    with store.change("Add leaflet") as change:
        return change.insert("leaflet", **_NO_PICTURE, **fields, made_on=store.today())


def change(store: Store, leaflet_id: int, **fields: Any) -> None:  # noqa: ANN401 -- the fields of `add`
    """Change fields of a leaflet, named as in `add`; `texts` are laid over those there are."""
    unknown = fields.keys() - _CHANGEABLE
    if unknown:
        raise Invalid(f"A leaflet has no field “{min(unknown)}”.")
    leaflet = get(store, leaflet_id)
    if "texts" in fields:
        fields["texts"] = {**leaflet.texts, **fields["texts"]}
    elif "layout" in fields:
        known = {each.name for each in _layout(fields["layout"]).fields}
        fields["texts"] = {name: text for name, text in leaflet.texts.items() if name in known}
    checked = _checked(fields, fields.get("layout", leaflet.layout))
    if not checked:
        return
    with store.change("Change leaflet") as writing:
        writing.update("leaflet", leaflet_id, **checked)


def set_picture(
    store: Store,
    leaflet_id: int,
    data: bytes,
    name: str,
    *,
    alt: str = "",
    credit: str = "",
    focus: tuple[float, float] = (0.5, 0.5),
) -> None:
    """Put a JPEG or PNG on a leaflet: turned upright, without its metadata; raises `Invalid`.

    `alt` says what it shows to those who cannot see it, `credit` who made it.
    """
    get(store, leaflet_id)
    clean = pictures.cleaned(data, name)
    with store.change("Set leaflet's picture") as writing:
        attachment = writing.attach(clean.data, name, clean.media_type)
        writing.update(
            "leaflet",
            leaflet_id,
            picture_attachment=attachment,
            picture_name=name,
            picture_width=clean.width,
            picture_height=clean.height,
            **_described(alt, credit, focus),
        )


def describe_picture(
    store: Store, leaflet_id: int, *, alt: str, credit: str, focus: tuple[float, float]
) -> None:
    """Change what is said about a leaflet's picture and which part of it must stay in view."""
    get(store, leaflet_id)
    with store.change("Describe leaflet's picture") as writing:
        writing.update("leaflet", leaflet_id, **_described(alt, credit, focus))


def remove_picture(store: Store, leaflet_id: int) -> None:
    """Take the picture off a leaflet."""
    get(store, leaflet_id)
    with store.change("Remove leaflet's picture") as writing:
        writing.update("leaflet", leaflet_id, **_NO_PICTURE)


def duplicate(store: Store, leaflet_id: int, *, title: str = "") -> int:
    """Copy a leaflet, picture and all, and return the copy's id."""
    row = store.one("SELECT * FROM leaflet WHERE id = ?", (leaflet_id,))
    original = get(store, leaflet_id)
    fields = dict(row or {})
    del fields["id"]
    fields["title"] = title.strip() or f"{original.title} (copy)"
    fields["made_on"] = store.today()
    with store.change("Duplicate leaflet") as writing:
        return writing.insert("leaflet", **fields)


def remove(store: Store, leaflet_id: int) -> None:
    """Take a leaflet out; undo brings it back."""
    get(store, leaflet_id)
    with store.change("Remove leaflet") as writing:
        writing.delete("leaflet", leaflet_id)


_CHANGEABLE = frozenset(
    (
        "title",
        "layout",
        "texts",
        "election_material",
        "copies",
        "lang",
        "accent",
        "printer",
        "promoter",
        "on_behalf_of",
    )
)
_NO_PICTURE: Mapping[str, Any] = MappingProxyType(
    {
        "picture_attachment": None,
        "picture_name": "",
        "picture_width": 0,
        "picture_height": 0,
        "picture_alt": "",
        "picture_credit": "",
        "focus_x": 0.5,
        "focus_y": 0.5,
    }
)


def _leaflet(row: Mapping[str, Any]) -> Leaflet:
    picture = None
    if row["picture_attachment"] is not None:
        picture = Picture(
            attachment=row["picture_attachment"],
            name=row["picture_name"],
            width=row["picture_width"],
            height=row["picture_height"],
            alt=row["picture_alt"],
            credit=row["picture_credit"],
            focus=(row["focus_x"], row["focus_y"]),
        )
    election = row["election_material"]
    return Leaflet(
        id=row["id"],
        title=row["title"],
        layout=row["layout"],
        election_material=None if election is None else bool(election),
        copies=row["copies"],
        texts=json.loads(row["texts"]),
        made_on=date.fromisoformat(row["made_on"]),
        lang=row["lang"],
        accent=row["accent"],
        picture=picture,
        printer=row["printer"],
        promoter=row["promoter"],
        on_behalf_of=row["on_behalf_of"],
    )


def _described(alt: str, credit: str, focus: tuple[float, float]) -> dict[str, Any]:
    across, down = focus
    if not (0 <= across <= 1 and 0 <= down <= 1):
        raise Invalid("The focus of a picture is two numbers from 0 to 1: across, then down.")
    return {
        "picture_alt": " ".join(alt.split()),
        "picture_credit": " ".join(credit.split()),
        "focus_x": float(across),
        "focus_y": float(down),
    }


def _checked(fields: Mapping[str, Any], layout: str) -> dict[str, Any]:
    """Return the fields as they are stored; raises `Invalid` naming the one that cannot be."""
    known = _layout(layout)
    done = dict(fields)
    for name in ("title", "lang", "printer", "promoter", "on_behalf_of"):
        if name in done:
            done[name] = str(done[name]).strip()
    if not done.get("title", "?"):
        raise Invalid("A leaflet needs a title, so that it can be found again.")
    if done.get("copies", 0) < 0:
        raise Invalid("The number of copies cannot be less than nothing.")
    if done.get("accent"):
        done["accent"] = accent_colour(done["accent"])
    if "texts" in done:
        texts = known.texts(done["texts"])
        done["texts"] = json.dumps(texts, ensure_ascii=False, sort_keys=True)
        done["wording"] = "\n".join(texts.values())
    return done
