"""What is due, on the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from branch_desk.branch import records as branch
from branch_desk.console import open_store
from branch_desk.correspondence import records as correspondence
from branch_desk.correspondence.records import Direction
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.today.commands import today


@pytest.fixture
def run(branch_file, monkeypatch):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")

    def _run(*words: str):
        result = CliRunner().invoke(today, [str(branch_file), "--on", "2026-05-14", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    return _run


@pytest.fixture
def busy(branch_file, monkeypatch):
    """A branch with something of everything."""
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")
    with open_store(branch_file) as store:
        branch.set_details(store, name="Highfield ward")
        starts = datetime(2026, 6, 4, 19, 30, tzinfo=ZoneInfo("Europe/London"))
        meetings.add(store, kind=MeetingKind.ORDINARY, title="June meeting", starts_at=starts)
        correspondence.add_letter(
            store,
            direction=Direction.OUT,
            on=date(2026, 1, 5),
            subject="The roll",
            body="?",
            office="HQ",
        )
        for surname in "ABCDEFG":
            one = members.add(store, surname=surname, forename="Ann", joined_on=date(2020, 1, 1))
            members.record_event(store, one, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 1))


def test_a_quiet_day_says_so(run):
    assert run() == (
        "Branch, Thursday 14 May 2026\n\nNo meeting is called.\n\n"
        "No letter waits for an answer.\n\nMembers: 0\n"
    )


def test_a_busy_day_is_told_in_order(run, busy):
    text = run()
    assert text.startswith("Highfield ward, Thursday 14 May 2026\n\nJune meeting: Thursday 4 June")
    assert "19:30, place not set" in text
    assert "2026-05-21  in 7 days" in text
    assert "Letters waiting for an answer: 1, to chase: 1" in text
    assert "chase" in text.splitlines()[-4]
    assert "  7 said they resign, and HQ has not recorded it: Ann A (1)," in text
    assert text.endswith(" …\n")


def test_a_program_reads_the_same(run, busy):
    found = json.loads(run("--json"))
    assert (found["on"], found["branch"], found["to_chase"]) == (
        "2026-05-14",
        "Highfield ward",
        [1],
    )
    assert found["meeting"]["deadlines"][0] == {
        "what": "Motions close",
        "on": "2026-05-21",
        "days": 7,
        "words": "in 7 days",
        "done": False,
        "late": False,
    }
    assert found["waiting"][0]["days"] == 129
    assert (found["attention"][0]["reason"], found["attention"][0]["count"]) == (
        "resignation-said",
        7,
    )


def test_letters_we_owe_an_answer_are_said(run, branch_file):
    with open_store(branch_file) as store:
        correspondence.add_letter(
            store,
            direction=Direction.IN,
            on=date(2026, 5, 1),
            subject="Could you tell us?",
            body="When do you meet? Please answer.",
            sender="Resident <r@example.org>",
            office="Resident",
        )
    text = run()
    assert "Letters we owe an answer: 1" in text
    assert "13" in text
    assert [each["subject"] for each in json.loads(run("--json"))["owing"]] == [
        "Could you tell us?"
    ]
