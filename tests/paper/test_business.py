"""The order of business, sections that share a page, and pages that are filled with sense."""

import pytest

from branch_desk.paper.blocks import (
    AddressWindow,
    Brand,
    Column,
    Document,
    Heading,
    Item,
    Order,
    Section,
    Table,
    Text,
    Under,
)
from branch_desk.paper.labels import Label, Labels
from branch_desk.paper.lines import tied
from branch_desk.paper.render import render

BRAND = Brand("Hollow Lane Branch")
MOTIONS = [Under(f"2.{n}", f"To do thing {n}", f"Motion 2026/{n:02}") for n in range(1, 41)]
BUSINESS = Order(
    [
        Item("Welcome", "7.30 pm", 5),
        Item("Motions", "7.35 pm", 1, MOTIONS),
        Item("Close", under=[Under("", "2 letters")]),
    ]
)


def lines_of(count: int) -> list[Text]:
    return [Text(f"Line {number}") for number in range(count)]


def pages(read, *sections, **options) -> list[str]:
    texts = read(render(Document("P", BRAND, sections, **options))).texts
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize(("large", "said"), [(False, "1 min "), (True, "1 minute ")])
def test_business_has_its_times_and_goes_on_over_pages_under_its_name(
    large, said, one_section, read
):
    paper = read(render(one_section(BUSINESS), large_print=large))
    assert "1. Welcome" in paper.words
    assert f"2. Motions 7.35 pm{',' if large else ''} {said}2.1 To do thing 1" in paper.words
    assert "2.40 To do thing 40 Motion 2026/40 3. Close 2 letters" in paper.words
    assert len(paper.texts) > 1
    assert all("2. Motions, continued" in " ".join(text.split()) for text in paper.texts[1:])
    assert len(paper.elements("LI")) == 3 + 40 + 1
    assert paper.elements("Lbl")


def test_business_without_times_or_items_is_laid_out(one_section, read):
    assert "1. Talk" in read(render(one_section(Order([Item("Talk")])))).words
    assert "A section" in read(render(one_section(Order([])))).words
    assert "1. Talk" in read(render(one_section(Order([Item("Talk")])), large_print=True)).words


def test_a_section_that_fits_whole_shares_a_page_on_one_side_only(read):
    def part(name, count):
        return Section(name, lines_of(count), starts="whole")

    short = (part("One", 5), part("Two", 5), part("Three", 30))
    single = pages(read, *short)
    assert len(single) == 3 - 1
    assert "One, Two" in single[0]
    assert "Three" in single[1]
    double = pages(read, *short, duplex=True)
    assert [("left blank" in page) for page in double] == [False, True, False, True, False]


def test_a_nearly_empty_last_page_is_saved_where_closer_space_does_it(read):
    assert len(pages(read, Section("One", lines_of(30)))) == 1
    assert len(pages(read, Section("One", lines_of(60)))) == 2


@pytest.mark.parametrize("rows", range(24, 34))
def test_no_row_stands_alone_over_a_page_break(rows, read):
    table = Table([Column("Name")], [[f"Person {number}"] for number in range(rows)])
    shown = pages(read, Section("One", [*lines_of(3), table]))
    assert all(page.count("Person") != 1 for page in shown)


def test_a_short_table_is_kept_whole_with_its_heading(read):
    table = Table([Column("Name")], [[f"Person {number}"] for number in range(6)])
    for above in range(15, 30):
        shown = pages(read, Section("One", [*lines_of(above), Heading("People"), table]))
        assert {page.count("Person ") for page in shown} <= {0, 6}


def test_each_letter_of_many_counts_its_own_pages(read):
    letter = [AddressWindow(["A"], "1 May 2026"), *lines_of(40)]
    short = [AddressWindow(["B"], "1 May 2026"), Text("Short")]
    shown = pages(
        read,
        Section("A", letter, show_title=False),
        Section("B", short, show_title=False),
    )
    assert "Page 1 of 2" in shown[0]
    assert "Page 2 of 2" in shown[1]
    assert "Page" not in shown[2]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Loom Court, Highfield HF2 4QT", "Loom Court, Highfield_HF2_4QT"),
        ("on Thursday 28 May 2026 at 7.30 pm.", "on Thursday 28_May_2026 at 7.30_pm."),
        ("18 members (clause 5.2)", "18 members (clause_5.2)"),
        ("Mr Bell may go", "Mr_Bell may go"),
    ],
)
def test_what_belongs_together_is_not_parted_by_a_line_end(text, held):
    assert tied(text) == held.replace("_", "\N{NO-BREAK SPACE}")


def test_labels_are_rendered_as_other_papers_are(read):
    labels = Labels("Labels", BRAND, [Label(("Ada Okafor", "1 Mill Lane"))])
    assert "Ada Okafor" in read(render(labels)).words


def test_figures_of_a_column_say_what_they_are_whatever_space_is_between_them(one_section, read):
    table = Table([Column("Members", numeric=True)], [["1,117"]])
    paper = read(render(one_section(table)))
    said = "1,117".encode("utf-16-be").hex().encode()
    assert b"/ActualText <feff" + said in paper.pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Pack: the meeting, 28 May 2026", "Pack: the meeting, 28 May 2026"),
        ("Pack: a meeting that was called in haste, 28 May 2026", "called in haste A section"),
        ("Pack: " + "a meeting of very many words " * 4, "Branch Pack A section"),
        ("Wordless" * 20, "…"),
    ],
)
def test_a_running_head_leaves_out_the_date_before_it_cuts_words(title, shown, read):
    section = Section("A section", (Text("x"),))
    paper = read(render(Document(title, BRAND, (section,)), large_print=True))
    assert shown in paper.words
