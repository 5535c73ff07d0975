"""Pictures, letters' heads, lists and composing, each by what is promised."""

from io import BytesIO

import pytest
from PIL import Image

from branch_desk.paper import gate, pictures
from branch_desk.paper.blocks import (
    AddressWindow,
    Brand,
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Markdown,
    Note,
    Section,
    Table,
    Text,
    WriteIn,
)
from branch_desk.paper.render import render


def encoded(image, kind="PNG", **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph(size=(900, 600)):
    return Image.merge("RGB", [Image.effect_noise(size, spread) for spread in (60, 90, 120)])


def test_a_picture_is_brought_down_to_300_dots_an_inch(one_section, read):
    block = Figure(encoded(photograph((2400, 1200)), "JPEG"), "Noise", width=0.5)
    paper = read(render(one_section(block)))
    (image,) = paper.images(0)
    assert int(image.Width) == round((210 - 26 - 20) / 25.4 * 72 * 0.5 * 300 / 72)


def test_a_small_picture_is_not_blown_up(one_section, read):
    block = Figure(encoded(Image.new("RGB", (40, 20), "red")), "Red")
    paper = read(render(one_section(block)))
    (image,) = paper.images(0)
    assert int(image.Width) == 40


def test_photographs_stay_jpeg_and_drawings_lossless(one_section, read):
    photo = read(render(one_section(Figure(encoded(photograph()), "Noise"))))
    drawing = read(render(one_section(Figure(encoded(Image.new("RGB", (90, 90), "red")), "Red"))))
    assert "DCTDecode" in str(photo.images(0)[0].Filter)
    assert "DCT" not in str(drawing.images(0)[0].Filter)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK"])
def test_every_kind_of_picture_ends_on_white_in_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    flat = pictures.picture(encoded(Image.new(mode, (10, 10)), kind), 100.0)
    assert flat is not None
    assert flat.mode == "RGB"
    if mode in {"RGBA", "LA"}:
        assert flat.getpixel((0, 0)) == (255, 255, 255)


def test_a_picture_taken_sideways_is_set_upright():
    image = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    flat = pictures.picture(encoded(image, "JPEG", exif=exif), 100.0)
    assert flat is not None
    assert flat.size == (20, 40)


def test_a_picture_of_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 99)
    assert pictures.picture(encoded(Image.new("RGB", (10, 11))), 100.0) is None


def test_a_tall_picture_stays_on_one_page(one_section, read):
    paper = read(render(one_section(Figure(encoded(Image.new("RGB", (20, 400))), "Tall"))))
    assert len(paper.pdf.pages) == 1


def test_a_figure_without_words_is_told_by_its_caption(one_section, read):
    picture = encoded(Image.new("RGB", (20, 20)))
    paper = read(render(one_section(Figure(picture, "", "The hall"), Figure(picture, ""))))
    assert [str(one.Alt) for one in paper.elements("Figure")] == ["The hall", "Picture"]


def test_more_blank_lines_leave_room_to_sign():
    parts = gate.plain("Yours,\n\n\n\nName\n\nBranch secretary")
    assert [part.gap for part in parts] == [1, 3, 1]


def heights(paper, *names):
    """How far above the foot of the first page each text begins."""
    import pypdfium2

    document = pypdfium2.PdfDocument(paper.data)
    page = document[0]
    words = page.get_textpage()
    found = []
    for name in names:
        search = words.search(name)
        index, _ = search.get_next()
        found.append(words.get_charbox(index)[3])
        search.close()
    words.close()
    page.close()
    document.close()
    return found


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("lines", [3, 9])
def test_address_date_and_letter_never_run_into_one_another(lines, large, read):
    to = [f"Address {i}" for i in range(lines)]
    blocks = (AddressWindow(to, "14 May 2026", "Ref. 1"), Text("Dear colleague"))
    document = Document("L", Brand("Branch"), (Section("L", blocks, show_title=False),))
    paper = read(render(document, large_print=large))
    first, last, date, reference, dear = heights(
        paper, "Address 0", f"Address {lines - 1}", "14 May 2026", "Ref. 1", "Dear"
    )
    leading = 25 if large else 15
    assert first > last > date + leading * 0.8
    assert date - reference == pytest.approx(leading, abs=2)
    assert reference > dear + leading
    assert 842 - first == pytest.approx(52 / 25.4 * 72, abs=12)


def test_deeply_nested_lists_keep_room_for_words(one_section, read):
    text = "\n".join("  " * depth + f"- item {depth}" for depth in range(18))
    paper = read(render(one_section(Markdown(text))))
    assert "item 17" in paper.text


def test_deep_quotations_keep_room_for_words(one_section, read):
    paper = read(render(one_section(Markdown("> " * 15 + "a long quotation of words " * 9))))
    assert "quotation of words" in paper.words


def test_a_list_in_an_item_without_words_is_printed(one_section, read):
    assert "inner" in read(render(one_section(Markdown("-\n- - inner\n1. x")))).text


def test_empty_blocks_take_no_room(one_section, read):
    blocks = (
        Text(""),
        Markdown(""),
        Bullets(()),
        Facts(()),
        Table((), ()),
        Table((Column(""),), ()),
    )
    paper = read(render(one_section(*blocks)))
    assert len(paper.pdf.pages) == 1


def test_a_long_note_goes_on_over_pages(one_section, read):
    paper = read(render(one_section(Note("Words to fill a page. " * 400, "Take note"))))
    assert len(paper.pdf.pages) > 1
    assert paper.words.count("page.") == 400


def test_a_note_of_paragraphs_keeps_its_ground_whole(one_section, read):
    paper = read(render(one_section(Note("One\n\nTwo\n\nThree"))))
    assert [len(paper.elements("P"))] == [3]


def test_many_lines_to_write_on_go_on_over_pages(one_section, read):
    assert len(read(render(one_section(WriteIn("Notes", 60)))).pdf.pages) > 1


def test_a_table_without_titles_has_no_heading(one_section, read):
    table = Table((Column(""), Column("")), [("a", "b", "too many"), ("c",)])
    paper = read(render(one_section(table)))
    assert not paper.elements("TH")
    assert len(paper.elements("TD")) == 4


def test_in_large_print_a_row_is_a_record(read, one_section):
    table = Table(
        (Column("Name"), Column("Ward"), Column("")), [("Ann", "North", "x"), ("", "South")], 9
    )
    paper = read(render(one_section(table), large_print=True))
    assert "Ward: North" in paper.words
    assert len(paper.elements("LI")) == 2
