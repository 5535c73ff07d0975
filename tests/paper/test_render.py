import re

import pikepdf
import pytest

from branch_desk.paper import blocks
from branch_desk.paper.blocks import (
    Appended,
    Brand,
    Bullets,
    Column,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Markdown,
    Note,
    Section,
    Table,
    Text,
    Together,
    WriteIn,
)
from branch_desk.paper.render import render, render_checked


@pytest.fixture(scope="module")
def pack(every_block):
    return render_checked(every_block)


def test_the_same_paper_gives_the_same_bytes(every_block, pack):
    assert render(every_block) == pack.pdf


def test_pages_count_through_appended_pdfs(pack, read):
    paper = read(pack.pdf)
    total = len(paper.pdf.pages)
    assert pack.pages == total
    for index, text in enumerate(paper.texts[1:], start=2):
        assert f"Page {index} of {total}" in text
    assert "Page 1 of" not in paper.texts[0]


def test_contents_name_each_part_with_the_page_it_begins_on(every_block, pack, read):
    paper = read(pack.pdf)
    contents = paper.texts[1]
    for part in every_block.parts:
        line = next(line for line in contents.splitlines() if line.startswith(part.title))
        page = int(re.search(r"(\d+)$", line.strip())[1])
        if isinstance(part, Section):
            assert part.title in " ".join(paper.texts[page - 1].split())
        else:
            assert "Treasurer's report, page 1 of 2" in str(paper.elements("Figure")[0].Alt)


def test_contents_lead_to_the_pages_they_name(pack, read):
    paper = read(pack.pdf)
    pages = [page.obj.objgen for page in paper.pdf.pages]
    links = list(paper.pdf.pages[1].obj.Annots)
    assert len(links) == 5
    for link in links:
        number = int(str(link.Contents).rsplit(" ", 1)[1])
        assert pages.index(link.Dest[0].objgen) + 1 == number


def test_bookmarks_follow_parts_and_their_headings(pack, read):
    with read(pack.pdf).pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inner = [item.title for item in outline.root[0].children]
    assert titles[0] == "Agenda"
    assert titles[2] == "Treasurer's report"
    assert inner == ["Order of business"]


def test_every_font_is_embedded_but_those_of_pictures(pack, read):
    assert all(read(pack.pdf).fonts().values())


def test_the_file_says_what_it_is(pack, read):
    paper = read(pack.pdf)
    root = paper.pdf.Root
    assert str(root.Lang) == "en-GB"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(paper.pdf.docinfo.Title) == "Agenda pack, 14 May 2026"
    assert str(paper.pdf.docinfo.CreationDate).startswith("D:20260501")
    packet = root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in packet


def test_marks_and_parent_tree_agree(pack, read):
    paper = read(pack.pdf)
    nums = list(paper.pdf.Root.StructTreeRoot.ParentTree.Nums)
    rows = dict(zip(nums[::2], nums[1::2], strict=True))
    for page in paper.pdf.pages:
        used = [
            int(step.operands[1].MCID)
            for step in pikepdf.parse_content_stream(page)
            if str(step.operator) == "BDC" and "/MCID" in step.operands[1]
        ]
        assert used == list(range(len(used)))
        assert len(rows[int(page.obj.StructParents)]) == len(used)


def test_marks_are_opened_and_closed_in_turn(pack, read):
    for page in read(pack.pdf).pdf.pages:
        depth = 0
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            if operator in {"BDC", "BMC"}:
                depth += 1
                assert depth <= 2
            elif operator == "EMC":
                depth -= 1
            elif operator in {"Tj", "re", "l", "Do"}:
                assert depth >= 1
        assert depth == 0


def test_structure_uses_what_each_block_is(pack, read):
    tags = read(pack.pdf).tags()
    for tag in ("H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"):
        assert tag in tags
    for tag in ("TOC", "TOCI", "Reference", "Link", "Figure", "BlockQuote", "Sect", "Caption"):
        assert tag in tags
    assert tags.count("TOCI") == 5


def test_a_table_over_pages_is_one_element_with_its_headings_read_once(one_section, read):
    rows = [(f"Row {i}", "x") for i in range(120)]
    table = Table((Column("First"), Column("Second")), rows, total=("Total", "120"))
    paper = read(render(one_section(table)))
    assert len(paper.pdf.pages) > 2
    assert len(paper.elements("Table")) == 1
    assert len(paper.elements("TH")) == 2
    assert len(paper.elements("TR")) == 122
    assert all("First" in text for text in paper.texts)
    assert {str(cell.A.Scope) for cell in paper.elements("TH")} == {"/Column"}


