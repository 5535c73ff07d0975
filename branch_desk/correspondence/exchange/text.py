"""Text out of whatever mail carries it in: declared and undeclared character sets, and HTML."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 1_000_000
_MOST_HTML = 3_000_000
# Codecs that are no character sets of mail, or that take time out of proportion.
_NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"}
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ALIASES = {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin-1": "cp1252"}


def text_of(data: bytes, declared: str | None = None) -> str:
    """Return bytes as text: as declared where that is true, else UTF-8, else the best guess."""
    for name in _worth_trying(declared):
        try:
            return tidy(data.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return tidy(data.decode(_guess(data[:100_000]), errors="replace"))


def _guess(data: bytes) -> str:
    """Guess a character set; a few stray letters are Western, as a guess of so few goes astray."""
    stray = sum(byte > 127 for byte in data)
    if stray < 20 and stray * 5 < len(data):
        return "cp1252"
    guessed = from_bytes(data).best()
    return guessed.encoding if guessed else "latin-1"


def _worth_trying(declared: str | None) -> Iterator[str]:
    name = (declared or "").strip(" \t'\"").lower()
    try:
        if name and codecs.lookup(name).name.replace("-", "_") not in _NOT_FOR_MAIL:
            yield _ALIASES.get(name, name)
    except (LookupError, ValueError):
        pass
    yield "utf-8"


def tidy(text: str) -> str:
    """Return text that can be kept: no control characters, no half characters, one line end."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return text on one line, as a header must be."""
    return " ".join(tidy(text).split())


def text_of_html(html: str) -> str:
    """Return what an HTML mail says as text with light marks; nothing is fetched, pictures go."""
    from bs4 import BeautifulSoup
    from markdownify import markdownify

    # Inside an element of ours, so that a mail of bare words is not taken for a file's name.
    body = re.sub(r"<[?!][^>]{0,2000}>", "", html[:_MOST_HTML])
    try:
        soup = BeautifulSoup(f"<div>{body}</div>", "html.parser")
        for hidden in soup(["script", "style", "head", "title", "template", "object"]):
            hidden.decompose()
        said = markdownify(
            str(soup),
            strip=["img"],
            heading_style="ATX",
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
        )
    except (RecursionError, ValueError, AssertionError):
        # Thousands of elements inside each other: only the words are left.
        said = re.sub(r"<[^>]{0,2000}>", " ", body)
    lines = (line.rstrip().replace("\N{NO-BREAK SPACE}", " ") for line in tidy(said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
