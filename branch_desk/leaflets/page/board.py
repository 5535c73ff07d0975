"""The leaflet itself as the editor: its picture, and over it the boxes that are clicked and typed.

The picture and the boxes come from the drawing; nothing is laid out here.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from branch_desk.desk.tr import tr
from branch_desk.leaflets.page.spot import AROUND, Spot
from branch_desk.leaflets.page.typing import BoxField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QImage,
        QPaintEvent,
        QResizeEvent,
    )

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.drawing.places import Place
    from branch_desk.leaflets.layouts import Layout
    from branch_desk.leaflets.papers import Board as Drawn

MARGIN = 14
ENDINGS = (".jpg", ".jpeg", ".png")
WHOLE = -1.0
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Sheet(QWidget):
    """The leaflet on its ground, its boxes to be clicked.

    `typed(key, text)` follows each key; `chosen(key)` says that the picture or the imprint, which
    are not typed here, was opened. `dropped(paths)` gives what was dropped.
    """

    typed = Signal(str, str)
    chosen = Signal(str)
    dropped = Signal(list)
    opened = Signal(str)

    def __init__(self, session: Session, store: Callable[[str], Callable[[str], object]]) -> None:
        super().__init__()
        self._session, self._store = session, store
        self.setAccessibleName(tr("The leaflet"))
        self.setAcceptDrops(True)
        self.scale = 1.0
        self._image: QImage | None = None
        self._drawn: Drawn | None = None
        self._layout: Layout | None = None
        self._texts: dict[str, str] = {}
        self.spots: dict[str, Spot] = {}
        self.field: BoxField | None = None

    # What is shown

    def show_drawn(
        self, layout: Layout, drawn: Drawn, image: QImage, texts: dict[str, str]
    ) -> None:
        """Show a leaflet as it is drawn now; what is being typed goes on."""
        self._layout, self._drawn, self._image, self._texts = layout, drawn, image, dict(texts)
        self._lay_spots(drawn.places)
        self._resize()
        self.update()

    def show_nothing(self) -> None:
        """Show no leaflet, and leave what is being typed."""
        self.close_box()
        self._image = self._drawn = None
        for spot in self.spots.values():
            spot.deleteLater()
        self.spots.clear()
        self.update()

    def set_scale(self, scale: float) -> None:
        """Show a point as so many pixels."""
        self.scale = scale
        self._resize()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: the leaflet at its scale, and a margin around it."""
        wide, high = self._drawn.size if self._drawn else (420.0, 595.0)
        return QSize(round(wide * self.scale) + 2 * MARGIN, round(high * self.scale) + 2 * MARGIN)

    def _resize(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self._place_spots()

    def page(self) -> QRectF:
        """Return where the leaflet stands: in the middle."""
        wide, high = self._drawn.size if self._drawn else (420.0, 595.0)
        wide, high = wide * self.scale, high * self.scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _lay_spots(self, places: Sequence[Place]) -> None:
        keys = [place.key for place in places]
        for key in [key for key in self.spots if key not in keys]:
            self.spots.pop(key).deleteLater()
        for place in places:
            if place.key not in self.spots:
                self.spots[place.key] = self._made(place.key)
            self._dress(place)
        if list(self.spots) != keys:
            self.spots = {key: self.spots[key] for key in keys}
        order = list(self.spots.values())
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _made(self, key: str) -> Spot:
        spot = Spot(key, self._name(key), self)
        spot.opened.connect(lambda: self.open(key))
        spot.walked.connect(lambda step: self._walk(key, step))
        spot.show()
        return spot

    def _name(self, key: str) -> str:
        own = {"picture": tr("Picture"), "imprint": tr("Imprint")}
        if key in own or self._layout is None:
            return own[key]
        return self._layout.field(key).label

    def _dress(self, place: Place) -> None:
        spot = self.spots[place.key]
        if self._drawn is None or self._layout is None:
            return
        name = self._name(place.key)
        belongs = {
            "picture": tr("Drop a picture here, or click to choose one"),
            "imprint": tr("Imprint: who printed it, who promotes it and for whom"),
        }.get(place.key, "")
        if not belongs:
            wanted = self._layout.field(place.key)
            hint = wanted.hint or wanted.sample.split("\n")[0]
            belongs = f"{name}: {hint}" if hint else name
        spot.show_state(text=self._texts.get(place.key, ""), belongs=belongs, empty=place.empty)
        accent = self._session.look.theme.colour("accent")
        spot.paint_with(accent)
        spot.setVisible(self.field is None or self.open_key != place.key)

    def _place_spots(self) -> None:
        if self._drawn is None:
            return
        for place in self._drawn.places:
            box = self._on_screen(place)
            self.spots[place.key].setGeometry(box.adjusted(-AROUND, -AROUND, AROUND, AROUND))
            if self.field is not None and self.open_key == place.key:
                accent = self._session.look.theme.colours["accent"]
                self.field.set_type(place.type, self.scale, dict(self._drawn.colours), accent)
                self.field.place(box.adjusted(-3, -3, 3, 3))

    def _on_screen(self, place: Place) -> QRect:
        page, box = self.page(), place.box
        made = QRectF(
            page.x() + box.x * self.scale,
            page.y() + box.y * self.scale,
            box.width * self.scale,
            box.height * self.scale,
        )
        return made.toAlignedRect().intersected(page.toAlignedRect())

    # Typing

    open_key = ""

    def texts_of(self) -> list[str]:
        """Return the keys of the boxes that are typed in, in reading order."""
        return [key for key in self.spots if key not in {"picture", "imprint"}]

    def open(self, key: str, text: str | None = None) -> bool:
        """Open a box for typing, or say that it was chosen; False where there is no such box."""
        if key not in self.spots:
            return False
        self.close_box()
        if key in {"picture", "imprint"}:
            self.spots[key].setFocus(Qt.FocusReason.OtherFocusReason)
            self.chosen.emit(key)
            return True
        if self._layout is None or self.field is not None:
            return False
        wanted = self._layout.field(key)
        self.open_key = key
        field = BoxField(wanted, self._store(key), self)
        field.start(self._texts.get(key, wanted.usual) if text is None else text)
        field.typed.connect(lambda typed: self.typed.emit(key, typed))
        field.ended.connect(lambda way: self._ended(field, way))
        self.field = field
        self.spots[key].hide()
        field.show()
        self._place_spots()
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(key)
        return True

    def close_box(self) -> None:
        """Store what is being typed and close its box, unless it was refused."""
        if self.field is not None:
            self.field.leave()
            if not self.field.refused:
                self._drop_field()

    def _ended(self, field: BoxField, way: str) -> None:
        if field is not self.field:
            return
        key = self.open_key
        self._drop_field()
        if way == "stay":
            self.spots[key].setFocus(Qt.FocusReason.OtherFocusReason)
        elif way:
            self._walk(key, 1 if way == "next" else -1, opens=True)

    def _drop_field(self) -> None:
        field, self.field = self.field, None
        spot = self.spots.get(self.open_key)
        self.open_key = ""
        if spot is not None:
            spot.show()
        if field is not None:
            field.hide()
            field.deleteLater()

    def _walk(self, key: str, step: int, *, opens: bool = False) -> None:
        """Go to the box before or after one; typing goes on there where it is a text."""
        keys = list(self.spots)
        to = keys.index(key) + step
        if not 0 <= to < len(keys):
            self.spots[key].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if opens and keys[to] in self.texts_of():
            self.open(keys[to])
        else:
            self.spots[keys[to]].setFocus(Qt.FocusReason.TabFocusReason)

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the leaflet stays in the middle."""
        super().resizeEvent(event)
        self._place_spots()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all of it is painted
        """Qt's: the picture with a shadow under it."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = self.page()
        for spread in (6, 4, 2):
            painter.fillRect(page.adjusted(-spread / 2, 1, spread / 2, spread), QColor(0, 0, 0, 18))
        painter.drawImage(page, self._image)
        painter.end()

    # Dropping a picture

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's: show where a picture goes; what is none is taken too, to say why not."""
        if _files(event):
            event.acceptProposedAction()
            self._taking(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt's: it was carried away again."""
        super().dragLeaveEvent(event)
        self._taking(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's: take it."""
        self._taking(on=False)
        paths = _files(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _taking(self, *, on: bool) -> None:
        if "picture" in self.spots:
            self.spots["picture"].take(on=on)


def _files(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


def refusal(paths: Sequence[str]) -> str:
    """Return why dropped files cannot be a leaflet's picture; nothing where one can."""
    name = Path(paths[0]).name
    if len(paths) > 1:
        return tr("A leaflet has one picture; {count} files were dropped.", count=len(paths))
    if not name.lower().endswith(ENDINGS):
        return tr("“{name}” is no picture that can be printed. Drop a JPEG or a PNG.", name=name)
    return ""


class Board(QScrollArea):
    """The sheet in its place: as large as there is room for, or at a chosen size.

    `resized()` asks for a sharper or a smaller picture.
    """

    resized = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.setObjectName("pdf")
        self.sheet = sheet
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(230, 260)
        self._zoom = 0.0
        self._size = (420.0, 595.0)

    def set_size(self, size: tuple[float, float]) -> None:
        """Take the leaflet's size in points."""
        self._size = size
        self.fit()

    def scale(self) -> float:
        """Return how many pixels a point has: as wide as there is room for, unless chosen."""
        natural = self.logicalDpiX() / 72
        if self._zoom > 0:
            return self._zoom * natural
        room = self.size()
        wide = (room.width() - self.verticalScrollBar().sizeHint().width() - 2 * MARGIN - 2) / (
            self._size[0]
        )
        whole = min(wide, (room.height() - 2 * MARGIN - 2) / self._size[1])
        readable = whole if self._zoom == WHOLE else max(whole, min(wide, natural))
        return max(0.3, readable)

    def fit(self) -> None:
        """Bring the sheet to its size."""
        scale = self.scale()
        if abs(scale - self.sheet.scale) > 0.001:
            self.sheet.set_scale(scale)
            self.resized.emit()

    def zoom(self, step: int) -> None:
        """Go one size larger or smaller; 0 shows the whole leaflet, and again as wide as it was."""
        if step:
            now = self.scale() * 72 / self.logicalDpiX()
            sizes = [z for z in ZOOMS if (z > now + 0.01 if step > 0 else z < now - 0.01)]
            self._zoom = (min(sizes) if step > 0 else max(sizes)) if sizes else self._zoom
        else:
            self._zoom = 0.0 if self._zoom == WHOLE else WHOLE
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the whole leaflet stays in sight."""
        super().resizeEvent(event)
        self.fit()

    def show_box(self, key: str) -> None:
        """Scroll to a box, and to what is typed on it."""
        if key in self.sheet.spots:
            self.ensureWidgetVisible(self.sheet.field or self.sheet.spots[key], 0, MARGIN)
