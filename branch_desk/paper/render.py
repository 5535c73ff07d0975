"""From a document to the bytes of a PDF.

Everything is laid out once; pages are then drawn in order, when the number of pages is known.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from branch_desk.paper import (
    appended,
    blocks,
    business,
    fonts,
    furniture,
    gate,
    panels,
    pictures,
    tables,
    text,
)
from branch_desk.paper.canvas import TaggedCanvas
from branch_desk.paper.compose import Composer, settled
from branch_desk.paper.labels import Labels
from branch_desk.paper.labels import draw as draw_labels
from branch_desk.paper.look import look
from branch_desk.paper.strips import Setting, bound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from branch_desk.paper.blocks import Appended, Block, Document, Section
    from branch_desk.paper.compose import Page
    from branch_desk.paper.strips import Strip
    from branch_desk.paper.structure import Element


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper: its PDF, how many pages it has, and what whoever prints it should know."""

    pdf: bytes
    pages: int
    remarks: tuple[str, ...]


def render(document: Document | Labels, *, large_print: bool = False) -> bytes:
    """Lay a document out; return its PDF: tagged, archivable, the same bytes for the same paper."""
    if isinstance(document, Labels):
        return draw_labels(document, large_print=large_print)
    return render_checked(document, large_print=large_print).pdf


def render_checked(document: Document, *, large_print: bool = False) -> Rendered:
    """Lay a document out and return it with remarks: missing characters, PDFs left out."""
    return _Rendering(document, large=large_print).run()


