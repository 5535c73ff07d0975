from pathlib import Path

from PySide6.QtCore import QByteArray

from branch_desk.desk.remembered import VARIABLE, Remembered


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
