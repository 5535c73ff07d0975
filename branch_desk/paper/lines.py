"""Breaking text into lines: kept by content, so that only what changed is broken again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from branch_desk.paper import fonts, shaping

if TYPE_CHECKING:
    from branch_desk.paper.canvas import TaggedCanvas
    from branch_desk.paper.fonts import Family
    from branch_desk.paper.gate import Span, Spans
    from branch_desk.paper.structure import Element

_WORDS = re.compile(r"\n|[^\S\n\u00a0]+|[^ \n\t]+")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TIED = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]?) (?=\d[A-Z]{2}\b)"  # a postcode
    r"|(?<=\w) (?=[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b)"  # and the town before it
    r"|\b(\d{1,2}(?:\.\d\d)?) (?=[ap]m\b)"  # an hour
    rf"|\b(\d{{1,2}}) (?=(?:{_MONTHS})[a-z]*\b)"  # a day
    rf"|\b((?:{_MONTHS})[a-z]*) (?=\d{{4}}\b)"  # and its year
    r"|\b([Cc]lause|[Mm]otion|Mrs?|Ms|Dr) (?=[\dA-Z])"
)
_GOOD_BREAK = re.compile(r"[-/_.@?&=:,;\u00a0]")
LINK_COLOUR = "#0B4F8A"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; lengths in points, `colour` as #RRGGBB."""

    family: Family
    size: float
    leading: float
    bold: bool = False
    colour: str = "#1A1A1A"
    face: str = ""
    align: str = "left"
    tabular: bool = False


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of one line in one face, at `x` from the line's start."""

    text: str
    face: str
    x: float
    width: float
    link: str = ""
    struck: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One laid-out line; `width` without the space that may end it.

    `from_right` marks a line of right-to-left script, which begins at the right.
    """

    bits: tuple[Bit, ...]
    width: float
    from_right: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a word that is drawn in one go."""

    text: str
    face: str
    width: float
    span: Span


def _face(style: Style, span: Span) -> str:
    if style.face and not (span.bold or span.italic):
        return style.face
    return fonts.face(style.family, bold=style.bold or span.bold, italic=span.italic)


def width(text: str, face: str, size: float, *, tabular: bool = False) -> float:
    """Return the width of text; with `tabular` every digit is as wide as the widest."""
    if not tabular:
        return fonts.width(text, face, size)
    digit = fonts.width("0", face, size)
    return sum(digit if c.isdigit() and c.isascii() else fonts.width(c, face, size) for c in text)


@lru_cache(maxsize=32_768)
def broken(spans: Spans, style: Style, measure: float) -> tuple[Line, ...]:
    """Return the lines of a paragraph set within `measure` points."""
    return tuple(_Breaker(style, measure).lines(spans))


def tied(text: str) -> str:
    """Return text with the spaces no line may end at: in a postcode, before pm, before a month."""
    return _TIED.sub(lambda found: found[0][:-1] + "\N{NO-BREAK SPACE}", text)


class _Breaker:
    """Fills lines greedily, ragged right, and cuts what is wider than a line."""

    def __init__(self, style: Style, measure: float) -> None:
        self._style = style
        self._measure = measure
        self._lines: list[Line] = []
        self._row: list[_Piece] = []
        self._word: list[_Piece] = []
        self._row_width = 0.0
        self._word_width = 0.0

    def lines(self, spans: Spans) -> list[Line]:
        for span in spans:
            face = _face(self._style, span)
            for word in _WORDS.findall(tied(span.text)):
                self._take(word, face, span)
        self._end_word()
        if self._row or not self._lines:
            self._end_line()
        return self._lines

    def _take(self, word: str, face: str, span: Span) -> None:
        if word == "\n":
            self._end_word()
            self._end_line()
        elif word.isspace() and "\u00a0" not in word:
            self._end_word()
            if self._row:
                long = fonts.width(" ", face, self._style.size)
                self._row.append(_Piece(" ", face, long, span))
                self._row_width += long
        else:
            for text in shaping.pieces(word):
                self._add(text, face, span)

    def _add(self, text: str, face: str, span: Span) -> None:
        if shaping.is_arabic(text):
            face = shaping.face(face)
            long = shaping.width(text, face, self._style.size)
        else:
            long = width(text, face, self._style.size, tabular=self._style.tabular)
        self._word.append(_Piece(text, face, long, span))
        self._word_width += long

    def _end_word(self) -> None:
        if not self._word:
            return
        word, long = self._word, self._word_width
        self._word, self._word_width = [], 0.0
        if self._row and self._row_width + long > self._measure + 0.01:
            self._end_line()
        if long > self._measure + 0.01:
            self._cut(word)
        else:
            self._row += word
            self._row_width += long

    def _cut(self, word: list[_Piece]) -> None:
        """Spread a word wider than a line over lines, after a mark such as / where there is one."""
        size = self._style.size
        for piece in word:
            rest = piece.text
            while rest:
                fits = self._fitting(rest, piece.face)
                if fits == 0 and self._row:
                    self._end_line()
                    continue
                head, rest = rest[: max(fits, 1)], rest[max(fits, 1) :]
                long = width(head, piece.face, size, tabular=self._style.tabular)
                self._row.append(_Piece(head, piece.face, long, piece.span))
                self._row_width += long
                if rest:
                    self._end_line()

    def _fitting(self, text: str, face: str) -> int:
        room = self._measure - self._row_width + 0.01
        used, fits = 0.0, 0
        for fits, character in enumerate(text):  # noqa: B007 - its last value is the answer
            used += fonts.width(character, face, self._style.size)
            if used > room:
                break
        else:
            return len(text)
        marks = [mark.end() for mark in _GOOD_BREAK.finditer(text, 0, fits)]
        return marks[-1] if marks and marks[-1] > fits // 2 else fits

    def _end_line(self) -> None:
        row = self._row
        self._row, self._row_width = [], 0.0
        if any(shaping.is_arabic(piece.text) for piece in row if not piece.text.isascii()):
            self._lines.append(_both_ways(row))
            return
        bits: list[Bit] = []
        x = shown = start = 0.0
        joined = ""
        for index, piece in enumerate(row):
            joined += piece.text
            x += piece.width
            if piece.text != " ":
                shown = x
            if index + 1 == len(row) or not _joins(piece, row[index + 1]):
                bits.append(_bit(joined, start, x - start, piece))
                joined, start = "", x
        self._lines.append(Line(tuple(bits), shown))


