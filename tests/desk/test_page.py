"""A page with a list: filters, what stands under it, and where the keyboard goes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.page import Elided, ListPage, Page
from branch_desk.desk.page import focus as focusing
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark
from branch_desk.members import records as members

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass(frozen=True)
class Thing:
    id: int

    @property
    def name(self):
        return f"{'even' if self.id % 2 == 0 else 'odd'} {self.id}"


COLUMNS = (
    Column(mark("Name"), lambda thing: thing.name, order="name"),
    Column(mark("Number"), lambda thing: str(thing.id), sample="000", order="number"),
)


class Things(ListPage):
    """Whole numbers, odd and even."""

    name = mark("Things")
    icon = "list"
    tables = frozenset({"member"})
    drops = (".csv",)
    filters = (("all", mark("Everything")), ("even", mark("Even")), ("none", mark("None")))
    everything = range(1, 21)

    def __init__(self, session):
        self.shown, self.stored, self.dropped, self.summarised = [], [], [], 0
        self.field = QLineEdit()
        self.field.editingFinished.connect(lambda: self.stored.append(self.field.text()))
        self.button = QPushButton("Do")
        detail = QWidget()
        layout = QVBoxLayout(detail)
        layout.addWidget(self.button)
        layout.addWidget(self.field)
        model = IdTable(COLUMNS, lambda ids: [Thing(each) for each in ids])
        empty = kit.Empty("list", "Nothing yet", "Things stand here.")
        super().__init__(session, Table(model, "Things"), detail, empty)
        self.add = kit.action("Add", lambda: None)
        self.add_to_head(kit.press(self.add, role="primary"))
        self.menu_on_table([self.add])

    def actions_of_page(self):
        return (self.add,)

    def ids_for(self, search, order, *, descending):
        rest = {"all": 1, "even": 2, "none": 1000}[self.filtered]
        found = [each for each in self.everything if each % rest == 0]
        found = [each for each in found if search in Thing(each).name]
        if order == "name":
            found.sort(key=lambda each: Thing(each).name)
        return found[::-1] if descending else found

    def show_detail(self, row_id):
        self.shown.append(row_id)

    def summarise(self):
        self.summarised += 1

    def drop(self, paths):
        self.dropped.append(paths)


class Nobody(Things):
    everything = range(0)


class Quick(Things):
    """Finds its first rows at once."""

    filters = ()
    filtered = "all"

    def ids_for(self, search, order, *, descending):
        self.filtered = "all"
        return super().ids_for(search, order, descending=descending)

    def first_for(self, search):
        return lambda: [each for each in self.everything if search in Thing(each).name][:1]


@pytest.fixture
def page(shown, qtbot):
    def show(kind=Things, width=1180):
        made = shown(kind, width)
        made.activateWindow()
        made.setWindowTitle("page")
        return made

    return show


def look_for(page, text, settled):
    page.search.setText(text)
    settled()


# Filters


def test_a_filter_narrows_the_list_and_is_there_next_time(page, settled):
    shown = page()
    assert list(shown.table.rows.ids) == list(range(1, 21))
    shown.filter.setCurrentIndex(1)
    shown.filter.activated.emit(1)
    settled()
    assert list(shown.table.rows.ids) == list(range(2, 21, 2))
    again = page()
    assert (again.filtered, len(again.table.rows.ids)) == ("even", 10)


def test_filters_have_counts(page):
    shown = page()
    shown.count_filters({"even": 1200})
    texts = [shown.filter.itemText(place) for place in range(3)]
    assert texts == ["Everything", "Even · 1,200", "None"]


def test_going_to_a_filter_shows_it_and_going_to_a_thing_takes_it_away(page, settled):
    shown = page()
    look_for(shown, "odd", settled)
    shown.show_thing(0, "even")
    settled()
    assert (shown.search.text(), shown.filtered) == ("", "even")
    shown.show_thing(4)
    settled()
    assert (shown.filtered, shown.table.current_id()) == ("even", 4)
    shown.show_thing(5)
    settled()
    assert (shown.filtered, shown.table.current_id()) == ("all", 5)


def test_a_thing_that_came_just_now_is_listed_and_chosen(page, settled):
    shown = page()
    shown.everything = range(1, 31)
    shown.show_thing(25)
    settled()
    assert shown.table.current_id() == 25
    assert shown.shown[-1] == 25


# What stands under the list


def test_how_many_are_shown_of_how_many_is_said_while_the_list_is_narrowed(page, settled):
    shown = page()
    assert not shown.foot.isVisible()
    look_for(shown, "even", settled)
    assert shown.foot.shown.text() == "10 of 20 shown"
    shown.search.clear()
    settled()
    assert not shown.foot.isVisible()
    shown.filter.setCurrentIndex(1)
    shown.filter.activated.emit(1)
    settled()
    assert page().foot.shown.text() == "10 shown"


def test_a_filter_that_was_only_gone_to_is_over_once_the_page_was_left(page, settled):
    shown = page()
    settled()
    before = shown.filter.currentData()
    shown.show_thing(0, "even")
    settled()
    assert shown.filtered == "even"
    shown.hide()
    shown.show()
    settled()
    assert (shown.filter.currentData(), shown.filtered) == (before, before)


def test_a_filter_that_was_only_gone_to_is_not_there_next_time(page, settled):
    shown = page()
    shown.show_thing(0, "even")
    settled()
    assert len(shown.table.rows.ids) == 10
    assert page().filtered == "all"


def test_how_many_are_selected_is_said_and_clear_clears(page, qtbot):
    shown = page()
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Qt.Key.Key_A, CTRL)
    assert shown.foot.selected.text() == "All 20 selected"
    qtbot.mouseClick(shown.foot.clear, Qt.MouseButton.LeftButton)
    assert not shown.foot.isVisible()
    qtbot.keyClick(shown.table, Qt.Key.Key_Down, SHIFT)
    assert shown.foot.selected.text() == "2 selected"


def test_all_that_match_follows_the_list_but_not_to_another_question(page, settled):
    shown = page()
    look_for(shown, "even", settled)
    shown.table.pick_all()
    assert shown.table.picked().ids() == list(range(2, 21, 2))
    shown.everything = range(1, 31)
    shown.refresh()
    settled()
    assert shown.table.picked().count == 15
    look_for(shown, "odd", settled)
    assert not shown.table.picked().every


def test_nothing_found_says_what_was_asked_and_offers_everything(page, settled, qtbot):
    shown = page()
    look_for(shown, "xyz", settled)
    assert shown.nothing.words.text() == "Nothing here matches “xyz”."
    shown.show_filtered("none")
    settled()
    assert shown.nothing.words.text() == "Nobody and nothing under “None”."
    look_for(shown, "xyz", settled)
    assert shown.nothing.words.text() == "Nothing under “None” matches “xyz”."
    assert shown.whole.currentIndex() == 0
    qtbot.mouseClick(shown.nothing.everything, Qt.MouseButton.LeftButton)
    settled()
    assert len(shown.table.rows.ids) == 20
    assert shown.table.hasFocus()


def test_a_page_without_anything_says_what_it_is_for(page, qtbot):
    shown = page(Nobody)
    assert shown.whole.currentIndex() == 1
    shown.search.setFocus()
    qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    assert shown.search.hasFocus()


# Sorting and searching


def test_sorting_is_asked_for_and_remembered(page, settled):
    shown = page()
    shown.table.sort_as(1, falling=True)
    settled()
    assert list(shown.table.rows.ids) == list(range(20, 0, -1))
    assert list(page().table.rows.ids) == list(range(20, 0, -1))


def test_the_first_rows_come_at_once_and_all_once_typing_pauses(page, qtbot, settled):
    shown = page(Quick)
    seen = []
    shown.table.rows.modelReset.connect(lambda: seen.append(len(shown.table.rows.ids)))
    shown.search.setText("even")
    qtbot.waitUntil(lambda: len(shown.table.rows.ids) == 10)
    assert seen == [1, 10]


# The keyboard


def test_esc_clears_the_search_and_down_and_enter_go_to_the_list(page, qtbot, settled):
    shown = page()
    shown.find_on_page()
    look_for(shown, "even", settled)
    qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    assert shown.table.hasFocus()
    shown.find_on_page()
    assert shown.search.hasFocus()
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.search.text() == ""
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.table.hasFocus()
    qtbot.keyClicks(shown.search, "od")
    assert shown.search.text() == "od"


def test_enter_goes_into_the_detail_and_back_to_the_row(page, qtbot):
    shown = page()
    shown.table.choose_row(3)
    shown.table.setFocus()
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    assert shown.field.hasFocus()
    shown.back_action.trigger()
    assert shown.table.hasFocus()
    assert shown.table.current_id() == 4


def test_f6_goes_round_the_parts_of_the_page_both_ways(page):
    shown = page()
    shown.search.setFocus()
    seen = []
    for act in (*[shown.part_action] * 3, *[shown.part_before_action] * 3):
        act.trigger()
        seen.append(QApplication.focusWidget())
    ways = [shown.table, shown.field, shown.search]
    assert seen == [*ways, shown.field, shown.table, shown.search]


def test_next_and_before_step_through_the_list_and_store_what_is_typed(page, qtbot):
    shown = page()
    shown.table.choose_row(0)
    shown.field.setFocus()
    qtbot.keyClicks(shown.field, "typed")
    shown.next_action.trigger()
    assert (shown.table.current_id(), shown.stored) == (2, ["typed"])
    assert shown.field.hasFocus()
    shown.before_action.trigger()
    assert shown.table.current_id() == 1
    shown.table.setFocus()
    shown.next_action.trigger()
    assert shown.table.hasFocus()


def test_where_a_field_is_gone_the_keyboard_stays_in_the_detail(page):
    shown = page()
    shown.table.choose_row(0)
    shown.field.setFocus()
    shown.table.chosen.connect(lambda _: shown.field.hide())
    shown.next_action.trigger()
    assert shown.button.hasFocus()


def test_a_cover_takes_the_keyboard_and_gives_it_back_to_the_list(page, settled):
    shown = page()
    first, cover = QLabel("first"), QWidget()
    layout = QVBoxLayout(cover)
    inside = QLineEdit()
    layout.addWidget(inside)
    shown.cover(first)
    shown.cover(cover)
    assert inside.hasFocus()
    assert not shown.back_action.isEnabled()
    shown.refresh()
    settled()
    assert shown.whole.currentWidget() is cover
    shown.part_action.trigger()
    assert shown.search.hasFocus()
    shown.uncover()
    shown.uncover()
    settled()
    assert shown.table.hasFocus()
    assert shown.back_action.isEnabled()


def test_a_part_without_anything_to_press_is_passed_by(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    parts = [QLineEdit(), QLabel("none"), QPushButton("press")]
    for part in parts:
        layout.addWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    parts[0].setFocus()
    focusing.turn(parts, 1)
    assert parts[2].hasFocus()
    assert not focusing.into(parts[1])
    focusing.turn([parts[1]], 1)
    assert parts[2].hasFocus()
    window.setFocus()
    parts[2].clearFocus()
    focusing.turn(parts, -1)
    assert parts[2].hasFocus()


def test_the_menu_of_a_row_opens_it_and_copies_it(page):
    shown = page()
    texts = [act.text() for act in shown.table.menu.actions()]
    assert texts == ["Open the detail", "Add", "", "Copy the selected rows"]
    around = shown.actions_around()
    assert shown.table.columns_action in around
    keys = {act.text(): act.shortcut().toString() for act in around}
    assert (keys["Next one"], keys["Next part of the page"]) == ("Ctrl+Down", "F6")


# List and detail


def test_where_there_is_no_room_the_detail_covers_the_list_with_a_way_back(page, qtbot):
    shown = page(width=931)
    assert (shown.left.isVisible(), shown.right.isVisible()) == (True, False)
    row = shown.table.visualRect(shown.table.rows.index(2, 0)).center()
    qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, CTRL, row)
    assert shown.left.isVisible()
    qtbot.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert (shown.left.isVisible(), shown.right.isVisible()) == (False, True)
    assert shown.field.hasFocus()
    QApplication.processEvents()
    qtbot.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    assert (shown.left.isVisible(), shown.right.isVisible()) == (True, False)
    assert shown.table.hasFocus()
    assert shown.table.current_id() == 3


def test_folded_going_to_a_thing_opens_it_with_the_keyboard_in_it(page, settled):
    shown = page(width=931)
    shown.show_thing(7)
    assert shown.field.hasFocus()
    shown.back_action.trigger()
    shown.everything = range(1, 31)
    shown.show_thing(30)
    settled()
    assert shown.right.isVisible()
    assert shown.field.hasFocus()


def test_growing_narrow_keeps_what_the_keyboard_is_in(page):
    shown = page()
    shown.table.choose_row(1)
    shown.field.setFocus()
    shown.resize(931, 600)
    QApplication.processEvents()
    assert (shown.left.isVisible(), shown.right.isVisible()) == (False, True)
    assert shown.field.hasFocus()
    shown.resize(1180, 600)
    QApplication.processEvents()
    assert (shown.left.isVisible(), shown.right.isVisible()) == (True, True)


def test_the_list_can_stand_alone_and_does_so_next_time(page, settled, qtbot):
    shown = page()
    shown.alone_action.trigger()
    assert not shown.right.isVisible()
    again = page()
    assert not again.right.isVisible()
    again.table.setFocus()
    again.table.choose_row(0)
    qtbot.keyClick(again.table, Qt.Key.Key_Return)
    assert again.right.isVisible()
    again.alone_action.trigger()
    assert again.left.isVisible()
    assert page().right.isVisible()


def test_the_split_is_remembered(page):
    shown = page()
    shown.split.setSizes([300, 800])
    shown.split.splitterMoved.emit(300, 1)
    assert page().split.sizes() == shown.split.sizes()


def test_a_narrow_page_has_its_tools_below_its_title_and_forces_no_width(page):
    shown = page()
    assert shown.head.direction() == QBoxLayout.Direction.LeftToRight
    for number in range(2):
        shown.add_to_head(QPushButton(f"A button with many words {number}"))
    shown.resize(820, 600)
    QApplication.processEvents()
    assert shown.head.direction() == QBoxLayout.Direction.TopToBottom
    assert shown.minimumSizeHint().width() <= 1024


def test_a_long_title_is_cut_and_whole_in_its_tooltip(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    title = Elided("A title of some length", "title")
    window.setCentralWidget(title)
    window.resize(600, 60)
    window.show()
    title.grab()
    assert title.toolTip() == ""
    window.resize(120, 60)
    title.grab()
    assert title.toolTip() == title.text() == "A title of some length"
    assert title.minimumSizeHint().width() < 120


# Every page


def test_what_changes_elsewhere_is_no_reason_to_read_again(page, store, settled):
    shown = page()
    before = shown.summarised
    from branch_desk.branch import records as branch

    branch.set_details(store, name="Highfield ward")
    settled()
    assert shown.summarised == before
    members.add(store, surname="Okafor")
    settled()
    assert shown.summarised == before + 1
    shown.hide()
    members.add(store, surname="Bello")
    settled()
    assert shown.summarised == before + 1
    shown.fresh()
    shown.fresh()
    assert shown.summarised == before + 2


def test_files_of_the_right_kind_may_be_dropped(page):
    shown = page()
    for path, taken in (("/a/list.CSV", [["/a/list.CSV"]]), ("/a/other.pdf", [])):
        shown.dropped.clear()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path), QUrl("https://example.org/list.csv")])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
        enter.setAccepted(False)
        shown.dragEnterEvent(enter)
        assert enter.isAccepted() is bool(taken)
        shown.dropEvent(QDropEvent(QPoint(5, 5).toPointF(), copy, data, left, none))
        assert shown.dropped == taken


def test_a_bare_page_has_nothing_and_must_say_what_it_reads(session, qtbot):
    bare = Page(session)
    qtbot.addWidget(bare)
    bare.show_thing(1)
    bare.drop([])
    bare.find_on_page()
    assert (bare.actions_of_page(), bare.actions_around()) == ((), ())
    for unsaid in (
        bare.refresh,
        lambda: ListPage.ids_for(bare, "", "", descending=False),
        lambda: ListPage.show_detail(bare, None),
    ):
        with pytest.raises(NotImplementedError):
            unsaid()
    ListPage.summarise(bare)