class _Rendering:
    """One paper being made."""

    def __init__(self, document: Document, *, large: bool) -> None:
        self._document = document
        self._canvas = TaggedCanvas(
            gate.line(document.title) or "Untitled",
            document.lang,
            author=gate.line(document.brand.branch),
            subject=gate.line(document.subject),
            made_on=document.made_on,
        )
        self._look = look(document.brand.accent, large=large)
        self._setting = Setting(self._look, document.brand)
        self._composer = Composer(self._look.height)
        self._numbers: dict[str, int] = {}
        self._marks: list[tuple[str, str, int, float]] = []

    def run(self) -> Rendered:
        document = self._document
        root = self._canvas.root
        if document.cover:
            self._cover(root)
        if document.contents:
            self._contents(root)
        for index, part in enumerate(document.parts):
            key = f"part-{index}"
            if isinstance(part, blocks.Section):
                self._section(part, key, root.add("Sect"))
            else:
                self._appended(part, key, root.add("Sect"))
        if not self._composer.pages:
            self._composer.new_page("")
        self._draw()
        unset = fonts.missing("".join(sorted(set("".join(_strings(document))))))
        shown = [one for one in unset if gate.clean(one)]
        if shown:
            self._setting.remarks.append("No font has these characters: " + " ".join(shown))
        return Rendered(
            self._canvas.finish(),
            len(self._composer.pages),
            tuple(dict.fromkeys(self._setting.remarks)),
        )

    def _cover(self, root: Element) -> None:
        cover = self._document.cover
        if cover is None:
            return
        self._composer.new_page("", bare=True)
        sect = root.add("Sect")
        strips = furniture.cover_strips(cover, self._setting, sect)
        strips += lay(cover.blocks, self._setting, sect)
        strips = furniture.lowered(strips, self._look)
        self._composer.add(strips, "")
        self._composer.pages[-1].closed = True

    def _contents(self, root: Element) -> None:
        titles = [
            (f"part-{index}", gate.line(part.title))
            for index, part in enumerate(self._document.parts)
        ]
        self._composer.new_page("Contents")
        strips = furniture.contents_strips(titles, self._numbers, self._setting, root.add("Sect"))
        self._composer.add(strips, "Contents")
        self._composer.pages[-1].closed = True

    def _section(self, section: Section, key: str, sect: Element) -> None:
        title = gate.line(section.title)
        head = gate.line(section.head) or title
        strips: list[Strip] = []
        self._setting.level = 0 if section.show_title else self._setting.level
        if section.show_title and title:
            column = text.Column(self._look.width)
            laid = text.title_strips((gate.Span(title),), 1, self._setting, sect, column)
            before = self._look.unit * {"flow": 4, "whole": 7}.get(section.starts, 0)
            strips += [replace(laid[0], before=before), *laid[1:]]
        strips += lay(section.blocks, self._setting, sect)
        if not self._goes_on(section.starts, strips, head):
            self._begin(section.starts, head)
            strips = settled(strips, self._look.height)
        page, y = len(self._composer.pages) - 1, 0.0
        if strips:
            page, y = self._composer.add([replace(strips[0], anchor=""), *strips[1:]], head)
        self._numbers[key] = page + 1
        self._marks.append((key, title or head or "Untitled", page, y))
        if section.blocks and isinstance(section.blocks[0], blocks.AddressWindow):
            self._composer.pages[page].letter = True

    def _goes_on(self, starts: str, strips: Sequence[Strip], head: str) -> bool:
        """Whether a section goes on below the last one; its head then stands beside the other."""
        pages = self._composer.pages
        if starts == "flow":
            return bool(pages) and not pages[-1].closed
        if starts != "whole" or self._document.duplex or not self._composer.fits(strips):
            return False
        pages[-1].head = f"{pages[-1].head}, {head}"
        return True

    def _begin(self, starts: str, head: str) -> None:
        pages = self._composer.pages
        if starts in {"right", "whole"} and self._document.duplex and len(pages) % 2 == 1:
            self._composer.new_page("").blank = True
        self._composer.new_page(head)

    def _appended(self, part: Appended, key: str, sect: Element) -> None:
        attached = appended.attach(part.title, part.pdf)
        title = gate.line(part.title)
        if attached.problem:
            self._setting.remarks.append(f"“{title}” could not be included. {attached.problem}")
            note = blocks.Note(attached.problem, "This document could not be included")
            self._section(blocks.Section(part.title, (note,)), key, sect)
            return
        if attached.pictured:
            self._setting.remarks.append(
                f"“{title}” is included as pictures of its pages: not all its fonts are embedded."
            )
        if self._look.large:
            self._setting.remarks.append(
                f"“{title}” keeps its own type size: what others laid out cannot be set larger."
            )
        for index, foreign in enumerate(attached.pages):
            page = self._composer.new_page(title)
            page.foreign = foreign
            page.closed = True
            page.element = sect.add("Figure", alt=foreign.alt)
            if index == 0:
                number = len(self._composer.pages)
                self._numbers[key] = number
                self._marks.append((key, title, number - 1, 0.0))

    def _draw(self) -> None:
        pages = self._composer.pages
        numbers = _numbered(pages)
        for index, page in enumerate(pages):
            top = furniture.top_of(page, self._look)
            for y, level, key, title in self._places(index):
                self._canvas.place(key, top - y + 12)
                self._canvas.bookmark(title, key, level)
            furniture.draw(
                self._canvas, page, self._document, self._look, first=index == 0, of=numbers[index]
            )

    def _places(self, index: int) -> list[tuple[float, int, str, str]]:
        """Return (height, level, key, title) of what begins on a page, from the top."""
        parts = [(y, 0, key, title) for key, title, page, y in self._marks if page == index]
        headings = [
            (placed.y, 1, f"heading-{index}-{place}", placed.strip.anchor)
            for place, placed in enumerate(self._composer.pages[index].strips)
            if placed.strip.anchor
        ]
        return sorted(parts + headings)


def _numbered(pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Return each page's number and how many there are: of the paper, or of each letter in it."""
    starts = [index for index, page in enumerate(pages) if page.letter or index == 0]
    counts = [end - start for start, end in pairwise([*starts, len(pages)])]
    return [(number, count) for count in counts for number in range(1, count + 1)]


_LAYERS: Mapping[type, Callable[[Any, Setting, Element], list[Strip]]] = {
    blocks.Heading: text.heading,
    blocks.Text: text.text,
    blocks.Markdown: text.markdown,
    blocks.Bullets: text.bullets,
    blocks.Facts: tables.facts,
    blocks.Table: tables.table,
    blocks.Order: business.order,
    blocks.Figure: pictures.figure,
    blocks.Chart: pictures.chart,
    blocks.Note: panels.note,
    blocks.WriteIn: panels.write_in,
    blocks.AddressWindow: panels.address_window,
}


def lay(given: Sequence[Block], setting: Setting, parent: Element) -> list[Strip]:
    """Lay out blocks one below the other."""
    strips: list[Strip] = []
    for block in given:
        if isinstance(block, blocks.Together):
            strips += bound(lay(block.blocks, setting, parent))
        else:
            strips += _LAYERS[type(block)](block, setting, parent)
    return strips


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
