"""veraPDF over the paper with every block.

`make conformance` runs it over every paper of the demo.
"""

import importlib.util
from pathlib import Path

import pytest

from branch_desk.paper.blocks import Appended, Document, Section, Text
from branch_desk.paper.impose import impose
from branch_desk.paper.render import render

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "conformance.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("conformance", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def side(canvas):
    with canvas.tagged("H1"):
        canvas.text(30, 300, "Come to the hall خوش آمدید", face="Barlow-ExtraBold", size=30)
    canvas.text(30, 30, "not tagged")


def test_papers_are_accessible_and_archivable(script, tmp_path, every_block, letter):
    if script.missing_part():
        pytest.skip(script.missing_part())
    own = render(letter)
    languages = Section("آپ کا ووٹ", (Text("Croeso Ŵyn Łódź Ж 漢 خوش آمدید"),))
    mixed = Document("Mixed", every_block.brand, (Appended("Letter", own), languages))
    (tmp_path / "every.pdf").write_bytes(render(every_block))
    (tmp_path / "large.pdf").write_bytes(render(every_block, large_print=True))
    (tmp_path / "letter.pdf").write_bytes(own)
    (tmp_path / "mixed.pdf").write_bytes(render(mixed))
    (tmp_path / "leaflet.pdf").write_bytes(impose("Leaflet", [side], up=4))
    failures = script.validate(script.collect([tmp_path], []))
    assert failures == {path: [] for path in failures}
    assert len(failures) == 5


def test_a_file_that_does_not_conform_fails(script, tmp_path, not_embedded, capsys):
    if script.missing_part():
        pytest.skip(script.missing_part())
    (tmp_path / "bad.pdf").write_bytes(not_embedded())
    (tmp_path / "worse.pdf").write_bytes(b"not a PDF")
    assert script.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "0 passed, 2 failed"
    assert any("bad.pdf: ua1" in line for line in said)


def test_files_can_be_left_out(script, tmp_path):
    for name in ("a.pdf", "a-printer.pdf", "a.txt"):
        (tmp_path / name).touch()
    assert script.collect([tmp_path], ["-printer.pdf"]) == [tmp_path / "a.pdf"]


def test_without_a_jdk_it_says_skipped(script, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert script.main(["."]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "skipped"
