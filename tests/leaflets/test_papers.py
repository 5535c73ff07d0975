from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from branch_desk.leaflets import papers, rules
from branch_desk.leaflets.drawing import signs
from branch_desk.leaflets.drawing.marks import MM, Code
from branch_desk.leaflets.rules import Imprint, Party
from branch_desk.paper import preview
from branch_desk.store.errors import Conflict

GOLDEN = Path(__file__).with_name("golden")


@lru_cache(maxsize=8)
def document(pdf):
    """Open a PDF and keep it open, as its pages ask."""
    return pikepdf.open(io.BytesIO(pdf))


def page_of(pdf):
    return document(pdf).pages[0]


def box(page, name):
    return [round(float(edge) / MM, 1) for edge in page.obj[name]]


def operators(pdf):
    """Return the operators of a page with what they were given."""
    return [
        (str(each.operator), [str(part) for part in each.operands])
        for each in pikepdf.parse_content_stream(page_of(pdf))
    ]


def fonts(pdf):
    return {str(font.BaseFont): font for font in page_of(pdf).obj.Resources.Font.values()}


def kinds(material):
    return {(each.finding, each.severity.value, each.where) for each in papers.check(material)}


# Home


def test_two_flyers_stand_on_an_a4_on_its_side(flyer):
    pdf = papers.home(flyer())
    assert preview.page_count(pdf) == 1
    assert box(page_of(pdf), "/MediaBox") == [0, 0, 297, 210]
    assert preview.texts(pdf)[0].count("Thu 12 March") == 2


def test_four_cards_stand_on_an_upright_a4(card):
    pdf = papers.home(card())
    assert box(page_of(pdf), "/MediaBox") == [0, 0, 210, 297]
    assert preview.texts(pdf)[0].count("Eileen Example") == 4


def test_what_a_screen_reader_is_told_comes_once_and_in_order(flyer):
    with pikepdf.open(io.BytesIO(papers.home(flyer()))) as pdf:
        root = pdf.Root.StructTreeRoot.K
        tags, alts = [], []

        def walk(node):
            if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
                return
            tags.append(str(node.S))
            if "/Alt" in node:
                alts.append(str(node.Alt))
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                walk(kid)

        walk(root)
        assert tags.count("/H1") == 1
        assert tags.count("/LI") == 3
        assert tags.index("/H1") < tags.index("/L")
        assert alts == ["A library at dusk", "QR code that leads to example.org/library"]
        assert str(pdf.Root.Lang) == "en-GB"


def test_nothing_is_printed_where_a_home_printer_cannot_reach(flyer):
    image = preview.image(papers.home(flyer()), 0, 2).convert("L")
    frame = round(4.5 * MM * 2)
    for part in (
        (0, 0, image.width, frame),
        (0, image.height - frame, image.width, image.height),
        (0, 0, frame, image.height),
    ):
        strip = image.crop(part)
        dark = sum(strip.histogram()[:200])
        # Only the marks to cut by, in the middle.
        assert dark < 100


def test_cut_marks_stand_on_the_line_of_the_cut(card):
    image = preview.image(papers.home(card()), 0, 4).convert("L")
    middle = image.width // 2
    column = image.crop((middle - 1, 0, middle + 2, image.height))
    assert min(column.get_flattened_data()) < 200


# The print shop


@pytest.mark.parametrize(("marks", "edge"), [(False, 0), (True, 9)])
def test_a_print_shop_s_file_has_its_boxes(flyer, marks, edge):
    page = page_of(papers.shop(flyer(), marks=marks))
    whole = [0, 0, 154 + 2 * edge, 216 + 2 * edge]
    assert box(page, "/MediaBox") == box(page, "/CropBox") == whole
    assert box(page, "/BleedBox") == [edge, edge, 154 + edge, 216 + edge]
    assert box(page, "/TrimBox") == [edge + 3, edge + 3, edge + 151, edge + 213]


def test_a_print_shop_s_file_is_in_inks_its_type_in_black_or_white(flyer):
    inks = []
    for operator, given in operators(papers.shop(flyer(), marks=True)):
        assert operator not in {"rg", "RG", "g", "G", "cs", "CS", "sc", "scn", "sh"}, given
        if operator == "k":
            ink = tuple(float(part) for part in given)
        if operator == "Tj":
            inks.append(ink)
    assert set(inks) == {(0, 0, 0, 1), (0, 0, 0, 0)}


def test_a_print_shop_s_pictures_are_rgb_at_300_dots_an_inch(flyer, pictured):
    page = page_of(papers.shop(pictured(flyer(), 4000, 3000)))
    (image,) = page.obj.Resources.XObject.values()
    assert str(image.ColorSpace) == "/DeviceRGB"
    assert int(image.Width) == round(154 / 25.4 * 300)


