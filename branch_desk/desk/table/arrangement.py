"""How a table's columns are arranged: which are shown, in what order, how wide; remembered."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QHeaderView, QTableView

    from branch_desk.desk.table.column import Column

LEAST = 150
NARROWEST = 40
STEP = 24


class Arrangement(QObject):
    """Shares a table's width out among the columns shown; what the user chose comes first.

    `changed` says that the user chose otherwise; `as_text` is then what to remember.
    """

    changed = Signal()

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        super().__init__(view)
        self._view, self._columns = view, columns
        self._header.setSectionsMovable(True)
        self._chosen: frozenset[str] | None = None
        self._widths: dict[str, int] = {}
        self._shares: dict[str, float] = {}
        self._still = False
        self._header.sectionResized.connect(self._resized)
        self._header.sectionMoved.connect(self._moved)

    @property
    def _header(self) -> QHeaderView:
        return self._view.horizontalHeader()

    # What is shown

    def in_order(self) -> list[int]:
        """Return the numbers of all columns as they stand from left to right."""
        return [self._header.logicalIndex(place) for place in range(len(self._columns))]

    def shown(self) -> list[int]:
        """Return the numbers of the columns that can be seen, from left to right."""
        return [each for each in self.in_order() if not self._view.isColumnHidden(each)]

    def is_wanted(self, number: int) -> bool:
        """Whether a column is shown where there is room for it."""
        column = self._columns[number]
        return not column.hidden if self._chosen is None else column.title in self._chosen

    def want(self, number: int, *, wanted: bool) -> None:
        """Show a column or leave it out; the last one stays."""
        chosen = {column.title for at, column in enumerate(self._columns) if self.is_wanted(at)} ^ {
            self._columns[number].title
        }
        if chosen and self.is_wanted(number) != wanted:
            self._chosen = frozenset(chosen)
            self.lay_out()
            self.changed.emit()

    def move(self, number: int, by: int) -> None:
        """Move a column to the right, or with a number below nothing to the left."""
        place = self._header.visualIndex(number)
        there = min(max(place + by, 0), len(self._columns) - 1)
        self._header.moveSection(place, there)

    def widen(self, number: int, by: int) -> None:
        """Make a column wider, or narrower, by so many steps."""
        width = self._view.columnWidth(number) + by * STEP
        self._header.resizeSection(number, max(width, NARROWEST))

    def as_at_first(self) -> None:
        """Forget what the user chose."""
        self._chosen, self._widths, self._shares = None, {}, {}
        self._put_in_order(range(len(self._columns)))
        self.lay_out()
        self.changed.emit()

    # How wide

    def lay_out(self) -> None:
        """Share the width out: by hand first, by sample next, and the rest by shares."""
        width = self._view.viewport().width()
        shown = self._with_room(width)
        flexible = [each for each in shown if self._is_flexible(each)] or shown[-1:]
        fixed = {each: self._fixed(each) for each in shown if each not in flexible}
        rest = max(width - sum(fixed.values()), 0)
        with self._by_us():
            for number in range(len(self._columns)):
                self._view.setColumnHidden(number, number not in shown)
            for number, part in fixed.items():
                self._view.setColumnWidth(number, part)
            self._share(flexible, rest)

    def _with_room(self, width: int) -> list[int]:
        shown = [each for each in self.in_order() if self.is_wanted(each)]
        if self._chosen is None:
            for number in range(len(self._columns) - 1, -1, -1):
                narrow = sum(map(self._least, shown)) > width
                if narrow and number in shown and self._columns[number].spare:
                    shown.remove(number)
        return shown

    def _is_flexible(self, number: int) -> bool:
        column = self._columns[number]
        return not column.sample and column.title not in self._widths

    def _least(self, number: int) -> int:
        if not self._is_flexible(number):
            return self._fixed(number)
        least = self._columns[number].least
        return self._wide(least) if least else LEAST

    def _wide(self, text: str) -> int:
        """Return how wide a text is with the clear space on both its sides."""
        letters = self._view.fontMetrics()
        return letters.horizontalAdvance(text) + max(26, round(letters.height() * 1.3))

    def _fixed(self, number: int) -> int:
        column = self._columns[number]
        if column.title in self._widths:
            return self._widths[column.title]
        if not column.sample:
            return LEAST
        heading = self._header.fontMetrics().horizontalAdvance(tr(column.title)) + 12
        return max(self._wide(column.sample), heading + 26)

    def _weight(self, number: int) -> float:
        column = self._columns[number]
        return max(self._shares.get(column.title, column.share), 0.01)

    def _share(self, numbers: Sequence[int], room: int) -> None:
        """Give columns their parts of a room; where a part is too little, the others give way."""
        least = {each: self._least(each) for each in numbers}
        left, sharing = room, list(numbers)
        parts: dict[int, int] = {}
        while sharing:
            weights = sum(map(self._weight, sharing))
            small = [each for each in sharing if left * self._weight(each) < least[each] * weights]
            if not small:
                break
            for each in small:
                parts[each] = least[each]
                left -= least[each]
                sharing.remove(each)
        for place, each in enumerate(sharing):
            rest = sum(map(self._weight, sharing[place:]))
            parts[each] = int(left * self._weight(each) / rest)
            left -= parts[each]
        for each, part in parts.items():
            self._view.setColumnWidth(each, part)

    @contextmanager
    def _by_us(self) -> Iterator[None]:
        still, self._still = self._still, True
        try:
            yield
        finally:
            self._still = still

    def _resized(self, number: int, before: int, now: int) -> None:
        """Keep a width set by hand; the columns to its right give way, those to its left stay."""
        if self._still or not before or not now:
            return
        shown = self.shown()
        self._widths[self._columns[number].title] = now
        flexible = [each for each in shown if self._is_flexible(each)]
        right = [each for each in flexible if shown.index(each) > shown.index(number)]
        self._shares |= {
            self._columns[each].title: float(self._view.columnWidth(each)) for each in flexible
        }
        if right:
            room = sum(self._view.columnWidth(each) for each in right) + before - now
            taken = sum(self._view.columnWidth(each) for each in shown if each not in right)
            with self._by_us():
                self._share(right, max(room, self._view.viewport().width() - taken))
        self.changed.emit()

    def _moved(self) -> None:
        if not self._still:
            self.changed.emit()

    def _put_in_order(self, numbers: Sequence[int]) -> None:
        with self._by_us():
            for place, number in enumerate(numbers):
                self._header.moveSection(self._header.visualIndex(number), place)

    # Remembered

    def as_text(self) -> str:
        """Return what the user chose as JSON, with the order of sorting."""
        sorted_by = self._header.sortIndicatorSection()
        falling = self._header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        known = 0 <= sorted_by < len(self._columns)
        return json.dumps(
            {
                "order": [self._columns[each].title for each in self.in_order()],
                "shown": None if self._chosen is None else sorted(self._chosen),
                "widths": self._widths,
                "shares": self._shares,
                "sorted": [self._columns[sorted_by].title, falling] if known else None,
            }
        )

    def restore(self, text: str) -> None:
        """Arrange the columns as was remembered; what is not understood counts for nothing."""
        try:
            self._restore(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError):
            return

    def _restore(self, kept: dict[str, Any]) -> None:
        titles = [column.title for column in self._columns]
        widths = {each: max(int(width), NARROWEST) for each, width in kept["widths"].items()}
        shares = {each: float(share) for each, share in kept["shares"].items()}
        shown = None if kept["shown"] is None else frozenset(kept["shown"]) & frozenset(titles)
        order = [titles.index(each) for each in kept["order"] if each in titles]
        order += [number for number in range(len(titles)) if number not in order]
        self._widths, self._shares, self._chosen = widths, shares, shown or None
        self._put_in_order(order)
        if kept["sorted"] and kept["sorted"][0] in titles:
            way = Qt.SortOrder.DescendingOrder if kept["sorted"][1] else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(titles.index(kept["sorted"][0]), way)
