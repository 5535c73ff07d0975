"""Small parts every page is made of: labels, buttons, notices, empty states, stacks of widgets."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontInfo, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import icons
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent, QWheelEvent

ICON = QSize(18, 18)
LARGE_ICON = QSize(40, 40)
TINTS = {
    "primary": "on_accent",
    "quiet": "accent_text",
    "link": "accent_text",
    "foot": "muted",
    "toast": "window",
}


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Make a label; `role` is its look in the stylesheet. Text is plain, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def tip(text: str) -> str:
    """Return a text for a tool tip that is to be read as it stands: Qt takes markup for markup."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


class _Button(QPushButton):
    """A button whose picture keeps clear of its words, where it has any."""

    def setText(self, text: str) -> None:
        """Qt's: with words the picture stands at their left, without it stands alone."""
        super().setText(text)
        _draw(self)


def button(
    text: str, icon: str = "", *, role: str = "", does: Callable[[], object] | None = None
) -> QPushButton:
    """Make a button with an icon of the set; `role` is a look in the stylesheet, plain if none."""
    made = _Button(text)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if icon:
        _picture(made, icon, role)
    if does is not None:
        made.clicked.connect(lambda *_: does())
    return made


def _picture(made: QPushButton, icon: str, role: str) -> None:
    show_picture(made, icon, TINTS.get(role, "text"))


def show_picture(made: QPushButton, icon: str, tint: str) -> None:
    """Give a button a picture in a token's colour, which it keeps through changes of the theme."""
    made.setProperty("picture", [icon, tint])
    _draw(made)


def _draw(made: QPushButton) -> None:
    if picture := made.property("picture"):
        words = bool(made.text().strip())
        size = beside_text(ICON)
        wide = round(size.width() * icons.BESIDE) if words else size.width()
        made.setIcon(icons.icon(*picture, beside=words))
        made.setIconSize(QSize(wide, size.height()))


def beside_text(size: QSize) -> QSize:
    """Return a picture's size grown with the text it stands beside."""
    return size * max(1.0, QFontInfo(QApplication.font()).pixelSize() / 13)


def paint_again(root: QWidget) -> None:
    """Draw the pictures under a widget in the theme's colours, as large as its text asks."""
    for each in root.findChildren(QPushButton):
        _draw(each)
    for label_ in root.findChildren(QLabel):
        if picture := label_.property("picture"):
            label_.setPixmap(icons.icon(*picture).pixmap(beside_text(LARGE_ICON)))


def action(text: str, does: Callable[[], object], *, keys: str = "", icon: str = "") -> QAction:
    """Make an action for a menu; `keys` such as "Ctrl+N" are shown beside it."""
    made = QAction(text)
    made.triggered.connect(lambda *_: does())
    if keys:
        made.setShortcut(QKeySequence(keys))
    if icon:
        made.setIcon(icons.icon(icon))
    return made


def press(act: QAction, *, role: str = "", text: str = "") -> QPushButton:
    """Make a button that does what a menu's action does, and is on and off with it."""
    made = button(text or act.text().replace("&", ""), role=role)
    if act.data():
        _picture(made, str(act.data()), role)
    keys = act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    named = act.text().replace("&", "")
    made.setToolTip(tip(f"{named} ({keys})" if keys else named))
    made.setEnabled(act.isEnabled())
    made.clicked.connect(act.trigger)
    act.enabledChanged.connect(made.setEnabled)
    return made


def column(*parts: QWidget | QLayout | None, space: int = 8, margin: int = 0) -> QVBoxLayout:
    """Lay parts under one another; None is a stretch."""
    made = QVBoxLayout()
    _fill(made, parts, space, margin)
    return made


def row(*parts: QWidget | QLayout | None, space: int = 8, margin: int = 0) -> QHBoxLayout:
    """Lay parts side by side; None is a stretch."""
    made = QHBoxLayout()
    _fill(made, parts, space, margin)
    return made


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: Sequence[QWidget | QLayout | None],
    space: int,
    margin: int,
) -> None:
    layout.setSpacing(space)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def box(layout: QLayout, role: str = "") -> QFrame:
    """Put a layout into a frame; `role` "card" gives it a ground of its own."""
    made = QFrame()
    if role:
        made.setProperty("role", role)
    made.setLayout(layout)
    return made


def card(*parts: QWidget | QLayout | None, space: int = 8) -> QFrame:
    """Lay parts under one another on a card."""
    return box(column(*parts, space=space, margin=16), "card")


class _Scrolled(QScrollArea):
    """Scrolls up and down only, and is never narrower than what it holds.

    What it holds is taken in when it is first measured or shown: a scroll area measures it at once,
    and whatever has been measured takes its style afresh with each widget around it.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner: QWidget | None = inner
        inner.setParent(self)
        inner.hide()

    def take_in(self) -> None:
        """Take in what it holds, if it has not yet."""
        if self._inner is not None:
            inner, self._inner = self._inner, None
            self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        """Qt's: the inner width with the scroll bar beside it."""
        self.take_in()
        held = self.widget()
        inner = 0 if held is None else held.minimumSizeHint().width()
        return QSize(inner + self.verticalScrollBar().sizeHint().width(), 120)

    def sizeHint(self) -> QSize:
        """Qt's."""
        self.take_in()
        return super().sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's."""
        self.take_in()
        super().showEvent(event)


def scrolled(inner: QWidget, *, at_once: bool = False) -> QScrollArea:
    """Let a widget scroll up and down and grow with its place.

    It is taken in `at_once` where the keyboard is put into it before it is shown.
    """
    inner.setObjectName("holder")
    area = _Scrolled(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if at_once:
        area.take_in()
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def tabs() -> QTabWidget:
    """Make tabs without a frame or a line."""
    made = QTabWidget()
    made.setDocumentMode(True)
    made.tabBar().setDrawBase(False)
    return made


class Combo(QComboBox):
    """A drop-down that the wheel never changes: it scrolls what the drop-down stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: leave it to what lies under; the open list has its own."""
        event.ignore()


class Spin(QSpinBox):
    """A number box that the wheel never changes: it scrolls what the box stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's: leave it to what lies under."""
        event.ignore()


class Notice(QFrame):
    """A line across the page that says what went wrong or what was done, until it is closed."""

    def __init__(self, parent: QWidget | None = None, *, closes: bool = True) -> None:
        super().__init__(parent)
        self._text = label(role="")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(self._text, margin=8)
        if closes:
            close = button("", "x", role="quiet", does=self.hide)
            close.setAccessibleName(tr("Close this message"))
            close.setToolTip(tr("Close this message"))
            layout.addWidget(close)
        self.setLayout(layout)
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def show_text(self, text: str, role: str = "notice") -> None:
        """Say it; `role` is "notice" (a failure), "said" (what was done) or "flag" (a warning)."""
        self.setProperty("role", role)
        self._text.setText(text)
        self.setAccessibleName(text)
        for widget in (self, self._text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()


class Empty(QWidget):
    """What a page without anything on it says: what it is for, and the first step."""

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[QPushButton] = ()
    ) -> None:
        super().__init__()
        picture = QLabel()
        picture.setAccessibleName(title)
        picture.setProperty("picture", [icon, "muted"])
        picture.setPixmap(icons.icon(icon, "muted").pixmap(beside_text(LARGE_ICON)))
        heading, body = label(title, "heading"), label(text, "muted")
        for part in (picture, heading, body):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        body.setMaximumWidth(460)
        middle = row(None, body, None)
        middle.setStretchFactor(body, 4)
        self.setLayout(
            column(
                None, picture, heading, middle, row(None, *buttons, None), None, space=12, margin=24
            )
        )
