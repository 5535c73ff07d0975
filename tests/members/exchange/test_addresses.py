"""An address is never replaced by less of one."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members import records
from branch_desk.members.exchange import apply, review
from branch_desk.members.exchange.addresses import contained, in_one_line, parts, replaces

WHOLE = ["Number", "Surname", "Forename", "Address 1", "Address 2", "Town"]
OURS = "3 Mill Lane\nFlat 2\nHighfield"


def list_of(titles, *rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode()


def address(store) -> str:
    (member,) = records.many(store, records.ids(store))
    return member.address


@pytest.fixture
def brenda(store):
    row = ["4014", "Jones-Pugh", "Brenda", "3 Mill Lane", "Flat 2", "Highfield"]
    data = list_of(WHOLE, row)
    apply(store, review(store, data, "october.csv", as_of=date(2026, 4, 14)))
    assert address(store) == OURS
    return store


def later(store, titles, *cells):
    data = list_of(["Number", "Surname", *titles], ["4014", "Jones-Pugh", *cells])
    made = review(store, data, "november.csv")
    apply(store, made)
    return made


def changes(made):
    return [
        (change.field, change.before, change.after)
        for entry in made.changed
        for change in entry.changes
    ]


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        (["Town"], ["Highfield"]),
        (["Address 2", "Town"], ["FLAT 2", "Highfield"]),
        (["Address 1", "Town"], ["3 Mill Lane", "Highfield"]),
        (["Address"], ["3, Mill Lane, Highfield HX3 3AB"]),
        (["Address"], ["3 mill lane,\nflat 2, HIGHFIELD"]),
    ],
)
def test_what_ours_says_already_is_no_change_and_nothing_to_look_at(brenda, titles, cells):
    made = later(brenda, titles, *cells)
    assert address(brenda) == OURS
    assert [change for change in changes(made) if change[0] == "address"] == []
    assert [problem for problem in made.problems if problem.row] == []


@pytest.mark.parametrize(
    ("titles", "cells", "shown"),
    [
        (["Town"], ["Lowfield"], "Lowfield"),
        (
            ["Address 2", "Address 3", "Town", "County"],
            ["Flat 9", "Top", "Lowfield", "Mid"],
            "Flat 9, Top, Lowfield, Mid",
        ),
        (["Address 1", "Town"], ["99 New Road", "Lowfield"], "99 New Road, Lowfield"),
        (["Address 1", "Address 2", "Town"], ["", "", "Lowfield"], "Lowfield"),
    ],
)
def test_what_says_less_than_ours_never_replaces_it_and_is_said(brenda, titles, cells, shown):
    made = later(brenda, titles, *cells)
    assert address(brenda) == OURS
    assert changes(made) == []
    (said,) = [problem for problem in made.problems if problem.row]
    assert said.row == 2
    assert said.message == (
        f"HQ's list has the address “{shown}”, which says less than ours, "
        "“3 Mill Lane, Flat 2, Highfield”. Ours was kept; if they have moved, "
        "change it on their page."
    )


def test_a_move_is_taken_and_shown_on_one_line(brenda):
    made = later(brenda, WHOLE[3:], "99 New Road", "Flat 7", "Highfield")
    assert address(brenda) == "99 New Road\nFlat 7\nHighfield"
    assert changes(made) == [
        ("address", "3 Mill Lane, Flat 2, Highfield", "99 New Road, Flat 7, Highfield")
    ]


def test_a_town_is_taken_where_we_have_no_address_and_gives_way_to_a_whole_one(store):
    later(store, ["Town"], "Highfield")
    assert address(store) == "Highfield"
    later(store, ["Address 1", "Town"], "3 Mill Lane", "Highfield")
    assert address(store) == "3 Mill Lane\nHighfield"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12, High Street, Oldtown", ["12 high street", "oldtown"]),
        ("12a\nHigh Street;Oldtown, SY23 1AB", ["12a high street", "oldtown"]),
        ("High Street, 12", ["high street", "12"]),
        (" ,\n", []),
    ],
)
def test_a_house_number_goes_with_its_street_and_a_postcode_is_no_part(text, found):
    assert parts(text) == found


def test_lines_become_commas_once():
    assert in_one_line("12 High Street,\nOldtown\n") == "12 High Street, Oldtown"


lines_of_address = st.lists(
    st.sampled_from(["Flat 2", "3 Mill Lane", "Highfield", "Mid", "Rose Cottage"]),
    min_size=1,
    unique=True,
)


@given(lines_of_address, lines_of_address, st.booleans())
def test_nothing_shorter_ever_replaces_and_nothing_contained_counts(ours, theirs, first_line):
    ours_text, theirs_text = "\n".join(ours), ", ".join(theirs)
    assert contained(theirs_text, ours_text) is (set(theirs) <= set(ours))
    assert replaces(theirs_text, ours_text, first_line=first_line) is (
        first_line and len(theirs) >= len(ours)
    )
    assert replaces(theirs_text, "", first_line=first_line)