def test_a_row_taller_than_a_page_goes_on_over_pages(one_section, read):
    long = "word " * 2_500 + "the end"
    paper = read(render(one_section(Table((Column("What"), Column("Long", 3)), [("x", long)]))))
    assert len(paper.pdf.pages) > 1
    assert paper.words.count("word") == 2_500
    assert "the end" in paper.text
    assert len(paper.elements("TR")) == 2


def test_lines_of_a_motion_are_numbered_over_pages(one_section, read):
    text = "\n\n".join(["Some words to fill a line or two of the page with. " * 6] * 20)
    numbered = read(render(one_section(Markdown(text, numbered=True))))
    plain = read(render(one_section(Markdown(text))))
    lines = sum(1 for line in plain.text.splitlines() if "words" in line or "line or two" in line)
    assert len(numbered.pdf.pages) > 1
    assert re.search(rf"^{lines - 1}\b", numbered.text, re.MULTILINE)
    assert plain.elements("P")[0].K is not None


def test_a_number_beside_a_line_is_not_read_out(one_section, read):
    paper = read(render(one_section(Markdown("Only line.", numbered=True))))
    artifact = False
    for step in pikepdf.parse_content_stream(paper.pdf.pages[0]):
        if str(step.operator) in {"BMC", "BDC"}:
            artifact = str(step.operands[0]) == "/Artifact"
        if str(step.operator) == "Tj" and bytes(step.operands[0]) == b"1":
            assert artifact


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(one_section, read):
    for lines in range(30, 48):
        filler = Text("\n".join(f"line {i}" for i in range(lines)))
        paper = read(render(one_section(filler, Heading("The heading"), Text("Its text."))))
        page = next(text for text in paper.texts if "The heading" in text)
        assert "Its text." in page


def test_no_single_line_is_left_on_either_page(one_section, read):
    for lines in range(36, 46):
        filler = Text("\n".join(f"filler {i}" for i in range(lines)))
        five = Text("\n".join(f"kept {i}" for i in range(5)))
        paper = read(render(one_section(filler, five)))
        for text in paper.texts:
            assert text.count("kept") != 1


def test_blocks_together_share_a_page(one_section, read):
    for lines in range(30, 46, 3):
        filler = Text("\n".join(f"line {i}" for i in range(lines)))
        group = Together(tuple(Text(f"part {i}") for i in range(8)))
        texts = read(render(one_section(filler, group))).texts
        assert sum("part" in text for text in texts) == 1


def test_levels_of_headings_are_never_skipped(read):
    section = Section("", (Heading("Deep", 3), Heading("Up", 2)), show_title=False)
    paper = read(render(Document("A paper", Brand("Branch"), (section,))))
    assert [tag for tag in paper.tags() if tag.startswith("H")] == ["H1", "H2"]


def test_large_print_is_a_new_layout_at_18_points(every_block, read):
    paper = read(render(every_block, large_print=True))
    sizes = {
        float(step.operands[1])
        for page in paper.pdf.pages
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator) == "Tf"
    }
    assert 18 in sizes
    assert min(sizes) >= 13 or {size for size in sizes if size < 13} <= {8.5, 9}  # within charts
    assert any("Atkinson" in name for name in paper.fonts())
    assert not paper.elements("Table") or all("/Scope" in cell.A for cell in paper.elements("TH"))
    assert "Standing: member" in paper.words
    assert "Members fell to 364." in paper.words


def test_a_right_hand_page_is_reached_by_a_blank_one_only_in_duplex(read):
    parts = (Section("One", (Text("x"),)), Section("Two", (Text("y"),), starts="right"))
    single = read(render(Document("P", Brand("B"), parts)))
    double = read(render(Document("P", Brand("B"), parts, duplex=True)))
    assert len(single.pdf.pages) == 2
    assert len(double.pdf.pages) == 3
    assert "left blank" in double.texts[1]


def test_a_flowing_section_goes_on_where_the_last_ended_but_not_on_the_contents(read):
    parts = (Section("One", (Text("x"),), starts="flow"), Section("Two", (), starts="flow"))
    paper = read(render(Document("P", Brand("B"), parts, contents=True)))
    assert len(paper.pdf.pages) == 2
    assert "One" in paper.texts[1]
    assert "Two" in paper.texts[1]


def test_a_section_with_nothing_in_it_still_has_its_page(read):
    parts = (Section("Silent", (), show_title=False), Section("Two", (Text("y"),)))
    paper = read(render(Document("P", Brand("B"), parts, contents=True)))
    assert len(paper.pdf.pages) == 3
    assert all("/Dest" in link for link in paper.pdf.pages[0].obj.Annots)


