import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from branch_desk.desk import announce
from branch_desk.desk.actions import Command
from branch_desk.desk.command_box import CommandBox
from branch_desk.desk.command_lines import Line, LinePainter
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.today import places

LEFT = Qt.MouseButton.LeftButton
LONG = "A very long motion about everything " * 6
KEYS = Qt.Key


@pytest.fixture
def done():
    return []


@pytest.fixture
def opened(qtbot, session, done, look):
    """The box over a window with a field in it, and what was chosen in it."""
    window = QWidget()
    window.resize(1024, 640)
    field = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    given = [
        Command("1 Today", "View", "Ctrl+1", "calendar-check", lambda: done.append("today")),
        Command("Add a member…", "Members", "Ctrl+N", "users", lambda: done.append("add")),
        Command("Undo “Add a member”", "Edit", "Ctrl+Z", "", lambda: done.append("undo"), False),
    ]
    session.went.connect(lambda place: done.append((place.page, place.id)))
    box = CommandBox(window, session, places.kinds(), lambda: given, lambda: ())
    box.begin()
    yield box
    window.close()


def titles(box):
    return [each.title for each in box.lines.lines]


def typed(box, qtbot, settled, text):
    box.edit.clear()
    qtbot.keyClicks(box.edit, text)
    settled()


def test_typing_finds_members_motions_and_commands(opened, store, qtbot, settled, done):
    ada = members.add(store, forename="Ada", surname="Okafor")
    motions.add(store, title="Adapt the hall", text="We ask for a ramp.", mover="Bryn")
    typed(opened, qtbot, settled, "ada")
    assert titles(opened)[0] == "Ada Okafor"
    assert any("Adapt the hall" in each for each in titles(opened))
    kinds = [each.kind for each in opened.lines.lines]
    assert kinds == ["member", "motion"]
    qtbot.keyClick(opened.edit, KEYS.Key_Return)
    assert done == [("Members", ada)]
    assert opened.isHidden()


def test_a_command_is_done_by_its_words_and_shows_its_shortcut_and_place(
    opened, qtbot, settled, done
):
    typed(opened, qtbot, settled, "add mem")
    first = opened.lines.lines[0]
    assert (first.title, first.kind, first.keys) == ("Add a member…", "Members", "Ctrl+N")
    qtbot.keyClick(opened.edit, KEYS.Key_Return)
    assert done == ["add"]


def test_what_cannot_be_done_now_is_listed_greyed_and_does_nothing(opened, qtbot, settled, done):
    typed(opened, qtbot, settled, "undo")
    index = opened.lines.index(0)
    assert not opened.lines.flags(index) & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(opened.edit, KEYS.Key_Return)
    assert done == []
    assert opened.isVisible()


def test_arrows_go_round_and_esc_gives_the_focus_back(opened, store, qtbot, settled):
    for name in ("Ada", "Adam", "Adele"):
        members.add(store, forename=name, surname="Okafor")
    typed(opened, qtbot, settled, "okafor")
    many = len(titles(opened))
    assert many == 3
    for _ in range(2):
        qtbot.keyClick(opened.edit, KEYS.Key_Down)
    assert opened.view.currentIndex().row() == 2
    qtbot.keyClick(opened.edit, KEYS.Key_Down)
    assert opened.view.currentIndex().row() == 0
    qtbot.keyClick(opened.edit, KEYS.Key_Up)
    assert opened.view.currentIndex().row() == 2
    qtbot.keyClick(opened.edit, KEYS.Key_PageUp)
    assert opened.view.currentIndex().row() == 0
    with qtbot.waitSignal(opened.left):
        qtbot.keyClick(opened.edit, KEYS.Key_Escape)
    assert opened.parentWidget().focusWidget() is opened.parentWidget().findChild(QLineEdit)
    assert titles(opened) == []


def test_enter_before_the_answer_is_there_goes_when_it_comes(opened, store, qtbot, settled, done):
    ada = members.add(store, forename="Ada", surname="Okafor")
    opened.edit.setText("okafor")
    qtbot.keyClick(opened.edit, KEYS.Key_Return)
    assert done == []
    settled()
    assert done == [("Members", ada)]


def test_nothing_found_says_so(opened, qtbot, settled):
    typed(opened, qtbot, settled, "zzzz")
    assert opened.nothing.isVisible()
    assert "zzzz" in opened.nothing.text()
    assert not opened.view.isVisible()


