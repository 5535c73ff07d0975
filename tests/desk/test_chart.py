"""Charts on the screen: the papers' drawings in the theme's colours, and the numbers behind."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from branch_desk.desk import colour
from branch_desk.desk.chart import ChartView, Numbers, NumbersDialog, picture, tinted
from branch_desk.desk.theme import load
from branch_desk.paper import charts

LINE = charts.Series("Members", [(date(2026, month, 1), 400 + month) for month in range(1, 6)])
NUMBERS = Numbers(("Month", "Members"), (("Jan 2026", "401"), ("Feb 2026", "402")))
LETTERED = "Members 405"


def make(width):
    return charts.line_over_time([LINE], width=width, height=140)


@pytest.fixture
def chart(session, qtbot):
    made = ChartView(session, "Members over time", height=140)
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    return made


@pytest.fixture
def drawn(chart, qtbot):
    chart.show_chart(make, NUMBERS, "405 members, 4 more than in January.")
    chart.show()
    qtbot.waitUntil(lambda: chart.drawn)
    return chart


def dialog(chart):
    return chart.findChild(NumbersDialog)


def seen(chart):
    image = chart.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    }


def test_a_drawing_is_taken_apart_into_lines_discs_and_words():
    found = picture(make(400.0))
    assert (found.width, found.height) == (400, 140)
    assert {mark.kind for mark in found.marks} == {"path", "disc", "words"}
    words = [mark for mark in found.marks if mark.kind == "words"]
    assert [mark.text for mark in words if mark.bold] == [LETTERED]
    assert all(0 <= mark.at[0] <= 400 and 0 <= mark.at[1] <= 140 for mark in words)


def test_stacked_bars_have_boxes_and_dashes_stay():
    bars = charts.stacked_bars([("Jan", (3, 2)), ("Feb", (1, 4))], ["said", "recorded"])
    assert len([mark for mark in picture(bars).marks if mark.kind == "box"]) >= 4
    two = charts.line_over_time([LINE, charts.Series("Said", LINE.points)], width=300)
    assert [mark.dashes for mark in picture(two).marks if mark.dashes] == [(5, 2.5)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["#1A1A1A", "#4D4D4D", "#1F6F54", "#B4500F"])
def test_what_reads_on_paper_reads_in_either_theme(theme, paper):
    tokens = load(theme).colours
    assert colour.contrast(tinted(paper, tokens), tokens["surface"]) >= 3


def test_it_is_made_once_painted_for_the_width_it_has(chart, session, qtbot):
    asked = []
    chart.show_chart(lambda width: asked.append(width) or make(width), NUMBERS)
    qtbot.wait(20)
    assert asked == []
    chart.show()
    qtbot.waitUntil(lambda: chart.drawn)
    chart.resize(400, chart.height())
    qtbot.waitUntil(lambda: len(asked) == 2 and session.workers.idle)
    assert asked[1] < asked[0]
    chart.repaint()
    assert len(asked) == 2


def test_it_is_painted_in_the_themes_colours_and_follows_them(drawn, session, qtbot):
    assert "#1F6F54" in seen(drawn)
    session.look.set_mode("dark")
    assert tinted("#1F6F54", session.look.theme.colours) in seen(drawn)
    assert "#1F6F54" not in seen(drawn)


def test_it_says_what_it_shows_to_those_who_cannot_see_it(drawn):
    assert drawn.accessibleName() == "Members over time"
    assert drawn.accessibleDescription() == "405 members, 4 more than in January."


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_show_the_numbers_behind_which_can_be_copied(drawn, qtbot, key):
    drawn.setFocus()
    qtbot.keyClick(drawn, key)
    shown = dialog(drawn)
    assert shown.table.rows.rowCount() == 2
    copy = next(each for each in shown.children() if getattr(each, "text", str)() == "Copy all")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == "Month\tMembers\nJan 2026\t401\nFeb 2026\t402"
    shown.reject()


def test_a_number_leads_to_its_place(chart, qtbot):
    went = []
    rows = Numbers(NUMBERS.heads, NUMBERS.rows, go=lambda row, column: went.append((row, column)))
    chart.show_chart(make, rows)
    chart.show()
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton)
    shown = dialog(chart)
    shown.table.choose_row(1)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    assert went == [(1, 0)]
    assert not shown.isVisible()


def test_without_numbers_nothing_opens_and_numbers_without_a_place_stay(chart, drawn, qtbot):
    drawn.show_numbers()
    shown = dialog(drawn)
    shown.table.activated.emit(shown.table.rows.index(0, 1))
    assert shown.isVisible()
    shown.reject()
    empty = ChartView(chart._session, "Nothing")
    qtbot.addWidget(empty)
    empty.show_numbers()
    assert dialog(empty) is None


def test_other_keys_are_not_its(drawn, qtbot):
    qtbot.keyClick(drawn, Qt.Key.Key_A)
    assert dialog(drawn) is None


def test_a_chart_that_cannot_be_made_is_said(chart, session, qtbot):
    from branch_desk.store.errors import Invalid

    def broken(width):
        raise Invalid(f"No chart {width > 0}.")

    chart.show_chart(broken, NUMBERS)
    with qtbot.waitSignal(session.failed) as said:
        chart.show()
    assert said.args == ["No chart True."]


def test_a_view_with_no_room_asks_for_nothing(session, qtbot):
    made = ChartView(session, "Narrow")
    qtbot.addWidget(made)
    made.resize(20, 100)
    made.show_chart(lambda _: pytest.fail("asked"), NUMBERS)
    made._draw()
    assert made.minimumSizeHint().width() == 200


def test_groups_are_taken_apart_and_what_it_does_not_know_is_left_out():
    from reportlab.graphics.shapes import Drawing, Ellipse, Group, Line

    drawing = Drawing(100, 50)
    drawing.add(Group(Line(0, 0, 10, 10), Ellipse(5, 5, 2, 1)))
    (line,) = picture(drawing).marks
    assert line.at == (0, 50, 10, 40)


def test_bars_are_painted_with_their_fills_and_outlines(chart, qtbot):
    rows = [("Jan", (3, 2)), ("Feb", (1, 4))]
    chart.show_chart(lambda width: charts.stacked_bars(rows, ["a", "b"], width=width), NUMBERS)
    chart.show()
    qtbot.waitUntil(lambda: chart.drawn)
    chart.resize(600, chart.sizeHint().height())
    boxes = [mark for mark in chart._picture.marks if mark.kind == "box" and mark.line]
    assert boxes[0].fill in seen(chart)


def test_the_keyboard_is_seen_on_it(drawn, session, qtbot):
    drawn.activateWindow()
    qtbot.waitUntil(drawn.isActiveWindow)
    drawn.setFocus()
    image = drawn.grab().toImage()
    accent = session.look.theme.colour("accent")
    assert image.pixelColor(image.width() // 2, 1) == accent
    drawn.clearFocus()
    assert drawn.grab().toImage().pixelColor(image.width() // 2, 1) != accent
