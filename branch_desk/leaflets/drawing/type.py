"""Setting type: how wide words are with kerning, and where lines break; sizes in points."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import uharfbuzz as hb

from branch_desk.paper import fonts, shaping
from branch_desk.paper.forgetting import let_go
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FACES = {"display": "Barlow-ExtraBold", "bold": "Atkinson-Bold", "regular": "Atkinson"}
"""The cuts of the two families a leaflet uses, by the names layouts give them."""
_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False, "dlig": False}
_STOPS = (".", "!", "?")
_STRANDED = 0.15
"""What a line costs that ends with a sentence's first word, or a last line that is hardly one."""
_SHORT = 0.3
_SPLIT_AFTER = "/-.@_?&=,;"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one face; `kerns` is what follows each of them, in thousandths of the size."""

    face: str
    text: str
    kerns: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word ready to be drawn; `width` in thousandths of the size."""

    text: str
    pieces: tuple[Piece, ...]
    width: float


@let_go
@lru_cache(maxsize=8192)
def word(text: str, face: str) -> Word:
    """Return a word with its kerning, in fallback faces where it needs them.

    A word of a script that joins its letters has a width and no pieces: the canvas shapes it.
    """
    if shaping.is_arabic(text):
        return Word(text, (), shaping.width(text, shaping.face(face), 1000))
    pieces = []
    width = 0.0
    for one, part in fonts.runs(text, face):
        kerns = _kerns(part, one)
        pieces.append(Piece(one, part, kerns))
        width += fonts.metrics(one).width(part, 1000) + sum(kerns)
    return Word(text, tuple(pieces), width)


def space(face: str) -> float:
    """Return the width of the space between words, in thousandths of the size."""
    return fonts.metrics(face).widths[" "]


def width(text: str, face: str, size: float) -> float:
    """Return the width of a line."""
    return (
        _line_width([word(each, face).width for each in text.split(" ")], space(face)) * size / 1000
    )


@let_go
@lru_cache(maxsize=4096)
def lines(
    text: str, face: str, size: float, measure: float, *, even: bool = False, sense: bool = False
) -> tuple[str, ...]:
    """Break text into lines no wider than `measure`, keeping its own line ends.

    `even` makes lines of like length without needing more of them, `sense` full lines that leave no
    sentence's first word behind and no single word at the end. A word wider than the measure is
    cut, at a sign that addresses break at where it has one.
    """
    room = max(measure, size) * 1000 / size
    broken = _even if even else _sensible if sense else _greedy
    done: list[str] = []
    for paragraph in text.split("\n"):
        done += broken(paragraph, face, room)
    return tuple(done)


def fitting(text: str, face: str, count: int, measure: float) -> float:
    """Return the largest size at which text takes no more than `count` lines with no word cut."""
    narrowest = _narrowest(_widths(text, face), space(face), count)
    return measure * 1000 / narrowest if narrowest else 0.0


def _widths(text: str, face: str) -> tuple[float, ...]:
    return tuple(word(each, face).width for each in text.split())


def _line_width(widths: Sequence[float], gap: float) -> float:
    return sum(widths) + gap * (len(widths) - 1)


def _count(widths: Sequence[float], gap: float, room: float) -> int:
    """Return how many lines greedy breaking makes of words."""
    count, used = 1, -gap
    for each in widths:
        if used + gap + each > room and used >= 0:
            count, used = count + 1, each
        else:
            used += gap + each
    return count


@let_go
@lru_cache(maxsize=1024)
def _narrowest(widths: tuple[float, ...], gap: float, count: int) -> float:
    """Return the narrowest measure that holds words in `count` lines: the widest of even lines."""
    low, high = max(widths, default=0.0), _line_width(widths, gap)
    if not widths or count >= len(widths):
        return low
    while high - low > 0.5:
        middle = (low + high) / 2
        if _count(widths, gap, middle) <= count:
            high = middle
        else:
            low = middle
    return high


def _even(text: str, face: str, room: float) -> list[str]:
    greedy = _greedy(text, face, room)
    if len(greedy) < 2:
        return greedy
    widths = tuple(word(each, face).width for each in " ".join(greedy).split(" "))
    even = _greedy(" ".join(greedy), face, _narrowest(widths, space(face), len(greedy)) + 0.01)
    return even if len(even) == len(greedy) else greedy


def _sensible(text: str, face: str, room: float) -> list[str]:
    """Break running text at the least cost into as many lines as it needs anyhow."""
    greedy = _greedy(text, face, room)
    words = " ".join(greedy).split(" ")
    widths = [word(each, face).width for each in words]
    # By how many words are set: what the lines so far cost, and where each of them ends.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in greedy:
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end, long in _within(widths, start, space(face), room):
                own = _cost(words, start, end, long / room)
                if end not in reached or cost + own < reached[end][0]:
                    reached[end] = (cost + own, (*ends, end))
        best = reached
    if len(words) not in best:
        return greedy
    ends = best[len(words)][1]
    return [" ".join(words[start:end]) for start, end in itertools.pairwise((0, *ends))]


