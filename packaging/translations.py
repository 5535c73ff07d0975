"""Collect the desk's words for translators, and compile the translations there are.

    python packaging/translations.py cy

Every text on the screen stands in the code as `tr("…")`, `mark("…")` or `plural(n, "…", "…")`. They
are written to `resources/translations/cy.ts`, to be filled in by hand or in Qt Linguist; what is
translated there already is kept. Then it is compiled to `cy.qm`, which the window reads. Without a
language, all that are there are brought up to date.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "branch_desk"
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "desk"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text as it stands in the code; `counted` has a form for each number."""

    source: str
    counted: bool


class NotALiteral(Exception):
    """A text that is put together before it is translated cannot be collected."""


def collected(code: Path = CODE) -> dict[Text, list[str]]:
    """Return every text and the files it stands in, in order; raises `NotALiteral`."""
    found: dict[Text, list[str]] = {}
    for path in sorted(code.rglob("*.py")):
        name = path.relative_to(code.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for text in _texts(node, name):
                    places = found.setdefault(text, [])
                    if name not in places:
                        places.append(name)
    return dict(sorted(found.items()))


def _texts(call: ast.Call, file: str) -> list[Text]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in {"tr", "mark"} and call.args:
        given = call.args[0]
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            return [Text(given.value, counted=False)]
        if isinstance(given, ast.JoinedStr | ast.BinOp):
            raise NotALiteral(f"{file}, line {call.lineno}: {ast.unparse(call)}")
    if name == "plural" and len(call.args) >= 3:
        many = call.args[2]
        if not isinstance(many, ast.Constant) or not isinstance(many.value, str):
            raise NotALiteral(f"{file}, line {call.lineno}: {ast.unparse(call)}")
        return [Text(many.value, counted=True)]
    return []


def document(texts: dict[Text, list[str]], language: str, done: dict[Text, ET.Element]) -> str:
    """Return a TS file with these texts and whatever of them is translated already."""
    root = ET.Element("TS", version="2.1", sourcelanguage="en_GB", language=language)
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, places in texts.items():
        attributes = {"numerus": "yes"} if text.counted else {}
        message = ET.SubElement(context, "message", attributes)
        ET.SubElement(message, "source").text = text.source
        ET.SubElement(message, "extracomment").text = ", ".join(places)
        if text in done:
            message.append(done[text])
        else:
            empty = ET.SubElement(message, "translation", type="unfinished")
            if text.counted:
                ET.SubElement(empty, "numerusform")
    ET.indent(root, " ")
    return HEAD + ET.tostring(root, encoding="unicode") + "\n"


def translated(path: Path) -> dict[Text, ET.Element]:
    """Return what a TS file has translated."""
    found = {}
    for message in ET.parse(path).getroot().iter("message"):  # noqa: S314 -- the project's own file
        translation, source = message.find("translation"), message.findtext("source", "")
        if translation is not None and translation.get("type") != "unfinished":
            found[Text(source, message.get("numerus") == "yes")] = translation
    return found


def compile_file(path: Path, out: Path) -> None:
    """Compile a TS file with the compiler that PySide6 brings."""
    import PySide6

    compiler = Path(PySide6.__file__).parent / (
        "lrelease.exe" if sys.platform == "win32" else "lrelease"
    )
    subprocess.run([str(compiler), "-silent", str(path), "-qm", str(out)], check=True)  # noqa: S603


def main(languages: list[str]) -> None:
    """Write a language's file, or bring every one there is up to date, and compile it."""
    texts = collected()
    FOLDER.mkdir(exist_ok=True)
    for language in languages or sorted(path.stem for path in FOLDER.glob("*.ts")):
        path = FOLDER / f"{language}.ts"
        done = translated(path) if path.exists() else {}
        path.write_text(document(texts, language, done), encoding="utf-8")
        compile_file(path, path.with_suffix(".qm"))
        print(f"{path.name}: {len(done.keys() & texts.keys()):,} of {len(texts):,} texts")


if __name__ == "__main__":
    main(sys.argv[1:])
