"""A pack of 200 pages, tagged, against bare ReportLab in one pass and against WeasyPrint."""

from __future__ import annotations

import io
from html import escape

import pytest

from branch_desk.paper.blocks import Brand, Column, Document, Heading, Markdown, Section, Table
from branch_desk.paper.render import render

pytestmark = pytest.mark.bench
MOTIONS = 66
PARAGRAPH = (
    "This branch notes that the council proposes to close the library on Saturdays, the busiest "
    "day of its week and the only one on which most people in work can go, and that the saving "
    "named in the council's own paper is a small one. "
) * 3
COLUMNS = ("Ward", "Members", "Said", "Recorded")


def table_rows(motion, turn):
    return [
        [f"Ward {motion}-{row}-{turn}", str(row * 7), str(row % 5), str(row % 3)]
        for row in range(14)
    ]


def paragraphs(motion, turn):
    """Text that no other turn has, so that nothing laid out before can be used again."""
    return [f"{motion}.{number}.{turn} {PARAGRAPH}" for number in range(1, 7)]


def document(turn):
    """The story as our own blocks."""
    sections = [
        Section(
            f"Motion {motion}: keep the library open ({turn})",
            [
                Heading("The motion"),
                Markdown("\n\n".join(paragraphs(motion, turn))),
                Heading("By ward"),
                Table(
                    [Column(name, numeric=name != "Ward") for name in COLUMNS],
                    table_rows(motion, turn),
                ),
            ],
        )
        for motion in range(1, MOTIONS + 1)
    ]
    return Document("A long pack", Brand("Highfield Branch"), sections, contents=True)


def bare_reportlab(turn):
    """The same story through Platypus in one pass: no tags, no contents, no page count."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, TableStyle
    from reportlab.platypus import Table as BareTable

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=15, spaceAfter=6)
    head = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=15, leading=20, spaceAfter=6)
    story = []
    for motion in range(1, MOTIONS + 1):
        story.append(Paragraph(f"Motion {motion}: keep the library open", head))
        story.append(Paragraph("The motion", head))
        story.extend(Paragraph(text, body) for text in paragraphs(motion, turn))
        story.append(Paragraph("By ward", head))
        cells = [
            [Paragraph(cell, body) for cell in row] for row in [COLUMNS, *table_rows(motion, turn)]
        ]
        story.append(
            BareTable(
                cells,
                repeatRows=1,
                style=TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey")]),
            )
        )
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=60, rightMargin=90).build(story)
    return out.getvalue()


def weasyprint_pdf(turn):
    """The same story as HTML, tagged, through a peer."""
    import weasyprint

    parts = ["<html lang=en><title>A long pack</title><style>@page{size:A4;margin:20mm}"]
    parts.append("body{font:10.5pt/15pt sans-serif}section{break-before:page}</style>")
    for motion in range(1, MOTIONS + 1):
        parts.append(f"<section><h1>Motion {motion}: keep the library open</h1><h2>The motion</h2>")
        parts.extend(f"<p>{escape(text)}</p>" for text in paragraphs(motion, turn))
        head = "".join(f"<th>{name}</th>" for name in COLUMNS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
            for row in table_rows(motion, turn)
        )
        parts.append(
            f"<h2>By ward</h2><table><thead><tr>{head}</tr></thead>{rows}</table></section>"
        )
    return weasyprint.HTML(string="".join(parts)).write_pdf(pdf_variant="pdf/ua-1")


def each_turn(made):
    turns = iter(range(1000))
    return lambda: made(next(turns))


@pytest.fixture
def ours():
    return each_turn(lambda turn: render(document(turn)))


def test_the_story_is_a_pack_of_about_200_pages(ours, benchmark):
    import pikepdf

    made = benchmark.pedantic(ours, rounds=1)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert 180 <= len(pdf.pages) <= 230
        assert "/StructTreeRoot" in pdf.Root


def test_a_200_page_pack_against_bare_reportlab(ours, compare):
    compare(
        "Pack of 200 pages, tagged, against bare ReportLab", ours, each_turn(bare_reportlab), goal=2
    )


@pytest.mark.filterwarnings("ignore")
def test_a_200_page_pack_against_weasyprint(ours, compare):
    name = "Pack of 200 pages, tagged, against WeasyPrint"
    compare(name, ours, each_turn(weasyprint_pdf), goal=None, rounds=2)
