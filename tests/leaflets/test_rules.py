from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets import rules
from branch_desk.leaflets.rules import Imprint, Party, Severity


def kinds(findings):
    return [(each.finding, each.severity.value, each.where) for each in findings]


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        (
            "A. Jones, 12 High Street, Highfield HF1 2AB",
            "A. Jones",
            "12 High Street, Highfield HF1 2AB",
        ),
        ("A. Jones\n12 High Street\n\nHighfield", "A. Jones", "12 High Street, Highfield"),
        ("Example Press, Ltd., Unit 4, Mill Lane", "Example Press, Ltd.", "Unit 4, Mill Lane"),
        ("A. Jones", "A. Jones", ""),
        ("  ", "", ""),
    ],
)
def test_an_imprint_line_is_taken_apart_into_name_and_address(text, name, address):
    assert Party.read(text) == Party(name, address)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A. Jones, 12 High Street", True),
        ("A. Jones, Mill House, Highfield", True),
        ("A. Jones, Highfield", False),
        ("A. Jones, 12", False),
        ("A. Jones", False),
    ],
)
def test_an_address_is_one_a_letter_would_reach(text, whole):
    assert Party.read(text).whole is whole


def test_an_imprint_says_a_shared_address_once():
    shared = Imprint(
        printer=Party("Example Press Ltd", "Unit 4, Mill Lane"),
        promoter=Party("A. Jones", "12 High Street"),
        on_behalf_of=Party("Highfield Branch", "12 High Street"),
    )
    assert shared.sentence() == (
        "Promoted by A. Jones on behalf of Highfield Branch, both at 12 High Street. "
        "Printed by Example Press Ltd, Unit 4, Mill Lane."
    )


@pytest.mark.parametrize(
    ("imprint", "sentence"),
    [
        (Imprint(), ""),
        (Imprint(promoter=Party("A", "1 B St")), "Promoted by A, 1 B St."),
        (Imprint(on_behalf_of=Party("C", "2 D St")), "Published by C, 2 D St."),
        (
            Imprint(promoter=Party("A", "1 B St"), on_behalf_of=Party("C", "2 D St")),
            "Promoted by A, 1 B St, on behalf of C, 2 D St.",
        ),
        (
            Imprint(promoter=Party("A", "1 B St"), on_behalf_of=Party("A", "1 B St")),
            "Promoted and published by A, 1 B St.",
        ),
        (
            Imprint(promoter=Party("A"), on_behalf_of=Party("C")),
            "Promoted by A on behalf of C.",
        ),
        (Imprint(printer=Party("Press Co.", "1 B St.")), "Printed by Press Co., 1 B St."),
    ],
)
def test_an_imprint_reads_as_a_sentence_with_what_there_is(imprint, sentence):
    assert imprint.sentence() == sentence


def test_election_material_without_an_imprint_is_stopped_for_each_part():
    found = rules.imprint(Imprint(), election_material=True)
    assert kinds(found) == [
        ("imprint", "stops", "printer"),
        ("imprint", "stops", "promoter"),
        ("imprint", "stops", "on_behalf_of"),
    ]


def test_a_name_without_an_address_is_no_imprint():
    whole = Party("A. Jones", "12 High Street")
    imprint = Imprint(Party("Example Press"), whole, whole)
    (found,) = rules.imprint(imprint, election_material=True)
    assert found.where == "printer"
    assert "no address for the printer, Example Press" in found.message


@pytest.mark.parametrize(
    ("imprint", "sentence"),
    [
        (Imprint(), "As it stands, the imprint names none of them."),
        (
            Imprint(printer=Party("Example Press"), promoter=Party("A. Jones", "12 High Street")),
            "the imprint gives no address for the printer, Example Press and does not name whoever",
        ),
    ],
)
def test_where_nobody_has_said_it_is_asked_once_with_all_that_would_lack(imprint, sentence):
    (found,) = rules.imprint(imprint, election_material=None)
    assert (found.finding, found.severity) == ("election-material", Severity.WARNS)
    assert found.where == "election_material"
    assert sentence in found.message
    assert "no legal advice" in found.message


def test_where_nobody_has_said_and_the_imprint_is_whole_nothing_is_said_to_lack():
    whole = Party("A. Jones", "12 High Street")
    (found,) = rules.imprint(Imprint(whole, whole, whole), election_material=None)
    assert "As it stands" not in found.message


def test_a_whole_imprint_and_other_material_need_nothing():
    whole = Party("A. Jones", "12 High Street")
    assert rules.imprint(Imprint(whole, whole, whole), election_material=True) == []
    assert rules.imprint(Imprint(), election_material=False) == []


def test_an_empty_text_that_is_needed_stops():
    assert kinds(rules.required("When", "when", " ")) == [("empty", "stops", "when")]
    assert rules.required("When", "when", "Monday") == []


def test_a_headline_has_eight_words_or_fewer():
    assert rules.headline("headline", "one two three four five six seven eight") == []
    found = rules.headline("headline", "one two three four five six seven eight nine")
    assert kinds(found) == [("headline", "warns", "headline")]


def test_more_words_than_anybody_reads_warn():
    assert rules.length(90, 90) == []
    assert kinds(rules.length(91, 90)) == [("length", "warns", "texts")]


