"""A flyer on the leaflets' page, and how to wait until it is drawn."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from branch_desk.leaflets import records
from branch_desk.leaflets.page import LeafletsPage

FLYER = "event-flyer-a5"
CARD = "sorry-we-missed-you-a6"


@pytest.fixture
def flyer_id(store):
    return records.add(store, title="Library", layout=FLYER, texts={"headline": "Save our library"})


@pytest.fixture
def drawn(qtbot, settled):
    """Wait until the leaflet shown is drawn and checked as it stands."""

    def wait(page):
        panel = page.panel
        settled()
        qtbot.waitUntil(
            lambda: not panel._draw_later.isActive() and not panel._check_later.isActive(),
            timeout=20_000,
        )
        settled()

    return wait


@pytest.fixture
def page(flyer_id, shown, drawn, qtbot):
    made = shown(LeafletsPage, 1300, 800)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    drawn(made)
    return made


@pytest.fixture
def photo(tmp_path, qapp):
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    path = tmp_path / "photo.png"
    path.write_bytes(bytes(buffer.data().data()))
    return path


@pytest.fixture
def whole(store, flyer_id, drawn):
    """Give the flyer every text it takes, so that nothing stops it."""

    def fill(page):
        layout = records.material(store, flyer_id).layout
        texts = {each.name: each.sample or "example.org/library" for each in layout.fields}
        records.change(store, flyer_id, texts=texts, election_material=False)
        drawn(page)

    return fill
