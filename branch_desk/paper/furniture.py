"""What stands round the text: cover, contents, running head and foot, and the pages of others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from branch_desk.paper import gate, lines
from branch_desk.paper.compose import draw_page, settled
from branch_desk.paper.look import QUIET, RULE
from branch_desk.paper.pictures import reader
from branch_desk.paper.strips import Strip, baseline_of, nothing, spaced
from branch_desk.paper.text import Column, paragraph, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branch_desk.paper.appended import Foreign
    from branch_desk.paper.blocks import Cover, Document
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.compose import Page
    from branch_desk.paper.lines import Line, Style
    from branch_desk.paper.look import Look
    from branch_desk.paper.strips import Setting
    from branch_desk.paper.structure import Element

_HEAD = 15 * mm  # below the page's top edge
_FOOT = 13 * mm  # above its bottom edge
_NEAR_A4 = 0.03
_FRAME = 16 * mm


def cover_strips(cover: Cover, setting: Setting, parent: Element) -> list[Strip]:
    """Lay out the first page: what it is, in large type, and lines of fact."""
    look = setting.look
    column = Column(look.width)
    strips: list[Strip] = []
    if cover.kicker.strip():
        kicker = words(gate.line(cover.kicker), look["kicker"], parent.add("P"), setting, column)
        strips += kicker
    span = (gate.Span(gate.line(cover.title)),)
    style = look["cover"]
    while len(lines.broken(span, style, look.width)) > 4 and style.size > 26:
        style = replace(style, size=style.size * 0.85, leading=style.leading * 0.85)
    setting.level = 1
    strips += spaced(paragraph(span, style, parent.add("H1"), setting, column), look.unit)
    for index, line in enumerate(cover.lines):
        laid = words(line, look["coverline"], parent.add("P"), setting, column)
        strips += spaced(laid, look.unit * 3 if index == 0 else 0.0)
    strips.append(Strip(look.unit * 2, nothing))
    return strips


def lowered(strips: Sequence[Strip], look: Look) -> list[Strip]:
    """Return the first page's strips with room above, as much as there is up to a measure."""
    strips = settled(strips, look.height - 12 * mm)
    taken = sum(strip.before + strip.height for strip in strips)
    above = min((38 if look.large else 62) * mm, max(look.height - taken, 12 * mm))
    return [Strip(above, nothing, keep=True), *strips]


@dataclass(frozen=True, slots=True)
class Entry:
    """Draws the last line of a contents entry: words, leader and page number, all one link."""

    line: Line
    key: str
    numbers: Mapping[str, int]
    style: Style
    width: float
    colour: str
    element: Element

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        style = self.style
        baseline = top - baseline_of(style)
        lines.draw(canvas, self.line, style, self.element, (x, baseline))
        number = str(self.numbers.get(self.key, ""))
        wide = lines.width(number, style.family, style.size)
        with canvas.within(self.element):
            canvas.text(
                x + self.width, baseline, number, face=style.family, size=style.size,
                color=style.colour, align="right",
            )  # fmt: skip
        start, end = x + self.line.width + 8, x + self.width - wide - 8
        if end > start:
            with canvas.artifact():
                canvas.saveState()
                canvas.setStrokeColor(RULE)
                canvas.setLineWidth(1)
                canvas.setLineCap(1)
                canvas.setDash([0.01, 5])
                canvas.line(end, baseline + 1, start, baseline + 1)
                canvas.restoreState()
        box = (x, baseline - 4, x + self.width, baseline + style.size)
        canvas.link(box, self.key, f"{_said(self.line)}, page {number}", self.element)


def _said(line: Line) -> str:
    return "".join(bit.text for bit in line.bits).strip()


def contents_strips(
    titles: Sequence[tuple[str, str]], numbers: Mapping[str, int], setting: Setting, parent: Element
) -> list[Strip]:
    """Lay out the contents; page numbers are looked up in `numbers` when they are drawn."""
    look = setting.look
    style = look["body"]
    setting.level = 1
    heading = parent.add("H1")
    strips = words("Contents", look["h1"], heading, setting, Column(look.width))
    strips = [replace(strip, keep=True) for strip in strips]
    toc = parent.add("TOC")
    for index, (key, title) in enumerate(titles):
        link = toc.add("TOCI").add("Reference").add("Link")
        laid = lines.broken((gate.Span(title),), style, look.width - 4 * style.size)
        wrapped = laid[:-1]
        strips += spaced(
            [
                *[Strip(style.leading, _Plain(line, style, link), keep=True) for line in wrapped],
                Strip(
                    style.leading,
                    Entry(laid[-1], key, numbers, style, look.width, look.accent, link),
                ),
            ],
            look.unit * 2 if index == 0 else look.unit,
        )
    return strips