def test_an_empty_paper_is_a_page(read):
    assert len(read(render(Document("", Brand(""), ()))).pdf.pages) == 1


def test_without_furniture_there_is_no_head_and_foot(read, one_section):
    paper = read(render(one_section(Text("x\n\n" * 60), furniture=False)))
    assert "Page" not in paper.text
    assert "Hollow" not in paper.text


def test_a_letter_has_its_head_and_its_address_in_the_window(letter, read):
    paper = read(render(letter))
    assert len(paper.pdf.pages) == 1
    assert "secretary@example.org" in paper.text
    assert "Page" not in paper.text
    text = paper.texts[0]
    assert text.index("Membership Office") < text.index("14 May 2026") < text.index("Dear")


def test_names_of_200_letters_and_words_without_a_break_are_wrapped(one_section, read):
    name = "Llanfair" * 25
    blocks = (
        Text(name),
        Heading(name),
        Facts(((name, name),)),
        Bullets((name,), "box"),
        Note(name, name),
        WriteIn(name),
        Table((Column(name), Column("b", numeric=True)), [(name, name)]),
    )
    document = Document(
        name, Brand(name), (Section(name, blocks),), cover=Cover(name, name, (name,)), contents=True
    )
    paper = read(render(document))
    assert "".join(paper.text.split()).count("Llanfair") >= 25 * 8
    large = read(render(document, large_print=True))
    for page in (*paper.pdf.pages, *large.pdf.pages):
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "Tm":
                assert 0 <= float(step.operands[4]) < 595


HOSTILE = (
    '<img src="/etc/hostname"/>',
    '<a href="javascript:alert(1)">x</a>',
    "<para><font color=red>unclosed",
    "[x](javascript:alert(1))",
    "![x](file:///etc/hostname)",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &#0;",
    "\x00\x07\x1b[31m\u202eevil\u202c\u2066",
    "%s %(x)s {0} \\ ( ) < >",
    "\ud800 \uffff",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_text_and_nothing_is_fetched(text, one_section, read):
    blocks = (
        Markdown(text),
        Text(text),
        Bullets((text,)),
        Facts(((text, text),)),
        Note(text, text),
        Heading(text),
        Table((Column(text),), [(text,)]),
    )
    paper = read(render(Document(text, Brand(text), (Section(text, blocks),), subject=text)))
    assert b"javascript" not in b"".join(
        str(annotation.get("/A", "")).encode()
        for page in paper.pdf.pages
        for annotation in page.obj.get("/Annots", ())
    )
    assert not paper.elements("Figure")
    assert "\u202e" not in paper.text
    if text.startswith("<script"):
        assert "<script>alert(1)</script>" in paper.text


def test_links_go_to_the_web_and_mail_and_nowhere_else(one_section, read):
    text = "[a](https://a.example) [b](mailto:b@example.org) [c](ftp://c.example) [d](/etc/passwd)"
    paper = read(render(one_section(Markdown(text))))
    targets = [str(one.A.URI) for one in paper.pdf.pages[0].obj.Annots]
    assert targets == ["https://a.example", "mailto:b@example.org"]
    assert len(paper.elements("Link")) == 2


def test_what_no_font_has_is_shown_as_a_box_and_named(one_section, read):
    made = render_checked(one_section(Text("Welcome 漢 to all")))
    assert made.remarks == ("No font has these characters: 漢",)
    assert "\N{REPLACEMENT CHARACTER} to all" in read(made.pdf).text


def test_a_picture_that_cannot_be_read_says_so(one_section, read):
    made = render_checked(one_section(Figure(b"not a picture", "The hall")))
    assert made.remarks == ("The picture “The hall” could not be read and was left out.",)
    assert "could not be read" in read(made.pdf).text


def test_an_appended_pdf_that_cannot_be_read_leaves_the_rest(read):
    parts = (Section("One", (Text("x"),)), Appended("Broken", b"%PDF-1.4"), Section("Two", ()))
    made = render_checked(Document("P", Brand("B"), parts, contents=True))
    assert "“Broken” could not be included." in made.remarks[0]
    paper = read(made.pdf)
    assert "could not be included" in paper.text
    assert "Two" in paper.texts[-1]


def test_every_block_can_be_laid_out():
    named = {name for name in blocks.Block.__args__ if not isinstance(name, str)}
    from branch_desk.paper.render import _LAYERS

    assert named == {*_LAYERS, Together}