def _within(
    widths: Sequence[float], start: int, gap: float, room: float
) -> Iterator[tuple[int, float]]:
    """Yield where a line that begins with a word may end, and how wide it is then."""
    long = -gap
    for end in range(start + 1, len(widths) + 1):
        long += gap + widths[end - 1]
        if long > room:
            return
        yield end, long


def _cost(words: Sequence[str], start: int, end: int, full: float) -> float:
    """Return how ill a line reads: `full` is the part of the measure it fills."""
    if end == len(words):
        return _STRANDED if full < _SHORT else 0.0
    cost = (1 - full) ** 2
    if end - start > 1 and words[end - 2].endswith(_STOPS):
        cost += _STRANDED
    return cost + (_STRANDED / 3 if words[start].endswith(_STOPS) else 0.0)


def _greedy(text: str, face: str, room: float) -> list[str]:
    gap = space(face)
    done: list[str] = []
    current: list[str] = []
    used = -gap
    for each in text.split():
        for part in _cut(each, face, room):
            long = word(part, face).width
            if current and used + gap + long > room:
                done.append(" ".join(current))
                current, used = [], -gap
            current.append(part)
            used += gap + long
    if current or not done:
        done.append(" ".join(current))
    return done


@let_go
@lru_cache(maxsize=4096)
def _cut(text: str, face: str, room: float) -> tuple[str, ...]:
    """Return a word whole where it fits, else in the fewest parts that do."""
    if word(text, face).width <= room:
        return (text,)
    parts = []
    rest = text
    while rest:
        long = _longest(rest, face, room)
        if long < len(rest):
            sign = max(rest.rfind(mark, 0, long) for mark in _SPLIT_AFTER) + 1
            long = sign if sign > long // 3 else long
        parts.append(rest[:long])
        rest = rest[long:]
    return tuple(parts)


def _longest(text: str, face: str, room: float) -> int:
    """Return how many characters from the start fit into the room: one at least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if word(text[:middle], face).width <= room:
            low = middle
        else:
            high = middle - 1
    return low


@let_go
@lru_cache(maxsize=1024)
def clear_leading(broken: tuple[tuple[float, str], ...], face: str, size: float) -> float:
    """Return the least leading, in sizes, at which no tail of a line touches what stands under it.

    `broken` is where each line begins and what it says. Close-set headlines need it: a j above a ź.
    """
    needed = 0.0
    for (left, upper), (right, lower) in itertools.pairwise(broken):
        tails = [each for each in _outlines(upper, face, left * 1000 / size) if each[2] < -40]
        if not tails:
            continue
        heads = _outlines(lower, face, right * 1000 / size)
        for start, end, low, _ in tails:
            for begin, stop, _, high in heads:
                if start - 25 < stop and begin - 25 < end:
                    needed = max(needed, high - low)
    return (needed + 45) / 1000 if needed else 0.0


def _outlines(text: str, face: str, start: float) -> list[tuple[float, float, float, float]]:
    """Return left, right, lowest, highest of each letter of a line, in thousandths of the size."""
    found = []
    x = start
    for index, each in enumerate(text.split(" ")):
        x += space(face) if index else 0.0
        for piece in word(each, face).pieces:
            widths = fonts.metrics(piece.face).widths
            for character, kern in zip(piece.text, piece.kerns, strict=True):
                low, high = _extent(character, piece.face)
                found.append((x, x + widths[character], low, high))
                x += widths[character] + kern
    return found


@let_go
@lru_cache(maxsize=4096)
def _extent(character: str, face: str) -> tuple[float, float]:
    """Return how far a letter reaches under and over its line, in thousandths of the size."""
    font, scale = _font(face)
    glyph = font.get_nominal_glyph(ord(character))
    shape = font.get_glyph_extents(glyph) if glyph else None
    if shape is None:
        return 0.0, 0.0
    return (shape.y_bearing + shape.height) * scale, shape.y_bearing * scale


@cache
def _font(face: str) -> tuple[Any, float]:
    blob = hb.Blob.from_file_path(str(resource("fonts", fonts.FILES[face] + ".ttf")))
    found = hb.Face(blob)
    return hb.Font(found), 1000 / found.upem


def _kerns(text: str, face: str) -> tuple[float, ...]:
    """Return the kerning after each character; none where a script joins its letters."""
    if face.startswith("Naskh") or len(text) < 2:
        return (0.0,) * len(text)
    font, scale = _font(face)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.cluster_level = hb.BufferClusterLevel.CHARACTERS
    hb.shape(font, buffer, _FEATURES)
    if [info.cluster for info in buffer.glyph_infos] != list(range(len(text))):
        return (0.0,) * len(text)
    widths = fonts.metrics(face).widths
    # A hair's breadth of rounding between the two tables of widths is no kerning.
    kerns = (
        round(position.x_advance * scale - widths[character])
        for position, character in zip(buffer.glyph_positions, text, strict=True)
    )
    return tuple(0.0 if abs(kern) < 2 else float(kern) for kern in kerns)
