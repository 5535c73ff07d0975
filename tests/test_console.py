"""The command-line kit: output, secrets, failures."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from branch_desk import console
from branch_desk.console import NobodyToAsk
from branch_desk.store.errors import AlreadyExists, Conflict, Invalid, NotFound, ReadOnlyFolder


class Way(Enum):
    IN = "in"


class _Third:
    def __str__(self):
        return "a third"


THIRD = _Third()


@dataclass(frozen=True)
class Thing:
    id: int
    on: date | None
    way: Way = Way.IN


# Output


def test_records_become_json_as_commands_promise():
    assert console.plain(Thing(1, date(2026, 5, 14))) == {"id": 1, "on": "2026-05-14", "way": "in"}
    assert console.plain(
        {
            "at": datetime(2026, 5, 14, tzinfo=UTC),
            "path": Path("a/b"),
            "data": b"xyz",
            "ids": frozenset({2, 1}),
            "many": (Thing(1, None),),
            "none": None,
            "odd": THIRD,
        }
    ) == {
        "at": "2026-05-14T00:00:00+00:00",
        "path": "a/b",
        "data": 3,
        "ids": [1, 2],
        "many": [{"id": 1, "on": None, "way": "in"}],
        "none": None,
        "odd": "a third",
    }


def printed(*args, **kwargs) -> str:
    @click.command()
    def command():
        console.emit(*args, **kwargs)

    return CliRunner().invoke(command, []).stdout


def test_one_record_is_one_document_and_many_are_a_line_each():
    assert json.loads(printed(Thing(1, None), True)) == {"id": 1, "on": None, "way": "in"}
    lines = printed([Thing(1, None), Thing(2, None)], True).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2]
    assert printed([], True) == ""


def test_people_get_words_columns_or_names_and_values():
    assert printed(Thing(1, None), False, "Made it.") == "Made it.\n"
    assert printed({"id": 1, "joined_on": None}, False) == "Id         1\nJoined on\n"
    assert printed([], False) == "Nothing.\n"
    assert printed(["a"], False) == "\n─\na\n"
    assert printed([Thing(10, None), Thing(2, date(2026, 5, 14))], False).splitlines() == [
        "Id  On          Way",
        "──  ──────────  ───",
        "10              in",
        " 2  2026-05-14  in",
    ]


def test_columns_stay_aligned_under_wide_and_combining_letters():
    rows = [{"a": "日本", "b": "x"}, {"a": "e\u0301", "b": "x"}, {"a": "abcd", "b": "x"}]
    lines = console.table(rows).splitlines()
    assert lines[2:] == ["日本  x", "e\u0301     x", "abcd  x"]


def test_cells_are_one_line_and_of_bearable_length():
    (line,) = console.table([{"a": "x\ny  " + "z" * 100, "b": True}]).splitlines()[2:]
    assert line.startswith("x y zzz")
    assert "…  yes" in line
    assert console.facts({"note": "one\ntwo", "list": [1]}) == "Note  one\n      two\nList  [1]"


@given(st.text())
def test_nothing_printed_can_steer_a_terminal(text):
    shown = console.clean(text)
    assert not any(ord(each) < 32 and each not in "\n\t" for each in shown)
    assert not any(0x7F <= ord(each) < 0xA0 for each in shown)
    assert "\u202e" not in shown
    assert len(shown) == len(text.replace("\r\n", "\n"))


def test_an_escape_sequence_in_a_name_is_shown_and_not_obeyed():
    assert "\x1b" not in printed({"name": "Ann\x1b[2J"}, False)
    assert json.loads(printed({"name": "Ann\x1b[2J"}, True))["name"] == "Ann\x1b[2J"


# Days


@pytest.mark.parametrize("said", ["2026-05-14", "14/5/2026", "14.05.2026", "14 May 2026"])
def test_days_are_read_as_people_write_them(said):
    assert console.DAY.convert(said, None, None) == date(2026, 5, 14)
    assert console.DAY.convert(date(2026, 5, 14), None, None) == date(2026, 5, 14)


@pytest.mark.parametrize("said", ["2026-02-30", "tomorrow", "", "5/14/2026"])
def test_what_is_no_day_is_refused(said):
    with pytest.raises(click.BadParameter, match="write it as 2026-05-14"):
        console.DAY.convert(said, None, None)


def test_on_is_the_day_things_are_done_as_on_and_never_the_clock_s(branch_file, monkeypatch):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")

    @click.command()
    @console.branch_file
    @console.ON
    def command(*, store, on):
        click.echo(f"{on} {store.today()} {store.moment():%Y-%m-%d} {store.now():%Y-%m-%d}")

    def said(*words):
        before = datetime.now(UTC).date()
        shown = CliRunner().invoke(command, [str(branch_file), *words]).stdout.split()
        assert shown.pop() in {before.isoformat(), datetime.now(UTC).date().isoformat()}
        return shown

    assert said("--on", "2020-05-14") == ["2020-05-14"] * 3
    assert said("--on", "2090-05-14") == ["2090-05-14"] * 3
    assert said() == [datetime.now().astimezone().date().isoformat()] * 3


# Secrets


def test_a_passphrase_comes_from_a_file_or_the_environment(tmp_path, monkeypatch):
    file = tmp_path / "secret"
    file.write_bytes(b"\xef\xbb\xbfcorrect horse \r\nsecond line")
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "from outside")
    assert console.passphrase(file) == "correct horse "
    assert console.passphrase(None) == "from outside"
    with pytest.raises(NobodyToAsk, match="No new passphrase was given"):
        console.passphrase(None, new=True, variable=False)


def test_without_one_and_without_anybody_it_says_how(monkeypatch):
    monkeypatch.delenv("BRANCH_DESK_PASSPHRASE", raising=False)
    with pytest.raises(NobodyToAsk, match="--passphrase-file"):
        console.passphrase(None)


def test_a_secret_s_file_that_cannot_serve_is_named(tmp_path):
    with pytest.raises(NotFound):
        console.first_line(tmp_path / "none")
    (tmp_path / "empty").write_bytes(b"\n\n")
    with pytest.raises(Invalid, match="is empty"):
        console.first_line(tmp_path / "empty")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(Invalid, match="not text in UTF-8"):
        console.whole_text(tmp_path / "binary")


def test_a_secret_can_come_through_a_pipe():
    @click.command()
    @console.PASSPHRASE_FILE
    def command(passphrase_file):
        click.echo(console.passphrase(passphrase_file))

    result = CliRunner().invoke(command, ["--passphrase-file", "-"], input="correct horse\n")
    assert result.stdout == "correct horse\n"


def test_a_person_is_asked_and_the_answer_not_shown():
    """A real terminal, since what is echoed there is what matters."""
    code = (
        "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "from branch_desk import console; print('got', console.ask('Passphrase', twice=True))"
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as asked:
        os.close(theirs)
        shown = b""
        for prompt in (b"Passphrase", b"Once more"):
            while prompt not in shown:
                shown += os.read(ours, 1024)
            os.write(ours, b"correct horse\n")
        assert asked.stdout.read() == b"got correct horse\n"
        os.close(ours)
    assert b"correct horse" not in shown


# Files


def test_a_file_is_written_whole_and_only_over_another_when_told(tmp_path):
    path = tmp_path / "out.pdf"
    console.write_file(path, b"one")
    with pytest.raises(AlreadyExists):
        console.write_file(path, b"two")
    console.write_file(path, b"three", True)
    assert path.read_bytes() == b"three"
    assert [each.name for each in tmp_path.iterdir()] == ["out.pdf"]


def test_a_branch_file_is_opened_with_its_passphrase_and_not_made(
    branch_file, monkeypatch, tmp_path
):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")
    with console.open_store(branch_file) as store:
        assert store.today() == datetime.now().astimezone().date()
    with pytest.raises(NotFound), console.open_store(tmp_path / "none.branch"):
        pass
    assert not (tmp_path / "none.branch").exists()


# Failures


def run(action, *args):
    @click.group(cls=console.Commands)
    def group():
        pass

    @group.command()
    @console.JSON
    @click.pass_context
    def go(ctx, as_json):
        action(ctx)

    return CliRunner().invoke(group, ["go", *args])


def nothing(_ctx):
    pass


def fails(error):
    def action(ctx):
        raise error

    return action


def test_a_failure_is_one_sentence_and_exit_1():
    result = run(fails(Conflict("That was done already.")))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "That was done already.\n")


def test_a_failure_for_programs_is_json_with_the_class_in_kebab():
    result = run(fails(ReadOnlyFolder(Path("/x/a.branch"))), "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    said = json.loads(result.stderr)
    assert said["error"] == "read-only-folder"
    assert "a.branch" in said["message"]


def test_wrong_usage_ends_with_2():
    assert run(nothing, "--no-such").exit_code == 2
    assert "No such option" in run(nothing, "--no-such").stderr
    said = json.loads(run(nothing, "--json", "--no-such").stderr)
    assert said["error"] == "no-such-option"


def test_done_ends_with_0_and_a_command_may_choose():
    assert run(nothing).exit_code == 0
    assert run(lambda ctx: ctx.exit(1)).exit_code == 1


def test_a_bug_is_called_one_without_its_data():
    result = run(fails(ZeroDivisionError("Ann Other")))
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert "--debug" in result.stderr
    assert "Ann Other" not in result.stderr
    assert "Traceback" not in result.stderr
    assert json.loads(run(fails(ZeroDivisionError()), "--json").stderr)["error"] == "bug"
    assert "Traceback" in run(fails(ZeroDivisionError()), "--debug").stderr


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_breaking_off_is_quiet(error):
    result = run(fails(error))
    assert (result.exit_code, result.stderr.strip()) == (130, "")


def test_nobody_reading_any_more_is_quiet():
    code = (
        "import click; from branch_desk import console\n"
        "@click.group(cls=console.Commands)\ndef group(): pass\n"
        "@group.command()\ndef go():\n"
        "    for n in range(100_000): console.say(f'line {n}')\n"
        "group(['go'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout.readline() == b"line 0\n"
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 1
