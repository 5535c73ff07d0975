"""A language can be added by a file: every text of the window goes through the translator."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREEN = sorted(
    path
    for pattern in ("app.py", "first_run*.py", "first_run/*.py", "desk/**/*.py", "*/page*/**/*.py")
    for path in (ROOT / "branch_desk").glob(pattern)
)
# Calls that show their first text, and keywords that are shown whoever is called.
SHOW = {
    *("label", "button", "action", "Line", "Lines", "Choice", "Tick", "DateField"),
    *("MoneyField", "PhoneField", "EmailField", "PostcodeField", "PersonField", "MarkdownField"),
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle"),
    *("setPlaceholderText", "show_text", "confirm", "Column", "addTab", "setTitle"),
}
PICTURED = {"Empty", "Door"}  # an icon, then two texts
SIGNALS = {"said", "undoable", "failed"}
WORDS = re.compile(r"[A-Za-z]{2}")


@pytest.fixture(scope="module")
def translations():
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


def bare(node: ast.expr) -> str:
    """Return the words in a text that was not handed to the translator."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if WORDS.search(node.value) else ""
    if isinstance(node, ast.JoinedStr):
        words = " ".join(part.value for part in node.values if isinstance(part, ast.Constant))
        return words if WORDS.search(words) else ""
    if isinstance(node, ast.IfExp):
        return bare(node.body) or bare(node.orelse)
    if isinstance(node, ast.BinOp):
        return bare(node.left) or bare(node.right)
    return ""


def shown(call: ast.Call) -> list[ast.expr]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    texts = [word.value for word in call.keywords if word.arg in {"hint", "text", "title"}]
    if name in SHOW:
        texts += call.args[:1]
    if name in PICTURED:
        texts += call.args[1:3]
    if name == "Ask":
        texts += [call.args[1], call.args[3]]
    if name == "emit" and getattr(getattr(call.func, "value", None), "attr", "") in SIGNALS:
        texts += call.args[:1]
    return texts


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_text_on_the_screen_goes_through_the_translator(path):
    calls = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    found = [
        (call.lineno, words) for call in calls for text in shown(call) if (words := bare(text))
    ]
    assert found == []


def test_every_text_can_be_collected_and_names_where_it_stands(translations):
    texts = translations.collected()
    assert len(texts) > 500
    assert all(places for places in texts.values())


def test_a_text_put_together_before_it_is_translated_is_refused(translations, tmp_path):
    folder = tmp_path / "branch_desk"
    folder.mkdir()
    (folder / "page.py").write_text('tr(f"{n} left")', encoding="utf-8")
    with pytest.raises(translations.NotALiteral, match=r"page\.py, line 1"):
        translations.collected(folder)


def test_what_is_translated_already_is_kept_and_new_texts_are_added(translations, tmp_path):
    one, other = translations.Text("Lock", counted=False), translations.Text("Open", counted=False)
    path = tmp_path / "cy.ts"
    path.write_text(translations.document({one: ["a.py"]}, "cy", {}), encoding="utf-8")
    assert translations.translated(path) == {}
    done = path.read_text("utf-8").replace(
        '<translation type="unfinished" />', "<translation>Cloi</translation>"
    )
    path.write_text(done, encoding="utf-8")
    again = translations.document(
        {one: ["a.py"], other: ["b.py"]}, "cy", translations.translated(path)
    )
    assert "Cloi" in again
    assert again.count("unfinished") == 1


@pytest.fixture
def whole_language(translations, tmp_path):
    """A language that turns every text round in brackets, compiled as a real one would be."""
    texts = translations.collected()
    done = {}
    for text in texts:
        element = ET.Element("translation")
        if text.counted:
            for _ in range(6):  # as many forms as Welsh has
                ET.SubElement(element, "numerusform").text = f"⟦{text.source}⟧"
        else:
            element.text = f"⟦{text.source}⟧"
        done[text] = element
    path = tmp_path / "cy.ts"
    path.write_text(translations.document(texts, "cy", done), encoding="utf-8")
    translations.compile_file(path, tmp_path / "cy.qm")
    return tmp_path


def test_a_language_added_by_a_file_is_spoken(whole_language, qapp):
    from PySide6.QtCore import QTranslator

    from branch_desk.desk import language
    from branch_desk.desk.tr import plural, tr

    assert "cy" in language.available(whole_language)
    assert language.install(qapp, "cy", whole_language) == "cy"
    try:
        assert tr("Cancel") == "⟦Cancel⟧"
        assert plural(3, "{n} member", "{n} members") == "⟦3 members⟧"
    finally:
        for each in qapp.findChildren(QTranslator):
            qapp.removeTranslator(each)
            each.deleteLater()
    assert tr("Cancel") == "Cancel"
