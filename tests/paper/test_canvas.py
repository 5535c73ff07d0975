import pikepdf
import pytest
from reportlab.lib.colors import CMYKColor
from reportlab.lib.units import mm

from branch_desk.paper import marks
from branch_desk.paper.canvas import TaggedCanvas
from branch_desk.paper.impose import impose, sheet
from branch_desk.paper.marks import A5, Sheet, cut_line


def drawn(pdf, page=0):
    """Each drawing operator of a page with the tag it is marked with."""
    found = []
    tags = []
    for step in pikepdf.parse_content_stream(pdf.pages[page]):
        operator = str(step.operator)
        if operator in {"BDC", "BMC"}:
            tags.append(str(step.operands[0])[1:])
        elif operator == "EMC":
            tags.pop()
        elif operator in {"Tj", "re", "Do", "S"}:
            found.append((operator, tags[-1] if tags else None))
    return found


def side(canvas):
    with canvas.artifact():
        canvas.rect(0, 0, 100, 100, stroke=0, fill=1)
    with canvas.tagged("H1"):
        canvas.text(30, 340, "Save the library", face="Barlow-ExtraBold", size=44, color="#102030")
    with canvas.tagged("P") as words:
        canvas.text(30, 300, "Come", color=CMYKColor(0, 0, 0, 1))
        canvas.link((30, 300, 60, 312), "https://example.org", "Come", words.add("Link"))


def test_what_is_drawn_belongs_to_its_element_and_all_else_is_decoration(read):
    canvas = TaggedCanvas("A leaflet", page_size=A5)
    canvas.rect(0, 0, 10, 10)
    with canvas.tagged("P"):
        canvas.text(20, 20, "one")
        with canvas.tagged("Span"):
            canvas.text(20, 40, "two")
        canvas.text(20, 60, "three")
    with canvas.figure("A box"):
        canvas.rect(1, 1, 5, 5)
    paper = read(canvas.finish())
    marked = [tag for operator, tag in drawn(paper.pdf) if operator in {"Tj", "re"}]
    assert marked == ["Artifact", "P", "Span", "P", "Figure"]
    assert paper.tags() == ["Document", "P", "Span", "Figure"]


def test_elements_that_hold_nothing_are_left_out(read):
    canvas = TaggedCanvas("A leaflet")
    with canvas.tagged("P"):
        pass
    with canvas.tagged("L"), canvas.tagged("LI", numbering="Disc"):
        canvas.text(10, 10, "x")
    assert read(canvas.finish()).tags() == ["Document", "L", "LI"]


def test_an_element_goes_on_over_pages(read):
    canvas = TaggedCanvas("A leaflet")
    with canvas.tagged("P", actual="what it says") as element:
        canvas.text(10, 10, "x")
    canvas.showPage()
    with canvas.within(element):
        canvas.text(10, 10, "y")
    paper = read(canvas.finish())
    (paragraph,) = paper.elements("P")
    assert len(paragraph.K) == 2
    assert str(paragraph.ActualText) == "what it says"


def test_running_heads_say_what_they_are(read):
    canvas = TaggedCanvas("A leaflet")
    with canvas.artifact("Header"):
        canvas.text(10, 10, "x")
    paper = read(canvas.finish())
    code = paper.pdf.pages[0].Contents.read_bytes()
    assert b"/Pagination" in code
    assert b"/Header" in code


@pytest.mark.parametrize(("align", "x"), [("left", 100), ("right", 90), ("centre", 95)])
@pytest.mark.parametrize("text", ["abc", "مرحبا abc 漢"])
def test_text_is_placed_by_its_width(align, x, text):
    canvas = TaggedCanvas("A leaflet")
    long = canvas.text(100, 10, text, align=align)
    start = {"left": 100, "right": 100 - long, "centre": 100 - long / 2}[align]
    placed = [part for part in canvas._code if "Tm" in part]
    first = min(float(part.split("Tm")[0].split()[-2]) for part in placed)
    assert first == pytest.approx(start, abs=3)


def test_joined_letters_carry_their_text(read):
    canvas = TaggedCanvas("A leaflet")
    with canvas.tagged("P"):
        canvas.text(100, 100, "خوش آمدید", face="Barlow-ExtraBold", size=30)
    assert "خوش" in read(canvas.finish()).text


def test_places_and_bookmarks_lead_somewhere(read):
    canvas = TaggedCanvas("A leaflet")
    canvas.text(10, 10, "x")
    canvas.place("here", 20)
    canvas.bookmark("Here", "here", 1)
    with read(canvas.finish()).pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Here"]


def test_a_print_shops_file_makes_no_claim_to_an_archive(read):
    shop = Sheet(A5, marks=True)
    canvas = TaggedCanvas("A leaflet", press=True)
    shop.begin(canvas)
    side(canvas)
    paper = read(canvas.finish())
    page = paper.pdf.pages[0]
    assert "/OutputIntents" not in paper.pdf.Root
    assert "/Metadata" not in paper.pdf.Root
    assert [float(x) for x in page.TrimBox] == pytest.approx(
        [10 * mm, 10 * mm, 158 * mm, 220 * mm], abs=0.01
    )
    assert float(page.BleedBox[0]) == pytest.approx(7 * mm, abs=0.01)
    assert [float(x) for x in page.CropBox][:2] == [0, 0]
    assert sum(1 for operator, tag in drawn(paper.pdf) if operator == "S") == 8


def test_without_marks_the_page_is_trim_and_bleed(read):
    shop = Sheet(A5)
    assert shop.page_size == pytest.approx((154 * mm, 216 * mm))
    canvas = TaggedCanvas("A leaflet", press=True)
    shop.begin(canvas)
    cut_line(canvas, (0, 0), (10, 10))
    assert len(read(canvas.finish()).pdf.pages) == 1


def test_crop_marks_are_black_of_whichever_kind_the_file_has():
    for press, black in ((True, "0 0 0 1 K"), (False, "0 0 0 RG")):
        canvas = TaggedCanvas("A leaflet", press=press)
        marks.crop_marks(canvas, (20, 20, 100, 100), 5)
        assert black in canvas._code


@pytest.mark.parametrize(("up", "copies"), [(1, 1), (2, 2), (4, 4)])
def test_a_sheet_is_filled_with_copies_of_which_one_is_read_out(up, copies, read):
    paper = read(impose("A leaflet", [side, side], up=up))
    assert len(paper.pdf.pages) == 2
    assert paper.texts[0].count("Save the library") == copies
    assert len(paper.elements("H1")) == 2
    operators = [operator for operator, _ in drawn(paper.pdf)]
    assert operators.count("Do") == copies - 1
    size, slots, page = sheet(up)
    assert len(slots) == copies
    assert all(slot.x + page[0] <= size[0] + 0.1 for slot in slots)
    assert all(slot.y + page[1] <= size[1] + 0.1 for slot in slots)


def test_cut_marks_can_be_left_out(read):
    with_marks = drawn(read(impose("A leaflet", [side], up=4)).pdf)
    without = drawn(read(impose("A leaflet", [side], up=4, cut_marks=False)).pdf)
    assert len(with_marks) - len(without) == 4
