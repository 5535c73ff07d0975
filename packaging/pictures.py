"""Render the pictures of README and manual afresh, from a demo branch built for it.

    .venv/bin/python packaging/pictures.py [NAME…]

Screens are the real window, drawn without a display at 1280 by 800; papers are pages of the real
PDFs. Day, hour and seed are fixed, so that the same release draws the same bytes. With names, only
those pictures are written.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from hashlib import sha512
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pictures_jobs import JOBS
from pictures_pages import PAGES
from pictures_window import BUILT, NOW, Desk, desk
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.store.store import Store

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "manual" / "pictures"
PAGE_WIDTH = 720  # px
LEAFLET_WIDTH = 520  # px
LEAFLETS = {"flyer", "card"}
COLOURS = 128
LARGEST = 200_000  # bytes; the tests allow a quarter more
SCREENS: dict[str, Callable[[Desk], Image.Image]] = {**PAGES, **JOBS}


def main(names: list[str]) -> int:
    """Render every picture, or those named; fails where a name is unknown or one is too large."""
    pictures: dict[str, Callable[[Desk], Image.Image]] = {**SCREENS, **PAPERS}
    unknown = [each for each in names if each not in pictures]
    if unknown:
        print(f"There is no picture {', '.join(unknown)}. There are: {', '.join(pictures)}.")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with desk() as shown:
        for name, draw in pictures.items():
            if not names or name in names:
                data = packed(draw(shown), whole=name in LEAFLETS)
                (FOLDER / f"{name}.png").write_bytes(data)
                print(f"{name}.png: {len(data) // 1000} kB")
                if len(data) > LARGEST:
                    raise SystemExit(f"{name}.png is over {LARGEST // 1000} kB.")
    return 0


def packed(picture: Image.Image, *, whole: bool = False) -> bytes:
    """Return a PNG: of few colours, which is all that a screen has, or `whole` for a drawing."""
    out = BytesIO()
    made = picture.convert("RGB")
    if not whole:
        made = made.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made.save(out, "PNG", optimize=True)
    return out.getvalue()


def sheet_of(pdf: bytes, index: int = 0, *, width: int = PAGE_WIDTH) -> Image.Image:
    """Return a page as a picture so many pixels wide, with a hairline round it."""
    from PIL import ImageOps

    from branch_desk.paper import preview

    wide, _ = preview.page_size(pdf, index)
    picture = preview.image(pdf, index, width / wide)
    return ImageOps.expand(picture, border=1, fill="#C9CED6")


def coming(store: Store) -> int:
    """Return the next meeting."""
    from branch_desk.meetings import records

    found = records.next_meeting(store, NOW - timedelta(days=1))
    if found is None:
        raise SystemExit("The demo branch has no meeting to come.")
    return found.id


def meeting_paper(store: Store, name: str) -> bytes:
    """Lay out a paper of the next meeting."""
    from branch_desk.meetings.page.papers import pdf

    return pdf(store, coming(store), name, large_print=False)


def pack_cover(shown: Desk) -> Image.Image:
    """Draw the agenda pack's cover."""
    return sheet_of(meeting_paper(shown.store, "pack"))


def pack_motion(shown: Desk) -> Image.Image:
    """Draw the page of the pack on which the first motion stands whole."""
    from branch_desk.paper import preview

    pdf = meeting_paper(shown.store, "pack")
    pages = preview.texts(pdf)
    return sheet_of(pdf, next(at for at, text in enumerate(pages) if "Moved by" in text))


def notice(shown: Desk) -> Image.Image:
    """Draw the notice of the meeting."""
    return sheet_of(meeting_paper(shown.store, "notice"))


def flyer(shown: Desk) -> Image.Image:
    """Draw the event flyer."""
    return leaflet(shown.store, "event-flyer-a5")


def card(shown: Desk) -> Image.Image:
    """Draw the card for those who were out."""
    return leaflet(shown.store, "sorry-we-missed-you-a6")


def leaflet(store: Store, layout: str) -> Image.Image:
    """Draw the leaflet of a layout as it looks once it is cut."""
    from branch_desk.leaflets import papers, records

    chosen = next(each for each in records.ids(store) if records.get(store, each).layout == layout)
    return sheet_of(papers.preview(records.material(store, chosen)), width=LEAFLET_WIDTH)


def recovery_sheet(_: Desk) -> Image.Image:
    """Draw a recovery sheet; its groups open nothing."""
    from branch_desk.desk.way_in import sheet
    from branch_desk.paper.render import render
    from branch_desk.store.keys import RawKey

    made_up = sha512(b"a sheet that opens nothing").digest()
    key = RawKey(made_up[:32], made_up[32:48]).sheet()
    paper = sheet.document("Highfield Branch", "Highfield.branch", key, BUILT)
    return sheet_of(render(paper))


PAPERS: dict[str, Callable[[Desk], Image.Image]] = {
    "pack-cover": pack_cover,
    "pack-motion": pack_motion,
    "notice": notice,
    "recovery-sheet": recovery_sheet,
    "flyer": flyer,
    "card": card,
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
