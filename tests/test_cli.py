"""The command line as a whole: every command is there, documented, and does what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pypdfium2
import pytest
from click.testing import CliRunner

from branch_desk import cli, console

# The table of commands that scripts rely on.
PROMISED = {
    "demo",
    "new",
    "branch show",
    "branch set",
    "branch unset",
    "today",
    "members import",
    "members list",
    "members show",
    "members export",
    "members event",
    "members report",
    "motions add",
    "motions list",
    "motions check",
    "meetings add",
    "meetings list",
    "meetings calendar",
    "letters import",
    "letters add",
    "letters list",
    "letters waiting",
    "papers",
    "leaflets add",
    "leaflets list",
    "leaflets check",
    "leaflets print",
    "undo",
    "redo",
    "log",
    "backup",
    "restore",
    "verify",
    "passphrase",
    "recover",
}
PAPERS = {
    *("pack", "notice", "agenda", "order-paper", "minutes", "motion", "attendance", "labels"),
    *("letter", "waiting", "members-report", "settings"),
}


def run(*words: object, input: str | None = None):  # noqa: A002 - as click calls it
    return CliRunner().invoke(cli.main, [str(word) for word in words], input=input)


def done(*words: object, **more) -> str:
    result = run(*words, **more)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("BRANCH_DESK_PASSPHRASE", "correct horse")


def every_command(command: click.Command, name: str = ""):
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            yield from every_command(command.get_command(context, each), f"{name} {each}".strip())
    else:
        yield name, command


def test_every_command_promised_is_there():
    assert {name for name, _ in every_command(cli.main)} >= PROMISED


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_says_what_it_does_and_so_does_every_option(name):
    for full, command in every_command(cli.main.get_command(click.Context(cli.main), name), name):
        assert command.help, f"{full} has no help"
        assert command.help.rstrip().endswith("."), f"{full}: help is a sentence"
        for option in command.params:
            # A choice shows its words itself.
            if isinstance(option, click.Option) and not isinstance(option.type, click.Choice):
                assert option.help, f"{full} {option.name} has no help"


def test_every_paper_promised_is_there():
    found = cli.all_papers()
    assert set(found) >= PAPERS
    assert all(paper.name == name for name, paper in found.items())


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_lists_every_command(word):
    shown = done(word)
    assert all(f"\n  {name} " in shown for name in cli.COMMANDS)
    assert "window " not in shown


def test_the_version_is_the_package_s():
    assert done("--version").startswith("branch-desk, version ")


def test_a_word_that_is_neither_command_nor_file_is_wrong_usage():
    result = run("memebrs", "list")
    assert result.exit_code == 2
    assert "Did you mean members?" in result.stderr
    assert "--help" in run("zzz.branch").stderr
    assert run("--no-such").exit_code == 2


def test_a_file_or_nothing_opens_the_window(monkeypatch, branch_file, tmp_path):
    opened = []
    app = ModuleType("branch_desk.app")
    app.main = lambda path: opened.append(path) or 3
    monkeypatch.setitem(sys.modules, "branch_desk.app", app)
    monkeypatch.setattr("branch_desk.app", app, raising=False)
    assert run(branch_file).exit_code == 3
    assert run().exit_code == 3
    assert opened == [branch_file, None]
    assert run(branch_file, "extra").exit_code == 2


def test_a_command_s_name_goes_before_a_file_s(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("undo").write_bytes(b"x")
    assert run("undo").exit_code == 2


def test_start_up_loads_neither_window_nor_paper():
    code = (
        "import sys, branch_desk.cli; "
        "print(*{'PySide6', 'reportlab', 'pikepdf', 'PIL', 'sqlite_utils'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert shown.stdout.strip() == b""


def test_it_runs_as_a_module():
    shown = subprocess.run(
        [sys.executable, "-m", "branch_desk", "--version"], capture_output=True, check=True
    )
    assert shown.stdout.startswith(b"branch-desk")


# The file as a whole


def test_a_new_file_is_made_once_and_opens_with_its_sheet(tmp_path, monkeypatch):
    path = tmp_path / "My.branch"
    made = json.loads(done("new", path, "--name", "Highfield ward", "--json"))
    assert (made["name"], Path(made["file"])) == ("Highfield ward", path)
    assert json.loads(done("branch", "show", path, "--json"))["name"] == "Highfield ward"
    again = run("new", path, "--name", "Other", "--json")
    assert (again.exit_code, json.loads(again.stderr)["error"]) == (1, "already-exists")

    sheet, new = tmp_path / "sheet", tmp_path / "new"
    sheet.write_text(made["recovery"])
    new.write_text("another horse\n")
    done("recover", path, "--sheet", sheet, "--new-passphrase-file", new)
    assert json.loads(run("undo", path, "--json").stderr)["error"] == "wrong-passphrase"
    assert done("branch", "show", path, "--passphrase-file", new)


def test_the_sheet_is_shown_in_lines_a_person_can_copy(tmp_path):
    shown = done("new", tmp_path / "a.branch", "--name", "Highfield ward")
    groups = [line for line in shown.splitlines() if line and line.isupper()]
    assert all(len(line.split()) <= 4 for line in groups)
    assert len(groups) >= 2


def test_a_changed_passphrase_closes_out_the_old_one(branch_file, tmp_path):
    new = tmp_path / "new"
    new.write_text("another horse\n")
    done("passphrase", branch_file, "--new-passphrase-file", new)
    assert run("verify", branch_file).exit_code == 1
    assert "ok" in done("verify", branch_file, "--passphrase-file", new)


def test_a_new_passphrase_is_never_taken_from_the_old_one_s_variable(branch_file):
    result = run("passphrase", branch_file)
    assert result.exit_code == 1
    assert "nobody to ask" in result.stderr


def test_a_change_is_undone_redone_and_logged(branch_file):
    done("branch", "set", branch_file, "name", "Highfield", "ward")
    assert "Change the branch's details" in done("undo", branch_file)
    assert json.loads(done("branch", "show", branch_file, "--json"))["name"] == ""
    assert json.loads(done("redo", branch_file, "--json")) == {
        "redone": "Change the branch's details"
    }
    assert json.loads(done("branch", "show", branch_file, "--json"))["name"] == "Highfield ward"
    entries = [json.loads(line) for line in done("log", branch_file, "--json").splitlines()]
    assert [each["kind"] for each in entries] == ["redo", "undo", "change"]
    assert "undo: Change the branch's details" in done("log", branch_file, "--limit", "2")
    checked = json.loads(done("log", branch_file, "--verify", "--json"))
    assert (checked["log"], checked["changes"]) == ("ok", 3)


def test_with_nothing_to_undo_it_says_so(branch_file):
    result = run("undo", branch_file)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_a_backup_comes_back_as_it_was(branch_file, tmp_path):
    done("branch", "set", branch_file, "name", "Highfield ward")
    backup = json.loads(done("backup", branch_file, tmp_path, "--json"))["backup"]
    out = tmp_path / "out.branch"
    found = json.loads(done("restore", backup, out, "--json"))
    assert set(found) >= {"readable", "integrity", "log", "changes", "fingerprint"}
    assert json.loads(done("branch", "show", out, "--json"))["name"] == "Highfield ward"
    assert run("restore", backup, out).exit_code == 1
    assert run("restore", backup, out, "--force").exit_code == 0
    assert run("restore", tmp_path / "none", out).exit_code == 1


def test_a_file_that_does_not_stand_the_check_ends_with_1(branch_file, monkeypatch):
    from branch_desk.store.backup import Verification

    broken = Verification(readable=True, integrity="page 3", log="ok", changes=0, fingerprint="x")
    monkeypatch.setattr("branch_desk.store.backup.verify", lambda _store: broken)
    result = run("verify", branch_file, "--json")
    assert (result.exit_code, json.loads(result.stdout)["integrity"]) == (1, "page 3")


def test_verify_says_what_checks_rely_on(branch_file):
    found = json.loads(done("verify", branch_file, "--json"))
    assert (found["readable"], found["integrity"], found["log"]) == (True, "ok", "ok")
    assert isinstance(found["changes"], int)
    assert found["fingerprint"]


@pytest.mark.parametrize("command", ["undo", "verify", "recover"])
def test_a_file_that_is_not_there_is_named(command, tmp_path):
    result = run(command, tmp_path / "none.branch", "--json")
    assert (result.exit_code, json.loads(result.stderr)["error"]) == (1, "not-found")


# Papers and the demo


def test_a_paper_is_written_and_never_over_another_unasked(branch_file, tmp_path):
    out = tmp_path / "settings.pdf"
    done("papers", "settings", branch_file, "-o", out)
    first = out.read_bytes()
    result = run("papers", "settings", branch_file, "-o", out, "--json")
    assert (result.exit_code, json.loads(result.stderr)["error"]) == (1, "already-exists")
    made = json.loads(
        done("papers", "settings", branch_file, "-o", out, "--force", "--large-print", "--json")
    )
    assert made["bytes"] == out.stat().st_size
    with pypdfium2.PdfDocument(first) as small, pypdfium2.PdfDocument(out) as large:
        assert len(large) > len(small)


def test_a_paper_can_be_as_on_another_day(branch_file, tmp_path):
    out = tmp_path / "settings.pdf"
    done("papers", "settings", branch_file, "-o", out, "--on", "2026-02-03")
    with pypdfium2.PdfDocument(out) as document:
        assert "3 February 2026" in document[0].get_textpage().get_text_range()


def test_a_paper_for_both_sides_or_of_labels_is_written(branch_file, tmp_path):
    for name in ("settings", "labels"):
        out = tmp_path / f"{name}.pdf"
        done("papers", name, branch_file, "-o", out, "--duplex")
        with pypdfium2.PdfDocument(out) as document:
            assert len(document) > 0


def test_a_paper_that_is_none_or_lacks_its_id_is_refused(branch_file, tmp_path):
    out = tmp_path / "x.pdf"
    result = run("papers", "pak", branch_file, "-o", out)
    assert result.exit_code == 1
    assert "pack" in result.stderr
    result = run("papers", "letter", branch_file, "-o", out)
    assert result.exit_code == 2
    assert "needs an id" in result.stderr
    assert run("papers", "letter", branch_file, "7", "-o", out).exit_code == 1
    assert not out.exists()


def test_no_two_papers_share_a_name():
    names = [paper.name for where in cli.PAPERS for paper in console.resolve_name(where)]
    assert len(names) == len(set(names))


def test_a_paper_in_a_folder_that_is_not_there_is_refused(branch_file, tmp_path):
    result = run("papers", "settings", branch_file, "-o", tmp_path / "no" / "x.pdf", "--json")
    assert (result.exit_code, json.loads(result.stderr)["error"]) == (1, "not-found")


def test_the_demo_is_built_and_its_papers_printed(tmp_path):
    words = ("demo", tmp_path / "d", "--members", 5, "--seed", 2, "--on", "2026-05-14", "--json")
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["file"].endswith("demo.branch")
    assert "5 members" in result.stderr
    printed = {path.name for path in (tmp_path / "d" / "papers").iterdir()}
    assert {"pack.pdf", "pack-large-print.pdf", "event-flyer-a5.pdf"} <= printed
    assert run(*words).exit_code == 1
    assert run(*words, "--force").exit_code == 0
