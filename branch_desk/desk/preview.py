"""The real pages of a paper beside what is being edited, with Print and Save PDF under them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QWidget,
)

from branch_desk.desk import files, kit
from branch_desk.desk.pdf import Pdf
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session

GAP = 14
KEPT = 24
SETTLE_MS = 40


class PdfView(QAbstractScrollArea):
    """Pages under one another, as wide as the view; a picture is drawn when it comes in sight."""

    drawn = Signal()

    def __init__(self, session: Session, topic: str) -> None:
        super().__init__()
        self.setObjectName("pdf")
        self.setAccessibleName("Preview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(200, 160)
        self._session, self._topic = session, topic
        self._pdf: Pdf | None = None
        self._tops: list[float] = []
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}
        self._asked: tuple[int, int] | None = None

    @property
    def pdf(self) -> Pdf | None:
        """The PDF shown, if any."""
        return self._pdf

    @property
    def is_drawn(self) -> bool:
        """Whether every page in sight has its picture."""
        return self._pdf is not None and all(
            (number, self._width()) in self._pictures for number in self.in_sight()
        )

    def show_pdf(self, pdf: Pdf | None) -> None:
        """Show another PDF; the place stays, and old pictures until the new ones are drawn."""
        place = self.verticalScrollBar().value()
        self._before = {number: image for (number, _), image in self._pictures.items()}
        self._pictures.clear()
        self._asked = None
        self._pdf = pdf
        pages = 0 if pdf is None else len(pdf)
        self.setAccessibleName("Preview, " + ("nothing yet" if pdf is None else f"{pages} pages"))
        self._lay_out()
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def in_sight(self) -> list[int]:
        """Return the numbers of the pages that can be seen, from 0."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        found = [
            number
            for number, start in enumerate(self._tops)
            if start < bottom and start + self._height(number) > top
        ]
        return found[:8]

    def go_to(self, number: int) -> None:
        """Scroll to a page, counted from 0."""
        if 0 <= number < len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[number] - GAP))

    def _page_width(self) -> float:
        return max(self.viewport().width() - 2 * GAP, 80)

    def _width(self) -> int:
        return round(self._page_width() * self.devicePixelRatioF())

    def _height(self, number: int) -> float:
        if self._pdf is None:
            return 0
        wide, high = self._pdf.sizes[number]
        return self._page_width() * high / wide

    def _lay_out(self) -> None:
        self._tops = []
        top = float(GAP)
        for number in range(0 if self._pdf is None else len(self._pdf)):
            self._tops.append(top)
            top += self._height(number) + GAP
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        bar.setRange(0, max(round(top) - self.viewport().height(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: lay the pages out at the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all in sight is painted
        """Qt's: paint what is in sight and ask for the pictures that are missing."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self.verticalScrollBar().value()
        missing: int | None = None
        for number in self.in_sight():
            place = QRectF(
                GAP, self._tops[number] - offset, self._page_width(), self._height(number)
            )
            painter.fillRect(place.adjusted(0, 1, 1, 2), QColor(0, 0, 0, 40))
            painter.fillRect(place, Qt.GlobalColor.white)
            picture = self._pictures.get((number, self._width()))
            if picture is None and missing is None:
                missing = number
            picture = picture or self._before.get(number)
            if picture is not None:
                painter.drawImage(place, picture)
        painter.end()
        if missing is not None:
            self._ask(missing)

    def _ask(self, number: int) -> None:
        pdf, width = self._pdf, self._width()
        if pdf is None or self._asked == (number, width):
            return
        self._asked = (number, width)
        self._session.workers.quick(
            f"{self._topic} picture",
            lambda: pdf.picture(number, width),
            lambda picture: self._keep(pdf, number, width, picture),
            owner=self,
        )

    def _keep(self, pdf: Pdf, number: int, width: int, picture: QImage) -> None:
        self._asked = None
        if pdf is not self._pdf:
            return
        self._pictures[number, width] = picture
        self._before.pop(number, None)
        if len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()
        if self.is_drawn:
            self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: page keys, Home and End move through the paper."""
        bar = self.verticalScrollBar()
        places = {
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_Down: bar.value() + bar.singleStep(),
            Qt.Key.Key_Up: bar.value() - bar.singleStep(),
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(place)


class Preview(QWidget):
    """A live preview: `show_paper` lays a paper out in the quick lane, the newest wins.

    `make(large_print)` returns the PDF's bytes; it runs off the main thread and may read the store.
    `final`, where given, makes what is printed and saved, if that is finer than what is shown.
    """

    ready = Signal()

    def __init__(self, session: Session, topic: str, *, large_print: bool = True) -> None:
        super().__init__()
        self._session, self._topic = session, topic
        self._make: Callable[[bool], bytes] | None = None
        self._final: Callable[[], bytes] | None = None
        self._name = "Paper"
        self.view = PdfView(session, topic)
        self.notice = kit.Notice()
        self.large = QCheckBox("Large print")
        self.large.setToolTip("Lay the paper out afresh at 18 point")
        self.large.setVisible(large_print)
        self.large.toggled.connect(self._begin)
        self.pages = kit.label("", "label", wrap=False)
        self.print_action = QAction("Print…", self)
        self.print_action.setShortcut("Ctrl+P")
        self.print_action.setData("printer")
        self.print_action.triggered.connect(self.print_paper)
        self.save_action = QAction("Save PDF…", self)
        self.save_action.setShortcut("Ctrl+Shift+S")
        self.save_action.setData("file-down")
        self.save_action.triggered.connect(self.save_pdf)
        for act in (self.print_action, self.save_action):
            act.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            act.setEnabled(False)
        self.bar: QHBoxLayout = kit.row(
            self.large,
            self.pages,
            None,
            kit.press(self.save_action, text="Save PDF…"),
            kit.press(self.print_action, role="primary", text="Print…"),
        )
        self.top: QHBoxLayout = kit.row()
        layout = kit.column()
        layout.addLayout(self.top)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        layout.addLayout(self.bar)
        self.setLayout(layout)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._begin)

    @property
    def actions_of_preview(self) -> Sequence[QAction]:
        """The preview's actions, for the page's menu."""
        return (self.print_action, self.save_action)

    def show_paper(
        self,
        make: Callable[[bool], bytes],
        name: str,
        final: Callable[[], bytes] | None = None,
        mail: Callable[[], Draft] | None = None,
    ) -> None:
        """Lay a paper out soon; `name` is offered when it is saved.

        `mail` drafts the message it goes with, when E-mail… is pressed.
        """
        self._mail = mail
        if name != self._name:
            self.view.show_pdf(None)
            self.pages.clear()
        self._make, self._name, self._final = make, name, final
        self._settle.start()

    def show_nothing(self) -> None:
        """Show no paper."""
        self._make = None
        self._settle.stop()
        self._session.workers.forget(self._topic)
        self.view.show_pdf(None)
        self.pages.clear()
        self._can_print(can=False)

    def _begin(self) -> None:
        make, large = self._make, self.large.isChecked()
        if make is not None:
            self._session.workers.quick(
                self._topic,
                lambda: Pdf(make(large)),
                self._show,
                failed=self._failed,
                owner=self,
            )

    def _show(self, pdf: Pdf) -> None:
        self.notice.hide()
        self.view.show_pdf(pdf)
        self.pages.setText("1 page" if len(pdf) == 1 else f"{len(pdf)} pages")
        self._can_print(can=True)
        self.ready.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text(str(error))
        self._can_print(can=False)

    def _can_print(self, *, can: bool) -> None:
        for act in (self.print_action, self.save_action):
            act.setEnabled(can)

    def _finished(self, then: Callable[[Pdf], None]) -> None:
        """Go on with the PDF that is printed and saved; it may have to be laid out first."""
        final, shown = self._final, self.view.pdf
        if shown is None:
            return
        if final is None:
            then(shown)
        else:
            self._session.workers.long(
                f"Laying out {self._name}",
                lambda _: Pdf(final()),
                then,
                failed=self._session.fail,
                owner=self,
            )

    def print_paper(self) -> None:
        """Ask the system which printer and how, then print in the long lane."""
        self._finished(self._print)

    def _print(self, pdf: Pdf) -> None:
        from branch_desk.desk import printing

        name = self._name
        printer = printing.ask(self, name, len(pdf))
        if printer is not None:
            self._session.workers.long(
                f"Printing {name}",
                lambda progress: printing.send(pdf, printer, progress),
                lambda _: self._session.said.emit(f"{name} went to the printer."),
                failed=self._session.fail,
            )

    def save_pdf(self) -> None:
        """Ask where, and write the PDF whole or not at all."""
        self._finished(self._save)

    def _save(self, pdf: Pdf) -> None:
        start = Path(self._session.remembered.text("folder") or str(Path.home()))
        offered = str(start / files.file_name(self._name))
        path, _ = QFileDialog.getSaveFileName(self, "Save PDF", offered, "PDF (*.pdf)")
        if path:
            self._write(pdf, Path(path))

    def _write(self, pdf: Pdf, path: Path) -> None:
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
            if path.exists() and not self._may_replace(path):
                return
        self._session.remembered.keep("folder", str(path.parent))
        self._session.deed(
            lambda: files.write(path, pdf.data),
            lambda _: self._session.said.emit(f"Saved {path.name} in {path.parent}."),
        )

    def _may_replace(self, path: Path) -> bool:
        """Ask about a file the system's dialog did not see: it was told the name without .pdf."""
        asked = f"There is a file {path.name} in {path.parent} already. Replace it?"
        answer = QMessageBox.question(self, "Save PDF", asked)
        return answer == QMessageBox.StandardButton.Yes


class PaperCover(QWidget):
    """One paper over the whole page, with a way back."""

    left = Signal()

    def __init__(self, session: Session, name: str, make: Callable[[bool], bytes]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.preview = Preview(session, "paper over the page")
        back = kit.button("Back", "chevron-left", role="quiet", does=self.left.emit)
        back.setShortcut("Alt+Left")
        layout = kit.column(kit.row(back, kit.label(name, "heading"), None), self.preview)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.preview.show_paper(make, name)
