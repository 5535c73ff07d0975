"""The controls over the pages: which page, how large, and the search in the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from branch_desk.desk import kit
from branch_desk.desk.preview.sheets import PAGE, STEPS, WIDTH, Zoom
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from branch_desk.desk.pdf import Pdf
    from branch_desk.desk.preview.view import PdfView
    from branch_desk.desk.session import Session
    from branch_desk.paper.words import Hit

# So many pages are searched at a time, so that nobody else waits long for the lane.
AT_ONCE = 12
MOST_MARKED = 2_000
WAIT_MS = 120


class PageBox(QWidget):
    """The page in sight, as “3 of 21”, and where to type another."""

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self._view = view
        self.box = QLineEdit()
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.box.setAccessibleName(tr("Page"))
        self.box.setMaxLength(6)
        self.box.editingFinished.connect(self._go)
        self.box.installEventFilter(self)
        self._of: QLabel = kit.label("", "label", wrap=False)
        self.setLayout(kit.row(self.box, self._of, space=4))
        view.moved.connect(self._follow)
        self._widen()
        self.show_count()

    def show_count(self) -> None:
        """Follow the paper shown."""
        pdf = self._view.pdf
        pages = 0 if pdf is None else len(pdf)
        self._of.setText(tr("of {pages}", pages=pages))
        self._of.updateGeometry()
        self.updateGeometry()  # the line it stands in lays out by its width
        self.setEnabled(pages > 0)
        self._follow(self._view.page)

    def text(self) -> str:
        """Return "3 of 21"."""
        return f"{self.box.text()} {self._of.text()}"

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: stay wide enough for the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._widen()

    def _widen(self) -> None:
        letters = self.box.fontMetrics()
        self.box.setFixedWidth(letters.horizontalAdvance("0000") + 2 * letters.height())

    def _follow(self, page: int) -> None:
        self.box.setText(str(page + 1))

    def _go(self) -> None:
        """Go to the page typed, the last where there are not so many; nowhere for no number."""
        pdf, typed = self._view.pdf, self.box.text().strip()
        if pdf is not None and typed.isdecimal() and int(typed) != self._view.page + 1:
            self._view.go_to(min(max(int(typed), 1), len(pdf)) - 1)
        self._follow(self._view.page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the arrows leaf."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._view.go_to(self._view.page + by)
                return True
        return super().eventFilter(watched, event)


class ZoomBox(QWidget):
    """Smaller, how large, larger."""

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self._view = view
        self.combo = kit.Combo()
        self.combo.setAccessibleName(tr("Zoom"))
        self.combo.addItem(tr("Fit width"), Zoom(WIDTH))
        self.combo.addItem(tr("Fit page"), Zoom(PAGE))
        for factor in STEPS:
            self.combo.addItem(f"{factor:.0%}", Zoom.of(factor))
        self.combo.activated.connect(self._picked)
        less = kit.button("", "zoom-out", role="quiet", does=lambda: view.step_zoom(-1))
        more = kit.button("", "zoom-in", role="quiet", does=lambda: view.step_zoom(1))
        for made, name, keys in (
            (less, tr("Zoom out"), "Ctrl+-"),
            (more, tr("Zoom in"), "Ctrl++"),
        ):
            made.setAccessibleName(name)
            made.setToolTip(f"{name} ({keys})")
        self.setLayout(kit.row(less, self.combo, more, space=2))
        view.zoomed.connect(self._follow)

    def _picked(self, at: int) -> None:
        self._view.set_zoom(self.combo.itemData(at))

    def _follow(self) -> None:
        """Show the zoom; one that is none of those offered is shown as it is."""
        zoom = self._view.zoom
        at = 0 if zoom.fit == WIDTH else 1
        if not zoom.fit:
            offered = [abs(factor - zoom.factor) < 0.005 for factor in STEPS]
            at = 2 + offered.index(True) if True in offered else -1
        self.combo.setCurrentIndex(at)
        self.combo.setPlaceholderText("" if at >= 0 else f"{zoom.factor:.0%}")


class FindBar(QWidget):
    """Search in the paper: what is found is marked on the pages; Enter goes on, Escape closes."""

    closed = Signal()

    def __init__(self, session: Session, view: PdfView, topic: str) -> None:
        super().__init__()
        self._session, self._view, self._topic = session, view, f"{topic} find"
        self.hits: list[Hit] = []
        self._at = -1
        self._text = ""
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Search in the paper"))
        self.line.setAccessibleName(tr("Search in the paper"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self.look)
        self.line.textEdited.connect(lambda _: self._soon.start())
        self.count: QLabel = kit.label("", "label", wrap=False)
        before = kit.button("", "chevron-up", role="quiet", does=lambda: self.step(-1))
        after = kit.button("", "chevron-down", role="quiet", does=lambda: self.step(1))
        close = kit.button("", "x", role="quiet", does=self.leave)
        for made, name, keys in (
            (before, tr("Found before"), "Shift+F3"),
            (after, tr("Found next"), "F3"),
            (close, tr("Close the search"), "Esc"),
        ):
            made.setAccessibleName(name)
            made.setToolTip(f"{name} ({keys})")
        made_up = kit.row(self.line, self.count, before, after, close, space=4)
        made_up.setStretch(0, 1)
        self.setLayout(made_up)
        self.hide()

    def begin(self) -> None:
        """Open, and put the cursor into it."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Close, and take the marks off the pages."""
        self.hide()
        self.line.clear()
        self.look()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Search for what stands in the line, from the first page on."""
        self._soon.stop()
        self._session.workers.forget(self._topic)
        self.hits, self._at, self._text = [], -1, self.line.text().strip()
        self._view.show_hits((), -1)
        self.count.clear()
        if self._text and self._view.pdf is not None:
            self._look_from(0)

    def look_again(self) -> None:
        """Search the paper that is shown now."""
        if not self.isHidden():
            self.look()

    def _look_from(self, first: int) -> None:
        pdf, text = self._view.pdf, self._text
        if pdf is None:
            return
        pages = range(first, min(first + AT_ONCE, len(pdf)))
        self._session.workers.quick(
            self._topic,
            lambda: pdf.find(pages, text),
            lambda hits: self._found(pdf, hits, pages),
            owner=self,
        )

    def _found(self, pdf: Pdf, hits: list[Hit], pages: range) -> None:
        if pdf is not self._view.pdf:
            return
        self.hits += hits[: MOST_MARKED - len(self.hits)]
        if self._at < 0:
            seen = max(self._view.page, 0)
            later = (at for at, hit in enumerate(self.hits) if hit.page >= seen)
            self._at = next(later, 0 if self.hits and pages.stop == len(pdf) else -1)
        self._view.show_hits(self.hits, self._at)
        if pages.stop < len(pdf) and len(self.hits) < MOST_MARKED:
            self._look_from(pages.stop)
        self._say(searching=pages.stop < len(pdf))

    def _say(self, *, searching: bool) -> None:
        if self.hits:
            self.count.setText(tr("{at} of {hits}", at=self._at + 1, hits=len(self.hits)))
        else:
            self.count.setText(tr("searching…") if searching else tr("not found"))
        self.line.setAccessibleDescription(self.count.text())

    def step(self, by: int) -> None:
        """Go to the next (1) or the one before (-1), round the ends."""
        if self._soon.isActive() or self._text != self.line.text().strip():
            self.look()
        elif self.hits:
            self._at = (self._at + by) % len(self.hits)
            self._view.show_hits(self.hits, self._at)
            self._say(searching=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Enter goes on, with Shift back; Escape closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3}:
                self.step(-1 if back else 1)
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
