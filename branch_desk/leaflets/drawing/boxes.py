"""The kinds of box a layout can hold: how each is laid out from its top left corner, in points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from branch_desk.leaflets import rules
from branch_desk.leaflets.drawing import signs
from branch_desk.leaflets.drawing import type as typesetting
from branch_desk.leaflets.drawing.marks import (
    MM,
    Block,
    Code,
    Line,
    Photo,
    Rect,
    Shape,
    Stroke,
)
from branch_desk.paper import fonts, shaping
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from branch_desk.leaflets.layouts import Box, Layout, Style

_JOINED_LEADING = 1.25
"""The least leading for scripts with marks over and under their letters."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a layout is filled with, and how far it has given way.

    `ease` is 1 with type at its wished size and 0 at its floor, `swell` the same for pictures,
    `spare` how many more write-in lines there is room for.
    """

    layout: Layout
    texts: Mapping[str, str]
    imprint: str
    alt: str = ""
    has_picture: bool = False
    ease: float = 1.0
    swell: float = 1.0
    spare: int = 0

    def text(self, field: str) -> str:
        """Return what stands in a field, or what usually does."""
        return self.texts.get(field, "") or self.layout.field(field).usual


@dataclass(frozen=True, slots=True)
class Setting:
    """A style at the size it is set in."""

    face: str
    size: float
    leading: float
    align: str
    upper: bool

    @property
    def cap(self) -> float:
        """The height of capitals."""
        return fonts.metrics(self.face).cap_height * self.size / 1000

    @property
    def drop(self) -> float:
        """How far letters such as g and y hang under the line."""
        return self.size * 0.21

    def height(self, lines: int) -> float:
        """Return the height from the top of capitals to the lowest tail of so many lines."""
        return self.cap + (lines - 1) * self.size * self.leading + self.drop if lines else 0.0


def setting(filling: Filling, style: str, text: str, measure: float) -> Setting:
    """Return a style at the size this text gets in this measure, as far as the page gives room."""
    found = filling.layout.type[style]
    top = found.bare if found.bare and not filling.has_picture else found.size
    face = typesetting.FACES[found.face]
    if found.lines:
        top = min(top, _headline_size(found, top, text.upper() if found.upper else text, measure))
    size = found.floor + (max(top, found.floor) - found.floor) * filling.ease
    return Setting(face, round(size, 2), found.leading, found.align, found.upper)


def _headline_size(style: Style, top: float, text: str, measure: float) -> float:
    """Return the size at which text takes few lines while it stays comfortable.

    One that needs as many lines as it may have is set no larger than comfortable, or it would
    push the picture off the page. Without a picture all of it is larger.
    """
    face = typesetting.FACES[style.face]
    comfortable = (style.comfortable or style.size) * top / style.size
    size = 0.0
    for count in range(1, style.lines + 1):
        size = typesetting.fitting(text, face, count, measure)
        if size >= comfortable:
            break
    last = count == style.lines > 1
    return int(min(size, comfortable if last else top) * 4) / 4


def typeset(
    text: str,
    style: Setting,
    at: Rect,
    role: str,
    *,
    even: bool = False,
    sense: bool = False,
) -> tuple[tuple[Line, ...], float]:
    """Return lines of text set from the top of a box, and the height they take."""
    shown = text.upper() if style.upper else text
    if not shown.strip():
        return (), 0.0
    if _from_right(shown):
        align = "right" if style.align == "left" else style.align
        style = replace(style, align=align, leading=max(style.leading, _JOINED_LEADING))
    broken = typesetting.lines(shown, style.face, style.size, at.width, even=even, sense=sense)
    placed = []
    for each in broken:
        long = typesetting.width(each, style.face, style.size) if each else 0.0
        left = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align] * (at.width - long)
        placed.append((left, each, long))
    if style.leading < 1.15:
        starts = tuple((left, each) for left, each, _ in placed)
        clear = typesetting.clear_leading(starts, style.face, style.size)
        style = replace(style, leading=max(style.leading, clear))
    lines = []
    for index, (left, each, long) in enumerate(placed):
        y = at.y + style.cap + index * style.size * style.leading
        if each:
            lines.append(Line(at.x + left, y, each, style.face, style.size, role, long))
    return tuple(lines), style.height(len(broken))


def _from_right(text: str) -> bool:
    """Whether text begins at the right: its first letter is of a script written from there."""
    return shaping.is_arabic(next((each for each in text if each.isalpha()), ""))


def lay(box: Box, filling: Filling, x: float, y: float, width: float) -> Block | None:
    """Lay a box out with its top left corner at a place; None where there is nothing to show."""
    return _KINDS[box.kind](box, filling, Rect(x, y, width, 0))


def _text(box: Box, filling: Filling, at: Rect) -> Block | None:
    text = filling.text(box.field)
    style = setting(filling, box.style, text, at.width)
    even = style.face == typesetting.FACES["display"]
    lines, height = typeset(text, style, at, box.colour, even=even, sense=not even)
    if not lines:
        return None
    tag = "H1" if box.kind == "headline" else "P"
    return Block(tag, replace(at, height=height), box.field, lines)


def _points(box: Box, filling: Filling, at: Rect) -> Block | None:
    items = [line for line in filling.text(box.field).split("\n") if line]
    if not items:
        return None
    style = setting(filling, box.style, items[0], at.width)
    inset = style.size * 1.75
    parts = []
    y = at.y
    for each in items:
        turned = _from_right(each)
        inner = Rect(at.x + (0 if turned else inset), y, at.width - inset, 0)
        lines, height = typeset(each, style, inner, box.colour, sense=True)
        left = at.right - inset * 0.8 if turned else at.x
        mark = signs.tick(left, y + style.cap / 2, style.size, box.mark)
        own = Rect(at.x, y, at.width, height)
        label = Block("Lbl", Rect(left, y, inset, height), "", (mark,))
        body = Block("LBody", replace(inner, height=height), "", lines)
        parts.append(Block("LI", own, box.field, (), (label, body)))
        y += height + box.spacing * MM
    height = y - box.spacing * MM - at.y
    return Block("L", replace(at, height=height), box.field, (), tuple(parts))


def _tag(box: Box, filling: Filling, at: Rect) -> Block | None:
    text = filling.text(box.field)
    style = setting(filling, box.style, text, at.width)
    pad, air = style.size * 0.55, style.size * 0.42
    inner = Rect(at.x + pad, at.y + air, at.width - 2 * pad, 0)
    lines, height = typeset(text, style, inner, box.colour)
    if not lines:
        return None
    long = max(line.width for line in lines)
    lines, height = typeset(text, style, replace(inner, width=long + 0.01), box.colour)
    # Capitals have no tails: as much air under them as over them.
    below = style.drop if not style.upper else 0.0
    high = height - style.drop + below + 2 * air
    own = Rect(at.x, at.y, long + 2 * pad, high)
    return Block("P", own, box.field, (_panel(own, box.fill), *lines))


def _panel(box: Rect, role: str, radius: float = 0.0) -> Shape:
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return Shape(corners, role, radius)


def _picture(box: Box, filling: Filling, at: Rect) -> Block | None:
    del box
    return (
        Block("Figure", at, "picture", (Photo(at),), (), filling.alt)
        if filling.has_picture
        else None
    )


def _portrait(box: Box, filling: Filling, at: Rect) -> Block | None:
    if not filling.has_picture:
        return None
    height = (box.least + (box.height - box.least) * filling.swell) * MM
    own = replace(at, height=height)
    return Block("Figure", own, "picture", (Photo(own),), (), filling.alt)


def _qr(box: Box, filling: Filling, at: Rect) -> Block | None:
    """Lay out a panel: the code on white, under it the call to action and the address in words."""
    target = filling.text(box.field)
    if not target:
        return None
    try:
        modules = signs.modules(rules.with_scheme(target))
    except Invalid:
        return None
    call, words = box.fields
    side = min(box.width * MM, at.width)
    pad = (at.width - side) / 2
    code = Rect(at.x + pad, at.y + pad, side, side)
    inner = Rect(at.x + pad, code.bottom + 2.6 * MM, side, 0)
    first = filling.text(call)
    style = setting(filling, box.style, first, side)
    above, high = typeset(first, style, inner, box.colour)
    parts = [_part(inner, high, call, above)] if above else []
    # Capitals have no tails: what follows them stands closer.
    step = high + 1.7 * MM - (style.drop if style.upper else 0.0)
    inner = replace(inner, y=inner.y + (step if above else 0.0))
    second = filling.text(words) or rules.in_words(target)
    style = setting(filling, box.second, second, side)
    below, low = typeset(second, style, inner, box.colour)
    parts += [_part(inner, low, words, below)] if below else []
    bottom = inner.y + low + 1.4 * MM
    own = replace(at, height=bottom - at.y)
    alt = f"QR code that leads to {rules.in_words(target) or target}"
    figure = Block(
        "Figure", code, box.field, (Code(code, rules.with_scheme(target), modules),), (), alt
    )
    ground = Block("", own, "", (_panel(own, box.fill, 1.6 * MM),))
    return Block("Div", own, box.field, (), (ground, figure, *parts))


def _part(at: Rect, height: float, field: str, lines: tuple[Line, ...]) -> Block:
    return Block("P", replace(at, height=height), field, lines)


def _strip(box: Box, filling: Filling, at: Rect) -> Block | None:
    """Lay out cells side by side: a first line in the display face, what follows under it."""
    cells = [(name, *_headed(filling.text(name))) for name in box.fields if filling.text(name)]
    if not cells:
        return None
    gutter = 5.5 * MM
    room = at.width - gutter * (len(cells) - 1)
    wide = _shares(box, filling, [(head, rest) for _, head, rest in cells], room)
    style = _one_size(box, filling, [head for _, head, _ in cells], wide)
    parts: list[Block] = []
    x = at.x
    for (name, head, rest), own in zip(cells, wide, strict=True):
        if not rest and len(typesetting.lines(head, style.face, style.size, own)) > 1:
            head, rest = "", head  # noqa: PLW2901 - too long for a first line: it is set as text
        second = setting(filling, box.second, rest, own)
        parts.append(_cell(name, Rect(x, at.y, own, 0), box.colour, (head, style), (rest, second)))
        x += own + gutter
    height = max(part.box.height for part in parts)
    edges = (part.box.x - gutter / 2 for part in parts[1:])
    between = tuple(Stroke(((x, at.y), (x, at.y + height)), box.mark, 0.8) for x in edges)
    whole = replace(at, height=height)
    return Block("Div", whole, box.fields[0], (), (Block("", whole, "", between), *parts))


def _headed(text: str) -> tuple[str, str]:
    """Return the first line and the rest."""
    head, _, rest = text.partition("\n")
    return head, rest


def _shares(
    box: Box, filling: Filling, texts: Sequence[tuple[str, str]], room: float
) -> list[float]:
    """Return cells' widths: what the longest line asks for, within bounds of an even share."""
    even = room / len(texts)
    first = setting(filling, box.style, "", room)
    second = setting(filling, box.second, "", room)
    asked = []
    for head, rest in texts:
        long = typesetting.width(head, first.face, first.size)
        long = max(
            [long, *(typesetting.width(e, second.face, second.size) for e in rest.split("\n"))]
        )
        asked.append(min(max(long, even * 0.62), even * 1.35))
    spare = room - sum(asked)
    if spare >= 0:
        return [each + spare / len(asked) for each in asked]
    return [each * room / sum(asked) for each in asked]


