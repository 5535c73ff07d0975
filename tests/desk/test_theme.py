import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from branch_desk.desk import colour, theme

TEXT = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "rail"),
    ("text", "hover"),
    ("text", "stripe"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "rail"),
    ("muted", "stripe"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "accent_soft"),
    ("accent_text", "surface"),
    ("accent_text", "hover"),
    ("accent_text", "window"),
    ("danger", "danger_soft"),
    ("danger", "surface"),
    ("danger", "window"),
    ("warning", "warning_soft"),
    ("warning", "surface"),
    ("warning", "accent_soft"),
)
MARKS = (("edge", "surface"), ("edge", "window"), ("accent", "surface"), ("accent", "window"))


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
def test_text_can_be_read(name, pair):
    colours = theme.load(name).colours
    assert colour.contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("pair", MARKS, ids=" on ".join)
def test_marks_and_edges_can_be_seen(name, pair):
    colours = theme.load(name).colours
    assert colour.contrast(colours[pair[0]], colours[pair[1]]) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_stylesheet_has_a_value_for_every_token(name, qapp):
    filled = theme.stylesheet(theme.load(name))
    assert "$" not in filled
    assert theme.load(name).colours["accent"] in filled


def test_both_themes_have_the_same_tokens():
    assert theme.load("light").colours.keys() == theme.load("dark").colours.keys()


def test_sizes_grow_with_the_systems_text():
    assert theme.load("light", "", 2.0).sizes["body"] == 2 * theme.load("light").sizes["body"]


def test_dark_and_light_can_be_fixed_and_follow_at_once(look, qapp, qtbot):
    with qtbot.waitSignal(look.changed):
        look.set_mode("dark")
    assert look.theme.name == "dark"
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() < 60
    with qtbot.waitSignal(look.changed):
        look.set_mode("light")
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() > 200


def test_asking_for_the_same_look_again_paints_nothing(look, qtbot):
    with qtbot.assertNotEmitted(look.changed):
        look.set_mode("light")
        look.set_accent("")


def test_the_branchs_colour_paints_the_desk_and_goes_again(look):
    plain = look.theme.colours["accent"]
    look.set_accent("#7A1FA2")
    assert look.theme.colours["accent"] == "#7A1FA2"
    look.set_accent("")
    assert look.theme.colours["accent"] == plain


def test_disabled_text_is_still_readable(look, qapp):
    made = theme.palette(look.theme)
    greyed = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert colour.contrast(greyed.name().upper(), look.theme.colours["surface"]) >= 4.5
    assert qapp.styleHints().colorScheme() in set(Qt.ColorScheme)
