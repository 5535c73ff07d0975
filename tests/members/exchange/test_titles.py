"""Column titles as people write them, and what is said of those nobody understands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members import records
from branch_desk.members.exchange import apply, review
from branch_desk.members.exchange.columns import BY_TITLE, SYNONYMS, field_of, squeezed

REALISTIC = [
    "Membership No.",
    "Fore name",
    "Family Name",
    "E-mail addr",
    "Mob.",
    "Addr 1",
    "Addr 2",
    "Town",
    "Post Code",
    "DOJ",
    "Paid Up To",
    "Sub (£)",
    "Std/Conc",
    "Status",
]
KWAME = [
    "004000",
    "Kwame",
    "Okafor",
    "kwame@example.org",
    "07700 900001",
    "1 Mill Lane",
    "Flat 2",
    "Highfield",
    "HX1 1AB",
    "01/01/2010",
    "31/03/2026",
    "£12",
    "Conc",
    "Current",
]


def list_of(titles, *rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode()


def about(made) -> list[str]:
    return [problem.message for problem in made.problems if problem.row is None]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Fore name", "forename"),
        ("Given name(s)", "forename"),
        ("first_name", "forename"),
        ("E-mail addr", "email"),
        ("Email add.", "email"),
        ("Addr 1", "address_1"),
        ("Address1", "address_1"),
        ("Addr line 1", "address_1"),
        ("Street", "address_1"),
        ("Addr 2", "address_2"),
        ("DOJ", "joined_on"),
        ("Date of joining", "joined_on"),
        ("Member since", "joined_on"),
        ("Date joined (dd/mm/yyyy)", "joined_on"),
        ("DOB", "born_on"),
        ("Tel", "phone"),
        ("Mob no", "mobile"),
        ("P/code", "postcode"),
        ("Mem no", "number"),
        ("M'ship no", "number"),
        ("Sub", "payment"),
        ("Std/Conc", "type"),
        ("Arrears (£)", "arrears_pence"),
        ("Sub (£)", None),
        ("Sub (GBP)", None),
        ("Paid up to", None),
        ("Address to", None),
        ("Address (partner)", None),
        ("Name (next of kin)", None),
        ("Emails sent", None),
        ("Town councillor", None),
        ("Joined by", None),
    ],
)
def test_titles_are_known_as_people_write_them_and_never_by_a_part(title, field):
    assert field_of(title) == field


def test_no_title_stands_for_two_fields():
    meant = {}
    for field, titles in SYNONYMS.items():
        for title in titles.split(","):
            assert meant.setdefault(squeezed(title), field) == field, title


@given(st.data())
def test_case_punctuation_and_spacing_never_matter(data):
    title = data.draw(st.sampled_from(sorted(BY_TITLE)))
    between = st.text(" .,:;-_/'*?()\t", max_size=2)
    written = "".join(
        data.draw(between) + data.draw(st.sampled_from([letter, letter.upper()]))
        for letter in title
    )
    assert field_of(written + data.draw(between)) == BY_TITLE[title][0]


def test_a_realistic_list_is_understood_and_the_rest_is_said(store):
    made = review(store, list_of(REALISTIC, KWAME), "list.csv")
    assert made.unknown == ("Paid Up To", "Sub (£)")
    assert about(made) == [
        "2 columns were not understood and are kept as extra data: “Paid Up To”, “Sub (£)”."
    ]
    apply(store, made)
    (kwame,) = records.many(store, records.ids(store))
    assert (kwame.name, kwame.email, kwame.type) == ("Kwame Okafor", "kwame@example.org", "Conc")
    assert kwame.address == "1 Mill Lane\nFlat 2\nHighfield"
    assert kwame.extra == {"Paid Up To": "31/03/2026", "Sub (£)": "£12"}


def test_a_list_without_what_matters_says_so(store):
    bare = list_of(["Number", "", "Surname", "ID"], ["1", "x", "Okafor", "77"])
    made = review(store, bare, "list.csv")
    assert about(made) == [
        (
            "The list has no column for the forename or the full name, "
            "so its people are known by surname alone."
        ),
        (
            "The list has no column for the joining date; "
            "for those new, since when they are members is left open."
        ),
        "The list has no column for the e-mail address; nobody new has one.",
        "1 column was not understood and is kept as extra data: “Column B”.",
        "1 column means what another column of the list means, and is kept as extra data: “ID”.",
    ]
    apply(store, made)
    assert records.many(store, records.ids(store))[0].extra == {"ID": "77", "Column B": "x"}


def test_what_is_missing_is_said_only_where_it_matters(store):
    apply(store, review(store, list_of(REALISTIC, KWAME), "list.csv"))
    short = ["Number", "Full name"]
    made = review(store, list_of(short, ["004000", "Kwame Okafor"]), "short.csv")
    assert about(made) == [
        "The list has no column for the e-mail address; the addresses we have stay as they are."
    ]
    made = review(store, list_of([*short, "Email"], ["7", "Zofia Baran", ""]), "new.csv")
    assert about(made) == [
        "The list has no column for the joining date; for those new, the list's day is taken."
    ]


def test_an_ignored_column_is_neither_kept_nor_said(store):
    ignored = {"Paid Up To": "ignore", "L": "ignore"}
    made = review(store, list_of(REALISTIC, KWAME), "list.csv", mapping=ignored)
    assert (made.unknown, about(made)) == ((), [])
    assert "extra" not in made.joined[0].details


def test_a_sum_for_a_subscription_is_kept_and_is_no_state_of_payment(store):
    titles = ["Number", "Name", "Sub"]
    made = review(store, list_of(titles, ["1", "Ada Okafor", "£4.50"]), "list.csv")
    assert made.joined[0].details["extra"] == {"Subscription": "£4.50"}
    assert [problem for problem in made.problems if problem.row] == []