@dataclass(frozen=True, slots=True)
class _Plain:
    """Draws a line of an entry that is not its last."""

    line: Line
    style: Style
    element: Element

    def __call__(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it."""
        lines.draw(canvas, self.line, self.style, self.element, (x, top - baseline_of(self.style)))


def top_of(page: Page, look: Look) -> float:
    """Return the height at which the text area of a page begins."""
    if page.foreign is not None:
        return _foreign_page(page.foreign)[1]
    return float(A4[1]) - look.top


def draw(
    canvas: TaggedCanvas,
    page: Page,
    document: Document,
    look: Look,
    *,
    first: bool,
    of: tuple[int, int],
) -> None:
    """Draw one page with what stands round its text; `of` is its number and how many there are."""
    numbered = f"Page {of[0]} of {of[1]}"
    if page.foreign is not None and page.element is not None:
        _draw_foreign(canvas, page.foreign, page.element)
        _foot(canvas, page, look, numbered)
        canvas.showPage()
        return
    canvas.setPageSize(A4)
    if page.bare:
        _cover_furniture(canvas, document, look)
    elif document.furniture:
        if not (page.letter or page.blank):
            _head(canvas, page, first=first, document=document, look=look)
        if of[1] > 1:
            _foot(canvas, page, look, numbered)
    if page.blank:
        _blank(canvas, look)
    draw_page(canvas, page, look, top_of(page, look))
    canvas.showPage()


def canvas_width(page: Page) -> float:
    """Return the width of the page as printed."""
    return _foreign_page(page.foreign)[0] if page.foreign else float(A4[0])


def _blank(canvas: TaggedCanvas, look: Look) -> None:
    with canvas.artifact():
        style = look["quiet"]
        canvas.text(
            A4[0] / 2, A4[1] / 2, "This page is left blank", face=style.family, size=style.size,
            color=QUIET, align="centre",
        )  # fmt: skip


def _fitted(text: str, face: str, size: float, room: float) -> str:
    """Return text cut with an ellipsis where it is wider than its room."""
    if lines.width(text, face, size) <= room:
        return text
    while text and lines.width(text + "…", face, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _titled(title: str, style: Style, room: float) -> str:
    """Return a paper's title, without its date or with its first words only where room is short."""
    for said in (title, title.rpartition(", ")[0], title.partition(":")[0]):
        if said and lines.width(said, style.family, style.size) <= room:
            return said
    return _fitted(title, style.family, style.size, room)


def _head(canvas: TaggedCanvas, page: Page, *, first: bool, document: Document, look: Look) -> None:
    style = look["head"]
    baseline = A4[1] - _HEAD
    left, right = look.left, A4[0] - look.right
    bold = f"{style.family}-Bold"
    branch, title = gate.line(document.brand.branch), gate.line(document.title)
    room = right - left
    section = "" if page.head == title else page.head
    with canvas.artifact("Header"):
        name = _fitted(branch, bold, style.size, room * 0.4)
        x = left + canvas.text(left, baseline, name, face=bold, size=style.size, color=look.accent)
        if section:
            shown = _fitted(section, style.family, style.size, room * 0.36)
            room -= lines.width(shown, style.family, style.size) + 12
            canvas.text(
                right,
                baseline,
                shown,
                face=style.family,
                size=style.size,
                color=QUIET,
                align="right",
            )
        paper = _titled(title, style, left + room - x - 8)
        canvas.text(x + 8, baseline, paper, face=style.family, size=style.size, color=QUIET)
        canvas.setStrokeColor(look.accent if first else RULE)
        canvas.setLineWidth(1.5 if first else 0.5)
        canvas.line(left, baseline - 6, right, baseline - 6)


def _foot(canvas: TaggedCanvas, page: Page, look: Look, numbered: str) -> None:
    style = look["head"]
    long = lines.width(numbered, style.family, style.size)
    right = canvas_width(page) - look.right
    foreign = page.foreign
    with canvas.artifact("Footer"):
        if foreign is not None:
            canvas.setFillColor("#FFFFFF")
            canvas.rect(right - long - 6, _FOOT - 5, long + 12, style.size + 8, stroke=0, fill=1)
        if foreign is not None and foreign.picture is not None:
            said = "A picture of the page: not all its fonts are embedded."
            wide = lines.width(said, style.family, style.size)
            canvas.rect(look.left - 6, _FOOT - 5, wide + 12, style.size + 8, stroke=0, fill=1)
            canvas.text(look.left, _FOOT, said, face=style.family, size=style.size, color=QUIET)
        canvas.text(
            right,
            _FOOT,
            numbered,
            face=style.family,
            size=style.size,
            color=style.colour,
            align="right",
        )


def _cover_furniture(canvas: TaggedCanvas, document: Document, look: Look) -> None:
    left, right = look.left, A4[0] - look.right
    style = look["brand"]
    baseline = A4[1] - 26 * mm
    with canvas.artifact():
        canvas.setFillColor(look.accent)
        canvas.rect(left, A4[1] - 18 * mm, right - left, 4, stroke=0, fill=1)
        name = _fitted(
            gate.line(document.brand.branch), f"{style.family}-Bold", style.size, right - left
        )
        canvas.text(
            left, baseline, name, face=f"{style.family}-Bold", size=style.size, color=look.accent
        )


def _foreign_page(foreign: Foreign) -> tuple[float, float]:
    """Return the size of the page a foreign one is put on: A4, upright or across."""
    return (A4[1], A4[0]) if foreign.width > foreign.height * 1.05 else (A4[0], A4[1])


def _draw_foreign(canvas: TaggedCanvas, foreign: Foreign, element: Element) -> None:
    width, height = _foreign_page(foreign)
    canvas.setPageSize((width, height))
    whole = (
        abs(foreign.width / width - 1) < _NEAR_A4 and abs(foreign.height / height - 1) < _NEAR_A4
    )
    margin = 0.0 if whole else _FRAME
    below = 0.0 if whole else _FOOT + 6 * mm
    scale = min((width - 2 * margin) / foreign.width, (height - margin - below) / foreign.height)
    wide, tall = foreign.width * scale, foreign.height * scale
    x = (width - wide) / 2
    y = below + (height - margin - below - tall) / 2
    with canvas.within(element):
        if foreign.picture is not None:
            canvas.drawImage(reader(foreign.picture), x, y, wide, tall)
        else:
            canvas.foreign_page(foreign.pdf, foreign.index, (scale, 0, 0, scale, x, y))
