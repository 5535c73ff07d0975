"""The standing orders on paper, and the brand on every paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from branch_desk.branch import papers, records
from branch_desk.branch.records import Branch, Officer
from branch_desk.paper.render import render

ON = date(2026, 5, 14)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    return " ".join(" ".join(pages).split())


def test_a_brand_carries_the_branch_s_details():
    made = papers.brand(Branch(name="Highfield ward", hq="The Society", accent="#112233"))
    assert (made.branch, made.hq, made.accent) == ("Highfield ward", "The Society", "#112233")
    assert papers.brand(Branch()).branch == "Branch"


@pytest.mark.parametrize("large_print", [False, True])
def test_the_sheet_names_every_rule_and_what_holds(store, large_print):
    records.set_setting(store, "quorum.rule", "greater of 10 and 5%", clause="4.2")
    orders = records.standing_orders(store)
    officers = [Officer(1, "Chair", "Ann Other", None, date(2024, 3, 1), None)]
    sheet = papers.standing_orders_sheet(Branch(name="Highfield ward"), orders, officers, ON)
    pdf = render(sheet, large_print=large_print)
    text = text_of(pdf)
    for order in orders:
        assert order.title in text
    assert "the greater of 10 and 5% of the members" in text
    assert "14 days (the usual, not set)" in text
    assert "4.2" in text
    assert "Ann Other, since 1 March 2024" in text
    assert "14 May 2026" in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert len(opened.pages) >= 2


def test_a_branch_without_name_or_officers_has_a_sheet_too(store):
    sheet = papers.standing_orders_sheet(Branch(), records.standing_orders(store), [], ON)
    text = text_of(render(sheet))
    assert "this branch" in text
    assert "Officers" not in text
