"""The commands of meetings, run as a user does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from click.testing import CliRunner

from branch_desk.cli import main
from branch_desk.console import PASSPHRASE_VARIABLE
from branch_desk.meetings import commands
from branch_desk.store.errors import Missing

PASSPHRASE = "correct horse"
NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def run(branch_file, monkeypatch):
    """Run one command on a fresh branch file: words before and after the file."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)

    def command(words, *more, exit_code=0):
        words = [*words.split(), str(branch_file), *map(str, more)]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == exit_code, result.output
        return result

    return command


@pytest.fixture
def meeting(run) -> int:
    added = run(
        "meetings add",
        *("--on", "2026-05-21T19:30", "--kind", "ordinary", "--place", "The Hall", "--json"),
    )
    (found,) = objects(added)
    return found["id"]


@pytest.fixture
def motion(run, tmp_path) -> int:
    path = tmp_path / "m.md"
    path.write_text("---\ntitle: Buses\nmover: Gwen Llewellyn\nreceived: 2026-05-01\n---\nText.\n")
    (found,) = objects(run("motions add", path, "--json"))
    return found["id"]


def objects(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_meeting_is_added_and_listed(run, meeting):
    said = run("meetings add", "--on", "2026-06-18 10:00", "--kind", "annual").stdout
    assert said == "Annual general meeting on Thu 18 Jun 2026 10:00 is meeting 2.\n"
    found = objects(run("meetings list", "--json"))
    assert [(each["id"], each["kind"], each["starts_at"]) for each in found] == [
        (2, "annual", "2026-06-18T10:00:00+01:00"),
        (1, "ordinary", "2026-05-21T19:30:00+01:00"),
    ]
    assert len(objects(run("meetings list", "hall", "--kind", "ordinary", "--json"))) == 1
    assert "Thu 21 May 2026 19:30" in run("meetings list").stdout


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-12-03T19:30", "2026-12-03T19:30:00+00:00"),
        ("2026-05-21T18:30:00Z", "2026-05-21T19:30:00+01:00"),
        ("2026-05-21", "2026-05-21T19:30:00+01:00"),
    ],
)
def test_hours_are_londons_unless_they_say_otherwise(run, said, kept):
    added = run("meetings add", "--on", said, "--json")
    assert objects(added)[0]["starts_at"] == kept
    assert ("No hour was given" in added.stderr) == (len(said) == 10)


def test_a_time_that_was_read_already_stays():
    assert commands.Moment().convert(NOW, None, None) is NOW


def test_a_time_that_is_none_is_wrong_usage(run):
    assert "is not a time" in run("meetings add", "--on", "tomorrow", exit_code=2).stderr


def test_a_meeting_is_changed_and_the_rest_stays(run, meeting):
    words = ("--on", "2026-05-22T20:00", "--kind", "special", "--online", "0800 1234")
    (found,) = objects(run("meetings set", meeting, *words, "--json"))
    assert found["starts_at"] == "2026-05-22T20:00:00+01:00"
    assert (found["kind"], found["online_at"], found["place"]) == (
        "special",
        "0800 1234",
        "The Hall",
    )
    assert run("meetings set", meeting, "--title", "Rally").stdout == "Rally is changed.\n"
    assert run("meetings set", meeting, exit_code=2)


def test_a_meeting_is_laid_out_and_shown_whole(run, meeting, motion):
    done = run("meetings lay-out", meeting, "--on", "2026-05-14")
    assert done.stdout == "9 items, 1 motions and 0 letters were put on the agenda.\n"
    (shown,) = objects(run("meetings show", meeting, "--json"))
    (motions,) = [each for each in shown["agenda"] if each["kind"] == "motions"]
    assert motions["motions"] == [motion]
    assert shown["dates"] == {"motions_close": "2026-05-07", "notice_due": "2026-05-14"}
    assert shown["quorum"]["needed"] is None
    text = run("meetings show", meeting).stdout
    assert "2026/01 Buses" in text
    assert "Notice has not gone out" in text
    assert "the branch has not set a quorum" in text


def test_what_came_too_late_is_said(run, meeting, tmp_path):
    path = tmp_path / "late.md"
    path.write_text("---\ntitle: Late\nreceived: 2026-05-20\n---\nText.\n")
    run("motions add", path)
    said = run("meetings lay-out", meeting, "--on", "2026-05-20").stdout
    assert "Left out: 2026/01 Late. Received 20 May 2026, 1 day before the meeting" in said
    (again,) = objects(run("meetings lay-out", meeting, "--json"))
    assert again["items"] == []


def test_items_motions_and_letters_are_placed(run, meeting, motion, tmp_path):
    (item,) = objects(
        run("meetings item", meeting, "Talk", "--minutes", 20, "--kind", "report", "--json")
    )
    assert (item["title"], item["minutes"]) == ("Talk", 20)
    run("meetings item", meeting, "Before", "--before", item["id"])
    letter = tmp_path / "l.md"
    letter.write_text(
        "---\ndirection: out\ndate: 2026-03-01\nto: Office\nsubject: Figures\n---\n\nPlease.\n"
    )
    run("letters add", letter)
    placed = objects(run("meetings place", meeting, "--motion", motion, "--thread", 1, "--json"))
    assert [(each["title"], each["motions"], each["threads"]) for each in placed] == [
        ("Before", [], []),
        ("Talk", [], []),
        ("Motions", [motion], []),
        ("Correspondence", [], [1]),
    ]
    run("meetings place", meeting, "--letter", 1, "--item", item["id"])
    shown = run("meetings show", meeting).stdout
    assert "Figures" in shown
    assert run("meetings place", meeting, exit_code=2)
    other = objects(run("meetings add", "--on", "2026-06-18T19:30", "--json"))[0]["id"]
    failed = run("meetings place", other, "--motion", motion, "--item", item["id"], exit_code=1)
    assert f"no item {item['id']}" in failed.stderr


