"""A text with light formatting, kept as Markdown and shown as it will roughly look."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from branch_desk.desk import files, kit
from branch_desk.desk.forms import markup
from branch_desk.desk.forms.exact import warm
from branch_desk.desk.forms.plain import Lines, TextBox
from branch_desk.desk.tr import mark, tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from branch_desk.desk.forms.field import Storing

TEXT_FILES = (".txt", ".md", ".markdown", ".text")
MOST_DROPPED = 500_000
# What each button does: its picture, its name, its keys.
TOOLS = (
    ("bold", mark("Bold"), "Ctrl+B"),
    ("italic", mark("Italic"), "Ctrl+I"),
    ("heading", mark("Heading"), "Ctrl+Shift+H"),
    ("list", mark("Bulleted list"), "Ctrl+Shift+8"),
    ("list-ordered", mark("Numbered list"), "Ctrl+Shift+7"),
    ("link", mark("Link"), "Ctrl+Shift+L"),
    ("undo-2", mark("Undo typing"), ""),
)
_ITEM = re.compile(r"^(\s*)(?:[-*+]|(\d{1,3})[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![*\w])")
_LINK = re.compile(r"\[([^\]\n]{0,500})\]\(([^)\s]{0,2000})\)")


class Marks(QSyntaxHighlighter):
    """Shows bold as bold and headings as headings while the marks stay there to be typed over."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._take(palette)

    def follow(self, palette: QPalette) -> None:
        """Take other colours."""
        self._take(palette)
        self.rehighlight()

    def _take(self, palette: QPalette) -> None:
        self._faint = palette.color(QPalette.ColorRole.PlaceholderText)
        self._link = palette.color(QPalette.ColorRole.Link)

    def highlightBlock(self, text: str) -> None:
        """Qt's: one line."""
        if found := _HEADING.match(text):
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), bold)
            self._fade(0, found.end())
        elif found := _ITEM.match(text):
            self._add(0, found.end(), lambda look: look.setForeground(self._link))
        for found in _LINK.finditer(text):
            self._add(found.start(1), found.end(1), self._as_link)
            self._fade(found.start(), found.start(1))
            self._fade(found.end(1), found.end())
        for found in _BOLD.finditer(text):
            self._add(found.start(2), found.end(2), _embolden)
            self._fade(found.start(), found.start(2))
            self._fade(found.end(2), found.end())
        for found in _ITALIC.finditer(text):
            self._add(found.start(2), found.end(2), lambda look: look.setFontItalic(True))
            self._fade(found.start(), found.start(2))
            self._fade(found.end(2), found.end())

    def _as_link(self, look: QTextCharFormat) -> None:
        look.setForeground(self._link)
        look.setFontUnderline(True)

    def _fade(self, start: int, end: int) -> None:
        self._add(start, end, lambda look: look.setForeground(self._faint))

    def _add(self, start: int, end: int, change: Callable[[QTextCharFormat], object]) -> None:
        for at in range(start, end):
            look = self.format(at)
            change(look)
            self.setFormat(at, 1, look)


def _embolden(look: QTextCharFormat) -> None:
    look.setFontWeight(QFont.Weight.Bold)


