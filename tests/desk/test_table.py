from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from branch_desk.desk.table import KEPT, PAGE, Column, IdTable, Table


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
