import re
from pathlib import Path

import branch_desk
from branch_desk import app
from branch_desk.desk import icons
from branch_desk.resources import resource

ROOT = Path(branch_desk.__file__).parent
SOURCES = [
    *ROOT.glob("desk/**/*.py"),
    *ROOT.glob("*/page.py"),
    *ROOT.glob("*/page/**/*.py"),
    ROOT / "app.py",
]
THERE = {path.stem for path in resource("icons").glob("*.svg")}


def test_every_icon_that_is_shipped_is_used_and_none_is_missing():
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r'"([a-z][a-z0-9-]*)"', text))
    assert {icon for _, icon, _ in app.PAGES} <= THERE
    assert THERE - named == set()


def test_the_licence_of_the_icons_ships_with_them():
    assert "ISC License" in (resource("icons") / "LICENSE").read_text("utf-8")


def test_icons_take_the_colours_of_the_theme(qapp):
    icons.set_theme({"text": "#FF0000", "muted": "#00FF00", "accent_text": "#0000FF"})
    red = icons.icon("plus").pixmap(32, 32).toImage()
    colours = {
        red.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if red.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}


def test_an_icon_is_sharp_at_every_size(qapp):
    for size in (16, 64, 256):
        assert icons.icon("users").pixmap(size, size).width() == size


def test_an_icon_that_is_switched_on_has_its_own_colour(qapp):
    from PySide6.QtGui import QIcon

    icons.set_theme({"text": "#FF0000", "muted": "#00FF00", "accent_text": "#0000FF"})
    on = icons.icon("users", "muted", "accent_text").pixmap(
        32, 32, QIcon.Mode.Normal, QIcon.State.On
    )
    image = on.toImage()
    assert any(image.pixelColor(x, y).blue() > 200 for x in range(32) for y in range(32))