def _one_size(box: Box, filling: Filling, heads: Sequence[str], wide: Sequence[float]) -> Setting:
    """Return the style of first lines at the one size at which all that can stand on a line do."""
    style = setting(filling, box.style, "", wide[0])
    floor = filling.layout.type[box.style].floor
    sizes = [
        typesetting.fitting(head, style.face, 1, own) for head, own in zip(heads, wide, strict=True)
    ]
    fit = min((size for size in sizes if size >= floor), default=style.size)
    return replace(style, size=int(min(style.size, fit) * 20) / 20)


def _cell(
    name: str, at: Rect, role: str, first: tuple[str, Setting], second: tuple[str, Setting]
) -> Block:
    above, high = typeset(*first, at, role)
    gap = 0.9 * MM if above else 0.0
    below, low = typeset(*second, replace(at, y=at.y + high + gap), role)
    return Block("P", replace(at, height=high + (gap + low if below else 0.0)), name, above + below)


def _imprint(box: Box, filling: Filling, at: Rect) -> Block | None:
    style = setting(filling, box.style, filling.imprint, at.width)
    lines, height = typeset(filling.imprint, style, at, box.colour)
    return Block("P", replace(at, height=height), "imprint", lines) if lines else None


def _lines(box: Box, filling: Filling, at: Rect) -> Block | None:
    """Lay out a label and ruled lines to write on, more of them where the page has room."""
    text = filling.text(box.field) if box.field else ""
    style = setting(filling, box.style, text, at.width)
    lines, height = typeset(text, style, at, box.colour)
    pitch = box.spacing * MM
    count = min(box.count + filling.spare, max(box.most, box.count))
    first = at.y + (height if lines else 0.0) + (pitch * 0.85 if lines else pitch)
    ruled = tuple(
        Stroke(((at.x, first + n * pitch), (at.right, first + n * pitch)), box.mark, 0.6)
        for n in range(count)
    )
    own = replace(at, height=first + (count - 1) * pitch + 1 - at.y)
    parts = (Block("P", replace(at, height=height), box.field, lines),) if lines else ()
    return Block("Div", own, box.field, (), (Block("", own, "", ruled), *parts))