def _both_ways(row: list[_Piece]) -> Line:
    """Return a line with right-to-left words: bits in reading order, placed where they are seen."""
    while row and row[-1].text == " ":
        row = row[:-1]
    order, from_right = shaping.visual_order([piece.text for piece in row])
    places = [0.0] * len(row)
    x = 0.0
    for index in order:
        places[index] = x
        x += row[index].width
    bits = [
        _bit(piece.text, place, piece.width, piece)
        for piece, place in zip(row, places, strict=True)
    ]
    return Line(tuple(bits), x, from_right)


def _bit(text: str, x: float, long: float, piece: _Piece) -> Bit:
    span = piece.span
    shown = text.replace("\N{NO-BREAK SPACE}", " ")  # found by searching for a plain space
    return Bit(shown, piece.face, x, long, span.link, span.struck, span.inserted)


def _joins(left: _Piece, right: _Piece) -> bool:
    return left.face == right.face and left.span is right.span


def draw(
    canvas: TaggedCanvas,
    line: Line,
    style: Style,
    element: Element,
    at: tuple[float, float],
) -> None:
    """Draw one line from `at`, on its baseline; links become Link elements under `element`."""
    x, baseline = at
    if not any(bit.link for bit in line.bits):
        with canvas.within(element):
            _draw_bits(canvas, line.bits, style, x, baseline)
    else:
        for bit in line.bits:
            target = element.add("Link") if bit.link else element
            with canvas.within(target):
                _draw_bits(canvas, (bit,), style, x, baseline)
            if bit.link:
                box = (x + bit.x, baseline - 3, x + bit.x + bit.width, baseline + style.size)
                canvas.link(box, bit.link, bit.text.strip() or bit.link, target)
    _rules(canvas, line, style, x, baseline)


def _draw_bits(
    canvas: TaggedCanvas, bits: tuple[Bit, ...], style: Style, x: float, baseline: float
) -> None:
    for bit in bits:
        canvas.ink(LINK_COLOUR if bit.link else style.colour)
        canvas.operators(f"BT 1 0 0 1 {x + bit.x:.2f} {baseline:.2f} Tm")
        if shaping.is_arabic(bit.text):
            canvas.show_shaped((x + bit.x, baseline), bit.text, bit.face, style.size)
        elif style.tabular:
            with canvas.said(bit.text):  # readers would take the space beside a 1 for a blank
                _draw_tabular(canvas, bit, style, x + bit.x, baseline)
        else:
            for face, piece in fonts.runs(bit.text, bit.face):
                canvas.show(piece, face, style.size)
        canvas.operators("ET")


def _draw_tabular(canvas: TaggedCanvas, bit: Bit, style: Style, x: float, baseline: float) -> None:
    """Set digits in the middle of cells of one width, so that columns of figures line up."""
    cell = fonts.width("0", bit.face, style.size)
    for face, piece in fonts.runs(bit.text, bit.face):
        for character in piece:
            own = fonts.width(character, face, style.size)
            digit = character.isdigit() and character.isascii()
            shift = (cell - own) / 2 if digit else 0.0
            canvas.operators(f"1 0 0 1 {x + shift:.2f} {baseline:.2f} Tm")
            canvas.show(character, face, style.size)
            x += cell if digit else own


def _rules(canvas: TaggedCanvas, line: Line, style: Style, x: float, baseline: float) -> None:
    """Draw the lines through and under words, which are artifacts."""
    ruled = [bit for bit in line.bits if bit.link or bit.struck or bit.inserted]
    if not ruled:
        return
    with canvas.artifact():
        for bit in ruled:
            end = min(x + bit.x + bit.width, x + line.width)
            canvas.setStrokeColor(LINK_COLOUR if bit.link else style.colour)
            canvas.setLineWidth(0.5 if bit.link else 0.9)
            rise = style.size * 0.27 if bit.struck else -style.size * 0.16
            canvas.line(x + bit.x, baseline + rise, end, baseline + rise)
