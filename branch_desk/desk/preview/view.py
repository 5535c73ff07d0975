"""Pages under one another, drawn when they come in sight: zoomed, searched, read out, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from branch_desk.desk import clipboard
from branch_desk.desk.preview import marks
from branch_desk.desk.preview.pictures import Part, Pictures, parts
from branch_desk.desk.preview.sheets import GAP, Sheets, Zoom, step
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from branch_desk.desk.pdf import Pdf
    from branch_desk.desk.session import Session
    from branch_desk.paper.words import Hit

MOST_READ_OUT = 4_000


class PdfView(QAbstractScrollArea):
    """The pages of a PDF. Numbers of pages count from 0.

    `drawn` says that all in sight is drawn, `moved(page)` which page is in sight now, `zoomed` that
    pages are shown at another size. `place` and `at` go between the paper and the screen.
    """

    drawn = Signal()
    moved = Signal(int)
    zoomed = Signal()

    def __init__(self, session: Session, topic: str) -> None:
        super().__init__()
        self.setObjectName("pdf")
        self.setAccessibleName(tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 80)
        self._session, self._topic = session, topic
        self._pdf: Pdf | None = None
        self._zoom = Zoom()
        self._sheets = Sheets((), QSizeF(), self._zoom, 96)
        self._pictures = Pictures()
        self._before: dict[Part, QImage] = {}
        self._asked: Part | None = None
        self._page = -1
        self._read_out: tuple[Pdf, int] | None = None
        self._hits: Sequence[Hit] = ()
        self._hit = -1
        self.selection: Hit | None = None
        self._from: tuple[int, float, float] | None = None
        self._old = False
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    @property
    def pdf(self) -> Pdf | None:
        """The PDF shown, if any."""
        return self._pdf

    @property
    def is_drawn(self) -> bool:
        """Whether every part in sight is drawn."""
        return self._pdf is not None and all(self._pictures.get(part) for part in self._sought())

    @property
    def page(self) -> int:
        """The page that fills most of the view; -1 for none."""
        return self._page

    def show_pdf(self, pdf: Pdf | None) -> None:
        """Show another PDF; the place stays, and old pictures until the new ones are drawn."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._before = {} if pdf is None else self._pictures.of(self.in_sight())
        self._pictures.clear()
        self._asked = self._read_out = None
        self._hits, self._hit, self.selection = (), -1, None
        self._pdf, self._old = pdf, False
        said = tr("nothing yet") if pdf is None else plural(len(pdf), "{n} page", "{n} pages")
        self.setAccessibleName(tr("Preview, {what}", what=said))
        self.setAccessibleDescription("")
        self._lay_out()
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self._scrolled()

    def show_as_old(self) -> None:
        """Grey what is shown: it is as it was before something could not be laid out."""
        self._old = self._pdf is not None
        self.viewport().update()

    # Where things are

    def in_sight(self) -> list[int]:
        """Return the numbers of the pages that can be seen."""
        top = self.verticalScrollBar().value()
        return list(self._sheets.between(top, top + self.viewport().height()))

    def place(self, number: int) -> QRectF:
        """Return where a page lies in the viewport, in pixels."""
        return self._sheets.place(number).translated(-self._offset())

    def at(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page under a point of the viewport and where on it, in points from the top."""
        return self._sheets.at(point + self._offset())

    @property
    def scale(self) -> float:
        """How many of the screen's pixels a point of the paper takes."""
        return self._sheets.scale

    def go_to(self, number: int) -> None:
        """Scroll to a page."""
        if 0 <= number < len(self._sheets):
            self.verticalScrollBar().setValue(round(self._sheets.place(number).top() - GAP))

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _dots(self) -> int:
        return self.logicalDpiX()

    def _lay_out(self) -> None:
        view = QSizeF(self.viewport().size())
        sizes = () if self._pdf is None else self._pdf.sizes
        self._sheets = Sheets(sizes, view, self._zoom, self._dots())
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._sheets.height, view.height()),
            (self.horizontalScrollBar(), self._sheets.width, view.width()),
        ):
            bar.setPageStep(round(seen))
            bar.setSingleStep(48)
            bar.setRange(0, max(round(whole - seen), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: lay the pages out at the new width."""
        super().resizeEvent(event)
        self._lay_out()
        self._scrolled()

    def _scrolled(self) -> None:
        self.viewport().update()
        if self._pdf is None or not len(self._sheets):
            page = -1
        else:
            middle = self.verticalScrollBar().value() + self.viewport().height() / 2
            page = max(self._sheets.between(0, middle), default=0)
        if page != self._page:
            self._page = page
            self.moved.emit(page)
            if self.is_drawn:
                self._tell()

    # How large

    @property
    def zoom(self) -> Zoom:
        """How large pages are shown."""
        return self._zoom

    @property
    def factor(self) -> float:
        """How many times their real size pages are shown at."""
        return self._sheets.scale * 72 / self._dots()

    def set_zoom(self, zoom: Zoom, at: QPointF | None = None) -> None:
        """Show pages at another size; what is at a point of the viewport stays there."""
        at = at or QPointF(self.viewport().width() / 2, 0)
        spot = self.at(at) or self._near(at)
        self._zoom = zoom
        self._before |= self._pictures.of(self.in_sight())
        self._lay_out()
        if spot is not None:
            number, x, y = spot
            there = self._sheets.place(number).topLeft() + QPointF(x, y) * self.scale - at
            self.horizontalScrollBar().setValue(round(there.x()))
            self.verticalScrollBar().setValue(round(there.y()))
        self._scrolled()
        self.zoomed.emit()

    def _near(self, at: QPointF) -> tuple[int, float, float] | None:
        pages = self.in_sight()
        if not pages:
            return None
        inner = (at - self.place(pages[0]).topLeft()) / self.scale
        return pages[0], inner.x(), inner.y()

    def step_zoom(self, by: int, at: QPointF | None = None) -> None:
        """Show pages one step larger (1) or smaller (-1)."""
        self.set_zoom(Zoom.of(step(self.factor, by)), at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: with Ctrl the wheel zooms at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.step_zoom(1 if turned > 0 else -1, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt's: two fingers zoom."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.set_zoom(Zoom.of(self.factor * (1 + event.value())), event.position())
            return True
        return super().viewportEvent(event)

    # What is found and chosen

    def show_hits(self, hits: Sequence[Hit], current: int) -> None:
        """Mark words on the pages and bring one of them into sight."""
        before, self._hits, self._hit = self._hit, hits, current
        if current != before and 0 <= current < len(hits) and hits[current].boxes:
            self._bring(hits[current])
        self.viewport().update()

    def _bring(self, hit: Hit) -> None:
        left, top, wide, high = (side * self.scale for side in hit.boxes[0])
        box = QRectF(left, top, wide, high).translated(self._sheets.place(hit.page).topLeft())
        seen = QRectF(self._offset(), QSizeF(self.viewport().size()))
        if not seen.contains(box):
            self.verticalScrollBar().setValue(round(box.center().y() - seen.height() / 3))
            if box.left() < seen.left() or box.right() > seen.right():
                self.horizontalScrollBar().setValue(round(box.left() - GAP))

    def copy(self) -> None:
        """Copy the words selected, or all of the page in sight."""
        pdf, page = self._pdf, self._page
        if self.selection is not None:
            clipboard.put(self.selection.text)
        elif pdf is not None and page >= 0:
            self._session.workers.quick(
                f"{self._topic} copy", lambda: pdf.text(page), clipboard.put, owner=self
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: begin to select words."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from, self.selection = self.at(event.position()), None
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: select the words up to the pointer."""
        pdf, start, end = self._pdf, self._from, self.at(event.position())
        if pdf is None or start is None or end is None or end[0] != start[0]:
            return
        self._session.workers.quick(
            f"{self._topic} select",
            lambda: pdf.between(start[0], start[1:], end[1:]),
            lambda hit: self._select(pdf, hit),
            owner=self,
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's: the selection stands."""
        del event
        self._from = None

    def _select(self, pdf: Pdf, hit: Hit | None) -> None:
        if pdf is self._pdf:
            self.selection = hit
            self.viewport().update()

    # Drawing

    def _width(self, number: int) -> int:
        return max(round(self._sheets.place(number).width() * self.devicePixelRatioF()), 1)

    def _sought(self) -> list[Part]:
        """Return the parts in sight, then nothing else."""
        pdf = self._pdf
        if pdf is None:
            return []
        seen = QRectF(self.viewport().rect())
        return [
            part
            for number in self.in_sight()
            for part in parts(pdf, number, self._width(number))
            if self._where(part).intersects(seen)
        ]

    def _where(self, part: Part) -> QRectF:
        """Return where a part of a page lies in the viewport, whatever width it was drawn for."""
        page = self.place(part.number)
        share = page.width() / part.width
        return QRectF(page.left(), page.top() + part.top * share, page.width(), part.height * share)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all in sight is painted
        """Qt's: paint what is in sight and ask for the parts that are missing."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self.in_sight():
            place = self.place(number)
            painter.fillRect(place.adjusted(0, 1, 1, 2), QColor(0, 0, 0, 40))
            painter.fillRect(place, Qt.GlobalColor.white)
        sought = self._sought()
        missing = [part for part in sought if self._pictures.get(part) is None]
        waiting = {part.number for part in missing}
        for part, picture in self._before.items():
            if part.number in waiting and part.number < len(self._sheets):
                painter.drawImage(self._where(part), picture)
        for part in sought:
            if (drawn := self._pictures.get(part)) is not None:
                painter.drawImage(self._where(part), drawn)
        self._paint_marks(painter)
        if self._old:
            marks.paint_as_old(painter, self.viewport().rect(), self.palette())
        painter.end()
        if missing:
            self._ask(missing[0])

    def _paint_marks(self, painter: QPainter) -> None:
        seen = set(self.in_sight())
        for number, hit in enumerate(self._hits):
            if hit.page in seen:
                now = number == self._hit
                colour = marks.CURRENT if now else marks.FOUND
                marks.paint_words(painter, hit, self.place(hit.page), self.scale, colour, ring=now)
        chosen = self.selection
        if chosen is not None and chosen.page in seen:
            place = self.place(chosen.page)
            marks.paint_words(painter, chosen, place, self.scale, marks.CHOSEN)

    def _ask(self, part: Part) -> None:
        pdf = self._pdf
        if pdf is None or self._asked == part:
            return
        self._asked = part
        self._session.workers.quick(
            f"{self._topic} picture",
            lambda: pdf.strip(part.number, part.width, part.top, part.height),
            lambda picture: self._keep(pdf, part, picture),
            owner=self,
        )

    def _keep(self, pdf: Pdf, part: Part, picture: QImage) -> None:
        self._asked = None
        if pdf is not self._pdf:
            return
        self._pictures.keep(part, picture, self._sought())
        self.viewport().update()
        if self.is_drawn:
            self._before.clear()
            self.drawn.emit()
            self._tell()

    def _tell(self) -> None:
        """Let those who listen read the page in sight."""
        pdf, page = self._pdf, self._page
        if pdf is None or page < 0 or self._read_out == (pdf, page):
            return
        self._read_out = (pdf, page)
        self._session.workers.quick(
            f"{self._topic} words",
            lambda: pdf.text(page)[:MOST_READ_OUT],
            lambda text: self._told(pdf, page, text),
            owner=self,
        )

    def _told(self, pdf: Pdf, page: int, text: str) -> None:
        if pdf is self._pdf:
            said = tr("Page {page} of {pages}. {text}", page=page + 1, pages=len(pdf), text=text)
            self.setAccessibleDescription(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: the arrows, page keys, Home and End move through the paper."""
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        moves = {
            Qt.Key.Key_Home: (down, down.minimum()),
            Qt.Key.Key_End: (down, down.maximum()),
            Qt.Key.Key_PageDown: (down, down.value() + down.pageStep()),
            Qt.Key.Key_PageUp: (down, down.value() - down.pageStep()),
            Qt.Key.Key_Down: (down, down.value() + down.singleStep()),
            Qt.Key.Key_Up: (down, down.value() - down.singleStep()),
            Qt.Key.Key_Right: (across, across.value() + across.singleStep()),
            Qt.Key.Key_Left: (across, across.value() - across.singleStep()),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is not None:
            move[0].setValue(move[1])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
