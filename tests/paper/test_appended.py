from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from branch_desk.paper import appended
from branch_desk.paper.appended import attach
from branch_desk.paper.blocks import Appended, Brand, Document
from branch_desk.paper.render import render, render_checked


def paper_of(*parts):
    return Document("Pack", Brand("Branch"), tuple(parts))


@pytest.fixture(scope="module")
def own(letter):
    return render(letter)


def changed(pdf, change):
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        out = BytesIO()
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def test_pages_with_all_their_fonts_go_in_as_they_are(own, read):
    made = render_checked(paper_of(Appended("A letter", own)))
    paper = read(made.pdf)
    assert made.remarks == ()
    assert not paper.images(0)
    assert "Dear colleague" in paper.text
    assert len(paper.elements("Figure")) == 1
    assert "Dear colleague" in str(paper.elements("Figure")[0].Alt)


def test_what_marks_it_had_are_taken_out(own):
    (page,) = attach("A letter", own).pages
    with pikepdf.open(BytesIO(page.pdf)) as cleaned:
        steps = {str(s.operator) for s in pikepdf.parse_content_stream(cleaned.pages[0])}
        assert not steps & {"BDC", "BMC", "EMC"}
        assert "/StructTreeRoot" not in cleaned.Root


def test_a_pack_can_be_appended_to_a_pack(own, read):
    pack = render(paper_of(Appended("A letter", own)))
    made = render_checked(paper_of(Appended("A pack", pack)))
    assert made.remarks == ()
    assert "Dear colleague" in read(made.pdf).text


def test_fonts_that_are_not_embedded_make_a_picture_of_the_page(not_embedded, read):
    made = render_checked(paper_of(Appended("Report", not_embedded(pages=2))))
    paper = read(made.pdf)
    assert "pictures of its pages" in made.remarks[0]
    assert all(len(paper.images(page)) == 1 for page in range(2))
    assert "not all its fonts are embedded" in paper.texts[0]
    alt = str(paper.elements("Figure")[1].Alt)
    assert alt.startswith("Report, page 2 of 2")
    assert "sheet 2" in alt
    image = paper.images(0)[0]
    assert abs(int(image.Width) - 595 / 72 * 200) < 3


@pytest.mark.parametrize(
    ("size", "landscape"), [((842, 595), True), ((595, 842), False), ((420, 595), False)]
)
def test_pages_are_put_on_a4_upright_or_across(size, landscape, not_embedded, read):
    paper = read(render(paper_of(Appended("Report", not_embedded(size)))))
    box = paper.pdf.pages[0].mediabox
    assert (float(box[2]) > float(box[3])) is landscape
    assert "Page 1 of 1" in paper.text


def test_a_turned_page_is_seen_turned(not_embedded):
    def turn(pdf):
        pdf.pages[0].Rotate = 90

    (page,) = attach("Report", changed(not_embedded(), turn)).pages
    assert page.width > page.height


@pytest.mark.parametrize(
    ("pdf", "why"),
    [(b"", "damaged"), (b"%PDF-1.4 nothing", "damaged"), (b"hello", "damaged")],
)
def test_what_is_no_pdf_says_so(pdf, why):
    made = attach("Report", pdf)
    assert made.pages == ()
    assert why in made.problem


def test_a_locked_pdf_says_so(not_embedded):
    assert "password" in attach("Report", not_embedded(encrypt="secret")).problem


def test_a_pdf_anybody_may_open_is_not_locked(own):
    out = BytesIO()
    with pikepdf.open(BytesIO(own)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="boss", user=""))
    made = attach("Report", out.getvalue())
    assert made.problem == ""
    assert len(made.pages) == 1


def test_a_pdf_without_pages_says_so():
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    assert attach("Report", out.getvalue()).problem == "It has no pages."


def cmyk():
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFillColorCMYK(1, 0, 0, 0)
    canvas.rect(100, 100, 50, 50, fill=1)
    canvas.save()
    return out.getvalue()


def layers(pdf):
    pdf.Root.OCProperties = pikepdf.Dictionary()


def note(pdf):
    appearance = pikepdf.Dictionary(N=pdf.make_stream(b""))
    pdf.pages[0].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, AP=appearance)]
    )


def shading(pdf):
    pdf.pages[0].resources.Shading = pikepdf.Dictionary(S0=pikepdf.Dictionary(ShadingType=2))


def postscript(pdf):
    form = pdf.make_stream(b"")
    form.Subtype = pikepdf.Name.PS
    pdf.pages[0].resources.XObject = pikepdf.Dictionary(X=form)


def smoothed_image(pdf):
    image = pdf.make_stream(b"\0" * 3)
    image.Subtype = pikepdf.Name.Image
    image.Interpolate = True
    pdf.pages[0].resources.XObject = pikepdf.Dictionary(X=image)


def cmyk_image(pdf):
    image = pdf.make_stream(b"\0" * 4)
    image.Subtype = pikepdf.Name.Image
    image.ColorSpace = pikepdf.Name.DeviceCMYK
    pdf.pages[0].resources.XObject = pikepdf.Dictionary(X=image)


def nested(depth):
    def change(pdf):
        inner = pdf.make_stream(b"0 0 0 1 k" if depth == 1 else b"/X Do")
        inner.Subtype = pikepdf.Name.Form
        for _ in range(depth - 1):
            outer = pdf.make_stream(b"/X Do")
            outer.Subtype = pikepdf.Name.Form
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
            inner = outer
        pdf.pages[0].resources.XObject = pikepdf.Dictionary(X=inner)

    return change


@pytest.mark.parametrize(
    "change",
    [layers, note, shading, postscript, smoothed_image, cmyk_image, nested(1), nested(12)],
)
def test_what_an_archive_may_not_hold_makes_a_picture(own, change):
    assert attach("Report", changed(own, change)).pictured


def test_colours_of_a_press_make_a_picture():
    assert attach("Report", cmyk()).pictured


def test_a_form_within_a_page_is_cleaned_too(own, read):
    pack = render(paper_of(Appended("A letter", own)))
    (page,) = attach("Pack", pack).pages
    assert not attach("Pack", pack).pictured
    with pikepdf.open(BytesIO(page.pdf)) as cleaned:
        for form in cleaned.pages[0].resources.XObject.values():
            steps = {str(s.operator) for s in pikepdf.parse_content_stream(form)}
            assert not steps & {"BDC", "BMC"}


def test_deep_nesting_of_forms_is_not_followed_for_ever(own):
    done = set()
    with pikepdf.open(BytesIO(changed(own, nested(12)))) as pdf:
        appended._clean_forms(pdf.pages[0].resources, done, 0)
    assert len(done) <= 12