def test_a_pdf_is_appended_and_bound_into_the_pack(run, meeting, motion, tmp_path):
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    path = tmp_path / "Budget.pdf"
    made.save(path)
    run("meetings lay-out", meeting)
    (found,) = objects(run("meetings attach", meeting, path, "--title", "The budget", "--json"))
    assert (found["title"], found["pages"]) == ("The budget", 1)
    out = tmp_path / "pack.pdf"
    run("papers pack", meeting, "-o", out, "--on", "2026-05-14")
    with pikepdf.open(BytesIO(out.read_bytes())) as pdf, pdf.open_outline() as outline:
        assert [each.title for each in outline.root][-1] == "The budget"
    assert "The budget" in run("meetings show", meeting).stdout
    wrong = tmp_path / "letter.txt"
    wrong.write_text("not a PDF")
    assert "is not a PDF" in run("meetings attach", meeting, wrong, exit_code=1).stderr
    assert "no file" in run("meetings attach", meeting, tmp_path / "x.pdf", exit_code=1).stderr
    assert "cannot be read" in run("meetings attach", meeting, tmp_path, exit_code=1).stderr


def test_a_calendar_is_written_once_unless_forced(run, meeting, tmp_path):
    out = tmp_path / "meetings.ics"
    run("meetings calendar", out)
    assert b"DTSTART:20260521T183000Z" in out.read_bytes()
    assert b"DTEND:20260521T203000Z" in out.read_bytes()
    assert run("meetings calendar", out, exit_code=1)
    run("meetings lay-out", meeting)
    run("meetings item", meeting, "Long talk", "--minutes", 60)
    (written,) = objects(run("meetings calendar", out, "--force", "--json"))
    assert written["meetings"] == 1
    assert b"DTEND:20260521T213000Z" in out.read_bytes()


def test_people_sign_in_and_send_apologies(run, meeting, tmp_path):
    members = tmp_path / "list.csv"
    members.write_text("Number,Surname,Forename,Joined\n1,Llewellyn,Gwen,2020-01-01\n")
    run("members import", members)
    run("branch set", "quorum.rule", "1")
    said = run("meetings sign-in", meeting, "--member", 1, "--online").stdout
    assert said == "1 member present; the quorum is 1 member. Quorate.\n"
    run("meetings apologies", meeting, "--name", "Jo Guest")
    (shown,) = objects(run("meetings show", meeting, "--json"))
    assert [(each["name"], each["presence"], each["how"]) for each in shown["attendance"]] == [
        ("Gwen Llewellyn", "present", "online"),
        ("Jo Guest", "apologies", None),
    ]


def test_notice_is_recorded_and_judged(run, meeting):
    late = run("meetings notice", meeting, "--by", "post", "--recipients", 40, "--on", "2026-05-16")
    assert late.stdout == "Notice went out on 16 May 2026, 5 days before, 2 days late.\n"
    (shown,) = objects(run("meetings show", meeting, "--json"))
    assert shown["notices"][0]["channel"] == "post"
    assert shown["notices"][0]["recipients"] == 40


def test_minutes_are_kept_and_agreed(run, meeting, tmp_path):
    text = tmp_path / "minutes.md"
    text.write_text("We met.", encoding="utf-8")
    assert run("meetings minutes", meeting, text).stdout == (
        "The minutes of Branch meeting are draft.\n"
    )
    (agreed,) = objects(run("meetings minutes", meeting, "--agree", "--on", "2026-06-18", "--json"))
    assert (agreed["minutes"], agreed["minutes_agreed_on"]) == ("We met.", "2026-06-18")
    assert run("meetings minutes", meeting, exit_code=2)
    binary = tmp_path / "minutes.doc"
    binary.write_bytes(b"\xd0\xcf\x11\xe0")
    assert "not text in UTF-8" in run("meetings minutes", meeting, binary, exit_code=1).stderr


@pytest.mark.parametrize("name", [each.name for each in commands.PAPERS])
def test_every_paper_of_a_meeting_is_printed(run, meeting, motion, tmp_path, name):
    run("meetings lay-out", meeting)
    out = tmp_path / "out.pdf"
    run(f"papers {name}", meeting, "-o", out, "--large-print", "--on", "2026-05-14")
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_paper_without_a_meeting_asks_for_one(store):
    for paper in commands.PAPERS:
        with pytest.raises(Missing, match="which meeting"):
            paper.make(store, None, date(2026, 5, 14))


def test_a_meeting_there_is_none_of_is_said(run):
    error = json.loads(run("meetings show", 9, "--json", exit_code=1).stderr)
    assert error == {"error": "missing", "message": "There is no meeting 9."}
