import time

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branch_desk.desk.manual import pages
from branch_desk.desk.manual.reader import _blocks, _pieces
from branch_desk.desk.manual.window import Manual

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def manual(qtbot, look, remembered):
    made = Manual(look, remembered)
    qtbot.addWidget(made)
    made.open_at("members")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_it_shows_a_page_with_its_pictures_and_all_pages_beside_it(manual):
    assert manual.contents.count() == len(pages.pages())
    assert manual.contents.currentItem().text() == "Members"
    assert manual.reader.toPlainText().startswith("Members")
    assert "Members" in manual.windowTitle()
    picture = manual.reader.loadResource(IMAGE, QUrl("pictures/members.png"))
    assert isinstance(picture, QImage)
    assert picture.width() > 500
    for each in pages.pages():
        manual.open_at(each.name)
        assert manual.reader.horizontalScrollBar().maximum() == 0, each.name


def test_a_picture_is_drawn_from_one_of_its_own_width_so_that_its_letters_stay_whole(manual):
    document = manual.reader.document()
    shown = [each for _, _, each in _pieces(document) if each.isImageFormat()]
    assert shown
    for each in shown:
        picture = each.toImageFormat()
        drawn = document.resource(IMAGE, QUrl(picture.name()))
        assert drawn.width() == round(picture.width() * manual.devicePixelRatioF())


def test_headings_are_as_large_as_the_theme_says(manual, look):
    document = manual.reader.document()
    sizes = {1: look.theme.sizes["title"], 2: look.theme.sizes["lead"]}
    found = set()
    for block in _blocks(document):
        level = block.blockFormat().headingLevel()
        if level in sizes:
            found.add(level)
            assert block.begin().fragment().charFormat().font().pixelSize() == sizes[level]
    assert found == set(sizes)


def test_nothing_is_loaded_but_pictures_of_its_own(manual):
    for address in ("https://example.org/x.png", "file:///etc/hostname", "../index.md"):
        assert manual.reader.loadResource(IMAGE, QUrl(address)) is None
    assert manual.reader.loadResource(2 + 1, QUrl("pictures/members.png")) is None


def test_links_lead_on_and_the_way_back_is_kept(manual):
    manual.reader.anchorClicked.emit(QUrl("hq-list.md"))
    assert manual.reader.name == "hq-list"
    manual.back_action.trigger()
    assert manual.reader.name == "members"
    assert not manual.back_action.isEnabled()
    QTest.keyClick(manual, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert manual.reader.name == "hq-list"
    assert not manual.on_action.isEnabled()
    manual.reader.anchorClicked.emit(QUrl("members.md#letters-and-labels"))
    assert manual.reader.textCursor().block().text() == "Letters and labels"
    manual.reader.anchorClicked.emit(QUrl("#add-somebody"))
    assert manual.reader.name == "members"
    assert manual.reader.textCursor().block().text() == "Add somebody"


def test_a_link_that_leads_out_is_named_and_not_followed(manual):
    manual.reader.anchorClicked.emit(QUrl("https://example.org/rules"))
    assert "https://example.org/rules" in manual.hint.text()
    assert manual.hint.isVisible()
    assert manual.reader.name == "members"


def test_a_word_is_found_on_every_page_and_marked(manual, qtbot):
    QTest.keyClick(manual, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.search.hasFocus()
    qtbot.keyClicks(manual.search, "backup")
    assert manual.hits.isVisible()
    assert manual.hits.count() == len(pages.search("backup")) >= 2
    assert str(manual.hits.count()) in manual.count.text()
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.reader.extraSelections()
    marked = [each.cursor.selectedText().casefold() for each in manual.reader.extraSelections()]
    assert set(marked) == {"backup"}
    qtbot.keyClick(manual.hits, Qt.Key.Key_Down)
    assert manual.reader.extraSelections()
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    assert manual.contents.isVisible()
    assert not manual.reader.extraSelections()
    qtbot.keyClicks(manual.search, "zzzz")
    assert manual.count.text() == "Nowhere"
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_it_follows_the_theme_and_comes_back_as_it_was_left(manual, look, remembered, qtbot):
    look.set_mode("dark")
    page = manual.reader.viewport().grab().toImage()
    assert page.pixelColor(4, 4).lightness() < 80
    assert manual.grab().toImage().pixelColor(2, 2).lightness() < 80
    manual.resize(900, 610)
    manual.close()
    again = Manual(look, remembered)
    qtbot.addWidget(again)
    assert again.height() == 610
    again.open_at("no such page")
    assert again.reader.name == "index"


def test_it_is_open_before_one_has_looked(look, remembered, qtbot):
    pages.pages()
    begun = time.perf_counter()
    made = Manual(look, remembered)
    qtbot.addWidget(made)
    made.open_at("members")
    made.show()
    made.grab()
    assert time.perf_counter() - begun < 1.0


def test_words_are_found_whatever_their_case_and_marks():
    (first, *_) = pages.search("MEMBERS")
    assert first.page.name == "members"
    assert pages.search("") == []
    assert pages.search("members zzzz") == []
    hit = pages.search("postcode")[0]
    assert "postcode" in hit.around.casefold()
    assert hit.count >= 1
    assert pages.search("address labels")
    assert pages.slug("HQ's list (new)") == "hqs-list-new"


def test_a_page_that_was_turned_is_let_go_of(manual):
    for each in pages.pages():
        manual.open_at(each.name)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert manual.reader.findChildren(QTextDocument) == [manual.reader.document()]


def test_marks_of_a_page_that_was_turned_are_not_looked_for_in_the_next(manual):
    """Qt kept them, and asked the new page where the old one's words stand: the program ended."""
    manual.search.setText("member")
    for each in [*pages.pages(), *pages.pages()]:
        manual.open_at(each.name)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert all(
            mark.cursor.document() is manual.reader.document()
            for mark in manual.reader.extraSelections()
        )


def test_words_stay_marked_in_the_other_light(manual, look):
    manual.open_at("members")
    manual.search.setText("member")
    marked = len(manual.reader.extraSelections())
    assert marked
    look.set_mode("dark")
    assert len(manual.reader.extraSelections()) == marked
