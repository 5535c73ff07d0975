"""The commands of motions, run as a user does."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from branch_desk.cli import main
from branch_desk.console import PASSPHRASE_VARIABLE
from branch_desk.motions import commands
from branch_desk.store.errors import Missing

PASSPHRASE = "correct horse"
MOTION = """---
title: Evening buses
kind: ordinary
mover: Gwen Llewellyn
seconder: Ben Adeyemi
received: 2026-05-03
colour: red
---

This branch asks for later buses.

## Reasons

People work late.
"""


@pytest.fixture
def run(branch_file, monkeypatch):
    """Run one command on a fresh branch file: words before and after the file."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)

    def command(words, *more, exit_code=0, stdin=None):
        words = [*words.split(), str(branch_file), *map(str, more)]
        result = CliRunner().invoke(main, words, input=stdin)
        assert result.exit_code == exit_code, result.output
        return result

    return command


@pytest.fixture
def motion_file(tmp_path):
    path = tmp_path / "MOTION.md"
    path.write_text(MOTION, encoding="utf-8")
    return path


def objects(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_motion_is_added_from_a_file_and_shown(run, motion_file):
    added = run("motions add", motion_file, "--json")
    (motion,) = objects(added)
    assert "“colour” means nothing here" in added.stderr
    assert motion["number"] == "2026/01"
    assert (motion["title"], motion["received_on"], motion["state"]) == (
        "Evening buses",
        "2026-05-03",
        "received",
    )
    (shown,) = objects(run("motions show", motion["id"], "--json"))
    assert shown == motion
    text = run("motions show", 1).stdout
    assert "This branch asks for later buses." in text
    assert text.index("Reasons") < text.index("People work late.")
    run("motions add", "-", stdin="Draft title only\n")
    assert "Draft title only" in run("motions show", 2).stdout


def test_mover_and_seconder_are_found_on_the_member_list(run, motion_file, tmp_path):
    members = tmp_path / "list.csv"
    members.write_text("Number,Surname,Forename,Joined\n1,Llewellyn,Gwen,2020-01-01\n")
    run("members import", members)
    added = run("motions add", motion_file, "--json")
    (motion,) = objects(added)
    assert motion["mover_member"] == 1
    assert motion["seconder_member"] is None
    assert "Ben Adeyemi is not one member of the list" in added.stderr
    assert "Gwen" not in added.stderr


def test_what_is_said_of_a_motion_is_changed_and_the_rest_stays(run, motion_file, tmp_path):
    members = tmp_path / "list.csv"
    members.write_text("Number,Surname,Forename,Joined\n1,Llewellyn,Gwen,2020-01-01\n")
    run("members import", members)
    run("motions add", motion_file)
    words = ("--seconder-member", 1, "--kind", "emergency", "--arose", "2 May 2026", "--json")
    (motion,) = objects(run("motions set", 1, *words))
    assert (motion["seconder"], motion["seconder_member"]) == ("Gwen Llewellyn", 1)
    assert (motion["kind"], motion["arose_on"]) == ("emergency", "2026-05-02")
    assert motion["title"] == "Evening buses"
    (motion,) = objects(run("motions set", 1, "--mover", "Jo Nobody", "--json"))
    assert (motion["mover"], motion["mover_member"]) == ("Jo Nobody", None)
    assert run("motions set", 1, "--title", "Buses").stdout == "Motion 2026/01 is changed.\n"
    assert run("motions set", 1, exit_code=2)


def test_a_motion_comes_from_standard_input_too_and_is_received_today(run):
    added = run("motions add", "-", "--on", "2026-05-06", stdin="Buses\n\nLater, please.\n")
    assert added.stdout == "Motion 2026/01, “Buses”, is in as 1.\n"
    (motion,) = objects(run("motions list", "--json"))
    assert motion["received_on"] == "2026-05-06"


def test_motions_are_listed_and_filtered(run, motion_file):
    assert run("motions list").stdout.strip() == "Nothing."
    run("motions add", motion_file)
    assert "Evening buses" in run("motions list").stdout
    assert len(objects(run("motions list", "buses", "--state", "received", "--json"))) == 1
    assert objects(run("motions list", "--kind", "emergency", "--json")) == []


def test_a_check_names_the_rule_the_clause_and_the_verdict(run, motion_file):
    run("branch set", "motion.deadline_days", "14", "--clause", "7")
    run("motions add", motion_file)
    run("meetings add", "--on", "2026-05-12T19:30", "--kind", "ordinary")
    (found,) = objects(run("motions check", 1, "--meeting", 1, "--json"))
    assert found["id"] == 1
    assert found["in_order"] is False
    late = next(each for each in found["findings"] if each["rule"] == "deadline")
    assert late == {
        "rule": "deadline",
        "clause": "7",
        "verdict": "broken",
        "message": "Received 3 May 2026, 9 days before the meeting; clause 7 asks for 14. "
        "An emergency if it arose after 28 April: the chair rules.",
    }
    said = run("motions check", 1, "--meeting", 1).stdout
    assert "not in order" in said
    assert "Broken (deadline, clause 7): Received 3 May 2026" in said


def test_a_check_without_a_meeting_cannot_say(run, motion_file):
    run("motions add", motion_file)
    (found,) = objects(run("motions check", 1, "--json"))
    assert found["in_order"] is None
    assert "not set" in {each["verdict"] for each in found["findings"]}
    assert "cannot be said yet" in run("motions check", 1).stdout


def test_a_vote_is_recorded_with_its_sum(run, motion_file):
    run("motions add", motion_file)
    decided = ("--for", 31, "--against", 12, "--abstentions", 4, "--on", "2026-05-21")
    (found,) = objects(
        run("motions decide", 1, *decided, "--present", 47, "--threshold", "2/3", "--json")
    )
    assert (found["carried"], found["needed"], found["of"]) == (True, 29, 43)
    (motion,) = objects(run("motions show", 1, "--json"))
    assert motion["state"] == "carried"
    assert motion["result"]["ballot"]["present"] == 47
    assert motion["result"]["arithmetic"] == found["arithmetic"]
    assert found["arithmetic"] in run("motions show", 1).stdout
    again = run("motions decide", 1, *decided, exit_code=1)
    assert "reopen it first" in again.stderr


def test_a_motion_is_marked_with_the_chairs_ruling(run, motion_file):
    run("motions add", motion_file)
    (motion,) = objects(run("motions mark", 1, "ruled-out", "--ruling", "Late.", "--json"))
    assert (motion["state"], motion["ruling"]) == ("ruled-out", "Late.")
    assert run("motions mark", 1, "accepted").stdout == "Motion 2026/01 is accepted.\n"


def test_what_cannot_be_read_ends_with_one_sentence_and_code_1(run, tmp_path):
    wrong = tmp_path / "wrong.md"
    wrong.write_bytes(b"---\ntitle: T\n")
    failed = run("motions add", wrong, exit_code=1)
    assert failed.stderr == (
        "The front matter that begins with --- is never closed by another ---.\n"
    )
    assert "There is no file" in run("motions add", tmp_path / "none.md", exit_code=1).stderr
    assert "cannot be read" in run("motions add", tmp_path, exit_code=1).stderr
    error = json.loads(run("motions show", 9, "--json", exit_code=1).stderr)
    assert error == {"error": "missing", "message": "There is no motion 9."}


def test_a_motion_and_the_letter_with_its_result_are_printed(run, motion_file, tmp_path):
    run("motions add", motion_file)
    run("branch appoint", "Secretary", "Tomasz Zieliński")
    for name in ("motion", "result-letter"):
        out = tmp_path / f"{name}.pdf"
        run(f"papers {name}", 1, "-o", out)
        assert out.read_bytes().startswith(b"%PDF-")
    assert run("papers motion", "-o", tmp_path / "x.pdf", exit_code=2)


def test_a_paper_without_a_motion_asks_for_one(store):
    for paper in commands.PAPERS:
        with pytest.raises(Missing, match="which motion"):
            paper.make(store, None, date(2026, 5, 14))
