"""The manual's pages: what they are called, what stands in them, and where a word is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from branch_desk.resources import resource
from branch_desk.store.search import folded

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "index"
AROUND = 40
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`#|>]+|^\s*[-:| ]+$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_LINKED = re.compile(r"\]\((\w[\w-]*)\.md")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page: its name in links, its title, its Markdown and its bare words."""

    name: str
    title: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page on which something stands: how often, and the first place with its neighbours."""

    page: ManualPage
    count: int
    around: str


def folder() -> Path:
    """Return where the pages and their pictures lie."""
    return resource("manual")


@cache
def pages() -> tuple[ManualPage, ...]:
    """Return every page, in the order in which the first one leads to them."""
    found = {path.stem: _read(path) for path in sorted(folder().glob("*.md"))}
    order = [FIRST, *_LINKED.findall(found[FIRST].text), *found]
    return tuple(found[name] for name in dict.fromkeys(order) if name in found)


def page(name: str) -> ManualPage:
    """Return a page by name; the first one where there is none of that name."""
    every = {each.name: each for each in pages()}
    return every.get(name, every[FIRST])


def _read(path: Path) -> ManualPage:
    text = path.read_text("utf-8")
    found = _TITLE.search(text)
    words = _MARKS.sub(" ", _LINK.sub(r"\1", text))
    return ManualPage(path.stem, found[1] if found else path.stem, text, " ".join(words.split()))


def slug(heading: str) -> str:
    """Return what a link calls a heading: "Letters and labels" is letters-and-labels."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def search(text: str) -> list[Hit]:
    """Return the pages on which all words of a text stand, those with it in their title first."""
    asked = folded(text).split()
    if not asked:
        return []
    hits = []
    for each in pages():
        plain = each.words.casefold()
        if all(word in folded(each.words) for word in asked):
            found = [*re.finditer(re.escape(text.strip().casefold()), plain)]
            at = found[0].start() if found else max(plain.find(asked[0]), 0)
            count = len(found) or sum(plain.count(word) for word in asked)
            hits.append(Hit(each, count, _around(each.words, at)))
    return sorted(hits, key=lambda hit: (asked[0] not in folded(hit.page.title), -hit.count))


def _around(words: str, at: int) -> str:
    start, end = max(at - AROUND, 0), min(at + 2 * AROUND, len(words))
    before = words[start:at].partition(" ")[2] if start else words[:at]
    after = words[at:end] if end == len(words) else words[at:end].rpartition(" ")[0]
    return ("…" if start else "") + before + after + ("…" if end < len(words) else "")