def test_colour_goes_into_the_bleed_on_every_side(flyer):
    image = preview.image(papers.shop(flyer(accent="#B3123A")), 0, 1)
    for place in ((1, 1), (image.width - 2, 1), (1, image.height - 2), (2, image.height // 2)):
        assert image.getpixel(place) != (255, 255, 255)


@pytest.mark.parametrize("make", [papers.home, papers.shop, papers.preview])
def test_every_font_is_embedded(flyer, make):
    found = fonts(make(flyer({"lead": "Ратуша and Ŵyn"})))
    assert len(found) >= 3
    for name, font in found.items():
        assert "+" in name
        assert "/FontFile2" in font.FontDescriptor


def test_no_more_than_two_families_are_used(flyer, card):
    for material in (flyer(), card()):
        names = {name.split("+")[1].split("-")[0] for name in fonts(papers.shop(material))}
        assert names == {"BarlowCondensed", "AtkinsonHyperlegibleNext"}


# All of them


def test_the_text_can_be_read_back_word_for_word(flyer, card):
    for material in (flyer(), card()):
        text = " ".join(preview.texts(papers.shop(material))[0].split()).upper()
        for said in material.leaflet.texts.values():
            for word in said.replace("https://", "").split():
                assert word.upper() in text
        assert "PROMOTED BY A. JONES ON BEHALF OF HIGHFIELD BRANCH" in text
        assert "PICTURE: A. PAINTER." in text


@pytest.mark.parametrize(
    "words", ["Ŵyn ac ŷd ym mis Mehefin", "źdźbło łąka święto", "Λευκό Приходьте", "لائبریری"]
)
def test_every_language_we_have_letters_for_is_printed(flyer, words):
    material = flyer({"lead": words})
    assert "glyphs" not in {each.finding for each in papers.check(material)}
    found = preview.texts(papers.home(material))[0]
    assert all(word in found for word in words.split()) or "ل" in words


def test_the_same_leaflet_gives_the_same_bytes(flyer):
    for make in (papers.home, papers.shop, papers.preview, papers.phone):
        assert make(flyer()) == make(flyer())


def test_a_phone_gets_a_picture_of_the_width_asked_for(card):
    image = Image.open(io.BytesIO(papers.phone(card(), width=800)))
    assert image.format == "PNG"
    assert image.size == (800, round(800 * 148 / 105))


def test_the_code_on_paper_is_the_code_that_was_made(flyer):
    material = flyer()
    (code,) = [m for b in papers.laid(material).every() for m in b.marks if isinstance(m, Code)]
    image = preview.image(papers.preview(material), 0, 4).convert("L")
    one = code.box.width / (code.modules + 8)
    cells = signs.matrix("https://example.org/library")
    for row, cells_of_row in enumerate(cells):
        for column, dark in enumerate(cells_of_row):
            x = (code.box.x + (column + 4.5) * one) * 4
            y = (code.box.y + (row + 4.5) * one) * 4
            assert (image.getpixel((int(x), int(y))) < 128) is dark
    assert code.box.width >= 25 * MM
    assert image.getpixel((int((code.box.x + 2 * one) * 4), int((code.box.y + 2 * one) * 4))) == 255


def test_a_preview_takes_whatever_there_is(flyer, card):
    for material in (
        flyer({"lead": "Too long. " * 400}),
        flyer({"headline": "", "when": "", "where": ""}),
        flyer({"link": "javascript:x"}),
        card({"name": ""}, picture=False),
    ):
        assert preview.page_count(papers.preview(material)) == 1
        assert preview.page_count(papers.preview(material, sheet=True)) == 1


def test_a_preview_is_light(flyer, pictured):
    heavy = pictured(flyer(), 4000, 3000)
    (image,) = page_of(papers.preview(heavy)).obj.Resources.XObject.values()
    assert int(image.Width) <= round(154 / 25.4 * papers.PREVIEW_DPI) + 1


# What stops and what warns


@pytest.mark.parametrize("make", [papers.home, papers.shop, papers.phone])
def test_a_leaflet_that_is_not_fit_is_refused_with_the_reason(flyer, make):
    with pytest.raises(papers.NotFit, match=r"“Fair” cannot be printed yet.*“When” is empty") as no:
        make(flyer({"headline": "Fair", "when": ""}))
    assert isinstance(no.value, Conflict)


def test_a_leaflet_with_everything_has_nothing_to_see_to(flyer, card):
    assert papers.check(flyer(election_material=True)) == []
    assert papers.check(card(election_material=True)) == []


def test_what_stops_comes_first(flyer):
    found = papers.check(replace(flyer({"when": ""}, picture=False), imprint=Imprint()))
    assert [each.severity.value for each in found] == ["stops", "warns"]


@pytest.mark.parametrize(
    ("texts", "finding"),
    [
        ({"lead": "Too long. " * 300}, ("overflow", "stops", "lead")),
        ({"when": ""}, ("empty", "stops", "when")),
        (
            {"headline": "One two three four five six seven eight nine"},
            ("headline", "warns", "headline"),
        ),
        ({"lead": "Come and see us. " * 15}, ("length", "warns", "texts")),
        ({"lead": "Rents rose 40%.", "source": ""}, ("claim", "warns", "lead")),
        ({"tag": "🎉"}, ("glyphs", "stops", "tag")),
        ({"address": "example.com"}, ("address", "stops", "link")),
        ({"address": "example.org/other"}, ("address", "warns", "link")),
        ({"link": "ftp://example.org"}, ("link", "stops", "link")),
        ({"link": "example.org/" + "a" * 3000}, ("qr", "stops", "link")),
        ({"link": "example.org/" + "a" * 500, "address": ""}, ("qr", "stops", "link")),
    ],
)
def test_what_is_wrong_with_the_texts_is_found(flyer, texts, finding):
    assert finding in kinds(flyer(texts))


def test_the_headline_s_own_figures_are_claims_and_its_source_settles_them(flyer):
    texts = {"headline": "Three hundred homes lost", "source": ""}
    assert ("claim", "warns", "headline") in kinds(flyer(texts))
    assert ("claim", "warns", "headline") not in kinds(flyer({**texts, "source": "CR/12"}))


def test_what_is_wrong_with_the_picture_is_found(flyer, pictured):
    assert ("picture", "warns", "picture") in kinds(flyer(picture=False))
    assert ("resolution", "warns", "picture") in kinds(pictured(flyer(), 600, 400))
    material = flyer()
    bare = replace(material.leaflet.picture, alt="", credit="")
    found = kinds(replace(material, leaflet=replace(material.leaflet, picture=bare)))
    assert found == {("alt-text", "warns", "picture"), ("credit", "warns", "picture")}


def test_a_card_does_without_a_picture(card):
    assert kinds(card(picture=False)) == set()


def test_a_pale_accent_is_darkened_and_said(flyer):
    assert kinds(flyer(accent="#FFD21F")) == {("accent", "warns", "accent")}


def test_election_material_without_an_imprint_is_not_printed(flyer):
    material = replace(flyer(election_material=True), imprint=Imprint())
    with pytest.raises(papers.NotFit, match="does not name the printer"):
        papers.shop(material)
    asked = replace(flyer(election_material=None), imprint=Imprint(promoter=Party("A. Jones")))
    assert all(each.severity is rules.Severity.WARNS for each in papers.check(asked))
    assert papers.home(asked)


def test_a_credit_stands_after_the_imprint_in_its_own_words(flyer):
    material = flyer()
    own = replace(material.leaflet.picture, credit="Drawing: the branch.")
    text = preview.texts(
        papers.preview(replace(material, leaflet=replace(material.leaflet, picture=own)))
    )[0]
    assert "Drawing: the branch." in " ".join(text.split())
    assert "Picture:" not in text


# How they look


@pytest.mark.parametrize("name", ["flyer", "flyer-bare", "flyer-shop", "card", "card-home"])
def test_it_looks_as_it_did_when_it_was_last_looked_at(name, flyer, card):
    pdf = {
        "flyer": lambda: papers.preview(flyer()),
        "flyer-bare": lambda: papers.preview(flyer({"points": "", "link": ""}, picture=False)),
        "flyer-shop": lambda: papers.shop(flyer(), marks=True),
        "card": lambda: papers.preview(card()),
        "card-home": lambda: papers.home(card()),
    }[name]()
    image = preview.image(pdf, 0, 60 / 72)
    path = GOLDEN / f"{name}.png"
    if not path.exists():
        image.save(path, optimize=True)
        pytest.fail(f"{path.name} was not there: look at it, then keep it")
    wanted = Image.open(path).convert("RGB")
    assert image.size == wanted.size
    # Edges may be smoothed otherwise by another release; a box that moved may not.
    apart = (
        ImageChops.difference(image, wanted)
        .convert("L")
        .resize((image.width // 4, image.height // 4), Image.Resampling.BOX)
    )
    assert apart.getextrema()[1] < 40
