"""One page of the manual on the screen: from its Markdown, in the desk's colours, without a net."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from branch_desk.desk.manual import pages
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent

    from branch_desk.desk.theme import Look

PICTURE = "\ufffc"  # what stands for one in the text
COLUMN = 52  # letters of the widest kind in a line


class Reader(QTextBrowser):
    """Shows one page; a link within the manual is told, one that leads out is only named."""

    followed = Signal(str, str)  # page, heading
    outside = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("manual")
        self.setAccessibleName(tr("Page of the manual"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._look = look
        self.name = ""
        self._laid_out: QTextDocument | None = None
        self._pictures: dict[str, QImage] = {}

    def show_page(self, page: pages.ManualPage, heading: str = "") -> None:
        """Show a page from its top or from a heading."""
        if page.name != self.name or not self.toPlainText():
            self.name = page.name
            self.paint_again()
        self.setExtraSelections([])
        self.verticalScrollBar().setValue(0)
        if heading:
            self.go_to(heading)

    def paint_again(self) -> None:
        """Lay the page out in the theme's colours and sizes."""
        theme = self._look.theme
        font = QFont(self.font())
        font.setPixelSize(theme.sizes["body"] + 1)
        made = QTextDocument(self)
        made.setDefaultFont(font)
        made.setDocumentMargin(theme.sizes["xl"])
        made.setBaseUrl(QUrl.fromLocalFile(f"{pages.folder()}/"))
        made.setMarkdown(pages.page(self.name).text)
        self._style(made)
        self.setExtraSelections([])  # marks of the page before would be looked for in this one
        self.setDocument(made)
        if self._laid_out is not None:  # the reader's own, which Qt keeps as long as the reader
            self._laid_out.deleteLater()
        self._laid_out = made
        self._fit()

    def loadResource(self, kind: int, name: QUrl) -> object:  # type: ignore[override]
        """Qt's: pictures of the manual's own folder, and nothing else."""
        image = QTextDocument.ResourceType.ImageResource.value
        return self._picture(name) if kind == image else None

    def _picture(self, name: QUrl) -> QImage | None:
        file = pages.folder() / "pictures" / name.fileName()
        if file.name not in self._pictures and file.is_file():
            self._pictures[file.name] = QImage(str(file))
        return self._pictures.get(file.name)

    # How it looks

    def _style(self, document: QTextDocument) -> None:
        theme = self._look.theme
        sizes = theme.sizes
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for block in _blocks(document):
            cursor.setPosition(block.position())
            form = QTextBlockFormat(block.blockFormat())
            level = form.headingLevel()
            form.setNonBreakableLines(False)
            line = 100 if PICTURE in block.text() else 135
            form.setLineHeight(line, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if level:
                form.setTopMargin(sizes["xl"] if level > 1 else 0)
                form.setBottomMargin(sizes["s"])
            elif cursor.currentTable() is None:
                form.setBottomMargin(sizes["s"])
            cursor.setBlockFormat(form)
            if level:
                self._head(cursor, sizes["title" if level == 1 else "lead"])
        self._links(document, cursor)
        self._tables(document)
        cursor.endEditBlock()

    def _head(self, cursor: QTextCursor, size: int) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat(cursor.charFormat())
        # Markdown's headings are larger by a step of Qt's, which would win over the theme's sizes.
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold)
        form.setFont(font)
        cursor.setCharFormat(form)

    def _links(self, document: QTextDocument, cursor: QTextCursor) -> None:
        colour = self._look.theme.colour("accent_text")
        for start, length in [(a, b) for a, b, form in _pieces(document) if form.isAnchor()]:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setForeground(colour)
            form.setFontUnderline(True)
            cursor.mergeCharFormat(form)

    def _tables(self, document: QTextDocument) -> None:
        theme = self._look.theme
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorderCollapse(True)
                form.setBorder(1)
                form.setBorderBrush(theme.colour("line"))
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setCellPadding(theme.sizes["xs"] + 2)
                form.setBottomMargin(theme.sizes["m"])
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: lines no longer than one reads with ease, pictures no wider than they."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        document = self.document()
        widest = COLUMN * self._look.theme.sizes["body"]
        width = min(self.viewport().width(), widest)
        frame = document.rootFrame().frameFormat()
        frame.setRightMargin(max(self.viewport().width() - width, 0))
        document.rootFrame().setFrameFormat(frame)
        room = width - 2 * self._look.theme.sizes["xl"]
        cursor = QTextCursor(document)
        for start, length, form in list(_pieces(document)):
            if form.isImageFormat():
                picture = QTextImageFormat(form.toImageFormat())
                width = room
                whole = self._picture(QUrl(picture.name()))
                if whole is not None:
                    width = min(room, whole.width())
                    self._shrink(document, QUrl(picture.name()), whole, width)
                picture.setWidth(width)
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(picture)

    def _shrink(self, document: QTextDocument, name: QUrl, whole: QImage, width: int) -> None:
        """Have a picture drawn from one of that width, scaled well: its letters stay readable."""
        ratio = self.devicePixelRatioF()
        wide = min(round(width * ratio), whole.width())
        shrunk = whole.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image = QTextDocument.ResourceType.ImageResource.value
        document.addResource(image, document.baseUrl().resolved(name), shrunk)

    # Going

    def _follow(self, link: QUrl) -> None:
        if link.scheme() not in {"", "file"}:
            self.outside.emit(link.toString())
            return
        path = link.path()
        name = path.rsplit("/", 1)[-1].removesuffix(".md") if path else self.name
        self.followed.emit(name or self.name, link.fragment())

    def go_to(self, heading: str) -> None:
        """Bring a heading to the top."""
        for block in _blocks(self.document()):
            if block.blockFormat().headingLevel() and pages.slug(block.text()) == heading:
                cursor = QTextCursor(block)
                self.setTextCursor(cursor)
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                return

    def mark(self, text: str) -> int:
        """Mark every place where a text stands, bring the first into sight; how many there are."""
        theme, marked = self._look.theme, []
        cursor = QTextCursor(self.document())
        while text and not (cursor := self.document().find(text, cursor)).isNull():
            each = QTextEdit.ExtraSelection()
            each.cursor = QTextCursor(cursor)
            each.format.setBackground(theme.colour("warning_soft"))
            each.format.setForeground(theme.colour("warning"))
            marked.append(each)
        self.setExtraSelections(marked)
        if marked:
            start = QTextCursor(marked[0].cursor)
            start.clearSelection()
            self.setTextCursor(start)
            self.ensureCursorVisible()
        return len(marked)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pieces(document: QTextDocument) -> Iterator[tuple[int, int, QTextCharFormat]]:
    for block in _blocks(document):
        each = block.begin()
        while not each.atEnd():
            piece = each.fragment()
            if piece.isValid():
                yield piece.position(), piece.length(), piece.charFormat()
            each += 1
