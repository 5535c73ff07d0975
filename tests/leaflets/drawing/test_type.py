from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets.drawing import type as typesetting

DISPLAY, TEXT = typesetting.FACES["display"], typesetting.FACES["regular"]
texts = st.text(
    st.sampled_from("aąbcdeéfgijlłmnoöprsstuŵyzźżABWTŚŻ .,-/@0123456789'"), max_size=120
)
faces = st.sampled_from(list(typesetting.FACES.values()))


def joined(lines):
    return "".join(lines).replace(" ", "")


@given(texts, faces, st.floats(6, 60), st.floats(40, 500), st.booleans())
def test_no_line_is_wider_than_its_measure_and_no_letter_is_lost(text, face, size, measure, even):
    lines = typesetting.lines(text, face, size, measure, even=even)
    assert joined(lines) == text.replace(" ", "")
    for line in lines:
        wide = typesetting.width(line, face, size)
        assert wide <= max(measure, size) + 0.01 or len(line) == 1


@given(texts, faces, st.floats(8, 40), st.floats(8, 40), st.floats(60, 400))
def test_smaller_type_never_needs_more_lines(text, face, one, other, measure):
    small, large = sorted((one, other))
    words_fit = all(typesetting.width(w, face, large) <= measure for w in text.split())
    fewer = len(typesetting.lines(text, face, small, measure))
    more = len(typesetting.lines(text, face, large, measure))
    assert fewer <= more or not words_fit


@given(texts, st.floats(10, 40), st.floats(60, 400))
def test_even_lines_are_as_many_and_no_longer(text, size, measure):
    plain = typesetting.lines(text, DISPLAY, size, measure)
    even = typesetting.lines(text, DISPLAY, size, measure, even=True)
    widths = [typesetting.width(line, DISPLAY, size) for line in plain]
    assert len(even) == len(plain)
    assert max(typesetting.width(line, DISPLAY, size) for line in even) <= max(widths) + 0.01


def test_a_headline_is_broken_evenly():
    lines = typesetting.lines(
        "Save our library: come and have your say", DISPLAY, 40, 363, even=True
    )
    assert lines == ("Save our library: come", "and have your say")


def test_lines_of_its_own_are_kept():
    assert typesetting.lines("One\n\nTwo", TEXT, 10, 300) == ("One", "", "Two")


def test_a_long_address_is_cut_where_addresses_break():
    lines = typesetting.lines("bartholomew.featherstone@office.example.org", TEXT, 12, 140)
    assert lines[0][-1] in ".@"
    assert len(lines) > 1


@given(texts.filter(str.strip), st.integers(1, 4), st.floats(80, 400))
def test_the_size_that_fits_does_fit(text, count, measure):
    size = typesetting.fitting(text, DISPLAY, count, measure)
    lines = typesetting.lines(text, DISPLAY, size * 0.999, measure)
    assert len(lines) <= count


@given(texts.filter(str.strip), st.floats(80, 400))
def test_more_lines_allow_larger_type(text, measure):
    sizes = [typesetting.fitting(text, DISPLAY, count, measure) for count in (1, 2, 3)]
    assert sizes == sorted(sizes)


def test_nothing_to_fit_has_no_size():
    assert typesetting.fitting("  ", DISPLAY, 2, 100) == 0


def test_pairs_of_letters_are_kerned():
    plain = typesetting.word("T", DISPLAY).width + typesetting.word("o", DISPLAY).width
    assert typesetting.word("To", DISPLAY).width < plain - 20


def test_a_word_with_a_letter_the_face_lacks_falls_back():
    faces = {piece.face for piece in typesetting.word("aЖ", DISPLAY).pieces}
    assert len(faces) == 2


def test_joined_scripts_are_measured_whole():
    word = typesetting.word("لائبریری", DISPLAY)
    assert word.pieces == ()
    assert word.width > 0


@pytest.mark.parametrize(
    ("upper", "lower", "least", "most"),
    [
        ("Ratujmy", "przyjdź", 0.95, 1.3),
        ("gggg", "ŚŚŚŚ", 1.0, 1.4),
        ("aaaa", "aaaa", 0.0, 0.0),
        ("g", "      Ś", 0.0, 0.0),
    ],
)
def test_lines_are_led_so_that_tails_touch_nothing(upper, lower, least, most):
    lead = typesetting.clear_leading(((0.0, upper), (0.0, lower)), DISPLAY, 40)
    assert least <= lead <= most


@given(texts, st.floats(10, 40), st.floats(60, 400))
def test_sensible_lines_are_as_many_and_fit(text, size, measure):
    plain = typesetting.lines(text, TEXT, size, measure)
    sensible = typesetting.lines(text, TEXT, size, measure, sense=True)
    assert len(sensible) == len(plain)
    assert " ".join(sensible) == " ".join(plain)
    for line in sensible:
        assert typesetting.width(line, TEXT, size) <= max(measure, size) + 0.01 or len(line) == 1


def test_a_sentence_s_first_word_is_not_left_behind():
    text = "The council is to close it on Saturdays. Three hundred people use it every week."
    measure = typesetting.width(text[: text.index(" hundred")], TEXT, 12) + 1
    assert typesetting.lines(text, TEXT, 12, measure)[0].endswith("Three")
    assert typesetting.lines(text, TEXT, 12, measure, sense=True) == (
        "The council is to close it on Saturdays.",
        "Three hundred people use it every week.",
    )


def test_a_single_word_is_not_left_to_the_last_line():
    text = "Hear the figures and put your own questions to councillors who will be there"
    measure = typesetting.width(text.removesuffix(" there"), TEXT, 12) + 1
    assert typesetting.lines(text, TEXT, 12, measure)[-1] == "there"
    last = typesetting.lines(text, TEXT, 12, measure, sense=True)[-1]
    assert typesetting.width(last, TEXT, 12) >= 0.3 * measure
