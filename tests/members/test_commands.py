"""The members' commands, run as a script runs them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from branch_desk.members.commands import PAPERS, group

LIST = (
    "Membership No,Surname,First name,Postcode,Joined,Status,Address\n"
    '0012,ap Rhys,Gwen,SY23 1AB,01/03/2019,Active,"12 High Street, Oldtown"\n'
    "0013,Okafor,Ada,nowhere,02/01/2020,Active,\n"
)
ON = "2026-05-14"
PASSPHRASE = "correct horse"


class Desk:
    """A branch file and the commands run on it."""

    def __init__(self, file, folder):
        self.file, self.folder = file, folder

    def run(self, name, *words):
        return CliRunner().invoke(
            group,
            [name, str(self.file), *map(str, words)],
            env={"BRANCH_DESK_PASSPHRASE": PASSPHRASE},
        )

    def objects(self, name, *words):
        result = self.run(name, *words, "--json")
        assert result.exit_code == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]

    def text(self, name, *words):
        result = self.run(name, *words)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def wrote(self, text, name="list.csv"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def desk(branch_file, tmp_path):
    return Desk(branch_file, tmp_path)


@pytest.fixture
def filled(desk):
    desk.run("import", desk.wrote(LIST), "--as-of", "2026-04-14", "--on", "2026-04-14")
    return desk


def test_a_dry_run_shows_the_review_and_changes_nothing(desk):
    (shown,) = desk.objects("import", desk.wrote(LIST), "--dry-run")
    assert {key: shown[key] for key in ("rows", "joined", "left", "changed", "conflicting")} == {
        "rows": 2,
        "joined": 2,
        "left": 0,
        "changed": 0,
        "conflicting": 0,
    }
    assert (shown["vanished"], shown["unchanged"], shown["applied"]) == (0, 0, False)
    assert shown["problems"] == [
        {
            "row": None,
            "column": "",
            "message": "The list has no column for the e-mail address; nobody new has one.",
        },
        {"row": 3, "column": "Postcode", "message": "“nowhere” is not a British postcode."},
    ]
    assert desk.objects("list") == []
    assert "Nothing was changed." in desk.text("import", desk.wrote(LIST), "--dry-run")


def test_the_import_is_applied_and_told_to_people(filled):
    text = filled.text(
        "import", filled.wrote(LIST.replace("0013", "0014").replace("Okafor", "Baran"))
    )
    assert "Joined: 1\n  Ada Baran (0014)" in text
    assert "Vanished from the list: 1\n  Ada Okafor (0013)" in text
    (again,) = filled.objects("import", filled.wrote(LIST), "--details")
    assert again["applied"] is True
    assert {entry["outcome"] for entry in again["details"]} == {"changed", "vanished"}


def test_long_reviews_are_cut_for_people(desk):
    rows = "".join(f"{place},Okafor {place},x,,,,\n" for place in range(30))
    text = desk.text("import", desk.wrote(LIST.splitlines()[0] + "\n" + rows))
    assert "… and 10 more" in text


def test_columns_are_named_by_the_user(desk):
    path = desk.wrote("Kennung;Wer\n7;Okafor\n")
    assert desk.run("import", path).exit_code == 1
    desk.run("import", path, "--map", "Kennung=number", "--map", "Wer=surname")
    assert [row["number"] for row in desk.objects("list")] == ["7"]
    assert desk.run("import", path, "--map", "Kennung").exit_code == 2
    helped = CliRunner().invoke(group, ["import", "--help"], terminal_width=200).output
    assert "FIELD is one of: number, name, surname, forename," in helped
    assert "payment_stopped" not in helped


def test_columns_nobody_understands_are_said_before_anything_else(desk):
    titles, *rows = LIST.splitlines()
    path = desk.wrote("\n".join([f"{titles},Paid Up To,Hat", *(f"{row},x,y" for row in rows)]))
    text = desk.text("import", path, "--dry-run")
    said = "2 columns were not understood and are kept as extra data: “Paid Up To”, “Hat”."
    assert text.index(said) < text.index("It would bring in:")
    assert '--map "Paid Up To=FIELD"' in text
    (shown,) = desk.objects("import", path, "--dry-run")
    assert {"row": None, "column": "", "message": said} in shown["problems"]
    assert shown["unknown"] == ["Paid Up To", "Hat"]
    (shown,) = desk.objects("import", path, "--map", "Hat=ignore", "--map", "Paid Up To=ignore")
    assert shown["unknown"] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing.csv", "There is no file"), (".", "cannot be read")],
)
def test_a_list_that_is_not_there_is_said(desk, name, words):
    result = desk.run("import", desk.folder / name, "--json")
    assert result.exit_code == 1
    assert words in json.loads(result.stderr)["message"]


def test_a_refused_list_gives_one_sentence_and_leaves_everything(filled):
    before = filled.objects("list")
    result = filled.run("import", filled.wrote("%PDF-1.7", "list.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is a PDF, not a table" in result.stderr
    assert filled.objects("list") == before


def test_members_are_listed_searched_and_filtered(filled):
    rows = filled.objects("list")
    assert [row["name"] for row in rows] == ["Gwen ap Rhys", "Ada Okafor"]
    assert {
        key: rows[0][key] for key in ("number", "surname", "forename", "postcode", "joined_on")
    } == {
        "number": "0012",
        "surname": "ap Rhys",
        "forename": "Gwen",
        "postcode": "SY23 1AB",
        "joined_on": "2019-03-01",
    }
    assert rows[0]["standing"] == "member"
    assert [row["id"] for row in filled.objects("list", "okaf")] == [2]
    assert len(filled.objects("list", "--where", "standing=current")) == 2
    assert filled.objects("list", "--where", "standing=lapsed,died") == []
    assert [row["id"] for row in filled.objects("list", "--where", "joined_from=2020-01-01")] == [2]
    assert len(filled.objects("list", "--where", "payment=unknown", "--where", "ward=")) == 2
    assert "ap Rhys" in filled.text("list", "--order", "-number")


@pytest.mark.parametrize(
    "where", ["standing", "standing=gold", "vanished=perhaps", "shoes=9", "joined_to=soon"]
)
def test_a_filter_that_cannot_be_is_wrong_usage(filled, where):
    assert filled.run("list", "--where", where).exit_code == 2


def test_an_event_shows_on_the_member_and_in_the_list(filled):
    (event,) = filled.objects(
        "event", 1, "resignation-said", "--on", "2026-05-01", "--note", "By e-mail"
    )
    assert (event["said_on"], event["effective_on"], event["note"]) == (
        "2026-05-01",
        None,
        "By e-mail",
    )
    assert (event["standing"], event["resignation_said"]) == ("member", True)
    (shown,) = filled.objects("show", 1)
    assert [each["kind"] for each in shown["events"]] == ["joined", "resignation-said"]
    assert set(shown["events"][1]) >= {
        "id",
        "kind",
        "said_on",
        "effective_on",
        "hq_recorded_on",
        "entered_at",
        "evidence",
        "note",
    }
    assert [row["id"] for row in filled.objects("list", "--where", "resignation_said=yes")] == [1]
    text = filled.text("show", 1)
    assert "resignation said" in text
    assert "Resignation said  yes" in text
    (recorded,) = filled.objects("event", 1, "resignation-recorded", "--on", "2026-05-10")
    assert (recorded["effective_on"], recorded["hq_recorded_on"]) == ("2026-05-10", "2026-05-10")
    assert recorded["standing"] == "resigned"
    assert "Standing: member" in filled.text("event", 1, "struck-out", "--corrects", recorded["id"])


def test_a_contradiction_is_a_conflict_for_programs_and_people(filled):
    filled.run("event", 1, "lapsed", "--on", "2026-05-01")
    result = filled.run("event", 1, "resignation-said", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stderr)["error"] == "conflict"
    assert filled.run("event", 1, "vanish").exit_code == 2


def test_the_standing_is_that_of_the_day_asked_for(filled):
    filled.run("event", 1, "lapsed", "--on", "2026-05-01")
    assert [row["standing"] for row in filled.objects("list", "--on", "2026-04-30", "gwen")] == [
        "member"
    ]
    there = filled.objects("list", "--on", "2026-04-30", "--where", "standing=member")
    assert len(there) == 2
    assert filled.objects("show", 1, "--on", "2026-05-02")[0]["standing"] == "lapsed"


def test_members_are_added_and_changed(desk):
    (added,) = desk.objects(
        "add",
        "surname=Okafor",
        "forename=Ada",
        "born_on=1/2/2012",
        "arrears_pence=1.50",
        "joined_on=2026-05-01",
        "--on",
        ON,
    )
    assert (added["joined_on"], added["arrears_pence"], added["under_18"]) == (
        "2026-05-01",
        150,
        True,
    )
    (changed,) = desk.objects("set", added["id"], "mobile=07700900123")
    assert (changed["phone"], changed["mobile"]) == ("07700 900123", "07700 900123")
    assert "under 18" in desk.text("list", "--on", ON)
    assert "Ada Okafor (id 1): member" in desk.text("set", 1, "ward=Mill")
    assert desk.run("add", "shoes=9").exit_code == 2
    assert desk.run("add", "surname").exit_code == 2


def test_the_export_is_written_once_unless_forced(filled):
    out = filled.folder / "out.csv"
    assert "Wrote 2 members" in filled.text("export", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["0012", "0013"]
    assert filled.run("export", out).exit_code == 1
    assert filled.objects("export", out, "gwen", "--force")[0]["members"] == 1


def test_the_report_has_the_flows_by_month_and_how_long_hq_takes(filled):
    filled.run("event", 1, "resignation-said", "--on", "2026-04-20")
    filled.run("event", 2, "lapsed", "--on", "2026-05-02")
    (shown,) = filled.objects("report", "--from", "2026-04-01", "--to", ON)
    assert (shown["opening"], shown["closing"], shown["left"]["lapsed"]) == (2, 1, 1)
    assert (shown["resignations_said"], shown["backlog"], shown["backlog_longest_days"]) == (
        1,
        1,
        24,
    )
    assert [month["from"] for month in shown["months"]] == ["2026-04-01", "2026-05-01"]
    assert set(shown) >= {
        "from",
        "to",
        "joined",
        "rejoined",
        "transferred_in",
        "resignations_recorded",
        "payment_stopped",
        "vanished",
    }
    text = filled.text("report", "--on", ON)
    assert "1 resignation waits for HQ, for 24 days." in text
    assert "Jun 2025" in text
    assert filled.run("report", "--from", "2026-05-02", "--to", "2026-05-01").exit_code == 1


def test_labels_are_printed_for_those_who_have_an_address(filled):
    out = filled.folder / "labels.pdf"
    (made,) = filled.objects("labels", "-o", out, "--sheet", "14", "--used", "3")
    assert (made["labels"], made["without_address"]) == (1, 1)
    assert out.read_bytes().startswith(b"%PDF")
    text = filled.text("labels", "gwen", "-o", out, "--force")
    assert text == f"Wrote 1 labels to {out}.\n"


def test_newcomers_are_welcomed_since_a_day(filled):
    out = filled.folder / "welcome.pdf"
    (made,) = filled.objects("welcome", "-o", out, "--since", "2020-01-01", "--on", ON)
    assert made["letters"] == 1
    assert out.read_bytes().startswith(b"%PDF")
    result = filled.run("welcome", "-o", out, "--since", "2026-01-01", "--on", ON)
    assert result.exit_code == 1
    assert "nobody to welcome" in result.stderr


def test_every_paper_can_be_made(store):
    from datetime import date

    from branch_desk.branch import records as branch
    from branch_desk.members import records
    from branch_desk.paper.blocks import Document
    from branch_desk.paper.labels import Labels

    branch.set_details(store, name="Highfield", email="post@example.org")
    branch.add_officer(store, office="Secretary", name="Gwen ap Rhys")
    made = records.add(store, surname="Okafor", forename="Ada")
    for paper in PAPERS:
        document = paper.make(store, None, date(2026, 5, 14))
        assert isinstance(document, Labels if paper.name == "labels" else Document)
    welcome = next(paper for paper in PAPERS if paper.name == "welcome")
    letter = welcome.make(store, made, date(2026, 5, 14))
    assert "Gwen ap Rhys\nSecretary, Highfield" in letter.parts[0].blocks[-1].blocks[0].text


def test_of_a_short_list_nobody_is_noted_as_missing_unless_it_is_said(filled):
    titles = "Membership No,Surname,Forename"
    rows = [f"{n:04},Okafor,Ada{n}" for n in range(9000, 9008)]
    whole, short = filled.folder / "whole.csv", filled.folder / "short.csv"
    whole.write_text("\n".join([titles, *rows]))
    short.write_text("\n".join([titles, rows[0]]))
    filled.objects("import", whole, "--on", ON)
    (left,) = filled.objects("import", short, "--dry-run", "--on", ON)
    assert left["vanished"] == 0
    assert "probably not the whole list" in left["problems"][0]["message"]
    (said,) = filled.objects("import", short, "--all-missing", "--on", ON)
    assert said["vanished"] >= 7
