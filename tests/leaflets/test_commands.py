from __future__ import annotations

import json

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from branch_desk import console
from branch_desk.cli import main
from branch_desk.leaflets import commands, records

LEAFLET = """\
title = "Save our library"
layout = "event-flyer-a5"
election_material = false
copies = 600
[texts]
headline = "Save our library"
when = "Thu 12 March"
where = "Community Centre"
[picture]
file = "library.jpg"
alt = "A library"
credit = "A. Painter"
"""


@pytest.fixture
def run(store, tmp_path, picture, monkeypatch):
    """Run a command on the test's own branch file."""
    monkeypatch.setenv(console.PASSPHRASE_VARIABLE, "correct horse")
    (tmp_path / "library.jpg").write_bytes(picture())
    (tmp_path / "leaflet.toml").write_text(LEAFLET, encoding="utf-8")
    path = store.path
    store.close()

    def go(command, *words, code=0):
        arguments = ["leaflets", command, *([str(path)] if command != "layouts" else []), *words]
        result = CliRunner().invoke(main, list(map(str, arguments)))
        assert result.exit_code == code, result.output
        return result

    go.folder = tmp_path
    return go


@pytest.fixture
def added(run):
    return json.loads(run("add", run.folder / "leaflet.toml", "--json").stdout)["id"]


def test_a_leaflet_is_added_and_what_is_to_see_to_is_told(run):
    result = run("add", run.folder / "leaflet.toml")
    assert "Leaflet 1, “Save our library”, is in." in result.stdout
    bad = run.folder / "bad.toml"
    bad.write_text(LEAFLET.replace("Thu 12 March", ""), encoding="utf-8")
    assert "Stops  when: “When” is empty" in run("add", bad).stderr


def test_a_description_that_is_wrong_is_one_sentence(run):
    (run.folder / "bad.toml").write_text("title = 3", encoding="utf-8")
    result = run("add", run.folder / "bad.toml", "--json", code=1)
    error = json.loads(result.stderr)
    assert error["error"] == "invalid"
    assert "bad.toml, “title” must be text" in error["message"]


def test_leaflets_are_listed_as_a_table_and_an_object_a_line(run, added):
    assert "Save our library" in run("list").stdout
    (line,) = run("list", "--json").stdout.splitlines()
    found = json.loads(line)
    assert (found["id"], found["copies"], found["layout"]) == (added, 600, "event-flyer-a5")
    assert found["texts"]["headline"] == "Save our library"
    assert run("list", "zebra", "--json").stdout == ""
    assert run("list", "library", "--layout", "event-flyer-a5", "--order", "title").stdout


def test_a_leaflet_is_shown_with_its_texts_and_findings(run, added):
    text = run("show", added).stdout
    assert "Community Centre" in text
    assert "library.jpg" in text
    found = json.loads(run("show", added, "--json").stdout)
    assert found["picture"]["alt"] == "A library"
    assert found["findings"] == []


def test_check_gives_the_keys_that_are_promised(run, added):
    assert run("check", added, "--json").stdout == ""
    assert "Nothing to see to" in run("check", added).stdout
    (run.folder / "two.toml").write_text(
        LEAFLET.replace("election_material = false", "election_material = true"), encoding="utf-8"
    )
    two = json.loads(run("add", run.folder / "two.toml", "--json").stdout)["id"]
    lines = [json.loads(line) for line in run("check", two, "--json").stdout.splitlines()]
    assert {line["where"] for line in lines} == {"printer", "promoter", "on_behalf_of"}
    for line in lines:
        assert set(line) == {"finding", "severity", "where", "message"}
        assert (line["finding"], line["severity"]) == ("imprint", "stops")
    assert "Stops  printer: The imprint does not name the printer" in run("check", two).stdout
    refused = run("print", two, "-o", run.folder / "x.pdf", code=1)
    assert "cannot be printed yet" in refused.stderr
    assert not (run.folder / "x.pdf").exists()


def test_each_use_gets_its_file(run, added):
    home, shop, phone = (run.folder / name for name in ("home.pdf", "shop.pdf", "phone.png"))
    assert "Wrote" in run("print", added, "-o", home).stderr
    run("print", added, "-o", shop, "--for", "printer", "--marks")
    run("print", added, "-o", phone)
    with pikepdf.open(home) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].MediaBox] == [0, 0, 842, 595]
    with pikepdf.open(shop) as pdf:
        assert "/TrimBox" in pdf.pages[0].obj
    with Image.open(phone) as image:
        assert image.format == "PNG"


def test_a_file_is_not_written_over_unless_told(run, added):
    out = run.folder / "home.pdf"
    out.write_bytes(b"mine")
    assert "--force" in run("print", added, "-o", out, code=1).stderr
    assert out.read_bytes() == b"mine"
    run("print", added, "-o", out, "--force")
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["-o", "x.doc"], 1, "x.doc must end in .pdf"),
        (["-o", "x.png", "--for", "printer"], 1, "x.png must end in .pdf"),
        (["-o", "x.pdf", "--marks"], 2, "use --marks with --for printer"),
        (["-o", "x.pdf", "--for", "nobody"], 2, "nobody"),
        ([], 2, "--output"),
    ],
)
def test_what_cannot_be_printed_so_is_said(run, added, words, code, sentence):
    words = [run.folder / word if word.startswith("x.") else word for word in words]
    assert sentence in run("print", added, *words, code=code).stderr


def test_a_leaflet_that_is_not_there_is_said(run):
    for command in ("show", "check"):
        assert "There is no leaflet 9" in run(command, 9, code=1).stderr


def test_the_layouts_are_listed_with_their_texts(run):
    assert "event-flyer-a5: Event flyer, A5" in run("layouts").stdout
    first = json.loads(run("layouts", "--json").stdout.splitlines()[0])
    assert first["name"] == "event-flyer-a5"
    assert "headline" in first["texts"]


def test_leaflets_are_no_papers_of_the_kit():
    assert commands.PAPERS == ()
    assert records.SLICE.name == "leaflets"
