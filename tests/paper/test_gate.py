import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from branch_desk.paper import gate
from branch_desk.paper.gate import Entry, Listing, Paragraph, Span, Title


def test_plain_words_pass_unchanged():
    assert gate.clean("Siân Ŵyn\u2019s “motion”") == "Siân Ŵyn\u2019s “motion”"


def test_control_characters_and_overrides_of_direction_are_dropped():
    assert gate.clean("a\x00b\x1bc\u202ed\u2066e\ufefff\u00adg\tz") == "abcdefg z"


def test_broken_halves_of_characters_become_the_replacement_character():
    assert gate.clean("a\ud800b") == "a\ufffdb"


def test_line_ends_of_every_kind_become_one_kind():
    assert gate.clean("a\r\nb\u2028c\u2029d") == "a\nb\nc\n\nd"


def test_one_line_stays_one_line():
    assert gate.line("  a\n b\t c ") == "a b c"


@given(st.text())
def test_nothing_unprintable_gets_through(text):
    for character in gate.clean(text):
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert unicodedata.bidirectional(character) not in {"RLO", "LRO", "RLE", "LRE", "RLI"}


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = gate.clean(text)
    assert gate.clean(once) == once


@given(st.text())
def test_any_text_can_be_read_as_markdown(text):
    for part in gate.parse(text):
        assert isinstance(part, (Paragraph, Title, Listing))


@given(st.text())
def test_any_text_can_be_an_address_or_is_none(text):
    target = gate.address(text)
    assert not target or target.split(":")[0].lower() in {"http", "https", "mailto"}


def test_addresses_that_cannot_be_split_are_refused():
    assert gate.address("http://[") == ""
    assert gate.address("java\tscript:alert(1)") == ""
    assert gate.address("HTTPS://a.example/x") == "HTTPS://a.example/x"


def test_plain_text_is_split_at_blank_lines_and_keeps_single_ones():
    assert [part.spans[0].text for part in gate.plain("a\nb\n\n\nc\n")] == ["a\nb", "c"]


def test_bold_italic_struck_and_inserted_words():
    (paragraph,) = gate.parse("a **b** *c* ~~d~~ ++e++ f")
    manners = {span.text.strip(): span for span in paragraph.spans if span.text.strip()}
    assert manners["b"].bold
    assert manners["c"].italic
    assert manners["d"].struck
    assert manners["e"].inserted
    assert manners["f"] == Span(" f")


def test_a_language_with_pluses_in_its_name_is_not_an_insertion():
    (paragraph,) = gate.parse("C++ and D++ are languages")
    assert not any(span.inserted for span in paragraph.spans)


def test_headings_are_never_above_the_sections_own():
    levels = [part.level for part in gate.parse("# a\n\n## b\n\n### c\n\n###### d")]
    assert levels == [2, 3, 3, 3]


def test_lists_keep_their_numbers_and_what_is_inside_them():
    (listing,) = gate.parse("3. three\n4. four\n   - inner")
    assert listing.ordered
    assert [entry.mark for entry in listing.entries] == ["3.", "4."]
    inner = listing.entries[1].parts[1]
    assert inner == Listing((Entry("•", (Paragraph((Span("inner"),)),)),))


def test_quotations_know_their_depth():
    assert [part.quote for part in gate.parse("> a\n>\n> > b")] == [1, 2]


def test_html_pictures_and_code_are_the_text_that_was_typed():
    text = 'x <b onclick="y">z</b> &amp; `code`'
    (paragraph,) = gate.parse(text)
    assert "".join(span.text for span in paragraph.spans) == 'x <b onclick="y">z</b> &amp; code'
    (picture,) = gate.parse("![alt](/etc/passwd)")
    assert all(not span.link for span in picture.spans)


def test_a_hard_break_is_a_line_end():
    (paragraph,) = gate.parse("a  \nb\nc")
    assert "".join(span.text for span in paragraph.spans) == "a\nb c"
