import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.desk.remembered import KEPT, OF_A_FILE, VARIABLE, Remembered, key_of
from branch_desk.desk.window import Window
from branch_desk.members import records as members


def test_the_newest_files_come_first_and_those_gone_are_left_out(remembered, tmp_path):
    assert remembered.recent() == []
    paths = [tmp_path / f"{number}.branch" for number in range(10)]
    for path in paths:
        path.touch()
        remembered.opened(path)
    remembered.opened(paths[3])
    paths[9].unlink()
    assert remembered.recent() == [paths[3], *reversed(paths[4:9]), paths[2]]
    assert Remembered().recent() == remembered.recent()


def test_words_and_geometry_are_kept(remembered):
    assert remembered.text("look", "system") == "system"
    remembered.keep("look", "dark")
    assert remembered.text("look") == "dark"
    assert remembered.bytes("window").isEmpty()
    remembered.keep("window", QByteArray(b"xyz"))
    assert Remembered().bytes("window") == QByteArray(b"xyz")


def test_without_a_folder_given_it_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    here = Path(tmp_path)
    remembered = Remembered()
    assert here in remembered.folder.parents
    assert remembered.demo_folder().name == "demo"
    assert here in remembered.demo_folder().parents


def asked_for(call):
    """The beginning of the key a call names: its text, up to where something is filled in."""
    (key, *_) = call.args
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
        return str(key.values[0].value)
    return None


def test_everything_kept_outside_a_branch_file_is_named_in_one_place():
    unnamed = []
    for path in (Path(__file__).parents[2] / "branch_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "keep"
                and ast.unparse(node.func.value).endswith("remembered")
            ):
                key = asked_for(node)
                if key is not None and not any(key.startswith(each) for each in KEPT):
                    unnamed.append(f"{path.name}: {key}")
    assert unnamed == []


def test_nothing_of_a_member_is_kept_outside_the_branch_file(desk_used):
    kept = desk_used.folder.joinpath("desk.ini").read_text("utf-8", "replace")
    for secret in ("Okafor", "Ada", "ada@example.org", "1 High Street", "Highfield Ward"):
        assert secret not in kept
    keys = {key for key in desk_used._settings.allKeys() if key}
    strays = {key for key in keys if not any(key.startswith(each.strip("/")) for each in KEPT)}
    assert strays == set()
    assert keys


@pytest.fixture
def desk_used(qtbot, look, remembered, branch_file, template):
    """What is remembered after every page of a branch with a member was shown and searched."""
    made = Window(app.program(), look, remembered)
    qtbot.addWidget(made)
    made.show()
    store = app.open_branch(branch_file, template[1])
    branch.set_details(store, name="Highfield Ward")
    members.add(store, forename="Ada", surname="Okafor", email="ada@example.org")
    made.show_store(store)
    for name, _, _ in app.PAGES:
        made.show_page(name)
        qtbot.waitUntil(lambda: made.session.workers.idle, timeout=8_000)
    made.show_page("Members")
    made.workspace.page.search.setText("Okafor")
    qtbot.waitUntil(lambda: made.session.workers.idle, timeout=8_000)
    made.lock()
    made.close()
    remembered._settings.sync()
    return remembered


def test_a_file_is_forgotten_with_all_that_was_kept_of_it(remembered, tmp_path):
    path = tmp_path / "A.branch"
    path.touch()
    remembered.opened(path)
    for of in OF_A_FILE:
        remembered.keep(key_of(of, path), "1")
    remembered.forget(path)
    assert remembered.listed() == []
    assert [of for of in OF_A_FILE if remembered.text(key_of(of, path))] == []


def test_files_are_looked_for_where_the_last_one_was_whatever_its_kind():
    assert sorted(key for key in KEPT if "folder" in key) == ["backup folder", "folder"]
