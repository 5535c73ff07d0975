"""The branch's commands, as scripts and people use them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from branch_desk.branch.commands import PAPERS, group
from branch_desk.branch.rules import SETTINGS


@pytest.fixture
def run(branch_file, monkeypatch):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")

    def _run(command: str, *words: object):
        return CliRunner().invoke(
            group, [command, str(branch_file), *(str(word) for word in words)]
        )

    return _run


def shown(run) -> dict:
    return json.loads(run("show", "--json").stdout)


def test_details_are_set_word_by_word(run):
    assert run("set", "name", "Highfield", "ward").stdout == "name: Highfield ward\n"
    said = json.loads(run("set", "accent", "ff0000", "--json").stdout)
    assert said == {"key": "accent", "value": "#FF0000"}
    assert shown(run)["name"] == "Highfield ward"
    assert run("set", "name", "x", "--clause", "1").exit_code == 1


def test_settings_are_set_with_their_clause_and_cleared(run):
    assert run("set", "quorum.rule", "25", "%", "--clause", "4.2").stdout == (
        "Quorum: 25% of the members (clause 4.2)\n"
    )
    found = shown(run)
    assert found["standing_orders"]["quorum.rule"] == "25%"
    assert (found["set"], found["clauses"]) == (["quorum.rule"], {"quorum.rule": "4.2"})
    assert set(found["standing_orders"]) == set(SETTINGS)
    said = json.loads(run("unset", "quorum.rule", "--json").stdout)
    assert said == {"key": "quorum.rule", "value": None, "clause": ""}
    assert (
        run("unset", "motion.deadline_days").stdout == "Motions close before a meeting: 14 days\n"
    )


def test_a_wrong_value_or_key_changes_nothing_and_says_what_to_write(run):
    wrong = run("set", "quorum.rule", "lots", "--json")
    assert (wrong.exit_code, json.loads(wrong.stderr)["error"]) == (1, "invalid")
    assert "Did you mean quorum.rule" in run("set", "quorum.rul", "1").stderr
    assert run("set", "quorum.rule").exit_code == 2
    assert shown(run)["set"] == []


def test_people_see_every_rule_with_what_holds(run):
    run("set", "name", "Highfield ward")
    run("appoint", "Chair", "Ann Other", "--since", "2020-01-01")
    text = run("show").stdout
    assert "Name          Highfield ward" in text
    assert "Ann Other" in text
    for key in SETTINGS:
        assert key in text
    assert "14 days (the usual)" in text
    assert "not set" in text


def test_officers_come_and_go(run):
    assert "appoint somebody" in run("officers").stderr
    made = json.loads(run("appoint", "Chair", "Ann", "--since", "1/3/2020", "--json").stdout)
    assert run("appoint", "Secretary", "Bo", "--member", 7).stdout == "Bo is Secretary (term 2).\n"
    assert (
        run("end-term", made["id"], "--on", "2021-03-01").stdout
        == "Ann was Chair until 2021-03-01.\n"
    )
    now = [json.loads(line) for line in run("officers", "--json").stdout.splitlines()]
    assert [(each["name"], each["member"]) for each in now] == [("Bo", 7)]
    then = run("officers", "--on", "2020-06-01").stdout
    assert "Ann" in then
    assert len(run("officers", "--all", "--json").stdout.splitlines()) == 2
    assert run("end-term", 9).exit_code == 1


def test_the_sheet_is_a_paper(store):
    from datetime import date

    (paper,) = PAPERS
    made = paper.make(store, None, date(2026, 5, 14))
    assert (paper.name, made.title) == ("settings", "Standing orders as set")
