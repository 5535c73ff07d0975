"""The look of the desk: tokens in files, a palette, one stylesheet, by day and by night."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette

from branch_desk.desk import colour, icons
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication

# Qt's own style, for the command line of the application: `setStyle` hands the style over to
# Python, and making its class with all it can draw takes longer than the first page.
FUSION = ("-style", "fusion")
FONTS = ("Inter_400Regular.ttf", "Inter_600SemiBold.ttf", "Inter_700Bold.ttf")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by name as #RRGGBB and sizes by name in pixels, for one of light and dark."""

    name: str
    colours: Mapping[str, str]
    sizes: Mapping[str, int]

    def colour(self, name: str) -> QColor:
        """Return a token as Qt's colour."""
        return QColor(self.colours[name])


@cache
def load(name: str, accent: str = "", scale: float = 1.0) -> Theme:
    """Read "light" or "dark"; the branch's own accent is made readable, sizes grow by `scale`."""
    colours: dict[str, str] = tomllib.loads((resource("theme") / f"{name}.toml").read_text("utf-8"))
    groups = tomllib.loads((resource("theme") / "sizes.toml").read_text("utf-8"))
    sizes = {key: round(value * scale) for group in groups.values() for key, value in group.items()}
    if accent:
        colours |= colour.accents(accent, surface=colours["surface"], window=colours["window"])
    return Theme(name, colours, sizes)


def stylesheet(theme: Theme) -> str:
    """Fill the one stylesheet with the theme's tokens."""
    size = theme.sizes
    derived = {
        "button": size["field"] - 2,
        "radius2": size["radius"] * 2,
        "row_less": size["row"] - 6,
        "xs_less": max(size["xs"] - 1, 0),
        "s_less": size["s"] - 1,
        "m_less": size["m"] - 1,
        "chevron": icons.file("chevron-down", theme.colours["muted"]),
        "up": icons.file("chevron-up", theme.colours["muted"]),
        "check": icons.file("check", theme.colours["on_accent"]),
    }
    template = Template((resource("theme") / "desk.qss").read_text("utf-8"))
    return template.substitute(theme.colours, **size, **derived)


def palette(theme: Theme) -> QPalette:
    """Qt's palette from the tokens, so that what no stylesheet names still fits."""
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "stripe",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "danger",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent_text",
        QPalette.ColorRole.LinkVisited: "accent_text",
        QPalette.ColorRole.ToolTipBase: "text",
        QPalette.ColorRole.ToolTipText: "window",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "hover",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "edge",
        QPalette.ColorRole.Shadow: "edge",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, theme.colour(name))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("muted"))
    return made


class Look(QObject):
    """Paints the application; `changed` says that icons and drawn things must be painted again.

    `mode` is "system", "light" or "dark". Text is `percent` of the system's size; `less_motion` is
    the user's own wish, beside the system's.
    """

    changed = Signal()
    resized = Signal()

    def __init__(
        self, app: QApplication, mode: str = "system", accent: str = "", percent: int = 100
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode, self._accent, self._percent = mode, accent, percent
        self.less_motion = False
        self._family()
        self._points = QFontInfo(app.font()).pointSizeF()
        self._scale = max(1.0, QFontInfo(app.font()).pixelSize() / 13)
        self._size_font()
        app.styleHints().colorSchemeChanged.connect(self.apply)
        self.theme = self._wanted()
        self.apply()

    def _family(self) -> None:
        """Use the papers' family on the screen too, in the system's size."""
        size = QFontInfo(self._app.font()).pointSizeF()
        folder = resource("fonts")
        loaded = [
            QFontDatabase.addApplicationFont(str(path))
            for path in map(folder.joinpath, FONTS)
            if path.exists()
        ]
        families = (
            QFontDatabase.applicationFontFamilies(loaded[0]) if loaded and loaded[0] >= 0 else []
        )
        if families:
            font = self._app.font()
            font.setFamily(families[0])
            font.setPointSizeF(size)
            self._app.setFont(font)

    @property
    def mode(self) -> str:
        """What was asked for: "system", "light" or "dark"."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Follow the system, or stay light or dark."""
        if mode != self._mode:
            self._mode = mode
            self.apply()

    @property
    def percent(self) -> int:
        """How large text is beside the system's, from 100 to 200."""
        return self._percent

    def set_percent(self, percent: int) -> None:
        """Make text larger than the system's, up to twice; `resized` follows `changed`."""
        percent = min(max(percent, 100), 200)
        if percent != self._percent:
            self._percent = percent
            self._size_font()
            self.apply()
            self.resized.emit()

    def _size_font(self) -> None:
        font = self._app.font()
        if font.pointSizeF() != self._points * self._percent / 100:
            font.setPointSizeF(self._points * self._percent / 100)
            self._app.setFont(font)

    def set_accent(self, accent: str) -> None:
        """Paint in the branch's own colour; empty for the desk's."""
        if accent != self._accent:
            self._accent = accent
            self.apply()

    def _wanted(self) -> Theme:
        system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._mode == "dark" or (self._mode == "system" and system_dark)
        return load("dark" if dark else "light", self._accent, self._scale * self._percent / 100)

    def apply(self) -> None:
        """Paint everything by what the system and the user say now."""
        self.theme = self._wanted()
        icons.set_theme(self.theme.colours)
        self._app.setPalette(palette(self.theme))
        self._app.setStyleSheet(stylesheet(self.theme))
        self.changed.emit()