def _contacts(box: Box, filling: Filling, at: Rect) -> Block | None:
    """Lay out ways to reach somebody, a sign before each."""
    shown = [(name, filling.text(name)) for name in box.fields if filling.text(name)]
    parts = []
    y = at.y
    for name, text in shown:
        style = setting(filling, box.style, text, at.width)
        inset = style.size * 1.9
        lines, height = typeset(text, style, Rect(at.x + inset, y, at.width - inset, 0), box.colour)
        kind = filling.layout.field(name).kind
        sign = signs.contact(kind, at.x, y + style.cap / 2, style.size * 1.28, box.mark)
        ground = Block("", Rect(at.x, y, inset, height), "", sign)
        words = Block("P", Rect(at.x + inset, y, at.width - inset, height), name, lines)
        parts.append(Block("Div", Rect(at.x, y, at.width, height), name, (), (ground, words)))
        y += height + box.spacing * MM
    if not parts:
        return None
    height = y - box.spacing * MM - at.y
    return Block("Div", replace(at, height=height), box.fields[0], (), tuple(parts))


_KINDS: dict[str, Callable[[Box, Filling, Rect], Block | None]] = {
    "picture": _picture,
    "portrait": _portrait,
    "headline": _text,
    "text": _text,
    "points": _points,
    "tag": _tag,
    "qr": _qr,
    "strip": _strip,
    "imprint": _imprint,
    "lines": _lines,
    "contacts": _contacts,
}
