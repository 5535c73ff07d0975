import hashlib
import json

import pytest

from branch_desk.paper import fonts, shaping
from branch_desk.resources import resource


def test_every_face_has_its_file_as_the_manifest_says():
    entries = json.loads(resource("fonts", "manifest.json").read_text(encoding="utf-8"))
    named = {name: digest for entry in entries for name, digest in entry["files"].items()}
    for name, digest in named.items():
        assert hashlib.sha256(resource("fonts", name).read_bytes()).hexdigest() == digest
    assert {name + ".ttf" for name in fonts.FILES.values()} <= set(named)
    assert sum(name.startswith("OFL-") for name in named) == len(entries)


def test_faces_by_family_and_cut():
    assert fonts.face("Inter") == "Inter"
    assert fonts.face("Serif", bold=True, italic=True) == "Serif-BoldItalic"
    assert fonts.face("Barlow") == "Barlow-Bold"
    assert fonts.face("Barlow", italic=True) == "Barlow-Bold"
    assert fonts.face("Naskh", italic=True) == "Naskh"


def test_an_unknown_family_is_a_slip():
    with pytest.raises(KeyError):
        fonts.face("Comic")


@pytest.mark.parametrize("name", ["Inter", "Serif", "Atkinson", "Barlow-ExtraBold"])
@pytest.mark.parametrize(
    "text", ["Siân Ŵyn ŷ", "Łęska żółć", "O\u2019Brien \u2013 “yes” … £ €", "ẞ ß ij"]
)
def test_names_of_many_origins_can_be_set(name, text):
    assert fonts.missing(text, name) == []


def test_a_character_the_face_lacks_comes_from_the_next():
    assert fonts.runs("aЖb", "Atkinson")[1][0] != "Atkinson"
    assert (
        fonts.runs("a✓", "Serif") == (("Serif", "a✓"),)
        or fonts.runs("a✓", "Serif")[1][0] == "Inter"
    )
    assert fonts.missing("→ ✓ Ж \N{GREEK SMALL LETTER ALPHA}") == []


def test_what_no_face_has_is_named_once_in_order():
    assert fonts.missing("b 漢 字 漢 \n") == ["漢", "字"]


def test_what_no_face_has_is_replaced():
    assert "".join(piece for _, piece in fonts.runs("a漢", "Inter")) == "a\N{REPLACEMENT CHARACTER}"


def test_invisible_joiners_are_left_out():
    assert "".join(piece for _, piece in fonts.runs("a\u200bЖ\u200db", "Barlow-Bold")) == "aЖb"


def test_a_joined_word_has_the_shapes_of_its_letters():
    joined = shaping.shaped("سلام", "Naskh")
    alone = [shaping.shaped(letter, "Naskh")[0] for letter in "سلام"]
    assert len(joined) < len(alone) or {g.character for g in joined} != {g.character for g in alone}
    assert shaping.width("سلام", "Naskh", 10) < sum(glyph.advance for glyph in alone) / 100


def test_a_glyph_the_arabic_face_lacks_is_left_out():
    assert shaping.shaped("漢", "Naskh") == ()


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["a", " ", "b"], [0, 1, 2]),
        (["م", " ", "ن"], [2, 1, 0]),
        (["a", " ", "م", " ", "ن", " ", "b"], [0, 1, 4, 3, 2, 5, 6]),
        (["م", " ", "2026", " ", "ن"], [4, 3, 2, 1, 0]),
        (["a", " ", "م", " ", "7"], [0, 1, 2, 3, 4]),
    ],
)
def test_order_of_words_that_run_both_ways(texts, order):
    assert shaping.visual_order(texts)[0] == order
