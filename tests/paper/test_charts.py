from datetime import date
from functools import partial
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Rect, String

from branch_desk.paper import charts
from branch_desk.paper.blocks import Chart
from branch_desk.paper.render import render

DAYS = [date(2025, month, 1) for month in range(1, 13)]


def said(drawing):
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


@given(st.floats(0, 1e7))
def test_ticks_are_round_rise_from_nothing_and_reach_the_most(most):
    values = charts.ticks(most)
    assert values[0] == 0
    assert values[-1] >= most * 0.999
    assert 2 <= len(values) <= 7


def test_numbers_are_whole_where_they_are_whole():
    assert charts.amount(12345) == "12,345"
    assert charts.amount(2.5) == "2.5"


def test_lines_are_named_with_their_last_value_and_differ_without_colour():
    series = [
        charts.Series("Members", [(day, 400 - day.month) for day in DAYS]),
        charts.Series("Said", [(day, float(day.month)) for day in DAYS]),
        charts.Series("Nobody yet", []),
    ]
    drawing = charts.line_over_time(series)
    assert "Members 388" in said(drawing)
    assert "Said 12" in said(drawing)
    assert "Jan 2025" in said(drawing)
    dashes = [
        shape.strokeDashArray for shape in drawing.contents if type(shape).__name__ == "PolyLine"
    ]
    assert len({str(dash) for dash in dashes}) == 2


def test_lines_that_end_together_have_labels_apart():
    series = [charts.Series(name, [(day, 5.0) for day in DAYS]) for name in ("a", "b", "c")]
    drawing = charts.line_over_time(series)
    heights = sorted(
        shape.y
        for shape in drawing.contents
        if isinstance(shape, String) and shape.text[0] in "abc"
    )
    assert all(above - below > 9 for below, above in pairwise(heights))


def test_one_day_and_one_value_can_be_drawn():
    assert "x 3" in said(charts.line_over_time([charts.Series("x", [(DAYS[0], 3)])]))


def test_years_are_marked_over_a_long_span():
    series = charts.Series("x", [(date(2022, 3, 1), 1), (date(2026, 3, 1), 2)])
    assert "Jan 2024" in said(charts.line_over_time([series]))


@pytest.mark.parametrize(
    "drawing",
    [
        charts.line_over_time([]),
        charts.stacked_bars([], ("a",)),
        charts.horizontal_bars([]),
    ],
)
def test_nothing_to_show_is_said(drawing):
    assert said(drawing) == ["Nothing to show yet."]


def test_stacks_carry_their_sum_and_the_names_of_their_parts():
    drawing = charts.stacked_bars([("Jan", (1, 2, 0)), ("Feb", (0, 0, 0))], ("a", "b", "c"))
    assert "3" in said(drawing)
    assert {"a", "b", "c", "Jan", "Feb"} <= set(said(drawing))
    fills = {str(s.fillColor) for s in drawing.contents if isinstance(s, Rect)}
    assert len(fills) == 3


def test_many_bars_are_labelled_now_and_then():
    drawing = charts.stacked_bars([(f"m{i}", (1,)) for i in range(60)], ("a",))
    assert 5 < sum(text.startswith("m") for text in said(drawing)) < 30


def test_long_names_are_cut_with_an_ellipsis_and_stay_within_the_drawing():
    name = "Membership office of the regional organisation and its dependencies " * 3
    for drawing in (
        charts.horizontal_bars([(name, 121), ("b", 0)], unit="days"),
        charts.stacked_bars([(name, (3,))], (name,)),
        charts.line_over_time([charts.Series(name, [(DAYS[0], 1), (DAYS[5], 2)])]),
    ):
        assert any(text.endswith("…") for text in said(drawing))
        x0, _, x1, _ = drawing.getBounds()
        assert x0 >= -1
        assert x1 <= drawing.width + 12


def test_a_chart_is_vectors_with_words_for_it(one_section, read):
    drawing = charts.horizontal_bars([("Łódź 漢", 3)])
    paper = read(render(one_section(Chart(drawing, "One bar of three"))))
    (figure,) = paper.elements("Figure")
    assert str(figure.Alt) == "One bar of three"
    assert not paper.images(0)
    assert "Łódź" in paper.text


def test_in_large_print_a_chart_is_drawn_anew_with_larger_letters(one_section, read):
    series = [charts.Series("Members", [(day, 400 - day.month) for day in DAYS])]
    chart = Chart(partial(charts.line_over_time, series), "Members fell")
    sizes = {}
    for large in (False, True):
        paper = read(render(one_section(chart), large_print=large))
        scaled = 1.0
        for step in pikepdf.parse_content_stream(paper.pdf.pages[0]):
            if str(step.operator) == "cm" and float(step.operands[0]) != 1:
                scaled = float(step.operands[0])
            if str(step.operator) == "Tf" and float(step.operands[1]) == 9:
                sizes[large] = 9 * scaled
        assert "Members 388" in paper.text
    assert sizes[True] >= 18
    assert sizes[False] < 10