def test_the_places_gone_to_last_are_there_before_anything_is_typed(
    qtbot, session, store, settled, opened
):
    ada = members.add(store, forename="Ada", surname="Okafor")
    gone = members.add(store, forename="Bryn", surname="Howells")
    store.undo()
    recent = [("Members", gone), ("Members", ada), ("Nowhere", 1)]
    box = CommandBox(opened.parentWidget(), session, places.kinds(), list, lambda: recent)
    box.begin()
    settled()
    assert titles(box) == ["Ada Okafor"]


def test_a_title_of_two_hundred_letters_keeps_the_box_as_wide_as_it_is(
    opened, store, qtbot, settled
):
    motions.add(store, title=LONG[:200], text="Yes.", mover="Bryn")
    before = opened.box.width()
    typed(opened, qtbot, settled, "everything")
    assert opened.lines.lines[0].title.endswith(LONG[:200].strip()[-20:])
    assert opened.box.width() == before
    assert not opened.box.grab().isNull()
    assert opened.view.horizontalScrollBar().maximum() == 0


def test_hostile_names_are_plain_text(opened, store, qtbot, settled):
    members.add(store, forename='=HYPERLINK("x")', surname="<b>bold</b> & O'Brien-Ŵyn")
    typed(opened, qtbot, settled, "obrien")
    assert titles(opened) == ['=HYPERLINK("x") <b>bold</b> & O\'Brien-Ŵyn']
    assert not opened.box.grab().isNull()


def test_a_click_chooses_and_a_click_beside_it_leaves(opened, store, qtbot, settled, done):
    members.add(store, forename="Ada", surname="Okafor")
    typed(opened, qtbot, settled, "okafor")
    middle = opened.view.visualRect(opened.lines.index(0)).center()
    qtbot.mouseClick(opened.view.viewport(), LEFT, pos=middle)
    qtbot.waitUntil(lambda: [each[0] for each in done] == ["Members"])
    opened.begin()
    qtbot.mouseClick(opened, LEFT, pos=QPoint(3, opened.height() - 3))
    assert opened.isHidden()


def test_a_screen_reader_hears_how_many_and_what_is_chosen(
    opened, store, qtbot, settled, monkeypatch
):
    heard = []
    monkeypatch.setattr(announce.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        announce.QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    members.add(store, forename="Ada", surname="Okafor")
    members.add(store, forename="Bryn", surname="Okafor")
    typed(opened, qtbot, settled, "okafor")
    assert heard[-1] == "2 answers. Ada Okafor, member"
    qtbot.keyClick(opened.edit, KEYS.Key_Down)
    assert heard[-1] == "Bryn Okafor, member"
    index = opened.lines.index(1)
    assert opened.lines.data(index, Qt.ItemDataRole.AccessibleTextRole) == heard[-1]
    assert opened.lines.data(index, Qt.ItemDataRole.ToolTipRole) == "Bryn Okafor"
    for part in (opened, opened.edit, opened.view):
        assert part.accessibleName()


def test_it_fits_a_small_window_and_large_text(opened, store, qtbot, settled, look):
    for name in range(20):
        members.add(store, forename=f"Ada {name}", surname="Okafor")
    look.set_percent(200)
    opened.parentWidget().resize(1000, 600)
    typed(opened, qtbot, settled, "okafor")
    assert opened.rect().contains(opened.box.geometry())
    row = opened.view.sizeHintForRow(0)
    assert row >= opened.edit.fontMetrics().height()
    assert isinstance(opened.view.itemDelegate(), LinePainter)
    look.set_percent(100)


def drawn(box, line, width):
    """A line as it is drawn, over a width of its own."""
    box.lines.show([line])
    picture = QImage(width, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 60)
    painter = QPainter(picture)
    box.view.itemDelegate().paint(painter, option, box.lines.index(0))
    painter.end()
    return picture


def test_the_detail_is_drawn_where_there_is_room_for_it(opened):
    bare = Line("Ada Okafor", "", "member", "users", "", list)
    told = Line("Ada Okafor", "1 Mill Lane", "member", "users", "", list)
    assert drawn(opened, told, 700) != drawn(opened, bare, 700)
    assert drawn(opened, told, 200) == drawn(opened, bare, 200)


def test_a_line_is_asked_for_nothing_but_its_words(opened):
    opened.lines.show([Line("Ada Okafor", "1 Mill Lane", "member", "users", "", list)])
    index = opened.lines.index(0)
    assert opened.lines.data(index) == "Ada Okafor"
    assert opened.lines.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert opened.lines.rowCount(index) == 0
