"""What a paper is made of: plain values, laid out by `paper.render`.

A paper says what stands on it and in which order; type, grid and page are the kit's. The same
blocks make the ordinary and the large-print layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from reportlab.graphics.shapes import Drawing


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose paper it is; `accent` is a colour as #RRGGBB, darkened where it is too pale to read."""

    branch: str
    accent: str = "#1F6F54"
    hq: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section, level 2 or 3 (a section's title is level 1)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of plain text, split at blank lines; style body, lead, small or quiet."""

    text: str
    style: str = "body"  # body, lead, small, quiet


@dataclass(frozen=True, slots=True)
class Markdown:
    """Text of a user's: paragraphs, lists, bold, italic and links; `serif` for long reading.

    `numbered` prints a number beside every line that is laid out, as motions need.
    """

    text: str
    serif: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of plain lines; `mark` is "bullet", "number", "tick" or "box" (to be ticked).

    Style body, or lead for what is to be read out.
    """

    items: Sequence[str]
    mark: str = "bullet"
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Facts:
    """Name and value pairs in two columns: when, where, chair."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is its part of the width, `numeric` aligns right in tabular figures."""

    title: str
    share: float = 1.0
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under repeated headings; a list of records in large print.

    `row_height` in mm leaves room to write by hand; `total` is a closing row set bold.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    row_height: float = 0.0
    total: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Under:
    """What is taken under an item of business: its number, what it is, more about it if any."""

    mark: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of business, when it begins (7.30 pm) and how many minutes it may take."""

    title: str
    when: str = ""
    minutes: int | None = None
    under: Sequence[Under] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """The order of business: numbered items, their times in a column, what is taken under each."""

    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG or JPEG) with what it shows in words; `width` is its part of the column."""

    image: bytes
    alt: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A ReportLab drawing, kept as vectors, with what it shows in words.

    `drawing` may be a function of `width`, such as `partial(charts.line_over_time, series)`: large
    print then asks for half the width, and shows it with letters twice the size.
    """

    drawing: Drawing | Callable[..., Drawing]
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A tinted panel that must not be missed: a ruling, a warning, what to do."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class WriteIn:
    """Ruled lines to write on, under a label."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks kept on one page where they fit on one."""

    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class AddressWindow:
    """A letter's head: sender, addressee placed for a DL window, date and reference."""

    to: Sequence[str]
    date: str
    reference: str = ""


Block: TypeAlias = (
    Heading
    | Text
    | Markdown
    | Bullets
    | Facts
    | Table
    | Order
    | Figure
    | Chart
    | Note
    | WriteIn
    | Together
    | AddressWindow
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper with its own entry in contents and bookmarks.

    `starts` is "page", "right" (a right-hand page when printed on both sides), "whole" (the same,
    but on one side it stands below the last one where it fits there whole) or "flow" (goes on where
    the last one ended). `head` stands in the running head; the title does where it is empty.
    """

    title: str
    blocks: Sequence[Block]
    head: str = ""
    starts: str = "page"
    show_title: bool = True


@dataclass(frozen=True, slots=True)
class Appended:
    """Somebody else's PDF, put in whole, its pages counted with the rest."""

    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what it is, when and where, in large type, with lines of fact below."""

    kicker: str
    title: str
    lines: Sequence[str] = ()
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `contents` prints a linked table of contents after the cover.

    `made_on` is the date the file says it was made; the bytes depend on nothing that is not in
    here. Without `furniture` there is no running head and foot: ballot papers, labels.
    """

    title: str
    brand: Brand
    parts: Sequence[Section | Appended]
    cover: Cover | None = None
    contents: bool = False
    lang: str = "en-GB"
    duplex: bool = False
    subject: str = ""
    made_on: date | None = None
    furniture: bool = True
