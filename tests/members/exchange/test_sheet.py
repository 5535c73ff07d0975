"""HQ's list in any format, found by what is in it; and what is no list, refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.exchange.columns import Unclear, field_of, letter, mapped
from branch_desk.members.exchange.sheet import ENCRYPTED_PACKAGE, OLE, read
from branch_desk.store.errors import Invalid

PLAIN = "Membership No,Surname,First name,Postcode\n0012,ap Rhys,Siân,SY23 1AB\n"
ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Members">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def cells(sheet) -> list[list[str]]:
    return [[str(cell) for cell in row] for _, row in sheet.rows]


def read_or_refuse(data: bytes, name: str):
    try:
        return read(data, name)
    except Invalid:
        return None


def workbook(rows, *, first=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for row in first:
        book.create_sheet("Cover", 0).append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows, *, manifest="") -> bytes:
    told = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
            f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</manifest:manifest>',
        )
        package.writestr("content.xml", ODS_CONTENT.format(rows=told))
    return out.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_every_encoding_gives_the_same_names(encoding):
    sheet = read(PLAIN.encode(encoding), "list.csv")
    assert sheet.titles[-1] == "Postcode"
    assert cells(sheet) == [["0012", "ap Rhys", "Siân", "SY23 1AB"]]


def test_central_european_letters_are_not_taken_for_western_signs():
    names = ["Łoś", "Żółć", "Wiśniewska", "Gałązka", "Dąbrowski", "Święcicki"]
    lines = [f"{place},{name},Łucja,SY23 1AB" for place, name in enumerate(names)]
    data = ("Number,Surname,Forename,Postcode\n" + "\n".join(lines)).encode("cp1250")
    assert [row[1] for row in cells(read(data, "list.csv"))] == names


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_ending(separator, ending):
    text = PLAIN.replace(",", separator).replace("\n", ending)
    assert cells(read(text.encode(), "list.txt")) == [["0012", "ap Rhys", "Siân", "SY23 1AB"]]


def test_a_spreadsheets_own_line_about_the_separator_is_heeded():
    text = "sep=;\r\n" + PLAIN.replace(",", ";")
    sheet = read(text.encode(), "list.csv")
    assert (sheet.header_row, cells(sheet)) == (2, [["0012", "ap Rhys", "Siân", "SY23 1AB"]])


def test_titles_are_found_below_a_heading_and_rows_keep_the_numbers_a_spreadsheet_shows():
    text = "Party of Example,,,\nMembers as of 1 May,,,\n,,,\n" + PLAIN + ",,,\n13,Baran,Zofia,\n"
    sheet = read(text.encode(), "list.csv")
    assert sheet.header_row == 4
    assert [place for place, _ in sheet.rows] == [5, 7]


def test_titles_that_come_again_on_every_page_are_no_members():
    text = PLAIN + PLAIN
    assert len(read(text.encode(), "list.csv").rows) == 2


def test_a_cell_may_hold_commas_and_line_ends():
    text = 'Number,Surname,Address\n1,Okafor,"12 High Street,\nOldtown"\n'
    assert cells(read(text.encode(), "l.csv")) == [["1", "Okafor", "12 High Street,\nOldtown"]]


def test_a_workbook_keeps_numbers_and_dates_as_they_are():
    data = workbook([["Number", "Surname", "Joined"], [12, "Okafor", date(2020, 1, 2)]])
    assert [list(row) for _, row in read(data, "list.xlsx").rows] == [
        [12, "Okafor", date(2020, 1, 2)]
    ]


def test_the_sheet_with_the_members_is_found_behind_a_cover():
    data = workbook([["Number", "Surname"], ["1", "Okafor"]], first=[["Read me first"]])
    assert read(data, "list.xlsx").titles == ("Number", "Surname")


def test_an_open_document_is_read():
    data = ods([["Number", "Surname"], ["0012", "Okafor"]])
    assert cells(read(data, "list.ods")) == [["0012", "Okafor"]]


def test_the_kind_of_file_is_what_is_in_it_not_what_it_is_called():
    data = workbook([["Number", "Surname"], ["1", "Okafor"]])
    assert cells(read(data, "list.csv"))[0][1] == "Okafor"
    assert cells(read(PLAIN.encode(), "list.xlsx"))[0][1] == "ap Rhys"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "“list.csv” is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF, not a table"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"<!DOCTYPE html><table>", "is a web page"),
        (b"PK\x03\x04broken", "is a damaged workbook"),
        (OLE + b"\0" * 600, "is no workbook that can be read"),
        (OLE + b"\0" * 600 + ENCRYPTED_PACKAGE, "is protected by a password"),
        (b"\xff\xfeN\x00u\x00m\x00b\xd8", "damaged further on"),
        (b"Number,Surname\n1,\x01\x02\x03", "line 2 holds something no text has"),
        (b"Number,Surname\n", "column titles (row 1) but no members"),
        (b"Number,Surname\n,,\n", "no members under them"),
        (b"apples,pears\n1,2\n", "No row of column titles"),
        (b",,,\n,,\n", "no cells with anything in them"),
        (b'Number,Surname\n1,"' + b"x" * 200_000, "opened and never closed"),
    ],
)
def test_what_is_no_list_is_refused_with_what_where_and_what_to_do(data, words):
    with pytest.raises(Invalid) as refused:
        read(data, "list.csv")
    assert words in str(refused.value)
    assert str(refused.value).count("list.csv") == 1


def test_a_locked_open_document_is_told_apart():
    locked = ods([["Number", "Surname"]], manifest="<manifest:encryption-data/>")
    with pytest.raises(Invalid, match="protected by a password"):
        read(locked, "list.ods")


def test_a_packed_file_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("letter.txt", "Dear all")
    with pytest.raises(Invalid, match="is a packed file, not a table"):
        read(out.getvalue(), "list.xlsx")


def test_a_workbook_that_unpacks_to_far_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("branch_desk.members.exchange.sheet.UNPACKED", 1_000)
    with pytest.raises(Invalid, match="more than any list of members"):
        read(workbook([["Number", "Surname"], ["1", "Okafor"]]), "list.xlsx")


def test_a_workbook_cut_short_is_said_to_be_damaged():
    data = workbook([["Number", "Surname"], ["1", "Okafor"]])
    with pytest.raises(Invalid):
        read(data[: len(data) // 2], "list.xlsx")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_in_words(data):
    sheet = read_or_refuse(data, "list.csv")
    assert sheet is None or sheet.rows


WORKBOOK = workbook([["Number", "Surname"], ["1", "Okafor"]])


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_workbook_with_any_byte_altered_is_read_or_refused(place, byte):
    data = bytearray(WORKBOOK)
    data[place % len(data)] = byte
    sheet = read_or_refuse(bytes(data), "list.xlsx")
    assert sheet is None or sheet.rows


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Membership No.", "number"),
        ("MEMBERSHIP NUMBER", "number"),
        ("Last Name", "surname"),
        ("Forename(s)", "forename"),
        ("E-mail address:", "email"),
        ("Post code*", "postcode"),
        ("Arrears (£)", "arrears_pence"),
        ("D.O.B.", "born_on"),
        ("Date joined", "joined_on"),
        ("Cyfenw", "surname"),
        ("Favourite colour", None),
        ("", None),
    ],
)
def test_columns_are_known_under_many_names(title, field):
    assert field_of(title) == field


def test_of_two_columns_that_could_mean_one_field_the_plainer_title_does():
    assert mapped(["ID", "Name", "Membership number"]) == {1: "name", 2: "number"}


def test_two_columns_of_one_title_are_refused_unless_one_is_named():
    titles = ["Number", "Surname", "Email", "E-mail"]
    assert mapped(titles)[2] == "email"
    same = ["Number", "Surname", "Email", "Email"]
    with pytest.raises(Unclear, match=r"called “Email” \(C and D\)") as refused:
        mapped(same)
    assert refused.value.say == "D=ignore"
    assert "--" not in str(refused.value)  # the window shows it too
    assert mapped(same, {"D": "ignore"}) == {0: "number", 1: "surname", 2: "email"}
    with pytest.raises(Invalid, match="Columns C and D are all called “Email”"):
        mapped(same, {"Email": "email"})


def test_the_user_says_what_a_column_means_by_title_or_letter():
    assert mapped(["Nr", "Wer"], {"nr": "number", "b": "name"}) == {0: "number", 1: "name"}
    assert mapped(["Number", "Ref"], {"Ref": "number"}) == {1: "number"}
    with pytest.raises(Invalid, match="“shoe” is not a field"):
        mapped(["Number"], {"Number": "shoe"})
    with pytest.raises(Invalid, match="no column “Shoe”"):
        mapped(["Number"], {"Shoe": "number"})


def test_titles_nobody_knows_are_found_where_the_user_names_them():
    data = b"Kennung;Wer\n1;Okafor\n"
    sheet = read(data, "list.csv", {"Kennung": "number", "Wer": "surname"})
    assert sheet.titles == ("Kennung", "Wer")


def test_letters_are_those_of_a_spreadsheet():
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
