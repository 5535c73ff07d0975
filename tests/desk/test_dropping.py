"""Files dropped anywhere on the desk, each going to the page that takes it."""

from pathlib import Path
from pkgutil import resolve_name

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from branch_desk import app

LIST = "Membership number,Forename,Surname,Postcode\n1001,Ada,Byron,HF1 1AA\n"
MAIL = "From: a@example.org\nTo: b@example.org\nSubject: The hall\nDate: {day}\n\nIt is free.\n"
MOTION = "---\ntitle: A bench\nmover: Ada Byron\n---\nThis branch asks for a bench.\n"


@pytest.fixture
def drop(window):
    """Drop files on a part of the window; returns whether anything took them."""

    def dropped(widget, *paths: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        here = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *here)
        entering.ignore()
        QApplication.sendEvent(widget, entering)
        if not entering.isAccepted():
            return False
        letting_go = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *here, QEvent.Type.Drop)
        QApplication.sendEvent(widget, letting_go)
        return letting_go.isAccepted()

    return dropped


@pytest.fixture
def desk(window, store):
    """The desk of an open branch."""
    window.show_store(store)
    return window.workspace


def test_a_list_dropped_on_today_is_reviewed_among_the_members(desk, drop, tmp_path, qtbot):
    path = tmp_path / "HQ.CSV"
    path.write_text(LIST, "utf-8")
    assert set(desk._pages) == {"Today"}  # nothing was built to learn who takes it
    assert drop(desk, path)
    assert desk.page.name == "Members"
    qtbot.waitUntil(lambda: desk.page._cover is not None, timeout=10_000)


def test_an_e_mail_dropped_on_today_is_filed_among_the_letters(desk, drop, store, tmp_path, qtbot):
    path = tmp_path / "mail.eml"
    path.write_text(MAIL.format(day="Mon, 18 May 2026 09:00:00 +0100"), "utf-8")
    assert drop(desk.rail, path)
    assert desk.page.name == "Letters"
    qtbot.waitUntil(lambda: store.value("SELECT count(*) FROM letter") == 1, timeout=10_000)


def test_a_motion_dropped_on_the_letters_goes_to_the_motions(desk, drop, tmp_path, qtbot):
    desk.show_page("Letters")
    path = tmp_path / "motion.md"
    path.write_text(MOTION, "utf-8")
    assert drop(desk, path)
    assert desk.page.name == "Motions"
    qtbot.waitUntil(lambda: desk.session.workers.idle, timeout=10_000)


def test_the_page_in_front_comes_first_and_what_nobody_takes_is_left(desk, drop, tmp_path):
    picture, mail = tmp_path / "hall.png", tmp_path / "motion.eml"
    for path in (picture, mail):
        path.write_bytes(b"")
    assert not drop(desk, picture)
    assert not drop(desk, tmp_path / "some.zip")
    assert desk.page.name == "Today"
    desk.show_page("Leaflets")
    assert desk.drops._taker([str(picture)])[0] == "Leaflets"
    desk.show_page("Motions")
    assert desk.drops._taker([str(mail), str(picture)]) == ("Motions", [str(mail)])


def test_what_a_page_takes_from_anywhere_it_takes_when_it_is_in_front():
    for name, _, place in app.PAGES:
        assert set(app.TAKES.get(name, ())) <= set(resolve_name(place).drops)