@pytest.mark.parametrize(("words", "said"), [(1, "about 1 word out"), (7, "about 7 words out")])
def test_overflow_says_how_much_too_much_there_is(words, said):
    (found,) = rules.overflow("lead", "Opening", points=23.6, words=words)
    assert found.severity is Severity.STOPS
    assert "24 points" in found.message
    assert said in found.message
    assert rules.overflow("lead", "Opening", points=0, words=0) == []


def test_characters_no_font_has_are_named():
    (found,) = rules.glyphs("lead", ["🎉", "🐝"])
    assert "party popper" in found.message
    assert "honeybee" in found.message
    (many,) = rules.glyphs("lead", list("🎉🐝🐞🐛🐜🕷🕸"))
    assert "and 2 more" in many.message
    (private,) = rules.glyphs("lead", ["\ue000"])
    assert "u+e000" in private.message.lower()
    assert rules.glyphs("lead", []) == []


@pytest.mark.parametrize(
    "text",
    [
        "It costs £40,000 a year",
        "Waiting lists are up 40%",
        "one in five of us",
        "Three hundred children use it",
        "the highest rent in the county",
        "2.5 million people",
        "12,000 signatures",
        "crime has doubled",
    ],
)
def test_a_figure_without_a_source_is_a_claim(text):
    (found,) = rules.claims({"lead": text}, "")
    assert (found.finding, found.severity, found.where) == ("claim", Severity.WARNS, "lead")
    assert rules.claims({"lead": text}, "Council report CR/12") == []


@pytest.mark.parametrize(
    "text",
    ["Thu 12 March, 7.30pm", "12 High Street, HF1 2AB", "Come to one meeting", "01632 960123"],
)
def test_dates_addresses_and_telephones_are_no_claims(text):
    assert rules.claims({"lead": text}, "") == []


def test_a_picture_is_described_and_credited():
    found = rules.picture("picture", wanted=True, there=True, alt="", credit="")
    assert kinds(found) == [("alt-text", "warns", "picture"), ("credit", "warns", "picture")]
    assert rules.picture("picture", wanted=True, there=True, alt="A", credit="B") == []


def test_a_layout_made_for_a_picture_says_so():
    missing = rules.picture("picture", wanted=True, there=False, alt="", credit="")
    assert kinds(missing) == [("picture", "warns", "picture")]
    assert rules.picture("picture", wanted=False, there=False, alt="", credit="") == []


def test_a_coarse_picture_warns_with_the_dots_it_needs():
    assert rules.resolution("picture", 200, (148, 100)) == []
    (found,) = rules.resolution("picture", 199, (148, 100))
    assert found.severity is Severity.WARNS
    assert "1748 by 1181" in found.message


def test_text_that_cannot_be_read_on_its_ground_stops():
    assert rules.colours([("lead", "#1D1D1B", "#FFFFFF")]) == []
    found = rules.colours([("lead", "#FFFFFF", "#FFD21F"), ("lead", "#FFFFFF", "#FFD21F")])
    assert kinds(found) == [("contrast", "stops", "lead")]


def test_a_darkened_accent_is_said():
    assert rules.accent("#1f7a56", "#1F7A56") == []
    assert kinds(rules.accent("#FFD21F", "#897211")) == [("accent", "warns", "accent")]


def test_a_code_of_small_squares_stops():
    assert rules.qr("link", width=26, modules=29) == []
    assert kinds(rules.qr("link", width=26, modules=73)) == [("qr", "stops", "link")]


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://example.org/library", "example.org/library"),
        ("https://www.example.org/library/?from=qr#top", "Example.org/library"),
        ("example.org", "https://example.org/"),
        ("https://example.org:8443/a", "example.org/a"),
        ("https://example.org/a", ""),
        ("", "example.org"),
    ],
)
def test_an_address_in_words_agrees_with_the_code(target, shown):
    assert rules.link("link", target, shown) == []


@pytest.mark.parametrize(
    ("target", "shown", "kind", "severity"),
    [
        ("https://example.org/a", "example.com/a", "address", "stops"),
        ("https://example.org/a", "see our page", "address", "stops"),
        ("https://example.org/a", "example.org/b", "address", "warns"),
        ("javascript:alert(1)", "", "link", "stops"),
        ("mailto:a@example.org", "", "link", "stops"),
        ("https://", "", "link", "stops"),
        ("http://[::1", "", "link", "stops"),
        ("our page", "", "link", "stops"),
        ("https://exa mple.org", "", "link", "stops"),
    ],
)
def test_a_code_that_leads_elsewhere_is_found(target, shown, kind, severity):
    (found,) = rules.link("link", target, shown)
    assert (found.finding, found.severity.value) == (kind, severity)


def test_an_address_is_written_as_people_write_it():
    assert rules.in_words("https://www.Example.org/library/?utm=1") == "example.org/library"
    assert rules.in_words("nothing to go to") == ""
    assert rules.with_scheme("example.org") == "https://example.org"
    assert rules.with_scheme("HTTP://example.org") == "HTTP://example.org"


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_as_an_address(text):
    rules.link("link", text, text)
    assert rules.in_words(text) == rules.in_words(rules.in_words(text))


def test_only_what_stops_blocks():
    found = rules.imprint(Imprint(), election_material=None) + rules.required("When", "when", "")
    assert [each.where for each in rules.stops(found)] == ["when"]
