"""A day: typed in any usual way, stepped by the arrows, or picked from a month."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from branch_desk.desk import icons, words
from branch_desk.desk.forms.calendar import Calendar, bounded
from branch_desk.desk.forms.exact import TidyLine
from branch_desk.desk.tr import tr
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from branch_desk.desk.forms.field import Storing

AWAY = re.compile(r"([+-])\s*(\d{1,4})\s*(d|w|days?|weeks?)?", re.IGNORECASE)
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateField(TidyLine):
    """A day: "14 May", "14/5/26", "today", "+7", "fri" and the like are read.

    The up and down arrows step a day, Alt+Down opens a month. Once left it reads "Thu 14 May 2026",
    which is also what `text` and `store` give and `words.read_date` reads; `date()` tells the day.
    """

    def __init__(
        self,
        name: str,
        store: Storing | None = None,
        *,
        today: Callable[[], dt.date],
        hint: str = "",
    ) -> None:
        super().__init__(name, store, hint=hint)
        self._today = today
        self.edit.setPlaceholderText(tr("14 May 2026"))
        self._opens = QAction(icons.icon("calendar-days", "muted"), tr("Choose a day"), self.edit)
        self._opens.setToolTip(tr("Choose a day (Alt+Down)"))
        self._opens.triggered.connect(self.open_calendar)
        self.edit.addAction(self._opens, QLineEdit.ActionPosition.TrailingPosition)
        self.edit.installEventFilter(self)
        self.calendar: Calendar | None = None

    def date(self) -> dt.date | None:
        """Return the day, None for nothing; raises `Invalid` for what is no day."""
        return self._day(self.edit.text())

    def show_date(self, day: dt.date | None) -> None:
        """Start with a day."""
        self.start(words.day(day))

    def tidied(self, typed: str) -> str:
        """Return "Thu 14 May 2026"; raises `Invalid` saying what would be right."""
        return words.day(self._day(typed))

    def _day(self, typed: str) -> dt.date | None:
        text = typed.strip().lower()
        today = self._today()
        if found := AWAY.fullmatch(text):
            days = int(found[2]) * (7 if (found[3] or "").startswith("w") else 1)
            return today + timedelta(days=days if found[1] == "+" else -days)
        if text[:3].title() in words.DAYS and text.isalpha():
            ahead = words.DAYS.index(text[:3].title()) - today.weekday()
            return today + timedelta(days=ahead % 7 or 7)
        try:
            return words.read_date(text, today)
        except Invalid:
            raise Invalid(_why_not(typed.strip())) from None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: step by the arrows, open the month by Alt+Down."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, held = Qt.Key(event.key()), event.modifiers()
            if key in STEPS and held == Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if key in STEPS and not held & ~Qt.KeyboardModifier.KeypadModifier:
                self.step(STEPS[key])
                return True
        return super().eventFilter(watched, event)

    def step(self, days: int) -> None:
        """Go on by some days from the day that stands here, or from today."""
        if self.edit.isReadOnly():
            return
        try:
            day = self.date()
        except Invalid:
            return
        new = self._today() if day is None else bounded(day + timedelta(days=days))
        self._type(new)

    def open_calendar(self) -> None:
        """Open the month of the day that stands here."""
        if self.edit.isReadOnly() or self.calendar is not None:
            return
        try:
            day = self.date()
        except Invalid:
            day = None
        made = Calendar(self.edit, day or self._today(), self._today())
        self.calendar = made
        made.picked.connect(self._picked)
        made.destroyed.connect(self._closed)
        made.open_at(self.edit)

    def _closed(self) -> None:
        self.calendar = None

    def _picked(self, day: dt.date) -> None:
        self._type(day)
        self.leave()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _type(self, day: dt.date) -> None:
        self.edit.setText(words.day(day))
        self._changed()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._opens.setIcon(icons.icon("calendar-days", "muted"))

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded; it can still be reached and copied."""
        super().set_read_only(on=on)
        self._opens.setVisible(not on)


def _why_not(text: str) -> str:
    """Say what is wrong about a day that was typed, and what would be right."""
    words_ = text.lower()
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})(?:[./-]\d{2,4})?", words_):
        if int(found[2]) > 12 >= int(found[1]):
            return tr(
                "“{text}” has no such month: the day comes first. Write it like 14/5/2026.",
                text=text,
            )
        return tr("“{text}” is not in the calendar. Write it like 14/5/2026.", text=text)
    if re.match(r"\d{1,2}(st|nd|rd|th)?\s+[a-z]{3,9}", words_) and any(
        month in words_ for month in words.MONTHS
    ):
        return tr("“{text}” is not in the calendar: that month is shorter.", text=text)
    return tr(
        "“{text}” is not a date the desk can read. Write it like 14 May 2026, 14/5/26 or +7.",
        text=text,
    )
