"""What scripts rely on: every command with its flags, the keys of its JSON, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from branch_desk import cli

if TYPE_CHECKING:
    from pathlib import Path

FIRST = """Membership No,Surname,Forename,Email,Postcode,Joined,Status
1001,Okafor,Ada,ada@example.org,SY23 1AB,01/02/2020,Active
1002,ap Rhys,Gwen,gwen@example.org,SY23 1AC,02/03/2021,Active
1003,O'Brien-Ŵyn,Siân,,SY23 1AD,03/04/2022,Active
1004,Nowak,Zofia,,SY23 1AE,04/05/2023,Active
"""
SECOND = """Membership No,Surname,Forename,Email,Postcode,Joined,Status
1001,Okafor,Ada,new@example.org,SY23 1AB,01/02/2020,Active
1002,ap Rhys,Gwen,gwen@example.org,SY23 1AC,02/03/2021,Resigned
1004,Nowak,Zofia,,SY23 1AE,04/05/2023,Active
1005,Begum,Farida,,SY23 1AF,01/05/2026,Active
"""
MOTION = """---
title: Keep the library open
kind: ordinary
mover: Ada Okafor
seconder: Zofia Nowak
received: 2026-05-01
---

This branch asks that the library stays open.

## Reasons

It is used.
"""
LETTER = """---
subject: Membership figures
date: 2026-04-20
direction: out
from: secretary@example.org
to: hq@example.org
office: Membership Office
---

