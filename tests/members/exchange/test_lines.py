"""What the cells of one row of HQ's list say, and what is told where one cannot be read."""

from __future__ import annotations

import pytest

from branch_desk.members.exchange.lines import SPECIAL, Line
from branch_desk.members.records import Payment

UNKNOWN_PAYMENT = "is no state of payment we know; it was kept as it is"


@pytest.mark.parametrize("name", ["payment", "status"])
@pytest.mark.parametrize("cell", ["", None, "-"])
def test_an_empty_cell_says_nothing(name, cell):
    line = Line(2)
    assert SPECIAL[name](line, cell) == ""
    assert line == Line(2)


def test_a_sum_that_is_none_is_told_and_nothing_is_owed():
    line = Line(2)
    assert SPECIAL["arrears_pence"](line, "a good deal")
    assert line.details == {}
    assert SPECIAL["arrears_pence"](line, "12.50") == ""
    assert line.details == {"arrears_pence": 1250}


def test_a_payment_nobody_knows_is_told_and_kept():
    line = Line(2)
    assert SPECIAL["payment"](line, "by pigeon") == UNKNOWN_PAYMENT
    assert line.extra == {"Payment": "by pigeon"}


def test_what_was_paid_is_kept_as_the_subscription():
    line = Line(2)
    assert SPECIAL["payment"](line, "12.50") == ""
    assert line.extra == {"Subscription": "12.50"}


def test_a_status_in_arrears_is_a_member_who_owes():
    line = Line(2)
    assert SPECIAL["status"](line, "Member in arrears") == ""
    assert (line.left, line.details) == (None, {"payment": Payment.ARREARS})


def test_a_whole_name_too_long_to_be_one_is_told():
    line = Line(2)
    assert "check that it is a name" in SPECIAL["name"](line, f"Ada {'Okafor' * 60}")


@pytest.mark.parametrize("cell", ["{not ours", "[1, 2]", "7"])
def test_a_column_of_our_own_that_others_wrote_in_is_told(cell):
    line = Line(2)
    assert SPECIAL["extra"](line, cell) == "is not what Branch Desk writes there"
    assert line.extra == {}
    assert SPECIAL["extra"](line, '{"Shift": "Tuesdays"}') == ""
    assert line.extra == {"Shift": "Tuesdays"}
