"""The drawn parts of pages, as many as a bound of memory holds."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QImage

    from branch_desk.desk.pdf import Pdf

MOST_BYTES = 64_000_000
"""What is kept drawn beside what is in sight."""
PART_PIXELS = 3_000_000
"""A page of more pixels is drawn in parts, so that nothing waits long for any."""


@dataclass(frozen=True, slots=True)
class Part:
    """A strip of a page that is `width` pixels wide: `height` pixels from `top` down."""

    number: int
    width: int
    top: int
    height: int


def parts(pdf: Pdf, number: int, width: int) -> list[Part]:
    """Return the strips a page is drawn in."""
    high = pdf.height(number, width)
    each = max(min(PART_PIXELS // width, high), 1)
    return [Part(number, width, top, min(each, high - top)) for top in range(0, high, each)]


class Pictures:
    """Drawn strips, the ones used last; the strips in sight are never let go."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[Part, QImage] = OrderedDict()
        self.bytes = 0

    def get(self, part: Part) -> QImage | None:
        """Return a strip if it is drawn."""
        found = self._held.get(part)
        if found is not None:
            self._held.move_to_end(part)
        return found

    def keep(self, part: Part, picture: QImage, in_sight: Iterable[Part]) -> None:
        """Keep a strip, and let go of those not used for longest."""
        self._held[part] = picture
        self.bytes += picture.sizeInBytes()
        wanted = set(in_sight) | {part}
        for old in [each for each in self._held if each not in wanted]:
            if self.bytes <= self._most:
                break
            self.bytes -= self._held.pop(old).sizeInBytes()

    def of(self, numbers: Iterable[int]) -> dict[Part, QImage]:
        """Return the strips of some pages, to be shown until better ones are drawn."""
        wanted = set(numbers)
        return {part: picture for part, picture in self._held.items() if part.number in wanted}

    def clear(self) -> None:
        """Let go of all of them."""
        self._held.clear()
        self.bytes = 0
