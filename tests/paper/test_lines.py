import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.paper import fonts, lines
from branch_desk.paper.gate import Span
from branch_desk.paper.lines import Style

BODY = Style("Inter", 10.5, 15)


def laid(text, measure=200.0, style=BODY):
    return lines.broken((Span(text),), style, measure)


def said(line):
    return "".join(bit.text for bit in line.bits)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=300))
def test_no_word_is_lost_and_no_line_is_too_wide(text):
    made = laid(text, 120.0)
    together = "".join(said(line) for line in made)
    assert "".join(together.split()) == "".join(text.split())
    assert all(line.width <= 120.01 for line in made)


@given(st.text(alphabet="ab پم12 ", max_size=80))
def test_no_word_is_lost_where_both_directions_meet(text):
    together = "".join(said(line) for line in laid(text, 90.0))
    assert "".join(together.split()) == "".join(text.split())


def test_an_address_is_cut_after_a_mark():
    made = laid("https://example.org/a/very/long/path/to/some-page-of-the-site?question=1", 150.0)
    assert len(made) > 1
    assert all(said(line)[-1] in "/-_.?=&:" for line in made[:-1])


def test_line_ends_are_kept():
    assert [said(line) for line in laid("a\nb")] == ["a", "b"]


def test_an_empty_paragraph_is_one_empty_line():
    (line,) = laid("")
    assert line.bits == ()
    assert line.width == 0


def test_a_no_break_space_holds_words_together():
    made = laid("aaaa bbbb\u00a0cccc", fonts.width("aaaa bbbb cc", "Inter", 10.5))
    assert [said(line).strip() for line in made] == ["aaaa", "bbbb cccc"]


def test_figures_of_a_column_are_as_wide_as_one_another():
    widths = {lines.width(text, "Inter", 10, tabular=True) for text in ("111.11", "888.88")}
    assert len(widths) == 1
    assert lines.width("111", "Inter", 10) < lines.width("888", "Inter", 10)


def test_bold_and_italic_have_faces_of_their_own():
    spans = (Span("a", bold=True), Span("b", italic=True), Span("c", bold=True, italic=True))
    (line,) = lines.broken(spans, BODY, 100)
    assert [bit.face for bit in line.bits] == ["Inter-Bold", "Inter-Italic", "Inter-BoldItalic"]


def test_a_paragraph_is_broken_once():
    first = laid("some words")
    assert laid("some words") is first


def test_arabic_words_run_from_right_to_left():
    (line,) = laid("آپ کا ووٹ", 400)
    assert line.from_right
    places = [bit.x for bit in line.bits]
    assert places == sorted(places, reverse=True)


def test_an_arabic_word_within_english_leaves_the_english_in_order():
    (line,) = laid("one مرحبا two", 400)
    assert not line.from_right
    assert [bit.x for bit in line.bits] == sorted(bit.x for bit in line.bits)


@pytest.mark.parametrize("measure", [1.0, 4.0])
def test_a_measure_narrower_than_a_letter_still_ends(measure):
    assert "".join(said(line) for line in laid("abc", measure)) == "abc"
