"""The layouts to begin from, each with a picture of itself filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from branch_desk.desk import kit
from branch_desk.desk.tr import tr
from branch_desk.leaflets import layouts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from branch_desk.desk.session import Session

    Pictures = Mapping[str, QImage]

ACROSS = 3
LARGE, SMALL = 300, 112
STYLE = """
QToolButton { background: palette(base); border: 1px solid palette(mid); border-radius: 6px;
  padding: 6px; }
QToolButton:hover { border-color: palette(highlight); background: palette(midlight); }
QToolButton:focus { border: 2px solid palette(highlight); padding: 5px; }
"""


class Thumbnails:
    """Pictures of the layouts in the branch's colour, drawn once in the lane while a page lives."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        self._session, self._owner = session, owner
        self._drawn: dict[str, QImage] = {}
        self._accent = ""
        self._wait: list[Callable[[Pictures], None]] = []

    def ask(self, then: Callable[[Pictures], None]) -> None:
        """Give the pictures when they are drawn; at once where they are."""
        from branch_desk.branch import records as branch

        accent = branch.details(self._session.store).accent
        if accent == self._accent and self._drawn:
            then(self._drawn)
            return
        self._wait.append(then)
        name = branch.details(self._session.store).name
        self._session.workers.quick(
            "leaflet layouts",
            lambda: _drawn(accent, name),
            lambda drawn: self._took(accent, drawn),
            failed=self._session.fail,
            owner=self._owner,
        )

    def _took(self, accent: str, drawn: dict[str, QImage]) -> None:
        self._accent, self._drawn = accent, drawn
        waiting, self._wait = self._wait, []
        for then in waiting:
            then(drawn)


def _drawn(accent: str, branch: str) -> dict[str, QImage]:
    """Draw every layout with its samples; runs off the main thread."""
    from branch_desk.desk.pdf import Pdf
    from branch_desk.leaflets import papers

    made = {}
    for layout in layouts.every():
        pdf = Pdf(papers.sample(layout, accent=accent, branch=branch))
        made[layout.name] = pdf.picture(0, LARGE * 2)
    return made


class Card(QToolButton):
    """One layout: its picture, its name, its size."""

    def __init__(self, layout: layouts.Layout, height: int, *, small: bool = False) -> None:
        super().__init__()
        self.layout_name = layout.name
        self._high = height
        self.setStyleSheet(STYLE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setText(tr(layout.title))
        self.setAccessibleName(tr(layout.title))
        self.setAccessibleDescription(tr(layout.about))
        self.setToolTip(tr(layout.about))
        page = layout.page
        self._size = QSize(round(height * page.width / page.height), height)
        if small and self._size.width() > height:
            self._size = QSize(height, round(height * page.height / page.width))
        self.setIconSize(self._size)
        blank = QPixmap(self._size)
        blank.fill(QColor(0, 0, 0, 0))
        self.setIcon(QIcon(blank))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, image: QImage) -> None:
        """Show what it looks like."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap.fromImage(
            image.scaled(
                self._size * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        drawn.setDevicePixelRatio(ratio)
        self.setIcon(QIcon(drawn))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter begins too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class Gallery(QWidget):
    """Every layout, large; `chosen(layout)` begins a leaflet, `left()` thinks better of it."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setAccessibleName(tr("Layouts"))
        back = kit.button(tr("Back"), "chevron-left", role="quiet", does=self.left.emit)
        back.setShortcut("Alt+Left")
        self.cards = [Card(layout, LARGE) for layout in layouts.every()]
        grid = QGridLayout()
        grid.setSpacing(24)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, card in enumerate(self.cards):
            card.clicked.connect(lambda _=False, name=card.layout_name: self.chosen.emit(name))
            about = kit.label(tr(layouts.load(card.layout_name).about), "muted")
            about.setMaximumWidth(LARGE)
            held = kit.column(card, about, None, space=6)
            grid.addLayout(held, number // ACROSS, number % ACROSS)
        grid.setColumnStretch(ACROSS, 1)
        inner = QWidget()
        inner.setLayout(kit.column(grid, None))
        what = kit.label(
            tr("Choose a layout. Everything on it can be changed, the layout too."), "muted"
        )
        head = kit.row(back, kit.label(tr("New leaflet"), "heading", wrap=False), None)
        made = kit.column(head, what, kit.scrolled(inner), space=12)
        made.setStretch(2, 1)
        self.setLayout(made)
        thumbnails.ask(self._show)

    def _show(self, drawn: Pictures) -> None:
        for card in self.cards:
            card.show_picture(drawn[card.layout_name])


class Strip(QWidget):
    """The layouts in small under the list, to begin from at one click."""

    chosen = Signal(str)

    def __init__(self, more: QPushButton) -> None:
        super().__init__()
        self.cards = [Card(layout, SMALL, small=True) for layout in layouts.every()[:2]]
        for card in self.cards:
            card.clicked.connect(lambda _=False, name=card.layout_name: self.chosen.emit(name))
            card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            card.setAccessibleName(tr("Begin: {layout}", layout=card.text()))
        head = kit.row(kit.label(tr("Begin a new one"), "label", wrap=False), None, more)
        self.setLayout(kit.column(head, kit.row(*self.cards, None), space=4))

    def show_pictures(self, drawn: Pictures) -> None:
        """Show what each looks like."""
        for card in self.cards:
            card.show_picture(drawn[card.layout_name])
