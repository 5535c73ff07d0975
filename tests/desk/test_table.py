"""Tables of any length: columns, selection, copying, typing, and how little is read for it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from branch_desk.desk.table import KEPT, PAGE, Column, IdTable, Table, copying, jumping
from branch_desk.desk.table import model as model_module
from branch_desk.desk.table.chooser import ColumnsDialog
from branch_desk.desk.table.picking import merged


@dataclass(frozen=True)
class Thing:
    id: int

    @property
    def name(self):
        return f"thing {self.id}"


COLUMNS = (
    Column("Name", lambda thing: thing.name, 2.0, order="name"),
    Column("Number", lambda thing: str(thing.id), sample="000000", numeric=True, order="number"),
    Column("Note", lambda _: "note", tone=lambda _: "warning", spare=True),
)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def model(qapp, asked):
    def fetch(ids):
        asked.append(list(ids))
        return [Thing(each) for each in ids if each != 7]

    return IdTable(COLUMNS, fetch)


@pytest.fixture
def table(model, qtbot):
    made = Table(model, "Things")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_the_model_keeps_qts_contract(model, qtmodeltester):
    model.show_ids(list(range(1, 20)))
    qtmodeltester.check(model, force_py=True)


def test_half_a_million_rows_cost_one_page_of_reading(table, model, asked):
    table.show_ids(range(1, 500_001))
    assert model.rowCount() == 500_000
    table.grab()
    assert asked == [list(range(1, PAGE + 1))]


def test_scrolling_to_the_end_reads_only_what_is_seen(table, asked):
    table.show_ids(range(1, 500_001))
    table.scrollToBottom()
    table.grab()
    assert sum(map(len, asked)) <= 3 * PAGE


def test_only_so_many_pages_are_kept(model, asked):
    model.show_ids(range(1, PAGE * (KEPT + 2)))
    for row in range(0, PAGE * (KEPT + 1), PAGE):
        model.record(row)
    model.record(0)
    assert asked[0] == asked[-1] == list(range(1, PAGE + 1))
    assert len(asked) == KEPT + 2


def test_a_row_that_is_gone_from_the_file_is_blank(model):
    model.show_ids([6, 7, 8])
    assert model.data(model.index(0, 0)) == "thing 6"
    assert model.data(model.index(1, 0)) == ""
    assert model.data(model.index(1, 2), Qt.ItemDataRole.ForegroundRole) is None


def test_numbers_stand_right_in_figures_of_one_width(model):
    model.show_ids([1])
    number = model.index(0, 1)
    assert model.data(number, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(number, Qt.ItemDataRole.FontRole) is not None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole) is None


def test_a_row_that_needs_attention_has_the_themes_colour(model):
    model.show_ids([1])
    model.tint({"warning": QColor("#AA5500")})
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ForegroundRole) == QColor("#AA5500")


def test_the_heads_name_the_columns(model):
    right = Qt.Orientation.Horizontal
    assert [model.headerData(at, right) for at in range(3)] == ["Name", "Number", "Note"]
    assert model.headerData(9, right) is None
    assert model.headerData(4, Qt.Orientation.Vertical) == 5


def test_sorting_asks_for_another_order_and_sorts_nothing(table, qtbot):
    table.show_ids([3, 1, 2])
    header = table.horizontalHeader()
    with qtbot.waitSignal(table.rows.order_asked) as asked:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert asked.args == ["name", False]
    with qtbot.waitSignal(table.rows.order_asked) as asked:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert asked.args == ["name", True]
    assert list(table.rows.ids) == [3, 1, 2]


def test_the_arrow_keys_choose(table, qtbot):
    table.show_ids([3, 1, 2])
    table.choose_row(0)
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == [1]
    assert table.current_id() == 1


def test_the_chosen_row_stays_chosen_in_another_list(table, qtbot):
    table.show_ids([3, 1, 2])
    table.choose(2)
    with qtbot.assertNotEmitted(table.chosen):
        table.show_ids([2, 3])
    assert table.current_id() == 2


def test_a_chosen_row_that_left_the_list_is_said(table, qtbot):
    table.show_ids([3, 1, 2])
    table.choose(2)
    with qtbot.waitSignal(table.chosen) as chosen:
        table.show_ids([3, 1])
    assert chosen.args == [None]
    assert not table.choose(2)


def test_copy_puts_the_rows_on_the_clipboard_with_tabs(table, qtbot):
    table.show_ids([5, 6, 7])
    table.selectAll()
    table.setFocus()
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == (
        "Name\tNumber\tNote\nthing 5\t5\tnote\nthing 6\t6\tnote"
    )


def test_what_is_spare_goes_where_there_is_no_room(table):
    table.show_ids([1])
    assert not table.isColumnHidden(2)
    table.resize(300, 400)
    assert table.isColumnHidden(2)
    assert table.columnWidth(0) > 100


def test_reading_again_asks_afresh(model, asked, qtbot):
    model.read_again()
    model.show_ids([1, 2])
    model.record(0)
    with qtbot.waitSignal(model.dataChanged):
        model.read_again()
    model.record(0)
    assert len(asked) == 2


def test_the_pages_actions_are_at_the_pointer(table, monkeypatch):
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda self, at: shown.append((self, at)))
    at = table.mapToGlobal(QPoint(5, 5))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), at)
    table.contextMenuEvent(event)
    assert shown == []
    table.menu = QMenu(table)
    table.contextMenuEvent(event)
    assert shown == [(table.menu, at)]


# Columns chosen, moved, widened, sorted and remembered


CHOOSABLE = (
    *COLUMNS,
    Column("Rare", lambda thing: f"rare {thing.id}", hidden=True, order="rare"),
)


@pytest.fixture
def make(qtbot, session):
    def made(name="Things", width=800):
        view = Table(IdTable(CHOOSABLE, lambda ids: [Thing(each) for each in ids]), name)
        qtbot.addWidget(view)
        view.belong(session, name)
        view.resize(width, 300)
        view.show()
        view.show_ids([3, 1, 2])
        return view

    return made


def titles(view):
    return [view.rows.columns[number].title for number in view.arrangement.shown()]


def test_a_hidden_column_is_shown_once_it_is_chosen_and_the_last_one_stays(make):
    view = make()
    assert titles(view) == ["Name", "Number", "Note"]
    view.arrangement.want(3, wanted=True)
    for number in range(4):
        view.arrangement.want(number, wanted=False)
    assert titles(view) == ["Rare"]


def test_columns_and_sorting_come_back_next_time_on_the_same_page_only(make):
    view = make()
    view.arrangement.want(3, wanted=True)
    view.arrangement.want(2, wanted=False)
    view.arrangement.move(3, -3)
    view.arrangement.widen(0, 2)
    view.sort_as(1, falling=True)
    width = view.columnWidth(0)
    again = make()
    assert titles(again) == ["Rare", "Name", "Number"]
    assert again.columnWidth(0) == width
    assert again.sorted_by() == ("number", True)
    other = make("Others")
    assert titles(other) == ["Name", "Number", "Note"]
    assert other.sorted_by() == ("", False)


def test_as_at_first_takes_all_of_it_back(make):
    view = make()
    before = [view.columnWidth(number) for number in range(3)]
    view.arrangement.want(3, wanted=True)
    view.arrangement.move(0, 2)
    view.arrangement.widen(1, 3)
    view.sort_as(0)
    view.as_at_first()
    for each in (view, make()):
        assert titles(each) == ["Name", "Number", "Note"]
        assert [each.columnWidth(number) for number in range(3)] == before
        assert each.sorted_by() == ("", False)


def test_what_is_remembered_holds_nothing_of_a_row(make, session):
    view = make()
    view.choose_row(0)
    view.pick_all()
    view.arrangement.want(3, wanted=True)
    kept = session.remembered.text("table/Things")
    assert "Rare" in kept
    assert "thing" not in kept


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "[]", "{}", '{"order": 3, "shown": null, "widths": {}, "shares": {}}'],
)
def test_what_is_not_understood_of_what_was_remembered_counts_for_nothing(make, session, text):
    session.remembered.keep("table/Things", text)
    assert titles(make()) == ["Name", "Number", "Note"]


def test_columns_that_are_no_longer_there_are_forgotten_and_new_ones_stand_last(make, session):
    kept = {
        "order": ["Gone", "Note", "Name"],
        "shown": ["Gone"],
        "widths": {"Name": 5},
        "shares": {},
        "sorted": ["Gone", True],
    }
    session.remembered.keep("table/Things", json.dumps(kept))
    view = make()
    assert titles(view) == ["Note", "Name", "Number"]
    assert view.columnWidth(0) >= 40
    assert view.sorted_by() == ("", False)


def test_dragging_a_border_widens_one_and_the_ones_to_its_right_give_way(make, qtbot):
    view = make(width=900)
    header = view.horizontalHeader()
    before = [view.columnWidth(number) for number in range(3)]
    edge = QPoint(header.sectionPosition(1) - 1, 10)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(header.viewport(), edge - QPoint(60, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge - QPoint(60, 0))
    after = [view.columnWidth(number) for number in range(3)]
    assert after[0] < before[0]
    assert after[1] == before[1]
    assert after[2] == before[2] + before[0] - after[0]
    assert sum(after) == view.viewport().width()
    assert make(width=900).columnWidth(0) == after[0]


def test_the_widths_fill_the_view_whatever_was_widened(make):
    view = make(width=900)
    view.arrangement.widen(2, 1)
    view.arrangement.widen(0, -50)
    assert view.columnWidth(0) == 40
    view.resize(1100, 300)
    assert sum(view.columnWidth(number) for number in range(3)) == view.viewport().width()


@pytest.mark.parametrize("width", range(390, 1000, 31))
def test_unequal_shares_never_need_more_than_the_width_there_is(qtbot, width):
    columns = (
        Column("Wide", str, 6.0),
        Column("Narrow", str, 1.0),
        Column("Middle", str, 2.0, spare=True),
        Column("Figures", str, sample="000"),
    )
    view = Table(IdTable(columns, lambda ids: [Thing(each) for each in ids]), "Things")
    qtbot.addWidget(view)
    view.resize(width, 300)
    view.show()
    widths = [view.columnWidth(number) for number in view.arrangement.shown()]
    assert sum(widths) == view.viewport().width()
    assert view.columnWidth(1) >= 150
    assert view.columnWidth(0) >= view.columnWidth(1)


def pressed(menu, text):
    next(act for act in menu.actions() if act.text() == text).trigger()


def test_the_header_offers_sorting_the_columns_and_as_at_first(make, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda self, _: shown.append(self))
    view = make()
    header = view.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(20, 5))
    (menu,) = shown
    pressed(menu, "Sort downwards")
    assert view.sorted_by() == ("name", True)
    pressed(menu, "Sort upwards")
    assert view.sorted_by() == ("name", False)
    pressed(menu, "Rare")
    pressed(menu, "Note")
    assert titles(view) == ["Name", "Number", "Rare"]
    pressed(menu, "As at first")
    assert titles(view) == ["Name", "Number", "Note"]
    header.customContextMenuRequested.emit(QPoint(header.sectionPosition(2) + 9, 5))
    assert "Sort upwards" not in [act.text() for act in shown[1].actions()]


def test_columns_are_chosen_moved_widened_and_sorted_with_the_keyboard(make, qtbot):
    view = make()
    view.columns_action.trigger()
    dialog = view.findChild(ColumnsDialog)
    keys = dialog.list
    keys.setCurrentRow(3)
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    assert titles(view) == ["Name", "Number", "Note", "Rare"]
    qtbot.keyClick(dialog.up, Qt.Key.Key_Space)
    assert titles(view) == ["Name", "Number", "Rare", "Note"]
    assert keys.currentItem().text() == "Rare"
    qtbot.keyClick(dialog.down, Qt.Key.Key_Space)
    assert titles(view) == ["Name", "Number", "Note", "Rare"]
    width = view.columnWidth(3)
    qtbot.keyClick(dialog.narrower, Qt.Key.Key_Space)
    assert view.columnWidth(3) == width - 24
    qtbot.keyClick(dialog.wider, Qt.Key.Key_Space)
    assert view.columnWidth(3) == width
    for _ in range(3):
        qtbot.keyClick(dialog.sort, Qt.Key.Key_Down)
    dialog.sort.activated.emit(dialog.sort.currentIndex())
    assert view.sorted_by() == ("number", False)
    qtbot.keyClick(dialog.first, Qt.Key.Key_Space)
    assert titles(view) == ["Name", "Number", "Note"]
    assert view.sorted_by() == ("", False)
    dialog.reject()


def test_the_window_of_columns_shows_how_it_is_sorted_and_keeps_the_last_tick(make):
    view = make()
    view.sort_as(0, falling=True)
    dialog = ColumnsDialog(view)
    assert dialog.sort.currentText() == "Name, downwards"
    for row in (0, 1, 2):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    ticked = [
        dialog.list.item(row).text()
        for row in range(4)
        if dialog.list.item(row).checkState() == Qt.CheckState.Checked
    ]
    assert ticked == titles(view) == ["Note"]


def test_a_third_click_on_a_head_gives_the_pages_own_order_back(table, qtbot):
    table.show_ids([3, 1, 2])
    seen = []
    table.rows.order_asked.connect(lambda order, falling: seen.append((order, falling)))
    header = table.horizontalHeader()
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert seen == [("name", False), ("name", True), ("", False)]


# What is selected


def test_ctrl_a_means_all_that_match_and_asks_when_it_is_used(table, qtbot):
    table.show_ids([1, 2, 3])
    later = [1, 2, 3]
    table.question = lambda: lambda: list(later)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    picked = table.picked()
    later.append(4)
    assert (picked.every, picked.count, picked.ids()) == (True, 3, [1, 2, 3, 4])
    table.show_ids([1, 2, 3, 4])
    assert (table.picked().every, table.picked().count) == (True, 4)
    table.choose_row(1)
    assert (table.picked().every, table.picked().ids()) == (False, [2])


def test_without_a_question_all_that_match_are_those_shown(table):
    assert not table.picked().every
    table.pick_all()
    assert table.picked().count == 0
    table.show_ids([4, 5])
    table.pick_all()
    assert table.picked().ids() == [4, 5]
    table.show_ids([])
    assert (table.picked().every, table.picked().count) == (False, 0)


def test_half_a_million_are_selected_without_reading_them(table, asked):
    table.show_ids(range(1, 500_001))
    table.grab()
    read = len(asked)
    table.pick_all()
    table.grab()
    assert table.picked().count == 500_000
    assert len(asked) == read


def test_shift_and_ctrl_clicks_select_ranges_and_single_rows(table, qtbot):
    table.show_ids(range(10, 30))

    def click(row, keys=Qt.KeyboardModifier.NoModifier):
        at = table.visualRect(table.rows.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, at)

    click(1)
    click(3, Qt.KeyboardModifier.ShiftModifier)
    click(6, Qt.KeyboardModifier.ControlModifier)
    click(2, Qt.KeyboardModifier.ControlModifier)
    picked = table.picked()
    assert (picked.every, picked.count, picked.ids()) == (False, 3, [11, 13, 16])


def test_what_was_selected_stays_so_in_a_list_read_afresh(table):
    table.show_ids(range(10))
    table.choose_row(2)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(table.rows.index(5, 0), flags)
    table.show_ids([9, 5, 8, 2])
    assert table.picked().ids() == [5, 2]
    assert table.current_id() == 2


def test_clearing_leaves_the_chosen_row_alone(table, qtbot):
    table.show_ids(range(10))
    table.choose_row(2)
    table.pick_all()
    with qtbot.waitSignal(table.picked_changed):
        table.pick_none()
    assert table.picked().ids() == [2]
    table.setCurrentIndex(QModelIndex())
    table.pick_none()
    assert table.picked().count == 0


def test_the_same_list_again_moves_nothing(table, asked, qtbot):
    table.show_ids(range(2000))
    table.scrollToBottom()
    at = table.verticalScrollBar().value()
    with qtbot.assertNotEmitted(table.chosen):
        table.show_ids(range(2000))
    assert table.verticalScrollBar().value() == at
    with qtbot.waitSignal(table.chosen) as chosen:
        table.show_ids(range(2000), keep=7)
    assert chosen.args == [7]


@pytest.mark.parametrize(
    ("spans", "together"),
    [([], []), ([(3, 5), (0, 1), (4, 9), (10, 10)], [(0, 1), (3, 10)]), ([(2, 2)], [(2, 2)])],
)
def test_spans_that_touch_are_one(spans, together):
    assert merged(spans) == together


# Copied


def test_one_row_is_copied_as_it_reads_and_several_under_titles(make, session, qtbot):
    view = make()
    said = []
    session.said.connect(said.append)
    view.choose_row(1)
    view.copy_rows()
    assert QGuiApplication.clipboard().text() == "thing 1\t1\tnote"
    view.arrangement.move(0, 1)
    view.pick_all()
    view.copy_rows()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [
        "Number\tName\tNote",
        "3\tthing 3\tnote",
    ]
    assert said == ["3 rows are copied."]


def test_many_are_copied_in_the_lane_and_what_is_left_out_is_said(
    make, session, qtbot, monkeypatch
):
    monkeypatch.setattr(copying, "MOST", 200)
    view = make()
    view.show_ids(range(1, 1001))
    view.pick_all()
    with qtbot.waitSignal(session.said) as said:
        view.copy_rows()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 201
    assert said.args == ["The first 200 of 1,000 rows are copied; the clipboard takes no more."]


def test_nothing_selected_copies_nothing(make):
    QGuiApplication.clipboard().setText("before")
    view = make()
    view.show_ids([])
    view.copy_rows()
    assert QGuiApplication.clipboard().text() == "before"


def test_what_a_spreadsheet_would_run_is_copied_as_text():
    cells = ('=HYPERLINK("x")', "@now", "+44 20 7946 0000", "-3", "+1|cmd", "a\tb\nc")
    columns = [Column("Cell", lambda thing: cells[thing.id])]
    text = copying.as_text(columns, [Thing(number) for number in range(len(cells))])
    assert text.splitlines()[1:] == [
        '\'=HYPERLINK("x")',
        "'@now",
        "+44 20 7946 0000",
        "-3",
        "'+1|cmd",
        "a b c",
    ]
    assert copying.as_text(columns, [Thing(0)]) == cells[0]


# Typed to


NAMES = ("Ada", "Álvaro", "Bea", "Ben", "Cem", "Ørsted", "O'Brien")


def at(names, typed, start=0, **how):
    return jumping.row_beginning(typed, len(names), names.__getitem__, start, **how)


@pytest.mark.parametrize(
    ("typed", "start", "row"),
    [("b", 0, 2), ("be", 3, 3), ("a", 1, 1), ("a", 2, 0), ("obr", 0, 6), ("x", 0, -1), ("", 0, -1)],
)
def test_letters_find_the_next_row_that_begins_so_and_round_again(typed, start, row):
    assert at(NAMES, typed, start) == row


def test_in_a_long_list_it_is_halved_and_never_read_through():
    many = sorted(
        f"{first}{second}{number:04}"
        for first in "abc"
        for second in "xyz"
        for number in range(3000)
    )
    looks = []

    def text_at(row):
        looks.append(row)
        return many[row]

    row = jumping.row_beginning("by", len(many), text_at, 0)
    assert many[row] == "by0000"
    assert len(looks) < 20
    assert many[::-1][at(many[::-1], "by", falling=True)] == "by2999"
    shuffled = many[5000:] + many[:5000]
    found = at(shuffled, "by")
    assert found == -1 or shuffled[found].startswith("by")
    assert at(many, "zz") == -1


def test_typing_jumps_to_a_row_and_the_same_letter_to_the_next(make, qtbot):
    view = make()
    named = {1: "Ada", 2: "Bea", 3: "Ben", 4: "Cem"}
    view.rows.columns = (Column("Name", lambda thing: named[thing.id]), *CHOOSABLE[1:])
    view.show_ids([1, 2, 3, 4])
    view.choose_row(0)
    view.keyboardSearch("b")
    assert view.current_id() == 2
    view.keyboardSearch("b")
    assert view.current_id() == 3
    view._since.invalidate()
    view.keyboardSearch("c")
    assert view.current_id() == 4
    view.keyboardSearch("x")
    assert view.current_id() == 4


def test_typing_in_a_long_list_reads_single_rows(table, asked):
    table.show_ids(range(1, 100_001))
    table.grab()
    asked.clear()
    table.keyboardSearch("z")
    assert sum(map(len, asked)) < 40
    table.sort_as(1)
    table.keyboardSearch("t")
    table.sort_as(0)
    table.keyboardSearch("t")


# Read in the lane


def test_pages_that_take_longer_than_a_frame_are_read_off_the_main_thread(
    session, qtbot, monkeypatch
):
    monkeypatch.setattr(model_module, "FRAME", -1.0)
    main, threads = threading.get_ident(), []

    def fetch(ids):
        threads.append(threading.get_ident())
        return [Thing(each) for each in ids]

    view = Table(IdTable(COLUMNS, fetch), "Slow")
    qtbot.addWidget(view)
    view.belong(session, "Slow")
    view.show_ids(range(1, 1001))
    assert view.rows.record(0).name == "thing 1"
    assert view.rows.record(500) is None
    assert view.rows.data(view.rows.index(500, 0)) == ""
    qtbot.waitUntil(lambda: view.rows.record(500) is not None)
    assert threads.count(main) == 1
    view.rows.read_again()
    assert view.rows.record(500).name == "thing 501"
    qtbot.waitUntil(lambda: session.workers.idle)
    view.rows.record(0)
    view.rows.show_ids([5])
    qtbot.waitUntil(lambda: session.workers.idle)
    monkeypatch.setattr(model_module, "FRAME", 60.0)
    view.rows.show_ids(range(1, 1001))
    assert view.rows.record(700) is None
    qtbot.waitUntil(lambda: view.rows.record(700) is not None)
    threads.clear()
    assert view.rows.record(0).name == "thing 1"
    assert threads == [main]


# Read aloud, pointed at, stepped through


def test_cells_and_heads_have_names(model):
    model.show_ids([6, 7])
    role = Qt.ItemDataRole
    assert model.data(model.index(0, 1), role.AccessibleTextRole) == "6"
    assert model.data(model.index(0, 1), role.AccessibleDescriptionRole) == "Number: 6"
    across = Qt.Orientation.Horizontal
    assert model.headerData(0, across, role.AccessibleTextRole) == "Name"
    assert model.headerData(0, across, role.ToolTipRole) == "Name: click to sort"
    assert model.headerData(2, across, role.ToolTipRole) is None
    assert model.headerData(2, across, role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_the_menu_key_opens_the_menu_at_the_row(table, monkeypatch):
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda _, at: shown.append(at))
    table.menu = QMenu(table)
    table.show_ids(range(10))
    table.choose_row(4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    table.contextMenuEvent(event)
    row = table.visualRect(table.currentIndex())
    assert table.viewport().mapFromGlobal(shown[0]).y() == row.bottom()


def test_the_next_row_and_the_one_before_stop_at_the_ends(table):
    table.show_ids([5, 6])
    table.choose_row(0)
    table.choose_next(-1)
    assert table.current_id() == 5
    table.choose_next()
    table.choose_next()
    assert table.current_id() == 6