class MarkdownBox(TextBox):
    """The editor: formatted text that is pasted becomes Markdown, copying gives both."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self._marks = Marks(self.document(), self.palette())

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._marks.follow(self.palette())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt's: the Markdown as text, and formatted for programs that take that."""
        made = QMimeData()
        text = self.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n")
        made.setText(text)
        made.setHtml(markup.to_html(text))
        return made

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt's: text, formatted text, or a text file."""
        return bool(_text_file(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt's: what is pasted or dropped."""
        path = _text_file(source)
        if path is not None:
            try:
                text = files.read(path, MOST_DROPPED).decode("utf-8-sig", "replace")
            except DeskError:
                return  # it went away between the drag and the drop
            self.textCursor().insertText(text.replace("\r\n", "\n"))
        elif source.hasHtml():
            self.textCursor().insertText(markup.from_html(source.html()))
        else:
            super().insertFromMimeData(source)
        self.ensureCursorVisible()

    # What the buttons do

    def wrap(self, marks: str) -> None:
        """Put marks round the selected words, or take them away; without words, stand between."""
        cursor = self.textCursor()
        text = cursor.selectedText()
        size = len(marks)
        if not text:
            cursor.insertText(marks * 2)
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=size)
            self.setTextCursor(cursor)
            return
        start = cursor.selectionStart()
        if text.startswith(marks) and text.endswith(marks) and len(text) > 2 * size:
            new = text[size:-size]
        else:
            # Each line on its own: marks do not reach over the end of a paragraph.
            lines = text.split("\N{PARAGRAPH SEPARATOR}")
            new = "\n".join(f"{marks}{line}{marks}" if line.strip() else line for line in lines)
        cursor.insertText(new)
        self._select(start, start + len(new))

    def prefix(self, make: Callable[[int], str]) -> None:
        """Begin the selected lines with a mark, or take it away where all of them have it."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        lines = [self.document().findBlockByNumber(at).text() for at in range(first, last + 1)]
        bare = [_ITEM.sub("", _HEADING.sub("", line)) for line in lines]
        new = [make(number) + line for number, line in enumerate(bare, start=1)]
        if new == lines:
            new = bare
        cursor.beginEditBlock()
        for number, line in zip(range(first, last + 1), new, strict=True):
            block = self.document().findBlockByNumber(number)
            edit = QTextCursor(block)
            edit.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            edit.insertText(line)
        cursor.endEditBlock()

    def add_link(self) -> None:
        """Make the selected words a link, and stand where its address goes."""
        cursor = self.textCursor()
        text = cursor.selectedText().replace("\N{PARAGRAPH SEPARATOR}", " ")
        start = cursor.selectionStart()
        cursor.insertText(f"[{text}](https://)")
        at = start + (1 if not text else len(text) + 3 + len("https://"))
        self._select(at, at)

    def _select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def go_on_with_list(self) -> bool:
        """At Enter in a list begin its next item, or end it on an empty one."""
        cursor = self.textCursor()
        found = _ITEM.match(cursor.block().text())
        if not found or cursor.hasSelection():
            return False
        if not cursor.block().text()[found.end() :].strip():
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
            return True
        number = f"{int(found[2]) + 1}. " if found[2] else found[0].strip()[:1] + " "
        cursor.insertText(f"\n{found[1]}{number}")
        self.setTextCursor(cursor)
        return True


def _text_file(source: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    if len(paths) == 1 and paths[0].suffix.lower() in TEXT_FILES:
        return paths[0]
    return None


class MarkdownField(Lines):
    """A text with bold, italic, headings, lists and links; `text()` is plain Markdown.

    Ctrl+B and Ctrl+I are its own while the cursor is in it. Tab leaves it.
    """

    def __init__(
        self, name: str, store: Storing | None = None, hint: str = "", height: int = 8
    ) -> None:
        self._warmed = False
        super().__init__(name, store, hint=hint, height=height)

    def _build(self, edit: TextBox, *above: QWidget) -> None:
        box = MarkdownBox(edit.lines)
        edit.deleteLater()
        self._box = box
        self.tools: list[QPushButton] = []
        bar = kit.row(space=0)
        for icon, word, keys in TOOLS:
            bar.addWidget(self._tool(icon, word, keys))
        bar.addStretch(1)
        self.bar = QFrame()
        self.bar.setLayout(bar)
        super()._build(box, self.bar, *above)
        box.undoAvailable.connect(self.tools[-1].setEnabled)
        self.tools[-1].setEnabled(False)

    def _tool(self, icon: str, word: str, keys: str) -> QPushButton:
        made = kit.button("", icon, role="quiet", does=lambda: self._do(icon))
        side = round(made.fontMetrics().height() * 1.15)
        made.setIconSize(QSize(side, side))
        made.setAccessibleName(tr(word))
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(f"{tr(word)} ({shown})" if keys else tr(word))
        # The keys do the same from within the text, so that Tab goes from field to field.
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.setFocusProxy(self._box)
        self.tools.append(made)
        return made

    def _do(self, tool: str) -> None:
        does: dict[str, Callable[[], object]] = {
            "bold": lambda: self._box.wrap("**"),
            "italic": lambda: self._box.wrap("*"),
            "heading": lambda: self._box.prefix(lambda _: "## "),
            "list": lambda: self._box.prefix(lambda _: "- "),
            "list-ordered": lambda: self._box.prefix(lambda number: f"{number}. "),
            "link": self._box.add_link,
            "undo-2": self._box.undo,
        }
        does[tool]()
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the keys of the buttons; the text is stored when it is left."""
        if isinstance(event, QKeyEvent) and not self._box.isReadOnly():
            if event.type() == QEvent.Type.ShortcutOverride and _tool_of(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event) or super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn and not self._warmed:
            self._warmed = True
            warm("markdownify")
            warm("markdown_it")
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if tool := _tool_of(event):
            self._do(tool)
            return True
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return enter and not event.modifiers() and self._box.go_on_with_list()

    def set_read_only(self, *, on: bool) -> None:
        """Only show what is recorded; it can still be reached and copied."""
        super().set_read_only(on=on)
        self.bar.setHidden(on)


def _tool_of(event: QKeyEvent) -> str:
    """Return which button's keys were pressed; an asterisk is an 8 with Shift on some keyboards."""
    pressed = QKeySequence(event.keyCombination())
    for tool, _, keys in TOOLS:
        if keys and pressed == QKeySequence(keys):
            return tool
    held = event.modifiers()
    if held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier:
        return {Qt.Key.Key_Asterisk: "list", Qt.Key.Key_Ampersand: "list-ordered"}.get(
            Qt.Key(event.key()), ""
        )
    return ""
