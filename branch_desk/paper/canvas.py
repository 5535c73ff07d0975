"""A ReportLab canvas that tags what is drawn on it.

    canvas = TaggedCanvas("Come to the hall", page_size=A5)
    with canvas.tagged("H1"):
        canvas.text(40, 500, "Come to the hall", face="Barlow-ExtraBold", size=44)
    with canvas.figure("A crowd in front of the library"):
        canvas.drawImage(picture, 0, 300, 420, 200)
    with canvas.artifact():
        canvas.rect(0, 0, 420, 30, stroke=0, fill=1)
    pdf = canvas.finish()

Everything of ReportLab's `Canvas` works on it. What is drawn inside `tagged` belongs to that
element of the structure tree, whatever is drawn outside of any is an artifact, so nothing can be
left unmarked.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from branch_desk.paper import archive, fonts, shaping
from branch_desk.paper.structure import Annotated, Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_ARTIFACT = Element("Artifact")
rl_config.useA85 = 0


@cache
def _fill(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.4g} {green:.4g} {blue:.4g} rg"


class TaggedCanvas(Canvas):  # type: ignore[misc] # ReportLab ships no types
    """A canvas whose PDF is tagged, and unless `press` also PDF/UA-1 and PDF/A-2a.

    `page_size` is in points. `press` makes a print shop's file: tagged, but without the output
    intent and the claims that CMYK colours would break.
    """

    def __init__(
        self,
        title: str,
        lang: str = "en-GB",
        page_size: tuple[float, float] = A4,
        *,
        author: str = "",
        subject: str = "",
        made_on: date | None = None,
        press: bool = False,
    ) -> None:
        self._out = BytesIO()
        first = fonts.face("Inter")
        self._marking = False
        super().__init__(
            self._out,
            pagesize=page_size,
            invariant=1,
            pageCompression=1,
            initialFontName=first,
            pdfVersion=(1, 7),
        )
        self.about = archive.About(title, lang, author, subject, made_on)
        self.root = Element("Document")
        self.places: dict[str, archive.Place] = {}
        self.bookmarks: list[archive.Bookmark] = []
        self.forms: dict[str, archive.Form] = {}
        self.press = press
        self._links: list[archive.Link] = []
        self._link_counts: dict[int, int] = {}
        self._stack: list[Element] = [self.root]
        self._owner = _ARTIFACT
        self._kind = ""
        self._start = 0
        self._mcid = 0
        self._last: tuple[Element, int] | None = None
        self._subsets: dict[tuple[str, int], str] = {}
        self._silenced = 0
        self._marking = True

    @property
    def page_index(self) -> int:
        """The page being drawn, from 0."""
        return int(self.getPageNumber()) - 1

    @property
    def current(self) -> Element:
        """The element that what is drawn now belongs to, or its nearest ancestor."""
        return self._stack[-1]

    @contextmanager
    def tagged(
        self, tag: str, *, alt: str = "", scope: str = "", numbering: str = "", actual: str = ""
    ) -> Iterator[Element]:
        """Draw what follows as a new element under the current one.

        `tag` is a standard structure type: H1 to H6, P, L, LI, Lbl, LBody, Table, TR, TH, TD,
        Figure, Link, Span, Sect. Elements nest; one that only holds others is not marked on the
        page.
        """
        if self._silenced:
            yield Element(tag)
            return
        element = self.current.add(tag, alt=alt, scope=scope, numbering=numbering)
        element.actual = actual
        with self.within(element):
            yield element

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Draw what follows as (more of) an element that is already in the tree."""
        if self._silenced:
            yield
            return
        before = (self._owner, self._kind)
        self._switch(element)
        self._stack.append(element)
        try:
            yield
        finally:
            self._stack.pop()
            self._switch(*before)

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Draw what follows as decoration that is not read out.

        `kind` is "Header" or "Footer" for running heads and feet.
        """
        before = (self._owner, self._kind)
        self._switch(_ARTIFACT, kind)
        try:
            yield
        finally:
            self._switch(*before)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Draw what follows as an artifact, whatever it is tagged as inside."""
        with self.artifact():
            self._silenced += 1
            try:
                yield
            finally:
                self._silenced -= 1

    @contextmanager
    def figure(self, alt: str) -> Iterator[Element]:
        """Draw what follows as a picture that is described by `alt`."""
        with self.tagged("Figure", alt=alt or "Picture") as element:
            yield element

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        face: str = "Inter",
        size: float = 10.5,
        color: Any = None,  # noqa: ANN401 - any colour ReportLab takes
        align: str = "left",
    ) -> float:
        """Draw one line of text at a baseline, with fallback faces; return its width in points.

        `align` is "left", "right" or "centre" of `x`. `color` as for `setFillColor`; the current
        fill colour if None.
        """
        if isinstance(color, str) and color.startswith("#"):
            self.ink(color)
        elif color is not None:
            self.setFillColor(color)
        if shaping.is_arabic(text):
            return self._text_both_ways((x, y), text, face, size, align)
        long = fonts.width(text, face, size)
        x -= {"left": 0.0, "right": long, "centre": long / 2}[align]
        self._code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm")
        for one, piece in fonts.runs(text, face):
            self.show(piece, one, size)
        self._code.append("ET")
        return long

    def _text_both_ways(
        self, at: tuple[float, float], text: str, face: str, size: float, align: str
    ) -> float:
        words = [
            piece for word in re.split(r"(\s+)", text) for piece in shaping.pieces(word) if piece
        ]
        arabic = shaping.face(face)
        widths = [
            shaping.width(word, arabic, size)
            if shaping.is_arabic(word)
            else fonts.width(word, face, size)
            for word in words
        ]
        long = sum(widths)
        x = at[0] - {"left": 0.0, "right": long, "centre": long / 2}[align]
        self._code.append("BT")
        for index in shaping.visual_order(words)[0]:
            self._code.append(f"1 0 0 1 {x:.2f} {at[1]:.2f} Tm")
            if shaping.is_arabic(words[index]):
                self.show_shaped((x, at[1]), words[index], arabic, size)
            else:
                for one, piece in fonts.runs(words[index], face):
                    self.show(piece, one, size)
            x += widths[index]
        self._code.append("ET")
        return long

    def show_shaped(self, at: tuple[float, float], word: str, face: str, size: float) -> None:
        """Append operators for one joined word that begins at `at`; only inside BT and ET."""
        x, y = at
        with self.said(word):
            for glyph in shaping.shaped(word, face):
                right, up = glyph.right * size * 0.001, glyph.up * size * 0.001
                self._code.append(f"1 0 0 1 {x + right:.2f} {y + up:.2f} Tm")
                self.show(glyph.character, face, size)
                x += glyph.advance * size * 0.001

    @contextmanager
    def said(self, words: str) -> Iterator[None]:
        """Say what the glyphs appended next stand for, where their places do not tell."""
        text = ("\ufeff" + words).encode("utf-16-be").hex()
        self._code.append(f"/Span <</ActualText <{text}>>> BDC")
        yield
        self._code.append("EMC")

    def show(self, piece: str, face: str, size: float) -> None:
        """Append text operators for characters that `face` has; only inside BT and ET."""
        font: Any = pdfmetrics.getFont(face)
        for subset, codes in font.splitString(piece, self._doc):
            name = self._subsets.get((face, subset))
            if name is None:
                name = font.getSubsetInternalName(subset, self._doc)
                self._subsets[face, subset] = name
            self._code.append(f"{name} {size:g} Tf <{codes.hex()}> Tj")

    def ink(self, colour: str) -> None:
        """Fill in a colour given as #RRGGBB; faster than `setFillColor`, which parses any form."""
        self._code.append(_fill(colour))

    def operators(self, code: str) -> None:
        """Append raw content-stream operators."""
        self._code.append(code)

    def link(
        self, box: tuple[float, float, float, float], target: str, words: str, element: Element
    ) -> None:
        """Make a box (x0, y0, x1, y1, page points) clickable as part of a Link element.

        `target` is a key given to `place`, or an address such as "https://…"; `words` is what it
        says.
        """
        if self._silenced:
            return
        page = self.page_index
        index = self._link_counts.get(page, 0)
        self._link_counts[page] = index + 1
        self._links.append(archive.Link(page, box, target, words))
        element.kids.append(Annotated(page, index))

    def place(self, key: str, top: float) -> None:
        """Name a place on the current page for links and bookmarks."""
        self.places[key] = archive.Place(self.page_index, top)

    def bookmark(self, title: str, key: str, level: int = 0) -> None:
        """Add an entry to the outline that leads to a named place."""
        self.bookmarks.append(archive.Bookmark(title, key, level))

    def foreign_page(self, pdf: bytes, index: int, matrix: Sequence[float]) -> None:
        """Draw a page of another PDF through a matrix (a, b, c, d, e, f)."""
        name = f"Page{len(self.forms) + 1}"
        self.forms[name] = archive.Form(self.page_index, pdf, index)
        numbers = " ".join(f"{number:.4f}" for number in matrix)
        self._code.append(f"q {numbers} cm /{name} Do Q")

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """End the page; marks and tags start afresh on the next."""
        self._close()
        self._marking = False
        super().showPage()
        self._marking = True
        self._mcid = 0
        self._start = len(self._code)
        self._last = None

    def beginForm(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401, N802
        """Begin a form; what it holds is tagged where it is drawn."""
        self._close()
        self._marking = False
        self._silenced += 1
        super().beginForm(*arguments, **options)

    def endForm(self, **extra: Any) -> None:  # noqa: ANN401, N802
        """End a form and go back to the page."""
        super().endForm(**extra)
        self._silenced -= 1
        self._marking = True
        self._start = len(self._code)
        self._last = None

    def finish(self) -> bytes:
        """Return the whole file; the canvas must not be used afterwards."""
        if len(self._code):
            self.showPage()
        with fonts.LOCK:
            self.save()
        return archive.finish(
            self._out.getvalue(),
            self.root,
            self.about,
            links=self._links,
            places=self.places,
            bookmarks=self.bookmarks,
            forms=self.forms,
            archival=not self.press,
        )

    def _switch(self, owner: Element, kind: str = "") -> None:
        self._close()
        self._owner, self._kind = owner, kind

    def _close(self) -> None:
        """Wrap what was drawn since the last switch in the marks of its owner."""
        if not self._marking or len(self._code) <= self._start:
            return
        code, start, owner = self._code, self._start, self._owner
        if owner is not _ARTIFACT and self._last == (owner, start):
            del code[start - 1]
        elif owner is _ARTIFACT:
            kind = f"<</Type /Pagination /Subtype /{self._kind}>> BDC" if self._kind else "BMC"
            code.insert(start, f"/Artifact {kind}")
        else:
            code.insert(start, f"/{owner.tag} <</MCID {self._mcid}>> BDC")
            owner.mark(self.page_index, self._mcid)
            self._mcid += 1
        code.append("EMC")
        self._start = len(code)
        self._last = (owner, self._start)