How many are we?
"""
MEMBER = {"id", "number", "surname", "forename", "email", "phone", "postcode", "joined_on"} | {
    *("standing", "resignation_said", "payment_stopped", "vanished"),
}
EVENT = {
    *("id", "kind", "said_on", "effective_on", "hq_recorded_on", "entered_at", "evidence", "note"),
}
LEFT = {"resigned", "lapsed", "transferred", "expelled", "died"}


class Branch:
    """A branch file worked on by commands alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "My.branch"
        self.run("new", self.file, "--name", "Highfield")

    def run(self, *words: object, code: int = 0):
        result = CliRunner().invoke(cli.main, [str(word) for word in words])
        assert result.exit_code == code, (words, result.output)
        return result

    def lines(self, *words: object) -> list[dict]:
        return [json.loads(line) for line in self.run(*words, "--json").stdout.splitlines()]

    def one(self, *words: object) -> dict:
        return json.loads(self.run(*words, "--json").stdout)

    def refused(self, *words: object, code: int = 1) -> str:
        result = self.run(*words, "--json", code=code)
        said = json.loads(result.stderr.splitlines()[-1])
        assert set(said) == {"error", "message"}
        assert result.stdout == ""
        return said["error"]

    def text(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def import_(self, text: str, as_of: str, *more: str) -> dict:
        path = self.text(f"list-{as_of}.csv", text)
        return self.one("members", "import", self.file, path, "--as-of", as_of, *more)


@pytest.fixture
def branch(tmp_path, monkeypatch):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")
    return Branch(tmp_path)


@pytest.fixture
def listed(branch):
    branch.import_(FIRST, "2026-03-01")
    return branch


def figures(found: dict) -> dict[str, int]:
    names = ("rows", "joined", "left", "changed", "conflicting", "vanished", "unchanged")
    return {name: found[name] for name in names if found[name]}


def test_a_list_is_shown_brought_in_compared_and_taken_back(branch):
    shown = branch.import_(FIRST, "2026-03-01", "--dry-run")
    assert set(shown) >= {"rows", "applied", "problems", "conflicting"}
    assert (figures(shown), shown["applied"]) == ({"rows": 4, "joined": 4}, False)
    assert branch.lines("members", "list", branch.file) == []
    made = branch.import_(FIRST, "2026-03-01")
    assert (figures(made), made["applied"]) == ({"rows": 4, "joined": 4}, True)
    second = branch.import_(SECOND, "2026-05-01")
    parts = {"joined": 1, "left": 1, "changed": 1, "vanished": 1, "unchanged": 1}
    assert figures(second) == {"rows": 4, **parts}
    after = {each["number"]: each for each in branch.lines("members", "list", branch.file)}
    assert set(after["1001"]) >= MEMBER
    assert after["1001"]["email"] == "new@example.org"
    assert (after["1002"]["standing"], after["1003"]["vanished"]) == ("resigned", True)
    assert after["1003"]["surname"] == "O'Brien-Ŵyn"
    branch.run("undo", branch.file)
    before = {
        each["number"]: each["standing"] for each in branch.lines("members", "list", branch.file)
    }
    assert before == dict.fromkeys(("1001", "1002", "1003", "1004"), "member")
    branch.run("redo", branch.file)
    assert len(branch.lines("members", "list", branch.file)) == 5


def test_columns_are_mapped_and_a_cell_s_problem_names_its_place(branch):
    text = "Nr,Wer,Vorname,Joined\n1,Okafor,Ada,never\n"
    found = branch.import_(text, "2026-03-01", "--map", "Nr=number", "--map", "Wer=surname")
    assert found["joined"] == 1
    assert all(set(each) == {"row", "column", "message"} for each in found["problems"])
    (wrong,) = [each for each in found["problems"] if each["row"] is not None]
    assert (wrong["row"], wrong["column"]) == (2, "Joined")
    path = branch.text("list.csv", text)
    branch.refused("members", "import", branch.file, path, "--map", "Nr", code=2)


def test_members_are_found_shown_with_their_events_and_exported(listed):
    file = listed.file
    okafor = listed.lines("members", "list", file, "okaf")[0]["id"]
    listed.run("members", "event", file, okafor, "resignation-said", "--on", "2026-04-01")
    shown = listed.one("members", "show", file, okafor)
    assert (shown["standing"], shown["resignation_said"]) == ("member", True)
    assert all(set(each) >= EVENT for each in shown["events"])
    assert (shown["events"][-1]["kind"], shown["events"][-1]["said_on"]) == (
        "resignation-said",
        "2026-04-01",
    )
    listed.run("members", "event", file, okafor, "resignation-recorded", "--on", "2026-04-20")
    resigned = listed.lines("members", "list", file, "--where", "standing=resigned")
    assert [each["id"] for each in resigned] == [okafor]
    out = listed.folder / "out.csv"
    listed.run("members", "export", file, out)
    assert "Okafor" in out.read_text("utf-8-sig")
    assert listed.refused("members", "export", file, out) == "already-exists"
    listed.run("members", "export", file, out, "--force")
    assert listed.refused("members", "show", file, 999) == "missing"
    listed.refused("members", "event", file, okafor, "vanishing", code=2)


def test_the_flows_add_up(listed):
    file = listed.file
    ids = {each["number"]: each["id"] for each in listed.lines("members", "list", file)}
    for number, kind, on in (
        ("1001", "resignation-said", "2026-04-01"),
        ("1001", "resignation-recorded", "2026-04-20"),
        ("1002", "lapsed", "2026-04-05"),
        ("1002", "rejoined", "2026-04-25"),
        ("1003", "transferred-out", "2026-04-10"),
        ("1004", "payment-stopped", "2026-04-11"),
        ("1004", "suspended", "2026-04-12"),
    ):
        listed.run("members", "event", file, ids[number], kind, "--on", on)
    found = listed.one("members", "report", file, "--from", "2026-04-01", "--to", "2026-04-30")
    assert set(found["left"]) == LEFT
    came = found["joined"] + found["rejoined"] + found["transferred_in"]
    assert found["opening"] + came - sum(found["left"].values()) == found["closing"]
    assert (found["opening"], found["closing"], found["rejoined"]) == (4, 2, 1)
    assert {key for key, number in found["left"].items() if number} == {
        "resigned",
        "lapsed",
        "transferred",
    }
    said = ("resignations_said", "resignations_recorded", "backlog", "payment_stopped", "vanished")
    assert [found[key] for key in said] == [1, 1, 0, 1, 0]
    assert (found["from"], found["to"]) == ("2026-04-01", "2026-04-30")


def test_a_motion_is_checked_against_what_the_branch_set(listed):
    file = listed.file
    motion = listed.one("motions", "add", file, listed.text("MOTION.md", MOTION))["id"]
    listed.run("meetings", "add", file, "--on", "2026-05-21T19:30", "--kind", "ordinary")
    meeting = listed.lines("meetings", "list", file)[0]["id"]
    found = listed.one("motions", "check", file, motion, "--meeting", meeting)
    assert found["id"] == motion
    assert found["in_order"] in (True, False, None)
    verdicts = {"met", "broken", "ruling", "not set"}
    for each in found["findings"]:
        assert set(each) >= {"rule", "clause", "verdict", "message"}
        assert each["verdict"] in verdicts
    listed.run("branch", "set", file, "motion.deadline_days", "60")
    assert listed.one("motions", "check", file, motion, "--meeting", meeting)["in_order"] is False
    listed.run("branch", "unset", file, "motion.deadline_days")
    assert listed.lines("motions", "list", file)[0]["id"] == motion
    ics = listed.folder / "out.ics"
    listed.run("meetings", "calendar", file, ics)
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert listed.refused("motions", "check", file, 99) == "missing"
    assert listed.refused("branch", "set", file, "motion.deadline_days", "soon") == "invalid"


def test_letters_are_listed_and_who_owes_an_answer(listed):
    file = listed.file
    listed.run("letters", "add", file, listed.text("LETTER.md", LETTER))
    letter = listed.lines("letters", "list", file)[0]
    assert set(letter) >= {"id", "thread", "direction", "on", "from", "to", "subject"}
    assert (letter["automatic"], letter["automatic_because"]) == (False, "")
    waiting = listed.lines("letters", "waiting", file, "--on", "2026-05-14")[0]
    assert set(waiting) >= {"thread", "subject", "office", "since", "days", "chasers"}
    assert set(waiting) >= {"promised_by", "automatic_replies", "state"}
    assert (waiting["days"], waiting["office"]) == (24, "Membership Office")
    assert listed.one("today", file, "--on", "2026-05-14")


def test_a_mail_that_cannot_be_read_is_told_as_any_failure_is(branch):
    good = branch.text("good.eml", "From: hq@example.org\nSubject: Figures\n\nFour.\n")
    words = ("letters", "import", branch.file, good, branch.folder / "none.eml", "--json")
    result = branch.run(*words, code=1)
    assert set(json.loads(result.stderr)) == {"error", "message"}
    assert json.loads(result.stdout)["imported"] == 1


def test_the_log_is_kept_checked_and_carried_by_a_backup(listed):
    file = listed.file
    keys = {"readable", "integrity", "log", "changes", "fingerprint"}
    checked = listed.one("verify", file)
    assert set(checked) >= keys
    assert checked == listed.one("log", file, "--verify")
    assert listed.lines("log", file)[0]["title"] == "Bring in HQ's list of 1 March 2026"
    backup = listed.one("backup", file, listed.folder)["backup"]
    out = listed.folder / "Out.branch"
    assert listed.one("restore", backup, out)["fingerprint"] == checked["fingerprint"]
    wrong = listed.text("wrong", "not it\n")
    assert listed.refused("verify", file, "--passphrase-file", wrong) == "wrong-passphrase"
    assert listed.refused("verify", listed.folder / "none.branch") == "not-found"
    listed.refused("members", "list", file, "--no-such", code=2)
