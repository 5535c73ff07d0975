"""The log, whether it adds up, and backups made and taken back."""

import pytest
from PySide6.QtGui import QGuiApplication

from branch_desk.branch import records
from branch_desk.desk.window import Window
from branch_desk.store import backup
from branch_desk.store.store import Store
from tests.conftest import PASSPHRASE, hands, slices


@pytest.fixture
def safety(page, settled):
    page.show_tab("log")
    settled()
    return page.safety


def row(safety, number):
    model = safety.table.rows
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def test_the_log_is_listed_newest_first_and_follows(safety, page, store, settled):
    records.add_officer(store, "Chair", "Ada Okafor")
    settled()
    assert row(safety, 0)[1] == "Appoint an officer"
    assert row(safety, 0)[2:] == ["1", "tester"]
    page.session.undo()
    settled()
    assert row(safety, 0)[1].endswith("(taken back)")
    assert safety.count.text() == f"{safety.table.rows.rowCount()} entries"
    assert "Okafor" not in " ".join(row(safety, 0) + row(safety, 1))


def test_checking_says_that_nothing_was_altered(safety, page, store, settled, qtbot):
    page.check.trigger()
    assert not safety.check_button.isEnabled()
    settled()
    assert safety.verdict.text().startswith("Nothing was altered: ")
    assert safety.fingerprint.text() == backup.verify(store).fingerprint
    with qtbot.waitSignal(page.session.said):
        safety.copy.click()
    assert QGuiApplication.clipboard().text() == safety.fingerprint.text()


def test_what_was_altered_is_said_without_a_fingerprint(safety, store, settled):
    records.set_details(store, name="Highfield")
    store.database.conn.execute("PRAGMA query_only = OFF")
    store.database.conn.execute("UPDATE branch SET name = 'Lowfield'")
    safety.check()
    settled()
    assert safety.verdict.text().startswith("Something is not as it was written: ")
    assert safety.verdict.property("role") == "error"
    assert not safety.fingerprint.isVisible()


def test_a_check_that_fails_can_be_tried_again(safety, page, settled, monkeypatch, qtbot):
    from branch_desk.store.errors import DiskFull

    def fails(store):
        raise DiskFull(store.path)

    monkeypatch.setattr(backup, "verify", fails)
    with qtbot.waitSignal(page.session.failed):
        safety.check()
    assert safety.check_button.isEnabled()


def test_a_backup_is_made_a_file_again(safety, page, store, settled, choosing, tmp_path, qtbot):
    records.set_details(store, name="Highfield")
    (tmp_path / "copies").mkdir()
    made = backup.back_up(store, tmp_path / "copies")
    choosing(made)
    asked = []
    safety._ask_target = asked.append
    page.restore.trigger()
    assert asked == [made]
    target = tmp_path / "again"
    with qtbot.waitSignal(page.session.said, timeout=20_000):
        safety._restore(made, target)
    assert "checked, whole, with" in safety.restored.text()
    with Store.open(tmp_path / "again.branch", store.key, slices(), **hands()) as again:
        assert records.details(again).name == "Highfield"


def test_where_it_is_made_is_asked(safety, tmp_path, choosing, monkeypatch):
    asked = []
    monkeypatch.setattr(safety, "_restore", lambda *given: asked.append(given))
    choosing(tmp_path / "new.branch")
    safety._ask_target(tmp_path / "old.branch")
    assert asked == [(tmp_path / "old.branch", tmp_path / "new.branch")]


def test_a_backup_under_another_passphrase_asks_for_it(
    safety, page, store, settled, tmp_path, answering, qtbot
):
    other = tmp_path / "Other.branch"
    Store.create(other, PASSPHRASE, slices(), **hands()).close()
    asked = answering(**{"Passphrase of the backup": PASSPHRASE})
    with qtbot.waitSignal(page.session.said, timeout=20_000):
        safety._restore(other, tmp_path / "again.branch")
    assert len(asked) == 1
    assert (tmp_path / "again.branch").exists()


def test_what_is_no_backup_is_refused_in_words(safety, page, tmp_path, qtbot):
    (tmp_path / "no.branch").write_bytes(b"")
    with qtbot.waitSignal(page.session.failed, timeout=20_000):
        safety._restore(tmp_path / "no.branch", tmp_path / "again.branch")
    assert not (tmp_path / "again.branch").exists()


def test_backing_up_and_the_passphrase_are_the_window_s(safety, monkeypatch):
    safety.back_up()  # a page without a window about it does nothing
    safety.change_passphrase()
    done = []
    window = Window.__new__(Window)
    window.backing_up = type("Backing", (), {"ask": lambda _: done.append("backed up")})()
    monkeypatch.setattr(Window, "change_passphrase", lambda _: done.append("changed"))
    monkeypatch.setattr(safety, "window", lambda: window)
    safety.back_up()
    safety.change_passphrase()
    assert done == ["backed up", "changed"]
