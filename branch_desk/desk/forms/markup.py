"""Between the Markdown the desk keeps and the formatted text other programs hand over."""

from __future__ import annotations

import re

# More than this is somebody's whole web site: only its words are taken.
MOST_HTML = 1_000_000
MOST_TAGS = 6_000
DEEPEST = 80
HIDDEN = ("script", "style", "head", "title", "template", "object", "meta", "link", "svg")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base"})


def from_html(html: str) -> str:
    """Return formatted text as Markdown: bold, italic, headings, lists, links; nothing is fetched.

    Scripts, styles and pictures go. Of what is too large or nested beyond reason only the words
    are left.
    """
    body = re.sub(r"<(?:!--.*?--|[?!][^>]{0,2000})>", "", html[:MOST_HTML], flags=re.DOTALL)
    if not _is_sane(body):
        return _words_of(body)
    from bs4 import BeautifulSoup
    from markdownify import markdownify

    # Inside an element of ours, so that bare words are not taken for a file's name.
    soup = BeautifulSoup(f"<div>{body}</div>", "html.parser")
    for hidden in soup(HIDDEN):
        hidden.decompose()
    _plain_bold(soup)
    said = markdownify(
        str(soup),
        strip=["img"],
        heading_style="ATX",
        bullets="-",
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    return _tidy(said)


def _plain_bold(soup: object) -> None:
    """Take away `<b style="font-weight:normal">`, which word processors put round a whole text."""
    from bs4 import BeautifulSoup

    if isinstance(soup, BeautifulSoup):
        for bold in soup(["b", "strong"]):
            if re.search(r"font-weight:\s*(normal|400)", str(bold.get("style") or "")):
                bold.unwrap()


def _is_sane(html: str) -> bool:
    """Whether there are few enough tags, and few enough inside each other."""
    depth = 0
    for count, (closing, name, alone) in enumerate(_TAG.findall(html)):
        if not alone and name.lower() not in _VOID:
            depth += -1 if closing else 1
        if count > MOST_TAGS or depth > DEEPEST:
            return False
    return True


def _words_of(html: str) -> str:
    import html as entities

    html = re.sub(r"(?is)<(script|style|head)\b.{0,200000}?</\1>", " ", html)
    html = re.sub(r"(?i)<(?:br|/p|/div|/li|/h\d|/tr)\b[^>]{0,2000}>", "\n", html)
    return _tidy(entities.unescape(re.sub(r"<[^>]{0,2000}>", " ", html)))


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\N{NO-BREAK SPACE}", " ")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    lines = (re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", line.rstrip()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def to_html(text: str) -> str:
    """Return Markdown as HTML for the clipboard; HTML typed into it stays text."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).render(text))
