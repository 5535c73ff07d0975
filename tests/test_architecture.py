"""The rules of the house that the import contracts cannot say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import which

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "branch_desk"
SLICES = ("branch", "members", "correspondence", "leaflets", "motions", "meetings", "today")
# A file may use the same room of a lower slice, or one further in.
REACH = {
    "page": {"page", "commands", "papers", "exchange", "records", "rules"},
    "commands": {"commands", "papers", "exchange", "records", "rules"},
    "papers": {"papers", "records", "rules"},
    "exchange": {"exchange", "records", "rules"},
    "records": {"records", "rules"},
    "rules": {"rules"},
}
SQL = re.compile(r"^\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|WITH \w+ AS)\b")

FILES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def place(path: Path) -> tuple[str, str]:
    """The slice and the room a file stands in: ("members", "records")."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0], parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def strings(path: Path):
    """Every string of a file that is not a docstring."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", [f for f in FILES if f.name == "__init__.py"], ids=str)
def test_init_files_stay_empty_and_a_file_that_became_a_folder_only_names_its_contents(path):
    if place(path)[1] in {"", "__init__"}:
        assert path.read_text() == ""
        return
    doors = ast.Expr | ast.ImportFrom | ast.Assign
    nodes = [part for node in tree(path).body for part in lazy_or_not(node)]
    assert [ast.dump(node) for node in nodes if not isinstance(node, doors)] == []


def lazy_or_not(node):
    """What stands in `if TYPE_CHECKING`, and the way to it else; or the statement itself."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return [*node.body, *node.orelse]
    return [node]


def test_a_file_reaches_no_further_into_a_lower_slice_than_its_own_room():
    strays = []
    for path in FILES:
        slice_, room = place(path)
        if slice_ not in SLICES or room not in REACH:
            continue
        for name in imports(path):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "branch_desk" or parts[1] in {slice_, "desk", "paper"}:
                continue
            if parts[1] in SLICES and parts[2] not in REACH[room]:
                strays.append(f"{path.relative_to(ROOT)} imports {name}")
    assert strays == []


def test_only_records_and_the_store_know_sql():
    strays = [
        f"{path.relative_to(ROOT)}: {text[:50]!r}"
        for path in FILES
        if place(path)[0] != "store" and place(path)[1] != "records"
        for text in strings(path)
        if SQL.match(text)
    ]
    assert strays == []


ASKERS = {"QFileDialog", "QInputDialog", "QColorDialog", "QFontDialog"}
BOXES = {"question", "warning", "information", "critical", "about", "aboutQt"}
LOOPS = {"app", "drag"}  # the event loop of the program itself, and a hand that drags


def test_no_question_stops_the_program():
    """A dialog with a loop of its own could not be taken down by the lock."""
    strays = []
    for path in FILES:
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            name, of = node.func.attr, ast.unparse(node.func.value)
            stops = name in {"exec", "exec_"} and of not in LOOPS
            asks = (of in ASKERS and name.startswith("get")) or (
                of == "QMessageBox" and name in BOXES
            )
            if stops or asks:
                strays.append(f"{path.relative_to(ROOT)}:{node.lineno} {of}.{name}")
    assert strays == []


def test_files_stay_short_enough_to_hold_one_thing():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text().splitlines())) > 450
    }
    assert long == {}


def test_no_class_is_named_for_nothing():
    vague = re.compile(r"(Manager|Helper|Utils|Service|Info)$")
    named = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and vague.search(node.name)
    ]
    assert named == []


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [
        ("branch_desk.cli", ("PySide6", "reportlab", "pikepdf", "PIL", "sqlite_utils")),
        ("branch_desk.slices", ("PySide6", "reportlab", "pikepdf", "PIL", "sqlite_utils")),
        ("branch_desk.app", ("reportlab", "pikepdf", "PIL", "pypdfium2", "sqlite_utils", "click")),
        ("branch_desk.start", ("PySide6", "click")),
    ],
)
def test_starting_loads_only_what_it_needs(module, kept_out):
    code = f"import {module}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert [name for name in kept_out if name in loaded] == []


def test_the_top_level_holds_nothing_else():
    tracked = subprocess.run(
        [which("git") or "git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    allowed = {
        *("branch_desk", "resources", "pyproject.toml", "tests", "packaging", "README.md"),
        *("CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", ".gitignore", ".ci"),
    }
    assert {name.split("/")[0] for name in tracked if name} <= allowed
