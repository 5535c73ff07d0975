"""Nothing is cut, outside or covered: with letters twice as large, and on a small window."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.desk import room

PAGES = ("Today", "Members", "Meetings", "Motions", "Letters", "Leaflets", "Branch")
LARGE, SMALL = (200, 1280, 800), (100, 1024, 640)


def settle(window, qtbot):
    session = window.session
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: session.workers.idle, timeout=20_000)
    QApplication.processEvents()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [LARGE, SMALL], ids=["200 % at 1280x800", "100 % at 1024x640"])
def test_every_page_has_room_for_all_its_words(window, look, qtbot, page, size):
    percent, width, height = size
    look.set_percent(percent)
    window.resize(width, height)
    window.show_page(page)
    settle(window, qtbot)
    assert window.width() == width
    assert "\n".join(room.wrong(window)) == ""


def test_what_is_cut_outside_or_covered_is_found(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(200, 100)
    narrow, beyond, over = (
        QLabel("Cut in the midst", holder),
        QPushButton("Out", holder),
        QLabel("Over", holder),
    )
    narrow.setGeometry(0, 0, 20, 20)
    beyond.setGeometry(150, 50, 90, 30)
    over.setGeometry(10, 5, 60, 20)
    holder.show()
    assert "Cut in the midst" in room.cut(holder)[0]
    assert "Out" in room.outside(holder)[0]
    assert "Over" in room.over_one_another(holder)[0]
