"""Who on HQ's list is who of ours."""

from __future__ import annotations

from branch_desk.members.exchange.match import bare, figures


def test_telephone_numbers_are_compared_by_their_figures():
    assert figures("(020) 7946-0018") == figures("020 7946 0018") == "02079460018"


def test_numbers_are_compared_without_what_a_spreadsheet_takes_off():
    assert bare("00 12a") == bare("12A") == "12A"
