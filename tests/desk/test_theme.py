import re
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from branch_desk.desk import colour, theme
from branch_desk.desk.preview import marks
from branch_desk.resources import resource

# What is drawn by code, beside what the stylesheet says: words on their ground.
DRAWN = (
    ("text", "stripe"),  # rows of tables
    ("muted", "stripe"),
    ("warning", "stripe"),
    ("danger", "stripe"),
    ("accent_text", "stripe"),
    ("text", "accent_soft"),  # the chosen line of the command box, and of lists drawn by us
    ("muted", "accent_soft"),
    ("warning", "accent_soft"),
    ("danger", "accent_soft"),
    ("on_accent", "accent"),  # the rail's numbers
    ("warning", "warning_soft"),  # words found in the manual
    ("window", "text"),  # tool tips, toasts
    ("muted", "window"),  # whatever cannot be done just now
    ("muted", "surface"),
)
MARKS = (
    *(("edge", "surface"), ("edge", "window"), ("edge", "rail")),
    *(("accent", "surface"), ("accent", "window"), ("accent", "rail"), ("accent", "stripe")),
    *(("danger", "surface"), ("warning", "surface"), ("muted", "surface"), ("muted", "paper")),
    *(("on_accent", "accent"), ("warning", "window"), ("danger", "window")),
)
# Where a rule names no ground, its widget lies on one of these.
GROUNDS = ("window", "surface")
ON = {'QPushButton[role="toast"]': "text", 'QPushButton[role="foot"]': "rail"}
# Lines that only divide what is told apart without them.
DIVIDING = {"line", "transparent"}
# What stands out by its own ground and needs no edge.
FILLED = {"QFrame#toast"}


def rules():
    """Every rule of the stylesheet: its selector, and what it says of each property."""
    text = re.sub(
        r"/\*.*?\*/", "", (resource("theme") / "desk.qss").read_text("utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"\$\{\w+\}", "0", text)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        said = dict(re.findall(r"([\w-]+):\s*([^;]+);", body + ";"))
        for selector in selectors.split(","):
            yield selector.strip(), said


def token(value):
    found = re.search(r"\$(\w+)", value)
    return found[1] if found else ""


def bare(selector):
    """A selector without its states, for the ground its widget has in every state."""
    return re.sub(r":(?!:)\w+", "", selector)


def gathered():
    """Yield the pairs the stylesheet makes: (what, on what, whether it is words)."""
    every = list(rules())
    grounds = {s: token(r["background"]) for s, r in every if token(r.get("background", ""))}
    words = {s: token(r["color"]) for s, r in every if token(r.get("color", ""))}
    for selector, said in every:
        own = token(said.get("background", ""))
        around = ON.get(bare(selector), "") or grounds.get(selector.rpartition(" ")[0], "")
        beyond = [around] if around else GROUNDS
        of_widget = own or grounds.get(bare(selector), "")
        on = [of_widget] if of_widget else beyond
        colour_ = token(said.get("color", "")) or (words.get(bare(selector), "") if own else "")
        for ground in on:
            if colour_:
                yield colour_, ground, True
            if "placeholder-text-color" in said:
                yield token(said["placeholder-text-color"]), ground, True
        edge = token(said.get("border-color", "") or said.get("border", ""))
        if edge and edge not in DIVIDING and bare(selector) not in FILLED:
            yield from ((edge, ground, False) for ground in beyond)
        if "selection-color" in said:
            yield token(said["selection-color"]), token(said["selection-background-color"]), True


PAIRS = sorted({pair for pair in gathered() if pair[0] != pair[1]})


def faint(colours):
    """The pairs of a theme that cannot be told apart well enough."""
    pairs = [*PAIRS, *((*pair, True) for pair in DRAWN), *((*pair, False) for pair in MARKS)]
    return sorted(
        f"{one} on {ground}: {found:.2f}"
        for one, ground, is_text in set(pairs)
        if (found := colour.contrast(colours[one], colours[ground])) < (4.5 if is_text else 3)
    )


def test_pairs_are_gathered_from_the_stylesheet():
    assert ("muted", "surface", True) in PAIRS
    assert ("on_accent", "accent_hover", True) in PAIRS
    assert ("window", "text", True) in PAIRS  # what a toast says
    assert ("muted", "rail", True) in PAIRS
    assert ("accent", "surface", False) in PAIRS
    assert len(PAIRS) > 30


@pytest.mark.parametrize("name", ["light", "dark"])
def test_everything_can_be_read_and_seen(name):
    assert faint(theme.load(name).colours) == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_everything_can_be_read_whatever_colour_a_branch_has_chosen(name):
    chance = Random(7)
    plain = theme.load(name).colours
    chosen = ["#FFFFFF", "#000000", "#FFFF00", "#0000FF", "#FF0000", "#00FF00", "#808080"]
    chosen += [f"#{chance.randrange(1 << 24):06X}" for _ in range(200)]
    found = {}
    for each in chosen:
        made = colour.accents(each, surface=plain["surface"], window=plain["window"])
        if wrong := faint({**plain, **made}):
            found[each] = wrong
    assert found == {}


@pytest.mark.parametrize("mark", [marks.FOUND, marks.CURRENT, marks.CHOSEN], ids=str)
def test_words_marked_on_paper_can_be_read(mark):
    over = colour.mix(mark.name().upper(), "#FFFFFF", mark.alphaF())
    assert colour.contrast("#000000", over) >= 4.5
    assert colour.contrast(marks.RING.name().upper(), "#FFFFFF") >= 3


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
