"""Typing on a leaflet: an editor right on a box, in the box's own face, size and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms import Field, undo_through
from branch_desk.desk.tr import plural, tr
from branch_desk.leaflets.page import faces

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QTextDocument

    from branch_desk.leaflets.drawing.places import Type
    from branch_desk.leaflets.layouts import Field as Wanted

TALL = ("text", "points")
EDGE = 2
WIDE = 150
SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
# A window that lost the keyboard, or a menu over it, is no reason to close what is being typed.
STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class _Paper(QPlainTextEdit):
    """The text itself; says by which key it is to be left."""

    ended = Signal(str)  # "stay", "next", "before", or "" where the keyboard went elsewhere

    def __init__(self, *, one_line: bool) -> None:
        super().__init__()
        self._one_line = one_line
        self.setTabChangesFocus(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def event(self, event: QEvent) -> bool:
        """Qt's: Esc closes the box before any dialog or page hears of it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Esc stays on the box, Tab goes to the next one, Enter ends a single line."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if key == Qt.Key.Key_Escape or (enter and (self._one_line or control)):
            self.ended.emit("stay")
        elif key == Qt.Key.Key_Tab and not control:
            self.ended.emit("next")
        elif key == Qt.Key.Key_Backtab:
            self.ended.emit("before")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's: store what was typed; the box closes unless the keyboard will come back."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.ended.emit("")


class _Faces(QSyntaxHighlighter):
    """Shows the first line and what follows in the two faces such a box has; undoes nothing."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._first = self._rest = QTextCharFormat()

    def dress(self, first: QTextCharFormat, rest: QTextCharFormat) -> None:
        """Take other faces."""
        if (first, rest) != (self._first, self._rest):
            self._first, self._rest = first, rest
            self.rehighlight()

    def of(self, number: int) -> QTextCharFormat:
        """Return how a line is set, counted from 0."""
        return self._rest if number else self._first

    def highlightBlock(self, text: str) -> None:
        """Qt's: set one line."""
        self.setFormat(0, len(text), self.of(self.currentBlock().blockNumber()))


class BoxField(Field):
    """One text of a leaflet, typed where it stands. What is refused stays open with the reason.

    `ended(way)` says that it was left and stored, and where the keyboard is to go.
    """

    ended = Signal(str)

    def __init__(self, wanted: Wanted, store: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(wanted.label, store)
        self.setParent(parent)
        self.wanted = wanted
        self.edit = _Paper(one_line=wanted.kind not in TALL)
        self._edit_with(self.edit)
        self._column.removeItem(self._head)
        self._head.setParent(None)
        self._head.setContentsMargins(8, 2, 8, 2)
        self.caption = kit.box(self._head, "card")
        self._column.addWidget(self.caption)
        self._column.setSpacing(0)
        self._type: Type | None = None
        self._place = QRect()
        self._scale = 1.0
        self._before = ""
        self._writing = False
        self._faces = _Faces(self.edit.document())
        self.edit.textChanged.connect(self._follow)
        self.edit.ended.connect(self._end)
        self.edit.setPlaceholderText(wanted.hint or wanted.sample.split("\n")[0])
        undo_through(self.edit)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.toPlainText()

    def _write(self, text: str) -> None:
        self._writing, self._before = True, text
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self._writing = False
        self._count()

    def set_read_only(self, *, on: bool) -> None:
        """Only show what stands there."""
        self.edit.setReadOnly(on)

    def _follow(self) -> None:
        self._count()
        self._fit()
        if not self._writing and self.text() != self._before:
            self._before = self.text()
            self._changed()

    def _count(self) -> None:
        words, most = len(self.text().split()), self.wanted.words
        said = plural(words, "{n} word", "{n} words")
        if most:
            said = tr("{count} of {most} words", count=words, most=most)
        self._label.setText(f"{self.wanted.label} · {said}")

    def _end(self, way: str) -> None:
        self.leave()
        if not self.refused:
            self.ended.emit(way)
        else:
            self._fit()

    def set_type(self, style: Type, scale: float, colours: dict[str, str], accent: str) -> None:
        """Take the face, size and colours of the box at the scale of the picture."""
        self._type, self._scale = style, scale
        family, weight = faces.family(style.face)
        ground = colours[style.ground]
        self.edit.setStyleSheet(
            f"QPlainTextEdit {{ background: {ground}; color: {colours[style.role]};"
            f" border: {EDGE}px solid {accent}; border-radius: 3px; padding: 0; min-height: 0;"
            f' font-family: "{family}"; font-weight: {weight};'
            f" font-size: {self._pixels(style.size)}px;"
            f" placeholder-text-color: {faces.over(ground).name()};"
            f" selection-background-color: {accent}; }}"
        )
        option = QTextOption(SIDES[style.align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.edit.document().setDefaultTextOption(option)
        first = self._format(style.face, style.size, upper=style.upper)
        rest = self._format(*style.follows, upper=style.upper) if style.follows else first
        self._faces.dress(first, rest)
        self._fit()

    def _pixels(self, size: float) -> int:
        """Return a size on the screen; what could not be read while it is typed is larger."""
        return max(round(size * self._scale), self.fontMetrics().height() * 3 // 4)

    def _format(self, face: str, size: float, *, upper: bool) -> QTextCharFormat:
        family, weight = faces.family(face)
        font = QFont(family)
        font.setWeight(QFont.Weight(weight))
        font.setPixelSize(self._pixels(size))
        if upper:
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        made = QTextCharFormat()
        made.setFont(font)
        return made

    def place(self, box: QRect) -> None:
        """Stand on a box, drawn out as far as what is typed needs."""
        self._place = box
        self._fit()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None or self._place.isNull():
            return
        room = parent.width() - 8
        width = min(max(self._place.width(), WIDE), room)
        left = max(4, min(self._place.left(), parent.width() - width - 4))
        lines = self._lines(width - 2 * EDGE)
        high = max(self._place.height(), round(lines) + 2 * EDGE + 2)
        self.edit.setFixedHeight(high)
        self._column.activate()
        whole = self.sizeHint().height()
        top = max(4, min(self._place.top(), parent.height() - whole - 4))
        self.setGeometry(left, top, width, whole)

    def _lines(self, width: int) -> float:
        """Return how high the text stands when it is broken to a width."""
        document, total = self.edit.document(), 0.0
        block = document.firstBlock()
        while block.isValid():
            metrics = QFontMetricsF(self._font_of(block.blockNumber()))
            shown = block.text() or self.edit.placeholderText()
            flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
            text = shown.upper() if self._type is not None and self._type.upper else shown
            total += metrics.boundingRect(
                QRectF(0, 0, width, 10_000), int(flags), text or "X"
            ).height()
            block = block.next()
        return total

    def _font_of(self, number: int) -> QFont:
        return self._faces.of(number).font()
