"""The commands about letters, as scripts and people use them."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

LETTER = """---
direction: out
date: 2026-01-05
from: Ann Other
to: Membership Office <m@hq.example>
office: Membership Office
subject: The roll
---
Please tell us **who** is on it.
"""


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.md"
    path.write_text(LETTER)
    return path


@pytest.fixture
def reply(tmp_path):
    message = EmailMessage()
    message["From"] = "Membership Office <no-reply@hq.example>"
    message["To"] = "Ann <us@highfield.example>"
    message["Subject"] = "Automatic reply: The roll"
    message["Message-ID"] = "<1@hq.example>"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content("We have received your email.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Charter.pdf")
    path = tmp_path / "reply.eml"
    path.write_bytes(message.as_bytes())
    return path


def objects(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_letter_and_its_automatic_reply_from_file_to_who_owes_us(run, letter, reply):
    (added,) = objects(run("add", letter, "--json"))
    assert (added["id"], added["direction"], added["on"]) == (1, "out", "2026-01-05")
    (found,) = objects(run("import", reply, "--on", "2026-01-06", "--json"))
    assert (found["imported"], found["duplicates"], found["letters"]) == (1, 0, [2])
    assert found["problems"] == []
    assert "carries no date" in found["notes"][0]["note"]
    came, went = objects(run("list", "--json"))
    assert came == {
        "id": 2,
        "thread": 1,
        "direction": "in",
        "on": "2026-01-06",
        "from": "Membership Office <no-reply@hq.example>",
        "to": "Ann <us@highfield.example>",
        "subject": "Automatic reply: The roll",
        "office": "Membership Office",
        "automatic": True,
        "automatic_because": "header Auto-Submitted: auto-replied",
        "automatic_guess": False,
        "promised_by": None,
    }
    assert (went["automatic"], went["automatic_because"]) == (False, "")
    (wait,) = objects(run("waiting", "--on", "2026-05-14", "--json"))
    assert wait == {
        "thread": 1,
        "subject": "The roll",
        "office": "Membership Office",
        "since": "2026-01-05",
        "days": 129,
        "chasers": 0,
        "promised_by": None,
        "automatic_replies": 1,
        "state": "chase",
        "last_sent": "2026-01-05",
    }


def test_people_read_the_same_in_columns(run, letter, reply):
    assert run("add", letter).stdout == "Letter 1 in thread 1.\n"
    shown = run("import", reply)
    assert "1 filed, 0 filed before, 0 not read." in shown.stdout
    assert "Letter 2: It carries no date" in shown.stderr
    assert "header Auto-Submitted" in run("list").stdout
    assert "Membership Office  The roll" in run("waiting", "--on", "2026-05-14").stdout
    assert "Nothing." in run("waiting", "--on", "2025-01-01").stdout
    body = run("show", 2).stdout
    assert "Enclosed   Charter.pdf" in body
    assert body.endswith("\n\nWe have received your email.\n")
    assert "Automatic  no" in run("show", 1).stdout


def test_a_letter_shown_to_a_program_has_its_text_and_files(run, reply):
    run("import", reply)
    (shown,) = objects(run("show", 1, "--json"))
    assert shown["body"] == "We have received your email."
    assert [each["name"] for each in shown["enclosures"]] == ["Charter.pdf"]
    missing = run("show", 9, "--json")
    assert (missing.exit_code, json.loads(missing.stderr)["error"]) == (1, "missing")


def test_an_import_names_what_it_could_not_read_and_ends_with_1(run, reply, tmp_path):
    result = run("import", reply, tmp_path / "none.eml", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["imported"], len(found["problems"])) == (1, 1)
    assert "none.eml" in result.stderr


def test_the_way_and_office_of_an_import_can_be_said(run, reply):
    run("import", reply, "--direction", "out", "--office", "Region")
    assert objects(run("list", "--json", "--direction", "out"))[0]["office"] == "Region"
    assert objects(run("list", "--json", "--direction", "in")) == []


def test_lists_are_narrowed(run, letter, reply):
    run("add", letter)
    run("import", reply)
    assert [each["id"] for each in objects(run("list", "--automatic", "--json"))] == [2]
    assert [each["id"] for each in objects(run("list", "--by-people", "--json"))] == [1]
    assert [each["id"] for each in objects(run("list", "received", "--json"))] == [2]
    assert len(objects(run("list", "--thread", "1", "--json"))) == 2


def test_a_guess_is_corrected_and_a_promise_recorded(run, letter, reply):
    run("add", letter)
    run("import", reply, "--on", "2026-01-06")
    assert run("automatic", 2, "--no").stdout == "Letter 2 is written by a person.\n"
    assert objects(run("waiting", "--on", "2026-05-14", "--json")) == []
    assert run("automatic", 2).stdout == "Letter 2 is an automatic reply.\n"
    assert run("promise", 2, "1 March 2026").stdout == (
        "Letter 2 promises an answer by 2026-03-01.\n"
    )
    (wait,) = objects(run("waiting", "--on", "2026-05-14", "--json"))
    assert (wait["promised_by"], wait["state"]) == ("2026-03-01", "promise broken")
    assert run("promise", 2).stdout == "Letter 2 promises no day.\n"
    assert run("promise", 1, "2026-03-01").exit_code == 1
    assert run("promise", 2, "soon").exit_code == 2


def test_a_thread_is_closed_and_opened_again(run, letter):
    run("add", letter)
    assert run("close", 1, "--on", "2026-02-01").stdout == "Thread 1 is closed on 2026-02-01.\n"
    assert objects(run("waiting", "--on", "2026-05-14", "--json")) == []
    assert run("close", 1, "--again").stdout == "Thread 1 is open again.\n"
    assert len(objects(run("waiting", "--on", "2026-05-14", "--json"))) == 1


def test_a_letter_can_be_put_into_a_thread(run, letter, tmp_path):
    run("add", letter)
    other = tmp_path / "other.md"
    other.write_text(LETTER.replace("The roll", "Something else"))
    assert run("add", other, "--thread", 1).stdout == "Letter 2 in thread 1.\n"
    assert run("add", letter, "--thread", 9).exit_code == 1
    assert run("move", 2).stdout == "Letter 2 is in thread 2.\n"
    assert objects(run("move", 2, 1, "--json"))[0]["thread"] == 1


def test_a_written_letter_that_cannot_be_read_is_named(run, tmp_path):
    bad = tmp_path / "bad.md"
    bad.write_text("no head")
    result = run("add", bad)
    assert (result.exit_code, result.stderr[:8]) == (1, "bad.md: ")
    assert json.loads(run("add", tmp_path / "none.md", "--json").stderr)["error"] == "not-found"
    assert run("add", tmp_path).exit_code == 1
