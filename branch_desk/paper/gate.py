"""The one gate for text: everything a user wrote goes through here before it is set in type.

`clean` makes plain text safe to set. `parse` reads Markdown and keeps only what we print:
paragraphs, headings, lists, quotations, bold, italic, struck and inserted words, and links to http,
https and mailto. HTML and pictures come out as the text that was typed; nothing is ever fetched.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_SCHEMES = frozenset({"http", "https", "mailto"})
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\ufeff\ufffe\uffff\u2028\u2029\u200b\u2060\u00ad"
_CONTROL = "".join(chr(code) for code in (*range(9), *range(11, 32), *range(127, 160)))
_DROPPED: dict[int, str | None] = dict.fromkeys(map(ord, _BIDI + _INVISIBLE + _CONTROL))
_DROPPED[ord("\t")] = " "
_DROPPED[ord("\r")] = None
_INSERTED = re.compile(r"\+\+(?=\S)(.+?)(?<=\S)\+\+")
_SURROGATES = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=32_768)
def clean(text: str) -> str:
    """Return text fit to be set: composed, no control characters, no overrides of direction."""
    if text.isascii() and text.isprintable():
        return text
    whole = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    whole = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", whole)
    return unicodedata.normalize("NFC", whole.translate(_DROPPED))


def line(text: str) -> str:
    """Return text as one line."""
    return " ".join(clean(text).split())


def address(target: str) -> str:
    """Return a link's target if it may be linked to, else an empty string."""
    target = line(target).replace(" ", "")
    try:
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        return ""
    return target if scheme in _SCHEMES and target.isascii() else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one manner; `link` is where it leads."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    inserted: bool = False
    link: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quote` counts the quotations it stands in, `gap` the blank lines above it."""

    spans: Spans
    quote: int = 0
    gap: int = 1


@dataclass(frozen=True, slots=True)
class Title:
    """A heading a user wrote, level 1 to 3 as printed (never a section's own)."""

    spans: Spans
    level: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list: its mark ("•", "3."), what it says and the lists inside it."""

    mark: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `ordered` if its items are numbered."""

    entries: tuple[Entry, ...]
    ordered: bool = False


Part: TypeAlias = Paragraph | Title | Listing


def plain(text: str) -> tuple[Paragraph, ...]:
    """Return plain text as paragraphs, split at blank lines; single line ends are kept.

    More blank lines than one leave room, as above a signature.
    """
    made: list[Paragraph] = []
    gap = 0
    for piece in re.split(r"\n[ ]*(?=\n)", clean(text)):
        if words := piece.strip("\n"):
            made.append(Paragraph((Span(words),), gap=max(gap, 1)))
            gap = 0
        gap += 1
    return tuple(made)


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 100})
    reader.enable("strikethrough")
    return reader.disable(
        ["image", "code", "fence", "html_block", "html_inline", "entity"], ignoreInvalid=True
    )


_READER = _markdown()


@lru_cache(maxsize=2_048)
def parse(text: str) -> tuple[Part, ...]:
    """Return what a user's Markdown says, as parts to lay out."""
    return tuple(_Reading(_READER.parse(clean(text))).parts())


class _Reading:
    """Walks markdown-it's flat list of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def parts(self, end: str = "", quote: int = 0) -> Iterator[Part]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                return
            yield from self._part(token, quote)

    def _part(self, token: Token, quote: int) -> Iterator[Part]:
        if token.type == "inline":
            yield Paragraph(tuple(spans(token.children or ())), quote)
        elif token.type == "heading_open":
            inline = self._tokens[self._at]
            self._at += 2
            level = min(int(token.tag[1]) + 1, 3)
            yield Title(tuple(spans(inline.children or ())), level)
        elif token.type == "blockquote_open":
            yield from self.parts("blockquote_close", quote + 1)
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            yield self._listing(
                ordered=token.type == "ordered_list_open", start=token.attrGet("start")
            )

    def _listing(self, *, ordered: bool, start: str | float | None) -> Listing:
        number = int(start) if start is not None else 1
        entries: list[Entry] = []
        while self._tokens[self._at].type == "list_item_open":
            self._at += 1
            mark = f"{number + len(entries)}." if ordered else "\N{BULLET}"
            entries.append(Entry(mark, tuple(self.parts("list_item_close"))))
        self._at += 1
        return Listing(tuple(entries), ordered)


def spans(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the stretches of a paragraph's inline tokens."""
    manner = Span("")
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield replace(manner, text=" " if token.type == "softbreak" else "\n")
        elif token.nesting == 0:
            yield from _inserted(token.content, manner)
        else:
            manner = _manner(manner, token)


def _inserted(text: str, manner: Span) -> Iterator[Span]:
    """Yield text with what stands between pairs of plus signs as inserted words."""
    for index, piece in enumerate(_INSERTED.split(text)):
        if piece:
            yield replace(manner, text=piece, inserted=index % 2 == 1)


def _manner(manner: Span, token: Token) -> Span:
    on = token.nesting == 1
    if token.tag == "strong":
        return replace(manner, bold=on)
    if token.tag == "em":
        return replace(manner, italic=on)
    if token.tag == "s":
        return replace(manner, struck=on)
    if token.tag == "a":
        return replace(manner, link=address(str(token.attrGet("href") or "")) if on else "")
    return manner
