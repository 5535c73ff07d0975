import shutil
import subprocess
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLocale, QTranslator

from branch_desk.desk import language
from branch_desk.desk.tr import tr

SOURCE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="cy">
<context><name>desk</name>
<message><source>Add a member…</source><translation>Ychwanegu aelod…</translation></message>
</context>
</TS>
"""
TOOLS = Path(PySide6.__file__).parent


def released(folder):
    """The release tool of Qt, where it is there."""
    found = [*TOOLS.glob("lrelease*"), *TOOLS.glob("Qt/libexec/lrelease*")]
    tool = str(found[0]) if found else shutil.which("pyside6-lrelease") or shutil.which("lrelease")
    if tool is None:
        pytest.skip("lrelease is not installed")
    source = folder / "cy.ts"
    source.write_text(SOURCE, encoding="utf-8")
    subprocess.run([tool, str(source), "-qm", str(folder / "cy.qm")], check=True)
    return folder


@pytest.fixture
def app(qapp):
    yield qapp
    for each in qapp.findChildren(QTranslator):
        qapp.removeTranslator(each)
        each.deleteLater()


def test_without_a_file_the_desk_speaks_english(app, tmp_path):
    assert language.install(app, "cy", tmp_path) == "en"
    assert language.install(app) == "en"
    assert tr("Add a member…") == "Add a member…"
    assert dict(language.available(tmp_path)) == {"en": "English"}


def test_a_program_without_any_translation_speaks_english(app, monkeypatch):
    def missing(*_):
        raise FileNotFoundError

    monkeypatch.setattr(language, "resource", missing)
    assert language.folder() is None
    assert language.install(app, "cy") == "en"
    assert dict(language.available()) == {"en": "English"}


def test_a_file_of_a_language_makes_the_desk_speak_it(app, tmp_path):
    folder = released(tmp_path)
    assert dict(language.available(folder)) == {"en": "English", "cy": "Cymraeg"}
    assert language.install(app, "cy", folder) == "cy"
    assert tr("Add a member…") == "Ychwanegu aelod…"
    assert tr("Nobody has translated this") == "Nobody has translated this"


def test_the_systems_language_is_taken_if_it_is_there(app, tmp_path, monkeypatch):
    folder = released(tmp_path)
    monkeypatch.setattr(QLocale, "uiLanguages", lambda *_: ["gd-GB", "cy-GB", "en-GB"])
    assert language.install(app, language.SYSTEM, folder) == "cy"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda *_: ["en-GB", "cy-GB"])
    assert language.install(app, language.SYSTEM, folder) == "en"


def test_an_unreadable_file_is_passed_over(app, tmp_path):
    (tmp_path / "cy.qm").write_bytes(b"no translation")
    assert language.install(app, "cy", tmp_path) == "en"
