"""Each kind of cell: dates British first, money to pence, telephones, addresses, yes and no."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.exchange import cells
from branch_desk.members.exchange.cells import Unreadable, agreed, day, email, pence, phone, plain
from branch_desk.members.exchange.export import guarded
from branch_desk.members.exchange.lines import split_name
from branch_desk.members.exchange.values import field_value
from branch_desk.members.records import Payment
from branch_desk.store.errors import Invalid

TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("3/4/2020", date(2020, 4, 3)),
        ("03.04.20", date(2020, 4, 3)),
        ("03-04-2020", date(2020, 4, 3)),
        ("31 12 1999", date(1999, 12, 31)),
        ("2020-04-03", date(2020, 4, 3)),
        ("2020/4/3", date(2020, 4, 3)),
        ("2020-04-03T10:11:12Z", date(2020, 4, 3)),
        ("03/04/2020 00:00", date(2020, 4, 3)),
        ("3 April 2020", date(2020, 4, 3)),
        ("Fri 3rd Apr 2020", date(2020, 4, 3)),
        ("3-Apr-20", date(2020, 4, 3)),
        ("1/2/45", date(1945, 2, 1)),
        ("1 Feb 45", date(1945, 2, 1)),
        ("45321", date(2024, 1, 30)),
        (45321, date(2024, 1, 30)),
        (45321.75, date(2024, 1, 30)),
        (date(2020, 4, 3), date(2020, 4, 3)),
        (datetime(2020, 4, 3, 10), date(2020, 4, 3)),  # noqa: DTZ001 - as a workbook has it
        ("", None),
        (" n/a ", None),
        (None, None),
    ],
)
def test_days(cell, found):
    assert day(cell, past=TODAY) == found


@pytest.mark.parametrize(
    "cell",
    ["2020-13-02", "31/2/2020", "May 2020", "Tuesday", "12", "soon", 7, 99_999_999, True, "Mayhem"],
)
def test_what_is_no_day_is_not_guessed_at(cell):
    with pytest.raises(Unreadable):
        day(cell, past=TODAY)


@given(st.dates(date(1950, 1, 1), date(2026, 1, 1)))
def test_a_day_is_read_back_in_every_common_form(on):
    forms = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")
    assert {day(on.strftime(form), past=TODAY) for form in forms} == {on}
    assert day((on - date(1899, 12, 30)).days) == on


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_is_not(text):
    try:
        found = day(text, past=TODAY)
    except Unreadable:
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("£1,234.50", 123450),
        ("12.5", 1250),
        (12.5, 1250),
        (12, 1200),
        ("0", 0),
        (".50", 50),
        ("75p", 75),
        ("(12.00)", 0),
        ("-3", 0),
        ("5.00 CR", 0),
        ("5.00 DR", 500),
        ("nil", None),
        ("", None),
    ],
)
def test_money_in_pence_and_credit_owes_nothing(cell, found):
    assert pence(cell) == found


@pytest.mark.parametrize("cell", ["lots", "1.234", "1,2,3", "12..5", "£", "99999999999", True])
def test_what_is_no_sum(cell):
    with pytest.raises(Unreadable):
        pence(cell)


@given(st.integers(0, 10**8))
def test_pence_come_back_from_pounds(number):
    assert pence(f"£{number // 100:,}.{number % 100:02}") == number


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("07700900123", "07700 900123"),
        ("+44 7700 900 123", "07700 900123"),
        ("0044 (0)7700 900123", "07700 900123"),
        (7700900123.0, "07700 900123"),
        ("020 79460018", "020 7946 0018"),
        ("(01632) 960-001", "01632 960001"),
        ("+48 22 123 45 67", "+48 22 123 45 67"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_set_in_groups(cell, written):
    assert phone(cell) == (written, "")


@pytest.mark.parametrize("cell", ["ask her son", "12", "0770090012345678", "+999 1"])
def test_what_is_no_telephone_number_is_kept_and_marked(cell):
    assert phone(cell) == (cell, "does not look like a telephone number")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("ada@example.org", ("ada@example.org", "")),
        ("<Ada.O+x@Example.co.uk>;", ("Ada.O+x@Example.co.uk", "")),
        ("mailto:ada@example.org", ("ada@example.org", "")),
        ("siân@example.org", ("siân@example.org", "")),
        ("none", ("", "")),
        ("ada@", ("ada@", "does not look like an e-mail address")),
        ("ada..o@example.org", ("ada..o@example.org", "does not look like an e-mail address")),
    ],
)
def test_email_addresses_are_looked_at_without_a_network(cell, found):
    assert email(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("sy231ab", ("SY23 1AB", "")),
        ("EC1A  1BB", ("EC1A 1BB", "")),
        ("-", ("", "")),
        ("00-950", ("00-950", "is not a British postcode")),
    ],
)
def test_postcodes(cell, found):
    assert cells.postcode(cell) == found


def test_yes_and_no():
    assert [agreed(cell) for cell in ("Yes", True, "1", 1.0, "opted in")] == [True] * 5
    assert [agreed(cell) for cell in ("N", False, "opted out")] == [False] * 3
    assert agreed("") is None
    with pytest.raises(Unreadable):
        agreed("perhaps")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Ada \u00a0 Okafor\u200b ", "Ada Okafor"),
        ("Sia\u0302n", "Siân"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "yes"),
        (None, ""),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2), "2020-01-02"),  # noqa: DTZ001 - as a workbook has it
        (timedelta(hours=1), "1:00:00"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ("=1+1", "=1+1"),
        ("one\ntwo", "one two"),
    ],
)
def test_text_is_cleaned_and_never_run(cell, text):
    assert plain(cell) == text


def test_lines_are_kept_where_a_field_has_lines():
    assert plain(" 12 High Street \r\n\r\n Oldtown ", lines=True) == "12 High Street\nOldtown"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), max_size=20))
def test_the_guard_against_formulas_comes_off_again(text):
    once = plain(text)
    assert plain(guarded(once)) == once
    assert not guarded(once).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Okafor, Ada", ("Ada", "Okafor", "")),
        ("Mrs Gwen ap Rhys", ("Gwen", "ap Rhys", "Mrs")),
        ("ap Rhys, Dr. Gwen", ("Gwen", "ap Rhys", "Dr.")),
        ("Maria de la Cruz", ("Maria", "de la Cruz", "")),
        ("Okafor", ("", "Okafor", "")),
        ("Mr", ("", "", "Mr")),
        ("", ("", "", "")),
        ("Mary Jane Okafor", ("Mary Jane", "Okafor", "")),
    ],
)
def test_a_whole_name_is_parted(text, parts):
    assert split_name(text) == parts


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("born_on", "1/2/1990", date(1990, 2, 1)),
        ("joined_on", "", None),
        ("arrears_pence", "12.50", 1250),
        ("arrears_pence", "", 0),
        ("payment", "up to date", Payment.PAID),
        ("payment", "", Payment.UNKNOWN),
        ("phone", "07700900123", "07700 900123"),
        ("postcode", "sy231ab", "SY23 1AB"),
        ("notes", "one\ntwo", "one\ntwo"),
    ],
)
def test_a_field_as_somebody_types_it(name, text, value):
    assert field_value(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"), [("born_on", "soon"), ("arrears_pence", "lots"), ("payment", "gold")]
)
def test_a_field_that_cannot_be_read_is_refused_in_words(name, text):
    with pytest.raises(Invalid, match=f"“{text}” "):
        field_value(name, text)
